"""What may be shown of a vote, decided from its figures alone, once: see "What is withheld" in docs/domaine.md.

Only people are shown by college, never dots nor values. A figure is exact, or a band, or withheld:

* gommettes, people with at least one dot out of the voters: 0 to 4 are "moins de 5", all or all but one are
  "presque tous"; a college in which fewer than 6 people chose anything is withheld whole (a blank ballot is none);
* adhésion, people at 3 or 4 out of those who answered: fewer than 5 answers are withheld, 0 or 1 is "presque
  personne", all or all but one are "presque tous".

* second round: beside an exact figure of the first, one that differs by fewer than five people is "pareil", with
  the band of all that differ so: read together, the two would tell what those few chose.

* classement: people who put it in one of their first places, as one dot each (`rangs`, which says when points are
  told);

* consent: objections are read aloud, so everybody's figures are exact; nothing is told by college.

One figure alone is judged in `formes`. Then what is hidden must stay so by subtraction: complementary suppression
by piste, and an audit (`masquage`, `audit`).
Primary and complementary suppression: Hundepool et al., "Statistical Disclosure Control" (2012), ch. 4.
"""

from .formes import (
    CONSENTEMENT,
    EXACT,
    GOMMETTES,
    MOINS_DE_5,
    PAREIL,
    PERSONNE,
    PRESQUE_TOUS,
    SEUIL_SECRET,
    TU,
    bande_pareille,
    est_masque,
    rangee,
)
from .masquage import masquer

VERSION = 1


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
