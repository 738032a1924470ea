import pytest

from ateliers.lectures.relecture import couper, passages_lus
from consultation.models import Proposition


def mots(texte, prenoms=(), **champs):
    return list(couper(Proposition(texte=texte, **champs), prenoms))


def presumes(texte, prenoms=()):
    return [mot.texte for mot in mots(texte, prenoms) if mot.presume]


def test_words_are_cut_without_the_marks_around_them():
    lus = mots("Demander à Michel, d’accord ?")
    assert [(m.texte, m.valeur) for m in lus] == [
        ("Demander", "0-8"),
        ("à", "9-10"),
        ("Michel", "11-17"),
        ("accord", "21-27"),
        ("?", "28-29"),
    ]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("Demander à Michel d’expliquer", ["Michel"]),
        ("Demander à michel et à Awa !", ["michel", "Awa"]),
        ("C’est l’idée d’Awa.", ["Awa"]),
        ("Appelez le 06 12 34 56 78 le matin", ["06", "12", "34", "56", "78"]),
        ("Écrire à moi@exemple.test", ["moi@exemple.test"]),
        ("Avoir 2 heures par semaine", []),
    ],
)
def test_what_looks_like_a_name_a_number_or_an_address_is_ticked_beforehand(texte, attendus):
    assert presumes(texte, ["Michel", "Awa"]) == attendus


def test_a_word_already_hidden_is_known_so():
    assert [m.texte for m in mots("Demander à Michel", masques=[[11, 17]]) if m.masque] == ["Michel"]


def test_ticked_words_are_read_back_and_anything_else_is_left_out():
    assert passages_lus(["11-17", "x", "3", "1-2-3", "-4-5", "999999-1", "20-25"]) == [[11, 17], [20, 25]]


def test_emoji_and_right_to_left_words_are_cut_as_they_are():
    assert [m.texte for m in mots("🌱 نريد وقتا")] == ["🌱", "نريد", "وقتا"]
