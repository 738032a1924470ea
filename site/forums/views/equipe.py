"""The forum's team: whoever writes for someone at a desk, whoever reads before showing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ateliers.formulaires import nouvelle_cle
from consultation import actions, lectures, regles
from consultation.erreurs import Refus
from consultation.models import Decision

from ..acces import pour_equipe
from ..formulaires import FormulaireDecision, FormulaireGuichet
from .publiques import contexte_de

#: Decisions of the day shown beside the queue.
DERNIERES = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@pour_equipe(regles.peut_voir_console)
def guichet(request, forum):
    """Write for someone, with their words: where from is noted, consent is ticked by whoever asked."""
    lieu = {"note": request.GET.get("lieu", "")[:120]}
    formulaire = FormulaireGuichet(request.POST or None, initial=lieu, consultation=forum.consultation)
    refus = None
    if request.method == "POST" and formulaire.is_valid():
        try:
            dite = actions.ecrire_pour_quelqu_un(
                consultation=forum.consultation, par=request.user, **formulaire.acte
            )
        except Refus as survenu:
            refus = survenu
        else:
            dit = _("L’idée n° %(n)s est affichée. Donnez ce code à la personne : %(code)s.")
            messages.success(request, dit % {"n": dite.pk, "code": dite.auteur.code_lisible})
            vers = reverse("forums:guichet", args=[forum.consultation.slug])
            return redirect(f"{vers}?{urlencode({'lieu': dite.origine_note})}")
    contexte = contexte_de(
        request,
        forum,
        formulaire=formulaire,
        refus=refus,
        colleges=forum.consultation.colleges.all(),
        axes=forum.consultation.axes.all(),
        cle=formulaire.data.get("cle") or nouvelle_cle(),
    )
    statut = refus.statut if refus else 422 if formulaire.is_bound else 200
    return render(request, "forums/guichet.html", contexte, status=statut)


@never_cache
@require_safe
@pour_equipe(regles.peut_animer)
def moderer(request, forum):
    """The queue, the oldest first, and the text being read: `?texte=p12`, or the first."""
    return _montrer(request, forum, request.GET.get("texte", ""))


def _montrer(request, forum, cle, refus=None, formulaire=None):
    combien, attentes = lectures.file_de_relecture(forum)
    lue = next((attente for attente in attentes if attente.cle == cle), None)
    if lue is None and not refus:
        lue = attentes[0] if attentes else None
    contexte = contexte_de(
        request,
        forum,
        combien=combien,
        attentes=attentes,
        lue=lue,
        derniere=lue.texte.decisions.first() if lue else None,
        refus=refus,
        formulaire=formulaire,
        regles=forum.regles_lues,
        decisions=lectures.registre_de_moderation(forum.consultation)[:DERNIERES],
        annulables=actions.decisions_annulables(forum.consultation, request.user),
    )
    return render(request, "forums/moderer.html", contexte, status=refus.statut if refus else 200)


@never_cache
@require_POST
@pour_equipe(regles.peut_animer)
def decider(request, forum, cle):
    """Decide of a text, or of an appeal; then comes the next one."""
    texte, recours = lectures.texte_nomme(forum, cle)
    if texte is None:
        raise Http404
    formulaire = FormulaireDecision(request.POST)
    try:
        dit = (
            _trancher(recours, formulaire.lu, request.user)
            if recours
            else _moderer(texte, formulaire.lu, request.user)
        )
    except Refus as refus:
        return _montrer(request, forum, cle, refus, formulaire)
    messages.success(request, dit)
    return redirect("forums:moderer", slug=forum.consultation.slug)


@never_cache
@require_POST
@pour_equipe(regles.peut_animer)
def annuler(request, forum, decision_id):
    """Take back one's own decision of the last minutes; the text is the next one to read."""
    decision = get_object_or_404(Decision, consultation=forum.consultation, pk=decision_id)
    cle = f"{'p' if decision.proposition_id else 'c'}{decision.texte.pk}"
    try:
        actions.annuler_decision(decision=decision, par=request.user)
    except Refus as refus:
        return _montrer(request, forum, cle, refus)
    messages.success(request, _("C’est annulé. Le texte est de nouveau à relire."))
    return redirect(f"{reverse('forums:moderer', args=[forum.consultation.slug])}?texte={cle}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@pour_equipe(regles.est_organisateur_de)
def repondre(request, forum, proposition_id):
    """The organiser's answer to a proposition: written, changed, or taken away when it is emptied."""
    dite = get_object_or_404(lectures.propositions_publiques(forum.consultation), pk=proposition_id)
    deja = lectures.reponse_publique(dite)
    ecran = {"proposition": dite, "texte": request.POST.get("texte", deja.texte if deja else ""), "deja": deja}
    if request.method == "POST":
        try:
            actions.repondre_publiquement(proposition=dite, texte=ecran["texte"], par=request.user)
        except Refus as refus:
            contexte = contexte_de(request, forum, refus=refus, **ecran)
            return render(request, "forums/repondre.html", contexte, status=refus.statut)
        messages.success(
            request, _("Votre réponse est publiée.") if ecran["texte"].strip() else _("La réponse est retirée.")
        )
        return redirect("forums:proposition", slug=forum.consultation.slug, proposition_id=dite.pk)
    return render(request, "forums/repondre.html", contexte_de(request, forum, **ecran))


def _moderer(texte, lu, par):
    mots = lu.pop("mots") or ""
    passages = actions.passages_de(texte, mots) if lu["sens"] == Decision.Sens.MASQUEE else ()
    decision = actions.moderer(texte=texte, passages=passages, par=par, **lu)
    return _("C’est fait : %(sens)s.") % {"sens": decision.get_sens_display()}


def _trancher(recours, lu, par):
    accepter = lu["sens"] == Decision.Sens.AFFICHEE
    actions.trancher_recours(recours=recours, accepter=accepter, motif=lu["motif"] or "", par=par)
    return _("C’est fait. L’auteur lira votre réponse.")
