"""Colleges, axes and the team of a consultation."""

from django.db.models import Count, Q
from django.middleware.csrf import get_token
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from .. import actions, regles
from ..models import Axe, College, EtapeDemarche
from .actions import COLLEGES_HABITUELS
from .formulaires import FormulaireAxe, FormulaireCollege, FormulaireEtapeDemarche, FormulaireLot
from .listes import ListeDansConsultation
from .rubriques import Rubrique
from .socle import ActeDansConsultation, objet_ou_404


class RubriqueColleges(Rubrique):
    cle = "colleges"
    modele = College
    formulaire = FormulaireCollege
    icone = "group"
    titre = gettext_lazy("Collèges")
    ajouter = gettext_lazy("Ajouter un collège")
    titre_ajout = gettext_lazy("Nouveau collège")
    aide = gettext_lazy(
        "Un collège dit au nom de qui on parle. Chaque résultat se lit pour tous et par collège. "
        "La part visée sert à suivre la mixité des inscriptions."
    )
    vide = gettext_lazy("Aucun collège. Commencez par les quatre habituels, ou ajoutez les vôtres.")
    ordonnable = True

    def elements(self, consultation):
        inscrits = Count("participants", filter=~Q(participants__origine="bulletin"))
        return super().elements(consultation).annotate(nb_inscrits=inscrits).order_by("ordre", "pk")

    def colonnes(self):
        return [
            Column("nom_court", label=_("Nom court")),
            Column("signe", label=_("Signe"), accessor="get_signe_display"),
            Column(
                "part",
                label=_("Part visée"),
                accessor=lambda c: "–" if c.part_cible is None else f"{c.part_cible} %",
            ),
            Column("nb_inscrits", label=_("Inscrits")),
        ]

    def raccourcis(self, consultation):
        if consultation.colleges.count() >= len(COLLEGES_HABITUELS):
            return []
        return [(_("Mettre les quatre collèges habituels"), "gestion:colleges_habituels")]


class RubriqueAxes(Rubrique):
    cle = "axes"
    modele = Axe
    formulaire = FormulaireAxe
    icone = "list-ol"
    titre = gettext_lazy("Axes et thèmes")
    ajouter = gettext_lazy("Ajouter un axe ou un thème")
    titre_ajout = gettext_lazy("Nouvel axe ou thème")
    aide = gettext_lazy(
        "Les pistes sont rangées par axe, et numérotées à la suite d’un axe à l’autre. "
        "Un axe peut se diviser en thèmes."
    )
    vide = gettext_lazy("Aucun axe. Ajoutez le premier.")
    ordonnable = True
    formulaire_lot = FormulaireLot
    titre_lot = gettext_lazy("Ajouter plusieurs axes")

    def elements(self, consultation):
        return super().elements(consultation).select_related("parent").order_by("ordre", "pk")

    def freres(self, objet):
        return super().freres(objet).filter(parent=objet.parent)

    def colonnes(self):
        return [Column("parent", label=_("Dans l’axe"), accessor=lambda a: a.parent or "–")]


class RubriqueDemarche(Rubrique):
    cle = "demarche"
    modele = EtapeDemarche
    formulaire = FormulaireEtapeDemarche
    icone = "arrow-right"
    titre = gettext_lazy("Démarche en étapes")
    ajouter = gettext_lazy("Ajouter une étape")
    titre_ajout = gettext_lazy("Nouvelle étape de la démarche")
    aide = gettext_lazy(
        "Ce qui vient avant et après : visites, séminaire, groupe élargi, réunions en région. "
        "Ces étapes forment une ligne sur la page publique."
    )
    vide = gettext_lazy("Aucune étape. Ajoutez la première, ou plusieurs à la fois.")
    ordonnable = True
    formulaire_lot = FormulaireLot
    titre_lot = gettext_lazy("Ajouter plusieurs étapes")

    def colonnes(self):
        return [Column("quand", label=_("Quand"), accessor=quand_se_tient), Column("lieu", label=_("Où"))]


def quand_se_tient(etape):
    """The days of a stage, or the words that stand for them."""
    if etape.moment or not etape.debut:
        return etape.moment or "–"
    fin = etape.fin if etape.fin and etape.fin != etape.debut else None
    if fin is None:
        return date_format(etape.debut, "j F Y")
    meme_mois = (etape.debut.year, etape.debut.month) == (fin.year, fin.month)
    forme = "j" if meme_mois else "j F" if etape.debut.year == fin.year else "j F Y"
    return _("du %(debut)s au %(fin)s") % {
        "debut": date_format(etape.debut, forme),
        "fin": date_format(fin, "j F Y"),
    }


class Equipe(ListeDansConsultation):
    """Who is entrusted with what. Inviting someone lives in `comptes`, which knows accounts."""

    adresse_liste = "gestion:equipe"
    page_title = gettext_lazy("Équipe")
    header_icon = "user"
    aide = gettext_lazy(
        "L’organisateur prépare tout. L’animateur mène un atelier. Le rapporteur regroupe et écrit la synthèse. "
        "L’éditeur publie les pages."
    )
    vide = gettext_lazy("Personne n’a encore de rôle ici.")

    def get_base_queryset(self):
        mandats = regles.mandats_de(self.consultation)
        return mandats.order_by("role", "compte__last_name__plie", "compte__email", "pk")

    @property
    def columns(self):
        return [
            Column("compte", label=_("Personne")),
            Column("courriel", label=_("Courriel"), accessor="compte.email"),
            Column("role", label=_("Rôle"), accessor="get_role_display"),
            Column("espace", label=_("Atelier"), accessor=lambda m: m.espace or _("Toute la consultation")),
            Column("acces", label=_("Accès"), accessor=_acces),
            ColonneReprendre(self),
        ]

    @property
    def header_buttons(self):
        adresse = self.adresse("gestion_comptes:inviter")
        return [HeaderButton(_("Confier un rôle"), url=adresse, icon_name="plus")]


def _acces(mandat):
    if not mandat.compte.is_active:
        return _("Compte fermé")
    return _("Prêt") if mandat.compte.has_usable_password() else _("Invitation envoyée")


class ColonneReprendre(Column):
    cell_template_name = "consultation/gestion/cellule_reprendre.html"

    def __init__(self, vue):
        super().__init__("reprendre", label=_("Changer"))
        self.vue = vue

    def get_cell_context_data(self, instance, parent_context):
        contexte = super().get_cell_context_data(instance, parent_context)
        titre = f"{instance.compte}, {instance.get_role_display()}"
        return contexte | {
            "csrf_token": get_token(parent_context["request"]),
            "titre": titre,
            "adresse": self.vue.adresse("gestion:reprendre_mandat", instance.pk),
            "renvoyer": self.vue.adresse("gestion_comptes:renvoyer", instance.pk),
        }


class ReprendreMandat(ActeDansConsultation):
    retour = "gestion:equipe"

    def agir(self):
        mandat = objet_ou_404(regles.mandats_de(self.consultation), self.kwargs["pk"])
        qui = str(mandat)
        actions.reprendre_mandat(mandat=mandat, par=self.request.user)
        return _("Rôle retiré : %(qui)s.") % {"qui": qui}
