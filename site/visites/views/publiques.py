"""The visits of a seminar as anyone reads them; asking to come, and what one says of a report."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ateliers import identite
from consultation.erreurs import Refus
from consultation.models import Consultation

from .. import actions, lectures
from ..models import Demande, Visite
from ..rendez_vous import calendrier


def avec_visite(vue):
    """Give the view a visit that anyone may read, and whom this device speaks as there, or None."""

    @wraps(vue)
    def enveloppe(request, slug, visite_id):
        visites = Visite.objects.publiques().select_related("consultation", "grille")
        visite = get_object_or_404(visites, consultation__slug=slug, pk=visite_id)
        return vue(request, visite, identite.participant_de(request, visite.consultation))

    return enveloppe


def avec_participant(vue):
    """The same, for who has a code here; a stranger is asked for theirs."""

    @wraps(vue)
    def enveloppe(request, visite, participant):
        if participant is None:
            return redirect("contenus:moi")
        return vue(request, visite, participant)

    return avec_visite(enveloppe)


@never_cache
@require_safe
def liste(request, slug):
    consultation = get_object_or_404(Consultation, slug=slug)
    participant = identite.participant_de(request, consultation)
    lues = lectures.publiques(consultation, participant)
    if not lues and consultation.etat == Consultation.Etat.PREPARATION:
        raise Http404
    contexte = {
        "consultation": consultation,
        "participant": participant,
        "groupes": [
            (_("À venir"), [lue for lue in lues if not lue.passee]),
            (_("Déjà faites"), [lue for lue in lues if lue.passee]),
        ],
        "vide": not lues,
    }
    return render(request, "visites/liste.html", contexte)


@never_cache
@require_safe
@avec_visite
def visite(request, visite, participant):
    return _montrer(request, visite, participant)


def _montrer(request, visite, participant, refus=None):
    lue = next(lue for lue in lectures.publiques(visite.consultation, participant) if lue.visite.pk == visite.pk)
    contexte = {
        "consultation": visite.consultation,
        "visite": visite,
        "lue": lue,
        "participant": participant,
        "compte_rendu": lectures.compte_rendu(visite) if visite.publiee_le or lue.a_relire else None,
        "a_relire": lue.a_relire,
        "refus": refus,
    }
    return render(request, "visites/visite.html", contexte, status=refus.statut if refus else 200)


@require_safe
@avec_visite
def rendez_vous(request, visite, participant):
    entetes = {"Content-Disposition": f'attachment; filename="visite-{visite.pk}.ics"'}
    return HttpResponse(calendrier(visite), content_type="text/calendar; charset=utf-8", headers=entetes)


@never_cache
@require_POST
@avec_participant
def demander(request, visite, participant):
    try:
        demande = actions.demander(visite=visite, participant=participant)
    except Refus as refus:
        return _montrer(request, visite, participant, refus)
    messages.success(request, dire_demande(demande))
    return redirect("visites:visite", visite.consultation.slug, visite.pk)


def dire_demande(demande):
    """What is answered to who asks: a place, a rank, or that places wait to be given together."""
    if demande.etat == Demande.Etat.PLACE:
        return _("C’est noté : vous avez une place.")
    if demande.visite.a_repartir:
        return _("C’est noté. L’équipe donnera les places plus tard : vous le lirez ici.")
    return _("C’est complet. Vous êtes sur la liste d’attente.")


@never_cache
@require_POST
@avec_participant
def rendre(request, visite, participant):
    try:
        actions.rendre(visite=visite, participant=participant)
    except Refus as refus:
        return _montrer(request, visite, participant, refus)
    messages.success(request, _("C’est noté : vous ne venez pas."))
    return redirect("visites:visite", visite.consultation.slug, visite.pk)


@never_cache
@require_POST
@avec_participant
def accord(request, visite, participant):
    """Yes or no to publishing; anything else is no answer, and changes nothing."""
    reponse = request.POST.get("accord")
    try:
        if reponse in ("oui", "non"):
            actions.accorder(visite=visite, participant=participant, accord=reponse == "oui")
            messages.success(request, _("C’est noté. Vous pouvez changer d’avis ici."))
    except Refus as refus:
        return _montrer(request, visite, participant, refus)
    return redirect("visites:visite", visite.consultation.slug, visite.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entreprise(request, cle):
    """The page of who opened their doors: the secret address is the right. The report is read, then answered."""
    visite = get_object_or_404(Visite.objects.publiques().select_related("consultation", "grille"), cle=cle)
    refus = None
    if request.method == "POST" and (reponse := request.POST.get("accord")) in ("oui", "non"):
        try:
            actions.accorder_pour_l_entreprise(visite=visite, accord=reponse == "oui")
        except Refus as survenu:
            refus = survenu
        else:
            messages.success(request, _("C’est noté. Vous pouvez changer d’avis ici."))
            return redirect("visites:entreprise", cle)
    contexte = {
        "visite": visite,
        "consultation": visite.consultation,
        "lue": lectures.VisiteLue(visite),
        "compte_rendu": lectures.compte_rendu(visite),
        "refus": refus,
    }
    return render(request, "visites/entreprise.html", contexte, status=refus.statut if refus else 200)
