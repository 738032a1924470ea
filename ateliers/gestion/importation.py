"""Importing a list in two steps: look at what it would do, then confirm. Nothing is written before.

Between the two, the rows wait in the session of whoever sent them: nobody else can read or confirm them.
"""

import secrets
import time

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.gestion.formulaires import reporter
from consultation.gestion.socle import DansConsultation
from consultation.gestion.tableur import TYPES

from ..inscriptions.actions import importer_inscriptions
from ..inscriptions.fichier import TAILLE_MAX
from ..inscriptions.lignes import Ligne, lire_liste
from ..inscriptions.modele import fichier_exemple
from ..inscriptions.verification import verifier
from .formulaires import FormulaireFichier

#: Seconds during which a list waits to be confirmed.
ATTENTE = 3600
LIGNES_MONTREES = 12


def _cle(consultation):
    return f"inscriptions_{consultation.pk}"


def mettre_en_attente(request, consultation, nom, liste):
    """Keep the rows of `liste` in the session until they are confirmed; one list at a time for a consultation."""
    request.session[_cle(consultation)] = {
        "jeton": secrets.token_urlsafe(16),
        "compte": request.user.pk,
        "le": int(time.time()),
        "nom": nom[:120],
        "lignes": [ligne.en_donnees() for ligne in liste.lignes],
        "ignorees": list(liste.ignorees),
        "avec_ateliers": liste.avec_ateliers,
    }


def en_attente(request, consultation):
    """Return what waits, or None: nothing sent, too old, or sent by another account of the same browser."""
    attente = request.session.get(_cle(consultation))
    if attente and (attente["compte"] != request.user.pk or time.time() - attente["le"] > ATTENTE):
        oublier(request, consultation)
        return None
    return attente


def oublier(request, consultation):
    request.session.pop(_cle(consultation), None)


class DansImport(DansConsultation):
    header_icon = "upload"

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:inscriptions"), "label": _("Inscriptions")}]


class PageImport(DansImport, FormView):
    """Step one: the file."""

    template_name = "ateliers/gestion/importer.html"
    form_class = FormulaireFichier
    page_title = gettext_lazy("Importer une liste")

    def form_valid(self, form):
        fichier = form.cleaned_data["fichier"]
        try:
            if fichier.size > TAILLE_MAX:
                raise Refus(
                    "fichier_trop_lourd", _("Ce fichier dépasse 2 Mo. Gardez seulement la liste."), champ="fichier"
                )
            liste = lire_liste(fichier.read())
            if not liste.lignes:
                raise Refus("liste_vide", _("Cette liste n’a que ses titres de colonnes."), champ="fichier")
        except Refus as refus:
            reporter(refus, form)
            return self.form_invalid(form)
        mettre_en_attente(self.request, self.consultation, fichier.name, liste)
        return redirect(self.adresse("gestion_ateliers:apercu"))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        pret = self.consultation.colleges.exists()
        return super().get_context_data(pret=pret, attente=en_attente(self.request, self.consultation), **kwargs)


class PageApercu(DansImport, TemplateView):
    """Step two: what it would do, row by row where something is wrong; then the button that does it."""

    template_name = "ateliers/gestion/apercu.html"
    page_title = gettext_lazy("Vérifier la liste")

    def get(self, request, *args, **kwargs):
        attente = en_attente(request, self.consultation)
        if not attente:
            messages.warning(request, _("Aucune liste n’attend. Envoyez-la à nouveau."))
            return redirect(self.adresse("gestion_ateliers:importer"))
        return self.render_to_response(self.get_context_data(attente=attente))

    def get_context_data(self, *, attente, **kwargs):
        lignes = [Ligne.de_donnees(donnees) for donnees in attente["lignes"]]
        apercu = verifier(consultation=self.consultation, lignes=lignes, avec_ateliers=attente["avec_ateliers"])
        return super().get_context_data(
            attente=attente,
            apercu=apercu,
            remarques=[v for v in apercu.verdicts if v.remarques and not v.erreurs],
            exemples=apercu.acceptees[:LIGNES_MONTREES],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        attente = en_attente(request, self.consultation)
        if not attente or not secrets.compare_digest(request.POST.get("jeton", ""), attente["jeton"]):
            messages.error(request, _("Cette liste n’attend plus. Envoyez-la à nouveau : rien n’a été écrit."))
            return redirect(self.adresse("gestion_ateliers:importer"))
        if "abandonner" in request.POST:
            oublier(request, self.consultation)
            return redirect(self.adresse("gestion_ateliers:importer"))
        lignes = [Ligne.de_donnees(donnees) for donnees in attente["lignes"]]
        fait = importer_inscriptions(
            consultation=self.consultation, lignes=lignes, avec_ateliers=attente["avec_ateliers"], par=request.user
        )
        oublier(request, self.consultation)
        messages.success(request, _dire(fait.comptes))
        return redirect(self.adresse("gestion_ateliers:inscriptions"))


def _dire(comptes):
    return (
        _(
            "Liste importée : %(creer)s inscrits, %(modifier)s modifiés, "
            "%(inchangee)s inchangés, %(refusee)s refusés."
        )
        % comptes
    )


class FichierExemple(DansConsultation, TemplateView):
    def get(self, request, *args, **kwargs):
        reponse = HttpResponse(fichier_exemple(self.consultation), content_type=TYPES["xlsx"])
        reponse["Content-Disposition"] = 'attachment; filename="exemple-inscriptions.xlsx"'
        return reponse
