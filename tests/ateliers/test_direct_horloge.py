"""Clocks that begin with the machine: what has never happened is not taken for something that just did."""

import asyncio
import re
from types import SimpleNamespace

import pytest

from ateliers.direct.consumers import PONG, DirectConsumer
from ateliers.direct.prise import Prise
from tests.serveurs import RACINE

APPS = ("ateliers", "consultation", "contenus", "site")
#: What reads a clock that begins with the machine, or is given its time.
HORLOGE = re.compile(r"monotonic\(\)|\w+\.time\(\)|\bheure\b")


class MachineNeuve(asyncio.SelectorEventLoop):
    """A loop on a machine started when the test was; `avance` moves its clock on."""

    def __init__(self):
        self.avance = 0.0
        self._depart = asyncio.SelectorEventLoop.time(self)
        super().__init__()

    def time(self):
        return super().time() - self._depart + self.avance


@pytest.fixture
def boucle():
    boucle = MachineNeuve()
    yield boucle
    boucle.close()


def test_on_a_machine_just_started_the_first_sign_of_life_is_answered(boucle):
    dits = []

    async def send(message):
        dits.append(message["text"].split('"')[3])

    async def dialoguer():
        consommateur = DirectConsumer()
        consommateur.prise = Prise(send, asyncio.current_task())
        consommateur.hub = SimpleNamespace(sortir=lambda prise: None)
        for attente in (0, 0, PONG):
            boucle.avance += attente
            await consommateur.websocket_receive({"text": "ping"})
        return boucle.time()

    assert boucle.run_until_complete(dialoguer()) < 2 * PONG
    assert dits == ["pong", "pong"]


def sources():
    fichiers = [fichier for app in APPS for fichier in (RACINE / app).rglob("*.py")]
    return [fichier for fichier in fichiers if HORLOGE.search(fichier.read_text())]


def test_no_moment_begins_at_zero_to_mean_never():
    fautes = [
        (str(fichier.relative_to(RACINE)), ligne.strip())
        for fichier in sources()
        for ligne in fichier.read_text().splitlines()
        if re.search(r"=.*(?<![\d.])0(\.0)?\s*(#.*)?$", ligne)
        and re.search(r"_le\b|_avant\b|\bdepuis\b|\bvu\b", ligne)
    ]
    assert len(sources()) > 8
    assert fautes == []
