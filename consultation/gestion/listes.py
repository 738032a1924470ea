"""Lists about one consultation, with Wagtail's own search, filters, sorting and pages."""

from django.db.models import Q
from wagtail.admin.views.generic.base import BaseListingView

from ..textes import plier
from .socle import DansConsultation


def contenant(queryset, champs, texte):
    """The rows that hold each word of `texte` in one of `champs`, whatever its accents, capitals and order."""
    for mot in plier(texte).split()[:12]:
        queryset = queryset.filter(Q(**{f"{champ}__plie__contains": mot for champ in champs}, _connector=Q.OR))
    return queryset


class RechercheEnFrancais:
    """Each word typed is looked for in `search_fields`, as `contenant` says."""

    def search_queryset(self, queryset):
        return contenant(queryset, self.search_fields, self.search_query) if self.is_searching else queryset


class ListeDansConsultation(RechercheEnFrancais, DansConsultation, BaseListingView):
    """`adresse_liste` names the URL of the list; its results alone are at the same name with "_resultats"."""

    template_name = "consultation/gestion/liste.html"
    results_template_name = "consultation/gestion/liste_resultats.html"
    adresse_liste = ""
    aide = ""
    vide = ""
    paginate_by = 50

    def get_index_url(self):
        return self.adresse(self.adresse_liste)

    def get_index_results_url(self):
        return self.adresse(self.adresse_liste + "_resultats")

    def get_breadcrumbs_items(self):
        return DansConsultation.get_breadcrumbs_items(self)

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        contexte["aide"], contexte["vide"] = self.aide, self.vide
        contexte["raccourcis"] = self.raccourcis()
        return contexte

    def raccourcis(self):
        """Ready-made buttons above the list: [(label, address to POST to)]."""
        return []
