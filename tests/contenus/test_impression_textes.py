"""Words made printable: not one reworded, none able to stop a document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contenus.impression.composer import composer, couverte
from contenus.impression.textes import COUPE, imprimable


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Qui est là\u202f? « Moi »", "Qui est là\u202f? « Moi »"),
        ("e\u0301te\u0301", "été"),
        ("a\u200bb\u00adc\u202ed", "abcd"),
        ("bravo 😀😀😀 !", "bravo □ !"),
        ("tab\tret\r\n", "tab ret\n"),
    ],
)
def test_texts_keep_their_words(avant, apres):
    assert imprimable(avant) == apres


def test_a_very_long_word_gets_places_to_break_and_keeps_its_letters():
    coupe = imprimable("x" * 100)
    assert (coupe.replace(COUPE, ""), max(map(len, coupe.split(COUPE)))) == ("x" * 100, 24)


def test_drawings_pass_untouched_and_nested_texts_do_not():
    assert imprimable({"svg_qr": "<svg>\u200b", "svg": {"d": "\u200b"}, "a": [("b\u200b", 1, None, True)]}) == {
        "svg_qr": "<svg>\u200b",
        "svg": {"d": "\u200b"},
        "a": [["b", 1, None, True]],
    }


def test_what_is_covered_is_asked_of_the_fonts():
    assert (couverte("é"), couverte("Ж"), couverte("\U0010ffff")) == (True, True, False)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_makes_a_document(texte):
    assert composer("essai", {"texte": texte, "svg": {}}, nom="essai").startswith(b"%PDF-")
