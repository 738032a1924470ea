"""The pictograms: one file of symbols, read once, inlined with classes (the CSP forbids style attributes)."""

import re
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("pictos.svg")
_SYMBOLE = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d. ]+)">(.*?)</symbol>', re.S)


@cache
def symboles():
    """Return {name: (viewBox, inner SVG)} of every pictogram."""
    return {nom: (cadre, trait) for nom, cadre, trait in _SYMBOLE.findall(SOURCE.read_text(encoding="utf-8"))}


def symbole(nom):
    """Return (viewBox, inner SVG) of one pictogram; KeyError with the name when there is none."""
    return symboles()[str(nom)]
