"""What a vote keeps is kept everywhere: marked at the closing, preferred by what is written afterwards."""

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal, Piste, Scrutin
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def vote(espace, **reglages):
    """An open vote on three pistes: two of three people put a dot on the first, all eight on none of the third."""
    pistes = f.creer_pistes(espace, 3)
    scrutin = f.creer_scrutin(espace, pistes, **reglages)
    f.faire_voter(scrutin, "salaries", 7, {pistes[0]: 2, pistes[1]: 0})
    f.faire_voter(scrutin, "permanents", 2, {pistes[1]: 1})
    return scrutin, pistes


def etats(pistes):
    return [Piste.objects.get(pk=piste.pk).etat for piste in pistes]


def test_closing_a_vote_marks_the_pistes_it_kept_and_says_so_in_its_one_journal_entry(espace):
    scrutin, pistes = vote(espace)
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert etats(pistes) == ["retenue", "brouillon", "brouillon"]
    entree = Journal.objects.filter(verbe="clore_scrutin").get()
    assert entree.details == {"bulletins": 9, "retenues": [pistes[0].numero]}


def test_a_person_may_say_otherwise_and_is_not_contradicted(espace):
    scrutin, pistes = vote(espace)
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.reprendre_piste(piste=pistes[0], par=None)
    actions.retenir_piste(piste=pistes[2], par=None)
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert etats(pistes) == ["brouillon", "brouillon", "retenue"]


def test_results_that_wait_are_told_to_nobody_and_keep_nothing_until_they_are_shown(espace):
    animateur = f.creer_animateur(espace)
    scrutin, pistes = vote(espace, resultats_attendent=True)
    clos = actions.clore_scrutin(scrutin=scrutin, par=animateur)
    assert (lectures.resultats(clos).tableau, etats(pistes)) == (None, ["brouillon"] * 3)
    assert list(Scrutin.objects.montres()) == []
    montre = actions.montrer_resultats(scrutin=clos, par=animateur)
    assert [ligne.retenue for ligne in lectures.resultats(montre).lignes] == [True, False, False]
    assert (etats(pistes), list(Scrutin.objects.montres())) == (["retenue", "brouillon", "brouillon"], [scrutin])
    assert Journal.objects.filter(verbe="montrer_resultats").get().details == {"retenues": [pistes[0].numero]}


def test_whoever_closes_may_let_the_results_wait(espace):
    scrutin, _pistes = vote(espace)
    actions.clore_scrutin(scrutin=scrutin, par=None, attendre=True)
    assert Scrutin.objects.get(pk=scrutin.pk).est_montre is False


def test_showing_twice_writes_once_and_an_open_vote_is_not_shown(espace):
    scrutin, _pistes = vote(espace, resultats_attendent=True)
    with pytest.raises(Refus) as refus:
        actions.montrer_resultats(scrutin=scrutin, par=None)
    assert (refus.value.code, refus.value.statut) == ("scrutin_pas_clos", 409)
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.montrer_resultats(scrutin=scrutin, par=None)
    actions.montrer_resultats(scrutin=scrutin, par=None)
    assert Journal.objects.filter(verbe="montrer_resultats").count() == 1


def test_a_synthesis_tells_which_pistes_it_cites_without_the_group_having_kept_them(espace):
    pistes = f.creer_pistes(espace, 2)
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="S", par=None, espace=espace)
    assert lectures.provenance(synthese).pas_retenues == frozenset()
    actions.retenir_piste(piste=pistes[0], par=None)
    lue = lectures.provenance(synthese)
    assert (lue.pas_retenues, lue.non_retenues) == ({pistes[1].pk}, [pistes[1]])


def test_what_one_room_chose_says_nothing_of_the_pistes_of_another(espace):
    """A rapporteur read "pas retenue par le groupe" of a room whose vote was open, once any other had voted."""
    ailleurs = f.creer_espace(consultation=espace.consultation, titre="Ailleurs")
    siennes, autres = f.creer_pistes(espace, 2), f.creer_pistes(ailleurs, 2)
    actions.retenir_piste(piste=autres[0], par=None)
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="S", par=None)
    assert lectures.provenance(synthese).pas_retenues == {autres[1].pk}
    pleniere = f.creer_espace(consultation=espace.consultation, titre="Plénière")
    actions.reprendre_pistes(espace=pleniere, pistes=[*siennes, autres[0]], par=None)
    assert lectures.provenance(synthese).pas_retenues == {autres[1].pk}
    scrutin = f.creer_scrutin(pleniere)
    assert lectures.provenance(synthese).pas_retenues == {autres[1].pk}
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert lectures.provenance(synthese).pas_retenues >= {p.pk for p in siennes}
