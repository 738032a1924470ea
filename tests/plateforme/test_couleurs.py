"""The palette is checked where it is written: text at 7:1, colleges that stay apart on a photocopy."""

import re
from itertools import pairwise

import pytest

from tests.serveurs import RACINE

JETONS = (RACINE / "site/static/css/tokens.css").read_text()
COLLEGES = ["salaries", "permanents", "administrateurs", "partenaires", "habitants"]


def theme(selecteur):
    """Return {token: colour} of a theme, on top of the default one."""
    racine = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", JETONS.split("@media")[0]))
    if not selecteur:
        return racine
    bloc = JETONS[JETONS.rindex(selecteur) :].split("}")[0]
    return {**racine, **dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", bloc))}


def luminance(couleur):
    """Relative luminance, WCAG 2.2."""
    chiffres = couleur[1:] if len(couleur) == 7 else "".join(c * 2 for c in couleur[1:])
    canaux = [int(chiffres[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, v, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


def contraste(a, b):
    clair, fonce = sorted((luminance(a), luminance(b)), reverse=True)
    return (clair + 0.05) / (fonce + 0.05)


THEMES = {"clair": "", "sombre": "[data-theme=sombre]", "projecteur": "[data-theme=projecteur]"}
LECTURE = [
    ("encre", "papier"),
    ("encre", "surface"),
    ("encre-2", "papier"),
    ("encre-2", "surface"),
    ("lien", "papier"),
    ("alerte", "papier"),
    ("sur-vert", "vert"),
    ("sur-souci", "souci"),
    ("encre", "souci-pale"),
    ("encre", "alerte-pale"),
    ("encre", "vert-pale"),
    ("sur-habitants", "c-habitants"),
    ("sur-administrateurs", "c-administrateurs"),
    ("sur-permanents", "c-permanents"),
    ("sur-partenaires", "c-partenaires"),
]


@pytest.mark.parametrize("nom", THEMES)
@pytest.mark.parametrize(("texte", "fond"), LECTURE)
def test_reading_text_keeps_seven_to_one(nom, texte, fond):
    couleurs = theme(THEMES[nom])
    assert contraste(couleurs[texte], couleurs[fond]) >= 7


@pytest.mark.parametrize("nom", THEMES)
def test_the_coral_of_the_bars_keeps_the_contrast_of_large_text(nom):
    couleurs = theme(THEMES[nom])
    assert contraste(couleurs["sur-salaries"], couleurs["c-salaries"]) >= 4.5


@pytest.mark.parametrize("nom", THEMES)
def test_colleges_stay_apart_in_black_and_white(nom):
    couleurs = theme(THEMES[nom])
    clartes = sorted(116 * luminance(couleurs[f"c-{college}"]) ** (1 / 3) - 16 for college in COLLEGES)
    assert min(b - a for a, b in pairwise(clartes)) >= 8
