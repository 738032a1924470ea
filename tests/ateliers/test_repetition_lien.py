"""A rehearsal's phone: its connection, its acts sent again, its frames, its figures."""

import asyncio
import re
import socket
import threading
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

from ateliers.repetition import regles, telephone
from ateliers.repetition.cible import Cible
from ateliers.repetition.lien import Lien, LienRompu
from ateliers.repetition.mesures import Repartition
from ateliers.repetition.prise import Prise


def repondre_une_fois(*morceaux):
    """Listen, and answer the first request with `morceaux`, then close. Return the port."""
    ecoute = socket.create_server(("127.0.0.1", 0))

    def servir():
        prise, _adresse = ecoute.accept()
        prise.recv(1000)
        for morceau in morceaux:
            prise.sendall(morceau)
        prise.close()
        ecoute.close()

    threading.Thread(target=servir, daemon=True).start()
    return ecoute.getsockname()[1]


async def demander(port):
    lien = await Cible.locale(port).brancher(asyncio.get_running_loop(), Lien)
    async with asyncio.timeout(5):
        return await lien.demander(b"GET / HTTP/1.1\r\n\r\n")


async def test_an_answer_in_pieces_is_put_together():
    port = repondre_une_fois(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b; Path=/\r\n\r\n5\r\nbon",
        b"jo\r\n2;x\r\nur\r\n0\r\n\r\n",
    )
    reponse = await demander(port)
    assert (reponse.statut, reponse.corps, reponse.entete(b"set-cookie")) == (200, b"bonjour", b"a=b; Path=/")


@pytest.mark.parametrize(
    "reponse", [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"220 mail\r\n\r\n", b""]
)
async def test_an_answer_that_stops_half_way_or_is_none_is_a_broken_connection(reponse):
    port = repondre_une_fois(reponse)
    with pytest.raises(LienRompu):
        await demander(port)


async def test_an_act_is_sent_again_with_its_key_until_the_server_has_answered(monkeypatch):
    monkeypatch.setattr(regles, "PREMIERE", 0.01)
    reponses = [
        b"HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        b"",  # the connection is lost before an answer
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhotel",
        b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n"
        b'{"proposition":{"id": 12}}',
    ]
    recus = []

    async def repondre(lecture, ecriture):
        tete = await lecture.readuntil(b"\r\n\r\n")
        corps = await lecture.readexactly(int(re.search(rb"Content-Length: (\d+)", tete)[1]))
        recus.append(parse_qs(corps.decode()))
        ecriture.write(reponses[len(recus) - 1])
        ecriture.close()

    async with await asyncio.start_server(repondre, "127.0.0.1", 0) as ecoute:
        port = ecoute.sockets[0].getsockname()[1]
        phone = telephone.Telephone(Cible.locale(port), "K7P4M2")
        phone.page, phone.jeton = {"moi": "7", "etape": "3"}, "x" * 32
        acte = await phone.proposer("Une phrase")
        phone.arreter()
    assert acte.reponse == {"proposition": {"id": 12}}
    assert phone.recus("proposition") == [acte]
    champs = {"texte": ["Une phrase"], "moi": ["7"], "etape": ["3"], "cle": [acte.cle], "ordre": [str(acte.ordre)]}
    assert recus == [{**champs, "csrfmiddlewaretoken": ["x" * 32]}] * 4


def test_frames_are_read_whole_however_they_are_cut():
    lues, ecrits = [], []
    prise = Prise(b"%b", lues.append, None)
    prise.connection_made(SimpleNamespace(write=ecrits.append))
    long = b"a" * 300
    octets = b"HTTP/1.1 101 Switching\r\n\r\n" + b"\x81\x02ok" + b"\x81\x7e\x01\x2c" + long + b"\x89\x01p\x81\x00"
    for debut in range(0, len(octets), 7):
        prise.data_received(octets[debut : debut + 7])
    assert lues == [b"ok", long, b""]
    assert ecrits[1:] == [b"\x8a\x81\0\0\0\0p"]  # a pong, masked as a client's must be


def test_waits_are_told_by_half_nearly_all_and_the_last():
    assert Repartition.de([n / 100 for n in range(100, 0, -1)]) == Repartition(100, 0.5, 0.96, 1.0)
    assert Repartition.de([0.3]) == Repartition(1, 0.3, 0.3, 0.3)
    assert Repartition.de([]) is None
