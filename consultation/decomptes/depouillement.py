"""From what is stored of a closed vote to its table: the only reading of tallies by college that is published."""

from collections import Counter, defaultdict
from random import SystemRandom

from django.apps import apps
from django.conf import settings
from django.db.models import Count

from . import rangs
from .familles import Familles
from .formes import CLASSEMENT, EXACT, GOMMETTES, Releve
from .scelles import urne_de
from .secret import etablir

ECARTEE = "ecartee"
_HASARD = SystemRandom()


def depouiller(scrutin, modeles=apps):
    """Return the table of a vote, as `Proclamation.tableau` keeps it. Nine queries, ten of a second round;
    five of a secret ballot, six of its second round.

    `modeles`: the registry of models, which a migration gives as they were. A piste set aside has no figures: the
    dots on it were given back.
    """

    def lignes(nom, **criteres):
        return modeles.get_model("consultation", nom).objects.filter(**criteres).order_by()

    pistes = lignes("Piste", consultation_id=scrutin.consultation_id)
    pistes = {pk: (dans, etat) for pk, dans, etat in pistes.values_list("pk", "fusionnee_dans_id", "etat")}
    familles = Familles({pk: dans for pk, (dans, _etat) in pistes.items()})
    choisies = set(scrutin.pistes.values_list("pk", flat=True))
    racines = {familles.racine(pk) for pk in choisies}
    comptees = {pk for pk in racines if pistes[pk][1] != ECARTEE}
    colleges = lignes("College", consultation_id=scrutin.consultation_id).values_list("pk", flat=True)
    if getattr(scrutin, "secret", False):  # a migration's models may be older
        urne = urne_de(scrutin, modeles)
        votants, choisissants, valeurs = urne.bulletins, urne.exprimes, urne.par_piste(comptees)
        papier = 0  # a secret ballot is not cast on paper
    else:
        votants, choisissants, valeurs = _voix_comptees(lignes, scrutin, familles, comptees)
        papier = lignes("Bulletin", scrutin_id=scrutin.pk, participant__origine="bulletin").count()
    table = etablir(
        tues=tirer(comptees),
        releve=Releve(
            **_lus(scrutin, valeurs),
            votants=dict.fromkeys(colleges, 0) | votants,
            choisissants=choisissants,
            avant=_premier_tour(lignes, scrutin, {pk: _membres(familles, pk) for pk in comptees}),
        ),
    )
    if scrutin.mode == CLASSEMENT:
        rangs.ranger(table, valeurs, table["votants"])
    ecartees = {str(pk): _membres(familles, pk) for pk in sorted((racines & choisies) - comptees)}
    for piste, ligne in table["pistes"].items():
        ligne["membres"] = _membres(familles, int(piste))
    quorums = lignes("Quorum", scrutin_id=scrutin.pk).order_by("college_id")
    sur_papier = {"papier": papier} if papier else {}
    return {**table, **sur_papier, "ecartees": ecartees, "reglages": _reglages(scrutin, quorums)}


def _voix_comptees(lignes, scrutin, familles, comptees):
    """Who voted, who chose one of the pistes `comptees`, and what each was given, by college. Three queries."""
    votants = _par_college(lignes("Bulletin", scrutin_id=scrutin.pk), "pk")
    siennes = lignes("Voix", scrutin_id=scrutin.pk, piste__in=set().union(*map(familles.membres, comptees)))
    choisissants = _par_college(siennes, "participant")
    valeurs = _valeurs(lignes("Decompte", scrutin_id=scrutin.pk, piste__in=comptees), comptees)
    return votants, choisissants, valeurs


def _lus(scrutin, valeurs):
    """What is counted. Of an order, who put a piste in their first places: as one dot each, so many a person."""
    if scrutin.mode != CLASSEMENT:
        lus = {"mode": scrutin.mode, "dots": scrutin.gommettes, "quorum": scrutin.quorum_gommettes}
        return {**lus, "valeurs": valeurs}
    tetes = {piste: rangs.en_tete(par_college, scrutin.places) for piste, par_college in valeurs.items()}
    return {"mode": GOMMETTES, "dots": scrutin.places, "valeurs": tetes}


def tirer(pistes):
    """Draw the pistes that show no detail, one in twenty or so: see `etablir`. Drawn once, at the closing."""
    return {piste for piste in pistes if 100 * _HASARD.random() < settings.DETAILS_TUS_SUR_CENT}


def _premier_tour(lignes, scrutin, familles):
    """The exact figures of the first round, on the pistes that still stand for the same ones. None before it.

    One query. A migration's models may be older than rounds.
    """
    precedent = getattr(scrutin, "precedent_id", None)
    tables = lignes("Proclamation", scrutin_id=precedent).values_list("tableau", flat=True) if precedent else ()
    return {
        int(cle): {
            "personnes": ligne["personnes"],
            "sur": ligne["sur"],
            "colleges": {int(c): x["personnes"] for c, x in ligne["colleges"].items() if x["forme"] == EXACT},
        }
        for table in tables
        for cle, ligne in table["pistes"].items()
        if familles.get(int(cle)) == ligne["membres"]
    }


def _membres(familles, piste):
    return sorted(familles.membres(piste))


def _par_college(lignes, quoi):
    return dict(lignes.values_list("college_id").annotate(n=Count(quoi, distinct=True)))


def _valeurs(decomptes, comptees):
    lues = {piste: defaultdict(Counter) for piste in comptees}
    for piste, college, valeur, n in decomptes.values_list("piste_id", "college_id", "valeur", "votants"):
        if n:
            lues[piste][college][valeur] = n
    return lues


def _reglages(scrutin, quorums):
    tour = {"tour": 2} if getattr(scrutin, "precedent_id", None) else {}
    secret = {"secret": True} if getattr(scrutin, "secret", False) else {}
    places = {"places": scrutin.places} if scrutin.mode == CLASSEMENT else {}
    return {
        **tour,
        **secret,
        **places,
        "mode": scrutin.mode,
        "gommettes": scrutin.gommettes,
        "regle": scrutin.regle,
        "seuil": scrutin.seuil,
        "quorum": scrutin.quorum_gommettes,
        "quorums": [
            {"college": str(q.college_id), "votants_min": q.votants_min, "part_min": q.part_min} for q in quorums
        ],
    }
