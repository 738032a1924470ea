"""Reading a questionnaire: what is counted, what is withheld, and what becomes of the words."""

import itertools

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation import actions, lectures, questions
from consultation.erreurs import Refus
from consultation.models import CopieGrille, Proposition
from consultation.questions.comptage import compter
from tests import fabriques as f

from .test_grilles import contenu
from .test_questions import question, structure


def une(nature, **reste):
    return structure(question("a", nature, **reste)).questions[0]


def chiffres(table):
    return {int(rang): (ligne["forme"], ligne["personnes"]) for rang, ligne in table["pistes"].items()}


def par_college(table, rang):
    return {
        int(c): (case["forme"], case["personnes"]) for c, case in table["pistes"][str(rang)]["colleges"].items()
    }


def test_one_answer_among_several_is_counted_by_college():
    donnees = [(1, "oui")] * 8 + [(1, "non")] * 6 + [(2, "oui")] * 7 + [(2, "non")] * 9
    table = compter(une("oui_non"), donnees)
    assert chiffres(table) == {0: ("exact", 15), 1: ("exact", 15)}
    assert par_college(table, 0) == {1: ("exact", 8), 2: ("exact", 7)}


def test_a_college_of_fewer_than_six_is_withheld_and_the_others_with_it():
    donnees = [(1, "oui")] * 8 + [(1, "non")] * 6 + [(2, "oui")] * 3 + [(3, "oui")] * 9 + [(3, "non")] * 12
    table = compter(une("oui_non"), donnees)
    assert chiffres(table) == {0: ("exact", 20), 1: ("exact", 18)}
    assert (par_college(table, 0), par_college(table, 1)) == ({}, {})


def test_fewer_than_five_people_say_nothing_at_all():
    table = compter(une("oui_non"), [(1, "oui")] * 4)
    assert (table["silence"], table["pistes"]) == ("moins_de_5", {})
    assert compter(une("oui_non"), [])["silence"] == "personne"


def test_several_answers_are_each_counted_out_of_those_who_answered():
    donnees = [(1, ["bus", "velo"])] * 5 + [(1, ["bus"])] * 4 + [(2, ["velo"])] * 6
    table = compter(une("plusieurs", choix="bus velo"), donnees)
    assert chiffres(table) == {0: ("exact", 9), 1: ("exact", 11)}
    assert table["pistes"]["0"]["sur"] == 15


def test_unanimity_is_a_band():
    table = compter(une("plusieurs", choix="bus velo"), [(1, ["bus"])] * 7 + [(2, ["bus"])] * 8)
    assert chiffres(table) == {0: ("presque_tous", None), 1: ("peu", None)}
    assert (par_college(table, 0), par_college(table, 1)) == ({}, {})


def test_a_ranking_counts_what_was_put_first():
    table = compter(une("rang", choix="bus velo"), [(1, ["velo", "bus"])] * 6 + [(1, ["bus"])] * 3)
    assert chiffres(table) == {0: ("exact", 3), 1: ("exact", 6)}


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=5, max_size=24))
def test_no_hidden_figure_is_the_rest_of_the_others(reponses):
    """Every way in which the answers may add up to the people leaves each hidden figure at least two values."""
    n = len(reponses)
    table = compter(une("choix", choix="a b c d"), [(1, reponse) for reponse in reponses])
    formes = chiffres(table)
    possibles = {"peu": range(2), "presque_tous": range(n - 1, n + 1), "tu": range(n + 1)}
    rangees = [[personnes] if forme == "exact" else possibles[forme] for forme, personnes in formes.values()]
    sommes = [valeurs for valeurs in itertools.product(*rangees) if sum(valeurs) == n]
    for rang, (forme, _personnes) in formes.items():
        assert forme == "exact" or len({valeurs[rang] for valeurs in sommes}) > 1


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(["a", "b", "c"])), min_size=5, max_size=60))
def test_the_figures_of_colleges_are_all_shown_or_none(donnees):
    lignes = compter(une("choix", choix="a b c"), donnees)["pistes"].values()
    formes = [[case["forme"] for case in ligne["colleges"].values()] for ligne in lignes]
    assert {forme for siennes in formes for forme in siennes} <= {"exact"}
    assert all(formes) or not any(formes)


def grille_lue(*les_questions):
    grille = actions.creer_grille(
        consultation=f.ConsultationFactory(), titre="Avis", contenu=contenu(*les_questions), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    return grille


def recevoir(grille, college, n, **reponses):
    """`n` copies sent, of people of that college."""
    valeurs = {cle: valeur if isinstance(valeur, dict) else {"": valeur} for cle, valeur in reponses.items()}
    return CopieGrille.objects.bulk_create(
        CopieGrille(
            grille=grille, version=grille.versions.last(), college=f.college(grille.consultation, college),
            valeurs=valeurs, envoyee_le=timezone.now(),
        )
        for _ in range(n)
    )  # fmt: skip


@pytest.mark.django_db
def test_today_and_tomorrow_are_read_apart():
    grille = grille_lue(question("lien", "oui_non", deux_temps=True))
    recevoir(grille, "salaries", 6, lien={"aujourdhui": "non", "demain": "oui"})
    recevoir(grille, "salaries", 3, lien={"aujourdhui": "oui", "demain": "oui"})
    recevoir(grille, "salaries", 2, lien={"aujourdhui": "oui", "demain": "non"})
    (lue,) = lectures.lire_grille(grille)
    assert [(t.titre, t.sur, [(r.mots, r.total) for r in t.rangs]) for t in lue.tableaux] == [
        ("aujourd’hui", 11, [("Oui", "5 personnes sur 11"), ("Non", "6 personnes sur 11")]),
        ("demain", 11, [("Oui", "9 personnes sur 11"), ("Non", "2 personnes sur 11")]),
    ]


@pytest.mark.django_db
def test_what_is_not_sent_or_hidden_by_a_condition_does_not_count():
    grille = grille_lue(
        question("vu", "oui_non"), question("bon", "oui_non", si=[{"question": "vu", "parmi": ["oui"]}])
    )
    recevoir(grille, "salaries", 7, vu="oui", bon="oui")
    recevoir(grille, "salaries", 6, vu="non", bon="oui")
    CopieGrille.objects.filter(pk=recevoir(grille, "salaries", 1, vu="oui", bon="non")[0].pk).update(
        envoyee_le=None
    )
    assert [lue.reponses for lue in lectures.lire_grille(grille)] == [13, 7]


@pytest.mark.django_db
def test_an_earlier_version_counts_where_the_question_is_the_same():
    grille = grille_lue(question("vu", "oui_non"), question("dit", "oui_non"))
    recevoir(grille, "salaries", 6, vu="oui", dit="oui")
    neuve = question("dit", "oui_non") | {"libelle": "Autrement dit ?"}
    actions.ecrire_grille(grille=grille, contenu=contenu(question("vu", "oui_non"), neuve), par=None)
    actions.mettre_en_ligne(grille=grille, par=None)
    recevoir(grille, "salaries", 5, vu="non", dit="non")
    assert [lue.reponses for lue in lectures.lire_grille(grille)] == [11, 5]


@pytest.mark.django_db
def test_an_average_is_told_from_ten_numbers_on():
    grille = grille_lue(question("heures", "decimal"))
    recevoir(grille, "salaries", 9, heures="7.5")
    assert lectures.lire_grille(grille)[0].moyenne == ""
    recevoir(grille, "salaries", 1, heures="2.5")
    assert lectures.lire_grille(grille)[0].moyenne == "7.0"


@pytest.mark.django_db
def test_reading_costs_the_same_queries_for_ten_copies_and_for_a_hundred(django_assert_num_queries):
    grille = grille_lue(question("vu", "oui_non"), question("mot"))
    for n in (10, 90):
        recevoir(grille, "salaries", n, vu="oui", mot="Un livret")
        with django_assert_num_queries(4):
            lectures.lire_grille(grille)
        with django_assert_num_queries(2):
            lectures.textes_de(grille, questions.lire(grille.brouillon).question("mot"))


@pytest.mark.django_db
def test_words_become_propositions_once_and_are_then_told_so():
    grille = grille_lue(question("mot"))
    copies = recevoir(grille, "salaries", 2, mot="Un livret d’accueil")
    espace, qui = f.creer_espace(consultation=grille.consultation), f.creer_organisateur(grille.consultation)
    libre = questions.lire(grille.brouillon).question("mot")
    assert [parole.versee for parole in lectures.textes_de(grille, libre)] == [False, False]
    for _ in range(2):
        actions.verser_textes(grille=grille, question="mot", copies=copies[:1], espace=espace, par=qui)
    assert [parole.versee for parole in lectures.textes_de(grille, libre)] == [True, False]
    assert list(Proposition.objects.values_list("texte", "origine", "origine_note", "college__signe")) == [
        ("Un livret d’accueil", "grille", "Avis", "salaries")
    ]
    with pytest.raises(Refus):
        actions.verser_textes(grille=grille, question="absente", copies=copies, espace=espace, par=qui)
