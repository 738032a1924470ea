"""Who is there: a live screen or a recent act, never only having come in."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers import identite
from ateliers.direct import cadres, etats, hub, presence
from ateliers.lectures.parole import lire_parole
from ateliers.models import PRESENCE, Atelier, Place
from tests import fabriques as f

from .fabriques_salle import faire_atelier, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier():
    etats.oublier()
    presence.a_ecrire(maintenant=float("inf"))
    presence._ecrit_le = -presence.RYTHME
    return faire_atelier()


def venu_il_y_a(atelier, minutes, prenom, signe="salaries", vu=None):
    personne = faire_participant(atelier, signe, prenom)
    maintenant = timezone.now()
    vu_le = None if vu is None else maintenant - timedelta(minutes=vu)
    Place.objects.filter(participant=personne).update(
        entre_le=maintenant - timedelta(minutes=minutes), vu_le=vu_le
    )
    return personne


def test_those_who_came_in_and_those_who_are_there_are_two_numbers(atelier):
    venu_il_y_a(atelier, 1, "Amina")
    venu_il_y_a(atelier, 90, "Bao", "permanents", vu=2)
    venu_il_y_a(atelier, 90, "Karim", "permanents", vu=30)
    venu_il_y_a(atelier, 90, "Zohra")
    dite = cadres.presence(atelier.pk)
    assert (dite["total"], dite["entres"]) == (2, 4)
    assert {c["signe"]: c["n"] for c in dite["colleges"]} == {"salaries": 1, "permanents": 1, "administrateurs": 0}


def test_not_yet_counts_who_is_there(atelier):
    la, vote, parti = venu_il_y_a(atelier, 1, "A"), venu_il_y_a(atelier, 90, "B"), venu_il_y_a(atelier, 90, "C")
    scrutin = f.creer_scrutin(atelier.espace, f.creer_pistes(atelier.espace, 2))
    f.actions.voter(scrutin=scrutin, participant=vote, choix={})
    parole = lire_parole(atelier, scrutin=scrutin)
    assert (parole.presents, parole.entres, parole.votants, parole.pas_vote, parole.attendus) == (1, 3, 1, 1, 2)
    assert (parole.pas_encore, la.pk, parti.pk) == (1, la.pk, parti.pk)
    _sequence, rendus = cadres.rendre(atelier.pk, (cadres.PROJECTION,))
    assert (rendus["projection"]["scrutin"]["votants"], rendus["projection"]["scrutin"]["presents"]) == (1, 2)


def test_signs_of_life_are_written_together_and_not_more_often_than_said(atelier, django_assert_num_queries):
    gens = [venu_il_y_a(atelier, 90, nom) for nom in "ABC"]
    etranger = faire_participant(atelier, "salaries", "D", entre=False)
    for personne in (*gens, etranger):
        presence.voir(atelier.pk, personne.pk)
    lot = presence.a_ecrire(maintenant=1000.0)
    with django_assert_num_queries(1):
        presence.ecrire([lot])
    assert cadres.presence(atelier.pk)["total"] == 3
    assert not Place.objects.filter(participant=etranger).exists()
    presence.voir(atelier.pk, gens[0].pk)
    assert presence.a_ecrire(maintenant=1000.0 + presence.RYTHME - 1) == {}
    assert presence.a_ecrire(maintenant=1000.0 + presence.RYTHME) == {atelier.pk: {gens[0].pk}}


@pytest.mark.parametrize("adresse", ["etat", "salle"])
def test_a_phone_that_polls_or_asks_for_its_page_is_there(client, atelier, adresse):
    personne = venu_il_y_a(atelier, 90, "Amina")
    from tests.attaques.monde import biscuit

    client.cookies[identite.COOKIE] = biscuit(personne)
    assert cadres.presence(atelier.pk)["total"] == 0
    page = (
        f"/a/{atelier.code}/etat.json?pour=participants"
        if adresse == "etat"
        else reverse("salle", args=[atelier.code])
    )
    assert client.get(page).status_code == 200
    assert cadres.presence(atelier.pk)["total"] == 1


def test_a_room_moves_when_people_leave_it_without_a_word(atelier):
    venu_il_y_a(atelier, 90, "Amina", vu=1)
    dite = cadres.presence(atelier.pk)
    avant = Atelier.objects.get(pk=atelier.pk).sequence
    hub._rafraichir_les_presences({}, {atelier.pk: dite})
    assert Atelier.objects.get(pk=atelier.pk).sequence == avant
    Place.objects.update(vu_le=timezone.now() - PRESENCE - timedelta(seconds=1))
    hub._rafraichir_les_presences({}, {atelier.pk: dite})
    assert Atelier.objects.get(pk=atelier.pk).sequence == avant + 1


def test_the_snapshot_says_both(client, atelier):
    venu_il_y_a(atelier, 90, "Amina", vu=1)
    venu_il_y_a(atelier, 90, "Bao")
    lu = json.loads(client.get(f"/a/{atelier.code}/etat.json?pour=projection").content)
    assert (lu["presence"]["total"], lu["presence"]["entres"]) == (1, 2)
