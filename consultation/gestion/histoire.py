"""Reading the journal: who did what and when, as a list or about one thing. Nothing here writes."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ..lectures.personnes import repere_au_journal
from ..models import Journal
from .champs import ChampDate
from .listes import ListeDansConsultation
from .registre import REGLAGES, dire_details, dire_objet, dire_verbe


class FiltreDate(django_filters.DateFilter):
    field_class = ChampDate


class FiltresJournal(WagtailFilterSet):
    verbe = django_filters.ChoiceFilter(
        label=gettext_lazy("Acte"), choices=(), empty_label=gettext_lazy("Tous les actes")
    )
    depuis = FiltreDate(label=gettext_lazy("Depuis le"), field_name="le", lookup_expr="date__gte")
    jusque = FiltreDate(label=gettext_lazy("Jusqu’au"), field_name="le", lookup_expr="date__lte")

    class Meta:
        model = Journal
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        verbes = self.queryset.order_by("verbe").values_list("verbe", flat=True).distinct()
        self.filters["verbe"].field.choices = [(v, dire_verbe(v)) for v in verbes]
        self.filters["verbe"].field.widget = forms.Select(choices=self.filters["verbe"].field.choices)


class ListeJournal(ListeDansConsultation):
    adresse_liste = "gestion:journal"
    page_title = gettext_lazy("Journal")
    header_icon = "history"
    filterset_class = FiltresJournal
    aide = gettext_lazy(
        "Tout ce qui a été fait, dans l’ordre, du plus récent au plus ancien. Le journal ne se modifie pas. "
        "Les participants y sont des numéros, jamais des noms."
    )
    vide = gettext_lazy("Le journal est vide.")

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "queryset": self.get_base_queryset()}

    def get_base_queryset(self):
        return Journal.objects.filter(consultation=self.consultation.pk)

    def get_table(self, object_list):
        return super().get_table(_avec_auteurs(list(object_list)))

    @cached_property
    def columns(self):
        return [
            Column("le", label=_("Quand"), accessor=_quand, width="15%"),
            Column("auteur", label=_("Qui")),
            Column("verbe", label=_("Acte"), accessor=lambda e: dire_verbe(e.verbe)),
            Column("objet", label=_("Sur quoi"), accessor=dire_objet),
            Column("details", label=_("Détails"), accessor=dire_details),
            Column("motif", label=_("Motif")),
        ]


def histoire(consultation, objets, combien=10):
    """Return what was done last to `objets` ({label of a model: ids}), the newest first. Two queries.

    [{"quand", "qui", "acte", "objet", "details"}], in words. Participants’ own acts are left out: not settings.
    """
    sur = Q(pk__in=())
    for type_, ids in objets.items():
        sur |= Q(objet_type=type_, objet_id__in=ids)
    return _dernieres(consultation, combien, sur)


def reglages(consultation, combien=8):
    """The same, of what was changed last in the settings, the programme and the team of a consultation."""
    return _dernieres(consultation, combien, Q(verbe__in=REGLAGES))


def _dernieres(consultation, combien, lesquelles):
    entrees = Journal.objects.filter(lesquelles, consultation=consultation.pk, participant_id=None)
    return [
        {
            "quand": _quand(e),
            "qui": e.auteur,
            "acte": dire_verbe(e.verbe),
            "objet": dire_objet(e),
            "details": dire_details(e),
        }
        for e in _avec_auteurs(list(entrees.order_by("-le", "-pk")[:combien]))
    ]


def _avec_auteurs(entrees):
    """Accounts are looked up for all entries at once: one query, whatever their number."""
    comptes = get_user_model().objects.in_bulk({e.compte_id for e in entrees if e.compte_id})
    for entree in entrees:
        entree.auteur = _auteur(entree, comptes)
    return entrees


def _quand(entree):
    le = timezone.localtime(entree.le)
    return _("%(jour)s à %(heure)s") % {"jour": le.strftime("%d/%m/%Y"), "heure": le.strftime("%H:%M")}


def _auteur(entree, comptes):
    """Participants stay numbers: a name beside each act would tell who wrote which words."""
    if entree.compte_id:
        return str(comptes.get(entree.compte_id) or _("Compte n° %(n)s") % {"n": entree.compte_id})
    if entree.participant_id:
        return _("Participant n° %(n)s") % {"n": repere_au_journal(entree.consultation_id, entree.participant_id)}
    return _("Germoir")
