"""Taking up another platform's consultation: its files, then what they would make, then the act.

Nothing is written before. Between the steps, what was read waits in the session of whoever sent it.
"""

import secrets
import time

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages

from .. import actions, regles
from ..erreurs import Refus
from ..lectures.adresses import adresse_libre
from ..models import Consultation, Territoire
from ..reprises import Lecture, lire_decidim, lire_polis
from .formulaires import reporter
from .socle import Pupitre, interdit, page_de_refus

CLE = "reprise"
#: Seconds during which what was read waits to be confirmed.
ATTENTE = 3600
#: Rows shown of each kind.
MONTREES, FAUTES_MONTREES = 8, 40


class FormulaireReprise(forms.Form):
    plateforme = forms.ChoiceField(
        label=gettext_lazy("D’où viennent les fichiers"),
        choices=[
            ("polis", gettext_lazy("Polis : comments.csv et participants-votes.csv")),
            ("decidim", gettext_lazy("Decidim : les propositions, en CSV")),
        ],
        widget=forms.RadioSelect,
        initial="polis",
    )
    idees = forms.FileField(
        label=gettext_lazy("Les idées ou les propositions"),
        help_text=gettext_lazy("Le fichier CSV tel que la plateforme le donne : 5 Mo et 2 000 lignes au plus."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )
    votes = forms.FileField(
        label=gettext_lazy("Les votes, pour Polis"),
        help_text=gettext_lazy("Facultatif. Sans ce fichier, les idées sont reprises sans vote."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        required=False,
    )
    titre = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    source = forms.CharField(
        label=gettext_lazy("Où cela s’est passé"),
        max_length=180,
        help_text=gettext_lazy("Le nom de la consultation d’origine, ou son adresse. C’est écrit partout à côté."),
    )
    territoire = forms.ModelChoiceField(label=gettext_lazy("Territoire"), queryset=Territoire.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territoire"].queryset = Territoire.objects.all()

    def clean(self):
        dites = super().clean()
        if dites.get("plateforme") == "decidim" and dites.get("votes"):
            raise ValidationError({"votes": _("Decidim ne donne pas ce fichier. Laissez cette case vide.")})
        return dites

    def lue(self):
        """The Lecture of the files. Raises Refus."""
        idees, votes = self.cleaned_data["idees"].read(), self.cleaned_data["votes"]
        if self.cleaned_data["plateforme"] == "decidim":
            return lire_decidim(idees)
        return lire_polis(idees, votes.read() if votes else None)


class PourOrganisateurs(Pupitre):
    """A page for whoever organises something: what is taken up has no organiser yet."""

    page_title = gettext_lazy("Reprendre une consultation faite ailleurs")
    header_icon = "upload"

    def dispatch(self, request, *args, **kwargs):
        if not regles.organise_quelque_chose(request.user):
            return page_de_refus(request, interdit())
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Accueil")},
            {"url": reverse("consultations:index"), "label": _("Séminaires et forums")},
            {"url": "", "label": self.get_page_title()},
        ]


class Reprendre(PourOrganisateurs, FormView):
    template_name = "consultation/gestion/reprendre.html"
    form_class = FormulaireReprise

    def form_valid(self, form):
        try:
            lecture = form.lue()
        except Refus as refus:
            reporter(refus, form)
            return self.form_invalid(form)
        dits = form.cleaned_data
        self.request.session[CLE] = {
            "lecture": lecture.en_attente(),
            "titre": dits["titre"],
            "source": dits["source"],
            "territoire": dits["territoire"].pk,
            "jeton": secrets.token_urlsafe(16),
            "compte": self.request.user.pk,
            "le": int(time.time()),
        }
        return redirect("reprendre_apercu")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Apercu(PourOrganisateurs, TemplateView):
    """What the files would make, each wrong row, and the button that writes."""

    template_name = "consultation/gestion/reprendre_apercu.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        attente = request.session.get(CLE) or {}
        sienne = attente.get("compte") == request.user.pk and time.time() - attente["le"] <= ATTENTE
        self.attente = attente if sienne else {}
        self.lecture = Lecture.reprendre(attente["lecture"]) if sienne else None

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.attente else self.recommencer()

    def recommencer(self):
        messages.warning(self.request, _("Aucun fichier n’attend. Envoyez-le à nouveau : rien n’a été écrit."))
        return redirect("reprendre_consultation")

    def get_context_data(self, **kwargs):
        fautes = self.lecture.fautes
        return super().get_context_data(
            **kwargs
            | {
                "attente": self.attente,
                "lecture": self.lecture,
                "premieres": self.lecture.dites[:MONTREES],
                "fautes": fautes[:FAUTES_MONTREES],
                "autres_fautes": len(fautes) - FAUTES_MONTREES,
            }
        )

    def post(self, request, *args, **kwargs):
        if not constant_time_compare(request.POST.get("jeton", ""), self.attente.get("jeton", "-")):
            return self.recommencer()
        titre = self.attente["titre"]
        consultation = Consultation(
            titre=titre, slug=adresse_libre(titre), territoire_id=self.attente["territoire"]
        )
        try:
            actions.reprendre_consultation(
                lecture=self.lecture, consultation=consultation, source=self.attente["source"], par=request.user
            )
        except Refus as refus:
            if refus.statut == 403:
                raise
            return self.render_to_response(self.get_context_data(refus=refus.message), status=refus.statut)
        del request.session[CLE]
        messages.success(request, _("La consultation est reprise. Relisez-la, puis publiez-la en la fermant."))
        return redirect("gestion:preparation", consultation.pk)
