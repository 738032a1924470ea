"""Coming into a forum with an identity proved elsewhere (OpenID Connect). No account: the identity is hashed."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ateliers import identite
from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Forum

from .. import fournisseur, jetons
from ..acces import avec_forum, chercher_forum
from ..formulaires import FormulaireQui
from .participer import demander_code, demander_qui


@never_cache
@require_safe
@avec_forum
def partir(request, forum):
    """Leave for the provider. A link, not a form: the page's policy lets a form lead nowhere else."""
    if not fournisseur.nom():
        raise Http404
    try:
        actions.exiger_forum_ouvert(forum.consultation)
        return redirect(fournisseur.partir(request, forum))
    except Refus as refus:
        return demander_code(request, forum, refus=refus)


@never_cache
@require_safe
def revenir(request):
    """Where the provider sends back: whom one speaks as, or one's own texts for who came in before."""
    numero = fournisseur.numero_du_forum(request)
    slug = Forum.objects.filter(pk=numero).values_list("consultation__slug", flat=True).first()
    if not fournisseur.nom() or slug is None:
        raise Http404
    forum = chercher_forum(request, slug)
    try:
        empreinte = actions.empreinte_d_identite(*fournisseur.revenir(request), forum.consultation)
        personne = actions.personne_de(empreinte, forum.consultation)
    except Refus as refus:
        return demander_code(request, forum, refus=refus)
    if personne is None:
        jeton = jetons.faire(empreinte, forum, "identite")
        return demander_qui(
            request, forum, FormulaireQui(initial={"jeton": jeton}, consultation=forum.consultation)
        )
    reponse = redirect("forums:mes-textes", slug=slug)
    identite.retenir(reponse, personne, cookies=request.COOKIES)
    return reponse
