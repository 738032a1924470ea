"""The map of opinions: drawn when groups hold, and only then; never a shape of fewer than five people."""

import numpy as np
import pytest

from consultation.analyse import carte
from consultation.analyse.carte import Pourquoi

from .test_analyse_accord import conversation


def test_groups_that_hold_are_found_and_everybody_is_counted():
    votes = conversation(5, personnes=96, pistes=20, trous=0.1)
    votes[:6] = 1.0
    votes[6:17, 3:] = np.nan
    vue = carte.dessiner(votes, tirages=60)
    assert (vue.pourquoi, vue.peu, vue.pareil) == (None, 11, 6)
    assert sum(vue.comptes) + vue.peu + vue.pareil == 96
    assert vue.stabilite >= carte.STABILITE
    assert sorted(vue.comptes, reverse=True) == vue.comptes


@pytest.mark.parametrize("graine", range(5))
def test_no_shape_stands_for_fewer_than_five_people(graine):
    vue = carte.dessiner(
        conversation(graine, personnes=60, pistes=15, groupes=2, bruit=0.1, trous=0.05), tirages=20
    )
    assert vue.pourquoi is None
    assert min(forme.n for forme in vue.formes) >= carte.FORME_MIN
    for groupe, n in enumerate(vue.comptes):
        assert sum(forme.n for forme in vue.formes if forme.groupe == groupe) == n


@pytest.mark.parametrize("graine", range(12))
def test_twelve_people_voting_at_random_are_no_groups(graine):
    votes = np.random.default_rng(graine).choice([1.0, -1.0, 0.0, np.nan], size=(12, 12))
    assert carte.dessiner(votes, graine=graine, tirages=40).pourquoi is not None


@pytest.mark.parametrize("graine", range(4))
def test_a_crowd_voting_at_random_is_no_groups_either(graine):
    votes = np.random.default_rng(graine).choice([1.0, -1.0], size=(70, 15))
    assert carte.dessiner(votes, graine=graine, tirages=40).pourquoi is Pourquoi.RIEN_NE_TIENT


@pytest.mark.parametrize(
    ("votes", "pourquoi", "peu", "pareil"),
    [
        (np.empty((0, 5)), Pourquoi.TROP_PEU, 0, 0),
        (np.full((30, 5), np.nan), Pourquoi.TROP_PEU, 30, 0),
        (np.ones((30, 8)), Pourquoi.TOUS_PAREIL, 0, 30),
        (np.ones((30, 0)), Pourquoi.TROP_PEU, 30, 0),
    ],
)
def test_a_room_with_nothing_to_draw_says_why(votes, pourquoi, peu, pareil):
    vue = carte.dessiner(votes)
    assert (vue.pourquoi, vue.peu, vue.pareil, vue.formes, vue.comptes) == (pourquoi, peu, pareil, [], [])


def test_people_who_agree_with_everything_make_no_group_of_their_own():
    votes = np.vstack([np.random.default_rng(2).choice([1.0, -1.0], size=(40, 12)), np.ones((25, 12))])
    vue = carte.dessiner(votes, tirages=40)
    assert (vue.pourquoi, vue.pareil) == (Pourquoi.RIEN_NE_TIENT, 25)


def test_the_same_votes_give_the_same_map():
    votes = conversation(8)
    assert carte.dessiner(votes, tirages=20).formes == carte.dessiner(votes, tirages=20).formes


def test_more_pistes_than_people_give_the_same_map_as_the_long_way_round():
    votes = conversation(6, personnes=10, pistes=30)
    repondu = ~np.isnan(votes)
    moyennes = np.nanmean(votes, axis=0)
    ecarts = np.where(repondu, votes - moyennes, 0)
    axes = np.linalg.svd(ecarts, full_matrices=False)[2][:2].T
    attendu = (ecarts @ axes) * np.sqrt(30 / repondu.sum(axis=1))[:, None]
    assert np.abs(carte.projeter(votes).personnes) == pytest.approx(np.abs(attendu), abs=1e-9)
