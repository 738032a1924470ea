"""A questionnaire taken elsewhere, or brought from there, as an XLSForm. Nothing is written unseen."""

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from consultation import actions, questions
from consultation.erreurs import Refus
from consultation.gestion.socle import FormulaireDansConsultation
from consultation.gestion.tableur import TYPES, en_xlsx
from consultation.questions.xlsform import depuis_xlsform, vers_xlsform

from ...inscriptions.fichier import lire_feuilles
from .construction import DansGrille

#: Seconds during which what was read waits to be chosen.
ATTENTE = 3600


class Exporter(DansGrille, View):
    """What is being written, with the number of the version online."""

    def get(self, request, *args, **kwargs):
        derniere = self.grille.versions.last()
        feuilles = vers_xlsform(self.grille.titre, self.structure, version=derniere.numero if derniere else 0)
        reponse = HttpResponse(en_xlsx(feuilles), content_type=TYPES["xlsx"])
        nom = slugify(self.grille.titre) or "grille"
        reponse["Content-Disposition"] = f'attachment; filename="{nom}.xlsx"'
        return reponse


class FormulaireXLSForm(forms.Form):
    """A file to be read, or what was read of it, signed, with the title under which to begin."""

    fichier = forms.FileField(
        label=gettext_lazy("Votre XLSForm"),
        help_text=gettext_lazy("Un classeur .xlsx ou .xls, 2 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        required=False,
    )
    titre = forms.CharField(label=gettext_lazy("Titre"), max_length=160, required=False)
    lu = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        lu = super().clean()
        if not (lu.get("fichier") or lu.get("lu") or self.errors):
            self.add_error("fichier", _("Choisissez un fichier."))
        if lu.get("lu") and not lu.get("titre"):
            self.add_error("titre", _("Donnez un titre."))
        return lu


class PageImport(FormulaireDansConsultation):
    """The file, then what it holds and what cannot be carried over, then the choice."""

    template_name = "ateliers/gestion/grilles/importer.html"
    form_class = FormulaireXLSForm
    page_title = gettext_lazy("Reprendre un XLSForm")
    header_icon = "upload"
    bouton = gettext_lazy("Lire ce fichier")

    def etapes_du_fil(self):
        return [{"url": self.adresse_annuler(), "label": _("Grilles")}]

    def adresse_annuler(self):
        return self.adresse("gestion_ateliers:grilles")

    def form_valid(self, form):
        if form.cleaned_data["fichier"] and not form.cleaned_data["lu"]:
            return self._montrer(form)
        return super().form_valid(form)

    def _montrer(self, form):
        try:
            lu = depuis_xlsform(lire_feuilles(form.cleaned_data["fichier"].read()))
        except Refus as refus:
            form.add_error("fichier", refus.message)
            return self.form_invalid(form, statut=refus.statut)
        garde = signing.dumps(lu.structure.en_donnees(), salt=self._sel(), compress=True)
        suite = FormulaireXLSForm(initial={"titre": lu.titre, "lu": garde})
        return self.render_to_response(self.get_context_data(form=suite, lu=lu))

    def _sel(self):
        return f"{__name__}.{self.consultation.pk}.{self.request.user.pk}"

    def ecrire(self, form):
        try:
            contenu = signing.loads(form.cleaned_data["lu"], salt=self._sel(), max_age=ATTENTE)
        except signing.BadSignature:
            message = _("Ce fichier a été lu il y a trop longtemps. Choisissez-le à nouveau.")
            raise Refus("lecture_perdue", message) from None
        grille = actions.creer_grille(
            consultation=self.consultation,
            titre=form.cleaned_data["titre"],
            contenu=contenu,
            par=self.request.user,
        )
        return _("La grille est commencée."), self.adresse("gestion_ateliers:grille", grille.pk)

    def get_context_data(self, **kwargs):
        lu = kwargs.get("lu")
        defauts = questions.defauts(lu.structure) if lu else []
        return super().get_context_data(**kwargs) | {"defauts": defauts}
