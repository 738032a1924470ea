"""From answers to figures that may be shown: each place to answer in is counted as a vote would be.

One answer among several is a vote with one dot each; several answers, a yes or no on each. What is withheld is
decided by `decomptes.secret`, and after it by what a vote does not say: where everyone gives one answer and no
more, one figure hidden alone is the rest of the others (`_une_chacun`); where everyone gives at least one of
several, figures that are too few to go round say what the hidden ones are (`_au_moins_une`).
"""

from collections import Counter

from ..decomptes.formes import EXACT, GOMMETTES, PEU, PRESQUE_TOUS, TU, Releve
from ..decomptes.secret import etablir
from .structure import Nature

OUI, NON = 4, 1  # the two ends of the scale of an opinion vote
ADHESION = "adhesion"
COMPTEES = {Nature.CHOIX, Nature.ECHELLE, Nature.OUI_NON, Nature.NIVEAU, Nature.RANG, Nature.PLUSIEURS}


def comparable(question, autre):
    """Whether the answers to a question of another version may be counted with those of this one."""
    return autre is not None and all(
        getattr(question, champ) == getattr(autre, champ)
        for champ in ("nature", "libelle", "choix", "lignes", "deux_temps")
    )


def relever(question, donnees):
    """Return the Releve of one case: `donnees`, [(college id, what is kept)]. A ranking counts its first place."""
    repondants = Counter(college for college, _valeur in donnees)
    valeurs = {rang: {} for rang in range(len(question.reponses))}
    for college, valeur in donnees:
        for cle in _choisies(question, valeur):
            cases = valeurs[question.reponses.index(cle)].setdefault(college, Counter())
            cases[OUI if question.nature == Nature.PLUSIEURS else 1] += 1
    if question.nature == Nature.PLUSIEURS:
        for cases in valeurs.values():
            for college, n in repondants.items():
                compte = cases.setdefault(college, Counter())
                compte[NON] = n - compte[OUI]
    mode = ADHESION if question.nature == Nature.PLUSIEURS else GOMMETTES
    return Releve(mode, 1, dict(repondants), dict(repondants), valeurs)


def _choisies(question, valeur):
    choisies = valeur if isinstance(valeur, list) else [valeur]
    return choisies[:1] if question.nature == Nature.RANG else choisies


def compter(question, donnees, tues=frozenset()):
    """Return the table of `etablir` for one case; its "pistes" are the ranks of the answers, in order."""
    if question.nature == Nature.PLUSIEURS:
        return _au_moins_une(etablir(relever(question, donnees), tues))
    return _une_chacun(etablir(relever(question, donnees)))


def _une_chacun(table):
    """Withhold what follows from the sum of the answers being the number of people, in all and by college.

    By college: all the figures of all the answers, or none. In all: figures of nearly nobody are covered by
    another one, large enough for each of them to stay open; without it, or where the audit has hidden any, none.
    """
    lignes = list(table["pistes"].values())
    if not all(map(detaillee, lignes)):
        sans_detail(lignes)
    formes = [ligne["forme"] for ligne in lignes]
    if TU in formes:
        _taire(lignes)
    elif PEU in formes and set(formes) <= {PEU, EXACT}:
        assez = [x for x in lignes if x["forme"] == EXACT and x["personnes"] >= formes.count(PEU) + 2]
        _taire([min(assez, key=lambda ligne: ligne["personnes"])] if assez else lignes)
    return table


def _au_moins_une(table):
    """Withhold what follows from everyone having given an answer: nobody was left out by all of the figures.

    By college: as soon as that could add anything to what the figures say, none of them. In all: the figures of
    which a hidden one would have one value left.
    """
    lignes = list(table["pistes"].values())
    if not all(_suffisent(lignes, college, vus["votants"]) for college, vus in table["colleges"].items()):
        sans_detail(lignes)
    gens = table["votants"]
    bornes = [_bornes(ligne, gens) for ligne in lignes]
    tous = sum(haut for _bas, haut in bornes)
    if any(bas < haut and max(bas, gens - (tous - haut)) >= haut for bas, haut in bornes):
        sans_detail(lignes)
        _taire(lignes)
    return table


_RIEN = {"forme": TU, "personnes": None}


def _suffisent(lignes, college, gens):
    """Whether a college's figures are all shown, or enough for its people whatever the hidden ones are."""
    bornes = [_bornes(ligne["colleges"].get(college, _RIEN), gens) for ligne in lignes]
    return all(bas == haut for bas, haut in bornes) or sum(bas for bas, _haut in bornes) >= gens


def _bornes(case, gens):
    if case["forme"] == EXACT:
        return case["personnes"], case["personnes"]
    return {PEU: (0, 1), PRESQUE_TOUS: (max(0, gens - 1), gens), TU: (0, gens)}[case["forme"]]


def detaillee(ligne):
    """Whether the figure is exact, in all and in every college. None of a college: there is no detail at all."""
    formes = [case["forme"] for case in ligne["colleges"].values()]
    return bool(formes) and {ligne["forme"], *formes} == {EXACT}


def sans_detail(lignes):
    for ligne in lignes:
        ligne["colleges"] = {}


def _taire(lignes):
    for ligne in lignes:
        ligne |= {"forme": TU, "personnes": None, "sur": None, "gommettes": None}
