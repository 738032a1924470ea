"""The room on a phone: one screen, which depends on the step, and the two acts made there."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from consultation import actions as actions_consultation
from consultation.erreurs import Refus
from consultation.models import Proposition
from consultation.textes import entier

from .. import actions, identite, lectures
from ..actions.gardes import autre_personne
from ..direct import presence
from ..formulaires import FormulaireProposition, VoteEnvoye
from ..reponses import ce_qui_compte, ce_qui_est_garde, repondre_refus
from . import ecrans
from .entree import avec_atelier, fermer, veut_json


def present(vue):
    """Give the view the Atelier and the Participant who entered it.

    A phone we do not know goes to the welcome form; if it was sending something, it is told so, and what it was
    sending stays in sight.
    """

    @wraps(vue)
    @avec_atelier
    def enveloppe(request, atelier, **reste):
        participant = identite.participant_de(request, atelier.consultation)
        if participant is not None and request.POST.get("moi", str(participant.pk)) != str(participant.pk):
            return repondre_refus(autre_personne())
        if lectures.est_entre(participant, atelier):
            presence.voir(atelier.pk, participant.pk)
            presence.ecrire([presence.a_ecrire()])
            return vue(request, atelier, participant, **reste)
        if request.method != "POST":
            return redirect("bienvenue", code=atelier.code)
        refus = Refus(
            "pas_entre", _("Ce téléphone n’est plus reconnu. Entrez à nouveau dans l’atelier."), statut=403
        )
        if veut_json(request):
            return repondre_refus(refus)
        return fermer(request, atelier, refus, garde=request.POST.get("texte", ""))

    return enveloppe


@never_cache
@require_safe
@present
def salle(request, atelier, participant):
    """The screen of the current step."""
    ecran = ecrans.ecran_de(atelier, participant, request.GET, appareil=_appareil(request, atelier))
    return _montrer(request, ecran)


def _appareil(request, atelier):
    return identite.appareils(request.COOKIES).get(atelier.consultation.pk, "")


@require_POST
@present
def proposer(request, atelier, participant):
    """Keep the words sent; answer with what became of them, in JSON to a script and by a new page to a form."""
    acte = FormulaireProposition(request.POST).acte
    try:
        proposition = actions.proposer(atelier=atelier, participant=participant, **acte)
    except Refus as refus:
        return _refuser(request, atelier, participant, refus, saisie=acte["texte"], a_cote=acte)
    if veut_json(request):
        return JsonResponse(ce_qui_est_garde(proposition), status=201)
    return redirect(f"{reverse('salle', kwargs={'code': atelier.code})}?envoyee={proposition.pk}")


@require_POST
@present
def preciser(request, atelier, participant, proposition_id):
    """Put one's own words differently, as was asked, or (`garder`) keep them as they are."""
    siennes = Proposition.objects.filter(espace=atelier.espace_id, auteur=participant)
    proposition = get_object_or_404(siennes, pk=proposition_id)
    acte = FormulaireProposition(request.POST).acte
    moi = {"proposition": proposition, "participant": participant}
    try:
        if "garder" in request.POST:
            proposition = actions_consultation.garder_ses_mots(**moi)
        else:
            proposition = actions_consultation.preciser(**moi, texte=acte["texte"], cle=acte["cle"])
    except Refus as refus:
        reste = {"preciser": str(proposition_id)}
        return _refuser(request, atelier, participant, refus, demande=reste, saisie=acte["texte"])
    if veut_json(request):
        return JsonResponse(ce_qui_est_garde(proposition))
    messages.success(request, _("Merci. C’est noté."))
    return redirect("salle", code=atelier.code)


@require_POST
@present
def repondre(request, atelier, participant):
    """Keep the answer to the question put to the room."""
    try:
        actions.repondre_a_la_question(
            atelier=atelier,
            participant=participant,
            grille=entier(request.POST.get("grille", "")),
            reponse=request.POST.get("reponse", ""),
        )
    except Refus as refus:
        return _refuser(request, atelier, participant, refus)
    return JsonResponse({}) if veut_json(request) else redirect("salle", code=atelier.code)


@sensitive_post_parameters()  # a trace of an error does not say what was chosen
@require_POST
@present
def voter(request, atelier, participant):
    """Keep the choices sent, and leave the others as they are."""
    choix = {}
    try:
        envoye = VoteEnvoye.lire(request.POST)
        choix = envoye.choix
        if envoye.va_ailleurs and not any(choix.values()) and not lectures.a_vote(participant, envoye.scrutin):
            return redirect(_suite(atelier, envoye))
        recu = actions.voter(
            atelier=atelier,
            participant=participant,
            choix=choix,
            cle=envoye.cle,
            ordre=envoye.ordre,
            vise=envoye.scrutin,
            appareil=_appareil(request, atelier),
        )
    except Refus as refus:
        return _refuser(request, atelier, participant, refus, choix=choix)
    if veut_json(request):
        return JsonResponse(ce_qui_compte(recu, choix))
    return redirect(_suite(atelier, envoye))


@require_POST
@present
def objecter(request, atelier, participant):
    """Keep the reason why someone cannot live with a piste."""
    raison, piste = request.POST.get("raison", ""), entier(request.POST.get("piste", ""))
    try:
        actions.objecter(
            atelier=atelier,
            participant=participant,
            piste_id=piste,
            raison=raison,
            vise=entier(request.POST.get("scrutin", "")),
            appareil=_appareil(request, atelier),
        )
    except Refus as refus:
        ecran = ecrans.ecran_de(
            atelier,
            participant,
            {"objecter": str(piste)},
            refus=refus,
            raison=raison,
            appareil=_appareil(request, atelier),
        )
        return _montrer(request, ecran, refus.statut)
    return redirect(_suite_du_vote(atelier, {"vote": "fait"}))


def _suite(atelier, envoye):
    """Where a plain form leads: another page of a long ballot when it asks for one, or what became of the vote."""
    return _suite_du_vote(atelier, envoye.suite)


def _suite_du_vote(atelier, suite):
    return f"{reverse('salle', kwargs={'code': atelier.code})}?{urlencode(suite)}"


def _refuser(request, atelier, participant, refus, demande=None, **saisi):
    """Show the room again with the reason, and with what was typed or chosen still in its place."""
    if veut_json(request):
        reponse = repondre_refus(refus)
    else:
        appareil = _appareil(request, atelier)
        ecran = ecrans.ecran_de(
            atelier, participant, demande or request.GET, refus=refus, appareil=appareil, **saisi
        )
        reponse = _montrer(request, ecran, refus.statut)
    if refus.statut == 503:
        reponse["Retry-After"] = "2"
    return reponse


def _montrer(request, ecran, statut=200):
    return render(request, ecran.gabarit, ecran.contexte, status=statut)
