"""What followed, for one kind, one sector, one structure: enough people in each cell, and no more hidden."""

from hypothesis import given, settings
from hypothesis import strategies as st

from immersions import croisement


def seules(*noms):
    return [[nom] for nom in noms]


def cas(**rangs):
    """{row: [people by outcome]} as cases of one person each."""
    return [
        (f"{rang}{colonne}{n}", rang, f"s{colonne}")
        for rang, effectifs in rangs.items()
        for colonne, combien in enumerate(effectifs)
        for n in range(combien)
    ]


COLONNES = seules("s0", "s1", "s2")


def test_what_stands_for_five_people_everywhere_is_told_whole():
    table = croisement.croiser(cas(a=[5, 6, 0], b=[9, 0, 7]), seules("a", "b"), COLONNES)
    assert table == [
        [["a"], [[["s0"], 5], [["s1"], 6], [["s2"], 0]]],
        [["b"], [[["s0"], 9], [["s1"], 0], [["s2"], 7]]],
    ]


def test_a_small_cell_joins_its_row_or_its_column_to_the_smallest_other():
    table = croisement.croiser(cas(a=[5, 6, 7], b=[9, 8, 7], c=[1, 2, 9]), seules("a", "b", "c"), COLONNES)
    assert [rang for rang, _cases in table] == [["a", "c"], ["b"]]
    table = croisement.croiser(cas(a=[5, 6, 2], b=[9, 8, 1], c=[6, 7, 4]), seules("a", "b", "c"), COLONNES)
    assert [colonne for colonne, _n in table[0][1]] == [["s0", "s2"], ["s1"]]


def test_whose_people_all_had_one_outcome_is_never_told_alone():
    table = croisement.croiser(cas(a=[9, 0, 0], b=[5, 6, 0], c=[8, 9, 0]), seules("a", "b", "c"), COLONNES)
    assert [rang for rang, _cases in table] == [["a", "b"], ["c"]]


def test_the_same_person_twice_is_one_and_too_few_is_nothing():
    dix = [("une", "a", "s0")] * 9 + cas(a=[0, 6, 0], b=[7, 6, 0])
    assert croisement.croiser(dix, seules("a", "b"), COLONNES) == []
    assert croisement.croiser(cas(a=[3, 2, 2], b=[4, 1, 4]), seules("a", "b"), COLONNES) == []


def test_quarters_add_up_in_the_rows_and_columns_that_they_share():
    premier = [[["a"], [[["s0"], 5], [["s1"], 6]]], [["b"], [[["s0"], 7], [["s1"], 8]]]]
    second = [[["a", "c"], [[["s0", "s2"], 9], [["s1"], 5]]], [["b"], [[["s0", "s2"], 6], [["s1"], 6]]]]
    assert croisement.additionner([premier, [], second]) == [
        [["a", "c"], [[["s0", "s2"], 14], [["s1"], 11]]],
        [["b"], [[["s0", "s2"], 13], [["s1"], 14]]],
    ]
    assert croisement.additionner([[], []]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abcd"), st.sampled_from(["s0", "s1", "s2"]))))
def test_no_cell_is_of_one_to_four_people_and_nobody_is_counted_twice(cas):
    table = croisement.croiser(cas, seules(*"abcd"), COLONNES)
    for rang, cases in table:
        gens = [{q for q, r, c in cas if r in rang and c in colonne} for colonne, _n in cases]
        assert [len(qui) for qui in gens if 0 < len(qui) < 5] == []
        assert sum(map(bool, gens)) > 1
    dits = sum(n for _rang, cases in table for _colonne, n in cases)
    assert dits in (0, len(cas))
