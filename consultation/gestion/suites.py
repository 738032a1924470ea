"""The desk of the answers: which pistes wait, what was decided of each, and by whom."""

import django_filters
from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.documents.models import Document
from wagtail.permissions import policy_registry

from .. import actions, lectures, regles
from ..actions.suites import Dite
from ..models import Piste, Suite
from .champs import ChampDate, ChoixDeDocument
from .listes import ListeDansConsultation
from .socle import DansConsultation, FormulaireDansConsultation, objet_ou_404

CHAMPS = ("etat", "le", "decidee_par", "confiee_a", "raison", "nouvelle_le", "document")


class PourRepondre(DansConsultation):
    """Organisers and editors of the consultation: see `regles.peut_repondre`."""

    header_icon = "check"

    def permis(self):
        return regles.peut_repondre(self.request.user, self.consultation)


class FiltresSuites(WagtailFilterSet):
    reponse = django_filters.ChoiceFilter(
        label=gettext_lazy("Réponse"),
        method="selon",
        choices=[(lectures.SANS_REPONSE, gettext_lazy("Sans réponse")), *Suite.Etat.choices],
    )

    class Meta:
        model = Piste
        fields = []

    def __init__(self, *args, bilan, **kwargs):
        super().__init__(*args, **kwargs)
        self.bilan = bilan

    def selon(self, queryset, _nom, etat):
        return queryset.filter(pk__in=[suivie.piste.pk for suivie in self.bilan.choisies(etat)])


class ListeSuites(PourRepondre, ListeDansConsultation):
    adresse_liste = "gestion:suites"
    page_title = gettext_lazy("Réponses aux pistes")
    filterset_class = FiltresSuites
    is_searchable = True
    search_fields = ["texte"]
    default_ordering = "numero"
    aide = gettext_lazy(
        "Chaque piste a droit à une réponse : retenue, en cours, réalisée, confiée ou écartée, avec la raison. "
        "Elle se lit sur la page publique de la piste, et sur la page de chaque auteur."
    )
    vide = gettext_lazy("Aucune piste pour le moment.")

    @cached_property
    def bilan(self):
        return lectures.bilan(self.consultation, toutes=True)

    @cached_property
    def _suivies(self):
        return {suivie.piste.pk: suivie for suivie in self.bilan.suivies}

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "queryset": self.get_base_queryset(), "bilan": self.bilan}

    def get_base_queryset(self):
        return Piste.objects.filter(consultation=self.consultation).debout().order_by("numero")

    @cached_property
    def columns(self):
        return [
            Column("numero", label=_("N°"), sort_key="numero", width="6%"),
            TitleColumn(
                "texte",
                label=_("Piste"),
                accessor="texte",
                get_url=lambda piste: self.adresse("gestion:suite_decider", piste.pk),
            ),
            Column("reponse", label=_("Réponse"), accessor=self._reponse),
            Column("quand", label=_("Quand"), accessor=self._quand),
        ]

    def _reponse(self, piste):
        derniere = self._suivies[piste.pk].derniere
        return derniere.get_etat_display() if derniere else _("Sans réponse")

    def _quand(self, piste):
        suivie = self._suivies[piste.pk]
        if suivie.derniere:
            return date_format(suivie.derniere.le, "j F Y")
        if suivie.attente is None:
            return _("pas encore publiée")
        return ngettext("attend depuis %(n)s jour", "attend depuis %(n)s jours", suivie.attente) % {
            "n": suivie.attente
        }


class FormulaireSuite(forms.Form):
    etat = forms.ChoiceField(label=gettext_lazy("Réponse"), choices=Suite.Etat.choices, widget=forms.RadioSelect)
    le = ChampDate(label=gettext_lazy("Décidé le"))
    decidee_par = forms.CharField(
        label=gettext_lazy("Qui a décidé"),
        max_length=120,
        help_text=gettext_lazy("Par exemple : le conseil d’administration régional. Pas de nom de personne."),
    )
    confiee_a = forms.CharField(
        label=gettext_lazy("Confiée à qui"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("À remplir si la piste est confiée. Par exemple : la communauté d’agglomération."),
    )
    raison = forms.CharField(
        label=gettext_lazy("La raison, ou ce qui est fait"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Une ou deux phrases simples. Tout le monde les lit."),
    )
    nouvelle_le = ChampDate(
        label=gettext_lazy("Prochaine nouvelle le"),
        required=False,
        help_text=gettext_lazy("Le jour où vous direz la suite. Laissez vide si tout est dit."),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document joint"),
        queryset=Document.objects.none(),
        required=False,
        widget=ChoixDeDocument,
    )

    def __init__(self, *args, compte, **kwargs):
        super().__init__(*args, **kwargs)
        politique = policy_registry.get_by_type(Document)
        siens = politique.instances_user_has_any_permission_for(compte, ["choose", "change"])
        joint = [document.pk] if (document := self.initial.get("document")) else []
        self.fields["document"].queryset = siens | Document.objects.filter(pk__in=joint)

    def dite(self):
        return Dite(**{champ: self.cleaned_data[champ] for champ in CHAMPS})


class FormulaireRetrait(forms.Form):
    motif = forms.CharField(label=gettext_lazy("Pourquoi la retirer"), max_length=300)


class FormulaireDeReponse(PourRepondre, FormulaireDansConsultation):
    template_name = "consultation/gestion/suite.html"
    form_class = FormulaireSuite

    @property
    def piste(self):
        raise NotImplementedError

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "compte": self.request.user}

    def get_page_title(self):
        return _("Piste n° %(n)s") % {"n": self.piste.numero}

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion:suites"), "label": _("Réponses")}]

    def adresse_annuler(self):
        return self.adresse("gestion:suites")

    def get_context_data(self, **kwargs):
        familles = lectures.famille_de(self.piste)
        return super().get_context_data(
            piste=self.piste, histoire=lectures.histoire_des_suites(familles), **kwargs
        )


class DeciderSuite(FormulaireDeReponse):
    """A piste: its answers so far, and the next one."""

    bouton = gettext_lazy("Publier la réponse")

    @cached_property
    def piste(self):
        siennes = Piste.objects.filter(consultation=self.consultation)
        return objet_ou_404(siennes, self.kwargs["piste_id"])

    def get_initial(self):
        return {"le": timezone.localdate()}

    def ecrire(self, form):
        actions.decider_suite(piste=self.piste, dite=form.dite(), par=self.request.user)
        dit = _("La réponse à la piste n° %(n)s est publiée.") % {"n": self.piste.numero}
        return dit, self.adresse("gestion:suites")


class SurUneSuite(FormulaireDeReponse):
    @cached_property
    def suite(self):
        siennes = Suite.objects.filter(piste__consultation=self.consultation).select_related("piste__consultation")
        return get_object_or_404(siennes, pk=self.kwargs["pk"])

    @property
    def piste(self):
        return self.suite.piste

    def adresse_annuler(self):
        return self.adresse("gestion:suite_decider", self.piste.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(suite=self.suite, **kwargs)


class CorrigerSuite(SurUneSuite):
    bouton = gettext_lazy("Publier la correction")

    def get_page_title(self):
        return _("Corriger la réponse à la piste n° %(n)s") % {"n": self.piste.numero}

    def get_initial(self):
        return {champ: getattr(self.suite, champ) for champ in CHAMPS}

    def ecrire(self, form):
        actions.corriger_suite(suite=self.suite, dite=form.dite(), par=self.request.user)
        return _("La correction est publiée. L’ancienne réponse se lit encore."), self.adresse_annuler()


class RetirerSuite(SurUneSuite):
    form_class = FormulaireRetrait
    bouton = gettext_lazy("Retirer la réponse")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["compte"]
        return kwargs

    def get_page_title(self):
        return _("Retirer une réponse à la piste n° %(n)s") % {"n": self.piste.numero}

    def ecrire(self, form):
        actions.retirer_suite(suite=self.suite, motif=form.cleaned_data["motif"], par=self.request.user)
        return _("La réponse est retirée. On lit encore ce qu’elle disait, et pourquoi."), self.adresse_annuler()
