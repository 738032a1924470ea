"""How one figure of a vote may be shown, taken by itself: exact, a band, or withheld. `secret` has the rules."""

from dataclasses import dataclass, field

from .comptes import gommettes, personnes

GOMMETTES, CONSENTEMENT, CLASSEMENT = "gommettes", "consent", "classement"
#: Ways of voting in which one picks: few from a small college is few, and a blank is no answer.
A_CHOISIR = (GOMMETTES, CLASSEMENT)
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
        return 0, min(sur, SEUIL_SECRET - 1 if mode in A_CHOISIR else 1)
    if forme == PRESQUE_TOUS:
        return max(0, sur - 1), sur
    return 0, sur
