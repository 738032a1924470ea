"""The sheets of an XLSForm as rows of words, in one language."""

import re

_COLONNE = re.compile(r"(label|hint)\s*::?\s*(.+)")
_FRANCAIS = re.compile(r"\(fr(-\w+)?\)|^fr\b|fran[cç]ais|french", re.IGNORECASE)


def mot(cellule):
    """Return a cell as a word: 3.0 is "3", TRUE is "true"."""
    if isinstance(cellule, bool):
        return "true" if cellule else "false"
    if isinstance(cellule, float) and cellule.is_integer():
        cellule = int(cellule)
    return "" if cellule is None else str(cellule).strip()


class Feuille:
    """One sheet: `lignes`, [(number as a spreadsheet shows it, {column: word})], blank rows left out."""

    def __init__(self, lignes, langue=""):
        self.entetes = [mot(cellule).lower() for cellule in lignes[0]] if lignes else []
        self.langues = sorted({lu[2] for entete in self.entetes if (lu := _COLONNE.fullmatch(entete))})
        self.langue = self._choisir(langue.lower())
        self.lignes = [
            (n, lue) for n, ligne in enumerate(lignes[1:], start=2) if any((lue := self._lire(ligne)).values())
        ]

    def _choisir(self, defaut):
        """French when it is there, else the form's own, else the plain column (""), else the first."""
        francaises = [langue for langue in self.langues if _FRANCAIS.search(langue)]
        if francaises:
            return francaises[0]
        if defaut in self.langues:
            return defaut
        return "" if "label" in self.entetes or not self.langues else self.langues[0]

    @property
    def laissees(self):
        """The other languages, of which nothing is taken."""
        return [langue for langue in self.langues if langue != self.langue]

    def _lire(self, ligne):
        lue = {}
        for entete, cellule in zip(self.entetes, ligne, strict=False):
            traduite = _COLONNE.fullmatch(entete)
            if traduite is None:
                lue.setdefault(entete, mot(cellule))
            elif traduite[2] == self.langue and mot(cellule):
                lue[traduite[1]] = mot(cellule)
        return lue
