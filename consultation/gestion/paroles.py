"""Reading what was said and what came of it. Words are worked on at the console and the rapporteur's desk."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from .. import regles
from ..decomptes import Familles
from ..models import Axe, College, Espace, Piste, Proposition
from .listes import ListeDansConsultation


class FiltresDeConsultation(WagtailFilterSet):
    """Filters whose choices are those of the consultation being read, never another's."""

    consultation_de = {"college": College, "axe": Axe, "espace": Espace}

    def __init__(self, *args, consultation, espaces=None, **kwargs):
        super().__init__(*args, **kwargs)
        for nom, modele in self.consultation_de.items():
            if nom in self.filters:
                choix = modele.objects.filter(consultation=consultation)
                self.filters[nom].queryset = espaces if nom == "espace" and espaces is not None else choix


class FiltresPropositions(FiltresDeConsultation):
    class Meta:
        model = Proposition
        fields = ["college", "axe", "espace", "moderation", "nature"]


class FiltresPistes(FiltresDeConsultation):
    class Meta:
        model = Piste
        fields = ["axe", "espace", "etat"]


class ListeDeParoles(ListeDansConsultation):
    """Facilitators and rapporteurs read those of their workshops, organisers read them all."""

    reserve_aux_organisateurs = False
    is_searchable = True
    search_fields = ["texte"]

    @cached_property
    def espaces(self):
        return regles.espaces_de(self.request.user).filter(consultation=self.consultation)

    def get_filterset_kwargs(self):
        return {
            **super().get_filterset_kwargs(),
            "queryset": self.get_base_queryset(),
            "consultation": self.consultation,
            "espaces": self.espaces,
        }

    @property
    def header_buttons(self):
        if not self.organise:
            return []
        adresse = self.adresse("gestion:exports")
        return [HeaderButton(_("Exporter"), url=adresse, icon_name="download")]


class ColonneTexte(Column):
    cell_template_name = "consultation/gestion/cellule_texte.html"


class ListePropositions(ListeDeParoles):
    adresse_liste = "gestion:propositions"
    page_title = gettext_lazy("Propositions")
    header_icon = "comment"
    filterset_class = FiltresPropositions
    aide = gettext_lazy(
        "Les mots des personnes, comme elles les ont écrits. On les lit ici. "
        "Pour les relire ou les regrouper, allez à la console de l’atelier."
    )
    vide = gettext_lazy("Aucune proposition pour le moment.")

    def get_base_queryset(self):
        return (
            Proposition.objects.filter(consultation=self.consultation, espace__in=self.espaces)
            .select_related("college", "axe", "espace", "piste")
            .order_by("-pk")
        )

    @cached_property
    def columns(self):
        return [
            ColonneTexte("texte", label=_("Proposition"), accessor="texte_public", width="42%"),
            Column("college", label=_("Collège"), sort_key="college__ordre"),
            Column("espace", label=_("Atelier")),
            Column("axe", label=_("Axe"), accessor=lambda p: p.axe or "–"),
            Column("piste", label=_("Piste"), accessor=lambda p: f"n° {p.piste.numero}" if p.piste else "–"),
            Column("moderation", label=_("Affichage"), accessor="get_moderation_display", sort_key="moderation"),
            Column("cree_le", label=_("Reçue"), accessor=lambda p: _le(p.cree_le), sort_key="cree_le"),
        ]


class ListePistes(ListeDeParoles):
    adresse_liste = "gestion:pistes"
    page_title = gettext_lazy("Pistes")
    header_icon = "tag"
    filterset_class = FiltresPistes
    aide = gettext_lazy(
        "Les pistes formulées par les groupes, à la suite d’un axe à l’autre. "
        "Pour les formuler ou les regrouper, allez au bureau du rapporteur."
    )
    vide = gettext_lazy("Aucune piste pour le moment.")

    def get_base_queryset(self):
        return (
            Piste.objects.filter(consultation=self.consultation)
            .filter(Q(espace__in=self.espaces) | Q(espace__isnull=True))
            .select_related("axe", "espace")
            .annotate(nb_propositions=Count("propositions"))
            .order_by("numero")
        )

    @cached_property
    def columns(self):
        return [
            Column("numero", label=_("N°"), sort_key="numero", width="6%"),
            ColonneTexte("texte", label=_("Formulation"), width="46%"),
            Column("axe", label=_("Axe"), accessor=lambda p: p.axe or "–"),
            Column("espace", label=_("Atelier"), accessor=lambda p: p.espace or "–"),
            Column("nb_propositions", label=_("Propositions")),
            Column("etat", label=_("État"), accessor=self._etat, sort_key="etat"),
        ]

    @cached_property
    def _debout(self):
        """{id of a joined piste: number of the one that stands for it}"""
        numeros = dict(self.consultation.pistes.values_list("pk", "numero"))
        familles = Familles.de(self.consultation.pk)
        return {pk: numeros[familles.racine(pk)] for pk in numeros if familles.racine(pk) != pk}

    def _etat(self, piste):
        if piste.pk in self._debout:
            return _("Jointe à la n° %(n)s") % {"n": self._debout[piste.pk]}
        return piste.get_etat_display()


def _le(moment):
    return timezone.localtime(moment).strftime("%d/%m %H:%M")
