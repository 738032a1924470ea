"""Any published page, sent to someone: typed, then read as it will leave, then sent. No account, no script."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from ateliers import essais
from consultation.erreurs import Refus

from .. import actions, lettre
from ..actions.abonnements import lire_courriel
from .abonnement import envoyer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def envoyer_page(request, page_id):
    """Who to and from whom; then the letter itself, to be confirmed; then it leaves."""
    page = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id)
    tape = {nom: request.POST.get(nom, "")[:254] for nom in ("courriel", "prenom")}
    contexte, statut = {"page_envoyee": page, "tape": tape, "etape": "saisir"}, 200
    if request.method == "POST" and "changer" not in request.POST:
        try:
            a, de = lire_courriel(tape["courriel"]), actions.lire_prenom(tape["prenom"])
            contexte |= {"lettre": lettre.page_envoyee(page, de, a), "etape": "relire"}
            if "envoyer" in request.POST:
                _laisser_partir(request, page, contexte["lettre"])
                contexte["etape"] = "partie"
        except Refus as refus:
            contexte["refus"], statut = refus, refus.statut
    reponse = render(request, "courrier/envoyer_page.html", contexte, status=statut)
    essais.marquer(request, reponse)
    return reponse


def _laisser_partir(request, page, courrier):
    qui = essais.visiteur(request)
    essais.exiger_entree(qui, "envoyer-page", request.POST)
    actions.envoyer_page(page=page, courriel=courrier.to[0], appareil=qui.appareil, adresse=qui.adresse)
    if not envoyer(courrier):
        actions.rendre_page(courriel=courrier.to[0])
        dit = _("Notre messagerie ne répond pas : rien n’est parti. Réessayez dans un moment.")
        raise Refus("pas_parti", dit, statut=503)
