"""Someone who reads all that is published of a vote, knows the rules, and solves for what is not.

They know: the figures and bands shown, how many voted in each college, how many dots each person has, what each
band can stand for, what a college withheld whole means. They do not know the choices. What they look for: one
figure of one college that has a single possible value, among whole numbers of people.

The unknowns of a vote make a network (rows: pistes and what nobody placed; columns: colleges), so whole solutions
exist where real ones do, and a cell has a second value exactly when a closed walk of changes crosses it. `oracle`
says the same with a solver of integer programs that knows more (the dots beyond the first), and shares nothing
with it.
"""

from collections import deque
from dataclasses import dataclass

PEU, PRESQUE_TOUS, EXACT, TU = "peu", "presque_tous", "exact", "tu"
RESTE, HORS = "reste", "hors"


@dataclass(frozen=True, order=True)
class Fuite:
    """A figure that should be hidden: people of `college` for `piste`, and how it is had."""

    piste: str
    college: str
    personnes: int
    comment: str


def fuites(mode, dots, *tables):
    """Return every Fuite that follows from `tables`, readings of one vote at other moments, places or orders."""
    vus = [*_montrees(mode, tables), *_differences(tables)]
    table = _ensemble(tables)
    if len(_presents(table)) < 2 or not table["pistes"]:
        return sorted(vus)
    if mode == "gommettes":
        return sorted({*vus, *_solitaires(_gommettes(dots, table), table)})
    for piste, ligne in table["pistes"].items():
        if ligne["forme"] != TU:
            vus += _solitaires(_adhesion(piste, ligne, table), table, piste)
    return sorted(set(vus))


def _presents(table):
    return {c: lu["votants"] for c, lu in table["colleges"].items() if lu["votants"]}


def _montrees(mode, tables):
    """What is told outright: nobody, everybody, or the choice of fewer than five people."""
    for table in tables:
        for piste, ligne in table["pistes"].items():
            if ligne["forme"] == EXACT and (ligne["personnes"] in (0, ligne["sur"]) or ligne["sur"] < 5):
                yield Fuite(piste, "*", ligne["personnes"], "écrit")
            for college, case in ligne["colleges"].items():
                if case["forme"] != EXACT:
                    continue
                n, sur = case["personnes"], case["sur"]
                if n in (0, sur) or sur < 5 or (mode == "gommettes" and n < 5):
                    yield Fuite(piste, college, n, "écrit")


def _differences(tables):
    """Two readings that differ by fewer than five people tell what those chose."""
    for avant in tables:
        for apres in tables:
            for piste in avant["pistes"].keys() & apres["pistes"].keys():
                yield from _ecarts(piste, avant["pistes"][piste], apres["pistes"][piste])


def _ecarts(piste, avant, apres):
    paires = [("*", avant, apres)]
    paires += [
        (c, avant["colleges"][c], apres["colleges"][c]) for c in avant["colleges"].keys() & apres["colleges"]
    ]
    for college, un, deux in paires:
        if un["forme"] == deux["forme"] == EXACT:
            ecart = (abs(deux["personnes"] - un["personnes"]), abs(deux["sur"] - un["sur"]))
            if ecart != (0, 0) and max(ecart) < 5:
                yield Fuite(piste, college, ecart[0], "différence")


def fuites_entre_tours(avant, apres):
    """Return the figures of one college that two rounds tell, and that differ by fewer than five people.

    Everybody's figure is not looked for: it is told exactly in both, of a whole room that voted again.
    """
    return sorted(
        Fuite(piste, college, abs(case["personnes"] - lu["personnes"]), "glissement")
        for piste in avant["pistes"].keys() & apres["pistes"].keys()
        for college, lu in avant["pistes"][piste]["colleges"].items()
        for case in [apres["pistes"][piste]["colleges"].get(college)]
        if case and case["forme"] == lu["forme"] == EXACT and abs(case["personnes"] - lu["personnes"]) < 5
    )


def fuites_de_carte(table, opinions):
    """Return every Fuite that a map of opinions adds to the table of its vote.

    They know how many voted: whoever is not in a group is had by subtraction. A group tied to a piste by a
    figure, or to a piste whose figure is hidden, would be one more margin; a fine place, one person's answers.
    """
    vus, dits = [], {"n", "pour", "contre"}
    places = sum(groupe["n"] for groupe in opinions["groupes"])
    hors = opinions["votants"] - places
    if opinions["groupes"] and (0 < hors < 5 or opinions["hors"] not in (None, hors)):
        vus.append(Fuite("*", "hors", hors, "différence"))
    for rang, groupe in enumerate(opinions["groupes"]):
        formes = [forme for forme in opinions["formes"] if forme["groupe"] == rang]
        reste = groupe["n"] - sum(forme["n"] for forme in formes)
        vus += [Fuite("*", str(rang), n, "écrit") for n in (groupe["n"], *(f["n"] for f in formes)) if n < 5]
        vus += [Fuite("*", str(rang), reste, "différence")] * bool(reste)
        vus += [Fuite(str(cle), str(rang), 0, "croisé") for cle in groupe.keys() - dits]
        tues = [p for p in (*groupe["pour"], *groupe["contre"]) if table["pistes"][str(p)]["forme"] != EXACT]
        vus += [Fuite(str(piste), str(rang), 0, "croisé") for piste in tues]
        vus += [Fuite("*", str(rang), f["n"], "placé") for f in formes if (20 * f["x"]) % 1 or (20 * f["y"]) % 1]
    return sorted(vus)


def _ensemble(tables):
    """All that the readings tell, in one: an exact figure anywhere is known."""
    base = tables[0]
    pistes = {}
    for table in tables:
        for piste, ligne in table["pistes"].items():
            connue = pistes.setdefault(piste, {**ligne, "colleges": dict(ligne["colleges"])})
            if ligne["forme"] == EXACT:
                connue |= {k: ligne[k] for k in ("forme", "personnes", "sur")}
            for college, case in ligne["colleges"].items():
                if case["forme"] == EXACT or college not in connue["colleges"]:
                    connue["colleges"][college] = case
    return {**base, "pistes": pistes}


class Reseau:
    """Rows and columns with their sums, cells with their bounds; a whole solution, and which cells are fixed."""

    def __init__(self):
        self.bornes, self.rangs, self.colonnes = {}, {}, {}
        self.x = {}

    def resoudre(self):
        """Find one whole solution by augmenting paths; False when there is none."""
        self.x = {cle: bas for cle, (bas, _haut) in self.bornes.items()}
        manque = dict(self.rangs)
        attend = dict(self.colonnes)
        for (rang, colonne), n in self.x.items():
            manque[rang] -= n
            attend[colonne] -= n
        self._voisins()
        for rang in manque:
            while manque[rang] > 0:
                pousse = self._pousser(rang, manque[rang], attend)
                if not pousse:
                    return False
                manque[rang] -= pousse
        return not any(manque.values()) and not any(attend.values())

    def _voisins(self):
        self.de_rang, self.de_colonne = {r: [] for r in self.rangs}, {c: [] for c in self.colonnes}
        for rang, colonne in self.bornes:
            self.de_rang[rang].append(colonne)
            self.de_colonne[colonne].append(rang)

    def _pousser(self, depart, combien, attend):
        venu, file = {("r", depart): None}, deque([("r", depart)])
        while file:
            noeud = file.popleft()
            if noeud[0] == "c" and attend[noeud[1]] > 0:
                return self._le_long(noeud, venu, combien, attend)
            for suivant in self._suivants(noeud):
                if suivant not in venu:
                    venu[suivant] = noeud
                    file.append(suivant)
        return 0

    def _suivants(self, noeud):
        sorte, ici = noeud
        if sorte == "r":
            return [("c", c) for c in self.de_rang[ici] if self.x[ici, c] < self.bornes[ici, c][1]]
        return [("r", r) for r in self.de_colonne[ici] if self.x[r, ici] > self.bornes[r, ici][0]]

    def _le_long(self, fin, venu, combien, attend):
        pas, noeud = [], fin
        while venu[noeud] is not None:
            avant = venu[noeud]
            cle, sens = ((avant[1], noeud[1]), 1) if noeud[0] == "c" else ((noeud[1], avant[1]), -1)
            bas, haut = self.bornes[cle]
            pas.append((cle, sens))
            combien = min(combien, haut - self.x[cle] if sens > 0 else self.x[cle] - bas)
            noeud = avant
        combien = min(combien, attend[fin[1]])
        for cle, sens in pas:
            self.x[cle] += sens * combien
        attend[fin[1]] -= combien
        return combien

    def seule(self, cle):
        """Whether this cell has only the value it has in `x`."""
        rang, colonne = cle
        bas, haut = self.bornes[cle]
        return not (
            (self.x[cle] < haut and self._relie(("c", colonne), ("r", rang), cle))
            or (self.x[cle] > bas and self._relie(("r", rang), ("c", colonne), cle))
        )

    def _relie(self, depart, but, interdite):
        vus, pile = {depart}, [depart]
        while pile:
            noeud = pile.pop()
            for suivant in self._suivants(noeud):
                cle = (noeud[1], suivant[1]) if noeud[0] == "r" else (suivant[1], noeud[1])
                if cle == interdite or suivant in vus:
                    continue
                if suivant == but:
                    return True
                vus.add(suivant)
                pile.append(suivant)
        return False


def _solitaires(reseau, table, piste=None):
    """The hidden cells of `reseau` that have one value. Rows are pistes, or "pour" of one piste."""
    if not reseau.resoudre():
        return  # readings of different votes: their differences have told what they could
    for (rang, colonne), (bas, haut) in reseau.bornes.items():
        if colonne == HORS or rang not in (table["pistes"] if piste is None else ("pour",)):
            continue
        ligne = table["pistes"][piste or rang]
        connue = ligne["colleges"].get(colonne, {}).get("forme") == EXACT or (bas == haut == 0 and piste)
        if not connue and reseau.seule((rang, colonne)):
            yield Fuite(piste or rang, colonne, reseau.x[rang, colonne], "déduit")


def _gommettes(dots, table):
    """One network for the whole vote: a column holds a college's dots, placed first, placed again, or kept."""
    presents, lu = _presents(table), Reseau()
    votants = sum(presents.values())
    utiles = {p: ligne for p, ligne in table["pistes"].items() if ligne["forme"] != TU}
    lu.colonnes = {c: dots * n for c, n in presents.items()} | {HORS: len(utiles) + dots * votants}
    for piste, ligne in utiles.items():
        bas, haut = _bande("gommettes", ligne, totale=True)
        lu.rangs[piste] = haut
        lu.bornes[piste, HORS] = (0, haut - bas)
        for college, n in presents.items():
            lu.bornes[piste, college] = _case_gommettes(table, ligne, college, n)
    if _tout_sur_une(dots, utiles, votants, table):
        lu.colonnes = {**presents, HORS: 0}
        for college in presents:
            lu.bornes[RESTE, college] = (0, 0)
        lu.bornes[RESTE, HORS], lu.rangs[RESTE] = (0, 0), 0
        return lu
    entiere = len(utiles) == len(table["pistes"]) > 1  # on one piste, a blank ballot is a choice
    for college, n in presents.items():
        masque = table["colleges"][college]["masque"]
        plein = dots * n - (6 if entiere and not masque else 0)
        lu.bornes[RESTE, college] = (max(0, dots * (n - 5)) if masque else 0, plein)
    # When every total is known, so is what nobody placed; otherwise it takes up what the bands leave open.
    connues = all(ligne["forme"] == EXACT for ligne in table["pistes"].values())
    lu.colonnes[HORS] = 0 if connues else lu.colonnes[HORS]
    lu.bornes[RESTE, HORS] = (0, lu.colonnes[HORS])
    lu.rangs[RESTE] = sum(lu.colonnes.values()) - sum(lu.rangs.values())
    return lu


def _tout_sur_une(dots, utiles, votants, table):
    """Everyone placed everything, each on one piste: then a column counts people, not dots."""
    if any(ligne["forme"] != EXACT or ligne["gommettes"] is None for ligne in table["pistes"].values()):
        return False
    return sum(ligne["gommettes"] for ligne in utiles.values()) == dots * votants and all(
        ligne["gommettes"] == dots * ligne["personnes"] for ligne in utiles.values()
    )


def _bande(mode, lu, totale=False):
    """(lowest, highest) people that a shown figure can stand for."""
    if lu["forme"] == EXACT:
        return lu["personnes"], lu["personnes"]
    if lu["forme"] == "pareil":
        return lu["bas"], lu["haut"]
    if lu["forme"] == PEU:
        return 0, 4 if mode == "gommettes" and not totale else 1
    return max(0, lu["sur"] - 1), lu["sur"]


def _case_gommettes(table, ligne, college, votants):
    if table["colleges"][college]["masque"]:
        return 0, min(5, votants)
    case = ligne["colleges"].get(college)
    if case is None:
        return 0, votants
    if case["forme"] == TU:  # for the others' sake: it could have been exact
        return 5, votants - 2
    return _bande("gommettes", case)


def _adhesion(piste, ligne, table):
    """One network for one piste: each column holds the people of a college, for, against, or without an answer."""
    presents, lu = _presents(table), Reseau()
    bas, haut = _bande("adhesion", ligne, totale=True)
    lu.colonnes = dict(presents)
    for college, n in presents.items():
        case = ligne["colleges"].get(college)
        if case is None or case["forme"] == TU:
            lu.bornes |= {("pour", college): (0, n), ("contre", college): (0, n), (RESTE, college): (0, n)}
            continue
        moins, plus = _bande("adhesion", case)
        lu.bornes["pour", college] = (moins, plus)
        lu.bornes["contre", college] = (case["sur"] - plus, case["sur"] - moins)
        lu.bornes[RESTE, college] = (n - case["sur"],) * 2
    lu.colonnes[HORS] = haut - bas
    lu.bornes |= {("pour", HORS): (0, haut - bas), ("contre", HORS): (0, haut - bas)}
    lu.rangs = {"pour": haut, "contre": ligne["sur"] - bas, RESTE: sum(presents.values()) - ligne["sur"]}
    return lu


def oracle(dots, table):
    """Return the Fuites of a vote by dots, by integer programs (HiGHS) over people, dots again and dots kept."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    presents = _presents(table)
    utiles = {p: ligne for p, ligne in table["pistes"].items() if ligne["forme"] != TU}
    if len(presents) < 2 or not utiles:
        return []
    cles = [(p, c, sorte) for p in utiles for c in presents for sorte in ("n", "e")] + [
        (None, c, "u") for c in presents
    ]
    rangs = {cle: rang for rang, cle in enumerate(cles)}
    bas, haut, contraintes = np.zeros(len(cles)), np.full(len(cles), np.inf), []

    def poser(termes, moins, plus):
        ligne = np.zeros(len(cles))
        for cle, combien in termes.items():
            ligne[rangs[cle]] += combien
        contraintes.append((ligne, moins, plus))

    for p, ligne in utiles.items():
        poser({(p, c, "n"): 1 for c in presents}, *_bande("gommettes", ligne, totale=True))
        if ligne["gommettes"] is not None:
            poser({(p, c, s): 1 for c in presents for s in "ne"}, ligne["gommettes"], ligne["gommettes"])
        for c, n in presents.items():
            bas[rangs[p, c, "n"]], haut[rangs[p, c, "n"]] = _case_gommettes(table, ligne, c, n)
            poser({(p, c, "e"): 1, (p, c, "n"): 1 - dots}, -np.inf, 0)
    entiere = len(utiles) == len(table["pistes"])
    seule = len(table["pistes"]) == 1
    for c, n in presents.items():
        termes = {(p, c, s): 1 for p in utiles for s in "ne"} | {(None, c, "u"): 1}
        poser(termes, dots * n if entiere else 0, dots * n)
        masque = table["colleges"][c]["masque"]
        poser(
            {(p, c, "n"): 1 for p in utiles},
            0 if masque or seule or not entiere else 6,
            5 * dots if masque else np.inf,
        )
    lignes = np.array([ligne for ligne, _m, _p in contraintes])
    cadre = LinearConstraint(lignes, [m for _l, m, _p in contraintes], [p for _l, _m, p in contraintes])
    trouvees = []
    for p, ligne in utiles.items():
        for c in presents:
            if ligne["colleges"].get(c, {}).get("forme") == EXACT:
                continue
            but, valeurs = np.zeros(len(cles)), []
            for sens in (1, -1):
                but[rangs[p, c, "n"]] = sens
                lu = milp(but, constraints=cadre, integrality=np.ones(len(cles)), bounds=Bounds(bas, haut))
                assert lu.success, lu.message
                valeurs.append(round(sens * lu.fun))
            if valeurs[0] == valeurs[1]:
                trouvees.append(Fuite(p, c, valeurs[0], "déduit"))
    return sorted(trouvees)
