"""The desk of public registration: the page, who waits for a seat, the letters."""

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultation.gestion.champs import ChampDate
from consultation.gestion.socle import ActeDansConsultation, FormulaireDansConsultation

from ..inscriptions import lectures, publique
from ..models import Adresse, InscriptionPublique


class FormulairePage(forms.Form):
    ouverte = forms.BooleanField(label=gettext_lazy("On peut s’inscrire soi-même"), required=False)
    jusqu_au = ChampDate(
        label=gettext_lazy("Dernier jour pour s’inscrire"),
        required=False,
        help_text=gettext_lazy("Ce jour compris. Laissez vide si vous fermerez vous-même."),
    )


class PagePublique(FormulaireDansConsultation):
    template_name = "ateliers/gestion/publique.html"
    form_class = FormulairePage
    page_title = gettext_lazy("Inscription publique")
    header_icon = "globe"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:inscriptions"), "label": _("Inscriptions")}]

    def get_initial(self):
        reglage = InscriptionPublique.objects.filter(consultation=self.consultation).first()
        return {"ouverte": reglage.ouverte, "jusqu_au": reglage.jusqu_au} if reglage else {}

    def ecrire(self, form):
        publique.regler_inscription_publique(
            consultation=self.consultation, par=self.request.user, **form.cleaned_data
        )
        return _("C’est enregistré."), self.adresse("gestion_ateliers:publique")

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:inscriptions")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            adresse_publique=settings.URL_PUBLIQUE + reverse("s-inscrire", args=[self.consultation.slug]),
            reglee=InscriptionPublique.objects.filter(consultation=self.consultation).exists(),
            demandes=self.consultation.demandes.select_related("college"),
            sur_papier=lectures.a_convoquer_sur_papier(self.consultation).count(),
            adresses=Adresse.objects.filter(participant__consultation=self.consultation).count(),
            **kwargs,
        )


class Accueillir(ActeDansConsultation):
    retour = "gestion_ateliers:publique"

    def agir(self):
        n = len(publique.accueillir_les_demandes(consultation=self.consultation, par=self.request.user))
        return ngettext("%(n)s personne inscrite.", "%(n)s personnes inscrites.", n) % {"n": n}


class Convoquer(ActeDansConsultation):
    retour = "gestion_ateliers:publique"

    def agir(self):
        partis, rates = publique.envoyer_les_convocations(consultation=self.consultation, par=self.request.user)
        dit = ngettext("%(n)s courriel remis.", "%(n)s courriels remis.", partis) % {"n": partis}
        if rates:
            dit += " " + ngettext("%(n)s n’est pas parti.", "%(n)s ne sont pas partis.", rates) % {"n": rates}
        return dit
