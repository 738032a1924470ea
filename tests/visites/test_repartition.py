"""The proposal of who goes where: rules that hold whatever was asked."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from visites.repartition import Candidat, repartir

VISITES = (1, 2, 3)
UNE_PERSONNE = st.tuples(
    st.integers(0, 2), st.sampled_from([None, "11", "75"]), st.lists(st.sampled_from(VISITES), unique=True)
)
PLACES = st.fixed_dictionaries({visite: st.integers(0, 3) for visite in VISITES})


def candidats(gens):
    return [Candidat(cle, college, region, tuple(visites)) for cle, (college, region, visites) in enumerate(gens)]


def au_plus(gens, places):
    """How many could go somewhere at best, by trying everything."""
    meilleur = 0
    for choix in product(*((None, *c.visites) for c in gens)):
        prises = Counter(visite for visite in choix if visite is not None)
        if all(n <= places[visite] for visite, n in prises.items()):
            meilleur = max(meilleur, sum(prises.values()))
    return meilleur


@settings(max_examples=50, deadline=None)
@given(st.lists(UNE_PERSONNE, max_size=5), PLACES)
def test_nobody_goes_twice_nor_where_they_did_not_ask_and_as_many_as_possible_go(gens, places):
    gens = candidats(gens)
    prises = repartir(gens, places)
    vues = [(visite, cle) for visite, cles in prises.items() for cle in cles]
    assert all(visite in gens[cle].visites for visite, cle in vues)
    assert all(len(cles) <= places[visite] for visite, cles in prises.items())
    assert Counter(cle for _visite, cle in vues) == Counter({cle for _visite, cle in vues})
    assert len(vues) == au_plus(gens, places)


def test_colleges_then_regions_are_spread_before_the_order_of_asking():
    gens = [(0, "11"), (0, "11"), (0, "75"), (1, "11"), (2, "11"), (0, "75")]
    gens = [Candidat(cle, college, region, (1,)) for cle, (college, region) in enumerate(gens)]
    assert repartir(gens, {1: 3}) == {1: [0, 3, 4]}
    assert repartir(gens, {1: 4}) == {1: [0, 2, 3, 4]}


def test_whoever_is_there_already_counts_in_the_mix_and_is_not_moved():
    gens = [Candidat(1, 0, None, (1,)), Candidat(2, 1, None, (1,))]
    assert repartir(gens, {1: 1}, {1: [Candidat(9, 0, None, ())]}) == {1: [2]}


def test_someone_moves_to_another_visit_they_asked_for_so_that_one_more_goes():
    gens = [Candidat(1, 0, None, (1, 2)), Candidat(2, 0, None, (1,))]
    assert repartir(gens, {1: 1, 2: 1}) == {1: [2], 2: [1]}
