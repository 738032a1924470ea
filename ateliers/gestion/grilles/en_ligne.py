"""Putting a questionnaire in people's hands: its versions with their counts, its address, its code, its end."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from consultation import actions, questions
from consultation.models import Consultation, Grille

from ...lectures.suivi_grilles import versions_comptees
from ...qr import svg_qr
from .construction import ActeDansGrille, DansGrille


class PageEnLigne(DansGrille, TemplateView):
    template_name = "ateliers/gestion/grilles/en_ligne.html"
    page_title = gettext_lazy("Mettre en ligne")
    onglet = "en_ligne"

    def get_context_data(self, **kwargs):
        adresse = self.request.build_absolute_uri(reverse("grille", kwargs={"code": self.grille.code}))
        rangs = {question.cle: rang for rang, question in enumerate(self.structure.questions, start=1)}
        return super().get_context_data(
            versions=list(versions_comptees(self.grille)),
            defauts=[(rangs.get(d.question), d) for d in questions.defauts(self.structure)],
            adresse=adresse,
            qr=svg_qr(adresse, _("Code QR de la grille")),
            ouverte=self.grille.etat == Grille.Etat.OUVERTE,
            close=self.grille.etat == Grille.Etat.CLOSE,
            consultation_close=self.consultation.etat == Consultation.Etat.CLOSE,
            **kwargs,
        )


class ActeEnLigne(ActeDansGrille):
    def adresse_de_retour(self):
        return self.adresse("gestion_ateliers:grille_en_ligne", self.grille.pk)


class MettreEnLigne(ActeEnLigne):
    def agir(self):
        version = actions.mettre_en_ligne(grille=self.grille, par=self.request.user)
        return _("La version {n} est en ligne.").format(n=version.numero)


class Clore(ActeEnLigne):
    def agir(self):
        actions.clore_grille(grille=self.grille, par=self.request.user)
        return _("La grille est close. Elle ne reçoit plus de réponses.")


class Rouvrir(ActeEnLigne):
    def agir(self):
        actions.rouvrir_grille(grille=self.grille, par=self.request.user)
        return _("La grille est rouverte.")
