"""Whether a hidden figure of a two-way table follows from the figures around it.

Hidden cells are the edges of a network between rows (pistes) and columns (colleges): with what is shown fixed,
their values can only move along closed walks that raise one and lower the next. A cell which no such walk crosses
has one value, and whoever can add and subtract has it (Gusfield, "A graph theoretic approach to statistical data
security", SIAM J. Comput. 17, 1988; the audit step of Fischetti & Salazar, Management Science 47, 2001). Integers:
the matrix of such a network is totally unimodular, so nothing more follows from their being whole.
"""

from collections import defaultdict

#: The row of what nobody placed. Column None is what a total shown as a band leaves open.
RESTE = object()


class Reseau:
    """Cells that are not shown: {(row, column): (value, lowest, highest)}."""

    def __init__(self):
        self.cases = {}
        self._montees, self._descentes = defaultdict(set), defaultdict(set)

    def cacher(self, rang, colonne, valeur, bas, haut):
        self.cases[rang, colonne] = (valeur, bas, haut)
        if valeur < haut:
            self._montees[rang].add(colonne)
        if valeur > bas:
            self._descentes[colonne].add(rang)

    def bouge(self, rang, colonne):
        """Whether another whole table, that shows the same, has another value in this cell."""
        monte = colonne in self._montees[rang] and self._mene(colonne, rang, sauf=(rang, colonne))
        return monte or (rang in self._descentes[colonne] and self._descend(rang, colonne))

    def _mene(self, colonne, but, sauf):
        """From a column that has one too many to the row that lacks one, never back over the same cell."""
        vues, pile = {colonne}, [colonne]
        while pile:
            ici = pile.pop()
            for rang in self._descentes[ici]:
                if (rang, ici) == sauf:
                    continue
                if rang == but:
                    return True
                nouvelles = self._montees[rang] - vues
                vues |= nouvelles
                pile += nouvelles
        return False

    def _descend(self, rang, colonne):
        """From the row that has one too few, raising others, back to the column."""
        vues = self._montees[rang] - {colonne}
        pile = list(vues)
        while pile:
            ici = pile.pop()
            if ici == colonne:
                return True
            for autre in self._descentes[ici]:
                if autre == rang:
                    continue
                nouvelles = self._montees[autre] - vues
                vues |= nouvelles
                pile += nouvelles
        return False


def exposees(reseau):
    """Return the hidden (row, college) whose value follows from the rest."""
    return [
        (rang, colonne)
        for rang, colonne in reseau.cases
        if rang is not RESTE and colonne is not None and not reseau.bouge(rang, colonne)
    ]
