"""A forum under way in the Thouarsais, all of it invented: one proposes and discusses; five texts wait."""

from consultation import actions
from consultation.actions.moderation import SENS
from consultation.models import CodeDeCarte, Consultation, Phase, Territoire

from . import cadre, gens, recits
from .horloge import a_la_date, jour_a

SLUG = "travailler-ici"
#: A card that has not served, for whoever tries the demonstration.
CARTE = "TH7ARC4F"
COMMUNES = (
    "Thouars", "Saint-Varent", "Loretz-d’Argenton", "Val en Vignes", "Plaine-et-Vallées", "Louzy", "Luzay",
    "Glénay",
)  # fmt: skip
COLLEGES = {
    "h": {"nom": "Habitants", "nom_court": "Habitants", "description": "J’habite ici", "signe": "habitants"},
    "s": {"nom": "Salariés", "nom_court": "Salariés", "description": "Ou sans emploi", "signe": "salaries"},
    "e": {
        "nom": "Employeurs", "nom_court": "Employeurs", "description": "Entreprise, commerce, ferme",
        "signe": "permanents",
    },
    "a": {
        "nom": "Associations", "nom_court": "Associations", "description": "Bénévole ou salarié",
        "signe": "partenaires",
    },
    "p": {"nom": "Élus", "nom_court": "Élus", "description": "Commune, communauté", "signe": "administrateurs"},
}  # fmt: skip
EFFECTIFS = {"h": 24, "s": 16, "e": 9, "a": 8, "p": 5}
ARGUMENTS = (
    (
        "pour",
        "e",
        "Chez nous, trois personnes ont refusé un poste à cause du trajet. Avec un bus, on les gardait.",
    ),
    ("pour", "a", "Le minibus de l’association dort au garage jusqu’à dix heures. On peut le prêter."),
    ("contre", "s", "Les horaires changent chaque semaine chez nous. Une ligne fixe ne servira pas à tous."),
    ("question", "h", "Qui conduit à cinq heures du matin ?"),
)
EN_ATTENTE = (
    "Ouvrir la cantine aux apprentis.",
    "Toujours pareil, on promet et rien ne vient. Une date, au moins.",
    "Chez nous le chef dit non à tous les congés du vendredi. Il faudrait une règle écrite, la même pour tous.",
    "Un bus aussi le dimanche.",
)
#: Days from today: (phase, first, last).
CALENDRIER = (
    ("informer", -25, -14), ("proposer", -13, 16), ("discuter", -6, 44), ("voter", 45, 58), ("resumer", 59, 80),
    ("repondre", 106, 106),
)  # fmt: skip


def poser(equipe, territoires):
    """Create and play the forum so far; return its Consultation."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    with a_la_date(jour_a(-26, 9)):
        forum, lettres, communes = _preparer(equipe, territoires)
    with a_la_date(jour_a(-8, 10)):
        personnes = _entrer(forum, lettres, communes, equipe)
        dites = _proposer(forum, personnes, equipe)
    with a_la_date(jour_a(-1, 20)):
        _discuter(dites[0], personnes, equipe)
        _attendre(forum, personnes, equipe)
        _repondre(dites[0], equipe)
        _suivre(forum, dites[0])
        actions.signaler(texte=dites[-1], regle=5, mots="Cette idée est déjà dite plus haut.")
    return forum.consultation


def _preparer(equipe, territoires):
    thouarsais, communes = _territoires(territoires, equipe)
    par = equipe.organisation
    consultation = actions.enregistrer(
        objet=Consultation(
            titre="Travailler ici",
            slug=SLUG,
            nature=Consultation.Nature.FORUM,
            chapeau="Vous habitez ou vous travaillez en Thouarsais ? Dites votre idée. "
            "On la lit, on en discute, on vote. "
            "La communauté de communes répond à tout le monde, par écrit.",
            territoire=thouarsais,
            debut=jour_a(-25, 8).date(),
            fin=jour_a(106, 8).date(),
            garder_jusqu_au=jour_a(290, 8).date(),
            etat=Consultation.Etat.OUVERTE,
        ),
        par=equipe.admin,
    )
    cadre.roles(consultation, equipe)
    lettres = cadre.colleges(consultation, COLLEGES, par=par)
    question = "Qu’est-ce qui vous aiderait à travailler près de chez vous ?"
    forum = actions.preparer_forum(consultation=consultation, question=question, par=par)
    forum.guichets = (
        "Maison de l’emploi, mardi et jeudi de 9 h à 12 h\nMairie de Saint-Varent, mercredi de 14 h à 17 h"
    )
    actions.regler_forum(forum=forum, par=par)
    for nature, debut, fin in CALENDRIER:
        phase = Phase(consultation=consultation, nature=nature, debut=jour_a(debut, 8), fin=jour_a(fin, 20))
        actions.enregistrer(objet=phase, par=par)
    consultation.refresh_from_db()
    forum.consultation = consultation
    return forum, lettres, communes


def _territoires(territoires, equipe):
    def poser_un(nom, niveau, parent, code=""):
        deja = Territoire.objects.filter(nom=nom, niveau=niveau, parent=parent).first()
        return deja or actions.enregistrer(
            objet=Territoire(nom=nom, niveau=niveau, parent=parent, code=code), par=equipe.admin
        )

    deux_sevres = poser_un("Deux-Sèvres", "departement", territoires["Nouvelle-Aquitaine"], "79")
    thouarsais = poser_un("Thouarsais", "local", deux_sevres)
    return thouarsais, [poser_un(nom, "local", thouarsais) for nom in COMMUNES]


def _entrer(forum, lettres, communes, equipe):
    """People come in by their cards; half of them say where from, in Thouars above all. {letter: [people]}."""
    libelle, nombre = "Boîtes aux lettres", sum(EFFECTIFS.values())
    lot = actions.tirer_cartes(
        consultation=forum.consultation, libelle=libelle, nombre=nombre, par=equipe.organisation
    )
    codes = iter(lot.codes.select_related("lot").all())
    CodeDeCarte.objects.get_or_create(lot=lot, code=CARTE)
    personnes, rang = {lettre: [] for lettre in EFFECTIFS}, 0
    for lettre, combien in EFFECTIFS.items():
        for _n in range(combien):
            commune = communes[0] if rang % 3 == 0 else communes[rang % len(communes)] if rang % 3 == 1 else None
            personne = actions.entrer_au_forum(
                consultation=forum.consultation,
                college=lettres[lettre],
                prenom=gens.prenom(rang),
                territoire=commune,
                accord_publication=True,
                origine="carte",
                code=next(codes),
            )
            personnes[lettre].append(personne)
            rang += 1
    return personnes


def _proposer(forum, personnes, equipe):
    dites, rangs = [], dict.fromkeys(personnes, 0)
    for ordre, partie in enumerate(recits.lire("thouarsais")):
        theme = cadre.axe(forum.consultation, partie.titre, ordre, par=equipe.organisation)
        for lettre, mots in partie.libres:
            auteur = personnes[lettre][rangs[lettre] % len(personnes[lettre])]
            rangs[lettre] += 1
            dite = actions.proposer_au_forum(
                consultation=forum.consultation, participant=auteur, texte=mots, axe=theme
            )
            actions.moderer(texte=dite, sens=SENS.AFFICHEE, par=equipe.animation)
            dites.append(dite)
    return dites


def _discuter(dite, personnes, equipe):
    dite.refresh_from_db()
    for nature, lettre, mots in ARGUMENTS:
        argument = actions.contribuer(
            proposition=dite, participant=personnes[lettre][-1], nature=nature, texte=mots
        )
        actions.moderer(texte=argument, sens=SENS.AFFICHEE, par=equipe.animation)


def _repondre(dite, equipe):
    """The community answers the first proposition before its time."""
    actions.repondre_publiquement(
        proposition=dite,
        texte="Nous avons compté les trajets avec deux entreprises. Un essai de six mois commence en mars : "
        "un minibus, deux départs le matin. Nous publierons ici combien de personnes montent.",
        par=equipe.organisation,
    )


def _suivre(forum, dite):
    """Someone follows the whole forum, and someone else one proposition; a third has not confirmed."""
    for courriel, proposition, confirme in (
        ("lecture@exemple.test", None, True),
        ("minibus@exemple.test", dite, True),
        ("plus-tard@exemple.test", None, False),
    ):
        abonne, _ecrire = actions.suivre(forum=forum, courriel=courriel, accord=True, proposition=proposition)
        if confirme:
            actions.confirmer_suivi(abonne=abonne)


def _attendre(forum, personnes, equipe):
    """Four texts that nobody has read, and one refused whose author asks for a second reading."""
    for rang, mots in enumerate(EN_ATTENTE):
        actions.proposer_au_forum(
            consultation=forum.consultation, participant=personnes["s"][-1 - rang], texte=mots
        )
    auteur = personnes["s"][-6]
    refusee = actions.proposer_au_forum(
        consultation=forum.consultation,
        participant=auteur,
        texte="Chez Verdalou, on change les horaires le vendredi soir. Il faut être prévenu une semaine avant.",
    )
    actions.moderer(
        texte=refusee, sens=SENS.REFUSEE, regle=2,
        motif="Vous donnez un nom. Retirez-le : nous affichons le reste.",
        par=equipe.animation,
    )  # fmt: skip
    actions.demander_recours(
        texte=refusee, participant=auteur, mots="Verdalou, c’est le nom de l’entreprise, pas une personne."
    )
