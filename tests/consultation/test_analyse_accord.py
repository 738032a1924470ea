"""Agreement between groups, against the mathematics of Polis as red-dwarf does it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.analyse import accord, carte

TOLERANCE = 1e-9


def conversation(graine, personnes=90, pistes=22, groupes=3, bruit=0.3, trous=0.2):
    """Votes of people in groups who mostly agree inside each, with noise and missing answers."""
    hasard = np.random.default_rng(graine)
    siens = hasard.integers(groupes, size=personnes)
    votes = hasard.choice([1.0, -1.0], size=(groupes, pistes))[siens]
    bruyants = hasard.random(votes.shape) < bruit
    votes[bruyants] = hasard.choice([1.0, -1.0, 0.0], size=bruyants.sum())
    votes[hasard.random(votes.shape) < trous] = np.nan
    return votes


@pytest.fixture(scope="module", params=[1, 2, 3])
def mesures(request):
    """(votes, what red-dwarf says of them, groups it found by person)."""
    dwarf = pytest.importorskip("reddwarf.implementations.polis", reason="red-dwarf is not installed")
    votes = conversation(request.param)
    lignes = [
        {"participant_id": qui, "statement_id": quoi, "vote": int(votes[qui, quoi]), "modified": 0}
        for qui, quoi in np.argwhere(~np.isnan(votes)).tolist()
    ]
    dit = dwarf.run_pipeline(votes=lignes, random_state=0)
    return votes, dit, dit.participants_df["cluster_id"].fillna(-1).astype(int).to_numpy()


def meme_sens(eux, nous):
    """A principal axis has no sign of its own."""
    return nous * np.sign((eux * nous).sum(axis=0))


def test_people_and_pistes_stand_where_polis_puts_them(mesures):
    votes, dit, _groupes = mesures
    nous = carte.projeter(votes)
    eux = np.array([dit.participant_projections[qui] for qui in range(len(votes))])
    pistes = np.array([dit.statement_projections[quoi] for quoi in range(votes.shape[1])])
    assert meme_sens(eux, nous.personnes) == pytest.approx(eux, abs=TOLERANCE)
    assert meme_sens(pistes, nous.pistes) == pytest.approx(pistes, abs=TOLERANCE)


def test_the_silhouette_and_the_index_are_those_of_scikit_learn():
    mesures = pytest.importorskip("sklearn.metrics", reason="red-dwarf is not installed")
    hasard = np.random.default_rng(4)
    points, une, autre = hasard.normal(size=(80, 2)), hasard.integers(3, size=80), hasard.integers(4, size=80)
    assert carte.silhouette(points, une) == pytest.approx(mesures.silhouette_score(points, une), abs=1e-12)
    assert carte.rand_ajuste(une, autre) == pytest.approx(mesures.adjusted_rand_score(une, autre), abs=1e-12)
    assert carte.rand_ajuste(une, une) == 1.0


def test_consensus_and_tests_of_proportions_are_those_of_polis(mesures):
    votes, dit, groupes = mesures
    comptes = accord.compter(votes[groupes >= 0], groupes[groupes >= 0])
    eux = dit.statements_df["group-aware-consensus"].to_numpy()
    assert accord.consensus(comptes) == pytest.approx(eux, abs=TOLERANCE)
    autres = comptes.ailleurs
    ecarts = accord.z_ecart(comptes.pour, comptes.reponses, autres.pour, autres.reponses)
    moities = accord.z_moitie(comptes.contre, comptes.reponses)
    for groupe in range(len(comptes.pour)):
        siens = dit.group_comment_stats.loc[groupe]
        assert ecarts[groupe] == pytest.approx(siens["rat"].to_numpy(), abs=TOLERANCE)
        assert moities[groupe] == pytest.approx(siens["pdt"].to_numpy(), abs=TOLERANCE)


def test_each_group_is_told_by_the_pistes_polis_would_tell(mesures):
    votes, dit, groupes = mesures
    comptes = accord.compter(votes[groupes >= 0], groupes[groupes >= 0])
    eux = [{(d["tid"], d["repful-for"] == "agree") for d in dit.repness[g]} for g in sorted(dit.repness)]
    assert [{(d.piste, d.pour) for d in du_groupe} for du_groupe in accord.representatives(comptes)] == eux


def test_a_large_group_does_not_carry_what_a_small_one_refuses():
    votes = np.array([[1.0, 1.0]] * 90 + [[-1.0, 1.0]] * 10)
    comptes = accord.compter(votes, [0] * 90 + [1] * 10)
    refusee, commune = accord.consensus(comptes)
    assert (round(refusee, 3), round(commune, 3)) == (0.082, 0.907)
    assert accord.division(comptes).round(2).tolist() == [0.91, 0.07]


def test_nobody_and_nothing_are_counted_too():
    comptes = accord.compter(np.empty((0, 3)), [])
    assert (comptes.pour.shape, accord.representatives(comptes)) == ((0, 3), [])
    assert accord.compter(np.full((4, 2), np.nan)).reponses.tolist() == [[0, 0]]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.lists(st.sampled_from([1.0, -1.0, 0.0, np.nan]), min_size=4, max_size=4)),
        min_size=1,
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_people_changes_nothing(gens, hasard):
    melanges = hasard.sample(gens, len(gens))
    dit = []
    for ordre in (gens, melanges):
        comptes = accord.compter(np.array([votes for _g, votes in ordre]), [g for g, _votes in ordre])
        dit.append((accord.consensus(comptes).tolist(), accord.representatives(comptes)))
    assert dit[0] == dit[1]
