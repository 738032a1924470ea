"""Following a seminar up in the regions: the calendar of the national group, and the page of a region."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from consultation import actions, regles
from consultation.gestion.champs import ChampDate
from consultation.gestion.formulaires import ChoixMultiple
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)
from consultation.models import Consultation, Piste, Suivi, Territoire
from consultation.textes import entiers

from ..lectures import suivis as lectures

#: Days a region is given when nothing else is said.
DELAI = 35


class Calendrier(DansConsultation, TemplateView):
    """Who has met, who has written, who is late: for who organises or edits the seminar."""

    template_name = "ateliers/gestion/suivis/calendrier.html"
    page_title = gettext_lazy("Suivi des régions")
    header_icon = "globe"

    def permis(self):
        return regles.peut_editer(self.request.user, self.consultation)

    @property
    def header_buttons(self):
        if not self.organise:
            return []
        adresse = self.adresse("gestion_ateliers:suivis_ouvrir")
        return [HeaderButton(_("Ouvrir un suivi"), url=adresse, icon_name="plus")]

    def get_context_data(self, **kwargs):
        calendrier = lectures.calendrier(self.consultation)
        lignes = [(region, list(regles.referents_de(region.suivi))) for region in calendrier.regions]
        return super().get_context_data(
            calendrier=calendrier, lignes=lignes, aujourd_hui=timezone.localdate(), **kwargs
        )


class FormulaireOuverture(forms.Form):
    territoires = ChoixMultiple(
        label=gettext_lazy("Quelles régions ?"),
        queryset=Territoire.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins une région.")},
    )
    attendue_le = ChampDate(label=gettext_lazy("Synthèse attendue le"))

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territoires"].queryset = Territoire.objects.filter(pk__in=[t.pk for t, _n in regions])
        personnes = {t.pk: n for t, n in regions}
        self.fields["territoires"].label_from_instance = lambda t: _dire_region(t, personnes[t.pk])


def _dire_region(territoire, n):
    if not n:
        return _("%(region)s, personne au séminaire") % {"region": territoire}
    dit = ngettext("%(region)s, %(n)s personne au séminaire", "%(region)s, %(n)s personnes au séminaire", n)
    return dit % {"region": territoire, "n": n}


class DansSuivi(FormulaireDansConsultation):
    header_icon = "globe"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:suivis"), "label": _("Suivi des régions")}]

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:suivis")


class Ouvrir(DansSuivi):
    """Open a follow-up in each region chosen, in one act."""

    template_name = "ateliers/gestion/suivis/ouvrir.html"
    form_class = FormulaireOuverture
    page_title = gettext_lazy("Ouvrir le suivi dans les régions")
    bouton = gettext_lazy("Ouvrir les suivis")

    @cached_property
    def regions(self):
        return lectures.regions_a_ouvrir(self.consultation)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "regions": self.regions}

    def get_initial(self):
        venues = [territoire.pk for territoire, n in self.regions if n]
        return {"territoires": venues, "attendue_le": timezone.localdate() + timedelta(days=DELAI)}

    def ecrire(self, form):
        ouverts = actions.ouvrir_suivis(
            consultation=self.consultation,
            territoires=list(form.cleaned_data["territoires"]),
            attendue_le=form.cleaned_data["attendue_le"],
            par=self.request.user,
        )
        dit = ngettext("%(n)s suivi est ouvert.", "%(n)s suivis sont ouverts.", len(ouverts)) % {"n": len(ouverts)}
        return dit, self.adresse("gestion_ateliers:suivis")


class PourLeSuivi(DansConsultation):
    """A page about one follow-up, at the address of the national seminar, for it and for the region's people."""

    reserve_aux_organisateurs = False

    def siennes(self, compte):
        suivies = Suivi.objects.filter(regionale__in=regles.consultations_de(compte)).values("nationale")
        return Consultation.objects.filter(Q(pk__in=super().siennes(compte)) | Q(pk__in=suivies))

    @cached_property
    def suivi(self):
        siens = Suivi.objects.filter(nationale=self.consultation).select_related(
            "regionale", "nationale", "territoire"
        )
        return objet_ou_404(siens, self.kwargs["pk"])

    def permis(self):
        return regles.peut_suivre(self.request.user, self.suivi)


class PageRegion(PourLeSuivi, TemplateView):
    """Where a region stands, its meetings, and what it works from."""

    template_name = "ateliers/gestion/suivis/region.html"
    header_icon = "globe"

    def get_page_title(self):
        return str(self.suivi)

    def get_breadcrumbs_items(self):
        """A region's own people have no way through the national seminar's desk."""
        fil = super().get_breadcrumbs_items()
        return fil if regles.est_du_groupe_national(self.request.user, self.suivi) else [fil[0], fil[-1]]

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:suivis"), "label": _("Suivi des régions")}]

    def get_context_data(self, **kwargs):
        compte, suivi = self.request.user, self.suivi
        region = lectures.region(suivi)
        return super().get_context_data(
            suivi=suivi,
            region=region,
            peu=lectures.PEU,
            matiere=lectures.matiere(suivi, region.personnes),
            referents=list(regles.referents_de(suivi)),
            national=regles.est_du_groupe_national(compte, suivi),
            reprend=regles.peut_reprendre(compte, suivi),
            organise_la=regles.est_organisateur(compte, suivi.regionale),
            bureau=regles.consultations_de(compte).filter(pk=suivi.regionale_id).exists(),
            **kwargs,
        )


class Emporter(PourLeSuivi, ActeDansConsultation):
    """Take the ticked pistes over in the region; the act says who may."""

    def agir(self):
        cles = entiers(self.request.POST.getlist("pistes"))[:500]
        pistes = list(Piste.objects.filter(consultation=self.consultation, pk__in=cles))
        prises = actions.emporter_pistes(suivi=self.suivi, pistes=pistes, par=self.request.user)
        dit = ngettext("%(n)s piste est dans la région.", "%(n)s pistes sont dans la région.", len(prises))
        return dit % {"n": len(prises)}

    def adresse_de_retour(self):
        return self.adresse("gestion_ateliers:suivi", self.suivi.pk)


class DuGroupeNational(PourLeSuivi, FormulaireDansConsultation):
    header_icon = "globe"

    def permis(self):
        return regles.est_du_groupe_national(self.request.user, self.suivi)

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:suivis"), "label": _("Suivi des régions")}]

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:suivi", self.suivi.pk)


class FormulaireDate(forms.Form):
    attendue_le = ChampDate(label=gettext_lazy("Synthèse attendue le"))


class Reporter(DuGroupeNational):
    form_class = FormulaireDate
    bouton = gettext_lazy("Donner ce délai")

    def get_page_title(self):
        return _("Donner un délai : %(region)s") % {"region": self.suivi}

    def get_initial(self):
        return {"attendue_le": self.suivi.attendue_le}

    def ecrire(self, form):
        actions.reporter_suivi(
            suivi=self.suivi, attendue_le=form.cleaned_data["attendue_le"], par=self.request.user
        )
        return _("C’est enregistré."), self.adresse_annuler()


class FormulaireMot(forms.Form):
    mot = forms.CharField(
        label=gettext_lazy("Un mot au groupe régional"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Il le lira en haut de sa page. Il faut un mot pour renvoyer."),
    )


class Relire(DuGroupeNational):
    """What a region submitted: read it, publish it through its page, or send it back with a word."""

    template_name = "ateliers/gestion/suivis/relire.html"
    form_class = FormulaireMot
    bouton = gettext_lazy("Renvoyer avec le mot")

    @cached_property
    def synthese(self):
        sienne = lectures.synthese_de(self.suivi)
        if sienne is None:
            raise Http404
        return sienne

    def get_page_title(self):
        return _("Relire : %(region)s") % {"region": self.suivi}

    def ecrire(self, form):
        actions.renvoyer_synthese(
            suivi=self.suivi, synthese=self.synthese, mot=form.cleaned_data["mot"], par=self.request.user
        )
        return _("La synthèse est renvoyée à la région, avec votre mot."), self.adresse_annuler()

    def get_context_data(self, **kwargs):
        faire_page = reverse("contenus:synthese_vers_page", args=[self.synthese.pk])
        return super().get_context_data(
            suivi=self.suivi,
            synthese=self.synthese,
            sections=_sections(self.synthese),
            faire_page=faire_page,
            **kwargs,
        )


def _sections(synthese):
    return synthese.sections.prefetch_related("phrases__pistes", "lignes__pistes")
