"""Suggested groupings: set aside, taken up again, or applied by a person."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultation import actions as actions_consultation
from consultation import regles
from consultation.models import Proposition

from ..lectures import suggestions
from ..lectures.tableau import Filtre
from .acces import faire, pour_atelier
from .console import page_console
from .regroupement import page_regroupement

rapporter = pour_atelier(regles.peut_rapporter)


@require_POST
@rapporter
def laisser(request, atelier):
    """Set a suggestion aside: its propositions stay apart, and nobody is shown it again."""

    def agir():
        actions_consultation.laisser_suggestion(
            espace=atelier.espace, propositions=_propositions(request, atelier), par=request.user
        )

    return _agir(request, atelier, agir, _("Ces propositions restent séparées."))


@require_POST
@rapporter
def reprendre(request, atelier):
    """Show again a suggestion that was set aside."""

    def agir():
        for laissee in atelier.espace.suggestions_laissees.filter(cle=request.POST.get("cle", "")):
            actions_consultation.reprendre_suggestion(suggestion=laissee, par=request.user)

    return _agir(request, atelier, agir, _("Ce regroupement est proposé à nouveau."))


@require_POST
@rapporter
def appliquer(request, atelier):
    """Group the propositions of a suggestion in a new piste, in the words given with it."""

    def agir():
        actions_consultation.regrouper(
            espace=atelier.espace,
            propositions=_propositions(request, atelier),
            texte=request.POST.get("texte", ""),
            motif=_("Ces propositions se ressemblent."),
            par=request.user,
        )

    return _agir(request, atelier, agir, _("Propositions regroupées. Pour défaire, ouvrez « Regrouper »."))


def _propositions(request, atelier):
    """Those of the suggestion sent; what is not of this workshop is left out."""
    numeros = suggestions.numeros_de(request.POST.get("cle", ""))
    return list(Proposition.objects.filter(espace_id=atelier.espace_id, pk__in=numeros))


def _agir(request, atelier, acte, dit):
    page = page_regroupement if request.POST.get("retour") == "regroupement" else page_console

    def sinon(refus):
        return page(request, atelier, refus=refus, saisie=request.POST)

    return faire(request, acte, vers=_retour(request, atelier), sinon=sinon, dit=dit)


def _retour(request, atelier):
    if request.POST.get("retour") == "regroupement":
        return reverse("regroupement", args=[atelier.pk]) + Filtre.lire(request.GET).suite
    return reverse("console", args=[atelier.pk]) + "#suggestions"
