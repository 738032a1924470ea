"""The pages of a rubrique (see `rubriques`): its list, its form, several at once, its removal, its order."""

from django.contrib.admin.utils import quote
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from ..erreurs import Refus
from .listes import ListeDansConsultation
from .socle import ActeDansConsultation, DansConsultation, FormulaireDansConsultation, objet_ou_404


class ColonneOrdre(Column):
    """Two buttons that move a row up or down, without JavaScript."""

    cell_template_name = "consultation/gestion/cellule_ordre.html"

    def __init__(self, get_url):
        super().__init__("ordre", label=gettext_lazy("Ordre"), width="9%")
        self.get_url = get_url

    def get_cell_context_data(self, instance, parent_context):
        contexte = super().get_cell_context_data(instance, parent_context)
        jeton = get_token(parent_context["request"])
        return contexte | {"adresse": self.get_url(instance), "titre": str(instance), "csrf_token": jeton}


class ListeRubrique(ListeDansConsultation):
    rubrique = None

    @cached_property
    def adresse_liste(self):
        return self.rubrique.nom("liste")

    @property
    def header_icon(self):
        return self.rubrique.icone

    @property
    def aide(self):
        return self.rubrique.aide

    @property
    def vide(self):
        return self.rubrique.vide

    @property
    def is_searchable(self):
        return bool(self.rubrique.champs_recherche)

    @property
    def search_fields(self):
        return self.rubrique.champs_recherche

    @property
    def filterset_class(self):
        return self.rubrique.filtres

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "queryset": self.get_base_queryset()}

    def get_page_title(self):
        return self.rubrique.titre

    def get_base_queryset(self):
        return self.rubrique.elements(self.consultation)

    @cached_property
    def columns(self):
        premiere = TitleColumn(
            "titre",
            label=_("Nom"),
            accessor=str,
            get_url=lambda o: self.adresse(self.rubrique.nom("modifier"), quote(o.pk)),
        )
        colonnes = [premiere, *self.rubrique.colonnes()]
        if self.rubrique.ordonnable:
            colonnes.append(ColonneOrdre(lambda o: self.adresse(self.rubrique.nom("deplacer"), o.pk)))
        return colonnes

    @cached_property
    def header_buttons(self):
        adresse = self.adresse(self.rubrique.nom("ajouter"))
        boutons = [HeaderButton(self.rubrique.ajouter, url=adresse, icon_name="plus")]
        if self.rubrique.formulaire_lot:
            plusieurs = self.adresse(self.rubrique.nom("plusieurs"))
            boutons.append(HeaderButton(self.rubrique.titre_lot, url=plusieurs, icon_name="list-ul"))
        return boutons

    def raccourcis(self):
        return [(libelle, self.adresse(nom)) for libelle, nom in self.rubrique.raccourcis(self.consultation)]


class DansRubrique(DansConsultation):
    rubrique = None

    @property
    def header_icon(self):
        return self.rubrique.icone

    @cached_property
    def objet(self):
        if "pk" not in self.kwargs:
            return None
        return objet_ou_404(self.rubrique.elements(self.consultation), self.kwargs["pk"])

    def etapes_du_fil(self):
        return [{"url": self.adresse(self.rubrique.nom("liste")), "label": self.rubrique.titre}]


class FormulaireRubrique(DansRubrique, FormulaireDansConsultation):
    def get_form_class(self):
        return self.rubrique.formulaire

    def get_form_kwargs(self):
        instance = self.objet or self.rubrique.neuf(self.consultation)
        extra = self.rubrique.arguments_formulaire(self.consultation, self.request.user)
        return {**super().get_form_kwargs(), "instance": instance, **extra}

    def get_page_title(self):
        return str(self.objet) if self.objet else self.rubrique.titre_ajout

    def ecrire(self, form):
        objet = self.rubrique.enregistrer(formulaire=form, par=self.request.user)
        dit = _("« %(objet)s » est enregistré.") % {"objet": objet}
        return dit, self.rubrique.adresse_apres(self, objet)

    def adresse_annuler(self):
        return self.adresse(self.rubrique.nom("liste"))

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        if self.objet:
            contexte["supprimer"] = self.adresse(self.rubrique.nom("supprimer"), self.objet.pk)
        return contexte


class LotRubrique(DansRubrique, FormulaireDansConsultation):
    """Several things at once, one a line."""

    bouton = gettext_lazy("Ajouter tout")

    def get_form_class(self):
        return self.rubrique.formulaire_lot

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "consultation": self.consultation, "compte": self.request.user}

    def get_page_title(self):
        return self.rubrique.titre_lot

    def ecrire(self, form):
        n = self.rubrique.enregistrer_lot(formulaire=form, consultation=self.consultation, par=self.request.user)
        dit = ngettext("%(n)s est ajouté.", "%(n)s sont ajoutés.", n) % {"n": n}
        return dit, self.adresse(self.rubrique.nom("liste"))

    def adresse_annuler(self):
        return self.adresse(self.rubrique.nom("liste"))


class SuppressionRubrique(DansRubrique, TemplateView):
    template_name = "consultation/gestion/suppression.html"

    def get_page_title(self):
        return _("Supprimer")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            objet=self.objet,
            sorte=capfirst(self.rubrique.modele._meta.verbose_name),
            annuler=self.adresse(self.rubrique.nom("liste")),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        titre = str(self.objet)
        try:
            self.rubrique.supprimer(objet=self.objet, par=request.user)
        except Refus as refus:
            if refus.statut == 403:
                raise
            return self.render_to_response(self.get_context_data(refus=refus), status=refus.statut)
        messages.success(request, _("« %(titre)s » est supprimé.") % {"titre": titre})
        return redirect(self.adresse(self.rubrique.nom("liste")))


class DeplacementRubrique(ActeDansConsultation):
    rubrique = None

    def agir(self):
        objet = objet_ou_404(self.rubrique.elements(self.consultation), self.kwargs["pk"])
        sens = -1 if self.request.POST.get("sens") == "haut" else 1
        self.rubrique.deplacer(objet=objet, sens=sens, par=self.request.user)
        return _("L’ordre est changé.")

    def adresse_de_retour(self):
        return self.adresse(self.rubrique.nom("liste"))
