"""A process that has the product loaded, and gives birth to servers: they have only to open their door.

Loading Django and Wagtail is nearly all that starting a server costs, and a session starts thirty. Each server is
still a process of its own, made by `fork`, with its environment, its settings read anew from it, its own loop,
threads and connections: none exists yet in the process it comes from.

Orders come as JSON lines on the standard input: {"module", "arguments", "env", "sortie"}, answered by the number
of the process; {"fini": number}, answered by the code with which it ended, once it has.
"""

import contextlib
import importlib
import json
import os
import runpy
import signal
import sys
import time

#: What a server loads by its first request, and that opens nothing.
MODULES = ("uvicorn.main", "uvloop", "httptools", "uvicorn.lifespan.on", "uvicorn.protocols.http.httptools_impl",
           "plateforme.sockets", "plateforme.urls", "ateliers.direct.routes",
           "plateforme.service", "channels.routing", "channels.security.websocket")  # fmt: skip
#: The processes that ended, and how.
FINIS = {}


def charger():
    import django

    django.setup()
    for nom in MODULES:
        importlib.import_module(nom)


def relire_les_reglages():
    """Forget the settings, and what was made of them: the environment has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.cache import caches
    from django.core.files.storage import storages
    from django.db import connections
    from django.utils.functional import empty

    page = settings.WAGTAIL_PAGE_MODEL  # written there when Wagtail was loaded; its migrations read it
    for nom in ("plateforme.settings", os.environ["DJANGO_SETTINGS_MODULE"]):
        sys.modules.pop(nom, None)
    for nom in [nom for nom in vars(settings) if nom != "_wrapped"]:
        del vars(settings)[nom]
    settings._wrapped = staticfiles_storage._wrapped = empty
    storages._storages.clear()
    for gardien in (connections, caches):
        for ouvert in gardien.all(initialized_only=True):
            del gardien[getattr(ouvert, "alias", "default")]
        vars(gardien).pop("settings", None)
        gardien._settings = None
    settings.WAGTAIL_PAGE_MODEL = page


def naitre(ordre):
    """Become the process that was asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    entree, sortie = os.open(os.devnull, os.O_RDONLY), os.open(ordre["sortie"], os.O_WRONLY | os.O_APPEND)
    for de, vers in ((entree, 0), (sortie, 1), (sortie, 2)):
        os.dup2(de, vers)
    os.environ.clear()
    os.environ.update(ordre["env"])
    relire_les_reglages()
    sys.argv = [ordre["module"], *ordre["arguments"]]
    runpy.run_module(ordre["module"], run_name="__main__", alter_sys=True)


def _enterrer(*_signal):
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, etat = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            FINIS[pid] = os.waitstatus_to_exitcode(etat)


def servir():
    charger()
    signal.signal(signal.SIGCHLD, _enterrer)
    for ligne in sys.stdin:
        ordre = json.loads(ligne)
        if "fini" in ordre:
            while ordre["fini"] not in FINIS:
                time.sleep(0.01)
            print(FINIS[ordre["fini"]], flush=True)
        elif pid := os.fork():
            print(pid, flush=True)
        else:
            naitre(ordre)
            sys.exit()


if __name__ == "__main__":
    servir()
