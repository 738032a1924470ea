"""An organiser writes a questionnaire, tries it, puts it online, ends it: all with plain forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ateliers.inscriptions.fichier import lire_feuilles
from consultation import actions, questions
from consultation.gestion.tableur import en_xlsx
from consultation.models import Grille, Journal
from consultation.questions.xlsform import depuis_xlsform
from tests import fabriques as f
from tests.consultation.test_grilles import TROIS, contenu, copie_de, quelqu_un
from tests.consultation.test_grilles_lecture import recevoir
from tests.consultation.test_questions import question, simples

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client):
    consultation = f.creer_consultation()
    client.force_login(f.creer_organisateur(consultation))
    return Bureau(client, consultation)


class Bureau:
    """The organiser's desk: pages and acts by the names of their addresses."""

    def __init__(self, client, consultation):
        self.client, self.consultation = client, consultation

    def adresse(self, nom, *args):
        return reverse(f"gestion_ateliers:{nom}", args=[self.consultation.pk, *args])

    def lire(self, nom, *args):
        return self.client.get(self.adresse(nom, *args))

    def faire(self, nom, *args, **donnees):
        return self.client.post(self.adresse(nom, *args), donnees)

    def grille(self, *les_questions):
        return actions.creer_grille(
            consultation=self.consultation, titre="Mon parcours", contenu=contenu(*les_questions), par=None
        )


def ecrite(grille):
    return questions.lire(Grille.objects.get(pk=grille.pk).brouillon)


def test_a_grille_begins_as_a_copy_of_a_template(bureau):
    assert "Satisfaction en parcours\u202f: 12 questions." in bureau.lire("grille_ajouter").content.decode()
    bureau.faire("grille_ajouter", titre="Notre équipe", modele="parcours")
    grille = Grille.objects.get()
    assert (grille.titre, grille.etat) == ("Notre équipe", "preparation")
    assert ecrite(grille) == questions.modeles()["parcours"].structure
    assert "Notre équipe" in bureau.lire("grilles").content.decode()


def test_a_question_is_added_written_and_read_again(bureau):
    bureau.faire("grille_ajouter", titre="Vide", modele="")
    grille = Grille.objects.get()
    assert "Aucune question" in bureau.lire("grille", grille.pk).content.decode()
    assert bureau.faire("grille_question_ajouter", grille.pk).url == bureau.adresse(
        "grille_question", grille.pk, "q1"
    )
    bureau.faire(
        "grille_question", grille.pk, "q1", libelle="Comment venez-vous ?", nature="choix",
        choix="Le bus\n\n  Le vélo ", obligatoire="on",
    )  # fmt: skip
    lue = question("q1", "choix", obligatoire=True)
    lue["libelle"] = "Comment venez-vous ?"
    lue["choix"] = [{"cle": "le_bus", "libelle": "Le bus"}, {"cle": "le_velo", "libelle": "Le vélo"}]
    assert ecrite(grille).questions == questions.lire(contenu(lue)).questions
    assert "Un choix, obligatoire" in bureau.lire("grille", grille.pk).content.decode()


def test_a_condition_is_ticked_and_said_in_words(bureau):
    grille = bureau.grille(question("q1", "oui_non"), question("q2"), question("q3", "oui_non"))
    page = bureau.lire("grille_question", grille.pk, "q2").content.decode()
    assert 'name="si_q1"' in page
    assert 'name="si_q3"' not in page
    bureau.faire("grille_question", grille.pk, "q2", libelle="Combien ?", nature="entier", si_q1=["oui"])
    assert ecrite(grille).question("q2").si == (questions.Condition("q1", ("oui",)),)
    page = bureau.lire("grille_question", grille.pk, "q2").content.decode()
    assert "la réponse à la question 1 («\u202fQuestion q1 ?\u202f») est\u202f: Oui." in page


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(bureau):
    grille = bureau.grille(question("q1"))
    reponse = bureau.faire("grille_question", grille.pk, "q1", libelle="Comment ?", nature="choix", choix="Le bus")
    assert reponse.status_code == 422
    assert reponse.context["form"].errors == {"choix": ["Donnez au moins deux réponses à choisir."]}
    assert "Comment ?" in reponse.content.decode()
    assert ecrite(grille).question("q1").nature == "texte"


def test_a_question_moved_above_what_it_looks_at_is_named_and_cannot_go_online(bureau):
    grille = bureau.grille(question("q1", "oui_non"), question("q2", si=[{"question": "q1", "parmi": ["oui"]}]))
    bureau.faire("grille_question_deplacer", grille.pk, "q2", sens="haut")
    page = bureau.lire("grille", grille.pk).content.decode()
    assert "Cette question en regarde une autre qui n’est pas placée avant elle." in page
    assert "elle ne serait posée à personne" in bureau.lire("grille_apercu", grille.pk, "q2").content.decode()
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    assert grille.versions.count() == 0
    bureau.faire("grille_question_deplacer", grille.pk, "q2", sens="bas")
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    assert grille.versions.count() == 1


def test_a_question_is_taken_out_and_its_key_never_serves_again(bureau):
    grille = bureau.grille(question("q1"), question("q2"))
    actions.mettre_en_ligne(grille=grille, par=None)
    bureau.faire("grille_question_retirer", grille.pk, "q2")
    bureau.faire("grille_question_ajouter", grille.pk)
    assert [q.cle for q in ecrite(grille).questions] == ["q1", "q3"]


def test_the_preview_shows_a_hidden_question_and_has_nothing_to_send(bureau):
    grille = bureau.grille(*TROIS)
    page = bureau.lire("grille_apercu", grille.pk, "heures").content.decode()
    assert "Question heures" in page
    assert '<form class="flux" inert' in page
    assert 'method="post"' not in page
    assert grille.copies.count() == 0


def test_titles_and_sections_are_written_on_one_page(bureau):
    grille = bureau.grille(question("q1"))
    bureau.faire(
        "grille_presentation", grille.pk, titre="Nous", chapeau="Pour mieux travailler.", partie_0="Ici",
        partie_1="La suite",
    )  # fmt: skip
    grille.refresh_from_db()
    assert (grille.titre, grille.chapeau) == ("Nous", "Pour mieux travailler.")
    assert [section.titre for section in ecrite(grille).sections] == ["Ici", "La suite"]


def test_putting_online_says_the_counts_of_each_version_and_gives_the_address(bureau):
    grille = bureau.grille(*TROIS)
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    grille.refresh_from_db()
    envoyee = copie_de(grille, quelqu_un(grille), accueil="souvent")
    actions.envoyer_grille(copie=envoyee, participant=envoyee.participant)
    copie_de(grille, quelqu_un(grille, prenom="Théo"), accueil="souvent")
    bureau.faire("grille_question_retirer", grille.pk, "aide")
    assert "Mettre en ligne la version 2" in bureau.lire("grille_en_ligne", grille.pk).content.decode()
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    reponse = bureau.lire("grille_en_ligne", grille.pk)
    assert [(v.numero, v.envoyees, v.commencees) for v in reponse.context["versions"]] == [(2, 0, 0), (1, 1, 1)]
    assert f"http://testserver/g/{grille.code}/" in reponse.content.decode()
    assert "<svg" in reponse.content.decode()


def test_it_is_closed_and_opened_again(bureau):
    grille = bureau.grille(*TROIS)
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    etats = []
    for acte in ("grille_clore", "grille_rouvrir"):
        bureau.faire(acte, grille.pk)
        etats.append(Grille.objects.get().etat)
    assert etats == ["close", "ouverte"]


def test_the_list_costs_the_same_for_one_grille_and_for_ten(bureau, django_assert_max_num_queries):
    for _ in range(10):
        bureau.grille(*TROIS)
    with django_assert_max_num_queries(23):
        assert bureau.lire("grilles").status_code == 200


def test_a_question_that_is_not_there_is_a_404(bureau):
    grille = bureau.grille(question("q1"))
    assert bureau.lire("grille_question", grille.pk, "zzz").status_code == 404
    assert bureau.faire("grille_question_retirer", grille.pk, "zzz").status_code == 404


def remplie(bureau, n=7):
    grille = bureau.grille(*TROIS)
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    grille.refresh_from_db()
    for accueil in ("jamais", "parfois", "souvent"):
        recevoir(grille, "salaries", n, accueil=accueil, aide="Un livret d’accueil")
        recevoir(grille, "permanents", n, accueil=accueil, aide="Du temps")
    return grille


def test_figures_wait_for_the_closing_and_words_do_not(bureau):
    grille = remplie(bureau)
    reponse = bureau.lire("grille_lire", grille.pk)
    assert (reponse.context["total"], reponse.context["lues"]) == (42, [])
    assert "Ils se lisent quand la grille est close" in reponse.content.decode()
    assert bureau.faire("grille_lire", grille.pk, forme="xlsx").status_code == 409
    assert bureau.lire("grille_textes", grille.pk, "aide").content.decode().count("Un livret d’accueil") == 21
    bureau.faire("grille_clore", grille.pk)
    assert "14 personnes sur 42" not in bureau.lire("grille_lire", grille.pk).content.decode()
    compter(bureau, grille)
    assert "14 personnes sur 42" in bureau.lire("grille_lire", grille.pk).content.decode()


def compter(bureau, grille):
    Grille.objects.filter(pk=grille.pk).update(etat="close", close_le=None)
    return bureau.faire("grille_compter", grille.pk)


def test_once_counted_it_opens_for_nothing_more(bureau):
    grille = remplie(bureau)
    bureau.faire("grille_compter", grille.pk)
    assert Grille.objects.get().comptes is None  # it is open
    compter(bureau, grille)
    comptes = Grille.objects.get().comptes
    for acte in ("grille_rouvrir", "grille_mettre_en_ligne", "grille_compter"):
        bureau.faire(acte, grille.pk)
    ici = Grille.objects.get()
    assert (ici.etat, ici.comptes) == ("close", comptes)
    page = bureau.lire("grille_en_ligne", grille.pk).content.decode()
    assert "Les réponses de cette grille sont comptées" in page
    assert "Rouvrir la grille" not in page


def test_figures_are_taken_away_as_a_spreadsheet_and_the_journal_has_it(bureau):
    grille = remplie(bureau)
    compter(bureau, grille)
    fichier = bureau.faire("grille_lire", grille.pk, forme="csv")
    assert "14 personnes sur 42" in fichier.content.decode("utf-8-sig")
    assert Journal.objects.filter(verbe="exporter", objet_id=grille.pk).count() == 1


def test_two_counted_grilles_are_read_side_by_side(bureau):
    une, autre = remplie(bureau), remplie(bureau)
    compter(bureau, une)
    compter(bureau, autre)
    page = bureau.lire("grille_lire", une.pk).content.decode()
    assert f'<option value="{autre.pk}">' in page
    assert "À côté de" not in page
    page = bureau.client.get(bureau.adresse("grille_lire", une.pk), {"avec": autre.pk}).content.decode()
    assert "À côté de « Mon parcours »" in simples(page)
    ailleurs = actions.creer_grille(consultation=f.creer_consultation(), titre="Ailleurs", par=None)
    Grille.objects.filter(pk=ailleurs.pk).update(comptes={})
    reponse = bureau.client.get(bureau.adresse("grille_lire", une.pk), {"avec": ailleurs.pk})
    assert (reponse.context["avec"], "Ailleurs" in reponse.content.decode()) == (None, False)


def test_words_ticked_become_propositions_and_lose_their_box(bureau):
    grille = bureau.grille(*TROIS)
    bureau.faire("grille_mettre_en_ligne", grille.pk)
    recevoir(grille, "salaries", 2, accueil="souvent", aide="Un livret d’accueil")
    espace = f.creer_espace(consultation=bureau.consultation)
    copie = grille.copies.first()
    sans = bureau.faire("grille_textes", grille.pk, "aide", copie=copie.pk)
    assert sans.status_code == 422
    assert f'id="copie-{copie.pk}" checked' in sans.content.decode()
    bureau.faire("grille_textes", grille.pk, "aide", copie=copie.pk, espace=espace.pk)
    assert list(espace.propositions.values_list("texte", "origine")) == [("Un livret d’accueil", "grille")]
    page = bureau.lire("grille_textes", grille.pk, "aide").content.decode()
    assert 'name="copie"' not in page.replace(f'name="copie" value="{grille.copies.last().pk}"', "")
    assert "Déjà une proposition" in page
    assert bureau.lire("grille_textes", grille.pk, "accueil").status_code == 404


def test_an_xlsform_made_elsewhere_is_shown_before_it_is_written_then_taken_out_again(bureau):
    feuilles = [
        ("survey", ["type", "name", "label"], [
            ["text", "mot", "Un mot ?"], ["select_one v", "voie", "Quelle voie ?"], ["geopoint", "ou", "Où ?"],
        ]),
        ("choices", ["list_name", "name", "label"], [["v", "a", "À pied"], ["v", "b", "À vélo"]]),
        ("settings", ["form_title"], [["Les trajets"]]),
    ]  # fmt: skip
    fichier = SimpleUploadedFile("trajets.xlsx", en_xlsx(feuilles))
    page = bureau.faire("grille_importer", fichier=fichier)
    assert [(p.ligne, p.message) for p in page.context["lu"].pertes] == [
        (4, "«\u202fgeopoint\u202f» n’a pas d’équivalent\u202f: cette ligne n’est pas reprise.")
    ]
    assert "2 questions se reprennent" in page.content.decode()
    assert Grille.objects.count() == 0
    bureau.faire("grille_importer", titre="Nos trajets", lu=page.context["form"]["lu"].value())
    grille = Grille.objects.get()
    assert (grille.titre, [q.libelle for q in ecrite(grille).questions]) == (
        "Nos trajets",
        ["Un mot ?", "Quelle voie ?"],
    )
    sortie = bureau.lire("grille_xlsform", grille.pk)
    assert depuis_xlsform(lire_feuilles(sortie.content)).structure == ecrite(grille)


@pytest.mark.parametrize(
    ("envoi", "dit"),
    [
        ({}, "Choisissez un fichier."),
        ({"fichier": SimpleUploadedFile("a.xlsx", b"un, deux")}, "Ce fichier n’est pas un classeur"),
        (
            {"fichier": SimpleUploadedFile("b.xlsx", en_xlsx([("Feuille", ["Nom"], [["Awa"]])]))},
            "n’est pas un XLSForm",
        ),
        ({"lu": "abc", "titre": "X"}, "Choisissez-le à nouveau"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do_and_leaves_nothing(bureau, envoi, dit):
    reponse = bureau.faire("grille_importer", **envoi)
    assert (reponse.status_code, Grille.objects.count()) == (422, 0)
    assert dit in reponse.content.decode()
