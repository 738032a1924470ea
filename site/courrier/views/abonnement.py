"""Receiving the newsletter. No account: the secret address in each letter opens, confirms and ends it."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ateliers import essais
from consultation.erreurs import Refus
from contenus.lectures.fil import numeros
from contenus.regions import REGIONS

from .. import actions, lettre
from ..models import Abonnement

journal = logging.getLogger(__name__)


def envoyer(courrier):
    """Send a short letter at once; False when it could not leave, which whoever waits for it is told."""
    try:
        courrier.send()
    except OSError as erreur:  # smtplib's are OSErrors too
        journal.warning("A letter did not leave (%s).", type(erreur).__name__)
        return False
    return True


def choix_dits(champs, *noms):
    """Return what a form says of the choices named, with what is chosen when nothing is said."""
    defauts = {"region": "", "frequence": "chaque", "forme": "images"}
    return {nom: champs.get(nom, defauts[nom])[:10] for nom in noms}


def contexte_des_choix(**plus):
    return {"regions": REGIONS, "frequences": Abonnement.Frequence, "formes": Abonnement.Forme, **plus}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def abonner(request):
    """An address and its choices. What is said next is the same whether the address was known or not."""
    refus = None
    if request.method == "POST":
        try:
            essais.exiger_entree(essais.visiteur(request), "courrier", request.POST)
            de_ma_page = request.POST.get("de") == Abonnement.Origine.MA_PAGE
            abonnement, ecrire = actions.abonner(
                courriel=request.POST.get("courriel", "")[:254],
                origine=Abonnement.Origine.MA_PAGE if de_ma_page else Abonnement.Origine.SITE,
                **choix_dits(request.POST, "region", "frequence"),
            )
        except Refus as survenu:
            refus = survenu
        else:
            partie = not ecrire or envoyer(lettre.demande(abonnement))
            contexte = {"courriel": abonnement.courriel, "partie": partie}
            return render(request, "courrier/verifier.html", contexte, status=200 if partie else 503)
    contexte = contexte_des_choix(
        refus=refus, tape=request.POST, de=request.POST.get("de") or request.GET.get("de")
    )
    reponse = render(request, "courrier/abonner.html", contexte, status=refus.statut if refus else 200)
    essais.marquer(request, reponse)
    return reponse


def _ou_perime(vue):
    """A key that opens nothing: the address was forgotten, or never was."""

    def trouvee(request, cle):
        abonnement = Abonnement.objects.filter(cle=cle).first()
        if abonnement is None:
            return render(request, "courrier/perime.html", status=404)
        return vue(request, abonnement)

    return trouvee


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_ou_perime
def choix(request, abonnement):
    """Confirm, then choose. Reading changes nothing, since mail readers open links by themselves."""
    if abonnement.confirme_le is None:
        return _confirmer(request, abonnement)
    refus = None
    if request.method == "POST":
        try:
            actions.choisir(abonnement=abonnement, **choix_dits(request.POST, "region", "frequence", "forme"))
        except Refus as survenu:
            refus = survenu
        else:
            messages.success(request, _("Vos choix sont gardés."))
            return redirect("courrier:choix", abonnement.cle)
    contexte = contexte_des_choix(abonnement=abonnement, refus=refus, dernier=numeros().first())
    return render(request, "courrier/choix.html", contexte, status=refus.statut if refus else 200)


def _confirmer(request, abonnement):
    if request.method == "POST":
        actions.confirmer(abonnement=abonnement)
        messages.success(request, _("C’est confirmé. Vous recevrez le prochain numéro."))
        return redirect("courrier:choix", abonnement.cle)
    return render(request, "courrier/confirmer.html", {"abonnement": abonnement})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arreter(request, cle):
    """End it, forget the address: the page's button, and that of mail readers (RFC 8058), without a cookie.

    The address in the letter is a secret of 131 bits: nobody else's page can post to it. Twice is once.
    """
    abonnement = Abonnement.objects.filter(cle=cle).first()
    if request.method != "POST" and abonnement is not None:
        return render(request, "courrier/arreter.html", {"abonnement": abonnement})
    if abonnement is not None:
        actions.se_desabonner(abonnement=abonnement)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=200)
    return render(request, "courrier/fini.html")
