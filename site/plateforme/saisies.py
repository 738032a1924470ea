"""What was typed is not lost when a session has gone: it is kept until its author has logged in again.

A form sent by nobody in particular is answered by the login page. What it held waits in that browser's session;
after login a page shows the words and sends the form again, to the same address and with the same keys, once its
author presses the button. It is the same for every form of the desk, the console and the administration.
"""

import secrets
import time

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation.textes import cle_de_mots

GARDEES = "saisies_gardees"
#: Pieces kept for one browser, signs kept in each, seconds they wait.
PIECES_MAX, SIGNES_MAX, DUREE = 5, 60_000, 24 * 3600
#: The hidden field that says which kept piece a form is.
REPERE = "saisie_gardee"
#: Fields never kept nor written in a page again.
_SECRETS = ("password", "mot_de_passe", "csrfmiddlewaretoken")
#: What people write, by name of field; other texts of more than a word are shown too.
NOMS = {
    "texte": gettext_lazy("Ce que vous aviez écrit"),
    "formulation": gettext_lazy("La piste"),
    "titre": gettext_lazy("Titre"),
    "chapeau": gettext_lazy("En quelques phrases"),
    "consigne": gettext_lazy("Consigne"),
    "criteres": gettext_lazy("Critères"),
    "indicateurs": gettext_lazy("Indicateurs"),
    "motif": gettext_lazy("Pourquoi"),
    "prenom": gettext_lazy("Prénom"),
    "origine_note": gettext_lazy("D’où vient la carte"),
}


def champs_de(saisie):
    """Return [(name, value)] of what a form held, in its order; without passwords nor its anti-forgery token."""
    noms = [nom for nom in saisie if not any(secret in nom for secret in _SECRETS)]
    return [(nom, valeur) for nom in noms for valeur in saisie.getlist(nom)]


def ecrits(champs):
    """Return the words among [(name, value)], and not the keys or numbers: what someone would be sorry to lose."""
    return [valeur for nom, valeur in champs if _est_ecrit(nom, valeur)]


def _est_ecrit(nom, valeur):
    texte = valeur.strip()
    en_mots = nom in NOMS or len(texte.split()) > 1
    return bool(texte) and en_mots and not texte.startswith(("{", "["))


class SaisiesGardees:
    """Middleware: a form answered by the login page is kept, and login leads to `reprendre`, a real page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        reponse = self.get_response(request)
        if request.method != "POST":
            return reponse
        if _renvoie_se_connecter(request, reponse):
            return garder(request)
        if reponse.status_code < 400 and (cle := request.POST.get(REPERE)) and request.user.is_authenticated:
            _oublier(request, cle)
        return reponse


def _renvoie_se_connecter(request, reponse):
    if reponse.status_code != 302 or request.user.is_authenticated:
        return False
    return reponse["Location"].startswith(resolve_url(settings.LOGIN_URL) + "?next=")


def garder(request):
    """Keep what a form held; return the way to the login page, and from there to what was kept."""
    champs = champs_de(request.POST)
    piece = {
        "chemin": request.get_full_path(),
        "champs": champs if sum(len(nom) + len(valeur) for nom, valeur in champs) <= SIGNES_MAX else [],
        "fichiers": bool(request.FILES),
        "le": int(time.time()),
    }
    cle = secrets.token_hex(8)
    gardees = list(_gardees(request).items())[-(PIECES_MAX - 1) :]
    request.session[GARDEES] = {**dict(gardees), cle: piece}
    suite = urlencode({"next": reverse("reprendre_saisie", args=[cle])})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{suite}")


def _gardees(request):
    limite = time.time() - DUREE
    return {cle: p for cle, p in request.session.get(GARDEES, {}).items() if p["le"] >= limite}


def _oublier(request, cle):
    gardees = _gardees(request)
    if gardees.pop(cle, None) is not None:
        request.session[GARDEES] = gardees


def oublier_quelqu_un(sender, participant, textes, **kwargs):
    """Someone is forgotten: what waits in browsers' sessions and says their name or their words goes.

    A list that waits to be imported goes whole: it is read again from its file.
    """
    noms, mots = _cles([participant.nom or participant.prenom]), _cles(textes)
    for seance in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        donnees = seance.get_decoded()
        restent = {cle: d for cle, d in donnees.items() if cle.startswith("_") or not _parle_de(d, noms, mots)}
        if gardees := donnees.get(GARDEES):
            restent[GARDEES] = {cle: piece for cle, piece in gardees.items() if not _parle_de(piece, noms, mots)}
        if restent != donnees:
            encodees = Session.get_session_store_class()().encode(restent)
            Session.objects.filter(pk=seance.pk).update(session_data=encodees)


def _cles(textes):
    return {cle for texte in textes if (cle := cle_de_mots(texte))}


def _parle_de(donnee, noms, mots):
    """Whether plain data says one of `noms`, in whole words, or one of `mots`, wherever they are."""
    if isinstance(donnee, dict):
        return any(_parle_de(une, noms, mots) for une in donnee.values())
    if isinstance(donnee, list | tuple):
        return any(_parle_de(une, noms, mots) for une in donnee)
    if not isinstance(donnee, str):
        return False
    dits, tout = donnee.split(), cle_de_mots(donnee)
    suites = {cle_de_mots("".join(dits[de:a])) for de in range(len(dits)) for a in range(de + 1, de + 4)}
    return not noms.isdisjoint(suites) or any(mot in tout for mot in mots)


@require_safe
@never_cache
@login_required
def reprendre(request, cle):
    """Show what was kept, ready to be changed and sent; a piece already sent, or too old, leads to one's work."""
    piece = _gardees(request).get(cle)
    if piece is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    champs = [
        {"nom": nom, "valeur": valeur, "dit": NOMS.get(nom, _("Ce que vous aviez écrit")), "rang": rang}
        for rang, (nom, valeur) in enumerate(piece["champs"])
    ]
    contexte = {
        "ecrits": [c for c in champs if _est_ecrit(c["nom"], c["valeur"])],
        "caches": [c for c in champs if not _est_ecrit(c["nom"], c["valeur"])],
        "cle": cle,
        "piece": piece,
    }
    return render(request, "reprendre_saisie.html", contexte)
