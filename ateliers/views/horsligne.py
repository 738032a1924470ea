"""What opens the room again without network: the service worker, its list of files, its last-resort page."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

MODULES = (
    "actes arrives attente attentes brouillon bulletin direct ecran ecriture entree file fusion horloge "
    "listes memoire minuteur mots participant poste releve veille vote"
)
#: What the room's script imports at once, near and far.
MODULES_DE_SALLE = [f"ateliers/js/{nom}.js" for nom in MODULES.split() if nom not in ("entree", "participant")]
#: What a questionnaire's page needs besides.
DE_GRILLE = (
    "ateliers/css/grille.css",
    *(f"ateliers/js/{module}.js" for module in ("grille", "grille-cahier", "grille-saisie")),
)
#: Every file a room's page needs; a test compares it with what the page really asks for.
COQUE = (
    "css/tokens.css",
    "css/echelle.css",
    "css/composants.css",
    "css/accord.css",
    "ateliers/css/participant.css",
    "fonts/AtkinsonHyperlegible-Regular.woff2",
    "fonts/AtkinsonHyperlegible-Bold.woff2",
    "img/favicon.svg",
    "img/favicon-32.png",
    *(f"ateliers/js/{module}.js" for module in MODULES.split()),
    # Asked for by the scripts when there is need: a proof of work, ideas of one's own to be
    # reworded, a question put to the room.
    *(f"ateliers/js/{module}.js" for module in ("epreuve", "precision", "question")),
    *DE_GRILLE,
)
SOURCE = "ateliers/js/veilleur.js"


@require_safe
@cache_control(no_cache=True)
def veilleur(request):
    """The service worker: its version and its files, then the script itself. Browsers ask for it at each visit."""
    return HttpResponse(_source_courante(), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def hors_ligne(request):
    """The page shown in place of those that cannot open without network; nothing personal in it."""
    return render(request, "ateliers/participant/hors_ligne.html")


def _source_courante():
    return _source() if not settings.DEBUG else _source.__wrapped__()


@lru_cache(maxsize=1)
def _source():
    """Another content of any file, or another name, is another version: phones then take the files anew."""
    coque = [static(nom) for nom in COQUE]
    contenus = (Path(finders.find(nom)).read_bytes() for nom in (*COQUE, SOURCE))
    empreinte = hashlib.sha256(b"".join([json.dumps(coque).encode(), *contenus])).hexdigest()[:12]
    donnees = f"self.VERSION = {json.dumps(empreinte)};\nself.COQUE = {json.dumps(coque)};\n"
    return f"{donnees}importScripts({json.dumps(static(SOURCE))});\n"
