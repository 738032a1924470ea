"""Real servers for the tests that need one: the product on uvicorn, a browser, PostgreSQL, Redis."""

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

RACINE = Path(__file__).resolve().parents[1]
#: The product as it is run, without its port.
PRODUIT = "plateforme.asgi:application"
COMMANDE = [sys.executable, "-m", "uvicorn", PRODUIT, "--ws", "plateforme.sockets:Sockets"]
COMMANDE += ["--ws-per-message-deflate", "false", "--ws-max-size", "4096", "--timeout-graceful-shutdown", "5"]


def port_libre():
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def programme(*noms):
    """Return the path of the first program found under one of `noms`, or None."""
    dossiers = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/bin"), Path("/usr/sbin")]
    chemin = os.pathsep.join([os.environ.get("PATH", ""), *map(str, dossiers)])
    return next((trouve for nom in noms if (trouve := shutil.which(nom, path=chemin))), None)


def chromium():
    """The path of a Chromium; of the one without windows where it is: a page there costs a third of the work."""
    return programme("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Serveur:
    """A running product. `url` has no trailing slash; `journal` is what the server printed so far."""

    url: str
    sortie: Path
    pid: int

    @property
    def ws(self):
        return self.url.replace("http", "ws", 1)

    @property
    def journal(self):
        return self.sortie.read_text(errors="replace")


def _environnement(base_url, redis_url, reglages):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": reglages,
        "DATABASE_URL": base_url,
        "REDIS_URL": redis_url,
        "GERMOIR_PAGES_GARDEES": os.environ.get("GERMOIR_PAGES_GARDEES", "1"),
        "PYTHONPATH": os.pathsep.join([str(RACINE), str(RACINE / "site")]),
    }


class Ne:
    """A process born of `tests.couveuse`: what `subprocess.Popen` would say and do of it, as far as is needed."""

    _couveuse, _verrou = None, threading.Lock()
    returncode = None

    def __init__(self, commande, env, sortie):
        if Ne._couveuse is None:
            Ne._couveuse = _ouvrir_la_couveuse(env)
        module, *arguments = commande[2:]  # after the interpreter and -m
        self.pid = self._demander(module=module, arguments=arguments, env=env, sortie=str(sortie))
        try:
            self._fd = os.pidfd_open(self.pid)
        except ProcessLookupError:  # already over
            self.returncode = self._demander(fini=self.pid)

    @classmethod
    def _demander(cls, **ordre):
        with cls._verrou:
            cls._couveuse.stdin.write(json.dumps(ordre) + "\n")
            cls._couveuse.stdin.flush()
            return int(cls._couveuse.stdout.readline())

    def poll(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, delai=None):
        if self.returncode is None:
            if not select.select([self._fd], [], [], delai)[0]:
                raise subprocess.TimeoutExpired("server", delai)
            self.returncode = self._demander(fini=self.pid)
        return self.returncode

    def send_signal(self, lequel):
        if self.poll() is None:
            signal.pidfd_send_signal(self._fd, lequel)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def _ouvrir_la_couveuse(env):
    commande = [sys.executable, "-m", "tests.couveuse"]
    tuyau = subprocess.PIPE
    ouverte = subprocess.Popen(commande, cwd=RACINE, env=env, stdin=tuyau, stdout=tuyau, text=True)

    def fermer():
        ouverte.stdin.close()
        ouverte.wait()

    atexit.register(fermer)
    return ouverte


def demarrer(commande, env, sortie):
    """Start a process, which adds to the file `sortie`; from the process that has it loaded, where that can be."""
    Path(sortie).touch()
    if hasattr(os, "pidfd_open") and env["DJANGO_SETTINGS_MODULE"] == "tests.reglages":
        return Ne(commande, env, sortie)
    with Path(sortie).open("a") as flux:
        return subprocess.Popen(commande, cwd=RACINE, env=env, stdout=flux, stderr=subprocess.STDOUT)


def jouer(module, *arguments, env, dossier):
    """Run `python -m module` to its end in a process of its own; return what it printed. Raises RuntimeError."""
    sortie = Path(dossier) / f"{module}.txt"
    processus = demarrer([sys.executable, "-m", module, *arguments], env, sortie)
    if processus.wait():
        raise RuntimeError(sortie.read_text(errors="replace"))
    return sortie.read_text()


def _attendre(url, processus, sortie):
    fin = time.monotonic() + PATIENCE
    while time.monotonic() < fin:
        if processus.poll() is not None:
            break
        try:
            urllib.request.urlopen(url + "/manifeste.webmanifest", timeout=5).close()
            return
        except urllib.error.HTTPError:
            break
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer:\n{sortie.read_text(errors='replace')}")


@contextlib.contextmanager
def lancer(base_url, dossier, *, redis_url="", reglages="tests.reglages", options=(), application=PRODUIT):
    """Run uvicorn on a free port against `base_url`, and stop it at the end. Yields a `Serveur`."""
    port = port_libre()
    sortie = Path(dossier) / f"serveur-{port}.txt"
    commande = [application if mot == PRODUIT else mot for mot in COMMANDE] + ["--port", str(port), *options]
    processus = demarrer(commande, _environnement(base_url, redis_url, reglages), sortie)
    try:
        url = f"http://127.0.0.1:{port}"
        _attendre(url, processus, sortie)
        yield Serveur(url, sortie, processus.pid)
    finally:
        arreter(processus)


def arreter(processus):
    processus.terminate()
    try:
        processus.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        processus.kill()
        processus.wait()


@contextlib.contextmanager
def lancer_redis(dossier, port=None):
    """Run a Redis of our own on `port` or a free one, without persistence. Yields its URL."""
    port = port or port_libre()
    commande = [programme("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    commande += ["--save", "", "--appendonly", "no", "--dir", str(dossier)]
    processus = subprocess.Popen(commande, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        _attendre_port(port, processus)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        arreter(processus)


def _attendre_port(port, processus):
    fin = time.monotonic() + PATIENCE
    while time.monotonic() < fin and processus.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers on port {port}.")


def postgres_installe():
    return all(map(programme, ("initdb", "postgres", "psql", "pg_dump")))


@contextlib.contextmanager
def lancer_postgres(dossier, sur_disque=False):
    """Run a PostgreSQL cluster of our own on a free port. Yields the URL of an empty database.

    `sur_disque`: whether a commit waits for the disk, as in production; tests need not. PostgreSQL refuses to run
    as root: then it runs as the user `postgres`, in a folder given to that user.
    """
    port, donnees = port_libre(), Path(dossier) / "pg"
    donnees.mkdir()
    qui = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if qui:
        shutil.chown(donnees, "postgres")
        for parent in donnees.parents:
            if parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o111)
    initdb = [programme("initdb"), "-D", str(donnees), "-U", "germoir", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*qui, *initdb], check=True, capture_output=True, cwd="/")
    reglages = [
        "-c",
        f"fsync={'on' if sur_disque else 'off'}",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=300",
    ]
    commande = [*qui, programme("postgres"), "-D", str(donnees), "-p", str(port), "-h", "127.0.0.1", *reglages]
    processus = subprocess.Popen(commande, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/")
    try:
        _attendre_port(port, processus)
        yield f"postgres://germoir@127.0.0.1:{port}/postgres"
    finally:
        arreter(processus)


def autre_base(url, nom):
    """The URL of another database of the same server."""
    return f"{url.rsplit('/', 1)[0]}/{nom}"


def dire_a_postgres(url, sql, delai=PATIENCE):
    """Run one SQL statement with psql and return what it printed, without frames.

    Ask again for a while: a server just started may not answer yet.
    """
    fin = time.monotonic() + delai
    while True:
        fait = subprocess.run([programme("psql"), "-q", "-At", "-c", sql, url], capture_output=True, text=True)
        if fait.returncode == 0:
            return fait.stdout.strip()
        if fait.returncode != 2 or time.monotonic() > fin:  # 2: no connection
            raise RuntimeError(fait.stderr)
        time.sleep(0.2)
