"""What unites and divides colleges, read from the published table alone."""

import pytest

from consultation import actions, lectures
from consultation.lectures.accords import accord_des_colleges
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture(autouse=True)
def tout_le_detail(settings):
    settings.DETAILS_TUS_SUR_CENT = 0


def voter(espace, **par_college):
    """A closed vote in four degrees; of each college, people for each piste out of `sur`, in order."""
    combien = len(next(iter(par_college.values()))[1])
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, combien), mode="adhesion")
    for signe, (sur, pour) in par_college.items():
        f.faire_repondre(scrutin, signe, [[4 if qui < n else 1 for n in pour] for qui in range(sur)])
    return lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau


def dites(choses):
    return [(dite.piste.numero, dite.texte) for dite in choses]


def test_a_piste_that_each_college_supports_unites_them_and_one_that_they_do_not_share_divides(espace):
    tableau = voter(espace, salaries=(20, (15, 17, 9)), permanents=(20, (14, 3, 10)))
    accord = tableau.accord
    assert dites(accord.rapproche) == [
        (1, "29 personnes sur 40. Dans chaque collège, 70\u202f% des personnes ou plus.")
    ]
    assert dites(accord.partage) == [(2, "En parcours\u202f: 17 sur 20\u202f; Permanents\u202f: 3 sur 20.")]
    assert [
        (du.college.signe, [(d.piste.numero, d.pour, d.texte) for d in du.dites]) for du in accord.colleges
    ] == [
        ("salaries", [(2, True, "17 sur 20")]),
        ("permanents", [(2, False, "3 sur 20")]),
    ]


def test_a_large_college_does_not_carry_what_a_small_one_refuses(espace):
    tableau = voter(espace, salaries=(40, (36, 22)), permanents=(8, (3, 5)))
    assert dites(tableau.accord.rapproche) == [
        (2, "27 personnes sur 48. Dans chaque collège, 55\u202f% des personnes ou plus.")
    ]
    assert [numero for numero, _texte in dites(tableau.accord.partage)] == [1]


def test_colleges_whose_figures_are_hidden_count_together_and_are_not_named(espace):
    tableau = voter(
        espace,
        salaries=(20, (18, 10)),
        permanents=(3, (1, 1)),
        administrateurs=(3, (1, 2)),
        partenaires=(9, (4, 5)),
    )
    [divise] = dites(tableau.accord.partage)
    assert divise == (1, "En parcours\u202f: 18 sur 20. Les autres, ensemble, sont bien moins pour.")
    assert {du.college.signe for du in tableau.accord.colleges} == {"salaries"}


def test_what_many_left_without_an_answer_is_told(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 2), mode="adhesion")
    f.faire_repondre(scrutin, "salaries", [[4, 0]] * 5 + [[1, 3]] * 8 + [[4, 1]] * 3)
    tableau = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    accord = tableau.accord
    assert dites(accord.attend) == [(2, "5 personnes sur 16 sont passées ou n’ont pas répondu.")]
    assert accord.pourquoi == "Un seul collège a voté\u202f: il n’y a pas d’accord entre collèges à chercher."


def test_dots_tell_what_a_college_chose_never_what_it_refuses(espace):
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes, gommettes=1)
    f.faire_voter(scrutin, "salaries", 20, {pistes[0]: 1})
    f.faire_voter(scrutin, "salaries", 6, {pistes[1]: 1})
    f.faire_voter(scrutin, "permanents", 6, {pistes[0]: 1})
    f.faire_voter(scrutin, "permanents", 18, {pistes[1]: 1})
    accord = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau.accord
    assert {(du.college.signe, d.piste.numero, d.pour) for du in accord.colleges for d in du.dites} == {
        ("salaries", 1, True),
        ("permanents", 2, True),
    }


def test_nothing_is_told_of_a_vote_that_shows_nothing(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 3, {scrutin.pistes.first(): 1})
    tableau = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    assert tableau.accord is None


def test_part_of_a_vote_says_only_what_its_lines_say(espace):
    tableau = voter(espace, salaries=(20, (15, 17)), permanents=(20, (14, 3)))
    deuxieme = [ligne for ligne in tableau.lignes if ligne.piste.numero == 2]
    accord = accord_des_colleges(tableau, deuxieme)
    assert (accord.rapproche, [numero for numero, _texte in dites(accord.partage)]) == ((), [2])
