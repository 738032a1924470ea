"""The page where an organiser entrusts a role to someone."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.gestion.socle import ActeDansConsultation, FormulaireDansConsultation, objet_ou_404
from consultation.models import Espace, Mandat
from consultation.regles import mandats_de

from .invitations import ROLES, inviter, renvoyer_invitation


class FormulaireInvitation(forms.Form):
    courriel = forms.EmailField(
        label=gettext_lazy("Courriel"),
        help_text=gettext_lazy("Si cette personne a déjà un compte, elle le garde. Sinon elle reçoit un lien."),
    )
    prenom = forms.CharField(label=gettext_lazy("Prénom"), max_length=150, required=False)
    nom = forms.CharField(label=gettext_lazy("Nom"), max_length=150, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=ROLES, widget=forms.RadioSelect)
    espace = forms.ModelChoiceField(
        label=gettext_lazy("Atelier"),
        queryset=Espace.objects.none(),
        required=False,
        empty_label=gettext_lazy("Toute la consultation"),
        help_text=gettext_lazy("Pour un animateur ou un rapporteur, choisissez son atelier."),
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["espace"].queryset = consultation.espaces.order_by("titre__plie")

    def clean(self):
        donnees = super().clean()
        if donnees.get("espace") and donnees.get("role") in (Mandat.Role.ORGANISATEUR, Mandat.Role.EDITEUR):
            self.add_error("espace", _("Ce rôle vaut pour toute la consultation : ne choisissez pas d’atelier."))
        return donnees


class PageInvitation(FormulaireDansConsultation):
    form_class = FormulaireInvitation
    page_title = gettext_lazy("Confier un rôle")
    header_icon = "user"
    bouton = gettext_lazy("Confier ce rôle")

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion:equipe"), "label": _("Équipe")}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def ecrire(self, form):
        mandat, cree = inviter(consultation=self.consultation, par=self.request.user, **form.cleaned_data)
        fait = (
            _("%(qui)s est invité par courriel.")
            if cree
            else _("C’est confié à %(qui)s, et un courriel l’en avertit.")
        )
        return fait % {"qui": mandat.compte}, self.adresse_annuler()

    def adresse_annuler(self):
        return self.adresse("gestion:equipe")


class Renvoyer(ActeDansConsultation):
    retour = "gestion:equipe"

    def agir(self):
        mandat = objet_ou_404(mandats_de(self.consultation), self.kwargs["pk"])
        renvoyer_invitation(mandat=mandat, par=self.request.user)
        return _("L’invitation est renvoyée à %(courriel)s.") % {"courriel": mandat.compte.email}
