"""What the organiser's desk adds to the Wagtail admin."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from . import regles
from .gestion import champs, recherche, reprise, urls
from .gestion.droits import PolitiqueCommune, PolitiqueConsultation
from .gestion.preparation import lignes_de_consultation
from .gestion.referentiels import ConsultationViewSet, StructureViewSet, TerritoireViewSet
from .models import Consultation, Structure, Territoire

champs.partout()
register_permission_policy(Territoire, PolitiqueCommune(Territoire))
register_permission_policy(Structure, PolitiqueCommune(Structure))
register_permission_policy(Consultation, PolitiqueConsultation(Consultation))


@hooks.register("register_admin_viewset")
def referentiels():
    return [ConsultationViewSet(), TerritoireViewSet(), StructureViewSet()]


@hooks.register("register_admin_urls")
def adresses():
    return [
        path("consultations/<int:consultation>/", include(urls, namespace="gestion")),
        path("consultations/reprendre/", reprise.Reprendre.as_view(), name="reprendre_consultation"),
        path("consultations/reprendre/apercu/", reprise.Apercu.as_view(), name="reprendre_apercu"),
        path("chercher/", recherche.PageRecherche.as_view(), name="chercher"),
    ]


@hooks.register("recherche_du_bureau", order=10)
def chercher(compte, mots):
    return recherche.dans_les_consultations(compte, mots)


class Bureau(SearchArea):
    def is_shown(self, request):
        return regles.consultations_de(request.user).exists()


@hooks.register("register_admin_search_area")
def chercher_d_abord_partout():
    """The first area is where the menu's own field leads: one search in the menu, and of everything."""
    return Bureau(gettext_lazy("Tout le bureau"), reverse("chercher"), icon_name="search", order=1)


@hooks.register("lignes_de_preparation")
def lignes(consultation):
    return lignes_de_consultation(consultation)


@hooks.register("blocs_de_preparation")
def suivre(vue):
    """Links to what is read during and after, for whoever may read it."""
    liens = [
        (_("Propositions"), vue.adresse("gestion:propositions")),
        (_("Pistes"), vue.adresse("gestion:pistes")),
    ]
    if regles.peut_repondre(vue.request.user, vue.consultation):
        liens.append((_("Réponses aux pistes"), vue.adresse("gestion:suites")))
    if vue.organise:
        liens += [(_("Journal"), vue.adresse("gestion:journal")), (_("Exporter"), vue.adresse("gestion:exports"))]
    return [{"titre": _("Lire et emporter"), "liens": liens}]


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("consultation/gestion/gestion.css"))


class AccueilConsultations(Component):
    """The organiser's seminars, first thing on the admin's home page."""

    name = "mes_consultations"
    order = 20
    template_name = "consultation/gestion/accueil.html"

    def get_context_data(self, parent_context):
        siennes = regles.consultations_de(parent_context["request"].user).select_related("territoire")[:12]
        organise = regles.organise_quelque_chose(parent_context["request"].user)
        return {"consultations": siennes, "organise": organise, "ajouter": reverse("consultations:add")}


@hooks.register("construct_homepage_panels")
def accueil(request, panels):
    panels.insert(0, AccueilConsultations())
