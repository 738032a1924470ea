"""A rubrique: the list, the form and the removal of one kind of thing inside a consultation.

What Wagtail's ModelViewSet does for a whole site, done inside one consultation and through the actions.
"""

from django.db import transaction
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import actions
from ..erreurs import Refus
from .formulaires import liens_de
from .pages_de_rubrique import (
    DeplacementRubrique,
    FormulaireRubrique,
    ListeRubrique,
    LotRubrique,
    SuppressionRubrique,
)


class Rubrique:
    """Say what is listed and how it is written; `urls()` gives its pages.

    `cle` is the word in the address and in the names of the URLs ("colleges", "colleges_ajouter"…).
    """

    cle = ""
    espace_de_noms = "gestion"
    modele = None
    formulaire = None
    icone = "list-ul"
    titre = ""
    ajouter = gettext_lazy("Ajouter")
    titre_ajout = ""
    aide = ""
    vide = ""
    ordonnable = False
    champs_recherche = ()
    filtres = None
    #: The form that adds several at once, one a line; None where things are added one by one.
    formulaire_lot = None
    titre_lot = ""

    def elements(self, consultation):
        """The queryset of this consultation's things, whatever page is asked."""
        return self.modele._default_manager.filter(consultation=consultation)

    def neuf(self, consultation):
        return self.modele(consultation=consultation)

    def colonnes(self):
        """Columns after the title."""
        return []

    def raccourcis(self, consultation):
        """Ready-made buttons above the list: [(label, name of the URL to POST to)]."""
        return []

    def arguments_formulaire(self, consultation, compte):
        return {}

    def enregistrer(self, *, formulaire, par):
        """Write a valid form through the action and return the object."""
        objet = formulaire.instance
        if objet.pk is None and self.ordonnable:
            dernier = self.elements(objet.consultation).order_by("-ordre").first()
            objet.ordre = dernier.ordre + 1 if dernier else 0
        liens, demandes = liens_de(formulaire), formulaire.fields
        return actions.enregistrer(objet=objet, par=par, liens=liens, demandes=demandes)

    def enregistrer_lot(self, *, formulaire, consultation, par):
        """Write each line of a valid `formulaire_lot`, all or none; return how many. A Refus says which line."""
        with transaction.atomic():
            for numero, (texte, champs) in enumerate(formulaire.lues, start=1):
                try:
                    self.enregistrer_ligne(
                        consultation=consultation, champs=champs, formulaire=formulaire, par=par
                    )
                except Refus as refus:
                    phrase = _("Ligne %(n)s, « %(texte)s » : %(message)s")
                    refus.message = phrase % {"n": numero, "texte": texte, "message": refus.message}
                    refus.champ = "lignes"
                    raise
        return len(formulaire.lues)

    def enregistrer_ligne(self, *, consultation, champs, formulaire, par):
        objet = self.neuf(consultation)
        for champ, valeur in champs.items():
            setattr(objet, champ, valeur)
        if self.ordonnable:
            objet.ordre = self.elements(consultation).count()
        actions.enregistrer(objet=objet, par=par)

    def supprimer(self, *, objet, par):
        actions.supprimer(objet=objet, par=par)

    def deplacer(self, *, objet, sens, par):
        """Swap with the neighbour above (sens=-1) or below (sens=1)."""
        actions.deplacer(objet=objet, sens=sens, parmi=self.freres(objet), par=par)

    def freres(self, objet):
        """The things among which `objet` is moved, in order."""
        return self.elements(objet.consultation).order_by("ordre", "pk")

    def adresse_apres(self, vue, objet):
        """Where saving leads."""
        return vue.adresse(self.nom("liste"))

    def nom(self, page):
        return f"{self.espace_de_noms}:{self.cle}" + ("" if page == "liste" else f"_{page}")

    def urls(self):
        def page(adresse, vue, nom, **kwargs):
            nom = self.cle + (f"_{nom}" if nom else "")
            return path(f"{self.cle}/{adresse}", vue.as_view(rubrique=self, **kwargs), name=nom)

        pages = [
            page("", ListeRubrique, ""),
            page("resultats/", ListeRubrique, "resultats", results_only=True),
            page("ajouter/", FormulaireRubrique, "ajouter"),
            page("<int:pk>/", FormulaireRubrique, "modifier"),
            page("<int:pk>/supprimer/", SuppressionRubrique, "supprimer"),
        ]
        if self.formulaire_lot:
            pages.append(page("plusieurs/", LotRubrique, "plusieurs"))
        return [*pages, page("<int:pk>/deplacer/", DeplacementRubrique, "deplacer")] if self.ordonnable else pages
