"""A real server in a thread of this process, on a real base, for what shows between threads and sockets."""

import socket
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass

import environ
import pytest
import uvicorn
from django.db import DEFAULT_DB_ALIAS, connections

from tests import modele, serveurs
from tests.patience import PATIENCE, attendre


@dataclass
class ServeurLocal:
    port: int
    uvicorn: uvicorn.Server

    @property
    def http(self):
        return f"http://127.0.0.1:{self.port}"

    def ws(self, code, pour, jeton, suite=""):
        return f"ws://127.0.0.1:{self.port}/ws/a/{code}/?pour={pour}&jeton={jeton}{suite}"


@contextmanager
def brancher(**reglages):
    """Point every thread of this process at another base."""
    avant, ouverte = connections.settings[DEFAULT_DB_ALIAS], connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = {**avant, **reglages}
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = ouverte
        connections.settings[DEFAULT_DB_ALIAS] = avant


@pytest.fixture
def base_partagee(base_modele, django_db_blocker, tmp_path):
    """A fresh SQLite file for one test: a memory base is not for several threads."""
    chemin = tmp_path / "base.sqlite3"
    chemin.write_bytes(base_modele.read_bytes())
    with django_db_blocker.unblock(), brancher(NAME=str(chemin)):
        yield


@pytest.fixture
def base_postgres(postgres_url, django_db_blocker):
    """A fresh PostgreSQL base for one test, in this process."""
    with django_db_blocker.unblock(), brancher(**{**environ.Env.db_url_config(postgres_url), "OPTIONS": {}}):
        yield


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL of this module's own, that may be restarted. Yields the URL of a migrated database."""
    if not all(map(serveurs.programme, ("initdb", "postgres", "psql", "pg_ctl"))):
        pytest.skip("PostgreSQL is not installed: sudo apt-get install postgresql")
    with tempfile.TemporaryDirectory() as dossier, serveurs.lancer_postgres(dossier) as url:
        serveurs.dire_a_postgres(url, "CREATE DATABASE germoir")
        url = serveurs.autre_base(url, "germoir")
        modele.remplir_postgres(url)
        yield url, dossier


@contextmanager
def servir():
    """Serve the whole site from a thread of this process, on a free port."""
    config = uvicorn.Config(
        "plateforme.asgi:application",
        ws="plateforme.sockets:Sockets",
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
        fil.join(PATIENCE)
        prise.close()
        _lacher_les_fils()
        assert not fil.is_alive()


def _lacher_les_fils():
    """The next server of this process is on another base: no thread may keep a connection to this one."""
    from plateforme.asgi import application

    application.application_mapping["http"].fermer()


@pytest.fixture
def serveur_local(base_partagee):
    with servir() as en_marche:
        yield en_marche
