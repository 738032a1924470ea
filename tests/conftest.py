"""What every test may ask for.

Browser tests are marked `parcours` and ask for `serveur`; they must NOT be marked `django_db`: while a module's
server runs, the test process writes (through the actions, as anyone) in that server's own database.
"""

import contextlib
import gc
import shutil
import sqlite3
import tempfile
import time
from itertools import accumulate
from operator import itemgetter
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from ateliers import identite
from ateliers.direct import etats, presence
from consultation.models import Participant
from tests import modele, serveurs
from tests.patience import PATIENCE

# A session holds many objects that stay: to look for cycles among them rarely is enough.
gc.set_threshold(100_000, 50, 50)


def pytest_collection_modifyitems(items):
    """What needs a real server comes first: it waits more than it works, and none is left for the end alone.

    Say why a browser test cannot run.
    """
    sans_chromium = pytest.mark.skip(
        reason="Chromium is not installed: sudo apt-get install chromium-headless-shell"
    )
    for item in items:
        if item.get_closest_marker("parcours") and not serveurs.chromium():
            item.add_marker(sans_chromium)
    items[:] = _entremeler(items)


def _entremeler(items):
    """Files of browsers and services spread among the others: all at once, they starve each other tenfold.

    They are through before the end, so that no worker is left alone with one.
    """
    fichiers = {}
    for item in items:
        fichiers.setdefault(item.path, []).append(item)
    lents, autres = [], []
    for siens in fichiers.values():
        lent = any(item.get_closest_marker(sorte) for item in siens for sorte in ("parcours", "services"))
        (lents if lent else autres).append(siens)
    pas = 0.8 * sum(map(len, autres)) / max(1, len(lents))
    debuts = accumulate(map(len, autres), initial=0)
    places = [(rang * pas, 0, siens) for rang, siens in enumerate(reversed(lents))]
    places += [(debut, 1, siens) for debut, siens in zip(debuts, autres, strict=False)]
    return [item for *_place, siens in sorted(places, key=itemgetter(0, 1)) for item in siens]


def pytest_collection_finish():
    """What is there at the start stays to the end: never look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def base_modele(tmp_path_factory):
    """Path of a migrated SQLite database holding what the migrations put in, and nothing else.

    It is the session's own: the one that is kept goes as soon as another session finds a migration changed.
    """
    return Path(shutil.copy(modele.base_migree(), tmp_path_factory.mktemp("modele")))


@pytest.fixture(scope="session")
def django_db_setup(base_modele, django_db_blocker):
    """The test database, in memory, is a copy of the migrated one: the migrations alone take half a minute."""
    reglages = connection.settings_dict
    avant = reglages["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        reglages["NAME"] = "file:germoir_tests?mode=memory&cache=shared"
        with contextlib.closing(sqlite3.connect(base_modele)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
        yield
        connection.close()
    reglages["NAME"] = avant


@pytest.fixture(autouse=True)
def _rien_de_garde():
    """Forget what is kept in memory: rooms and roots of sites, since the next ones may bear the same numbers;
    the language in which the last page was asked for; signs of life, which are as if written just now: they would
    fall, one time in a hundred, in the middle of what a test counts.
    """
    etats.oublier()
    presence.a_ecrire(maintenant=float("inf"))
    presence._ecrit_le = time.monotonic()
    cache.clear()
    caches["pages"].clear()
    translation.deactivate()


def _brancher(chemin):
    ouverte = connections["default"]
    ouverte.close()
    avant = ouverte.settings_dict["NAME"]
    ouverte.settings_dict["NAME"] = str(chemin)
    return avant


@pytest.fixture(scope="module")
def base_du_serveur(base_modele, tmp_path_factory, django_db_blocker):
    """A fresh database file for the module, in which the test process itself now reads and writes."""
    chemin = Path(shutil.copy(base_modele, tmp_path_factory.mktemp("base") / "germoir.sqlite3"))
    memoire = connections["default"].connection  # an in-memory database dies with its last connection
    connections["default"].connection = None
    with django_db_blocker.unblock():
        avant = _brancher(chemin)
        yield chemin
        _brancher(avant)
    connections["default"].connection = memoire


@pytest.fixture(scope="module")
def serveur(base_du_serveur, tmp_path_factory):
    """The product on uvicorn, for the module. See `tests.serveurs.Serveur`."""
    with serveurs.lancer(f"sqlite:///{base_du_serveur}", tmp_path_factory.mktemp("serveur")) as lance:
        yield lance


@pytest.fixture(scope="module")
def navigateur():
    """A headless Chromium, one per module: its event loop must be gone before asynchronous tests run."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is slow; a wrong page stays wrong

    with sync_playwright() as pilote:
        lance = pilote.chromium.launch(
            executable_path=serveurs.chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield lance
        lance.close()
        # While its loop runs, Django keeps this thread other connections than before and after: to this base.
        connections.close_all()


@pytest.fixture
def ouvrir(navigateur, serveur):
    """Return a function that opens a page as a new device: ouvrir("/moi/", qui=sonia, largeur=390, **options).

    `qui`: the account or the participant whose device it is, past the door: a form and two pages less. A service
    worker fetches thirty files for each phone: `service_workers="allow"` where it matters.
    The test fails if a page it opened met a script error or something the content policy refused.
    """
    contextes, erreurs = [], []

    def nouvelle(chemin="/", *, qui=None, largeur=390, hauteur=844, attendre_erreurs=False, **options):
        options = {"locale": "fr-FR", "service_workers": "block", **options}
        contexte = navigateur.new_context(
            base_url=serveur.url, viewport={"width": largeur, "height": hauteur}, **options
        )
        contexte.set_default_timeout(PATIENCE * 1000)
        contexte.add_cookies(_cookies_de(qui, serveur.url) if qui else [])
        contextes.append(contexte)
        page = contexte.new_page()
        if not attendre_erreurs:
            page.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
            page.on("console", lambda ligne: erreurs.append(ligne.text) if _grave(ligne) else None)
        if chemin:
            page.goto(chemin)
        return page

    yield nouvelle
    for contexte in contextes:
        contexte.close()
    assert erreurs == []


def _cookies_de(qui, url):
    """What the doors leave on a device: the session of an account, or the mark of a participant."""
    if isinstance(qui, Participant):
        porte = HttpResponse()
        identite.retenir(porte, qui, cookies={})
    else:
        porte = Client()
        porte.force_login(qui)
    return [{"name": nom, "value": pose.value, "url": url} for nom, pose in porte.cookies.items()]


def _grave(ligne):
    """Errors of ours: a refused resource or a script's own; a page's HTTP status is asserted by its test."""
    return ligne.type == "error" and "Failed to load resource" not in ligne.text


#: [(rule, its first elements)]. What fades in has its colours at once, by a constructed sheet: the page's policy
#: refuses styles written in it. What axe finds right is three quarters of its answer, and nobody reads it.
DEFAUTS = """async () => {
  const feuille = new CSSStyleSheet();
  feuille.replaceSync(`*, ::before, ::after { transition: none !important; animation: none !important }
                       .messages > ul { opacity: 1 !important; top: 0 !important }`);
  document.adoptedStyleSheets.push(feuille);
  const { violations } = await axe.run({ reporter: "no-passes" });
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))]);
}"""


@pytest.fixture
def sans_defaut_axe():
    """Return a function that runs axe on a page, once it is all there, and asserts that it finds nothing."""
    from axe_playwright_python.base import AXE_SCRIPT

    def verifier(page):
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        assert page.evaluate(DEFAUTS) == []

    return verifier


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """URL of a Redis started for the session."""
    if not serveurs.programme("redis-server"):
        pytest.skip("Redis is not installed: sudo apt-get install redis-server")
    with serveurs.lancer_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def modele_postgres():
    """URL of a PostgreSQL of our own whose base "modele" is migrated, to be copied; see `postgres_url`.

    Not in pytest's own folder, which every new session closes to the other users, PostgreSQL's among them.
    """
    if not serveurs.postgres_installe():
        pytest.skip("PostgreSQL is not installed: sudo apt-get install postgresql")
    with tempfile.TemporaryDirectory() as dossier, serveurs.lancer_postgres(dossier) as url:
        serveurs.dire_a_postgres(url, "CREATE DATABASE modele")
        modele.remplir_postgres(serveurs.autre_base(url, "modele"))
        yield url


@pytest.fixture
def postgres_url(modele_postgres):
    """URL of a fresh, migrated PostgreSQL database for one test."""
    serveurs.dire_a_postgres(modele_postgres, "DROP DATABASE IF EXISTS essai WITH (FORCE)")
    serveurs.dire_a_postgres(modele_postgres, "CREATE DATABASE essai TEMPLATE modele")
    return serveurs.autre_base(modele_postgres, "essai")
