"""The typeface, served by the site itself: WOFF2 subsets made from the font package, kept in the var folder.

A static files finder, so that neither a checkout nor a deployment has a step to remember: a subset is made the
first time someone asks for it, or when `collectstatic` lists the files.
"""

import os
from pathlib import Path
from threading import get_ident

import fontpkg_atkinson_hyperlegible
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from fontTools import subset

SOURCES = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
#: Regular and bold are all the screens use.
GRAISSES = ("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold")
#: Latin, the French ligatures, and the punctuation and signs of our own sentences.
SIGNES = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(ord(signe) for signe in "\u2009 ‐‑–—‘’‚“”„†•…‹›€™−×÷≤≥≠ŒœŸ"),
]


def dossier():
    return Path(settings.VAR) / "polices"


def fabriquer(nom):
    """Return the path of the WOFF2 subset of `nom`, made if it is not there yet."""
    cible = dossier() / "fonts" / f"{nom}.woff2"
    if not cible.exists():
        cible.parent.mkdir(parents=True, exist_ok=True)
        options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, drop_tables=["DSIG"])
        police = subset.load_font(str(SOURCES / f"{nom}.ttf"), options)
        tailleur = subset.Subsetter(options)
        tailleur.populate(unicodes=SIGNES)
        tailleur.subset(police)
        # Two threads may be asked at once: each writes its own, and the last one stays.
        brouillon = cible.with_suffix(f".en-cours-{get_ident()}-{os.getpid()}")
        subset.save_font(police, str(brouillon), options)
        brouillon.replace(cible)
    return cible


class PolicesFinder(BaseFinder):
    """Finds `fonts/<name>.woff2` for the weights the screens use."""

    def find(self, path, find_all=False, **kwargs):
        for nom in GRAISSES:
            if path == f"fonts/{nom}.woff2":
                chemin = str(fabriquer(nom))
                return [chemin] if find_all else chemin
        return []

    def list(self, ignore_patterns):
        depot = FileSystemStorage(location=dossier())
        depot.prefix = ""
        for nom in GRAISSES:
            fabriquer(nom)
            chemin = f"fonts/{nom}.woff2"
            if not matches_patterns(chemin, ignore_patterns):
                yield chemin, depot
