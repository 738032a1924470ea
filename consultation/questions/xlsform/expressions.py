"""What may be said in the columns `relevant` and `constraint`, both ways. Anything else is not carried over."""

import re
from math import ceil, floor

from ..structure import Nature

_ATOME = re.compile(
    r"""\s*(?:selected\(\s*\$\{(?P<dans>[^}]+)\}\s*,\s*(?P<q1>['"])(?P<cle1>.*?)(?P=q1)\s*\)"""
    r"""|\$\{(?P<egal>[^}]+)\}\s*=\s*(?P<q2>['"])(?P<cle2>.*?)(?P=q2))\s*"""
)
_BORNE = re.compile(r"\s*\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*")


class Autrement(ValueError):
    """The expression says what a grille cannot."""


def ecrire_conditions(structure, question, nom_de_case):
    """Return the `relevant` of a question. `nom_de_case(question, case)`: the name of a row of the survey."""
    parties = []
    for condition in question.si:
        regardee = structure.question(condition.question)
        plusieurs = regardee.nature in (Nature.PLUSIEURS, Nature.RANG)
        forme = "selected(${{{nom}}}, '{cle}')" if plusieurs else "${{{nom}}} = '{cle}'"
        atomes = [
            forme.format(nom=nom_de_case(regardee, case), cle=cle)
            for cle in condition.parmi
            for case in regardee.cases
        ]
        parties.append(atomes[0] if len(atomes) == 1 else f"({' or '.join(atomes)})")
    return " and ".join(parties)


def lire_conditions(expression):
    """Return [[(name, answer)]]: all of the lists must hold, each by one of its pairs. Raises Autrement."""
    listes, reste = [], expression.strip()
    while reste:
        corps, reste = _parenthese(reste) if reste.startswith("(") else _jusqu_au_et(reste)
        listes.append([_atome(morceau) for morceau in re.split(r"\s+or\s+", corps)])
        if reste and not (suite := re.match(r"\s*and\s+", reste)):
            raise Autrement(expression)
        reste = reste[suite.end() :] if reste else ""
    return listes


def _parenthese(reste):
    """Return (what the opening bracket holds, what follows it)."""
    fond = 0
    for rang, signe in enumerate(reste):
        fond += {"(": 1, ")": -1}.get(signe, 0)
        if not fond:
            return reste[1:rang], reste[rang + 1 :]
    raise Autrement(reste)


def _jusqu_au_et(reste):
    """Return (one thing said, what follows it): without brackets, "or" beside "and" would be read two ways."""
    morceaux = re.split(r"(?=\s+and\s)", reste, maxsplit=1)
    if len(morceaux) > 1 and re.search(r"\sor\s", reste):
        raise Autrement(reste)
    return morceaux[0], morceaux[1] if len(morceaux) > 1 else ""


def _atome(morceau):
    lu = _ATOME.fullmatch(morceau)
    if lu is None:
        raise Autrement(morceau)
    return (lu["dans"] or lu["egal"]).strip(), lu["cle1"] if lu["dans"] else lu["cle2"]


def ecrire_bornes(question):
    """Return the `constraint` of a number."""
    bornes = ((">=", question.mini), ("<=", question.maxi))
    return " and ".join(f". {signe} {borne}" for signe, borne in bornes if borne is not None)


def lire_bornes(expression, entier):
    """Return (least, most), whole numbers or None; `entier`: the answer is a whole number. Raises Autrement."""
    mini = maxi = None
    for morceau in re.split(r"\s+and\s+", expression.strip()):
        lu = _BORNE.fullmatch(morceau)
        if lu is None:
            raise Autrement(expression)
        signe, borne = lu[1], float(lu[2])
        if not entier and (signe in "<>" or borne != int(borne)):
            raise Autrement(expression)
        if signe[0] == ">":
            mini = floor(borne) + 1 if signe == ">" else ceil(borne)
        else:
            maxi = ceil(borne) - 1 if signe == "<" else floor(borne)
    return mini, maxi
