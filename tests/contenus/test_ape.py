"""APE codes: their shape, their nomenclature, and what is said of those that are wrong."""

import pytest
from django.core.exceptions import ValidationError

from contenus.ape import Nomenclature, ecrire, verifier


@pytest.mark.parametrize("tape", ["8899B", "88.99B", " 88.99 b ", "88 99b"])
def test_a_code_is_read_however_it_is_typed(tape):
    assert (ecrire(tape), verifier(tape)) == ("88.99B", Nomenclature.REV2)


@pytest.mark.parametrize(
    ("code", "nomenclature"), [("81.30Z", "rev2"), ("47.11F", "rev2"), ("62.10Y", "2025"), ("47.11G", "2025")]
)
def test_the_last_letter_tells_the_nomenclature(code, nomenclature):
    assert verifier(code) == nomenclature


@pytest.mark.parametrize(
    ("code", "dite", "annee", "dit"),
    [
        ("853K", "", 2020, "853K est un code d’avant 2008\u202f: il n’a que trois chiffres. "
         "Cherchez le code d’aujourd’hui, comme 88.99B."),
        ("88.99B", "2025", 2026, "88.99B est un code de la NAF rév. 2, pas de la NAF 2025. "
         "Changez le code ou la nomenclature."),
        ("88.99B", "", 2027, "88.99B est un code de l’ancienne nomenclature (NAF rév. 2). "
         "Depuis le 1er janvier 2027, il faut celui de la NAF 2025."),
        ("8899", "", 2020, "8899 n’est pas un code APE. Écrivez quatre chiffres et une lettre, comme 88.99B."),
        ("00.99B", "", 2020, "00.99B n’est pas un code APE. Écrivez quatre chiffres et une lettre, comme 88.99B."),
        ("ménage", "", 2020, "ménage n’est pas un code APE. Écrivez quatre chiffres et une lettre, comme 88.99B."),
    ],
)  # fmt: skip
def test_a_wrong_code_is_told_in_a_sentence(code, dite, annee, dit):
    with pytest.raises(ValidationError) as refus:
        verifier(code, dite, annee)
    assert refus.value.messages == [dit]


def test_a_code_of_the_former_nomenclature_stands_for_a_year_when_it_was_in_force():
    assert verifier("88.99B", "rev2", 2026) == Nomenclature.REV2
