"""One current step per room, its clock, its vote; two facilitators at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ateliers import actions
from ateliers.models import Atelier, Etape
from consultation.erreurs import Refus
from consultation.models import Journal, Scrutin

from .fabriques_ateliers import faire_atelier, faire_compte, faire_consultation, faire_etapes, faire_pistes

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    atelier = faire_atelier()
    faire_etapes(atelier, "accueil", "ideation", "vote")
    return atelier


@pytest.fixture
def anime(salle):
    return faire_compte(salle.consultation, "animateur", salle.espace)


def etats(atelier):
    return [e.etat for e in atelier.etapes.all()]


def refus(acte, *args, **kwargs):
    with pytest.raises(Refus) as leve:
        acte(*args, **kwargs)
    return leve.value.code, leve.value.statut


def test_opening_a_step_closes_the_one_before(salle, anime):
    accueil, ideation, _vote = salle.etapes.all()
    actions.ouvrir_etape(etape=accueil, par=anime)
    actions.ouvrir_etape(etape=ideation, par=anime)
    assert etats(salle) == ["fermee", "ouverte", "a_venir"]


def test_an_open_step_lasts_its_duration(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    assert etape.echeance - etape.ouverte_le == timedelta(minutes=10)


def test_opening_is_one_act_in_the_journal_and_moves_the_room(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    entree = Journal.objects.get()
    assert (entree.verbe, entree.objet_id, entree.compte_id, entree.consultation_id, entree.details) == (
        "ouvrir_etape",
        etape.pk,
        anime.pk,
        salle.consultation.pk,
        {"fermee": None, "scrutin": None},
    )
    assert Atelier.objects.get().sequence == 1


def test_the_second_facilitator_opening_the_same_step_is_told(salle, anime):
    etape = salle.etapes.first()
    actions.ouvrir_etape(etape=etape, par=anime)
    assert refus(actions.ouvrir_etape, etape=etape, par=anime) == ("deja_ouverte", 409)


def test_the_second_facilitator_opening_another_step_is_told_which_is_open(salle, anime):
    accueil, ideation, _vote = salle.etapes.all()
    actions.ouvrir_etape(etape=accueil, par=anime, attendu=None)
    with pytest.raises(Refus) as leve:
        actions.ouvrir_etape(etape=ideation, par=anime, attendu=None)
    assert (leve.value.code, leve.value.statut, accueil.titre in leve.value.message) == (
        "change_entre_temps",
        409,
        True,
    )
    assert etats(salle) == ["ouverte", "a_venir", "a_venir"]


def test_opening_with_what_one_saw_goes_through(salle, anime):
    accueil, ideation, _vote = salle.etapes.all()
    actions.ouvrir_etape(etape=accueil, par=anime, attendu=None)
    actions.ouvrir_etape(etape=ideation, par=anime, attendu=accueil.pk)
    assert etats(salle) == ["fermee", "ouverte", "a_venir"]


def test_the_base_itself_keeps_one_current_step(salle):
    accueil, ideation, _vote = salle.etapes.all()
    Etape.objects.filter(pk=accueil.pk).update(etat="ouverte")
    with pytest.raises(IntegrityError), transaction.atomic():
        Etape.objects.filter(pk=ideation.pk).update(etat="en_pause")


def test_someone_without_a_mandate_leads_nothing(salle):
    passant = faire_compte(email="passe@exemple.test")
    etape = salle.etapes.first()
    assert refus(actions.ouvrir_etape, etape=etape, par=passant) == ("interdit", 403)
    assert etats(salle) == ["a_venir", "a_venir", "a_venir"]


def test_a_facilitator_of_another_consultation_leads_nothing_here(salle):
    ailleurs = faire_consultation(titre="Ailleurs", slug="ailleurs")
    compte = faire_compte(ailleurs, "animateur", email="ailleurs@exemple.test")
    assert refus(actions.ouvrir_etape, etape=salle.etapes.first(), par=compte) == ("interdit", 403)


def test_a_closed_consultation_opens_no_step(salle, anime):
    salle.consultation.etat = "close"
    salle.consultation.save()
    etape = Etape.objects.first()
    assert refus(actions.ouvrir_etape, etape=etape, par=anime) == ("consultation_fermee", 409)


def test_a_rehearsal_opens_while_the_consultation_is_being_prepared(salle, anime):
    salle.consultation.etat = "preparation"
    salle.consultation.save()
    Atelier.objects.update(repetition=True)
    actions.ouvrir_etape(etape=Etape.objects.first(), par=anime)
    assert etats(salle)[0] == "ouverte"


def test_pausing_keeps_the_seconds_left_and_resuming_gives_them_back(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    Etape.objects.filter(pk=etape.pk).update(echeance=timezone.now() + timedelta(seconds=300))
    pause = actions.suspendre(etape=etape, par=anime)
    assert (pause.etat, 298 <= pause.restant <= 300, pause.echeance) == ("en_pause", True, None)
    reprise = actions.reprendre(etape=etape, par=anime)
    reste = (reprise.echeance - timezone.now()).total_seconds()
    assert (reprise.etat, 297 <= reste <= 300, reprise.restant) == ("ouverte", True, None)


def test_pausing_twice_and_resuming_what_runs_are_told(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    assert refus(actions.reprendre, etape=etape, par=anime) == ("pas_en_pause", 409)
    actions.suspendre(etape=etape, par=anime)
    assert refus(actions.suspendre, etape=etape, par=anime) == ("deja_en_pause", 409)


def test_minutes_added_once_time_is_past_count_from_now(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    Etape.objects.filter(pk=etape.pk).update(echeance=timezone.now() - timedelta(minutes=5))
    etape = actions.prolonger(etape=etape, minutes=2, par=anime)
    assert 118 <= (etape.echeance - timezone.now()).total_seconds() <= 120


def test_minutes_are_added_to_a_paused_step(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    pause = actions.suspendre(etape=etape, par=anime)
    assert actions.prolonger(etape=etape, minutes=2, par=anime).restant == pause.restant + 120


@pytest.mark.parametrize("minutes", [0, 1000])
def test_a_senseless_number_of_minutes_is_refused(salle, anime, minutes):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    assert refus(actions.prolonger, etape=etape, minutes=minutes, par=anime) == ("minutes", 422)


def test_acting_on_a_step_that_someone_just_closed_is_told(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    actions.clore_etape(etape=etape, par=anime)
    assert refus(actions.prolonger, etape=etape, minutes=2, par=anime) == ("pas_en_cours", 409)


def test_a_closed_step_opens_again_with_the_time_it_had_left(salle, anime):
    etape = actions.ouvrir_etape(etape=salle.etapes.first(), par=anime)
    Etape.objects.filter(pk=etape.pk).update(echeance=timezone.now() + timedelta(seconds=400))
    actions.clore_etape(etape=etape, par=anime)
    etape = actions.ouvrir_etape(etape=etape, par=anime)
    reste = (etape.echeance - timezone.now()).total_seconds()
    assert (etape.etat, 398 <= reste <= 400, etape.fermee_le) == ("ouverte", True, None)


def test_a_vote_step_opens_its_scrutin_on_the_living_pistes_and_closes_it(salle, anime):
    pistes = faire_pistes(salle, 2)
    vote = salle.etapes.get(nature="vote")
    etape = actions.ouvrir_etape(etape=vote, par=anime)
    scrutin = Scrutin.objects.get()
    assert (etape.scrutin_id, scrutin.etat, list(scrutin.pistes.all())) == (scrutin.pk, "ouvert", pistes)
    actions.clore_etape(etape=vote, par=anime)
    assert Scrutin.objects.get().etat == "clos"


def test_opening_the_next_step_closes_the_scrutin_of_the_vote(salle, anime):
    faire_pistes(salle, 1)
    accueil, _ideation, vote = salle.etapes.all()
    actions.ouvrir_etape(etape=vote, par=anime)
    actions.ouvrir_etape(etape=accueil, par=anime)
    assert (Scrutin.objects.get().etat, etats(salle)) == ("clos", ["ouverte", "a_venir", "fermee"])


def test_a_vote_without_piste_does_not_open_and_the_current_step_stays(salle, anime):
    accueil, _ideation, vote = salle.etapes.all()
    actions.ouvrir_etape(etape=accueil, par=anime)
    assert refus(actions.ouvrir_etape, etape=vote, par=anime) == ("sans_piste", 422)
    assert (etats(salle), Scrutin.objects.count()) == (["ouverte", "a_venir", "a_venir"], 0)


def test_a_vote_whose_results_were_seen_never_opens_again(salle, anime):
    faire_pistes(salle, 1)
    vote = salle.etapes.get(nature="vote")
    actions.ouvrir_etape(etape=vote, par=anime)
    actions.clore_etape(etape=vote, par=anime)
    assert refus(actions.ouvrir_etape, etape=vote, par=anime) == ("vote_clos", 409)
