"""Files made in the background, asked for from the desk; of them, the spreadsheet of everything."""

from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.admin import messages

from .. import actions
from .socle import ActeDansConsultation, DansConsultation, objet_ou_404
from .tableur import TYPES


def rendre_fichier(fichier, nom, type):
    """Return the answer that saves a file made in the background as `nom`, or None when it is not there."""
    if fichier.etat != fichier.Etat.FAIT or not fichier.fichier.exists():
        return None
    return FileResponse(fichier.fichier.open("rb"), as_attachment=True, filename=nom, content_type=type)


class LancerClasseur(ActeDansConsultation):
    retour = "gestion:exports"

    def agir(self):
        actions.lancer_classeur(consultation=self.consultation, par=self.request.user)
        return _("Le fichier complet se prépare. Vous pouvez fermer cette page.")


@method_decorator(never_cache, name="dispatch")
class FichierDuClasseur(DansConsultation, View):
    """The whole, for organisers alone: it holds what was set aside too."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        classeur = objet_ou_404(self.consultation.classeurs.all(), kwargs["classeur"])
        donne = rendre_fichier(classeur, f"{self.consultation.slug}-tout.xlsx", TYPES["xlsx"])
        if donne is None:
            messages.error(request, _("Ce fichier n’est pas prêt, ou ne l’est plus. Demandez-le à nouveau."))
            return redirect(self.adresse("gestion:exports"))
        actions.noter(
            verbe="exporter",
            objet=self.consultation,
            compte=request.user,
            details={"sorte": "tout", "forme": "xlsx"},
        )
        return donne
