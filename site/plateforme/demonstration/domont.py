"""The quality seminar of Domont, in full swing: four half-days, eight workshops, two plenaries, 150 seats.

It was held on 14 and 15 May 2013; here it is played as if its second morning were now, so that there is something
live to see. Three workshops of yesterday are over, five are going on, the closing plenary is to come.
"""

from datetime import timedelta

from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.models import Atelier, Etape
from consultation import actions
from consultation.models import Consultation

from . import cadre, gens, recits
from .horloge import a_la_date, jour_a

SLUG = "seminaire-qualite-domont"
VILLES = recits.mots("villes-domont")
COLLEGES = {
    "s": {
        "nom": "Salariés en parcours",
        "nom_court": "En parcours",
        "description": "Salariée ou salarié en insertion",
        "signe": "salaries",
        "part_cible": 20,
    },
    "p": {
        "nom": "Équipe permanente",
        "nom_court": "Permanents",
        "description": "Permanente ou permanent",
        "signe": "permanents",
    },
    "a": {
        "nom": "Conseil d’administration",
        "nom_court": "Administrateurs",
        "description": "Administratrice ou administrateur",
        "signe": "administrateurs",
    },
    "d": {
        "nom": "Partenaires",
        "nom_court": "Partenaires",
        "description": "Mairie, État, entreprise…",
        "signe": "partenaires",
    },
}
EFFECTIFS = {"s": 28, "p": 50, "a": 28, "d": 16}  # 122 of 150 seats; 23 % of salariés
#: What the network saw coming before the seminar: its three trends.
AXES = [
    ("Créer des emplois qui durent", "Des emplois stables, ouverts à celles et ceux qui en sont loin."),
    ("Mieux relier les personnes et les employeurs", "Accompagner vers l’emploi, et dans l’emploi."),
    ("Construire des solutions avec le territoire", "Des postes partagés, des réponses à plusieurs."),
]
DEMI_JOURNEES = [
    ("Planter le décor", "On se présente. On regarde d’où l’on part."),
    ("Faire germer des idées", "Chacun propose. Rien n’est bête."),
    ("Faire fructifier des propositions", "On regroupe, on discute, on vote."),
    ("Semer l’avenir", "On décide qui fait quoi, et pour quand."),
]
#: Code -> (half-day, axe, déroulé); the stories are in textes/domont.txt.
ATELIERS = {
    "A2D7K4": (1, 0, "classique"),
    "E3F9G2": (1, 0, "classique"),
    "N7R4T2": (1, 2, "criteres"),
    "K7P4M2": (2, 1, "classique"),
    "V9T4R6": (2, 1, "classique"),
    "T3M7H9": (2, 2, "classique"),
    "M4E2R7": (2, 0, "classique"),
    "P6W3C9": (2, 2, "classique"),
}
DIRECT, VOTE, FINI = "K7P4M2", "V9T4R6", "A2D7K4"
#: Minutes the current steps last, so that whoever comes to look has the time to.
LONGTEMPS = 60
OUVERTURE, CLOTURE = "D4N3C9", "Y6H2E4"
CHAPEAU = (
    "Deux jours pour dire comment changent les missions et les métiers de nos associations. "
    "D’après le séminaire tenu à Domont les 14 et 15 mai 2013."
)


def poser(equipe, territoires):
    """Create the seminar and play it up to now; return the Consultation."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    moments = _horaires(timezone.now())
    with a_la_date(moments[0][0] - timedelta(days=12)):
        consultation, lettres = _preparer(equipe, territoires, moments)
        ateliers = _poser_ateliers(consultation, equipe, moments)
        groupes = _inscrire(consultation, lettres, territoires, ateliers, equipe)
    salons = _salons(ateliers, groupes, equipe)
    _hier(consultation, salons, groupes, moments, equipe)
    _maintenant(salons)
    return consultation


def _horaires(maintenant):
    """Return [(start, minutes)] of the four half-days: the third has begun an hour ago, on a round half-hour."""
    debut = timezone.localtime(maintenant - timedelta(minutes=50))
    debut = debut.replace(minute=30 if debut.minute >= 30 else 0, second=0, microsecond=0)
    veille = debut.date() - timedelta(days=1)
    return [
        (jour_a(0, 9, 30, depuis=veille), 180),
        (jour_a(0, 14, 0, depuis=veille), 210),
        (debut, 210),
        (debut + timedelta(minutes=270), 180),
    ]


def _preparer(equipe, territoires, moments):
    consultation = actions.enregistrer(
        objet=Consultation(
            titre="Séminaire Qualité de Domont",
            slug=SLUG,
            chapeau=CHAPEAU,
            territoire=territoires["Val-d’Oise"],
            lieu="Domont (Val-d’Oise)",
            debut=timezone.localdate(moments[0][0]),
            fin=timezone.localdate(moments[3][0]),
            places=150,
            etat=Consultation.Etat.OUVERTE,
        ),
        par=equipe.admin,
    )
    for role, compte in (
        ("organisateur", equipe.organisation),
        ("animateur", equipe.animation),
        ("rapporteur", equipe.rapport),
        ("editeur", equipe.edition),
    ):
        actions.confier(compte=compte, role=role, consultation=consultation, par=equipe.admin)
    return consultation, cadre.colleges(consultation, COLLEGES, par=equipe.organisation)


def _poser_ateliers(consultation, equipe, moments):
    """Return {code: Atelier}: eight workshops and two plenaries, each in its room."""
    par = equipe.organisation
    temps = [
        cadre.temps(consultation, rang, *mots, *moments[rang], par=par) for rang, mots in enumerate(DEMI_JOURNEES)
    ]
    axes = [cadre.axe(consultation, titre, rang, par=par) for rang, (titre, _chapeau) in enumerate(AXES)]
    grande = cadre.salle(consultation, "Grande salle", 160, par=par, acces="Au fond du hall, de plain-pied.")
    pleniere = {"consultation": consultation, "nature": Atelier.Nature.PLENIERE, "salle": grande, "par": par}
    ateliers = {
        OUVERTURE: actions_ateliers.creer_atelier(
            temps=temps[0], titre="Ouverture : d’où partons-nous ?", code=OUVERTURE, deroule="pleniere", **pleniere
        )
    }
    for rang, partie in enumerate(recits.lire("domont")):
        moment, axe, deroule = ATELIERS[partie.code]
        ateliers[partie.code] = actions_ateliers.creer_atelier(
            consultation=consultation,
            temps=temps[moment],
            titre=partie.titre,
            question=partie.question,
            salle=cadre.salle(consultation, f"Salle {rang + 1}", 40, par=par),
            axes=[axes[axe]],
            capacite=48,
            code=partie.code,
            deroule=deroule,
            par=par,
        )
    ateliers[CLOTURE] = actions_ateliers.creer_atelier(
        temps=temps[3], titre="Clôture : qui fait quoi, et quand ?", code=CLOTURE, deroule="pleniere", **pleniere
    )
    actions.confier(
        compte=equipe.robot,
        role="animateur",
        consultation=consultation,
        espace=ateliers[DIRECT].espace,
        par=equipe.admin,
    )
    return ateliers


def _inscrire(consultation, lettres, territoires, ateliers, equipe):
    """Register everyone with a seat in the workshop of their choice; return {code: {letter: [participants]}}."""
    lieux = gens.structures(38, VILLES, territoires["France"], par=equipe.organisation)
    effectifs = {lettres[lettre]: nombre for lettre, nombre in EFFECTIFS.items()}
    inscrits = gens.inscrire(consultation, effectifs, lieux, par=equipe.organisation)
    hier = [code for code, (moment, _axe, _deroule) in ATELIERS.items() if moment == 1]
    aujourdhui = [code for code, (moment, _axe, _deroule) in ATELIERS.items() if moment == 2]
    groupes = {code: {} for code in ATELIERS}
    for lettre, college in lettres.items():
        for codes in (hier, aujourdhui):
            for rang, code in enumerate(codes):
                groupes[code][lettre] = inscrits[college][rang :: len(codes)]
    for code, groupe in groupes.items():
        for personne in [p for people in groupe.values() for p in people]:
            actions_ateliers.reserver_place(atelier=ateliers[code], participant=personne, par=equipe.organisation)
    return groupes


def _salons(ateliers, groupes, equipe):
    parties = {partie.code: partie for partie in recits.lire("domont")}
    return {
        code: cadre.Salon(
            ateliers[code], parties[code], groupe, animateur=equipe.animation, rapporteur=equipe.rapport
        )
        for code, groupe in groupes.items()
    } | {
        OUVERTURE: cadre.Salon(
            ateliers[OUVERTURE],
            recits.Partie("Ouverture"),
            {lettre: _ensemble(groupes, lettre) for lettre in COLLEGES},
            animateur=equipe.animation,
            rapporteur=equipe.rapport,
        )
    }


def _ensemble(groupes, lettre):
    """Everyone of a college, through yesterday's workshops."""
    return [p for code, groupe in groupes.items() if ATELIERS[code][0] == 1 for p in groupe[lettre]]


def _hier(consultation, salons, groupes, moments, equipe):
    with a_la_date(moments[0][0]):
        salon = salons[OUVERTURE]
        salon.entrer()
        for nature in (cadre.N.ACCUEIL, cadre.N.DISCUSSION):
            salon.ouvrir(nature)
        salon.fermer()
        for etape in salon.atelier.etapes.filter(etat=Etape.Etat.A_VENIR):
            actions_ateliers.retirer_etape(etape=etape, par=equipe.animation)
    for rang, code in enumerate(code for code in ATELIERS if ATELIERS[code][0] == 1):
        with a_la_date(moments[1][0] + timedelta(minutes=2 * rang)):
            jusqu_aux_resultats(salons[code])
    with a_la_date(moments[1][0] + timedelta(minutes=150)):
        _ecrire(consultation, salons[FINI], equipe)


def jusqu_aux_resultats(salon):
    """Play a workshop from its welcome to its results."""
    salon.entrer()
    salon.ouvrir(cadre.N.ACCUEIL)
    etape = salon.ouvrir(cadre.N.IDEATION)
    while etape.proposition_nature != "piste":
        _dire_a_part(salon, etape.proposition_nature)
        etape = salon.ouvrir(cadre.N.IDEATION)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT)
    salon.regrouper(nees)
    salon.ouvrir(cadre.N.VOTE)
    salon.voter(0.9)
    salon.fermer()
    salon.ouvrir(cadre.N.DISCUSSION)
    salon.fermer()


#: Said in the workshop that starts with criteria and indicators.
A_PART = {
    "critere": [("s", "On nous écoute avant de décider."), ("p", "Chacun sait pourquoi on a décidé.")],
    "indicateur": [
        ("a", "Nombre de décisions prises en équipe."),
        ("s", "Combien de fois j’ai pu dire mon avis."),
    ],
}


def _dire_a_part(salon, nature):
    for lettre, mots in A_PART[nature]:
        salon.dire(lettre, mots)
    salon.relire()


def _ecrire(consultation, salon, equipe):
    """Yesterday's first workshop is being written up: a draft with one sentence, the rest is to be done."""
    salon.ouvrir(cadre.N.SYNTHESE)
    synthese = actions.ouvrir_synthese(
        consultation=consultation, espace=salon.atelier.espace, titre=salon.atelier.titre, par=equipe.rapport
    )
    pistes = list(salon.atelier.espace.pistes.order_by("numero"))
    actions.ajouter_phrase(
        section=synthese.sections.first(),
        texte="On apprend mieux à deux, et quand ce temps est prévu : c’est ce que tous les collèges ont choisi.",
        pistes=pistes[:2],
        par=equipe.rapport,
    )
    salon.fermer()


def _maintenant(salons):
    """The five workshops of this morning, each at another step."""
    for code in (code for code in ATELIERS if ATELIERS[code][0] == 2):
        salons[code].entrer()
        salons[code].ouvrir(cadre.N.ACCUEIL, LONGTEMPS)
    _direct(salons[DIRECT])
    _en_vote(salons[VOTE])
    _en_regroupement(salons["T3M7H9"])
    _aux_resultats(salons["P6W3C9"])


def _direct(salon):
    salon.ouvrir(cadre.N.IDEATION, LONGTEMPS)
    salon.proposer()
    salon.dire("p", "Demander à Bruno d’expliquer moins vite.")
    salon.dire("s", "cariste")


def _en_vote(salon):
    salon.ouvrir(cadre.N.IDEATION)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT)
    salon.regrouper(nees)
    salon.ouvrir(cadre.N.VOTE, LONGTEMPS)
    salon.voter(0.5)


def _en_regroupement(salon):
    salon.ouvrir(cadre.N.IDEATION)
    nees = salon.proposer()
    salon.ouvrir(cadre.N.REGROUPEMENT, LONGTEMPS)
    salon.regrouper(nees)


def _aux_resultats(salon):
    _en_vote(salon)
    salon.fermer()
    salon.ouvrir(cadre.N.DISCUSSION, LONGTEMPS)
