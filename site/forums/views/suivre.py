"""Following a forum by e-mail. No account: the secret address in each letter opens, confirms and ends it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ateliers import essais
from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.textes import entier

from .. import courriers
from ..acces import avec_forum
from .publiques import contexte_de


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def suivre(request, forum):
    """An address and a yes. What is said next is the same whether the address was known or not."""
    numero = entier(request.POST.get("proposition") or request.GET.get("proposition", ""))
    dite = lectures.propositions_publiques(forum.consultation).filter(pk=numero).first() if numero else None
    refus = None
    if request.method == "POST":
        tout = request.POST.get("quoi") == "forum"
        try:
            essais.exiger_entree(essais.visiteur(request), f"suivre:{forum.pk}", request.POST)
            abonne, ecrire = actions.suivre(
                forum=forum,
                courriel=request.POST.get("courriel", "")[:254],
                accord="accord" in request.POST,
                proposition=None if tout else dite,
            )
        except Refus as survenu:
            refus = survenu
        else:
            if ecrire:
                courriers.a_confirmer(abonne).send(fail_silently=True)
            return render(request, "forums/suivre_fait.html", contexte_de(request, forum))
    contexte = contexte_de(request, forum, proposition=dite, refus=refus, tape=request.POST)
    reponse = render(request, "forums/suivre.html", contexte, status=refus.statut if refus else 200)
    essais.marquer(request, reponse)
    return reponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def suivi(request, forum, cle):
    """What this address follows. Reading changes nothing, since mail readers open links by themselves."""
    abonne = get_object_or_404(forum.abonnes.select_related("forum__consultation"), cle=cle)
    if request.method == "POST":
        actions.confirmer_suivi(abonne=abonne)
        messages.success(request, _("C’est fait. Le premier résumé arrive dès qu’il y a du nouveau."))
        return redirect("forums:suivi", slug=forum.consultation.slug, cle=cle)
    suivies = lectures.propositions_publiques(forum.consultation).filter(pk__in=abonne.propositions.values("pk"))
    return render(request, "forums/suivi.html", contexte_de(request, forum, abonne=abonne, suivies=suivies))


@csrf_exempt
@never_cache
@require_POST
@avec_forum
def arreter(request, forum, cle):
    """End it, forget the address: the page's button, and that of mail readers (RFC 8058), without a cookie.

    The address in the letter is a secret of 128 bits: nobody else's page can post to it.
    """
    abonne = forum.abonnes.filter(cle=cle).first()
    if abonne is not None:
        actions.cesser_de_suivre(abonne=abonne)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=200)
    return render(request, "forums/suivre_fini.html", contexte_de(request, forum))
