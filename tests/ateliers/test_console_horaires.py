from datetime import UTC, datetime, timedelta

import pytest

from ateliers.lectures.horaires import heure_lisible, poser_horaires
from ateliers.models import Etape

DEBUT = datetime(2030, 3, 12, 13, 0, tzinfo=UTC)  # 14 h 00 in Paris
FIN = DEBUT + timedelta(hours=2)
ESPACE = "\u00a0"


def minute(n):
    return DEBUT + timedelta(minutes=n)


def etape(duree, etat="a_venir", nature="discussion", **champs):
    return Etape(titre="x", nature=nature, duree=duree, etat=etat, **champs)


def faite(duree, de, a):
    return etape(duree, "fermee", ouverte_le=minute(de), fermee_le=minute(a))


def ouverte(duree, de, echeance):
    return etape(duree, "ouverte", ouverte_le=minute(de), echeance=minute(echeance))


def poser(etapes, maintenant):
    return poser_horaires(etapes, debut=DEBUT, fin=FIN, maintenant=minute(maintenant))


def bornes(horaires):
    return [(p.debut and (p.debut - DEBUT) // timedelta(minutes=1), p.minutes) for p in horaires.passages]


def dit(phrase):
    return phrase.replace(ESPACE, " ")


def test_before_it_begins_the_clock_starts_with_the_half_day():
    horaires = poser([etape(10), etape(15)], -30)
    assert (bornes(horaires), dit(horaires.phrase)) == (
        [(0, 10), (10, 15)],
        "Fin prévue à 14 h 25 si vous commencez à 14 h 00.",
    )


def test_a_late_beginning_moves_everything():
    assert bornes(poser([etape(10), etape(15)], 20)) == [(20, 10), (30, 15)]


def test_done_steps_keep_their_real_times_and_the_rest_follows_the_current_one():
    horaires = poser([faite(10, 0, 12), ouverte(14, 12, 28), etape(15), etape(5)], 20)
    assert bornes(horaires) == [(0, 12), (12, 16), (28, 15), (43, 5)]
    assert (horaires.retard, dit(horaires.phrase)) == (4, "Fin prévue à 14 h 48, soit 4 min de retard.")


def test_a_pause_to_come_is_said_to_stay_whole_when_late():
    horaires = poser([ouverte(10, 0, 15), etape(15, nature="pause")], 2)
    assert dit(horaires.phrase) == "Fin prévue à 14 h 30, soit 5 min de retard. La pause reste entière."


def test_time_that_is_up_pushes_the_end_minute_by_minute():
    assert poser([ouverte(10, 0, 10), etape(5)], 13).retard == 3


def test_being_early_is_said_too():
    assert dit(poser([faite(10, 0, 4), etape(5)], 4).phrase) == "Fin prévue à 14 h 09, soit 6 min d’avance."


def test_on_time_is_said_plainly():
    assert dit(poser([ouverte(10, 0, 10)], 3).phrase) == "Fin prévue à 14 h 10, à l’heure."


def test_past_the_half_day_is_said():
    horaires = poser([ouverte(10, 0, 10), etape(115)], 3)
    assert (horaires.depasse, dit(horaires.phrase)) == (
        5,
        "Fin prévue à 16 h 05, à l’heure. C’est 5 minutes après la fin de la demi-journée.",
    )


def test_a_skipped_step_takes_no_time_and_is_named_so():
    horaires = poser([etape(10), ouverte(14, 0, 14)], 1)
    assert (bornes(horaires), horaires.passages[0].etat, horaires.retard) == ([(None, 10), (0, 14)], "passée", 0)


def test_a_paused_step_ends_when_it_would_if_it_went_on_now():
    en_pause = etape(10, "en_pause", ouverte_le=DEBUT, restant=120)
    assert bornes(poser([en_pause, etape(5)], 20)) == [(0, 22), (22, 5)]


def test_when_all_is_done_it_says_since_when():
    horaires = poser([faite(10, 0, 10), faite(5, 10, 17)], 40)
    assert (horaires.fini, dit(horaires.phrase)) == (True, "L’atelier est terminé depuis 14 h 17.")


def test_without_a_step_nothing_is_said():
    assert poser([], 0).phrase == ""


@pytest.mark.parametrize(("minutes", "attendu"), [(0, "14 h 00"), (65, "15 h 05")])
def test_an_hour_is_written_as_people_write_it_in_local_time(minutes, attendu):
    assert dit(heure_lisible(minute(minutes))) == attendu


def test_a_workshop_taken_up_another_day_is_not_told_late_by_hundreds_of_minutes():
    horaires = poser([faite(10, 0, 12), etape(15)], 24 * 60)
    assert dit(horaires.phrase).startswith("Fin prévue à 14 h 15.")
    assert dit(poser([faite(10, 0, 12), etape(15)], 250).phrase).startswith("Fin prévue à 18 h 25, soit 240 min")
