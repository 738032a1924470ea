"""Drawings for paper: the product's pictograms with their colours written in, as SVG text."""

import re
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string

ENCRE, GRIS = "#17211c", "#cfcbbb"
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


#: The classes of the map of opinions, in ink.
_CARTE = {
    "o-axe": f'fill="none" stroke="{GRIS}" stroke-width="2"',
    "o-zone": f'fill="none" stroke="{ENCRE}" stroke-width="1.8" stroke-dasharray="3 6"',
    "o-rond": f'fill="#0f4a36" stroke="{ENCRE}" stroke-width="2.5"',
    "o-carre": f'fill="#ffffff" stroke="{ENCRE}" stroke-width="2.5"',
    "o-losange": f'fill="{GRIS}" stroke="{ENCRE}" stroke-width="2.5"',
    "o-triangle": f'fill="#ffffff" stroke="{ENCRE}" stroke-width="2.5"',
    "o-hexagone": f'fill="{GRIS}" stroke="{ENCRE}" stroke-width="2.5"',
    "o-sur": 'fill="#ffffff" font-family="Atkinson Hyperlegible"',
    "o-nombre": f'fill="{ENCRE}" font-family="Atkinson Hyperlegible"',
    "o-nom": f'fill="{ENCRE}" font-family="Atkinson Hyperlegible"',
}


def carte_svg(carte):
    """Return the map of opinions of a `lectures.barres.Carte`, the drawing of its page with inks written in."""
    dessin = render_to_string("fragments/carte_opinions.svg", {"opinions": carte.opinions, "ident": carte.scrutin})
    return _CLASSE.sub(lambda classe: _CARTE[classe[1]], dessin)


def dessins(*noms):
    """Return {name: SVG} of the pictograms; a template puts its own ink where "currentColor" stands."""
    return {nom: _dessin(nom) for nom in noms}


@cache
def _dessin(nom):
    cadre, trait = _symboles()[nom]
    trait = _CLASSE.sub(lambda classe: _COULEURS.get(classe[1], ""), trait)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}">{trait}</svg>'
