"""Being written to about what one proposed. No account: the secret address in each letter confirms and ends it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from consultation.erreurs import Refus

from .. import actions
from ..lettres import a_confirmer
from ..models import SuiviDAuteur
from .moi import montrer_ma_page, participants_de


@never_cache
@require_POST
def prevenir(request, pk):
    """An address and a yes, from one's own page."""
    siens = participants_de(request)
    participant = next((p for p in siens if p.pk == pk), None)
    if participant is None:
        raise Http404
    try:
        suivi, ecrire = actions.demander_nouvelles(
            participant=participant,
            courriel=request.POST.get("courriel", "")[:254],
            accord="accord" in request.POST,
        )
    except Refus as refus:
        return montrer_ma_page(request, siens, refus=refus, refuse=pk)
    if ecrire:
        a_confirmer(suivi).send(fail_silently=True)
        messages.success(request, _("Regardez vos e-mails : ouvrez la lettre et dites oui."))
    else:
        messages.success(request, _("Vous recevez déjà ces lettres à cette adresse."))
    return redirect("contenus:moi")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prevenu(request, cle):
    """Reading changes nothing, since mail readers open links by themselves."""
    suivi = get_object_or_404(SuiviDAuteur.objects.select_related("participant__consultation"), cle=cle)
    if request.method == "POST":
        actions.confirmer_nouvelles(suivi=suivi)
        messages.success(request, _("C’est fait. La première lettre arrive dès que votre proposition avance."))
        return redirect("contenus:prevenu", cle)
    return render(request, "contenus/moi/prevenu.html", {"suivi": suivi})


@csrf_exempt
@never_cache
@require_POST
def ne_plus_prevenir(request, cle):
    """End it, forget the address: the page's button, and that of mail readers (RFC 8058), without a cookie."""
    suivi = SuiviDAuteur.objects.select_related("participant__consultation").filter(cle=cle).first()
    if suivi is not None:
        actions.cesser_nouvelles(suivi=suivi)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=200)
    return render(request, "contenus/moi/prevenu_fini.html")
