"""French typography: the spaces that must not break, put where a person typed an ordinary one."""

import re

FINE = "\u202f"
INSECABLE = "\u00a0"
_DOUBLE = re.compile(r"[ \u00a0]+(?=[;:!?»%€])")
_OUVRANT = re.compile(r"«[ \u00a0\u202f]*")
_NUMERO = re.compile(r"\b([Nn]°|p\.) +(?=\d)")
_UNITE = re.compile(r"(?<=\d) (?=(?:h|min|jours?|ans?|km|kg|mois|personnes|pistes)\b|\d{3}\b)")


def composer(texte):
    """Return `texte` with narrow no-break spaces; no letter or mark changes, no space is invented but after «."""
    texte = _DOUBLE.sub(FINE, str(texte))
    texte = _OUVRANT.sub("«" + FINE, texte)
    texte = _NUMERO.sub(r"\1" + INSECABLE, texte)
    return _UNITE.sub(INSECABLE, texte)
