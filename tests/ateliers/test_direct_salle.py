"""The live path on a real server, with real sockets: who hears what, when, and what a bad client can do."""

import asyncio
import json
import socket
import threading
import urllib.request
from functools import partial

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from ateliers import actions, annonces
from ateliers.annonces import avancer
from ateliers.direct import consumers
from ateliers.direct import hub as module_salle
from ateliers.identite import jeton_direct
from ateliers.models import Atelier
from ateliers.repetition import regles
from consultation import actions as actes
from consultation.models import Piste
from tests.patience import PATIENCE, attendre

from .conftest import servir
from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes

AUDIENCES = ("participants", "projection", "console")


@pytest.fixture
def salle(base_partagee):
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "vote")
    return atelier


def ouvrir(serveur, atelier, pour="projection", jeton=None, suite="", **options):
    jeton = jeton_direct(pour, atelier) if jeton is None else jeton
    return connect(serveur.ws(atelier.code, pour, jeton, suite), proxy=None, **options)


def recevoir(prise, delai=PATIENCE):
    return json.loads(prise.recv(timeout=delai))


def fusionner(etat, trame):
    assert trame.get("depuis", etat["seq"]) <= etat["seq"]
    return {**regles.fusionner(etat, trame), "seq": trame["seq"]}


def snapshot(serveur, atelier, pour="projection"):
    adresse = f"{serveur.http}/a/{atelier.code}/etat.json?pour={pour}&jeton={jeton_direct(pour, atelier)}"
    with urllib.request.urlopen(adresse) as reponse:
        return json.load(reponse)


def dire(atelier, participant, rang=0):
    return actes.deposer_proposition(
        espace=atelier.espace, participant=participant, texte=f"Une idée assez longue, numéro {rang}."
    )


def sequence():
    return Atelier.objects.get().sequence


def test_each_audience_first_hears_the_whole_state(serveur_local, salle):
    for pour in AUDIENCES:
        with ouvrir(serveur_local, salle, pour) as prise:
            etat = recevoir(prise)
        assert (etat["quoi"], etat["seq"], etat["etape"], "console" in etat) == (
            "etat",
            0,
            None,
            pour == "console",
        )


def test_an_act_reaches_every_audience_with_only_what_changed(serveur_local, salle):
    prises = {pour: ouvrir(serveur_local, salle, pour, legacy=True) for pour in AUDIENCES}
    for prise in prises.values():
        recevoir(prise)
    actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
    for prise in prises.values():
        trame = recevoir(prise)
        assert {"quoi": trame["quoi"], "seq": trame["seq"], "depuis": trame["depuis"]} == {
            "quoi": "suite",
            "seq": 1,
            "depuis": 0,
        }
        assert set(trame) - {"quoi", "seq", "depuis", "maintenant"} == {"etape", "ecran"}
        prise.close()


@pytest.mark.parametrize("pour", AUDIENCES)
def test_frames_put_together_make_the_snapshot(serveur_local, salle, pour):
    personne = faire_participant(salle)
    with ouvrir(serveur_local, salle, pour) as prise:
        etat = recevoir(prise)
        dire(salle, personne)
        actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
        etat = rejoindre(prise, etat, partial(snapshot, serveur_local, salle, pour))
        actions.clore_etape(etape=salle.etapes.first(), par=None)
        rejoindre(prise, etat, partial(snapshot, serveur_local, salle, pour))


def rejoindre(prise, etat, lire):
    """Merge frames into `etat` until it says what `lire()` says, but for the number: some moves tell nothing."""
    while _ce_qui_est_dit(etat) != _ce_qui_est_dit(lire()):
        etat = fusionner(etat, recevoir(prise))
    return etat


def _ce_qui_est_dit(etat):
    return {nom: valeur for nom, valeur in etat.items() if nom not in ("quoi", "maintenant", "seq")}


def test_someone_who_knows_the_state_is_only_greeted(serveur_local, salle):
    with ouvrir(serveur_local, salle) as prise:
        seq = recevoir(prise)["seq"]
        with ouvrir(serveur_local, salle, suite=f"&seq={seq}") as revenue:
            bonjour = recevoir(revenue)
    assert (bonjour.pop("maintenant") > 0, bonjour) == (True, {"quoi": "bonjour", "seq": 0})


@pytest.mark.parametrize("pour", AUDIENCES)
def test_a_bad_token_opens_nothing(serveur_local, salle, pour):
    for jeton in ("", "faux", jeton_direct(pour, salle)[:-1]):
        with pytest.raises(InvalidStatus) as leve:
            ouvrir(serveur_local, salle, pour, jeton)
        assert leve.value.response.status_code == 403


def test_a_participant_does_not_hear_the_console(serveur_local, salle):
    jeton = jeton_direct(faire_participant(salle), salle)
    with pytest.raises(InvalidStatus):
        ouvrir(serveur_local, salle, "console", jeton)
    with ouvrir(serveur_local, salle, "participants", jeton) as prise:
        assert "console" not in recevoir(prise)


def test_a_token_of_another_room_does_not_open_this_one(serveur_local, salle):
    autre = faire_atelier(salle.consultation, code="AAAAAA", titre="Autre")
    with ouvrir(serveur_local, salle, jeton=jeton_direct("projection", autre)) as prise:
        recevoir(prise)
        actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
        with pytest.raises(TimeoutError):
            recevoir(prise, 0.6)


@pytest.mark.parametrize("envoi", ["x", "[]", b"ping", "p" * 5000, '{"voter": 1}'])
def test_anything_but_a_sign_of_life_closes_the_socket(serveur_local, salle, envoi):
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        prise.send(envoi)
        with pytest.raises(ConnectionClosed) as leve:
            recevoir(prise)
    assert leve.value.rcvd.code == 1008


def test_signs_of_life_are_answered_now_and_then(serveur_local, salle, monkeypatch):
    monkeypatch.setattr(consumers, "PONG", 600)  # seconds between two answers, however slow the machine
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        for _rang in range(50):
            prise.send("ping")
        assert recevoir(prise)["quoi"] == "pong"
        with pytest.raises(TimeoutError):
            recevoir(prise, 0.5)


def agiter(atelier, tour):
    """Reword 300 pistes at once: a frame of about 90 kB, more than a socket's buffers hold here."""
    Piste.objects.update(texte=f"Tour {tour} " + "x" * 250)
    avancer(atelier.pk)


def tour_de(trame):
    pistes = trame["pistes"]
    return pistes.get("liste", pistes.get("plus"))[0]["texte"].split()[1]


@pytest.fixture
def muet(serveur_local, salle):
    """A client with tiny buffers that takes the state, then stops reading."""
    faire_pistes(salle, 300)
    brut = socket.socket()
    brut.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    brut.connect(("127.0.0.1", serveur_local.port))
    with ouvrir(serveur_local, salle, sock=brut, max_queue=1) as prise:
        recevoir(prise)
        yield prise


def test_one_who_stops_reading_delays_nobody_and_catches_up_with_the_latest(serveur_local, salle, muet):
    with ouvrir(serveur_local, salle) as vif:
        recevoir(vif)
        for tour in range(8):
            agiter(salle, tour)
            assert tour_de(recevoir(vif)) == str(tour)
    lues = [recevoir(muet)]
    while tour_de(lues[-1]) != "7":
        lues.append(recevoir(muet))
    assert (len(lues) < 8, lues[-1]["quoi"], lues[-1]["seq"]) == (True, "etat", sequence())


def test_one_who_stays_stuck_is_let_go(serveur_local, salle, muet, monkeypatch):
    monkeypatch.setattr(module_salle, "VEILLE", 0.2)
    monkeypatch.setattr(module_salle, "PATIENCE", 3)
    with ouvrir(serveur_local, salle) as vif:
        recevoir(vif)
        (les_deux,) = next(iter(module_salle._hubs.values())).publics.values()
        assert len(les_deux.prises) == 2
        for tour in range(6):
            agiter(salle, tour)
            recevoir(vif)
        attendre(lambda: len(les_deux.prises) == 1)
        agiter(salle, 6)
        assert tour_de(recevoir(vif)) == "6"
    with pytest.raises(ConnectionClosed):
        lire_sans_fin(muet)


def lire_sans_fin(prise):
    while True:
        recevoir(prise)


def test_a_lost_notice_delays_a_screen_by_one_check_only(serveur_local, salle, monkeypatch):
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        Atelier.objects.update(sequence=5)
        salle.etapes.update(titre="Autre")
        salle.etapes.filter(nature="ideation").update(etat="ouverte")
        trame = recevoir(prise, module_salle.VEILLE + 2)
    assert (trame["seq"], trame["etape"]["titre"]) == (5, "Autre")


def test_whoever_comes_in_does_not_hide_from_the_others_that_the_room_moved(serveur_local, salle):
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        Atelier.objects.update(sequence=5)  # another process did it, and its notice was lost
        salle.etapes.filter(nature="ideation").update(etat="ouverte")
        with ouvrir(serveur_local, salle, "console") as venue:
            assert recevoir(venue)["seq"] == 5
            assert recevoir(prise)["seq"] == 5


def test_the_last_socket_gone_leaves_nothing_behind(serveur_local, salle):
    prises = [ouvrir(serveur_local, salle, pour, legacy=True) for pour in AUDIENCES]
    for prise in prises:
        recevoir(prise)
    assert (len(module_salle._hubs), len(annonces.ecouteurs)) == (1, 1)
    for prise in prises:
        prise.close()
    attendre(lambda: not module_salle._hubs)
    attendre(lambda: not any(fil.name.startswith("direct") for fil in threading.enumerate()))
    assert not annonces.ecouteurs


def test_whoever_is_let_in_as_the_last_one_leaves_is_told_the_state(salle):
    recus = asyncio.Queue()

    async def entrer():
        async def dire(message):
            if message["type"] == "websocket.accept":
                module_salle.hub().arreter()  # what the last one does on leaving
            await recus.put(message)

        jeton = jeton_direct("projection", salle)
        scope = {"query_string": f"pour=projection&jeton={jeton}".encode()}
        venues = asyncio.Queue()
        venues.put_nowait({"type": "websocket.connect"})
        tache = asyncio.create_task(consumers.DirectConsumer()(scope, venues.get, dire))
        dites = [(await asyncio.wait_for(recus.get(), PATIENCE))["type"] for _fois in range(2)]
        await venues.put({"type": "websocket.disconnect"})
        await tache
        return dites

    assert asyncio.run(entrer()) == ["websocket.accept", "websocket.send"]
    assert not module_salle._hubs


def test_a_server_stopped_and_started_again_serves_the_same_room(base_partagee, salle):
    with servir() as premier:
        prise = ouvrir(premier, salle, legacy=True)
        recevoir(prise)
    with pytest.raises(ConnectionClosed):
        recevoir(prise)
    assert (module_salle._hubs, annonces.ecouteurs) == ({}, set())
    with servir() as second, ouvrir(second, salle) as prise:
        recevoir(prise)
        actions.ouvrir_etape(etape=salle.etapes.first(), par=None)
        assert recevoir(prise)["etape"]["etat"] == "ouverte"


def test_an_act_done_by_a_request_reaches_the_sockets(serveur_local, salle):
    """The same way, but from the server's own threads."""
    with ouvrir(serveur_local, salle) as prise:
        recevoir(prise)
        fil = threading.Thread(target=avancer_ailleurs, args=(salle.pk,))
        fil.start()
        fil.join()
        assert recevoir(prise)["presence"]["total"] == 1


def avancer_ailleurs(atelier_id):
    from django.db import connections

    faire_participant(Atelier.objects.get(pk=atelier_id))
    avancer(atelier_id)
    connections.close_all()
