"""Some answers to the pistes of Nouvelle-Aquitaine, one corrected, most still waited for. All invented."""

from datetime import timedelta

from consultation import actions
from consultation.actions.suites import Dite
from consultation.models import Suite

from .horloge import a_la_date, jour_a

CONSEIL, GROUPE = "le conseil d’administration régional", "le groupe qualité de Nouvelle-Aquitaine"
#: (piste, days ago, state, by whom, reason, to whom, in how many days more will be said).
REPONSES = [
    (2, 15, "retenue", CONSEIL, "Elle répond à ce que la salle a le plus demandé.", "", None),
    (6, 15, "retenue", CONSEIL, "Les structures l’écrivent dans leur projet de l’an prochain.", "", 90),
    (
        10,
        14,
        "ecartee",
        CONSEIL,
        "Une association le fait déjà dans quatre villes. Sa liste est à l’accueil.",
        "",
        None,
    ),
    (
        18,
        12,
        "confiee",
        CONSEIL,
        "C’est elle qui décide des horaires des bus.",
        "la communauté d’agglomération",
        60,
    ),
    (20, 9, "en_cours", GROUPE, "Huit structures l’essaient, deux heures par semaine.", "", 120),
    (34, 8, "retenue", GROUPE, "Le temps est trouvé pour une personne par structure.", "", None),
    (57, 3, "realisee", GROUPE, "Le livret est imprimé. Il est aussi en ligne.", "", None),
]
TROP_VITE = "Trois structures ont commencé."


def poser(equipe, consultation):
    """Answer, as an editor of the consultation does, a few days each; once."""
    if Suite.objects.filter(piste__consultation=consultation).exists():
        return
    pistes = {piste.numero: piste for piste in consultation.pistes.all()}
    _trop_vite(pistes[57], equipe)
    for numero, jours, etat, qui, raison, confiee_a, nouvelle in REPONSES:
        moment = jour_a(-jours, 11)
        le = moment.date()
        annonce = le + timedelta(days=nouvelle) if nouvelle else None
        with a_la_date(moment):
            dite = Dite(etat, le, raison, qui, confiee_a, annonce)
            actions.decider_suite(piste=pistes[numero], dite=dite, par=equipe.edition)


def _trop_vite(piste, equipe):
    """Said done when it was under way: corrected the day after, and both are read."""
    moment = jour_a(-11, 9)
    with a_la_date(moment):
        fausse = Dite("realisee", moment.date(), TROP_VITE, GROUPE)
        suite = actions.decider_suite(piste=piste, dite=fausse, par=equipe.edition)
    with a_la_date(jour_a(-10, 9)):
        juste = Dite("en_cours", moment.date(), TROP_VITE, GROUPE)
        actions.corriger_suite(suite=suite, dite=juste, par=equipe.edition)
