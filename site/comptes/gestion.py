"""The page where an organiser entrusts a role to someone."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.formulaires import reporter
from consultation.gestion.socle import ActeDansConsultation, DansConsultation, objet_ou_404
from consultation.models import Espace, Mandat

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
        self.fields["espace"].queryset = consultation.espaces.order_by("titre")

    def clean(self):
        donnees = super().clean()
        if donnees.get("espace") and donnees.get("role") in (Mandat.Role.ORGANISATEUR, Mandat.Role.EDITEUR):
            self.add_error("espace", _("Ce rôle vaut pour toute la consultation : ne choisissez pas d’atelier."))
        return donnees


class PageInvitation(DansConsultation, FormView):
    template_name = "consultation/gestion/formulaire.html"
    form_class = FormulaireInvitation
    page_title = gettext_lazy("Confier un rôle")
    header_icon = "user"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion:equipe"), "label": _("Équipe")}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def form_valid(self, form):
        try:
            mandat, cree = inviter(consultation=self.consultation, par=self.request.user, **form.cleaned_data)
        except Refus as refus:
            if refus.statut == 403:
                raise
            reporter(refus, form)
            return self.form_invalid(form, statut=refus.statut)
        fait = (
            _("%(qui)s est invité par courriel.")
            if cree
            else _("C’est confié à %(qui)s, et un courriel l’en avertit.")
        )
        messages.success(self.request, fait % {"qui": mandat.compte})
        return redirect(self.adresse("gestion:equipe"))

    def form_invalid(self, form, statut=422):
        messages.validation_error(self.request, _("Rien n’est enregistré : corrigez ce qui est signalé."), form)
        return self.render_to_response(self.get_context_data(form=form), status=statut)

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        return contexte | {
            "action_url": self.request.path,
            "media": contexte["form"].media,
            "submit_button_label": _("Confier ce rôle"),
            "submit_button_active_label": _("Enregistrement…"),
            "annuler": self.adresse("gestion:equipe"),
        }


class Renvoyer(ActeDansConsultation):
    retour = "gestion:equipe"

    def agir(self):
        mandats = Mandat.objects.filter(consultation=self.consultation).select_related("compte", "consultation")
        mandat = objet_ou_404(mandats, self.kwargs["pk"])
        renvoyer_invitation(mandat=mandat, par=self.request.user)
        return _("L’invitation est renvoyée à %(courriel)s.") % {"courriel": mandat.compte.email}
