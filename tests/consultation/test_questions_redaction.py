"""Writing a grille: nothing is lost by moving, keys stay those of their question and of their answer."""

from hypothesis import given
from hypothesis import strategies as st

from consultation import questions
from consultation.questions import redaction

from .test_questions import question, structure


def deux_parties():
    return questions.lire(
        {
            "sections": [
                {"titre": "Ici", "questions": [question("q1", "oui_non"), question("q2")]},
                {"titre": "Ailleurs", "questions": [question("q7")]},
            ]
        }
    )


def en_listes(lue):
    return [(section.titre, [q.cle for q in section.questions]) for section in lue.sections]


def test_a_question_crosses_from_one_section_to_the_next_and_comes_back():
    lue = redaction.deplacer(deux_parties(), "q2", 1)
    assert en_listes(lue) == [("Ici", ["q1"]), ("Ailleurs", ["q2", "q7"])]
    assert redaction.deplacer(lue, "q2", -1) == deux_parties()
    assert redaction.deplacer(deux_parties(), "q1", -1) == deux_parties()


@given(st.lists(st.tuples(st.sampled_from(["q1", "q2", "q7", "absente"]), st.sampled_from([-1, 1])), max_size=20))
def test_whatever_is_moved_no_question_is_lost_nor_doubled(gestes):
    lue = deux_parties()
    for cle, sens in gestes:
        lue = redaction.deplacer(lue, cle, sens)
    assert sorted(q.cle for q in lue.questions) == ["q1", "q2", "q7"]


def test_a_new_question_has_a_key_that_no_version_ever_had():
    lue = redaction.retirer(deux_parties(), "q7")
    cle = redaction.cle_neuve([lue, deux_parties()])
    assert cle == "q8"
    assert en_listes(redaction.ajouter(lue, cle, 0)) == [("Ici", ["q1", "q2", "q8"]), ("Ailleurs", [])]
    assert en_listes(redaction.ajouter(questions.lire({"sections": []}), "q1")) == [("", ["q1"])]


def test_a_section_left_without_title_nor_question_ends_and_one_more_begins():
    lue = redaction.retirer(deux_parties(), "q7")
    assert en_listes(redaction.titrer(lue, ["Là-bas", "", "La suite"])) == [
        ("Là-bas", ["q1", "q2"]),
        ("La suite", []),
    ]
    assert en_listes(redaction.titrer(deux_parties(), ["", ""])) == [("", ["q1", "q2"]), ("", ["q7"])]


def test_an_answer_keeps_its_key_when_it_is_moved_or_reworded():
    def cles(mots, anciens=()):
        return [(choix.cle, choix.libelle) for choix in redaction.choix_de(mots, anciens)]

    avant = redaction.choix_de(["Le bus", "Le vélo"])
    assert cles(["Le vélo", "Le bus"], avant) == [("le_velo", "Le vélo"), ("le_bus", "Le bus")]
    assert cles(["Le car", "Le vélo"], avant) == [("le_bus", "Le car"), ("le_velo", "Le vélo")]
    assert cles(["Le vélo"], avant) == [("le_velo", "Le vélo")]
    assert cles(["Le bus", "Le vélo", "Le Bus !", "42"], avant) == [
        ("le_bus", "Le bus"), ("le_velo", "Le vélo"), ("le_bus_2", "Le Bus !"), ("r_42", "42"),
    ]  # fmt: skip


MOTS = st.lists(st.text("ab é!", max_size=4), max_size=6, unique=True)


@given(MOTS, MOTS)
def test_two_answers_never_have_the_same_key(avant, apres):
    choix = redaction.choix_de(apres, redaction.choix_de(avant))
    assert len({c.cle for c in choix}) == len(choix)


def test_a_question_is_told_in_words():
    lue = structure(
        question("q1", "oui_non"),
        question("q2", "entier", obligatoire=True, deux_temps=True, si=[{"question": "q1", "parmi": ["oui"]}]),
    )
    premiere, seconde = lue.questions
    assert questions.resume(lue, premiere) == "Oui ou non"
    assert questions.resume(lue, seconde) == "Nombre entier, obligatoire, aujourd’hui et demain, si 1 est Oui"
    assert questions.en_clair(lue, premiere) == "Cette question est posée à tout le monde."
    assert questions.en_clair(lue, seconde) == (
        "Cette question est posée seulement si la réponse à la question 1 "
        "(«\u202fQuestion q1 ?\u202f») est\u202f: Oui."
    )


def test_a_hidden_question_is_shown_as_if_what_it_wants_had_been_answered():
    lue = structure(
        question("a", "plusieurs", choix="bus velo"),
        question("b", "oui_non", si=[{"question": "a", "parmi": ["velo"]}]),
        question("c", si=[{"question": "b", "parmi": ["non"]}]),
    )
    valeurs = questions.comme_si(lue, lue.questions[2])
    assert valeurs == {"a": {"": ["velo"]}, "b": {"": "non"}}
    assert lue.questions[2] in questions.posees(lue, valeurs)


def test_every_template_may_be_put_online_as_it_is():
    assert list(questions.modeles()) == [
        "seminaire", "parcours", "immersion", "competences", "satisfaction", "visite",
    ]  # fmt: skip
    assert [questions.defauts(m.structure) for m in questions.modeles().values()] == [[]] * 6
    assert all(m.titre and m.pour and m.chapeau for m in questions.modeles().values())
