"""What rooms and home pages read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ateliers import actions, lectures
from ateliers.models import Atelier, Etape

from .fabriques_ateliers import faire_atelier, faire_compte, faire_consultation, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    return faire_atelier(code="K7P4M2")


@pytest.mark.parametrize("saisie", ["K7P4M2", " k7p 4m2 ", "K7P-4M2", "k7p.4m2"])
def test_a_code_is_found_however_it_is_typed(salle, saisie):
    assert lectures.atelier_par_code(saisie) == salle


@pytest.mark.parametrize("saisie", ["", None, "K7P4M", "K7P4M2X", "é", "'; --"])
def test_anything_else_finds_nothing(salle, saisie):
    assert lectures.atelier_par_code(saisie) is None


def test_the_current_step_is_open_or_paused(salle):
    etape, _suivante = faire_etapes(salle)
    assert lectures.etape_courante(salle) is None
    actions.ouvrir_etape(etape=etape, par=None)
    assert lectures.etape_courante(salle) == etape
    actions.suspendre(etape=etape, par=None)
    assert lectures.etape_courante(salle) == etape
    actions.clore_etape(etape=etape, par=None)
    assert lectures.etape_courante(salle) is None


def test_someones_place_is_theirs(salle):
    personne = faire_participant(salle)
    assert lectures.est_entre(personne, salle) is True
    assert lectures.est_entre(faire_participant(salle, prenom="Yanis", entre=False), salle) is False
    assert lectures.est_entre(None, salle) is False


@pytest.mark.parametrize("nombre", [1, 6])
def test_each_sees_the_rooms_that_are_theirs_in_two_queries_at_most(salle, nombre, django_assert_max_num_queries):
    for rang in range(nombre - 1):
        faire_atelier(salle.consultation, code=f"AAAA{rang + 2}A", titre=f"Atelier {rang}")
    organise = faire_compte(salle.consultation, "organisateur", email="organise@exemple.test")
    anime = faire_compte(salle.consultation, "animateur", salle.espace)
    with django_assert_max_num_queries(2):
        tous = [a.consultation.titre for a in lectures.ateliers_de(organise)]
    assert (len(tous), list(lectures.ateliers_de(anime))) == (nombre, [salle])


def test_nobody_has_no_room(salle):
    assert list(lectures.ateliers_de(faire_compte())) == []


def test_what_happens_now_leaves_out_rehearsals_closed_consultations_and_quiet_rooms(salle):
    exercice = faire_atelier(salle.consultation, code="AAAAAA", titre="Exercice", repetition=True)
    calme = faire_atelier(salle.consultation, code="CCCCCC", titre="Calme")
    close = faire_atelier(faire_consultation(titre="Close", slug="close", etat="close"), code="DDDDDD")
    for atelier in (salle, exercice, close):
        Etape.objects.create(atelier=atelier, nature="accueil", titre="Accueil", etat="ouverte")
    faire_etapes(calme)
    assert list(lectures.en_ce_moment()) == [salle]


def minutes(deroulement, depart):
    return [
        (round((ligne.debut - depart).total_seconds() / 60), round((ligne.fin - depart).total_seconds() / 60))
        for ligne in deroulement.lignes
    ]


def test_a_deroule_to_come_starts_with_its_half_day(salle):
    faire_etapes(salle, "accueil", "ideation", "pause")
    lu = lectures.deroule(salle)
    assert (minutes(lu, salle.temps.debut), lu.retard) == ([(0, 10), (10, 20), (20, 30)], 0)


def test_a_deroule_on_its_way_says_how_late_it_is(salle):
    fait, courant, _a_venir = faire_etapes(salle, "accueil", "ideation", "pause")
    depart = salle.temps.debut
    Etape.objects.filter(pk=fait.pk).update(
        etat="fermee", ouverte_le=depart, fermee_le=depart + timedelta(minutes=12)
    )
    Etape.objects.filter(pk=courant.pk).update(
        etat="ouverte", ouverte_le=depart + timedelta(minutes=12), echeance=depart + timedelta(minutes=24)
    )
    lu = lectures.deroule(salle, maintenant=depart + timedelta(minutes=15))
    assert (minutes(lu, depart), lu.retard) == ([(0, 12), (12, 24), (24, 34)], 4)


def test_a_step_past_its_time_pushes_what_follows(salle):
    courant, _a_venir = faire_etapes(salle, "ideation", "pause")
    depart = salle.temps.debut
    Etape.objects.filter(pk=courant.pk).update(
        etat="ouverte", ouverte_le=depart, echeance=depart + timedelta(minutes=10)
    )
    lu = lectures.deroule(salle, maintenant=depart + timedelta(minutes=16))
    assert (minutes(lu, depart), lu.retard) == ([(0, 16), (16, 26)], 6)


def test_a_room_without_steps_has_an_empty_deroule(salle):
    assert lectures.deroule(salle) == lectures.Deroulement([], None, 0)


@pytest.mark.parametrize("nombre", [1, 12])
def test_a_deroule_is_read_in_one_query(salle, nombre, django_assert_num_queries):
    faire_etapes(salle, *["accueil"] * nombre)
    salle = Atelier.objects.select_related("temps").get(pk=salle.pk)
    with django_assert_num_queries(1):
        lectures.deroule(salle, maintenant=timezone.now())
