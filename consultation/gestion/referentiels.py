"""Territoires, structures and the list of consultations: Wagtail viewsets that write through the actions."""

from django.db.models import Count
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from .. import actions, regles
from ..erreurs import Refus
from ..models import Consultation, Structure, Territoire
from ..textes import plier
from .actions import creer_consultation
from .formulaires import FormulaireConsultation, FormulaireStructure, FormulaireTerritoire, liens_de, reporter
from .listes import RechercheEnFrancais
from .socle import Pupitre, interdit, page_de_refus


class Enregistrement(Pupitre):
    """Saves through the action; a Refus goes back to the form instead of a trace."""

    def enregistrer(self):
        form, par = self.form, self.request.user
        return actions.enregistrer(objet=form.instance, par=par, liens=liens_de(form), demandes=form.fields)

    def save_instance(self):
        return self.enregistrer()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refus as refus:
            if refus.statut == 403:
                raise
            reporter(refus, form)
            self.produced_error_code, self.produced_error_message = refus.code, refus.message
            reponse = self.form_invalid(form)
            reponse.status_code = refus.statut
            return reponse

    def form_invalid(self, form):
        reponse = super().form_invalid(form)
        reponse.status_code = 422
        return reponse


class Liste(RechercheEnFrancais, Pupitre, generic.IndexView):
    def get_list_more_buttons(self, instance):
        return []


class Ajout(Enregistrement, generic.CreateView):
    success_message = _("« %(object)s » est enregistré.")
    error_message = _("Rien n’est enregistré : corrigez ce qui est signalé.")


class LesSiens:
    """What the reader may not even see is unknown (404), rather than refused."""

    def get_queryset(self):
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view", "change"])


class Modification(LesSiens, Enregistrement, generic.EditView):
    success_message = _("« %(object)s » est enregistré.")
    error_message = _("Rien n’est enregistré : corrigez ce qui est signalé.")

    def get_object(self, queryset=None):
        objet = super().get_object(queryset)
        if not self.user_has_permission_for_instance("change", objet):
            raise interdit()
        return objet

    def get_side_panels(self):
        return MediaContainer([])


class Suppression(LesSiens, Pupitre, generic.DeleteView):
    template_name = "consultation/gestion/suppression.html"

    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission_for_instance("delete", self.object):
            return page_de_refus(request, interdit())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        annuler = reverse(self.index_url_name)
        return contexte | {
            "objet": self.object,
            "sorte": self.model._meta.verbose_name.capitalize(),
            "annuler": annuler,
        }

    def post(self, request, *args, **kwargs):
        titre = str(self.object)
        try:
            actions.supprimer(objet=self.object, par=request.user)
        except Refus as refus:
            if refus.statut == 403:
                raise
            return self.render_to_response(self.get_context_data(refus=refus), status=refus.statut)
        messages.success(request, _("« %(titre)s » est supprimé.") % {"titre": titre})
        return redirect(self.index_url_name)


class Referentiel(ModelViewSet):
    """What the three viewsets share: no copy, no history nor usage page of Wagtail (the journal has it)."""

    index_view_class = Liste
    add_view_class = Ajout
    edit_view_class = Modification
    delete_view_class = Suppression
    copy_view_enabled = False
    add_to_reference_index = False
    formulaire = None

    def get_form_class(self, for_update=False):
        return self.formulaire

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(history_url_name=None, usage_url_name=None, **kwargs)


class ColonneArbre(TitleColumn):
    """A territoire under the one it is part of, shown by indentation and said by its level."""

    def get_value(self, instance):
        return format_html('<span class="g-branche" data-niveau="{}">{}</span>', instance.profondeur, instance.nom)


class ListeTerritoires(Liste):
    add_item_label = _("Ajouter un territoire")
    paginate_by = None
    is_searchable = True
    search_fields = ["nom", "code"]

    @cached_property
    def columns(self):
        return [
            ColonneArbre("nom", label=_("Nom"), get_url=self.get_edit_url),
            Column("niveau", label=_("Niveau"), accessor="get_niveau_display"),
            Column("code", label=_("Code")),
            Column("nb_structures", label=_("Structures")),
            Column("nb_consultations", label=_("Séminaires et forums")),
        ]

    def get_base_queryset(self):
        return Territoire.objects.annotate(
            nb_structures=Count("structures", distinct=True),
            nb_consultations=Count("consultations", distinct=True),
        ).order_by("nom__plie", "pk")

    def get_queryset(self):
        return en_arbre(list(super().get_queryset()))


def en_arbre(territoires):
    """Return the same territoires, each followed by those it holds, with `profondeur` set (0 for a root).

    One whose parent is not in the list (a search) is shown as a root.
    """
    presents = {t.pk for t in territoires}
    enfants, ranges = {}, []
    for territoire in territoires:
        enfants.setdefault(territoire.parent_id if territoire.parent_id in presents else None, []).append(
            territoire
        )

    def descendre(parent, profondeur):
        for territoire in sorted(enfants.get(parent, []), key=lambda t: plier(t.nom)):
            territoire.profondeur = profondeur
            ranges.append(territoire)
            descendre(territoire.pk, min(profondeur + 1, 6))

    descendre(None, 0)
    return ranges


class TerritoireViewSet(Referentiel):
    model = Territoire
    name = "territoires"
    icon = "globe"
    menu_label = _("Territoires")
    menu_order = 120
    add_to_admin_menu = True
    formulaire = FormulaireTerritoire
    index_view_class = ListeTerritoires


class ListeStructures(Liste):
    add_item_label = _("Ajouter une structure")
    is_searchable = True
    search_fields = ["nom", "ville"]
    search_backend_name = None

    def get_base_queryset(self):
        return (
            Structure.objects.select_related("territoire")
            .annotate(nb_participants=Count("participants"))
            .order_by("nom__plie", "pk")
        )

    @cached_property
    def columns(self):
        return [
            self._get_title_column("nom"),
            Column("type", label=_("Type"), accessor="get_type_display", sort_key="type"),
            Column("ville", label=_("Ville"), sort_key="ville__plie"),
            Column("territoire", label=_("Territoire")),
            Column("nb_participants", label=_("Personnes inscrites")),
        ]


class StructureViewSet(Referentiel):
    model = Structure
    name = "structures"
    icon = "group"
    menu_label = _("Structures")
    menu_order = 130
    add_to_admin_menu = True
    formulaire = FormulaireStructure
    index_view_class = ListeStructures
    list_filter = ["type", "territoire"]
    list_per_page = 50


class ListeConsultations(Liste):
    add_item_label = _("Préparer un séminaire ou un forum")
    page_title = _("Séminaires et forums")
    is_searchable = True
    search_fields = ["titre", "lieu"]
    search_backend_name = None

    @cached_property
    def header_more_buttons(self):
        boutons = super().header_more_buttons
        if regles.organise_quelque_chose(self.request.user):
            dit, adresse = _("Reprendre une consultation faite ailleurs"), reverse("reprendre_consultation")
            boutons = [*boutons, Button(dit, url=adresse, icon_name="upload", priority=90)]
        return boutons

    def get_base_queryset(self):
        return (
            regles.consultations_de(self.request.user)
            .select_related("territoire")
            .annotate(nb_participants=Count("participants"))
            .order_by("-debut", "titre__plie")
        )

    @cached_property
    def columns(self):
        return [
            TitleColumn("titre", label=_("Titre"), get_url=lambda c: reverse("gestion:preparation", args=[c.pk])),
            Column("nature", label=_("Nature"), accessor="get_nature_display", sort_key="nature"),
            Column("territoire", label=_("Territoire")),
            Column("debut", label=_("Premier jour"), sort_key="debut"),
            Column("etat", label=_("État"), accessor="get_etat_display", sort_key="etat"),
            Column("nb_participants", label=_("Participants")),
        ]


class AjoutConsultation(Ajout):
    def enregistrer(self):
        neuf = self.form.cleaned_data["territoire_neuf"]
        return creer_consultation(consultation=self.form.instance, territoire_neuf=neuf, par=self.request.user)

    def get_success_url(self):
        return reverse("gestion:preparation", args=[self.object.pk])


class ModificationConsultation(Modification):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"consultation": self.object})

    def get_success_url(self):
        return reverse("gestion:preparation", args=[self.object.pk])


class ConsultationViewSet(Referentiel):
    model = Consultation
    name = "consultations"
    icon = "clipboard-list"
    menu_label = _("Séminaires et forums")
    menu_order = 110
    add_to_admin_menu = True
    formulaire = FormulaireConsultation
    index_view_class = ListeConsultations
    add_view_class = AjoutConsultation
    edit_view_class = ModificationConsultation
    list_filter = ["nature", "etat"]
