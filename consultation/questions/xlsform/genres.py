"""The types of an XLSForm's rows, and the natures of question they become."""

import re

from ..structure import Nature
from .ecrire import ECHELLE, LISTES_CONNUES

SIMPLES = {"text": Nature.TEXTE, "integer": Nature.ENTIER, "decimal": Nature.DECIMAL, "date": Nature.DATE}
SIMPLES |= {"string": Nature.TEXTE, "int": Nature.ENTIER}
CHOISIS = {"select_one": Nature.CHOIX, "select_multiple": Nature.PLUSIEURS, "rank": Nature.RANG}
_GENRES = {"begin group": "begin_group", "end group": "end_group", "begin repeat": "begin_repeat"}
_GENRES |= {"end repeat": "end_repeat", "select one": "select_one", "select multiple": "select_multiple"}


def genre_et_liste(dit):
    """Return ("select_one", "voie") of "select_one voie or_other"; the list is "" for other types."""
    dit = " ".join(dit.split())
    for ancien, genre in _GENRES.items():
        if dit.lower().startswith(ancien):
            dit = genre + dit[len(ancien) :]
    genre, _espace, reste = dit.partition(" ")
    return genre.lower(), re.sub(r"\s+or_other$", "", reste)


def nature_et_choix(genre, liste, ligne, listes):
    """Return (Nature, {name: Choix}); (None, {}) when a grille has nothing like it.

    `listes`: {list: {name: Choix}}.
    """
    if genre in SIMPLES:
        return SIMPLES[genre], {}
    choix = listes.get(liste, {})
    if genre not in CHOISIS or not choix:
        return None, {}
    connue = LISTES_CONNUES.get(tuple(un.cle for un in choix.values()))
    if genre != "select_one":
        return CHOISIS[genre], choix
    if connue and liste in ("oui_non", "niveau"):
        return connue, choix
    return Nature.ECHELLE if ligne.get("appearance", "").startswith(ECHELLE) else Nature.CHOIX, choix
