"""What is published: a synthesis through its workflow, the Fil d'Info, the seminars' pages, some questions."""

from wagtail.log_actions import LogContext
from wagtail.rich_text import RichText

from contenus import actions as actions_contenus
from contenus.amorce import poser_arborescence
from contenus.models import FilInfoPage, FormulairePage, Question, SeminairePage, SynthesePage

from . import fil
from .horloge import a_la_date, jour_a

#: The pistes that the editors chose for number 4.
GENERALES = [2, 10, 18, 34, 48, 57]
QUALITE = [7, 20, 32, 46, 55]
JOURS = "Mardi matin\nMardi après-midi\nJeudi matin"
#: Simulated answers, under the names that Wagtail gives to the questions.
REPONSES = [
    {
        "le_nom_de_votre_structure": "Atelier des Trois Saules (simulé)",
        "quels_jours_pouvez_vous_recevoir": ["Mardi matin", "Jeudi matin"],
        "combien_de_personnes_a_la_fois": "8",
        "ce_que_vous_aimeriez_montrer": "Le tri du bois, et comment on se forme à deux.",
        "une_adresse_pour_vous_repondre": "",
    },
    {
        "le_nom_de_votre_structure": "Jardins du Vallon (simulé)",
        "quels_jours_pouvez_vous_recevoir": ["Jeudi matin"],
        "combien_de_personnes_a_la_fois": "15",
        "ce_que_vous_aimeriez_montrer": "",
        "une_adresse_pour_vous_repondre": "",
    },
]


def poser(equipe, synthese, seminaire, rencontre):
    """Publish what is finished, leave as drafts what is not; what is already there stays as it is."""
    arborescence = poser_arborescence(par=equipe.admin)
    page = SynthesePage.objects.filter(synthese=synthese).first() or _publier_synthese(equipe, synthese)
    if not FilInfoPage.objects.filter(numero=4).exists():
        _publier_numero(equipe, synthese, page)
    if not FilInfoPage.objects.filter(numero=5).exists():
        _preparer_numero(equipe, synthese)
    for consultation, corps in ((seminaire, _deja_dit(page)), (rencontre, [])):
        if not SeminairePage.objects.filter(consultation=consultation).exists():
            _presenter(consultation, corps, equipe)
    if not FormulairePage.objects.exists():
        _interroger(arborescence.accueil, rencontre, equipe)


def _publier_synthese(equipe, synthese):
    """The rapporteur makes the page and submits it; the regional group's editor reads it and lets it go."""
    with a_la_date(jour_a(-30, 10)):
        page = actions_contenus.faire_page(synthese=synthese, par=equipe.rapport)
    with a_la_date(jour_a(-28, 10)), LogContext(user=equipe.rapport):
        page.get_workflow().start(page, equipe.rapport)
    with a_la_date(jour_a(-21, 15)), LogContext(user=equipe.edition):
        page.current_workflow_task_state.approve(user=equipe.edition, comment="Relu par le groupe qualité.")
    return SynthesePage.objects.get(pk=page.pk)


def _publier_numero(equipe, synthese, page):
    with a_la_date(jour_a(-14, 9)), LogContext(user=equipe.edition):
        numero = actions_contenus.composer_fil_info(numero=4, syntheses=[synthese], par=equipe.edition)
        numero.title = "Soixante pistes pour de meilleurs parcours"
        numero.pistes_generales = _choisies(page, GENERALES)
        numero.pistes_qualite = _choisies(page, QUALITE)
        numero.date_parution = jour_a(-14, 9).date()
        numero.accroche = "Soixante pistes pour de meilleurs parcours, et un séminaire qui s’ouvre à Domont."
        numero.edito = (
            "<p>En Nouvelle-Aquitaine, 114 personnes de 62 structures ont pris une journée pour dire ce qu’est un "
            "parcours de qualité. Leurs mots sont devenus soixante pistes.</p><p>Ce numéro en retient "
            "quelques-unes. Toutes se lisent dans la synthèse, avec les propositions dont elles sont nées.</p>"
        )
        numero.signature = "Le groupe qualité"
        numero.points = [
            ("point", "60 pistes en Nouvelle-Aquitaine"),
            ("point", "Ce que chaque collège a choisi"),
            ("point", "Domont : deux jours, huit ateliers"),
        ]
        numero.objectifs = [
            (
                "objectif",
                {"picto": "d-1", "titre": "Regarder", "texte": "Dire ensemble ce qui change dans nos métiers."},
            ),
            (
                "objectif",
                {"picto": "d-2", "titre": "Proposer", "texte": "Donner la parole à tous, d’abord aux salariés."},
            ),
            (
                "objectif",
                {"picto": "d-4", "titre": "Partager", "texte": "Publier ce qui en sort, région par région."},
            ),
        ]
        numero.questions = [
            ("question", "Comment dire la qualité d’un emploi, et pas seulement sa durée ?"),
            ("question", "Le référent qualité : une mission, ou un métier ?"),
            ("question", "Comment associer les salariés en parcours aux décisions ?"),
        ]
        numero.corps = fil.corps(page)
        numero.prochain = "<p>Le numéro 5 racontera le séminaire de Domont, atelier par atelier.</p>"
        numero.save_revision(user=equipe.edition, log_action=True).publish(user=equipe.edition)


def _choisies(page, numeros):
    """The blocks of these pistes, worded as in the published synthesis."""
    textes = {piste["numero"]: piste.get("texte", "") for piste in page.contenu["pistes"]}
    return [
        ("piste", {"texte": textes[n], "synthese": page, "numero": n, "region": page.lieu_dit}) for n in numeros
    ]


def _preparer_numero(equipe, synthese):
    with LogContext(user=equipe.edition):
        numero = actions_contenus.composer_fil_info(
            numero=5, syntheses=[synthese], par=equipe.edition, avec_nouvelles=True
        )
        numero.accroche = "Domont, deux jours : ce qui a germé."
        numero.save_revision(user=equipe.edition, log_action=True)


def _deja_dit(page):
    """What the seminar starts from: the vote of the region that met before it."""
    return [
        ("texte", RichText("<p>Avant Domont, une région a proposé et voté. Voici ce qu’elle a soutenu.</p>")),
        ("scrutin", {"titre": "Le vote de la Nouvelle-Aquitaine", "synthese": page, "vote": 1}),
    ]


def _presenter(consultation, corps, equipe):
    page = actions_contenus.faire_page_du_seminaire(consultation=consultation, par=equipe.edition)
    page.corps = corps
    page.save_revision(user=equipe.edition, log_action=True).publish(user=equipe.edition)


def _interroger(accueil, rencontre, equipe):
    """A page of questions: what an organiser asks of structures before a meeting, and two answers."""
    accueil.refresh_from_db()
    page = FormulairePage(
        title="Ouvrir ses portes avant la rencontre",
        slug="ouvrir-ses-portes",
        consultation=rencontre,
        chapeau="Votre structure peut recevoir une visite, la semaine d’avant. Cinq questions suffisent.",
        usage="Les organisateurs de la rencontre lisent vos réponses pour composer le programme des visites.",
        merci="Merci. Nous vous répondons dans les dix jours.",
        owner=equipe.edition,
        form_fields=[
            Question(label="Le nom de votre structure", field_type="singleline", required=True),
            Question(label="Quels jours pouvez-vous recevoir ?", field_type="checkboxes", choices=JOURS),
            Question(label="Combien de personnes à la fois ?", field_type="number"),
            Question(label="Ce que vous aimeriez montrer", field_type="multiline"),
            Question(
                label="Une adresse pour vous répondre",
                field_type="email",
                help_text="Elle est effacée avec le reste de votre réponse.",
            ),
        ],
    )
    accueil.add_child(instance=page)
    page.save_revision(user=equipe.edition, log_action=True).publish(user=equipe.edition)
    for reponse in REPONSES:
        actions_contenus.recevoir_reponse(page=FormulairePage.objects.get(pk=page.pk), reponses=reponse)
