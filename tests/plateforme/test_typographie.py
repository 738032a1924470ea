"""French spaces on every screen: what templates say outside tags, and what the French catalogue says."""

import re

import pytest

from contenus.typographie import composer
from plateforme.management.commands.messages import _espacees
from tests.plateforme.test_gabarits import DOSSIERS
from tests.serveurs import RACINE

#: What is no sentence of ours between two pieces of text: comments, scripts, drawings, tags, values.
_AUTRES = re.compile(
    r"\{#.*?#\}|\{%\s*(comment|blocktranslate).*?\{%\s*end\1\s*%\}|<(script|style|svg)\b.*?</\2>", re.S
)
_VALEURS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", re.S)
GABARITS = sorted(chemin for dossier in DOSSIERS for chemin in (RACINE / dossier).rglob("*.html"))


def paroles(source):
    """What a template says by itself, each value and tag become a letter."""
    return _VALEURS.sub("x", _AUTRES.sub("", source))


def mal_espaces(texte):
    """The ordinary spaces of `texte` that French would not let break, with what is around."""
    return [
        texte[max(0, trou.start() - 20) : trou.end() + 20] for trou in re.finditer(r"(?<=\S) [:;!?»]|« ", texte)
    ]


def test_no_ordinary_space_stands_before_a_french_mark_in_any_template():
    fautes = {str(chemin.relative_to(RACINE)): mal_espaces(paroles(chemin.read_text())) for chemin in GABARITS}
    assert {chemin: lus for chemin, lus in fautes.items() if lus} == {}


def test_the_guard_sees_what_it_must_see():
    assert len(GABARITS) > 200
    assert mal_espaces(paroles('<p>{{ nom }} : {% translate "x : y" %} « {{ mot }} »</p>')) != []
    assert mal_espaces(paroles("<p>{{ nom }}\u202f: «\u202f{{ mot }}\u202f»</p>{# a : b #}")) == []


def test_no_included_piece_puts_a_space_before_a_comma():
    """An included template ends with a line break, which a browser shows as a space."""
    fautes = [
        str(chemin.relative_to(RACINE))
        for chemin in GABARITS
        if re.search(r"\{% include [^%]*%\}(?:\{%[^%]*%\})*[,.;]", chemin.read_text())
    ]
    assert fautes == []


def test_sentences_are_composed_in_the_french_catalogue_and_their_values_left_alone():
    lignes = [
        'msgid "Étape « %(titre)s » : piste n° %(n)d, %(part)s %%"',
        'msgstr "Étape « %(titre)s » : piste n° %(n)d, %(part)s %%"',
        'msgstr ""', '"Qui vient ?\\n"', '"<a href=\\"/a ; b\\">Où</a> %(ou)s"', "",
        'msgid "Oui !"',
    ]  # fmt: skip
    assert list(_espacees(lignes)) == [
        lignes[0],
        'msgstr "Étape «\u202f%(titre)s\u202f»\u202f: piste n°\u00a0%(n)d, %(part)s\u202f%%"',
        'msgstr ""', '"Qui vient\u202f?\\n"', lignes[4], "", lignes[6],
    ]  # fmt: skip


def test_the_french_catalogue_of_the_site_is_composed():
    lignes = (RACINE / "site/locale/fr/LC_MESSAGES/django.po").read_text().split("\n")
    assert [avant for avant, apres in zip(lignes, _espacees(lignes), strict=True) if avant != apres] == []


@pytest.mark.parametrize(
    ("saisie", "compose"),
    [
        ("«\u202fOui\u202f»", "«\u202fOui\u202f»"),
        ("« Oui »", "«\u202fOui\u202f»"),
        ("effacée au bout de 180 jours", "effacée au bout de 180\u00a0jours"),
    ],
)
def test_composing_twice_is_composing_once(saisie, compose):
    assert (composer(saisie), composer(composer(saisie))) == (compose, compose)
