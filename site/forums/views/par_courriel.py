"""Coming into a forum by a link sent to an address. No account: the address is proved, hashed, and not kept."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ateliers import essais, identite
from consultation import actions
from consultation.erreurs import Refus

from .. import courriers, jetons
from ..acces import avec_forum
from ..formulaires import FormulaireQui
from .participer import demander_qui
from .publiques import contexte_de

#: Seconds between two letters to one address.
ENTRE_DEUX = 120


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def demander(request, forum):
    """An address; a link goes to it. What is said next is the same whether it came in before or not."""
    refus = None
    if request.method == "POST":
        try:
            essais.exiger_entree(essais.visiteur(request), f"e-mail:{forum.pk}", request.POST)
            _envoyer(forum, request.POST.get("courriel", "")[:254])
        except Refus as survenu:
            refus = survenu
        else:
            return render(request, "forums/courriel_parti.html", contexte_de(request, forum))
    return _montrer(request, forum, refus)


def _montrer(request, forum, refus):
    contexte = contexte_de(request, forum, refus=refus, courriel=request.POST.get("courriel", ""))
    reponse = render(request, "forums/par_courriel.html", contexte, status=refus.statut if refus else 200)
    essais.marquer(request, reponse)
    return reponse


def _envoyer(forum, courriel):
    actions.exiger_forum_ouvert(forum.consultation)
    empreinte = actions.empreinte_de(courriel, forum.consultation)
    if not empreinte:
        dit = _("Cette adresse e-mail ne marche pas. Elle ressemble à nom@exemple.fr.")
        raise Refus("courriel_faux", dit, statut=422, champ="courriel")
    if cache.add(f"forums:lien:{empreinte}", 1, ENTRE_DEUX):
        lien = courriers.adresse("lien", forum.consultation.slug, jetons.faire(empreinte, forum))
        courriers.lien_d_entree(forum, courriel.strip(), lien).send(fail_silently=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@avec_forum
def ouvrir(request, forum, jeton):
    """Where the link leads: whom one speaks as, or one button for who came in before. Reading changes nothing."""
    try:
        empreinte, _origine = jetons.lire(jeton, forum)
        personne = actions.personne_de(empreinte, forum.consultation)
    except Refus as refus:
        return _montrer(request, forum, refus)
    if personne is None:
        return demander_qui(
            request, forum, FormulaireQui(initial={"jeton": jeton}, consultation=forum.consultation)
        )
    if request.method != "POST":
        return render(request, "forums/revenir.html", contexte_de(request, forum, jeton=jeton))
    reponse = redirect("forums:mes-textes", slug=forum.consultation.slug)
    identite.retenir(reponse, personne, cookies=request.COOKIES)
    return reponse
