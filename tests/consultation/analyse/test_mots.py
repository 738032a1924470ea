"""Words as they are searched: whole French, any accents, a letter wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.analyse.mots import a_garder, demandes, en_morceaux, extrait, proche, racines


def trouve(saisie, texte):
    gardes = a_garder(texte)
    return all(any(f" {r} " in gardes for r in racines(mot)) for mot in demandes(saisie))


@pytest.mark.parametrize(
    ("saisie", "texte"),
    [
        ("sécurité", "Les consignes de SÉCURITÉ"),
        ("securite", "Les consignes de sécurité"),
        ("évaluer", "Elles sont évaluées par les salariés"),
        ("horaire", "Des horaires du matin"),
        ("covoiturages", "Une aire de covoiturage"),
        ("coeur", "Au cœur du bourg"),
        ("12", "La ligne 12 du bus"),
        ("bus village", "Un bus de village en village"),
    ],
)
def test_a_word_finds_its_family_with_or_without_accents(saisie, texte):
    assert trouve(saisie, texte) is True


def test_words_that_only_link_are_not_asked_and_each_counts_once():
    assert demandes("Le bus, le BUS du village") == ["bus", "village"]
    assert demandes("le la de des") == []


@pytest.mark.parametrize(
    ("mot", "trouvee"),
    [
        ("covoiturrage", "covoiturag"),  # two letters
        ("horairre", "horair"),
        ("covoit", "covoiturag"),  # the beginning of a word
        ("but", ""),  # too short to guess
        ("securite", ""),  # two edits from "ecrit", under eight letters
    ],
)
def test_a_mistake_of_a_letter_or_two_finds_the_nearest_word_and_no_other(mot, trouvee):
    assert proche(mot, {"covoiturag", "horair", "bus", "ecrit"}) == trouvee


@given(texte=st.text(max_size=300), saisie=st.text(max_size=20))
@settings(max_examples=40, deadline=None)
def test_pieces_are_the_text_and_an_extract_is_of_it(texte, saisie):
    voulues = frozenset().union(*map(racines, demandes(saisie)))
    assert "".join(morceau for morceau, _ in en_morceaux(texte, voulues)) == texte
    assert extrait(texte, voulues).removeprefix("… ").removesuffix("…") in texte


def test_an_extract_shows_the_word_that_was_asked():
    long = "avant " * 60 + "le covoiturage du matin" + " après" * 60
    dit = extrait(long, racines("covoiturage"))
    assert ("covoiturage" in dit, len(dit) < 200, dit[:2], dit[-1]) == (True, True, "… ", "…")
