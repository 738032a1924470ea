"""The desk of visits: the list, one visit and who comes, the paper."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn

from consultation.erreurs import Refus
from consultation.gestion.champs import ChampMoment
from consultation.gestion.rubriques import Rubrique
from consultation.gestion.socle import (
    ActeDansConsultation,
    DansConsultation,
    FormulaireDansConsultation,
    objet_ou_404,
)
from consultation.textes import entiers
from contenus.views.impression import pdf_ou_excuse

from .. import actions, lectures, regles
from ..models import Visite
from ..papier import feuille_pdf


class FormulaireVisite(forms.ModelForm):
    class Meta:
        model = Visite
        fields = ["entreprise", "a_voir", "debut", "fin", "lieu", "acces", "places", "a_repartir"]
        field_classes = {"debut": ChampMoment, "fin": ChampMoment}
        widgets = {"a_voir": forms.Textarea(attrs={"rows": 4}), "acces": forms.Textarea(attrs={"rows": 3})}


class RubriqueVisites(Rubrique):
    cle = "visites"
    espace_de_noms = "gestion_visites"
    modele = Visite
    formulaire = FormulaireVisite
    icone = "home"
    titre = gettext_lazy("Visites d’entreprises")
    ajouter = gettext_lazy("Ajouter une visite")
    titre_ajout = gettext_lazy("Nouvelle visite")
    aide = gettext_lazy(
        "Une entreprise ouvre ses portes à une date. Quand la visite est ouverte, chacun demande une place "
        "depuis sa page, ou vous la demandez pour lui."
    )
    vide = gettext_lazy("Aucune visite. Ajoutez la première : une entreprise, une date, un nombre de places.")
    champs_recherche = ("entreprise", "lieu")

    def elements(self, consultation):
        return Visite.objects.filter(consultation=consultation).comptees()

    def colonnes(self):
        return [
            Column("quand", label=_("Quand"), accessor=lambda v: lectures.quand(v.debut, v.fin)),
            Column("etat", label=_("État"), accessor=dire_etat),
            TitleColumn("gens", label=_("Inscrits"), accessor=_dire_gens, get_url=_adresse_des_gens),
        ]

    def enregistrer(self, *, formulaire, par):
        return actions.enregistrer_visite(visite=formulaire.instance, par=par)

    def supprimer(self, *, objet, par):
        actions.supprimer_visite(visite=objet, par=par)

    def adresse_apres(self, vue, objet):
        return vue.adresse("gestion_visites:visites_gens", objet.pk)


def dire_etat(visite):
    if visite.etat == Visite.Etat.OUVERTE and regles.est_passee(visite):
        return _("Compte rendu publié") if visite.publiee_le else _("Faite")
    return visite.get_etat_display()


def _dire_gens(visite):
    dits = {"n": visite.nb_places, "sur": visite.places, "attente": visite.nb_attentes}
    if visite.nb_attentes:
        return _("%(n)s sur %(sur)s, %(attente)s en attente") % dits
    return _("%(n)s sur %(sur)s") % dits


def _adresse_des_gens(visite):
    return reverse("gestion_visites:visites_gens", args=[visite.consultation_id, visite.pk])


class DUneVisite(DansConsultation):
    """A page about one visit of the consultation."""

    header_icon = "home"

    @cached_property
    def visite(self):
        visites = Visite.objects.filter(consultation=self.consultation).select_related("consultation", "grille")
        return objet_ou_404(visites, self.kwargs["pk"])

    def etapes_du_fil(self):
        return [
            {"url": self.adresse("gestion_visites:visites"), "label": RubriqueVisites.titre},
            {"url": _adresse_des_gens(self.visite), "label": self.visite.entreprise},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"visite": self.visite, "lue": lectures.VisiteLue(self.visite)}


class ActeSurVisite(DUneVisite, ActeDansConsultation):
    def adresse_de_retour(self):
        return _adresse_des_gens(self.visite)


class PageGens(DUneVisite, TemplateView):
    """One visit: where it stands, who comes, who waits."""

    template_name = "visites/gestion/gens.html"

    def get_page_title(self):
        return self.visite.entreprise

    def etapes_du_fil(self):
        return super().etapes_du_fil()[:1]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "etat": dire_etat(self.visite),
            "gens": lectures.gens(self.visite),
            "ouverte": regles.prend_des_demandes(self.visite),
            "autres": lectures.peuvent_demander(self.visite),
            "adresse_entreprise": self.request.build_absolute_uri(
                reverse("visites:entreprise", args=[self.visite.cle])
            ),
        }


class Ouvrir(ActeSurVisite):
    def agir(self):
        actions.ouvrir(visite=self.visite, par=self.request.user)
        return _("La visite est ouverte : chacun peut demander une place.")


class FormulaireAnnuler(forms.Form):
    motif = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        max_length=200,
        help_text=gettext_lazy("Une phrase. Les personnes inscrites la liront sur leur page."),
    )


class Annuler(DUneVisite, FormulaireDansConsultation):
    page_title = gettext_lazy("Annuler la visite")
    form_class = FormulaireAnnuler
    bouton = gettext_lazy("Annuler la visite")

    def ecrire(self, form):
        actions.annuler(visite=self.visite, par=self.request.user, **form.cleaned_data)
        return _("La visite est annulée. Les personnes inscrites le lisent sur leur page."), self.adresse_annuler()

    def adresse_annuler(self):
        return _adresse_des_gens(self.visite)


class SurQuelqu_un(ActeSurVisite):
    """An act about one person of the consultation, `personne` in the form."""

    @cached_property
    def personne(self):
        numeros = entiers([self.request.POST.get("personne", "")])
        gens = self.consultation.participants.filter(efface_le=None).select_related("college")
        trouvee = gens.filter(pk__in=numeros).first()
        if trouvee is None:
            raise Refus("personne_inconnue", _("Choisissez une personne dans la liste."))
        return trouvee


class Inscrire(SurQuelqu_un):
    def agir(self):
        demande = actions.demander(visite=self.visite, participant=self.personne, par=self.request.user)
        return _("%(qui)s : %(dit)s") % {"qui": self.personne.nom_complet, "dit": dire_demande_au_bureau(demande)}


def dire_demande_au_bureau(demande):
    if demande.etat == demande.Etat.PLACE:
        return _("une place est notée.")
    return _("la demande attend une place.")


class Rendre(SurQuelqu_un):
    def agir(self):
        actions.rendre(visite=self.visite, participant=self.personne, par=self.request.user)
        return _("C’est noté. La place va à la première personne qui attend, s’il y en a une.")


class Feuille(DUneVisite, View):
    """The sheet of a visit: when, where, who comes; and the enterprise's own. It holds names and a secret."""

    http_method_names = ["get"]

    def get(self, request, **_kwargs):
        return pdf_ou_excuse(request, f"visite-{self.visite.pk}", lambda: feuille_pdf(self.visite))
