"""What may be told of a quarter: nobody or five people at least in each block, and nothing finer by adding up."""

from collections import namedtuple

from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.decomptes.reunion import reunir
from immersions import comptage

Ligne = namedtuple("Ligne", "qui cases")
OBSTACLES = [table for table in comptage.CONNUES if table.startswith("obstacle:")]


def ligne(qui, secteur="batiment", structure="1", **autres):
    cases = {"genre": "decouverte", "secteur": secteur, "structure": structure, "duree": "1", "suite": "confirme"}
    return Ligne(qui, cases | dict.fromkeys(OBSTACLES, comptage.SANS) | autres)


def lignes(**secteurs):
    """One immersion for each person: {sector: how many}."""
    return [ligne(f"{s}{n}", s) for s, combien in secteurs.items() for n in range(combien)]


def dits(chiffres, table="secteur"):
    return {tuple(bloc): n for bloc, n in chiffres["tables"][table] if n}


def test_below_five_people_nothing_is_told_however_many_immersions():
    assert comptage.etablir([ligne(n % 4) for n in range(12)]) == {"n": None, "tables": {}}
    assert comptage.additionner([{"n": None, "tables": {}}]) == {"n": None, "tables": {}}


def test_small_sectors_are_told_together_and_take_the_smallest_other_until_they_are_five():
    chiffres = comptage.etablir(lignes(batiment=9, proprete=6, aide=3, commerce=1))
    assert (chiffres["n"], dits(chiffres)) == (19, {("batiment",): 9, ("aide", "commerce", "proprete"): 10})
    chiffres = comptage.etablir(lignes(batiment=9, aide=3, commerce=2))
    assert dits(chiffres) == {("batiment",): 9, ("aide", "commerce"): 5}
    assert dits(comptage.etablir(lignes(batiment=3, aide=3))) == {("aide", "batiment"): 6}


def test_the_same_person_twice_is_one():
    chiffres = comptage.etablir([ligne("a", "aide")] * 6 + lignes(batiment=6, commerce=7))
    assert dits(chiffres) == {("aide", "batiment"): 12, ("commerce",): 7}


def test_what_a_quarter_told_together_stays_so_and_the_year_gives_nothing_back():
    premier = comptage.etablir(lignes(batiment=9, proprete=6, aide=3, commerce=4))
    second = comptage.etablir(lignes(batiment=9, proprete=6, aide=8, commerce=7), premier)
    assert dits(second) == {("batiment",): 9, ("proprete",): 6, ("aide", "commerce"): 15}
    annee = comptage.additionner([premier, second])
    assert (annee["n"], dits(annee)) == (52, {("batiment",): 18, ("proprete",): 12, ("aide", "commerce"): 22})
    troisieme = comptage.etablir(lignes(batiment=9, proprete=2), second)
    annee = comptage.additionner([premier, second, troisieme])
    assert dits(annee) == {("batiment", "proprete"): 41, ("aide", "commerce"): 22}


def test_an_obstacle_lifted_for_nearly_everyone_is_told_met_and_no_more():
    table = "obstacle:mobilite"
    tous = [ligne(n, **{table: comptage.LEVE if n < 8 else comptage.RESTE}) for n in range(10)]
    chiffres = comptage.etablir([*tous, *lignes(batiment=20)])
    assert dits(chiffres, table) == {("sans",): 20, ("leve", "reste"): 10}


def test_a_quarter_is_bounded_by_its_days():
    assert [comptage.bornes(2026, n)[0].isoformat() for n in (1, 4)] == ["2026-01-01", "2026-10-01"]
    assert [comptage.bornes(2028, n)[1].isoformat() for n in (1, 4)] == ["2028-03-31", "2028-12-31"]


TRIMESTRE = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["batiment", "aide", "commerce", "proprete", "autre"])),
    max_size=40,
)


@settings(max_examples=50)
@given(st.lists(TRIMESTRE, min_size=1, max_size=4))
def test_every_block_of_every_quarter_is_nobody_or_five_people_in_parts_that_only_grow(annee):
    dernier, faits = None, []
    for trimestre in annee:
        gens = [ligne(qui, secteur) for qui, secteur in trimestre]
        chiffres = comptage.etablir(gens, dernier)
        faits.append(chiffres)
        if chiffres["n"] is None:
            continue
        blocs = [set(bloc) for bloc, _n in chiffres["tables"]["secteur"]]
        for bloc in blocs:
            assert len({une.qui for une in gens if une.cases["secteur"] in bloc}) not in (1, 2, 3, 4)
        avant = dernier["tables"]["secteur"] if dernier else []
        assert all(any(set(vieux) <= bloc for bloc in blocs) for vieux, _n in avant)
        assert sorted(cle for bloc in blocs for cle in bloc) == sorted(comptage.CONNUES["secteur"])
        dernier = chiffres
    total = comptage.additionner(faits)
    if dernier:
        assert total["n"] == sum(n for _bloc, n in total["tables"]["secteur"]) == sum(f["n"] or 0 for f in faits)


@settings(max_examples=50)
@given(st.dictionaries(st.integers(), st.integers(1, 30), max_size=8))
def test_what_is_told_together_is_five_people_or_everyone(personnes):
    ensemble = reunir(personnes)
    assert all(personnes[cle] >= 5 for cle in personnes.keys() - ensemble)
    assert not ensemble or sum(personnes[cle] for cle in ensemble) >= 5 or ensemble == set(personnes)
