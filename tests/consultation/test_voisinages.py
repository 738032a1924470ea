"""Groups of texts that look alike: compared once, and beside whoever asks."""

from functools import partial
from threading import Event

import pytest

from consultation.analyse import ressemblance, voisinages

PAREILS = {1: "Apprendre avec un tuteur formé", 2: "Un carnet de photos", 3: "Apprendre avec un tuteur bien formé"}


@pytest.fixture
def comparees():
    """(what gives the groups of a place, how many texts were compared each time, an event that holds it)."""
    faites, ouvert = [], Event()
    ouvert.set()

    def comparer(textes):
        ouvert.wait(10)
        faites.append(len(textes))
        return ressemblance.groupes(textes)

    return partial(voisinages.groupes, object(), comparer=comparer), faites, ouvert


def test_the_same_texts_are_compared_once(comparees):
    groupes, faites, _ouvert = comparees
    assert [groupes(dict(PAREILS)) for _fois in range(5)] == [[[1, 3]]] * 5
    assert faites == [3]


def test_what_was_just_said_is_compared_at_once_when_that_is_quick(comparees):
    groupes, faites, _ouvert = comparees
    groupes(dict(PAREILS))
    neuve = {**PAREILS, 4: "Un carnet de photos du métier"}
    assert sorted(groupes(neuve, patience=10)) == [[1, 3], [2, 4]]
    assert faites == [3, 4]


def test_a_long_comparison_makes_nobody_wait_and_never_names_what_is_gone(comparees):
    groupes, _faites, ouvert = comparees
    groupes(dict(PAREILS))
    ouvert.clear()
    assert groupes({**PAREILS, 4: "Un carnet de photos du métier"}, patience=0.01) == [[1, 3]]
    partie = {2: PAREILS[2], 3: PAREILS[3], 4: "Un carnet de photos du métier"}
    assert groupes(partie, patience=0.01) == []
    ouvert.set()
    assert groupes(partie, patience=10) == [[2, 4]]


def test_of_many_changes_while_one_is_compared_only_the_last_is_compared_too(comparees):
    groupes, faites, ouvert = comparees
    groupes(dict(PAREILS))
    ouvert.clear()
    for rang in range(4, 12):
        groupes({**PAREILS, **dict.fromkeys(range(4, rang + 1), "Mot")}, patience=0.01)
    ouvert.set()
    groupes({**PAREILS, **dict.fromkeys(range(4, 12), "Mot")}, patience=10)
    assert faites == [3, 4, 11]
