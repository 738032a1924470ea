"""A sheet of paper keyed in: numbers, letters, and refusals that say the line."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import questions
from consultation.erreurs import Refus
from consultation.questions import papier

from .test_questions import question

COLLEGES = ("Salariés", "Permanents")
FEUILLE = questions.lire(
    {
        "sections": [
            {
                "titre": "Mon travail",
                "questions": [
                    question("accueil", "echelle", choix="jamais parfois souvent"),
                    question("formation", "oui_non"),
                    question("heures", "decimal", si=[{"question": "formation", "parmi": ["oui"]}]),
                    question("gene", "plusieurs", choix="bus enfants sante"),
                    question("aide"),
                    question("gestes", "niveau", lignes="ranger peindre"),
                ],
            }
        ]
    }
)


def lire(saisie):
    return papier.lire_feuille(FEUILLE, COLLEGES, saisie)


def test_a_sheet_is_typed_as_it_is_seen():
    saisie = "0b 1c\n2a\n3 7,5\n4ca\n5 Un livret\nd’accueil\n6.1a 6.2 D"
    assert lire(saisie) == (
        1,
        {
            "accueil": {"": "souvent"},
            "formation": {"": "oui"},
            "heures": {"": "7,5"},
            "gene": {"": ["sante", "bus"]},
            "aide": {"": "Un livret\nd’accueil"},
            "gestes": {"ranger": "non_acquis", "peindre": "initiative"},
        },
    )


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("1a", "Le collège manque. Tapez-le avec le numéro 0, par exemple 0a."),
        ("0a\n1d", "Ligne 2 : après 1, tapez une lettre de a à c."),
        ("0a\n\n1", "Ligne 3 : après 1, tapez une lettre de a à c."),
        (
            "0a 1ab",
            "Ligne 1 : le numéro 1 n’a qu’une croix. S’il y en a deux sur la feuille, ne tapez rien pour lui.",
        ),
        ("0a 1a 1b", "Ligne 1 : le numéro 1 est tapé deux fois."),
        ("0a 7a", "Ligne 1 : il n’y a pas de numéro 7 sur la feuille."),
        ("0a 6b", "Ligne 1 : la question 6 a plusieurs lignes : tapez 6.1, 6.2…"),
        ("0a\n37,5", "Ligne 2 : il n’y a pas de numéro 37 sur la feuille."),
        ("0a\n3,5", "Ligne 2 : mettez un espace entre 3 et la réponse."),
        (
            "0a\n3 beaucoup",
            "Ligne 2 : Nous ne lisons pas « beaucoup ». Écrivez avec des chiffres, par exemple 3 ou 7,5.",
        ),
        ("0a\nUn livret", "Ligne 2 : elle commence par le numéro d’une question, par exemple 3d."),
    ],
)
def test_what_is_not_clear_is_said_with_its_line_and_never_guessed(saisie, dit):
    with pytest.raises(Refus) as refus:
        lire(saisie)
    message = refus.value.message.replace("\u202f", " ")
    assert (refus.value.code, message, refus.value.champ) == ("feuille_illisible", dit, "saisie")


def test_beyond_the_alphabet_each_box_has_two_letters():
    assert papier.lettres(27)[:2] + papier.lettres(27)[-1:] == ["aa", "ab", "ba"]
    longue = questions.lire({"sections": [{"titre": "", "questions": [
        question("metier", "plusieurs", choix=" ".join(f"m{n}" for n in range(30)))
    ]}]})  # fmt: skip
    assert papier.lire_feuille(longue, COLLEGES, "0a 1aabd")[1] == {"metier": {"": ["m0", "m29"]}}


def test_an_arrow_says_where_to_go_when_what_follows_is_not_asked():
    q2 = FEUILLE.question("formation")
    assert papier.sauts(FEUILLE, q2) == {"non": 4}
    assert papier.sauts(FEUILLE, FEUILLE.question("accueil")) == {}
    fin = questions.lire({"sections": [{"titre": "", "questions": [
        question("a", "oui_non"),
        question("b", "oui_non", si=[{"question": "a", "parmi": ["oui"]}]),
        question("c", si=[{"question": "b", "parmi": ["non"]}]),
    ]}]})  # fmt: skip
    assert papier.sauts(fin, fin.question("a")) == {"non": 0}
    assert papier.sauts(fin, fin.question("b")) == {"oui": 0}


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456.abcd ,;:)\nétÀ", max_size=60))
def test_any_typing_is_read_or_refused_with_a_sentence(saisie):
    with suppress(Refus):
        rang, reponses = lire(saisie)
        assert rang in (0, 1)
        lues = questions.lire_valeurs(FEUILLE, reponses)
        assert all(valeur is not None for cases in lues.values() for valeur in cases.values())
