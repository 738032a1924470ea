"""My page: what I said and what became of it; my code, my booklet, my data. No account, no e-mail."""

from collections import defaultdict
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import mark_safe
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail import hooks

from ateliers import identite
from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Participant, Proposition
from consultation.textes import entier

from ..lectures.devenir import tige
from ..lectures.moi import dossier, participations


def participants_de(request):
    """Everyone this device speaks as; for an account, whoever it is in a consultation too."""
    siens = list(identite.participants_de(request))
    if request.user.is_authenticated:
        siens += (
            Participant.objects.filter(compte=request.user, efface_le__isnull=True)
            .exclude(pk__in=[p.pk for p in siens])
            .select_related("college", "consultation")
        )
    return siens


@never_cache
@require_GET
def ma_page(request):
    siens = participants_de(request)
    if not siens:
        return render(request, "contenus/moi/qui.html")
    return montrer_ma_page(request, siens)


def montrer_ma_page(request, siens, refus=None, refuse=None):
    """`siens`: see `participants_de`; `refus`: why the address left for the one of id `refuse` was not taken."""
    parts = _parts(request, siens)
    lues = [replace(lue, plus=parts.get(lue.participant.pk, "")) for lue in participations(siens)]
    contexte = {"participations": lues, "refus": refus, "refuse": refuse}
    contexte["saisie"] = request.POST if refus else None
    return render(request, "contenus/moi/page.html", contexte, status=refus.statut if refus else 200)


def _parts(request, participants):
    """{participant id: HTML}: what other rooms of the house put on one's own page.

    By the hook "parts_de_ma_page", a function of the request and the participants: {participant id: HTML}.
    """
    parts = defaultdict(list)
    for dire in hooks.get_hooks("parts_de_ma_page"):
        for pk, html in dire(request, participants).items():
            parts[pk].append(html)
    return {pk: mark_safe("".join(morceaux)) for pk, morceaux in parts.items()}


@never_cache
@require_GET
def devenir(request, pk):
    """What became of one of my own propositions; anyone else's does not exist here."""
    siens = participants_de(request)
    if not siens:
        return render(request, "contenus/moi/qui.html", {"revenir": True})
    return _devenir(request, _la_mienne(siens, pk))


def _la_mienne(siens, pk):
    toutes = Proposition.objects.select_related("consultation", "espace", "auteur", "college")
    return get_object_or_404(toutes, pk=pk, auteur__in=siens)


def _devenir(request, proposition, refus=None):
    """After a refusal, with what was typed in the form it came from (`mise`: "" for the one about the piste)."""
    contexte = {
        "proposition": proposition,
        "participant": proposition.auteur,
        "tige": tige(proposition),
        "refus": refus,
        "saisie": request.POST if refus else None,
    }
    return render(request, "contenus/moi/devenir.html", contexte, status=refus.statut if refus else 200)


@never_cache
@require_POST
def desaccord(request, pk):
    """Say why one disagrees with what became of one's words: gathered into a piste, or left aside."""
    proposition = _la_mienne(participants_de(request), pk)
    mise = request.POST.get("mise", "")
    try:
        actions.dire_desaccord(
            proposition=proposition,
            participant=proposition.auteur,
            raison=request.POST.get("raison", ""),
            mise_de_cote=get_object_or_404(proposition.mises_de_cote, pk=entier(mise)) if mise else None,
        )
    except Refus as refus:
        return _devenir(request, proposition, refus)
    messages.success(request, _("C’est envoyé. La réponse sera ici."))
    return redirect("contenus:devenir", pk)


@never_cache
@require_POST
def emporter(request):
    """Everything held about me, as a file. A POST with the device's cookie: there is no link to replay."""
    siens = participants_de(request)
    if not siens:
        raise Http404
    appareils = identite.appareils(request.COOKIES)
    personnes = [dossier(p, appareils.get(p.consultation_id, "")) for p in siens]
    contenu = {"etabli_le": timezone.now().isoformat(), "personnes": personnes}
    reponse = JsonResponse(contenu, json_dumps_params={"ensure_ascii": False, "indent": 2})
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees-germoir.json"'
    return reponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def effacer(request, pk):
    """Ask once, in plain French; then forget."""
    participant = next((p for p in participants_de(request) if p.pk == pk), None)
    if participant is None:
        raise Http404
    if request.method != "POST":
        return render(request, "contenus/moi/effacer.html", {"participant": participant})
    consultation = participant.consultation
    actions.effacer_participant(participant=participant)
    messages.success(request, _("C’est fait. Nous ne savons plus qui vous êtes."))
    reponse = redirect("contenus:moi")
    identite.oublier(reponse, consultation, cookies=request.COOKIES)
    return reponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accord(request):
    """May their words be published, without their name? Asked of whoever comes by a code; changed any day.

    Going on without answering is "not asked": nothing is published.
    """
    siens = {str(participant.pk): participant for participant in participants_de(request)}
    participant = siens.get(request.POST.get("personne") or request.GET.get("personne", ""))
    if participant is None:
        raise Http404
    suite = _suite(request)
    if request.method == "POST" and (reponse := request.POST.get("accord")) in ("oui", "non"):
        actions.consentir(participant=participant, accord=reponse == "oui")
        return redirect(suite)
    return render(request, "contenus/moi/accord.html", {"participant": participant, "suite": suite})


def _suite(request):
    """Where to go on: a page of this site, or one's own page."""
    voulue = request.POST.get("suite") or request.GET.get("suite", "")
    ici = voulue.startswith("/") and url_has_allowed_host_and_scheme(voulue, allowed_hosts=None)
    return voulue if ici else reverse("contenus:moi")


@never_cache
@require_POST
def quitter(request):
    messages.success(request, _("Ce téléphone ne vous connaît plus. Votre code ouvre toujours votre page."))
    reponse = redirect("contenus:moi")
    identite.oublier(reponse)
    return reponse
