"""What is made of a room once, while it does not move, and only what its screens show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import translation

from ateliers.annonces import avancer
from ateliers.direct import cadres, etats, reserve
from consultation import lectures
from consultation.models import Piste

from .fabriques_salle import faire_pistes
from .participant.gestes import Salle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rien_de_garde():
    reserve.oublier()


@pytest.fixture
def dressees(monkeypatch):
    """The votes whose table was made, one entry each time."""
    faites, faire = [], lectures.resultats
    monkeypatch.setattr(lectures, "resultats", lambda scrutin: faites.append(scrutin.pk) or faire(scrutin))
    return faites


@pytest.fixture
def salle():
    salle = Salle("vote", "discussion")
    salle.ouvrir("vote")
    salle.voter({salle.pistes[0].pk: 1})
    return salle


def test_what_was_made_at_one_sequence_is_dropped_whole_at_the_next():
    reserve.garder(1, "mots", 4, "les mots repris")
    reserve.garder(1, "autres", 4, "d’autres mots")
    reserve.garder(1, "autres", 5, "rien")
    assert (reserve.garde(1, "mots", 4), reserve.garde(1, "mots", 5), reserve.garde(1, "autres", 5)) == (
        None,
        None,
        "rien",
    )
    reserve.garder(1, "autres", 4, "un retard")
    assert reserve.garde(1, "autres", 5) == "rien"


def test_rooms_kept_are_bounded_and_the_oldest_gives_way():
    for numero in range(reserve.SALLES_MAX + 1):
        reserve.garder(numero, "x", 1, numero)
    assert [reserve.garde(numero, "x", 1) for numero in (0, 1, reserve.SALLES_MAX)] == [
        None,
        1,
        reserve.SALLES_MAX,
    ]


def test_results_are_made_once_for_wall_phones_and_frames_until_the_room_moves(salle, client, dressees):
    salle.clore("vote")
    salle.ouvrir("discussion")
    for _fois in range(2):
        assert client.get(reverse("projection", args=["K7P4M2"])).context["ecran"] == "resultats"
        salle.voir()
        cadres.rendre(salle.atelier.pk)
    assert dressees == [salle.etapes["vote"].scrutin_id]
    avancer(salle.atelier.pk)
    client.get(reverse("projection", args=["K7P4M2"]))
    assert len(dressees) == 2


def test_results_are_made_in_each_language(salle, dressees):
    salle.clore("vote")
    scrutin = salle.atelier.espace.scrutins.get()
    explications = {}
    for langue in ("fr", "en", "fr"):
        with translation.override(langue):
            explications[langue] = cadres.resultats_montres(salle.atelier.pk, 9, scrutin).tableau.explication
    assert (len(dressees), explications["fr"] != explications["en"]) == (2, True)


@pytest.mark.parametrize("page", ["salle", "projection"])
def test_a_page_makes_the_sections_it_shows_and_no_other(salle, client, monkeypatch, page):
    faites, section = [], cadres.Salle.section
    monkeypatch.setattr(cadres.Salle, "section", lambda s, nom, pour: faites.append(nom) or section(s, nom, pour))
    if page == "salle":
        salle.voir("?vote=fait")
        assert set(faites) == {"ecran", "scrutin"}  # what one is asked to reword is read apart
    else:
        client.get(reverse("projection", args=["K7P4M2"]))
        assert set(faites) == {"etape", "mur", "scrutin"}


@override_settings(GERMOIR_VOIE_RAPIDE=False)
def test_a_plain_vote_and_the_page_after_it_ask_as_much_in_a_room_of_forty_pistes_as_of_three_times_more(salle):
    def peser():
        with CaptureQueriesContext(connection) as lues:
            salle.voter({salle.pistes[0].pk: 1}, cle=f"{Piste.objects.count():032}")
            page = salle.voir("?vote=fait")
        return len(lues), page.content.count(b"<")

    salle.etapes["vote"].scrutin.pistes.add(*faire_pistes(salle.atelier, 40, debut=10))
    petite = peser()
    salle.etapes["vote"].scrutin.pistes.add(*faire_pistes(salle.atelier, 80, debut=50))
    assert peser() == petite
    assert petite[0] <= 36


def test_the_state_of_a_page_is_the_snapshot(salle):
    salle.clore("vote")
    salle.atelier.refresh_from_db()
    for pour in cadres.AUDIENCES:
        _seq, rendus = cadres.rendre(salle.atelier.pk, (pour,))
        lu = etats.EtatDePage(salle.atelier, pour)
        assert dict(lu) == {"seq": salle.atelier.sequence, **rendus[pour]}
