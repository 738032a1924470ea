"""What a grille asks, of whom, and how an answer is read."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import questions
from consultation.erreurs import Refus
from consultation.questions import Nature


def question(cle, nature="texte", **reste):
    """A question as plain data; `choix` and `lignes` may be given as words, which are their keys too."""
    for liste in ("choix", "lignes"):
        if liste in reste:
            reste[liste] = [{"cle": mot, "libelle": mot.capitalize()} for mot in reste[liste].split()]
    return {"cle": cle, "nature": nature, "libelle": f"Question {cle} ?", **reste}


def simples(texte):
    """The same with plain spaces, where the screens have narrow ones."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def structure(*les_questions):
    return questions.lire({"sections": [{"titre": "Ici", "questions": list(les_questions)}]})


def messages(*les_questions):
    return [(d.question, d.message) for d in questions.defauts(structure(*les_questions))]


def test_what_is_written_is_read_again_the_same():
    lue = structure(
        question("age", "entier", mini=16, maxi=70, obligatoire=True),
        question("vu", "choix", choix="bus velo", lignes="lundi mardi", deux_temps=True),
        question("pourquoi", si=[{"question": "vu", "parmi": ["bus"]}]),
    )
    assert questions.lire(lue.en_donnees()) == lue
    assert questions.defauts(lue) == []
    assert lue.question("vu").cases == ("lundi/aujourdhui", "lundi/demain", "mardi/aujourdhui", "mardi/demain")


@pytest.mark.parametrize(
    "contenu",
    [
        None,
        {},
        [],
        {"sections": 3},
        {"sections": [{"questions": [{"cle": "a"}]}]},
        {"sections": [{"questions": [7]}]},
    ],
)
def test_a_file_that_is_no_grille_says_so(contenu):
    with pytest.raises(Refus) as refus:
        questions.lire(contenu)
    assert (refus.value.code, refus.value.statut) == ("grille_illisible", 400)


def test_each_fault_names_its_question():
    assert messages() == [("", "Ajoutez au moins une question.")]
    assert messages(question("a"), question("a")) == [
        ("a", "Deux questions ont la même clé, ou une clé illisible\u202f: a.")
    ]
    assert messages(question("a", "choix", choix="seul")) == [
        ("a", "Donnez au moins deux réponses à choisir, et 60 au plus.")
    ]
    assert messages(question("a", "entier", mini=5, maxi=2)) == [
        ("a", "Le plus petit nombre permis est plus grand que le plus grand.")
    ]


def test_a_condition_looks_back_so_it_cannot_turn_in_a_circle():
    regarde = [{"question": "b", "parmi": ["oui"]}]
    avant = [{"question": "a", "parmi": ["oui"]}]
    apres = "Cette question en regarde une autre qui n’est pas placée avant elle."
    assert messages(question("a", "oui_non", si=regarde), question("b", "oui_non", si=avant)) == [("a", apres)]
    assert messages(question("a", "oui_non", si=[{"question": "a", "parmi": ["oui"]}])) == [("a", apres)]
    assert messages(question("a"), question("b", si=avant)) == [
        ("b", "On ne peut regarder qu’une question à choisir\u202f: «\u202fQuestion a ?\u202f» s’écrit.")
    ]
    assert messages(question("a", "oui_non"), question("b", si=[{"question": "a", "parmi": ["peut"]}])) == [
        ("b", "Choisissez une réponse de «\u202fQuestion a ?\u202f».")
    ]


CHAINE = (
    question("a", "oui_non", obligatoire=True),
    question("b", "oui_non", si=[{"question": "a", "parmi": ["oui"]}], obligatoire=True),
    question("c", obligatoire=True, si=[{"question": "b", "parmi": ["oui"]}]),
)


def cles(les_questions):
    return [q.cle for q in les_questions]


@pytest.mark.parametrize(
    ("valeurs", "posees", "manquantes"),
    [
        ({}, ["a"], ["a"]),
        ({"a": {"": "non"}}, ["a"], []),
        ({"a": {"": "oui"}}, ["a", "b"], ["b"]),
        ({"a": {"": "oui"}, "b": {"": "oui"}}, ["a", "b", "c"], ["c"]),
        ({"a": {"": "non"}, "b": {"": "oui"}, "c": {"": "Oui"}}, ["a"], []),
    ],
)
def test_a_hidden_question_is_neither_asked_nor_missed_and_hides_what_looks_at_it(valeurs, posees, manquantes):
    lue = structure(*CHAINE)
    assert cles(questions.posees(lue, valeurs)) == posees
    assert cles(questions.manquantes(lue, valeurs)) == manquantes
    assert list(questions.comptees(lue, valeurs)) == [cle for cle in posees if cle in valeurs]


OUI_NON_RIEN = st.sampled_from(["oui", "non", None])


@given(OUI_NON_RIEN, OUI_NON_RIEN, OUI_NON_RIEN)
def test_what_counts_was_asked_whatever_was_answered_before(a, b, c):
    lue, valeurs = structure(*CHAINE), {"a": {"": a}, "b": {"": b}, "c": {"": c}}
    comptees = questions.comptees(lue, valeurs)
    assert set(comptees) <= set(cles(questions.posees(lue, valeurs)))
    assert ("c" in comptees) == (a == "oui" and b == "oui" and c is not None)


@pytest.mark.parametrize(
    ("saisie", "lue"),
    [
        ("3", "3"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("1 200", "1200"),
        ("1 200,50", "1200.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("0,125", "0.125"),
        ("", None),
    ],
)
def test_numbers_are_read_in_french_and_in_english(saisie, lue):
    assert questions.lire_case(structure(question("n", "decimal")).question("n"), saisie) == lue


@pytest.mark.parametrize("saisie", ["une dizaine", "1.200", "1,200", "3 ou 4", "7,5,2", "1e9", "NaN", "½", "0x10"])
def test_a_number_that_is_not_clear_is_never_guessed(saisie):
    with pytest.raises(Refus) as refus:
        questions.lire_case(structure(question("n", "decimal")).question("n"), saisie)
    assert (refus.value.code, refus.value.champ) == ("reponse_illisible", "n")
    assert saisie in refus.value.message


@pytest.mark.parametrize(
    ("saisie", "lue"),
    [
        ("14/10/2027", "2027-10-14"),
        ("1er mars 2026", "2026-03-01"),
        ("2027-10-14", "2027-10-14"),
        ("4.5.2026", "2026-05-04"),
    ],
)
def test_dates_are_read_as_french_people_write_them(saisie, lue):
    assert questions.lire_case(structure(question("j", "date")).question("j"), saisie) == lue


@pytest.mark.parametrize("saisie", ["31/02/2026", "10/14/2027", "14/10/27", "demain", "mars 2026"])
def test_a_date_that_is_not_clear_is_never_guessed(saisie):
    with pytest.raises(Refus):
        questions.lire_case(structure(question("j", "date")).question("j"), saisie)


@pytest.mark.parametrize(
    ("nature", "brut", "lue"),
    [
        ("choix", "bus", "bus"),
        ("choix", ["bus"], "bus"),
        ("choix", "", None),
        ("plusieurs", ["velo", "bus"], ["bus", "velo"]),
        ("rang", ["velo", "bus"], ["velo", "bus"]),
        ("plusieurs", [], None),
        ("echelle", "velo", "velo"),
    ],
)
def test_what_is_chosen_is_kept_by_its_key(nature, brut, lue):
    assert questions.lire_case(structure(question("q", nature, choix="bus velo train")).question("q"), brut) == lue


@pytest.mark.parametrize(
    ("nature", "brut"),
    [
        ("choix", "avion"),
        ("choix", 3),
        ("choix", {"bus": 1}),
        ("plusieurs", ["bus", "avion"]),
        ("plusieurs", ["bus", "bus"]),
        ("plusieurs", {"bus": 1}),
        ("plusieurs", 7),
        ("oui_non", "peut-être"),
        ("niveau", "expert"),
    ],
)
def test_what_is_not_offered_is_refused(nature, brut):
    with pytest.raises(Refus) as refus:
        questions.lire_case(structure(question("q", nature, choix="bus velo train")).question("q"), brut)
    assert refus.value.code == "reponse_illisible"


def test_answers_to_what_is_not_asked_are_refused_whole():
    lue = structure(question("a"), question("b", deux_temps=True))
    for brutes in ({"z": {"": "x"}}, {"a": {"demain": "x"}}, {"b": {"": "x"}}, {"a": "x"}):
        with pytest.raises(Refus) as refus:
            questions.lire_valeurs(lue, brutes)
        assert refus.value.code == "question_inconnue"
    assert questions.lire_valeurs(lue, {"a": {"": " Bien "}, "b": {"demain": ""}}) == {
        "a": {"": "Bien"},
        "b": {"demain": None},
    }


@given(
    st.sampled_from(list(Nature)), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)
)
def test_whatever_is_sent_is_read_or_refused(nature, brut):
    lue = structure(question("q", nature.value, choix="bus velo train"))
    with suppress(Refus):
        questions.lire_case(lue.question("q"), brut)
