"""What may be published of a questionnaire, decided once, when its answers are counted (`Grille.comptes`).

    {"questions": {key: {"reponses": people, None when not told, "cases": {case: table}, "moyenne": "7.5"}}}

A question asked only of those who answered another one in some way says, by how many answered it, how many those
are. It is counted where that number may itself be told, and by college where it may be told by college.
"""

from collections import Counter, defaultdict
from decimal import Decimal

from ..decomptes.depouillement import tirer
from ..decomptes.formes import EXACT
from .comptage import COMPTEES, comparable, compter, detaillee, sans_detail
from .parcours import comptees, posee
from .structure import NON, OUI, Nature, Question

NOMBRES = {Nature.ENTIER, Nature.DECIMAL}
#: Below this many numbers, an average would say too much of each.
MOYENNE_MIN = 10
_POSEE = Question("posee", Nature.OUI_NON, "")
#: A question of which nothing may be told.
TUE = {"reponses": None, "cases": {}, "moyenne": ""}


def depouiller(structure, copies):
    """Return the counts, plain data. `copies`: [(college id, Structure answered to, values)].

    Answers to an earlier version count where the question was the same, word for word.
    """
    donnees = _donnees(structure, copies)
    faites = {}
    for question in structure.questions:  # a condition looks only at what comes before
        permis, detail = _permis(structure, question, faites, copies)
        faites[question.cle] = _compter(question, donnees[question.cle], detail) if permis else TUE
    return {"questions": faites}


def _donnees(structure, copies):
    """{question: {case: [(college id, kept)]}}, of what counts in the copies."""
    lues = defaultdict(lambda: defaultdict(list))
    for college, sienne, valeurs in copies:
        for cle, cases in comptees(sienne, valeurs).items():
            question = structure.question(cle)
            if question is not None and comparable(question, sienne.question(cle)):
                for case, valeur in cases.items():
                    lues[cle][case].append((college, valeur))
    return lues


def _permis(structure, question, faites, copies):
    """Whether it may be told how many were asked: (of all, of each college)."""
    if not question.si:
        return True, True
    posees = [
        (college, OUI if posee(sienne, valeurs, question.cle) else NON) for college, sienne, valeurs in copies
    ]
    lignes = [compter(_POSEE, posees)["pistes"].get("0")]
    for condition in question.si:
        regardee, cases = structure.question(condition.question), faites[condition.question]["cases"]
        lignes += (
            [None]
            if not cases
            else [
                table["pistes"].get(str(regardee.reponses.index(cle)))
                for table in cases.values()
                for cle in condition.parmi
            ]
        )
    permis = all(ligne is not None and ligne["forme"] == EXACT for ligne in lignes)
    return permis, permis and all(map(detaillee, lignes))


def _compter(question, cases, detail):
    tables = {}
    if question.nature in COMPTEES:
        for case in question.cases:
            tables[case] = compter(question, cases[case], tirer(range(len(question.reponses))))
            if not detail:
                sans_detail(tables[case]["pistes"].values())
    return {
        "reponses": max(map(len, cases.values()), default=0),
        "cases": tables,
        "moyenne": _moyenne([valeur for donnees in cases.values() for _college, valeur in donnees])
        if question.nature in NOMBRES
        else "",
    }


def _moyenne(nombres):
    """The average of numbers as they are kept, in words; "" when it would say too much.

    That is of few numbers, of nearly the same ones, and where one outweighs all others (the rule of dominance:
    Hundepool et al., 2012, ch. 4).
    """
    nombres = [Decimal(nombre) for nombre in nombres]
    if len(nombres) < MOYENNE_MIN or max(Counter(nombres).values()) >= len(nombres) - 1:
        return ""
    if 2 * max(map(abs, nombres)) > sum(map(abs, nombres)):
        return ""
    return format(round(sum(nombres) / len(nombres), 1), "f")
