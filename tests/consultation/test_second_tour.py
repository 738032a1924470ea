"""A second round, after discussion: the same question, and what moved, without saying who."""

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Piste, Scrutin
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tout_le_detail(settings):
    settings.DETAILS_TUS_SUR_CENT = 0


@pytest.fixture
def espace():
    return f.creer_espace()


def voter(scrutin, **pour):
    """People of each college who agree with the first piste, out of twenty; all agree with the second but two."""
    for signe, n in pour.items():
        lignes = [[4 if qui < n else 1, 4 if qui > 1 else 1] for qui in range(20)]
        f.faire_repondre(scrutin, signe, lignes)
    return actions.clore_scrutin(scrutin=scrutin, par=None)


def deux_tours(espace, avant, apres):
    premier = voter(f.creer_scrutin(espace, f.creer_pistes(espace, 2), mode="adhesion"), **avant)
    second = actions.preparer_second_tour(scrutin=premier, par=None)
    return premier, voter(actions.ouvrir_scrutin(scrutin=second, par=None), **apres)


def ligne(scrutin, numero=1):
    return next(x for x in lectures.resultats(scrutin).lignes if x.piste.numero == numero)


def test_it_asks_the_same_pistes_under_the_same_rules_and_says_so(espace):
    quorum = {"college": f.college(espace.consultation), "part_min": 20}
    premier = f.creer_scrutin(espace, mode="adhesion", seuil=70, regle="tous_colleges", quorums=[quorum])
    premier = voter(premier, salaries=12, permanents=12)
    second = actions.preparer_second_tour(scrutin=premier, par=None)
    assert (second.mode, second.seuil, second.regle, second.titre) == (
        "adhesion",
        70,
        "tous_colleges",
        "Second tour : Vote de l’atelier",
    )
    assert set(second.pistes.all()) == set(premier.pistes.all())
    assert list(second.quorums.values_list("college", "part_min")) == [(quorum["college"].pk, 20)]
    une, meme = lectures.regle_du_scrutin(premier), lectures.regle_du_scrutin(second)
    assert meme == une.replace("Une piste", "Au second tour, où tout le monde vote à nouveau, une piste")


def test_a_shift_of_five_people_is_told_by_college_and_a_smaller_one_is_about_the_same(espace):
    premier, second = deux_tours(
        espace,
        {"salaries": 6, "permanents": 9, "administrateurs": 10},
        {"salaries": 15, "permanents": 11, "administrateurs": 8},
    )
    avant, apres = ligne(premier), ligne(second)
    assert (apres.total, apres.avant, apres.repere_avant) == (
        "34 personnes sur 60",
        "Au premier tour\u202f: 25 sur 60.",
        42,
    )
    assert {p.college.signe: p.texte for p in apres.parts} == {
        "salaries": "15 sur 20, 9 de plus",
        "permanents": "à peu près pareil, entre 5 et 13 sur 20",
        "administrateurs": "à peu près pareil, entre 6 et 14 sur 20",
    }
    assert (avant.avant, {p.texte for p in avant.parts}) == ("", {"6 sur 20", "9 sur 20", "10 sur 20"})
    assert "À peu près pareil" in lectures.resultats(second).tableau.explication


def test_one_college_alone_about_the_same_takes_another_with_it(espace):
    _premier, second = deux_tours(espace, {"salaries": 6, "permanents": 9}, {"salaries": 15, "permanents": 11})
    assert {p.texte for p in ligne(second).parts} == {"non montré", "à peu près pareil, entre 5 et 13 sur 20"}


def test_a_piste_joined_with_another_since_has_no_first_round(espace):
    premier = voter(f.creer_scrutin(espace, f.creer_pistes(espace, 2), mode="adhesion"), salaries=9, permanents=9)
    jointe = actions.regrouper(espace=espace, par=None, pistes=list(premier.pistes.all()), texte="Les deux").piste
    second = actions.preparer_second_tour(scrutin=premier, par=None)
    assert list(second.pistes.all()) == [jointe]
    second = actions.ouvrir_scrutin(scrutin=second, par=None)
    for signe in ("salaries", "permanents"):
        f.faire_repondre(second, signe, [[4 if qui < 10 else 1] for qui in range(20)])
    [seule] = lectures.resultats(actions.clore_scrutin(scrutin=second, par=None)).lignes
    assert (seule.avant, {p.texte for p in seule.parts}) == ("", {"10 sur 20"})


def test_what_the_first_round_kept_and_the_second_does_not_is_no_longer_kept(espace):
    deux_tours(espace, {"salaries": 15, "permanents": 15}, {"salaries": 4, "permanents": 4})
    etats = dict(Piste.objects.order_by("numero").values_list("numero", "etat"))
    assert etats == {1: Piste.Etat.BROUILLON, 2: Piste.Etat.RETENUE}


def test_it_waits_for_the_first_one_is_prepared_once_and_has_no_third(espace):
    premier = f.creer_scrutin(espace, mode="adhesion", resultats_attendent=True)
    with pytest.raises(Refus) as trop_tot:
        actions.preparer_second_tour(scrutin=premier, par=None)
    premier = voter(premier, salaries=9)
    with pytest.raises(Refus) as pas_montre:
        actions.preparer_second_tour(scrutin=premier, par=None)
    actions.montrer_resultats(scrutin=premier, par=None)
    second = actions.preparer_second_tour(scrutin=premier, par=None)
    assert actions.preparer_second_tour(scrutin=premier, par=None) == second
    voter(actions.ouvrir_scrutin(scrutin=second, par=None), salaries=9)
    actions.montrer_resultats(scrutin=second, par=None)
    with pytest.raises(Refus) as troisieme:
        actions.preparer_second_tour(scrutin=Scrutin.objects.get(pk=second.pk), par=None)
    codes = [refus.value.code for refus in (trop_tot, pas_montre, troisieme)]
    assert codes == ["scrutin_pas_clos", "scrutin_pas_clos", "dernier_tour"]
