"""The screen where an organiser composes the booklet: its pages, and what they give on paper."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.forms import WagtailAdminModelForm

from consultation.gestion.socle import ActeDansConsultation, DansConsultation, FormulaireDansConsultation
from consultation.regles import consultations_editees

from .. import actions, regles
from ..impression.carnets import FORMATS, relier
from ..impression.constats import bilan
from ..lectures.carnet import carnet_de
from ..models import CarnetCompose
from .impression import pdf_ou_excuse


class CarnetForm(WagtailAdminModelForm):
    """`revision`: the one that the writer saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CarnetCompose
        fields = ["corps"]


class DuCarnet(DansConsultation):
    """A page about the booklet of one consultation, for who publishes its pages."""

    def siennes(self, compte):
        return consultations_editees(compte)

    def permis(self):
        return regles.peut_composer_carnet(self.request.user, self.consultation)


class ComposerCarnet(DuCarnet, FormulaireDansConsultation):
    template_name = "contenus/gestion/carnet.html"
    page_title = gettext_lazy("Composer le carnet")
    form_class = CarnetForm
    header_icon = "doc-full"

    def get(self, request, *args, **kwargs):
        if self.carnet() is None:
            modeles = consultations_editees(request.user).filter(carnet_compose__isnull=False)
            contexte = DansConsultation.get_context_data(self, modeles=modeles, form=None)
            return self.response_class(request, "contenus/gestion/carnet_vide.html", contexte)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.carnet() is None:
            return redirect(request.path)
        return super().post(request, *args, **kwargs)

    def carnet(self):
        return CarnetCompose.objects.select_related("consultation").filter(consultation=self.consultation).first()

    def get_form_kwargs(self):
        carnet = self.carnet()
        return super().get_form_kwargs() | {"instance": carnet, "initial": {"revision": carnet.revision}}

    def ecrire(self, form):
        donnees = form.cleaned_data
        actions.garder_carnet(
            carnet=self.carnet(), corps=donnees["corps"], revision=donnees["revision"], par=self.request.user
        )
        return _("Le carnet est enregistré."), self.request.path

    def form_invalid(self, form, statut=422):
        if statut == 409:  # what was typed is shown again, over what is kept now: sent again, it is kept
            form.data = form.data.copy()
            form.data["revision"] = self.carnet().revision
        return super().form_invalid(form, statut)

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        carnet = self.carnet()
        return contexte | {
            "carnet": carnet,
            "bilan": bilan(self.consultation, carnet.corps),
            "formats": [
                ("a5", _("A5, à plier")),
                ("a4", _("A4")),
                ("gros", _("A4, gros caractères")),
            ],
            "apercu": self.adresse("contenus_apercu_carnet"),
        }


class ApercuCarnet(DuCarnet, View):
    """The PDF of what is on the screen, kept or not."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        carnet = CarnetCompose.objects.filter(consultation=self.consultation).first()
        form = CarnetForm(request.POST, instance=carnet)
        if not form.is_valid():
            page = ComposerCarnet()
            page.setup(request, *args, **kwargs)
            page.consultation, page.organise = self.consultation, self.organise
            return page.form_invalid(form) if carnet else redirect(self.adresse("contenus_carnet"))
        corps = form.cleaned_data["corps"]
        format = request.POST.get("format") if request.POST.get("format") in FORMATS else "a5"

        def faire():
            return relier(
                self.consultation, carnet_de(self.consultation, corps=corps), nom="carnet", format=format
            )

        return pdf_ou_excuse(request, f"carnet-{self.consultation.slug}", faire)


class ProposerCarnet(DuCarnet, ActeDansConsultation):
    """One button: a whole booklet, made of what is prepared, or of another seminar's."""

    retour = "contenus_carnet"

    def agir(self):
        choisie = self.request.POST.get("d_apres", "")
        modele = consultations_editees(self.request.user).filter(slug=choisie).first() if choisie else None
        actions.proposer_carnet(consultation=self.consultation, par=self.request.user, d_apres=modele)
        return _("Le carnet est proposé. Relisez ses pages, changez ce que vous voulez.")


class RetirerCarnet(DuCarnet, ActeDansConsultation):
    """The booklet makes itself again."""

    retour = "contenus_carnet"

    def agir(self):
        carnet = CarnetCompose.objects.filter(consultation=self.consultation).first()
        if carnet is not None:
            actions.retirer_carnet(carnet=carnet, par=self.request.user)
        return _("Le carnet se fait de nouveau tout seul.")
