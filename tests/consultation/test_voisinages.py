"""Groups of texts that look alike: compared once, and beside whoever asks."""

from threading import Event

import pytest

from consultation.analyse import ressemblance, voisinages

PAREILS = {1: "Apprendre avec un tuteur formé", 2: "Un carnet de photos", 3: "Apprendre avec un tuteur bien formé"}


@pytest.fixture
def comparees(monkeypatch):
    """The lists of texts that were compared; `attendre` holds the next comparison."""
    lieu = object()
    faites, ouvert = [], Event()
    ouvert.set()
    vraie = ressemblance.groupes

    def comparer(textes):
        ouvert.wait(10)
        faites.append(len(textes))
        return vraie(textes)

    monkeypatch.setattr(ressemblance, "groupes", comparer)
    return lieu, faites, ouvert


def test_the_same_texts_are_compared_once(comparees):
    lieu, faites, _ouvert = comparees
    assert [voisinages.groupes(lieu, dict(PAREILS)) for _fois in range(5)] == [[[1, 3]]] * 5
    assert faites == [3]


def test_what_was_just_said_is_compared_at_once_when_that_is_quick(comparees):
    lieu, faites, _ouvert = comparees
    voisinages.groupes(lieu, dict(PAREILS))
    neuve = {**PAREILS, 4: "Un carnet de photos du métier"}
    assert sorted(voisinages.groupes(lieu, neuve, patience=10)) == [[1, 3], [2, 4]]
    assert faites == [3, 4]


def test_a_long_comparison_makes_nobody_wait_and_never_names_what_is_gone(comparees):
    lieu, _faites, ouvert = comparees
    voisinages.groupes(lieu, dict(PAREILS))
    ouvert.clear()
    assert voisinages.groupes(lieu, {**PAREILS, 4: "Un carnet de photos du métier"}, patience=0.01) == [[1, 3]]
    partie = {2: PAREILS[2], 3: PAREILS[3], 4: "Un carnet de photos du métier"}
    assert voisinages.groupes(lieu, partie, patience=0.01) == []
    ouvert.set()
    assert voisinages.groupes(lieu, partie, patience=10) == [[2, 4]]


def test_of_many_changes_while_one_is_compared_only_the_last_is_compared_too(comparees):
    lieu, faites, ouvert = comparees
    voisinages.groupes(lieu, dict(PAREILS))
    ouvert.clear()
    for rang in range(4, 12):
        voisinages.groupes(lieu, {**PAREILS, **dict.fromkeys(range(4, rang + 1), "Mot")}, patience=0.01)
    ouvert.set()
    voisinages.groupes(lieu, {**PAREILS, **dict.fromkeys(range(4, 12), "Mot")}, patience=10)
    assert faites == [3, 4, 11]
