"""The déroulé of one workshop: its steps in order, each edited, moved or taken out; the settings of its votes."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from consultation.gestion.histoire import histoire
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)

from .. import actions, lectures
from ..models import Atelier, DerouleGarde, Etape
from .actions import regler_scrutin
from .formulaires import FormulaireDeroule, FormulaireEtape, FormulaireGarderDeroule, FormulaireScrutin


class DansAtelier(DansConsultation):
    header_icon = "list-ol"

    @cached_property
    def atelier(self):
        siens = Atelier.objects.filter(espace__consultation=self.consultation)
        return objet_ou_404(siens.select_related("espace__consultation", "temps", "salle"), self.kwargs["pk"])

    @cached_property
    def etape(self):
        etapes = self.atelier.etapes.select_related("scrutin", "atelier__espace__consultation")
        return objet_ou_404(etapes, self.kwargs["etape"])

    def etapes_du_fil(self):
        return [{"url": self.adresse("gestion_ateliers:ateliers"), "label": _("Ateliers et plénières")}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(atelier=self.atelier, **kwargs)

    def retour_au_deroule(self):
        return self.adresse("gestion_ateliers:deroule", self.atelier.pk)


class PageDeroule(DansAtelier, TemplateView):
    template_name = "ateliers/gestion/deroule.html"

    def get_page_title(self):
        return self.atelier.titre

    def get_context_data(self, **kwargs):
        deroulement = lectures.deroule(self.atelier)
        etats = {etape.etat for etape in deroulement.etapes}
        commence = bool(etats - {Etape.Etat.A_VENIR})
        return super().get_context_data(
            termine=etats == {Etape.Etat.FERMEE},
            histoire=self.histoire(deroulement.etapes),
            deroulement=deroulement,
            duree=sum(etape.duree for etape in deroulement.etapes),
            deborde=deroulement.fin and deroulement.fin > self.atelier.temps.fin,
            commence=commence,
            **{
                "choix": FormulaireDeroule(compte=self.request.user),
                "garder": FormulaireGarderDeroule(),
                "gardes": DerouleGarde.objects.filter(compte=self.request.user),
                **kwargs,
            },
        )

    def histoire(self, etapes):
        """What was done to this workshop, its steps and its votes: the newest acts, in words."""
        votes = [etape.scrutin_id for etape in etapes if etape.scrutin_id]
        return histoire(
            self.consultation,
            {
                "ateliers.atelier": [self.atelier.pk],
                "ateliers.etape": [etape.pk for etape in etapes],
                "consultation.scrutin": votes,
            },
        )


class GarderDeroule(DansAtelier, ActeDansConsultation):
    def agir(self):
        titre = self.request.POST.get("titre", "")
        garde = actions.garder_deroule(atelier=self.atelier, titre=titre, par=self.request.user)
        return _("« %(titre)s » est gardé. Vous le trouverez parmi les déroulés, dans tous vos séminaires.") % {
            "titre": garde.titre
        }

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class OublierDeroule(DansAtelier, ActeDansConsultation):
    def agir(self):
        actions.oublier_deroule(atelier=self.atelier, garde=self.kwargs["garde"], par=self.request.user)
        return _("Ce déroulé est oublié. Les ateliers où il a servi ne changent pas.")

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class RouvrirEtape(DansAtelier, ActeDansConsultation):
    """Open a closed step again, with the time it had left. A closed vote says why it may not."""

    def agir(self):
        actions.ouvrir_etape(etape=self.etape, par=self.request.user)
        return _("« %(titre)s » est rouverte. Les téléphones l’affichent déjà.") % {"titre": self.etape.titre}

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class RouvrirAtelier(DansAtelier, ActeDansConsultation):
    """Take a finished workshop up again, in one step."""

    def agir(self):
        etape = actions.rouvrir_atelier(atelier=self.atelier, par=self.request.user)
        return _("L’atelier reprend à l’étape « %(titre)s ». Les téléphones l’affichent déjà.") % {
            "titre": etape.titre
        }

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class PoserDeroule(DansAtelier, ActeDansConsultation):
    def agir(self):
        deroule = self.request.POST.get("deroule", "")
        actions.appliquer_deroule(atelier=self.atelier, deroule=deroule, par=self.request.user)
        return _("Le déroulé est posé.")

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class DeplacerEtape(DansAtelier, ActeDansConsultation):
    def agir(self):
        freres = list(self.atelier.etapes.values_list("pk", flat=True))
        vers = freres.index(self.etape.pk) + (-1 if self.request.POST.get("sens") == "haut" else 1)
        actions.deplacer_etape(etape=self.etape, vers=max(vers, 0), par=self.request.user)
        return _("L’ordre est changé.")

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class RetirerEtape(DansAtelier, ActeDansConsultation):
    def agir(self):
        titre = self.etape.titre
        actions.retirer_etape(etape=self.etape, par=self.request.user)
        return _("L’étape « %(titre)s » est retirée.") % {"titre": titre}

    def adresse_de_retour(self):
        return self.retour_au_deroule()


class FormulaireDansAtelier(DansAtelier, FormulaireDansConsultation):
    def etapes_du_fil(self):
        return [*super().etapes_du_fil(), {"url": self.retour_au_deroule(), "label": self.atelier.titre}]

    def adresse_annuler(self):
        return self.retour_au_deroule()


class PageEtape(FormulaireDansAtelier):
    form_class = FormulaireEtape

    @cached_property
    def en_creation(self):
        return "etape" not in self.kwargs

    def get_page_title(self):
        return _("Nouvelle étape") if self.en_creation else self.etape.titre

    def get_form_kwargs(self):
        instance = Etape(atelier=self.atelier) if self.en_creation else self.etape
        return {**super().get_form_kwargs(), "instance": instance}

    def ecrire(self, form):
        if self.en_creation:
            actions.ajouter_etape(atelier=self.atelier, par=self.request.user, **form.cleaned_data)
        else:
            # The form has written on its instance; the action compares with what is stored.
            actions.modifier_etape(etape=self.etape, par=self.request.user, **form.cleaned_data)
        return _("C’est enregistré."), self.retour_au_deroule()


class PageScrutin(FormulaireDansAtelier):
    form_class = FormulaireScrutin

    def get_page_title(self):
        return _("Règles du vote : %(titre)s") % {"titre": self.etape.titre}

    def get_form_kwargs(self):
        kwargs = {**super().get_form_kwargs(), "consultation": self.consultation}
        return {**kwargs, "instance": self.etape.scrutin} if self.etape.scrutin else kwargs

    def get_context_data(self, **kwargs):
        aide = _(
            "Un collège où moins de cinq personnes ont voté n’est jamais montré à part, nulle part. "
            "Les pistes soumises au vote sont celles de l’atelier au moment où le vote s’ouvre."
        )
        return super().get_context_data(aide=aide, **kwargs)

    def ecrire(self, form):
        reglages = {champ: form.cleaned_data[champ] for champ in form.Meta.fields}
        etape = Etape.objects.select_related("scrutin", "atelier__espace__consultation").get(pk=self.etape.pk)
        regler_scrutin(etape=etape, quorums=form.quorums(), par=self.request.user, **reglages)
        return _("C’est enregistré."), self.retour_au_deroule()
