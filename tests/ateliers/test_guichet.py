"""The writer of votes: many senders at once, one transaction; what happens when it is full, held up or stopped."""

import asyncio
import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest
from django.core import signing
from django.db import connection, connections, transaction

from ateliers import actions, identite
from ateliers.models import Atelier
from consultation import guichet
from consultation.erreurs import Refus
from consultation.models import Bulletin, Journal, Participant
from tests.patience import PATIENCE, attendre

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes


@pytest.fixture(params=["base_partagee", pytest.param("base_postgres", marks=pytest.mark.services)])
def salle(request):
    request.getfixturevalue(request.param)
    atelier = faire_atelier()
    faire_pistes(atelier, 2)
    actions.ouvrir_etape(etape=faire_etapes(atelier, "vote")[0], par=None)
    yield atelier
    guichet.fermer()


def gens(salle, n):
    return [faire_participant(salle, prenom=f"P{rang}") for rang in range(n)]


def voter(salle, participant, **suite):
    piste = salle.espace.pistes.first()
    return actions.voter(atelier=salle, participant=participant, choix={piste.pk: 1}, **suite)


class Envois:
    """Votes sent at once, each from its thread; `rendus()`: "ok", a refusal (code, status), an error's name."""

    def __init__(self, salle, participants, **suite):
        self._rendus = [None] * len(participants)
        self._fils = [
            threading.Thread(target=self._voter, args=(rang, salle, p, suite))
            for rang, p in enumerate(participants)
        ]
        for fil in self._fils:
            fil.start()

    def _voter(self, rang, salle, participant, suite):
        try:
            voter(salle, participant, **suite)
            self._rendus[rang] = "ok"
        except Refus as refus:
            self._rendus[rang] = (refus.code, refus.statut)
        except Exception as erreur:
            self._rendus[rang] = type(erreur).__name__
        finally:
            connections.close_all()

    def rendus(self):
        for fil in self._fils:
            fil.join(PATIENCE)
        return self._rendus


@contextmanager
def base_tenue():
    """Hold the write lock, as another program would."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            Atelier.objects.select_for_update().first().espace.scrutins.select_for_update().first()
            yield
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as autre:
        autre.execute("BEGIN IMMEDIATE")
        yield
        autre.execute("ROLLBACK")


def remis():
    """How many ballots the writer was given so far, written or not."""
    return guichet._ouvert._file.unfinished_tasks


def test_votes_that_wait_together_are_written_together(salle):
    participants = gens(salle, 12)
    avant = Atelier.objects.get().sequence
    guichet.ouvrir()
    with base_tenue():
        envois = Envois(salle, participants)
        attendre(lambda: remis() == 12)
    assert envois.rendus() == ["ok"] * 12
    assert Bulletin.objects.count() == Journal.objects.filter(verbe="voter").count() == 12
    assert Atelier.objects.get().sequence - avant in (1, 2)


def test_a_base_held_for_five_seconds_by_another_writer_delays_votes_and_loses_none(salle):
    guichet.ouvrir()
    participants = gens(salle, 5)
    with base_tenue():
        envois = Envois(salle, participants)
        time.sleep(5)
        assert Bulletin.objects.count() == 0
    assert (envois.rendus(), Bulletin.objects.count()) == (["ok"] * 5, 5)


def test_when_all_places_are_taken_the_next_is_asked_to_come_back(salle):
    guichet.ouvrir(places=2, lot=1)
    participants = gens(salle, 8)
    with base_tenue():
        envois = Envois(salle, participants, cle="k")
        attendre(lambda: envois._rendus.count(("occupe", 503)) >= 5)
    rendus = envois.rendus()
    assert set(rendus) == {"ok", ("occupe", 503)}
    assert Bulletin.objects.count() == rendus.count("ok")
    for participant in participants:
        voter(salle, participant, cle="k")
    assert Bulletin.objects.count() == Journal.objects.filter(verbe="voter").count() == 8


def test_whoever_waits_too_long_is_asked_to_send_again_and_is_counted_once(salle):
    guichet.ouvrir(patience=0.2)
    (elle,) = gens(salle, 1)
    with base_tenue():
        assert Envois(salle, [elle], cle="k").rendus() == [("occupe", 503)]
    attendre(Bulletin.objects.exists)
    voter(salle, elle, cle="k")
    assert Journal.objects.filter(verbe="voter").count() == 1


def test_closing_writes_what_waits_first(salle):
    guichet.ouvrir()
    participants = gens(salle, 6)
    with base_tenue():
        envois = Envois(salle, participants)
        attendre(lambda: remis() == 6)
        fin = threading.Thread(target=guichet.fermer)
        fin.start()
    fin.join(PATIENCE)
    assert (envois.rendus(), Bulletin.objects.count()) == (["ok"] * 6, 6)


def test_whoever_is_inside_goes_before_those_at_the_door():
    guichet.ouvrir(lot=60)
    lots, libre = [], threading.Event()

    def ecrire(envois):
        libre.wait(PATIENCE)
        lots.append(envois)
        return envois

    async def venir():
        premier = asyncio.create_task(guichet.remettre(ecrire, "premier"))
        while remis() < 1 or not guichet._ouvert._file.empty():
            await asyncio.sleep(0.01)
        autres = [guichet.remettre(ecrire, f"entre {rang}", a_la_porte=True) for rang in range(50)]
        autres += [guichet.remettre(ecrire, f"vote {rang}") for rang in range(3)]
        taches = [asyncio.create_task(autre) for autre in autres]
        while remis() < 54:
            await asyncio.sleep(0.01)
        libre.set()
        return await asyncio.gather(premier, *taches)

    rendus = asyncio.run(venir())
    guichet.fermer()
    entrent, votent = [f"entre {rang}" for rang in range(50)], ["vote 0", "vote 1", "vote 2"]
    assert lots == [["premier"], votent + entrent[: guichet.LOT_A_LA_PORTE], entrent[guichet.LOT_A_LA_PORTE :]]
    assert rendus == ["premier", *entrent, *votent]


def test_a_ballot_that_breaks_a_lot_does_not_take_the_others_with_it(salle):
    guichet.ouvrir()
    participants = gens(salle, 4)
    with base_tenue():
        premier = Envois(salle, participants[:1])
        attendre(lambda: remis() == 1 and guichet._ouvert._file.empty())
        envois = Envois(salle, participants[1:])
        attendre(lambda: remis() == 4)
        # One that only the base refuses, when everything is written.
        object.__setattr__(guichet._ouvert._file.queue[-1][3], "cle", None)
    assert premier.rendus() == ["ok"]
    assert sorted(envois.rendus()) == ["IntegrityError", "ok", "ok"]
    assert Bulletin.objects.count() == 3


def test_inside_a_transaction_a_vote_is_written_in_it(salle):
    guichet.ouvrir()
    (elle,) = gens(salle, 1)
    with transaction.atomic():
        voter(salle, elle)
        transaction.set_rollback(True)
    assert (Bulletin.objects.count(), Participant.objects.count()) == (0, 1)


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_phone_is_told_to_send_again_and_when(salle, client, accept):
    guichet.ouvrir(places=1)
    guichet._ouvert._ferme = True  # as when it has no place left
    (elle,) = gens(salle, 1)
    jeton = {elle.consultation_id: (elle.pk, elle.generation)}
    client.cookies[identite.COOKIE] = signing.dumps(jeton, salt=identite._SEL_COOKIE)
    champs = {f"piste-{salle.espace.pistes.first().pk}": 1}
    reponse = client.post(f"/a/{salle.code}/voter/", champs, headers={"accept": accept})
    assert (reponse.status_code, reponse["Retry-After"]) == (503, "2")
    assert "Envoyez-le à nouveau" in reponse.content.decode().replace("\\u00e0", "à")
