"""Places given together: the proposal, that a person reads over and applies."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.socle import DansConsultation
from consultation.textes import entiers

from .. import actions, lectures
from .gestion import RubriqueVisites


class PageRepartir(DansConsultation, TemplateView):
    """Nothing is kept until it is applied; a refusal shows the page again with what was chosen."""

    template_name = "visites/gestion/repartir.html"
    page_title = gettext_lazy("Répartir les places")
    header_icon = "home"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_visites:visites"), "label": RubriqueVisites.titre}]

    def get_context_data(self, **kwargs):
        parts = kwargs.pop("parts", None) or lectures.repartition(self.consultation)
        return super().get_context_data(parts=parts, **kwargs)

    def post(self, request, *args, **kwargs):
        parts = lectures.repartition(self.consultation)
        choix = {part.visite.pk: entiers(request.POST.getlist(f"visite-{part.visite.pk}")) for part in parts}
        try:
            n = actions.repartir_les_places(consultation=self.consultation, choix=choix, par=request.user)
        except Refus as refus:
            parts = [part.avec(choix[part.visite.pk]) for part in parts]
            return self.render_to_response(self.get_context_data(parts=parts, refus=refus), status=refus.statut)
        dit = ngettext("%(n)s personne a une place.", "%(n)s personnes ont une place.", n) % {"n": n}
        messages.success(request, dit)
        return redirect(self.adresse("gestion_visites:visites"))
