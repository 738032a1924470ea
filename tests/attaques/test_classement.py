"""Someone reads all that is published of a ranking, knows how it is counted, and looks for what one person gave.

Unlike `attaquant`, they try every ballot: how many people of each college cast each, among whole numbers.
"""

import random
from collections import Counter, defaultdict
from itertools import combinations, permutations

import numpy as np
import pytest

from consultation.decomptes import rangs, secret
from consultation.decomptes.formes import EXACT, GOMMETTES, Releve

from . import attaquant as a


def bulletins(n):
    """Every ballot on `n` pistes: {piste: value}, the blank one first."""
    ordres = [ordre for m in range(n + 1) for ordre in permutations(range(n), m) if m <= rangs.PISTES_MAX]
    return [rangs.ecrire({piste: place for place, piste in enumerate(ordre, 1)}) for ordre in ordres]


def salle(graine, tailles=(2, 3)):
    """Return ({college: [ballots]}, pistes) of a small room: near unanimous, blanks, orders all as long."""
    hasard = random.Random(graine)
    n_pistes = hasard.choice(tailles)
    longs = hasard.choice([range(n_pistes + 1), range(n_pistes, n_pistes + 1), range(1, 2)])
    tous = [bulletin for bulletin in bulletins(n_pistes) if len(bulletin) in longs]
    gens = {}
    for college in range(1, hasard.choice([2, 3, 3]) + 1):
        favoris = hasard.choices(tous, k=hasard.choice([1, 1, 2, 4]))
        n = hasard.choice([1, 3, 5, 6, 7, 9, 12])
        gens[college] = [hasard.choice(favoris if hasard.random() < 0.9 else tous) for _ in range(n)]
    return gens, n_pistes


def publier(gens, n):
    """The table of a room's vote, as its closing makes it."""
    valeurs = {piste: defaultdict(Counter) for piste in range(n)}
    for college, siens in gens.items():
        for piste, valeur in ((p, v) for bulletin in siens for p, v in bulletin.items()):
            valeurs[piste][college][valeur] += 1
    places = rangs.places_qui_comptent(n)
    releve = Releve(
        mode=GOMMETTES,
        dots=places,
        votants={college: len(siens) for college, siens in gens.items()},
        choisissants={college: sum(map(bool, siens)) for college, siens in gens.items()},
        valeurs={piste: rangs.en_tete(lus, places) for piste, lus in valeurs.items()},
    )
    table = secret.etablir(releve)
    rangs.ranger(table, valeurs, table["votants"])
    return table


class Lecteur:
    """The whole numbers of people of each college who cast each ballot, as far as the table tells them (HiGHS)."""

    def __init__(self, table, n):
        self.table, self.tous = table, bulletins(n)
        self.colleges = {c: lu["votants"] for c, lu in table["colleges"].items()}
        self.cles = [(c, rang) for c in self.colleges for rang in range(len(self.tous))]
        self.places = rangs.places_qui_comptent(n)
        self.lignes = []
        for c, votants in self.colleges.items():
            self.poser(lambda college, _b, c=c: college == c, votants, votants)
            masque = table["colleges"][c]["masque"]
            self.poser(lambda college, b, c=c: college == c and bool(b), *((0, 5) if masque else (6, votants)))
        for cle, ligne in table["pistes"].items():
            self._piste(int(cle), ligne)
        self._places()

    def poser(self, combien, moins, plus):
        self.lignes.append(([float(combien(c, self.tous[rang])) for c, rang in self.cles], moins, plus))

    def _en_tete(self, piste):
        return lambda b: 0 < rangs.place_de(b.get(piste, 0)) <= self.places

    def _piste(self, piste, ligne):
        tete = self._en_tete(piste)
        if ligne["forme"] == "tu":
            return
        self.poser(lambda _c, b: tete(b), *a._bande("gommettes", ligne, totale=True))
        for c, votants in self.colleges.items():
            bornes = a._case_gommettes(self.table, ligne, c, votants)
            self.poser(lambda college, b, c=c: college == c and tete(b), *bornes)
        if ligne["points"] is not None:
            self.poser(lambda _c, b: rangs.points_de(b.get(piste, 0)), ligne["points"], ligne["points"])

    def _places(self):
        rangees = [(ligne["place"], int(cle)) for cle, ligne in self.table["pistes"].items()]
        for (devant, une), (derriere, autre) in combinations(sorted(rangees), 2):
            ecart = (0, 0) if devant == derriere else (1, np.inf)
            self.poser(
                lambda _c, b, u=une, v=autre: rangs.points_de(b.get(u, 0)) - rangs.points_de(b.get(v, 0)), *ecart
            )

    def extremes(self, combien):
        """The (lowest, highest) number of people that a table which shows the same can have."""
        from scipy.optimize import LinearConstraint, milp

        matrice, moins, plus = (np.array(colonne) for colonne in zip(*self.lignes, strict=True))
        but = np.array([float(combien(c, self.tous[rang])) for c, rang in self.cles])
        lus = []
        for sens in (1, -1):
            lu = milp(
                sens * but, constraints=LinearConstraint(matrice, moins, plus), integrality=np.ones(len(but))
            )
            assert lu.success, lu.message
            lus.append(round(sens * lu.fun))
        return tuple(lus)


def fuites(gens, n, table):
    """Return (piste, college, what) of each figure of a college that follows, and of what all of it then gave."""
    if table["silence"] or len(gens) < 2:
        return []
    lu, trouvees = Lecteur(table, n), []
    for cle, ligne in table["pistes"].items():
        piste = int(cle)
        for college, siens in gens.items():
            donnes = {rangs.points_de(b.get(piste, 0)) for b in siens}
            if len(donnes) == 1 and _tous(lu, str(college), piste, donnes.pop(), len(siens)):
                trouvees.append((piste, college, "points"))
            if ligne["colleges"].get(str(college), {}).get("forme") == EXACT or ligne["forme"] == "tu":
                continue
            tete = lu._en_tete(piste)
            bas, haut = lu.extremes(lambda c, b, qui=str(college), tete=tete: c == qui and tete(b))
            if bas == haut:
                trouvees.append((piste, college, "personnes"))
    return trouvees


def _tous(lu, college, piste, points, n):
    """Whether it follows that all `n` people of a college gave a piste so many points."""
    return lu.extremes(lambda c, b: c == college and rangs.points_de(b.get(piste, 0)) == points)[0] == n


#: Rooms drawn among many for what they try: in the first three, all orders are as long and nobody ranked a piste.
SALLES = (9, 24, 34, 28, 2, 5)


def attaquer(*graines):
    """[(seed, what follows)] of the rooms in which something does."""
    salles = [(graine, *salle(graine)) for graine in graines]
    lues = [(graine, fuites(gens, n, publier(gens, n))) for graine, gens, n in salles]
    return [(graine, trouvees) for graine, trouvees in lues if trouvees]


def test_nothing_that_one_person_gave_follows_from_what_is_published():
    pytest.importorskip("scipy")
    tables = [publier(*salle(graine)) for graine in SALLES]
    assert any(ligne["points"] is not None for table in tables for ligne in table["pistes"].values())
    assert attaquer(*SALLES) == []


def test_without_the_rule_on_orders_as_long_something_does(monkeypatch):
    pytest.importorskip("scipy")
    monkeypatch.setattr(rangs, "_aussi_longs", lambda valeurs: False)
    assert [graine for graine, _trouvees in attaquer(*SALLES[:3])] == list(SALLES[:3])
