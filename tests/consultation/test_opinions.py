"""The map of opinions of a vote: asked for once, kept with its table, no way round what the table withholds."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from consultation import actions, lectures
from consultation.analyse.carte import Carte, Forme
from consultation.decomptes import opinions as o
from consultation.erreurs import Refus
from consultation.models import Journal, Proclamation
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def peu_de_tirages(monkeypatch):
    """Five hundred draws say no more of these rooms than twenty."""
    monkeypatch.setattr(o.carte, "TIRAGES", 20)
    monkeypatch.setattr(o.carte, "MELANGES", 10)


@pytest.fixture
def espace():
    return f.creer_espace()


def test_groups_that_hold_are_kept_with_the_table_and_everybody_is_counted(espace):
    scrutin = f.faire_deux_camps(espace, memes=6)
    gardees = actions.dessiner_opinions(scrutin=scrutin, par=None)
    assert Proclamation.objects.get().opinions == gardees
    assert [g["n"] for g in gardees["groupes"]] == [16, 14]
    assert (gardees["hors"], gardees["votants"], gardees["pourquoi"]) == (6, 36, "")
    pistes = list(scrutin.pistes.order_by("numero").values_list("pk", flat=True))
    assert [
        set(g["pour"]) <= set(moitie) and g["pour"] != []
        for g, moitie in zip(gardees["groupes"], (pistes[:4], pistes[4:]), strict=True)
    ] == [True, True]
    assert f.registre(espace.consultation)[-1] == "dessiner_opinions"


def test_asking_again_changes_nothing_even_after_someone_is_erased(espace):
    scrutin = f.faire_deux_camps(espace)
    gardees = actions.dessiner_opinions(scrutin=scrutin, par=None)
    actions.effacer_participant(participant=scrutin.bulletins.first().participant)
    assert actions.dessiner_opinions(scrutin=scrutin, par=None) == gardees
    assert Journal.objects.filter(verbe="dessiner_opinions").count() == 1


def test_fewer_than_five_people_off_the_map_are_counted_in_the_largest_group(espace):
    for memes in (0, 3):
        scrutin = f.faire_deux_camps(f.creer_espace(), memes=memes)
        gardees = actions.dessiner_opinions(scrutin=scrutin, par=None)
        assert (gardees["hors"], [g["n"] for g in gardees["groupes"]]) == (None, [16 + memes, 14])
        assert sum(forme["n"] for forme in gardees["formes"]) == gardees["votants"] == 30 + memes


def test_a_piste_whose_figure_is_a_band_is_not_told_of_a_group():
    table = {"votants": 30, "pistes": {str(n): {"forme": "exact"} for n in range(8)}}
    table["pistes"]["1"]["forme"] = "presque_tous"
    votes = np.array([[1.0] * 4 + [-1.0] * 4] * 16 + [[-1.0] * 4 + [1.0] * 4] * 14)
    vue = Carte(np.array([0] * 16 + [1] * 14), 0, 0, [Forme(0, 16, -0.613, 0.0), Forme(1, 14, 0.7, 0.1)], 0.9)
    gardees = o.publier(vue, votes, list(range(8)), table)
    assert [g["pour"] for g in gardees["groupes"]] == [[0, 2, 3], [4, 5, 6]]
    assert [g["contre"] for g in gardees["groupes"]] == [[4, 5, 6], [0, 2, 3]]
    assert [(forme["x"], forme["y"]) for forme in gardees["formes"]] == [(-0.6, 0.0), (0.7, 0.1)]


def test_twelve_voters_are_told_how_many_it_takes(espace):
    scrutin = f.faire_deux_camps(espace, camps=(6, 6))
    actions.dessiner_opinions(scrutin=scrutin, par=None)
    dit = lectures.resultats(scrutin).opinions
    assert (dit.groupes, dit.pourquoi) == (
        (),
        "Il faut au moins 20 votants pour chercher des groupes. Ils sont 12.",
    )


def test_people_voting_at_random_are_told_that_no_group_holds(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 8), mode="adhesion")
    hasard = np.random.default_rng(3)
    f.faire_repondre(scrutin, "salaries", hasard.choice([1, 4], size=(30, 8)).tolist())
    scrutin = actions.clore_scrutin(scrutin=scrutin, par=None)
    assert actions.dessiner_opinions(scrutin=scrutin, par=None) == {
        "version": 1,
        "pourquoi": "rien_ne_tient",
        "votants": 30,
        "hors": None,
        "stabilite": 0.0,
        "groupes": [],
        "formes": [],
    }


def test_a_choice_on_a_joined_piste_is_one_on_what_stands_for_it(espace):
    pistes = f.creer_pistes(espace, 8)
    scrutin = f.creer_scrutin(espace, pistes, mode="adhesion")
    f.faire_repondre(scrutin, "salaries", [[4, 1, 0, 1, 1, 1, 1, 1], [1, 0, 0, 4, 4, 4, 4, 4]])
    jointe = actions.regrouper(espace=espace, par=None, pistes=pistes[:2], texte="Les deux").piste
    votes = o.matrice(scrutin, [jointe.pk, pistes[2].pk, pistes[3].pk])
    assert np.array_equal(votes, [[-1, np.nan, -1], [-1, np.nan, 1]], equal_nan=True)


@pytest.mark.parametrize(
    ("reglages", "code"),
    [({"mode": "gommettes", "pistes": 8}, "pas_de_carte"), ({"mode": "adhesion", "pistes": 6}, "pas_de_carte")],
)
def test_dots_and_short_lists_have_no_map(espace, reglages, code):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, reglages["pistes"]), mode=reglages["mode"])
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 1})
    with pytest.raises(Refus) as refus:
        actions.dessiner_opinions(scrutin=actions.clore_scrutin(scrutin=scrutin, par=None), par=None)
    assert (refus.value.code, refus.value.statut) == (code, 422)


def test_a_map_waits_until_the_results_are_shown(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 8), mode="adhesion")
    with pytest.raises(Refus) as refus:
        actions.dessiner_opinions(scrutin=scrutin, par=None)
    assert (refus.value.code, refus.value.statut) == ("scrutin_pas_clos", 409)


def test_a_vote_too_large_for_a_page_is_refused_before_anything_is_computed(espace, monkeypatch):
    scrutin = f.faire_deux_camps(espace)
    monkeypatch.setattr("consultation.actions.opinions.SUR_PLACE", 239)
    with pytest.raises(Refus) as refus:
        actions.dessiner_opinions(scrutin=scrutin, par=None)
    assert (refus.value.code, Proclamation.objects.get().opinions) == ("trop_grand", None)
    call_command("dessiner_opinions", scrutin.pk, verbosity=0)
    assert len(Proclamation.objects.get().opinions["groupes"]) == 2


def test_the_command_says_what_is_wrong(espace):
    for numero, dit in ((0, "pas de vote"), (f.creer_scrutin(espace, mode="adhesion").pk, "pas encore montrés")):
        with pytest.raises(CommandError, match=dit):
            call_command("dessiner_opinions", numero)


def test_the_drawing_and_its_table_say_the_same_and_no_shape_hides_another(espace):
    scrutin = f.faire_deux_camps(espace, memes=6)
    actions.dessiner_opinions(scrutin=scrutin, par=None)
    vue = lectures.resultats(scrutin).opinions
    assert sum(g.n for g in vue.groupes) + vue.hors == vue.votants
    for groupe in vue.groupes:
        assert sum(forme.n for forme in groupe.formes) == groupe.n
    formes = [forme for groupe in vue.groupes for forme in groupe.formes]
    for rang, une in enumerate(formes):
        assert une.rayon < une.x < 720 - une.rayon
        assert une.rayon < une.y < 520 - une.rayon
        for autre in formes[:rang]:
            assert np.hypot(une.x - autre.x, une.y - autre.y) >= une.rayon + autre.rayon
    assert (vue.titre, vue.fondus) == ("2 façons de répondre", "")
    assert vue.description.startswith("Groupe A, ")
