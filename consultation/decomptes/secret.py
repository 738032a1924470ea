"""What may be shown of a vote, decided from its figures alone, once: see "What is withheld" in docs/domaine.md.

Only people are shown by college, never dots nor values. A figure is exact, or a band, or withheld:

* gommettes, people with at least one dot out of the voters: 0 to 4 are "moins de 5", all or all but one are
  "presque tous"; a college in which fewer than 6 people chose anything is withheld whole (a blank ballot is none);
* adhésion, people at 3 or 4 out of those who answered: fewer than 5 answers are withheld, 0 or 1 is "presque
  personne", all or all but one are "presque tous".

* second round: beside an exact figure of the first, one that differs by fewer than five people is "pareil", with
  the band of all that differ so: read together, the two would tell what those few chose.

* consent: objections are read aloud, so everybody's figures are exact; nothing is told by college.

Then what is hidden must stay so by subtraction: complementary suppression by piste, and an audit (`audit.py`).
Primary and complementary suppression: Hundepool et al., "Statistical Disclosure Control" (2012), ch. 4.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from . import audit
from .comptes import gommettes, personnes

VERSION = 1
GOMMETTES, CONSENTEMENT = "gommettes", "consent"
#: Below this many people, what they chose is withheld (rule of the house; statistics offices use 3 to 11).
SEUIL_SECRET = 5
#: Fewer choosers than this and a college is withheld whole: at 5, a figure of 5 would be everyone's.
CHOISISSANTS_MIN = 6
EXACT, PEU, PRESQUE_TOUS, PAREIL, TU = "exact", "peu", "presque_tous", "pareil", "tu"
MOINS_DE_5, PERSONNE = "moins_de_5", "personne"


@dataclass(frozen=True)
class Releve:
    """The figures of a vote. `votants` and `choisissants`: {college: people}; `valeurs`: {piste: {college: {value:
    people}}} of the pistes that stand; colleges and pistes are ids. `dots`: gommettes for each person; `quorum`:
    dots that a piste needs, 0 for none. `avant`: in a second round, the exact figures that the first one shows,
    {piste: {"personnes", "sur", "colleges": {college: people}}}."""

    mode: str
    dots: int
    votants: dict
    choisissants: dict
    valeurs: dict
    quorum: int = 0
    avant: dict = field(default_factory=dict)

    def au_premier_tour(self, piste, college):
        """The figure of a college that the first round shows, or None."""
        return self.avant.get(piste, {}).get("colleges", {}).get(college)

    def gens(self, college):
        """People who chose something. On one piste alone, those who voted: there, a blank ballot is a no."""
        return (self.votants if len(self.valeurs) == 1 else self.choisissants).get(college, 0)

    @property
    def presents(self):
        """Colleges in which someone voted, the smallest first, then by id: never in an order of display."""
        return sorted((c for c, n in self.votants.items() if n), key=lambda c: (self.votants[c], c))


@dataclass
class Rangee:
    """A piste on its way to the table. `cases`: {college: Case}; `formes` is what is shown of each, {} of none;
    `dots` is the number of gommettes, None when it is not told."""

    piste: int
    personnes: int
    sur: int
    forme: str
    cases: dict
    formes: dict = field(default_factory=dict)
    dots: int | None = None

    def detaillee(self):
        return bool(self.formes)

    def dite(self):
        return self.dots is not None

    def retirer(self, garde):
        if garde == Rangee.detaillee:
            self.formes = {}
        else:
            self.dots = None

    @property
    def cachees(self):
        return [c for c, forme in self.formes.items() if forme != EXACT]


@dataclass(frozen=True)
class Case:
    """One college on one piste: people for, out of; `de_plus`: dots beyond the first of each."""

    personnes: int
    sur: int
    de_plus: int = 0


def etablir(releve, tues=frozenset()):
    """Return the table of a vote, plain data: exactly what may be published of it. See `Proclamation`.

    `tues`: pistes drawn to have no detail by college, so that its absence says nothing for certain: without them,
    who knows these rules would know that a figure followed from the others, and often which (Wong et al.,
    "Minimality attack in privacy preserving data publishing", VLDB 2007).
    """
    total = sum(releve.votants.values())
    table = {
        "version": VERSION,
        "votants": total,
        "colleges": {
            str(c): {"votants": n, "masque": bool(n) and est_masque(releve, c)}
            for c, n in sorted(releve.votants.items())
        },
        "silence": silence(releve),
        "pistes": {},
    }
    if not table["silence"]:
        rangees = [rangee(releve, piste) for piste in sorted(releve.valeurs)]
        for r in rangees:
            r.formes = {} if r.piste in tues else r.formes
        rangees = rangees if releve.mode == CONSENTEMENT else masquer(releve, rangees)
        table["pistes"] = {str(r.piste): _ligne(releve, r) for r in rangees}
    return table


def silence(releve):
    """Why nothing at all is shown: nobody voted, or fewer than five people chose something; "" otherwise."""
    if not sum(releve.votants.values()):
        return PERSONNE
    return MOINS_DE_5 if sum(map(releve.gens, releve.votants)) < SEUIL_SECRET else ""


def est_masque(releve, college):
    """Whether a college is withheld whole, in gommettes: fewer than 6 of its people chose something."""
    return releve.mode == GOMMETTES and releve.gens(college) < CHOISISSANTS_MIN


def rangee(releve, piste):
    """Return the Rangee of a piste, each college judged by itself: primary suppression and bands."""
    par_college = releve.valeurs[piste]
    cases = {}
    for college in releve.presents:
        valeurs = par_college.get(college, {})
        pour, exprimes = personnes(releve.mode, valeurs), sum(valeurs.values())
        if releve.mode == GOMMETTES:
            cases[college] = Case(pour, releve.votants[college], gommettes(valeurs) - pour)
        else:
            cases[college] = Case(pour, exprimes)
    pour, sur = sum(c.personnes for c in cases.values()), sum(c.sur for c in cases.values())
    if releve.mode == CONSENTEMENT:
        return Rangee(piste, pour, sur, EXACT if sur >= SEUIL_SECRET else TU, cases)
    forme = forme_du_total(pour, sur)
    formes = {c: TU if est_masque(releve, c) else forme_de_case(releve.mode, case) for c, case in cases.items()}
    formes |= {
        c: PAREIL for c, forme in formes.items() if forme == EXACT and est_pareil(releve, piste, c, cases[c])
    }
    # The figure of a total that is a band would be had back from the colleges; one college alone is the total.
    montre = forme == EXACT and len(cases) > 1
    dots = pour + sum(c.de_plus for c in cases.values()) if releve.mode == GOMMETTES and forme == EXACT else None
    return Rangee(piste, pour, sur, forme, cases, formes if montre else {}, dots)


def est_pareil(releve, piste, college, case):
    """Whether an exact figure is too near that of the first round to be told beside it."""
    avant = releve.au_premier_tour(piste, college)
    return avant is not None and abs(case.personnes - avant) < SEUIL_SECRET


def bande_pareille(releve, piste, college, case):
    """Return the (lowest, highest) figure that "pareil" stands for: fewer than five from the first, and exact."""
    avant, ecart = releve.au_premier_tour(piste, college), SEUIL_SECRET - 1
    return max(avant - ecart, _plancher(releve.mode)), min(avant + ecart, case.sur - 2)


def _plancher(mode):
    """The lowest figure of a college that may be exact."""
    return SEUIL_SECRET if mode == GOMMETTES else 2


def forme_du_total(pour, sur):
    """How the figure of everybody is shown. Nobody and everybody would say what each chose."""
    if sur < SEUIL_SECRET:
        return TU
    if pour <= 1:
        return PEU
    return PRESQUE_TOUS if pour >= sur - 1 else EXACT


def forme_de_case(mode, case):
    """How the figure of one college is shown."""
    if mode != GOMMETTES and case.sur < SEUIL_SECRET:
        return TU
    if case.personnes < _plancher(mode):
        return PEU
    return PRESQUE_TOUS if case.personnes >= case.sur - 1 else EXACT


def masquer(releve, rangees):
    """Widen what is hidden until nothing hidden can be had back; return the Rangees.

    By piste first (complementary suppression). Then, while the audit finds a figure: no breakdown of its piste, or
    of any; no number of dots of its piste, or of any; at last no figure of its piste.
    """
    for r in rangees:
        completer(releve, r)
    while exposees := surveiller(releve, rangees):
        siennes = [r for r in rangees if r.piste in exposees]
        for garde in (Rangee.detaillee, Rangee.dite):
            if a_retirer := list(filter(garde, siennes)) or list(filter(garde, rangees)):
                for r in a_retirer:
                    r.retirer(garde)
                break
        else:
            for r in siennes:
                r.forme = TU
    return rangees


def completer(releve, r):
    """Withhold other colleges of a piste until the hidden ones are at least two, and five people together.

    Where nobody of a hidden college answered, the answers of the others would say so: no breakdown.
    """
    if any(forme == TU and not r.cases[c].sur for c, forme in r.formes.items()):
        r.formes = {}
    while r.cachees and not _assez(r):
        exactes = [c for c in releve.presents if r.formes[c] == EXACT]
        if not exactes:
            r.formes = {}
            return
        r.formes[exactes[0]] = TU


def _assez(r):
    gens = [r.cases[c].sur for c in r.cachees if r.cases[c].sur]
    return len(gens) > 1 and sum(gens) >= SEUIL_SECRET


def surveiller(releve, rangees):
    """Return the pistes of which a hidden figure follows from what is shown: see `audit.exposees`."""
    if len(releve.presents) < 2:
        return set()
    return {piste for piste, _college in audit.exposees(reseau(releve, rangees))}


def reseau(releve, rangees):
    """Return the audit.Reseau of what would be shown: hidden cells with the bounds that anyone knows of them."""
    lu = audit.Reseau()
    utilises = defaultdict(int)
    for r in rangees:
        if r.forme == TU:
            continue
        for college in r.cases:
            case = r.cases[college]
            utilises[college] += case.personnes
            if r.formes.get(college) != EXACT and case.sur:
                lu.cacher(r.piste, college, case.personnes, *bornes(releve, r, college))
        if r.forme != EXACT:
            bas, haut = (0, 1) if r.forme == PEU else (r.sur - 1, r.sur)
            lu.cacher(r.piste, None, haut - r.personnes, 0, haut - bas)
    _reste(releve, rangees, utilises, lu)
    return lu


def bornes(releve, r, college):
    """Return the (lowest, highest) figure that what is shown of a hidden cell leaves open."""
    case, forme = r.cases[college], r.formes.get(college, TU)
    if forme == PAREIL:
        return bande_pareille(releve, r.piste, college, case)
    bas, haut = intervalle(releve.mode, forme, case.sur)
    if releve.mode == GOMMETTES:
        if est_masque(releve, college):
            haut = min(haut, CHOISISSANTS_MIN - 1)
        if releve.dots > 1 and r.dite():  # dots beyond the first rest on people
            bas = max(bas, -(-case.de_plus // (releve.dots - 1)))
    if forme == TU and r.formes and forme_de_case(releve.mode, case) == EXACT and not est_masque(releve, college):
        # Withheld for the others' sake: it would have been exact, and who knows the rule knows that.
        bas, haut = max(bas, _plancher(releve.mode)), min(haut, case.sur - 2)
        if (avant := releve.au_premier_tour(r.piste, college)) is not None:  # nor is it near the first round's
            bas, haut = (bas, avant - SEUIL_SECRET) if case.personnes < avant else (avant + SEUIL_SECRET, haut)
    return bas, haut


def bornes_dites(mode, case):
    """Return the (lowest, highest) number of people that one college of a table stands for, from what it says."""
    if case["forme"] == PAREIL:
        return case["bas"], case["haut"]
    return intervalle(mode, case["forme"], case["sur"])


def intervalle(mode, forme, sur):
    """Return the (lowest, highest) number of people that a shown form can stand for."""
    if forme == PEU:
        return 0, min(sur, SEUIL_SECRET - 1 if mode == GOMMETTES else 1)
    if forme == PRESQUE_TOUS:
        return max(0, sur - 1), sur
    return 0, sur


def _reste(releve, rangees, utilises, lu):
    """Dots nobody placed, by college: they alone let a college's figures move on one piste and not on another."""
    for college in releve.presents:
        if releve.mode != GOMMETTES:
            lu.cacher(audit.RESTE, college, 0, -1, 1)
            continue
        masque = est_masque(releve, college)
        gens = min(releve.votants[college], CHOISISSANTS_MIN - 1) if masque else releve.votants[college]
        places = utilises[college] + sum(r.cases[college].de_plus for r in rangees if r.dite())
        libres = max(0, gens * releve.dots - places)
        peut_monter = masque or len(rangees) == 1 or utilises[college] > CHOISISSANTS_MIN
        lu.cacher(audit.RESTE, college, libres, 0, libres + peut_monter)
    lu.cacher(audit.RESTE, None, 0, -1, 1)


def _ligne(releve, r):
    """One piste of the table. The number of dots only goes with an exact number of people."""
    ligne = {"forme": r.forme, "sur": r.sur if r.forme != TU else None, "personnes": None}
    if r.forme == EXACT:
        ligne["personnes"] = r.personnes
    if releve.mode == GOMMETTES:
        ligne["gommettes"] = r.dots if r.forme == EXACT else None
        ligne["quorum"] = _quorum_atteint(releve, r)
    if releve.mode == CONSENTEMENT and r.forme == EXACT:
        ligne["objections"] = r.sur - r.personnes
    ligne["colleges"] = {str(c): _case(releve, r, c, forme) for c, forme in sorted(r.formes.items())}
    if (avant := releve.avant.get(r.piste)) and avant["personnes"] is not None:
        ligne["avant"] = {"personnes": avant["personnes"], "sur": avant["sur"]}
    return ligne


def _case(releve, r, college, forme):
    case = r.cases[college]
    dite = {
        "forme": forme,
        "personnes": case.personnes if forme == EXACT else None,
        "sur": None if forme == TU else case.sur,
    }
    if forme == PAREIL:
        dite["bas"], dite["haut"] = bande_pareille(releve, r.piste, college, case)
    if forme == EXACT and (avant := releve.au_premier_tour(r.piste, college)) is not None:
        dite["avant"] = avant
    return dite


def _quorum_atteint(releve, r):
    """Whether the quorum in dots is reached, as far as it may be told.

    Of nearly nobody, never. Of nearly everyone, only when one person could have placed nothing on it and another
    not all their dots: short of that, it would say what each placed.
    """
    dots = r.personnes + sum(case.de_plus for case in r.cases.values())
    atteint = bool(releve.quorum) and dots >= releve.quorum
    if r.forme == PRESQUE_TOUS:
        return atteint and releve.quorum < releve.dots * (r.sur - 1)
    return atteint and r.forme == EXACT
