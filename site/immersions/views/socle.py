"""What the officer's pages share: the scheme of the consultation, the file, the way back to it."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultation.erreurs import Refus
from consultation.gestion.socle import ActeDansConsultation, DansConsultation, FormulaireDansConsultation

from .. import lectures


class DansDispositif(DansConsultation):
    """A page about the immersions of a consultation; where there are none yet, its settings come first."""

    header_icon = "group"
    reglages = False

    @cached_property
    def dispositif(self):
        """None while it is not set; what is posted then is refused."""
        dispositif = lectures.dispositif_de(self.consultation)
        if dispositif is None and self.request.method == "POST" and not self.reglages:
            raise Refus("pas_d_immersions", _("Réglez d’abord le dispositif d’immersions."), statut=409)
        return dispositif

    def get(self, request, *args, **kwargs):
        if self.dispositif is None and not self.reglages:
            return redirect("gestion_immersions:reglages", self.consultation.pk)
        return super().get(request, *args, **kwargs)

    def chez(self, nom, *args):
        return self.adresse(f"gestion_immersions:{nom}", *args)

    def etapes_du_fil(self):
        return [{"url": self.chez("accueil"), "label": _("Immersions")}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"dispositif": self.dispositif}


class DansDossier(DansDispositif):
    """A page about one immersion of the scheme, which still names someone."""

    @cached_property
    def immersion(self):
        immersion = self.dispositif and lectures.immersion_de(self.dispositif, self.kwargs["immersion"])
        if immersion is None:
            raise Http404
        return immersion

    def get(self, request, *args, **kwargs):
        assert self.immersion
        return super().get(request, *args, **kwargs)

    def le_dossier(self):
        return self.chez("dossier", self.immersion.pk)

    def etapes_du_fil(self):
        qui = self.immersion.participant.nom_complet if self.immersion.participant else str(self.immersion)
        return [*super().etapes_du_fil(), {"url": self.le_dossier(), "label": qui}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"immersion": self.immersion}


class FormulaireDeDossier(DansDossier, FormulaireDansConsultation):
    """A form about one immersion; it comes back to the file."""

    def adresse_annuler(self):
        return self.le_dossier()

    def fait(self, dit):
        return dit, self.le_dossier()


class ActeDeDossier(DansDossier, ActeDansConsultation):
    """A button of the file."""

    def adresse_de_retour(self):
        return self.le_dossier()
