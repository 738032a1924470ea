"""A national seminar of four months ago, followed up in three regions: one published, one to read again, one late.

Its people, words, figures and decisions are invented.
"""

from datetime import timedelta

from wagtail.log_actions import LogContext

from ateliers import actions as actions_ateliers
from consultation import actions
from consultation.actions.suites import Dite
from consultation.models import Consultation, Mandat
from contenus import actions as actions_contenus

from . import cadre, gens
from .aquitaine import COLLEGES
from .horloge import a_la_date, jour_a, jour_ouvre, moment_ouvre

SLUG = "seminaire-national-lille"
SEMINAIRE, SYNTHESE, OUVERTURE, ATTENDUE = -125, -110, -100, -12
#: Who came, by region and letter of college.
VENUS = {
    "Bretagne": {"s": 3, "p": 3, "a": 2},
    "Occitanie": {"s": 2, "p": 4, "a": 1},
    "Grand Est": {"s": 2, "p": 3, "a": 1},
}
#: Each piste, and the words it was born of.
PISTES = [
    (
        "Un référent qualité dans chaque structure",
        ["Quelqu’un qui suit la qualité", "Un référent, pas un de plus"],
    ),
    ("Apprendre le geste à deux", ["Apprendre avec quelqu’un qui sait", "Être deux sur un poste au début"]),
    ("Dire aux élus ce que l’insertion change", ["Inviter les élus une fois par an"]),
    ("Deux places de salariés au conseil", ["Que les salariés votent aussi au conseil", "Une voix au conseil"]),
    ("Un vestiaire fermé pour chacun", ["Un casier qui ferme"]),
    ("Visiter d’autres chantiers", ["Voir comment font les autres", "Une visite par saison"]),
    ("Un bilan écrit, lu ensemble", ["Écrire le bilan avec la personne"]),
    ("Des horaires qui vont avec les bus", ["Commencer quand le bus arrive", "Des horaires pour les parents"]),
]
CONSEIL = "le conseil d’administration du réseau"
#: (piste, days ago, state, reason).
REPONSES = [
    (1, 80, "retenue", "Elle est dans le plan de l’an prochain."),
    (3, 62, "realisee", "Une lettre de deux pages part chaque printemps."),
    (6, 30, "en_cours", "Trois régions organisent des visites."),
]


def poser(equipe, lieux):
    """Create and play the seminar and its follow-up; return the Consultation. Twice is once."""
    deja = Consultation.objects.filter(slug=SLUG).first()
    if deja is not None:
        return deja
    with a_la_date(jour_a(SEMINAIRE, 9)):
        consultation, pistes = _tenir(equipe, lieux)
    with a_la_date(jour_a(SYNTHESE, 10)):
        synthese = _ecrire(consultation, "Ce qui est sorti de Lille", pistes, equipe.rapport)
        actions.soumettre_synthese(synthese=synthese, par=equipe.rapport)
    _publier(synthese, SYNTHESE, equipe)
    for numero, jours, etat, raison in REPONSES:
        with a_la_date(jour_a(-jours, 11)):
            dite = Dite(etat, jour_a(-jours, 11).date(), raison, CONSEIL)
            actions.decider_suite(piste=pistes[numero - 1], dite=dite, par=equipe.edition)
    _suivre(consultation, pistes, equipe, lieux)
    return consultation


def _premier_jour():
    """Of two days of work in a row."""
    jour = moment_ouvre(SEMINAIRE, 9).date()
    while jour_ouvre(jour + timedelta(days=1)) != jour + timedelta(days=1):
        jour = jour_ouvre(jour - timedelta(days=1), -1)
    return jour


def _tenir(equipe, lieux):
    jour = _premier_jour()
    consultation = actions.enregistrer(
        objet=Consultation(
            titre="Séminaire national qualité, Lille",
            slug=SLUG,
            chapeau="Deux jours pour dire ce qu’est la qualité, avant que chaque région s’en saisisse.",
            territoire=lieux["France"],
            lieu="Lille",
            debut=jour,
            fin=jour + timedelta(days=1),
            etat=Consultation.Etat.OUVERTE,
        ),
        par=equipe.admin,
    )
    cadre.roles(consultation, equipe)
    lettres = cadre.colleges(consultation, COLLEGES, par=equipe.organisation)
    moment = cadre.temps(
        consultation, 0, "Faire germer des idées", "", jour_a(0, 9, depuis=jour), 180, par=equipe.organisation
    )
    atelier = actions_ateliers.creer_atelier(
        consultation=consultation, temps=moment, titre="Ce qui fait la qualité", par=equipe.organisation
    )
    venus = [
        qui
        for region, effectifs in VENUS.items()
        for qui in _inscrire(consultation, lettres, effectifs, lieux[region])
    ]
    for qui in venus:
        actions_ateliers.entrer(atelier=atelier, participant=qui)
    pistes = _dire(atelier.espace, venus, equipe)
    consultation.etat = Consultation.Etat.CLOSE
    actions.enregistrer(objet=consultation, par=equipe.organisation)
    return consultation, pistes


def _inscrire(consultation, lettres, effectifs, territoire):
    """People of a region, two in three of whom agree that their words be published."""
    deja = consultation.participants.count()
    colleges = [lettres[lettre] for lettre, nombre in effectifs.items() for _n in range(nombre)]
    return [
        actions.inscrire(
            consultation=consultation,
            college=college,
            prenom=gens.prenom(deja + rang),
            territoire=territoire,
            origine="inscription",
            accord_publication=rang % 3 != 2,
            cle=f"demo-{consultation.slug}-{deja + rang}",
            par=None,
        )
        for rang, college in enumerate(colleges)
    ]


def _dire(espace, venus, equipe):
    """Each says something in turn; the group makes a piste of what belongs together."""
    pistes, rang = [], 0
    for texte, paroles in PISTES:
        dites = []
        for mots in paroles:
            dites.append(
                actions.deposer_proposition(espace=espace, participant=venus[rang % len(venus)], texte=mots)
            )
            rang += 5
        motif = "Elles demandent la même chose." if len(dites) > 1 else ""
        geste = actions.regrouper(espace=espace, propositions=dites, texte=texte, motif=motif, par=equipe.rapport)
        pistes.append(geste.piste)
    return pistes


def _ecrire(consultation, titre, pistes, par):
    """A draft of one part, whose sentences rest on the pistes two by two."""
    synthese = actions.ouvrir_synthese(consultation=consultation, titre=titre, par=par)
    section = synthese.sections.first() or actions.ajouter_section(
        synthese=synthese, titre="Ce qui est dit", par=par
    )
    for rang in range(0, len(pistes), 2):
        texte = "Ce qui revient le plus se fait avec les personnes." if rang == 0 else "Le groupe y tient aussi."
        actions.ajouter_phrase(section=section, texte=texte, pistes=pistes[rang : rang + 2], par=par)
    return synthese


def _publier(synthese, jours, equipe):
    with a_la_date(jour_a(jours, 14)), LogContext(user=equipe.edition):
        page = actions_contenus.faire_page(synthese=synthese, par=equipe.edition)
        page.get_latest_revision().publish(user=equipe.edition)


def _suivre(consultation, pistes, equipe, lieux):
    with a_la_date(jour_a(OUVERTURE, 10)):
        bretagne, occitanie, _grand_est = actions.ouvrir_suivis(
            consultation=consultation,
            territoires=[lieux[nom] for nom in VENUS],
            attendue_le=jour_a(ATTENDUE, 9).date(),
            par=equipe.organisation,
        )
        for suivi, referent in ((bretagne, equipe.animation), (occitanie, equipe.rapport)):
            confie = {"role": Mandat.Role.ORGANISATEUR, "consultation": suivi.regionale}
            actions.confier(compte=referent, par=equipe.organisation, **confie)
    _se_reunir(
        bretagne, -60, "À Rennes", pistes[:3], ["Un casier à chaque arrivée", "Parler des horaires"], equipe
    )
    publiee = _rediger(bretagne, -30, equipe.animation)
    with a_la_date(jour_a(-29, 9)):
        actions.soumettre_synthese(synthese=publiee, par=equipe.animation)
    _publier(publiee, -20, equipe)
    _se_reunir(occitanie, -40, "À Albi", pistes[5:7], ["Deux visites par an"], equipe)
    soumise = _rediger(occitanie, -15, equipe.rapport)
    with a_la_date(jour_a(-14, 9)):
        actions.soumettre_synthese(synthese=soumise, par=equipe.rapport)


def _se_reunir(suivi, jours, titre, pistes, paroles, equipe):
    """A meeting of the region: it takes pistes over, and has some of its own."""
    regionale, par = suivi.regionale, equipe.organisation
    with a_la_date(jour_a(jours, 14)):
        actions.emporter_pistes(suivi=suivi, pistes=pistes, par=par)
        moment = cadre.temps(regionale, 0, "Réunion régionale", "", moment_ouvre(jours, 14), 120, par=par)
        atelier = actions_ateliers.creer_atelier(consultation=regionale, temps=moment, titre=titre, par=par)
        colleges = {lettre: regionale.colleges.get(nom=c["nom"]) for lettre, c in COLLEGES.items()}
        venus = _inscrire(regionale, colleges, {"s": 3, "p": 4, "a": 2}, suivi.territoire)
        for qui in venus:
            actions_ateliers.entrer(atelier=atelier, participant=qui)
        for rang, mots in enumerate(paroles):
            dite = actions.deposer_proposition(espace=atelier.espace, participant=venus[rang], texte=mots)
            actions.regrouper(espace=atelier.espace, propositions=[dite], texte=f"{mots}, en région", par=par)


def _rediger(suivi, jours, par):
    with a_la_date(jour_a(jours, 10)):
        titre = f"Ce que retient la région {suivi.territoire}"
        return _ecrire(suivi.regionale, titre, list(suivi.regionale.pistes.order_by("numero")), par)
