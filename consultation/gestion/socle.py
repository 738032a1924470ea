"""What every page of the desk shares: whose consultation it is, the way back, and how a refusal is shown."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import regles
from ..erreurs import Refus
from .formulaires import reporter


class Pupitre(WagtailAdminTemplateMixin):
    """Turns a Refus or a missing right into a page of the desk with the right HTTP status.

    Wagtail itself answers a missing right by a redirection to its home page: a 403 says it better.
    """

    header_icon = "clipboard-list"
    #: Shows the bar that stays in sight: the way back to the seminar, and the search.
    bureau = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"bureau": self.bureau}

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refus as refus:
            return page_de_refus(request, refus)
        except PermissionDenied:
            return page_de_refus(request, interdit())


def interdit():
    return Refus("interdit", _("Vous n’avez pas ce droit ici. Demandez à l’organisateur."), statut=403)


def page_de_refus(request, refus):
    contexte = {"refus": refus, "retour": request.META.get("HTTP_REFERER", "")}
    return TemplateResponse(request, "consultation/gestion/refus.html", contexte, status=refus.statut)


class DansConsultation(Pupitre):
    """A page about one consultation. A stranger's number answers 404; a right too small answers 403.

    `reserve_aux_organisateurs`: False on the pages that facilitators and rapporteurs may read too.
    """

    reserve_aux_organisateurs = True

    def dispatch(self, request, *args, **kwargs):
        siennes = self.siennes(request.user).select_related("territoire")
        self.consultation = get_object_or_404(siennes, pk=kwargs["consultation"])
        self.organise = regles.est_organisateur(request.user, self.consultation)
        if not self.permis():
            return page_de_refus(request, interdit())
        return super().dispatch(request, *args, **kwargs)

    def siennes(self, compte):
        """The consultations whose pages of this kind are not a stranger's to `compte`."""
        return regles.consultations_de(compte)

    def permis(self):
        """Whether whoever asks may see this page of a consultation in which they hold something."""
        return self.organise or not self.reserve_aux_organisateurs

    def adresse(self, nom, *args):
        """Return the address of the named page of this consultation."""
        return reverse(nom, args=[self.consultation.pk, *args])

    def get_breadcrumbs_items(self):
        fil = [
            {"url": reverse("wagtailadmin_home"), "label": _("Accueil")},
            {"url": reverse("consultations:index"), "label": _("Séminaires et forums")},
            {"url": self.adresse("gestion:preparation"), "label": self.consultation.titre},
            *self.etapes_du_fil(),
            {"url": "", "label": self.get_page_title()},
        ]
        return fil if self.get_page_title() != self.consultation.titre else fil[:-1]

    def etapes_du_fil(self):
        """Steps between the consultation and this page."""
        return []

    def get_context_data(self, **kwargs):
        # The numbers of the address come in with the rest: what they name takes their place.
        return super().get_context_data(**kwargs | {"consultation": self.consultation})


class ActeDansConsultation(DansConsultation, View):
    """A button that does one thing, by POST, and comes back with a sentence."""

    http_method_names = ["post"]
    retour = "gestion:preparation"

    def agir(self):
        """Call the action and return the sentence to show."""
        raise NotImplementedError

    def adresse_de_retour(self):
        return self.adresse(self.retour)

    def post(self, request, *args, **kwargs):
        try:
            messages.success(request, self.agir())
        except Refus as refus:
            if refus.statut in (403, 404):
                raise
            messages.error(request, refus.message)
        return redirect(self.adresse_de_retour())


class FormulaireDansConsultation(DansConsultation, FormView):
    """A form of the desk. A Refus comes back to it, under its field, with what was typed and its HTTP status."""

    template_name = "consultation/gestion/formulaire.html"
    bouton = gettext_lazy("Enregistrer")

    def ecrire(self, form):
        """Call the action and return (sentence to show, address to go to)."""
        raise NotImplementedError

    def adresse_annuler(self):
        """Where leaving the form leads."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            dit, adresse = self.ecrire(form)
        except Refus as refus:
            if refus.statut in (403, 404):
                raise
            reporter(refus, form)
            return self.form_invalid(form, statut=refus.statut)
        messages.success(self.request, dit)
        return redirect(adresse)

    def form_invalid(self, form, statut=422):
        messages.validation_error(self.request, _("Rien n’est enregistré : corrigez ce qui est signalé."), form)
        return self.render_to_response(self.get_context_data(form=form), status=statut)

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        return contexte | {
            "action_url": self.request.path,
            "media": contexte["form"].media,
            "submit_button_label": self.bouton,
            "submit_button_active_label": _("Enregistrement…"),
            "annuler": self.adresse_annuler(),
        }


def objet_ou_404(queryset, pk):
    """Return the object of a list already limited to what the reader may see."""
    objet = queryset.filter(pk=pk).first()
    if objet is None:
        raise Http404
    return objet
