"""The projector. It shows what the room may see and nothing else, so the code on the wall is enough to open it.

That is the very state that `etat.json?pour=projection` gives to anyone who holds the code: propositions already
shown, without names; counts; results only once a vote is closed, with small colleges withheld. Nothing is written.
"""

from operator import attrgetter, itemgetter
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation import lectures as lectures_consultation
from consultation.lectures.resultats import pistes_du_scrutin
from consultation.models import Proposition, Scrutin
from consultation.textes import entier

from .. import identite
from ..direct import cadres
from ..direct.etats import EtatDePage
from ..essais import EpreuveDemandee
from ..lectures import mur
from ..lectures.console import lire_programme
from ..lectures.mur import au_mur
from ..lectures.projection import (
    choisir_ecran,
    etapes_montrees,
    pages_de_grilles,
    pages_de_resultats,
    tourner,
)
from ..models import SurLeMur
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
    etat = EtatDePage(atelier, cadres.PROJECTION)
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
        **_page(atelier, etat, ecran, request.GET.get("page", "")),
    }
    reponse = render(request, "ateliers/animation/projection.html", contexte)
    reponse["X-Robots-Tag"] = "noindex"
    return reponse


def _page(atelier, etat, ecran, numero):
    """Return the list this screen shows, on the page asked for."""
    numero = entier(numero, 9_999)
    numero = 1 if numero is None else numero
    etape = etat["etape"] or {}
    question = atelier.espace.question or etape.get("titre", "")
    consigne = etape.get("titre", "").ljust(mur.SIGNES_TITRE) + etape.get("consigne", "")
    if ecran == "mur":
        return _tirage(au_mur(atelier), lambda ligne: ligne[0].texte_public, numero, question)
    if ecran == "une":
        return {"une": _a_la_une(etat)}
    if ecran == "grille":
        pages = [[page] for page in pages_de_grilles(etat["grilles"])]
        return {"page": tourner(pages or [[]], numero), "sans_compte": True}
    if ecran == "pistes":
        # The newest first: the room looks for the one it has just made.
        pistes = etat["pistes"]["liste"][::-1]
        return _tirage(pistes, itemgetter("texte"), numero, consigne, mur.RETRAIT_NUMERO, mur.FIXE + 2.3)
    if ecran == "vote" and etat["scrutin"]:
        scrutin = Scrutin.objects.get(pk=etat["scrutin"]["id"])
        pistes = lectures_consultation.dans_l_ordre(scrutin.espace_id, pistes_du_scrutin(scrutin))
        return _tirage(pistes, attrgetter("texte"), numero, consigne, mur.RETRAIT_NUMERO)
    if ecran == "resultats":
        scrutin = Scrutin.objects.get(pk=etat["resultats"]["scrutin"])
        return _resultats(cadres.resultats_montres(atelier.pk, etat["seq"], scrutin), numero)
    return {}


def _resultats(lus, numero):
    """Its pages of results, then what they say of agreement, then the map of opinions when there is one."""
    pages, suite = pages_de_resultats(lus.tableau.lignes), []
    accord = lus.tableau.accord
    if accord and (accord.rapproche or accord.partage):
        suite.append("accord")
    if lus.opinions:
        suite.append("carte")
    page = tourner([*pages, *([] for _une in suite)], numero)
    dit = suite[page.numero - len(pages) - 1] if page.numero > len(pages) else ""
    return {"tableau": lus.tableau, "opinions": lus.opinions, "accord": accord, "page": page, "dit": dit}


def _tirage(objets, texte_de, numero, titre, *place_prise):
    """The page asked for of a list, in the largest letters it fits."""
    place = mur.hauteur(titre)
    pages = mur.en_pages(objets, texte_de, place, *place_prise)
    return {"page": tourner(pages, numero, lambda page: mur.taille(page, texte_de, place, *place_prise))}


def _a_la_une(etat):
    """The proposition put forward."""
    [pk] = [cle for cle, place in etat["mur"]["places"].items() if place == SurLeMur.Place.UNE]
    return Proposition.objects.affichees().select_related("college", "auteur").get(pk=pk)


def _adresse_publique(request, chemin):
    """Return the address phones can reach: the public one, or the one this projector uses if none was set."""
    if urlsplit(settings.URL_PUBLIQUE).hostname in ("127.0.0.1", "localhost"):
        return request.build_absolute_uri(chemin)
    return settings.URL_PUBLIQUE + chemin
