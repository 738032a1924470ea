"""The report of a visit at the desk: its grille, its words, both sides' leave, propositions made of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from consultation.erreurs import Refus
from consultation.textes import entier

from .. import actions, lectures
from .gestion import ActeSurVisite, DUneVisite, SurQuelqu_un


class PageCompteRendu(DUneVisite, TemplateView):
    """Its words are written here; a refusal shows them again as they were typed."""

    template_name = "visites/gestion/compte_rendu.html"
    page_title = gettext_lazy("Compte rendu")

    def get_context_data(self, **kwargs):
        gens = lectures.gens(self.visite)
        grille = self.visite.grille
        return {
            "recit": self.visite.recit,
            "gens": gens,
            "grilles": lectures.grilles_communes(self.consultation),
            "espaces": lectures.espaces(self.consultation),
            "envoyees": grille.copies.filter(envoyee_le__isnull=False).count() if grille else 0,
            "versees": lectures.constats_de(grille).count() if grille else 0,
            "publiable": self.visite.accord_entreprise is True and gens.groupe_d_accord,
        } | super().get_context_data(**kwargs)

    def post(self, request, *args, **kwargs):
        recit = request.POST.get("recit", "")
        try:
            actions.ecrire_recit(visite=self.visite, recit=recit, par=request.user)
        except Refus as refus:
            if refus.statut == 403:
                raise
            contexte = self.get_context_data(recit=recit, refus=refus)
            return self.render_to_response(contexte, status=refus.statut)
        messages.success(request, _("Le compte rendu est enregistré. Les accords sont à demander."))
        return self.render_to_response(self.get_context_data(recit=self.visite.recit))


class DuCompteRendu(ActeSurVisite):
    """A button of the page of the report."""

    def adresse_de_retour(self):
        return self.adresse("gestion_visites:visites_compte_rendu", self.visite.pk)


class PreparerGrille(DuCompteRendu):
    def agir(self):
        numero = entier(self.request.POST.get("grille", ""))
        commune = lectures.grilles_communes(self.consultation).filter(pk=numero).first()
        actions.preparer_compte_rendu(visite=self.visite, grille=commune, par=self.request.user)
        return _("La grille est en ligne pour cette visite.")


class Accorder(SurQuelqu_un, DuCompteRendu):
    """What someone without a phone says of publishing the report."""

    def agir(self):
        accord = {"oui": True, "non": False}.get(self.request.POST.get("accord"))
        if accord is None:
            raise Refus("sans_reponse", _("Dites oui ou non pour cette personne."))
        actions.accorder(visite=self.visite, participant=self.personne, accord=accord, par=self.request.user)
        return _("C’est noté.")


class Publier(DuCompteRendu):
    def agir(self):
        actions.publier(visite=self.visite, par=self.request.user)
        return _("Le compte rendu est publié sur la page de la visite.")


class Depublier(DuCompteRendu):
    def agir(self):
        actions.depublier(visite=self.visite, par=self.request.user)
        return _("Le compte rendu n’est plus publié.")


class Verser(DuCompteRendu):
    def agir(self):
        espace = lectures.espaces(self.consultation).filter(pk=entier(self.request.POST.get("espace", ""))).first()
        if espace is None:
            raise Refus("sans_espace", _("Choisissez un atelier."))
        n = actions.verser_constats(visite=self.visite, espace=espace, par=self.request.user)
        dit = ngettext("{n} constat est une proposition.", "{n} constats sont des propositions.", n)
        return dit.format(n=n)
