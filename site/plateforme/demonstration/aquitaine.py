"""The exchange of practices of Nouvelle-Aquitaine, finished: 114 people, 62 structures, 60 pistes."""

from ateliers import actions as actions_ateliers
from consultation import actions
from consultation.models import Consultation, Structure

from . import cadre, gens, recits
from .horloge import a_la_date, jour_a, moment_ouvre

SLUG = "parcours-de-qualite"
VILLES = recits.mots("villes-aquitaine")
COLLEGES = {
    "s": {
        "nom": "Salariés en parcours",
        "nom_court": "En parcours",
        "description": "Salariée ou salarié en insertion",
        "signe": "salaries",
    },
    "p": {
        "nom": "Accompagnateurs socioprofessionnels",
        "nom_court": "Accompagnement",
        "description": "Conseillère ou conseiller en insertion",
        "signe": "permanents",
    },
    "e": {
        "nom": "Encadrants techniques",
        "nom_court": "Encadrement",
        "description": "Encadrante ou encadrant de chantier",
        "signe": "partenaires",
    },
    "a": {
        "nom": "Directions et administrateurs",
        "nom_court": "Directions",
        "description": "Direction, conseil d’administration",
        "signe": "administrateurs",
    },
}
EFFECTIFS = {"s": 23, "p": 42, "e": 27, "a": 22}  # 114
CODES = ["F4R7M2", "G9T2C6", "H3W9K4"]
#: Where one votes in four degrees, and a map of opinions was asked for.
CARTE = "H3W9K4"
CHAPEAU = (
    "Des dirigeants, des accompagnateurs, des encadrants et des salariés de 62 structures et de deux collectifs "
    "se sont réunis autour d’une question : qu’est-ce qu’un parcours de qualité ? Ils ont dit ce qui compte, "
    "comment le voir, et ce qu’il faut faire. Soixante pistes en sont sorties, chacune née de leurs propres mots."
)
#: One or two sentences a section, with the numbers of the pistes they rest on.
PHRASES = [
    [
        (
            "Un parcours réussi ne se lit pas seulement dans les sorties en emploi : la confiance retrouvée et "
            "les freins levés comptent autant.",
            [1, 2, 3],
        ),
        ("Les objectifs s’écrivent à deux, avec une date, et se relisent ensemble.", [6, 7, 9, 12]),
    ],
    [
        (
            "Trop d’outils tuent l’outil : un livret pour la personne, une grille commune, un seul logiciel.",
            [19, 20, 22, 32],
        ),
        (
            "Apprendre en travaillant demande du temps d’encadrement, et ce temps doit être compté.",
            [33, 34, 37, 38],
        ),
    ],
    [
        ("Les équipes aussi doivent être formées, écoutées et accompagnées.", [40, 41, 44, 56]),
        (
            "Les élus, les entreprises et les prescripteurs ont besoin de peu de chiffres, mais clairs.",
            [57, 59, 60],
        ),
    ],
]


def poser(equipe, territoires):
    """Create and play the whole exchange; return (Consultation, Synthese), the synthesis still a draft."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja, deja.syntheses.order_by("pk").first()
    jour = jour_a(-39, 8)
    with a_la_date(jour):
        consultation, lettres = _preparer(equipe, territoires)
        groupes = _inscrire(consultation, lettres, territoires, equipe)
        themes = _poser_axes(consultation, equipe)
    for rang, (partie, groupe) in enumerate(zip(recits.lire("aquitaine"), groupes, strict=True)):
        _jouer(consultation, rang, partie, groupe, themes, equipe)
    consultation.etat = Consultation.Etat.CLOSE
    with a_la_date(jour_a(-36, 9)):
        synthese = _ecrire(consultation, territoires, equipe)
        actions.enregistrer(objet=consultation, par=equipe.organisation)
    return consultation, synthese


def _preparer(equipe, territoires):
    consultation = actions.enregistrer(
        objet=Consultation(
            titre="Un parcours socioprofessionnel de qualité",
            slug=SLUG,
            chapeau="Échange de pratiques de l’INAÉ. Trois axes, neuf thèmes, une journée.",
            territoire=territoires["Nouvelle-Aquitaine"],
            lieu="Poitiers",
            debut=moment_ouvre(-38, 9).date(),
            fin=moment_ouvre(-38, 9).date(),
            places=120,
            etat=Consultation.Etat.OUVERTE,
        ),
        par=equipe.admin,
    )
    cadre.roles(consultation, equipe)
    return consultation, cadre.colleges(consultation, COLLEGES, par=equipe.organisation)


def _inscrire(consultation, lettres, territoires, equipe):
    """Register the 114, and share them out among three rooms; return three {letter: [participants]}."""
    region = territoires["Nouvelle-Aquitaine"]
    lieux = gens.structures(62, VILLES, region, par=equipe.organisation)
    for nom, ville in (("Collectif de la Vienne", "Poitiers"), ("Collectif du Limousin", "Limoges")):
        collectif = Structure(nom=nom, ville=ville, type="ges", territoire=region)
        actions.enregistrer(objet=collectif, par=equipe.organisation)
    effectifs = {lettres[lettre]: nombre for lettre, nombre in EFFECTIFS.items()}
    inscrits = gens.inscrire(consultation, effectifs, lieux, par=equipe.organisation)
    return [{lettre: inscrits[college][rang::3] for lettre, college in lettres.items()} for rang in range(3)]


def _poser_axes(consultation, equipe):
    """Return {theme title: Axe}, nine themes under three axes."""
    themes = {}
    for rang, partie in enumerate(recits.lire("aquitaine")):
        axe = cadre.axe(consultation, partie.titre, rang, par=equipe.organisation)
        for ordre, theme in enumerate(partie.themes):
            themes[theme.titre] = cadre.axe(consultation, theme.titre, ordre, parent=axe, par=equipe.organisation)
    return themes


def _jouer(consultation, rang, partie, groupe, themes, equipe):
    """One axe, one room, one after the other so that the pistes are numbered from 1 to 60 across them."""
    with a_la_date(jour_a(-38, 9 + 2 * rang)):
        moment = cadre.temps(
            consultation, rang, partie.titre, "", moment_ouvre(-38, 9 + 2 * rang), 105, par=equipe.organisation
        )
        atelier = actions_ateliers.creer_atelier(
            consultation=consultation,
            temps=moment,
            titre=partie.titre,
            question="Qu’est-ce qu’un parcours de qualité ?",
            axes=[themes[theme.titre].parent for theme in partie.themes[:1]],
            capacite=40,
            code=CODES[rang],
            deroule="forum",
            par=equipe.organisation,
        )
        axe_de = {p.texte: themes[theme.titre] for theme in partie.themes for p in theme.pistes}
        partie.pistes = [piste for theme in partie.themes for piste in theme.pistes]
        salon = cadre.Salon(atelier, partie, groupe, animateur=equipe.animation, rapporteur=equipe.rapport)
        salon.entrer()
        salon.ouvrir(cadre.N.IDEATION)
        nees = salon.proposer()
        _dire_criteres(salon, partie, themes)
    with a_la_date(jour_a(-38, 10 + 2 * rang)):
        salon.ouvrir(cadre.N.REGROUPEMENT)
        salon.regrouper(nees, axe_de)
        en_degres = atelier.code == CARTE
        if en_degres:
            salon.regler_vote(mode="adhesion", seuil=75)
        scrutin = salon.ouvrir(cadre.N.VOTE).scrutin
        salon.voter(camps=en_degres)
        salon.fermer()
        if en_degres:
            scrutin.refresh_from_db()
            actions.dessiner_opinions(scrutin=scrutin, par=equipe.animation)
        salon.ouvrir(cadre.N.DISCUSSION)
        salon.fermer()


def _dire_criteres(salon, partie, themes):
    """Criteria and indicators are said by the staff, under their theme."""
    for theme in partie.themes:
        for nature, mots in [
            *(("critere", m) for m in theme.criteres),
            *(("indicateur", m) for m in theme.indicateurs),
        ]:
            actions.deposer_proposition(
                espace=salon.atelier.espace,
                participant=salon.quelqu_un("p"),
                texte=mots,
                nature=nature,
                axe=themes[theme.titre],
            )
    salon.relire()


def _ecrire(consultation, territoires, equipe):
    synthese = actions.ouvrir_synthese(
        consultation=consultation,
        titre="Qu’est-ce qu’un parcours de qualité ?",
        territoire=territoires["Nouvelle-Aquitaine"],
        par=equipe.rapport,
    )
    actions.modifier_synthese(
        synthese=synthese,
        titre=synthese.titre,
        chapeau=CHAPEAU,
        revision=synthese.revision,
        par=equipe.rapport,
    )
    numeros = {piste.numero: piste for piste in consultation.pistes.all()}
    for section, phrases in zip(synthese.sections.all(), PHRASES, strict=True):
        for texte, cites in phrases:
            actions.ajouter_phrase(
                section=section, texte=texte, pistes=[numeros[n] for n in cites], par=equipe.rapport
            )
    return synthese
