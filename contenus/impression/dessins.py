"""Drawings for paper: the product's pictograms with their colours written in, as SVG text."""

import re
from functools import cache

from django.conf import settings

ENCRE = "#17211c"
SIGNES = {
    "salaries": "#e8604a",
    "permanents": "#7fb2e5",
    "administrateurs": "#4b1f5c",
    "partenaires": "#dde3b8",
    "habitants": "#d99a2b",
}
_COULEURS = {
    **{f"s-{signe}": f'fill="{couleur}" stroke="{ENCRE}"' for signe, couleur in SIGNES.items()},
    "l-case": 'fill="#0f4a36"',
    "l-pousse": 'fill="#f5b335"',
    "l-graine": 'fill="#ffffff"',
    "l-tige": f'fill="{ENCRE}" stroke="{ENCRE}"',
}
_SYMBOLE = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d. ]+)">(.*?)</symbol>', re.S)
_CLASSE = re.compile(r'class="([\w-]+)"')


@cache
def _symboles():
    source = settings.SITE / "plateforme" / "pictos.svg"
    return {nom: (cadre, trait) for nom, cadre, trait in _SYMBOLE.findall(source.read_text(encoding="utf-8"))}


def dessins(*noms):
    """Return {name: SVG} of the pictograms; a template puts its own ink where "currentColor" stands."""
    return {nom: _dessin(nom) for nom in noms}


@cache
def _dessin(nom):
    cadre, trait = _symboles()[nom]
    trait = _CLASSE.sub(lambda classe: _COULEURS.get(classe[1], ""), trait)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}">{trait}</svg>'
