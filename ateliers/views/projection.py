"""The projector. It shows what the room may see and nothing else, so the code on the wall is enough to open it.

That is the very state that `etat.json?pour=projection` gives to anyone who holds the code: propositions already
shown, without names; counts; results only once a vote is closed, with small colleges withheld. Nothing is written.
"""

import json
from operator import attrgetter, itemgetter
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures as lectures_consultation
from consultation.lectures.resultats import pistes_du_scrutin
from consultation.models import Scrutin
from consultation.textes import entier

from .. import identite
from ..direct.cadres import PROJECTION
from ..direct.etats import corps_du_snapshot
from ..essais import EpreuveDemandee
from ..lectures.console import lire_programme
from ..lectures.projection import (
    choisir_ecran,
    etapes_montrees,
    pages_de_pistes,
    pages_de_resultats,
    tenir_au_mur,
    tourner,
)
from ..qr import svg_qr
from .entree import chercher_atelier, demander_code


@require_safe
@never_cache
def projection(request, code):
    """Show the room's screen; `?page=2` turns the pages of a long list."""
    try:
        atelier = chercher_atelier(request, code)
    except EpreuveDemandee as refus:
        return demander_code(request, code[:40], refus)
    if atelier is None:
        raise Http404
    _sequence, corps = corps_du_snapshot(atelier.pk, PROJECTION)
    etat = json.loads(corps)
    programme = lire_programme(atelier)
    ecran = choisir_ecran(etat, programme.etapes)
    adresse = _adresse_publique(request, f"/r/{atelier.code}/")
    contexte = {
        "atelier": atelier,
        "etat": etat,
        "programme": programme,
        "etapes": etapes_montrees(programme.etapes, programme.courante and programme.courante.pk),
        "ecran": ecran,
        "gabarit": f"ateliers/animation/projection/_{ecran}.html",
        "hote": urlsplit(adresse).netloc,
        "qr": svg_qr(adresse, f"{urlsplit(adresse).netloc} {atelier.code_lisible}"),
        "jeton": identite.jeton_direct(identite.PROJECTION, atelier),
        **_page(etat, ecran, request.GET.get("page", ""), atelier.espace.question),
    }
    reponse = render(request, "ateliers/animation/projection.html", contexte)
    reponse["X-Robots-Tag"] = "noindex"
    return reponse


def _page(etat, ecran, numero, question):
    """Return the list this screen shows, on the page asked for."""
    numero = entier(numero, 9_999)
    numero = 1 if numero is None else numero
    if ecran == "mur":
        return {"mur": tenir_au_mur(etat["propositions"]["dernieres"], question)}
    if ecran == "pistes":
        # The newest first: the room looks for the one it has just made.
        pistes = etat["pistes"]["liste"][::-1]
        return {"page": tourner(pages_de_pistes(pistes, itemgetter("texte"), comptees=True), numero)}
    if ecran == "vote" and etat["scrutin"]:
        scrutin = Scrutin.objects.get(pk=etat["scrutin"]["id"])
        pistes = lectures_consultation.dans_l_ordre(scrutin.espace_id, pistes_du_scrutin(scrutin))
        return {"page": tourner(pages_de_pistes(pistes, attrgetter("texte")), numero)}
    if ecran == "resultats":
        scrutin = Scrutin.objects.get(pk=etat["resultats"]["scrutin"])
        tableau = lectures_consultation.resultats(scrutin).tableau
        return {"tableau": tableau, "page": tourner(pages_de_resultats(tableau.lignes), numero)}
    return {}


def _adresse_publique(request, chemin):
    """Return the address phones can reach: the public one, or the one this projector uses if none was set."""
    if urlsplit(settings.URL_PUBLIQUE).hostname in ("127.0.0.1", "localhost"):
        return request.build_absolute_uri(chemin)
    return settings.URL_PUBLIQUE + chemin
