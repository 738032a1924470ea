"""The screen of the print runs: asked for, followed, downloaded."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from consultation.gestion.classeurs import rendre_fichier
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)

from .. import actions
from ..lectures.tirages import choix, tirages
from ..models import Tirage


class TirageForm(forms.Form):
    qui = forms.ChoiceField(label=gettext_lazy("Pour qui tirer ?"))
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=Tirage.Format.choices)
    edition = forms.ChoiceField(label=gettext_lazy("Édition"), choices=Tirage.Edition.choices)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["qui"].choices = choix(consultation)


@method_decorator(never_cache, name="dispatch")
class Tirages(FormulaireDansConsultation):
    template_name = "contenus/gestion/tirages.html"
    page_title = gettext_lazy("Tirer les carnets")
    form_class = TirageForm
    header_icon = "doc-full"
    bouton = gettext_lazy("Tirer les carnets")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"consultation": self.consultation}

    def ecrire(self, form):
        actions.lancer_tirage(consultation=self.consultation, par=self.request.user, **form.cleaned_data)
        return _("Le tirage est lancé. Vous pouvez fermer cette page."), self.request.path

    def adresse_annuler(self):
        return self.adresse("gestion:preparation")

    def get_context_data(self, **kwargs):
        lus = tirages(self.consultation)
        en_cours = any(lu.tirage.etat == Tirage.Etat.EN_COURS for lu in lus)
        return super().get_context_data(**kwargs) | {"tirages": lus, "en_cours": en_cours}


class ArreterTirage(ActeDansConsultation):
    retour = "contenus_tirages"

    def agir(self):
        tirage = objet_ou_404(self.consultation.tirages.all(), self.kwargs["tirage"])
        actions.arreter_tirage(tirage=tirage, par=self.request.user)
        return _("Le tirage est arrêté. Ce qui est fait est gardé.")


class ReprendreTirage(ActeDansConsultation):
    retour = "contenus_tirages"

    def agir(self):
        tirage = objet_ou_404(self.consultation.tirages.all(), self.kwargs["tirage"])
        actions.reprendre_tirage(tirage=tirage, par=self.request.user)
        return _("Le tirage reprend là où il en était.")


@method_decorator(never_cache, name="dispatch")
class FichierDuTirage(DansConsultation, View):
    """The whole file, for organisers alone: it carries personal codes."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        tirage = objet_ou_404(self.consultation.tirages.all(), kwargs["tirage"])
        lu = next(lu for lu in tirages(self.consultation) if lu.tirage.pk == tirage.pk)
        nom = f"carnets-{self.consultation.slug}-{tirage.format}.pdf"
        donne = None if lu.perime else rendre_fichier(tirage, nom, "application/pdf")
        if donne is None:
            messages.error(request, _("Ce fichier n’est pas prêt, ou ne l’est plus. Tirez les carnets à nouveau."))
            return redirect(self.adresse("contenus_tirages"))
        return donne
