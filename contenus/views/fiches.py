"""The reading list, which the reader's own device keeps, and fiches on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..impression.fiches import collection_pdf, fiche_pdf
from ..lectures import fiches as lectures
from ..lectures.liste import COOKIE, LISTE_MAX, ajouter, numeros_gardes, retirer
from ..models import CasPage, DispositifPage, FichesIndexPage
from ..models.lecture import IMPRESSIONS
from .impression import pdf_ou_excuse

UN_AN = 365 * 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def liste(request):
    """The list of this device, or one told by an address. POST puts a fiche in the device's, or takes it out."""
    if request.method == "POST":
        return _changer(request)
    partagee = request.GET.getlist("n")
    siennes = numeros_gardes(request.COOKIES)
    retenues = lectures.par_numeros(partagee or siennes)
    numeros = [page.numero for page in retenues]
    contexte = {
        "retenues": [(page, lectures.genre_de(page), page.numero in siennes) for page in retenues],
        "adresse": "?" + "&".join(f"n={numero}" for numero in numeros) if numeros else "",
        "partagee": bool(partagee),
        "etagere": _etagere(),
    }
    return render(request, "contenus/pages/liste_de_lecture.html", contexte)


def _etagere():
    """The address of the list of fiches, or the home page's while there is none."""
    page = FichesIndexPage.objects.live().first()
    return (page and page.get_url()) or "/"


def _changer(request):
    gardes = numeros_gardes(request.COOKIES)
    pages = lectures.par_numeros([request.POST.get("numero", "")])
    if not pages:
        raise Http404
    numero, reference = pages[0].numero, pages[0].reference
    if "retirer" in request.POST:
        gardes = retirer(gardes, numero)
        messages.success(request, _("La fiche %(numero)s n’est plus dans votre liste.") % {"numero": reference})
    elif numero not in gardes and len(gardes) >= LISTE_MAX:
        dit = ngettext("Votre liste a %(n)d fiche, elle est pleine. Retirez-en une.",
                       "Votre liste a %(n)d fiches, elle est pleine. Retirez-en une.", LISTE_MAX)  # fmt: skip
        messages.error(request, dit % {"n": LISTE_MAX})
    else:
        gardes = ajouter(gardes, numero)
        messages.success(request, _("La fiche %(numero)s est dans votre liste.") % {"numero": reference})
    vers = request.POST.get("vers", "")
    sur = url_has_allowed_host_and_scheme(vers, allowed_hosts=None) and vers.startswith("/")
    reponse = redirect(vers if sur else "contenus:liste-de-lecture")
    reponse.set_cookie(
        COOKIE,
        ".".join(map(str, gardes)),
        max_age=UN_AN,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return reponse


@require_safe
def fiche(request, numero):
    pages = lectures.par_numeros([numero])
    if not pages:
        raise Http404
    return _pdf_de_fiche(pages[0], request)


@require_safe
def collection(request):
    """The fiches that an address chooses, by facets and words or by their numbers, in one PDF."""
    pages, demande = lectures.collection(request.GET)
    if not pages:
        raise Http404
    if len(pages) > lectures.COLLECTION_MAX:
        contexte = {"au_plus": lectures.COLLECTION_MAX, "adresse": _etagere() + demande.adresse()}
        return render(request, "contenus/pages/trop_de_fiches.html", contexte, status=422)
    return pdf_ou_excuse(request, "fiches", lambda: collection_pdf(pages))


def _pdf_de_fiche(page, request):
    return pdf_ou_excuse(request, f"fiche-{page.reference}", lambda: fiche_pdf(page))


def brancher():
    """What the preview of a draft prints."""
    IMPRESSIONS.update({CasPage: _pdf_de_fiche, DispositifPage: _pdf_de_fiche})
