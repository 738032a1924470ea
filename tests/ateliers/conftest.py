"""A real server in a thread of this process, on a real SQLite file, for what shows between threads and sockets."""

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from django.db import DEFAULT_DB_ALIAS, connections

ATTENTE = 10  # seconds given to a server to start or stop


@dataclass
class ServeurLocal:
    port: int
    uvicorn: uvicorn.Server

    @property
    def http(self):
        return f"http://127.0.0.1:{self.port}"

    def ws(self, code, pour, jeton, suite=""):
        return f"ws://127.0.0.1:{self.port}/ws/a/{code}/?pour={pour}&jeton={jeton}{suite}"


@pytest.fixture
def base_de_fichier(base_modele, django_db_blocker, tmp_path):
    """Point every thread of this process at a fresh file for one test. Return its path."""
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        pytest.skip("The live tests run on SQLite files.")
    chemin = tmp_path / "base.sqlite3"
    chemin.write_bytes(base_modele.read_bytes())
    reglages, memoire = connections.settings[DEFAULT_DB_ALIAS], connections[DEFAULT_DB_ALIAS]
    nom, reglages["NAME"] = reglages["NAME"], str(chemin)
    connections[DEFAULT_DB_ALIAS] = memoire.copy()
    with django_db_blocker.unblock():
        yield chemin
        connections[DEFAULT_DB_ALIAS].close()
    connections[DEFAULT_DB_ALIAS] = memoire
    reglages["NAME"] = nom


@contextmanager
def servir():
    """Serve the whole site from a thread of this process, on a free port."""
    config = uvicorn.Config(
        "plateforme.asgi:application",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    serveur = uvicorn.Server(config)
    prise = socket.socket()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)  # so that a client that does not read shows soon
    prise.bind(("127.0.0.1", 0))
    fil = threading.Thread(target=serveur.run, kwargs={"sockets": [prise]}, name="serveur-d-essai")
    fil.start()
    attendre(lambda: serveur.started)
    try:
        yield ServeurLocal(prise.getsockname()[1], serveur)
    finally:
        serveur.should_exit = True
        fil.join(ATTENTE)
        prise.close()
        assert not fil.is_alive()


@pytest.fixture
def serveur_local(base_de_fichier):
    with servir() as en_marche:
        yield en_marche


def attendre(condition, delai=ATTENTE):
    """Wait until `condition()` is true, and fail after `delai` seconds."""
    limite = time.monotonic() + delai
    while not condition():
        assert time.monotonic() < limite, "This never happened."
        time.sleep(0.01)
