"""Lists about one consultation, with Wagtail's own search, filters, sorting and pages."""

from wagtail.admin.views.generic.base import BaseListingView

from .socle import DansConsultation


class ListeDansConsultation(DansConsultation, BaseListingView):
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
