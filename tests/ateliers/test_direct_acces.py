"""Access that ends, ends on open screens too: a mandate taken back, someone put out or erased."""

import asyncio

import pytest
from django.urls import reverse
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ateliers import actions as ateliers_actions
from ateliers.direct import acces
from ateliers.direct.hub import hub
from ateliers.identite import Jeton, jeton_direct
from ateliers.models import Atelier
from consultation import actions
from consultation.models import Mandat
from tests.fabriques import creer_animateur

from .fabriques_salle import faire_atelier, faire_etapes, faire_participant
from .test_direct_salle import ouvrir, recevoir

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle(base_partagee):
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation")
    return atelier


def attendre_la_fin(prise):
    """Read until the server closes the socket."""
    with pytest.raises(ConnectionClosed):
        list(iter(lambda: recevoir(prise, 10), None))


def refuse(serveur, salle, pour, jeton):
    with pytest.raises(InvalidStatus) as erreur, ouvrir(serveur, salle, pour, jeton):
        pass
    return erreur.value.response.status_code


def test_a_console_is_let_go_when_its_mandate_ends_and_the_others_stay(serveur_local, salle, client):
    partie, restee = creer_animateur(salle.espace), creer_animateur(salle.espace)
    jetons = [jeton_direct("console", salle, compte) for compte in (partie, restee)]
    with (
        ouvrir(serveur_local, salle, "console", jetons[0]) as une,
        ouvrir(serveur_local, salle, "console", jetons[1]) as autre,
    ):
        recevoir(une)
        recevoir(autre)
        actions.reprendre_mandat(mandat=Mandat.objects.get(compte=partie), par=None)
        attendre_la_fin(une)
        autre.send("ping")
        while recevoir(autre)["quoi"] != "pong":
            pass
    assert refuse(serveur_local, salle, "console", jetons[0]) == 403
    with ouvrir(serveur_local, salle, "console", jetons[1]) as revenue:
        assert recevoir(revenue)["quoi"] == "etat"
    adresse = reverse("etat_direct", args=[salle.code])
    statuts = [client.get(adresse, {"pour": "console", "jeton": jeton}).status_code for jeton in jetons]
    assert statuts == [403, 200]


@pytest.mark.parametrize("fin", ["erased", "put out", "put out with others"])
def test_the_phone_of_someone_erased_or_put_out_is_let_go_and_the_others_stay(serveur_local, salle, fin):
    sonia, karim = faire_participant(salle), faire_participant(salle, prenom="Karim")
    jetons = [jeton_direct(personne, salle) for personne in (sonia, karim)]
    with (
        ouvrir(serveur_local, salle, "participants", jetons[0]) as une,
        ouvrir(serveur_local, salle, "participants", jetons[1]) as autre,
    ):
        recevoir(une)
        recevoir(autre)
        if fin == "erased":
            actions.effacer_participant(participant=sonia)
        elif fin == "put out":
            ateliers_actions.liberer_place(atelier=salle, participant=sonia, par=None)
        else:
            ateliers_actions.faire_sortir(atelier=salle, participants=[sonia.pk], par=None)
        attendre_la_fin(une)
        assert refuse(serveur_local, salle, "participants", jetons[0]) == 403
        autre.send("ping")
        while recevoir(autre)["quoi"] != "pong":
            pass
    assert Atelier.objects.get().acces == 2


async def test_a_room_that_comes_in_at_once_is_looked_at_once(monkeypatch):
    lues = []

    def acces_de(ateliers):
        lues.append(ateliers)
        return dict.fromkeys(ateliers, 0)

    monkeypatch.setattr(acces, "acces_de", acces_de)
    jeton = Jeton(7, "projection")
    assert await asyncio.gather(*(hub().admet(jeton) for _prise in range(50))) == [True] * 50
    assert lues == [{7}]
    hub().arreter_si_vide()
