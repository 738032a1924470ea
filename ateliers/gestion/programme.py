"""Half-days, rooms and workshops: the pages that make the programme."""

from django.db import transaction
from django.db.models import Count
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from consultation import actions as actes
from consultation.actions.gardes import consultation_de
from consultation.erreurs import Refus
from consultation.gestion.rubriques import Rubrique
from consultation.gestion.socle import ActeDansConsultation
from consultation.regles import espaces_sans

from .. import actions
from ..models import Atelier, Salle, Temps
from .actions import attribuer, poser_demi_journees
from .formulaires import FormulaireAtelier, FormulaireAteliers, FormulaireSalle, FormulaireSalles, FormulaireTemps


class RubriqueTemps(Rubrique):
    cle = "temps"
    espace_de_noms = "gestion_ateliers"
    modele = Temps
    formulaire = FormulaireTemps
    icone = "calendar-alt"
    titre = gettext_lazy("Demi-journées")
    ajouter = gettext_lazy("Ajouter une demi-journée")
    titre_ajout = gettext_lazy("Nouvelle demi-journée")
    aide = gettext_lazy("Un séminaire se déroule en demi-journées. Chaque atelier a lieu dans l’une d’elles.")
    vide = gettext_lazy("Aucune demi-journée. Posez les quatre d’un coup, ou ajoutez la première.")

    def elements(self, consultation):
        return super().elements(consultation).annotate(nb_ateliers=Count("ateliers")).order_by("debut", "pk")

    def enregistrer(self, *, formulaire, par):
        """Half-days follow one another as their hours do."""
        with transaction.atomic():
            temps = super().enregistrer(formulaire=formulaire, par=par)
            actions.ranger_temps(consultation=temps.consultation)
        return temps

    def colonnes(self):
        return [
            Column("quand", label=_("Quand"), accessor=quand),
            Column("nb_ateliers", label=_("Ateliers")),
            ColonneCopie("gestion_ateliers:temps_copier"),
        ]

    def raccourcis(self, consultation):
        if consultation.temps.exists():
            return []
        return [(_("Poser les quatre demi-journées"), "gestion_ateliers:temps_habituels")]


def quand(temps):
    """ "14 mai, 9:30 à 12:30", in the time of the venue."""
    debut, fin = timezone.localtime(temps.debut), timezone.localtime(temps.fin)
    return _("%(jour)s, %(debut)s à %(fin)s") % {
        "jour": date_format(debut, "j F"),
        "debut": debut.strftime("%H:%M"),
        "fin": fin.strftime("%H:%M"),
    }


class PoserDemiJournees(ActeDansConsultation):
    retour = "gestion_ateliers:temps"

    def agir(self):
        poses = poser_demi_journees(consultation=self.consultation, par=self.request.user)
        return _("%(n)s demi-journées sont posées. Vérifiez les heures.") % {"n": len(poses)}


class RubriqueSalles(Rubrique):
    cle = "salles"
    espace_de_noms = "gestion_ateliers"
    modele = Salle
    formulaire = FormulaireSalle
    icone = "home"
    titre = gettext_lazy("Salles")
    ajouter = gettext_lazy("Ajouter une salle")
    titre_ajout = gettext_lazy("Nouvelle salle")
    aide = gettext_lazy("Le nom de la salle et le chemin pour y aller sont écrits sur les badges et les affiches.")
    vide = gettext_lazy("Aucune salle. Ajoutez la première, ou toutes à la fois.")
    formulaire_lot = FormulaireSalles
    titre_lot = gettext_lazy("Ajouter plusieurs salles")

    def elements(self, consultation):
        return super().elements(consultation).annotate(nb_ateliers=Count("ateliers")).order_by("nom__plie")

    def colonnes(self):
        return [
            Column("capacite", label=_("Places assises"), accessor=lambda s: s.capacite or "–"),
            Column("acces", label=_("Comment y aller")),
            Column("nb_ateliers", label=_("Ateliers")),
        ]


class RubriqueAteliers(Rubrique):
    """Saving a workshop is several acts (the workshop, who leads it), all or none."""

    cle = "ateliers"
    espace_de_noms = "gestion_ateliers"
    modele = Atelier
    formulaire = FormulaireAtelier
    icone = "form"
    titre = gettext_lazy("Ateliers et plénières")
    ajouter = gettext_lazy("Ajouter un atelier")
    titre_ajout = gettext_lazy("Nouvel atelier")
    aide = gettext_lazy(
        "Un atelier a une question, une salle, un code à écrire au mur et un déroulé. "
        "Choisissez un déroulé tout prêt, puis changez ce que vous voulez."
    )
    vide = gettext_lazy("Aucun atelier. Ajoutez le premier, ou plusieurs à la fois.")
    formulaire_lot = FormulaireAteliers
    titre_lot = gettext_lazy("Ajouter plusieurs ateliers")
    ordonnable = True
    champs_recherche = ("espace__titre", "code")

    def elements(self, consultation):
        return (
            Atelier.objects.filter(espace__consultation=consultation)
            .select_related("espace__consultation", "temps", "salle")
            .annotate(nb_etapes=Count("etapes", distinct=True), nb_places=Count("places_prises", distinct=True))
            .dans_l_ordre()
        )

    def neuf(self, consultation):
        return Atelier()

    def freres(self, objet):
        return Atelier.objects.filter(temps=objet.temps_id).order_by("ordre", "pk")

    def arguments_formulaire(self, consultation, compte):
        return {"consultation": consultation, "compte": compte}

    def colonnes(self):
        return [
            Column("temps", label=_("Demi-journée"), sort_key="temps__ordre"),
            Column("salle", label=_("Salle"), accessor=lambda a: a.salle or "–"),
            Column("code_lisible", label=_("Code")),
            Column("places", label=_("Places prises"), accessor=_places),
            ColonneDeroule("deroule", label=_("Déroulé")),
            ColonneCopie("gestion_ateliers:ateliers_copier"),
        ]

    def enregistrer(self, *, formulaire, par):
        lus = dict(formulaire.cleaned_data)
        animateurs, rapporteurs = lus.pop("animateurs"), lus.pop("rapporteurs")
        with transaction.atomic():
            if formulaire.instance.pk:
                # The form has already written on its own instance: the action is given a fresh one.
                atelier = Atelier.objects.select_related("espace__consultation").get(pk=formulaire.instance.pk)
                atelier = actions.modifier_atelier(atelier=atelier, par=par, **lus)
            else:
                consultation = formulaire.cleaned_data["temps"].consultation
                atelier = actions.creer_atelier(consultation=consultation, par=par, **lus)
            attribuer(atelier=atelier, animateurs=animateurs, rapporteurs=rapporteurs, par=par)
        return atelier

    def enregistrer_ligne(self, *, consultation, champs, formulaire, par):
        communs = {nom: formulaire.cleaned_data[nom] for nom in ("temps", "nature", "capacite", "deroule")}
        actions.creer_atelier(consultation=consultation, par=par, **communs, **champs)

    def supprimer(self, *, objet, par):
        if objet.places_prises.presentes().exists():
            raise Refus(
                "occupe", _("Des personnes sont entrées dans cet atelier. Il ne se supprime plus."), statut=409
            )
        # Everything of a workshop hangs on its espace: deleting it is what leaves nothing behind.
        actes.supprimer(objet=objet.espace, par=par)

    def adresse_apres(self, vue, objet):
        if "pk" in vue.kwargs:
            return vue.adresse(self.nom("liste"))
        return vue.adresse("gestion_ateliers:deroule", objet.pk)


def _places(atelier):
    return str(atelier.nb_places) if atelier.capacite is None else f"{atelier.nb_places} / {atelier.capacite}"


class ColonneCopie(Column):
    """A button that makes the same thing again."""

    cell_template_name = "ateliers/gestion/cellule_copie.html"

    def __init__(self, nom):
        super().__init__("copie", label=_("Refaire"))
        self.nom = nom

    def get_cell_context_data(self, instance, parent_context):
        contexte = super().get_cell_context_data(instance, parent_context)
        consultation = consultation_de(instance)
        adresse = reverse(self.nom, args=[getattr(consultation, "pk", consultation), instance.pk])
        jeton = get_token(parent_context["request"])
        return contexte | {"adresse": adresse, "titre": str(instance), "csrf_token": jeton}


class ColonneDeroule(Column):
    cell_template_name = "ateliers/gestion/cellule_deroule.html"

    def get_value(self, instance):
        return instance.nb_etapes


def ateliers_sans(consultation, role):
    """Workshops for which nobody holds `role`, there or in the whole consultation; rehearsals left out."""
    ateliers = Atelier.objects.filter(espace__in=espaces_sans(consultation, role)).du_programme()
    return ateliers.select_related("espace")
