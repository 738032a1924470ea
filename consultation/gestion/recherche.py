"""One search across the desk: seminars, workshops, people, propositions, among what the reader may see.

Each app says its own through the hook "recherche_du_bureau": a function of (account, words) that returns a list of
`Groupe`, in a constant number of queries.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks

from .. import regles
from ..models import Proposition
from ..textes import nettoyer_ligne
from .listes import contenant
from .socle import Pupitre, interdit

#: Shown of each kind; beyond, the page says to add a word.
MONTRES = 10
LETTRES_MIN = 2
LONGUEUR_MAX = 100


@dataclass(frozen=True)
class Trouve:
    titre: str
    precision: str
    adresse: str


@dataclass(frozen=True)
class Groupe:
    """What was found of one kind. `davantage`: there is more than is shown."""

    titre: str
    trouves: list
    davantage: bool


def groupe(titre, queryset, lire):
    """Return the Groupe of the first rows, each made a Trouve by `lire`. One query."""
    rangs = list(queryset[: MONTRES + 1])
    return Groupe(titre, [lire(rang) for rang in rangs[:MONTRES]], len(rangs) > MONTRES)


def dans_les_consultations(compte, mots):
    """Seminars and forums, and what people said in the spaces of this account. Three queries."""
    siennes = contenant(
        regles.consultations_de(compte).select_related("territoire"), ("titre", "lieu", "territoire__nom"), mots
    )
    dites = contenant(Proposition.objects.filter(espace__in=regles.espaces_de(compte)), ("texte",), mots)
    return [
        groupe(_("Séminaires et forums"), siennes.order_by("-debut", "pk"), _consultation),
        groupe(
            _("Propositions"),
            dites.select_related("consultation", "espace").order_by("-pk"),
            lambda proposition: _proposition(proposition, mots),
        ),
    ]


def _consultation(consultation):
    precision = ", ".join(filter(None, [str(consultation.territoire), consultation.lieu]))
    return Trouve(consultation.titre, precision, reverse("gestion:preparation", args=[consultation.pk]))


def _proposition(proposition, mots):
    """Led to its list, searched with the same words: those of a proposition may be hidden."""
    liste = reverse("gestion:propositions", args=[proposition.consultation_id])
    precision = f"{proposition.espace}, {proposition.consultation}"
    return Trouve(proposition.texte_public, precision, f"{liste}?{urlencode({'q': mots})}")


class PageRecherche(Pupitre, TemplateView):
    template_name = "consultation/gestion/recherche.html"
    page_title = gettext_lazy("Chercher")
    header_icon = "search"

    def get_breadcrumbs_items(self):
        return [{"url": reverse("wagtailadmin_home"), "label": _("Accueil")}, {"url": "", "label": _("Chercher")}]

    def get(self, request, *args, **kwargs):
        peut = regles.organise_quelque_chose(request.user) or regles.consultations_de(request.user).exists()
        if not peut:
            raise interdit()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        mots = nettoyer_ligne(self.request.GET.get("q", ""))[:LONGUEUR_MAX]
        assez = len(mots) >= LETTRES_MIN
        groupes = []
        if assez:
            for fonction in hooks.get_hooks("recherche_du_bureau"):
                groupes += fonction(self.request.user, mots)
        groupes = [g for g in groupes if g.trouves]
        return super().get_context_data(mots=mots, assez=assez, groupes=groupes, **kwargs)
