"""Fiches: cases of enterprises and shared schemes, told in fixed parts, found by facets and by words."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from consultation.analyse.mots import a_garder
from consultation.textes import cle_de_mots, nettoyer_ligne

from .. import ape
from ..html import MISE_EN_FORME
from ..regions import REGIONS
from .blocs import DocumentBloc, ImageLegendeeBloc, RessourceBloc
from .blocs_fiches import EtapeBloc, FormationBloc, PartenaireBloc, ResultatBloc
from .garde import PageGardee
from .lecture import PageImprimee, PageLue
from .redaction import TexteRicheField

TOUTE_LA_FRANCE = "00"
#: Said by each kind: Wagtail does not take it from the class above.
FICHE = "contenus/pages/fiche.html"


class FichesIndexPage(PageGardee, PageLue, Page):
    """The shelf of fiches: found by words and by facets, read at each visit."""

    chapeau = models.TextField(_("présentation"), blank=True, max_length=800)

    content_panels = [*Page.content_panels, FieldPanel("chapeau")]
    search_fields = [*Page.search_fields, index.SearchField("chapeau")]
    parent_page_types = ["contenus.AccueilPage"]
    subpage_types = ["contenus.CasPage", "contenus.DispositifPage"]
    max_count = 1
    template = "contenus/pages/fiches.html"

    class Meta:
        verbose_name = _("liste des fiches")
        verbose_name_plural = _("listes des fiches")


class FormulaireDeFiche(WagtailAdminPageForm):
    """Words already used are offered, so that one category is not written in two ways."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nom in ("categorie", "secteur"):
            if nom in self.fields and (deja := mots_employes(nom)):
                self.fields[nom].help_text = _("Déjà employés : %(mots)s.") % {"mots": ", ".join(deja[:12])}
                self.fields[nom].widget = forms.TextInput(attrs={"autocomplete": "off"})


def mots_employes(nom):
    """Return the words that fiches have in the field `nom`, in the order of the alphabet. One query."""
    fiches = FichePage.objects.exclude(**{nom: ""}).order_by(f"{nom}__plie")
    return list(fiches.values_list(nom, flat=True).distinct())


class FichePage(PageGardee, PageLue, PageImprimee, Page):
    """What every fiche has, in one table, so that all are found and counted at once. Its kinds are below.

    `mots`: the stems of its words between blanks, `mots_du_titre` those of its title, made when they are kept; see
    `consultation.analyse.mots`.
    """

    numero = models.PositiveIntegerField(
        _("numéro"),
        unique=True,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        error_messages={"unique": _("Une fiche a déjà ce numéro.")},
        help_text=_("Le numéro sous lequel on la cite. Il ne change plus."),
    )
    categorie = models.CharField(
        _("catégorie"), max_length=80, help_text=_("De quoi elle parle. Par exemple : Organisation du travail.")
    )
    secteur = models.CharField(
        _("secteur"), max_length=80, blank=True, help_text=_("Par exemple : Services à la personne.")
    )
    region = models.CharField(
        _("région"),
        max_length=2,
        choices=[*((r.code, r.nom) for r in REGIONS), (TOUTE_LA_FRANCE, _("Toute la France"))],
        default=TOUTE_LA_FRANCE,
    )
    annee = models.PositiveSmallIntegerField(
        _("année"),
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("Celle de ce qui est raconté."),
    )
    en_bref = models.TextField(
        _("en bref"), max_length=600, help_text=_("Deux ou trois phrases : la liste des fiches les montre.")
    )
    illustration = StreamField(
        [("image", ImageLegendeeBloc())], blank=True, max_num=1, verbose_name=_("illustration")
    )
    documents = StreamField(
        [("document", DocumentBloc())],
        blank=True,
        verbose_name=_("documents"),
        help_text=_("Le nombre de téléchargements est compté, sans savoir de qui."),
    )
    mots = models.TextField(blank=True, editable=False)
    mots_du_titre = models.TextField(blank=True, editable=False)

    avant = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("numero"), FieldPanel("annee")]),
        FieldRowPanel([FieldPanel("categorie"), FieldPanel("secteur"), FieldPanel("region")]),
        FieldPanel("en_bref"),
        FieldPanel("illustration"),
    ]
    apres = [
        FieldPanel("documents"),
        InlinePanel(
            "pistes_citees",
            heading=_("Pistes citées"),
            label=_("Piste"),
            help_text=_("La page de la piste montrera cette fiche."),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("en_bref"), index.SearchField("categorie")]
    search_fields += [index.SearchField("secteur"), index.FilterField("numero")]
    #: Fields told one after the other, in this order: names of this kind's own.
    PARTIES = ()
    parent_page_types = ["contenus.FichesIndexPage"]
    subpage_types = []
    base_form_class = FormulaireDeFiche
    is_creatable = False
    template = FICHE

    class Meta:
        verbose_name = _("fiche")
        verbose_name_plural = _("fiches")

    def __str__(self):
        return f"{self.numero:03d} {self.title}"

    def get_admin_display_title(self):
        titre = super().get_admin_display_title()
        return _("Fiche %(numero)s : %(titre)s") % {"numero": self.reference, "titre": titre}

    @property
    def reference(self):
        """Its number as it is written: three digits at least."""
        return f"{self.numero or 0:03d}"

    @property
    def genre(self):
        return self.cached_content_type.model

    def clean(self):
        super().clean()
        for nom in ("categorie", "secteur"):
            setattr(self, nom, comme_les_autres(getattr(self, nom), mots_employes(nom)))

    def save(self, *args, **kwargs):
        self.mots, self.mots_du_titre = a_garder(*self.textes()), a_garder(self.title)
        super().save(*args, **kwargs)

    def textes(self):
        """Every word that may be looked for in it."""
        yield from (self.title, self.reference, str(self.numero), self.get_region_display(), str(self.annee))
        for champ in self.get_searchable_search_fields():
            valeur = champ.get_value(self)
            yield from (str(v) for v in (valeur if isinstance(valeur, list) else [valeur]) if v)


def comme_les_autres(mots, employes):
    """The spelling of these words among `employes`, accents and capitals apart: one facet, not two."""
    mots = nettoyer_ligne(mots)
    return next((deja for deja in employes if cle_de_mots(deja) == cle_de_mots(mots)), mots)


class PisteCitee(Orderable):
    """A piste of a published synthesis, by its number."""

    fiche = ParentalKey(FichePage, on_delete=models.CASCADE, related_name="pistes_citees")
    synthese = models.ForeignKey(
        "contenus.SynthesePage", models.CASCADE, related_name="+", verbose_name=_("synthèse")
    )
    numero = models.PositiveIntegerField(_("numéro de la piste"), validators=[MinValueValidator(1)])

    panels = [FieldRowPanel([FieldPanel("synthese"), FieldPanel("numero")])]

    class Meta(Orderable.Meta):
        verbose_name = _("piste citée")

    def clean(self):
        if self.synthese_id is None or self.numero is None:
            return
        if self.numero not in {piste["numero"] for piste in self.synthese.contenu.get("pistes", [])}:
            raise ValidationError({"numero": _("Cette synthèse n’a pas de piste de ce numéro.")})


def _partie(nom, **autres):
    return TexteRicheField(nom, blank=True, features=MISE_EN_FORME, **autres)


class CasPage(FichePage):
    """What one enterprise did about its work: its case, in four parts."""

    code_ape = models.CharField(
        _("code APE"), max_length=8, blank=True, help_text=_("Quatre chiffres et une lettre : 88.99B.")
    )
    nomenclature = models.CharField(
        _("nomenclature du code"),
        max_length=4,
        choices=ape.Nomenclature,
        blank=True,
        help_text=_("Laissez vide : la dernière lettre du code la dit."),
    )
    taille = models.CharField(
        _("taille"),
        max_length=120,
        blank=True,
        help_text=_("Par exemple : 5 permanents, 60 salariés en parcours."),
    )
    description = _partie(_("description"), help_text=_("Qui est cette entreprise, ce qu’elle fait."))
    demande = _partie(_("demande"), help_text=_("Ce qui n’allait pas, ce qu’on lui demandait."))
    demarche = _partie(_("démarche"), help_text=_("Ce qui a été fait, avec qui, dans quel ordre."))
    bilan = _partie(_("bilan"), help_text=_("Ce qui a changé, et ce qui reste difficile."))
    methodes = StreamField([("methode", RessourceBloc())], blank=True, verbose_name=_("méthodes et outils"))
    formations = StreamField([("formation", FormationBloc())], blank=True, verbose_name=_("formations"))

    PARTIES = ("description", "demande", "demarche", "bilan")
    template = FICHE
    content_panels = [
        *FichePage.avant,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("code_ape"), FieldPanel("nomenclature")]), FieldPanel("taille")],
            _("L’entreprise"),
        ),
        *(FieldPanel(nom) for nom in PARTIES),
        FieldPanel("methodes"),
        FieldPanel("formations"),
        *FichePage.apres,
    ]
    search_fields = [*FichePage.search_fields, *(index.SearchField(nom) for nom in (*PARTIES, "code_ape"))]

    class Meta:
        verbose_name = _("cas d’entreprise")
        verbose_name_plural = _("cas d’entreprise")

    def clean(self):
        super().clean()
        self.verifier_ape()

    def verifier_ape(self):
        """Write its code and nomenclature as they are written; raise ValidationError of a wrong one."""
        if not self.code_ape:
            self.nomenclature = ""
            return
        self.code_ape = ape.ecrire(self.code_ape)
        try:
            self.nomenclature = ape.verifier(self.code_ape, self.nomenclature, self.annee)
        except ValidationError as erreur:
            raise ValidationError({"code_ape": erreur}) from erreur


class DispositifPage(FichePage):
    """A shared scheme: what it is for, who carries it, how it goes, what came of it."""

    objectifs = _partie(_("objectifs"))
    porteur = models.CharField(_("qui le porte"), max_length=200, blank=True)
    financeurs = models.CharField(_("qui le finance"), max_length=400, blank=True)
    partenaires = StreamField([("partenaire", PartenaireBloc())], blank=True, verbose_name=_("partenaires"))
    pourquoi = _partie(_("pourquoi cette action"))
    etapes = StreamField(
        [("etape", EtapeBloc())],
        blank=True,
        verbose_name=_("étapes"),
        help_text=_("Dans l’ordre où elles se font."),
    )
    evaluation = _partie(_("évaluation"))
    unite = models.CharField(
        _("ce qui est compté"), max_length=80, blank=True, help_text=_("Par exemple : immersions dans l’année.")
    )
    resultats = StreamField([("resultat", ResultatBloc())], blank=True, verbose_name=_("résultats"))
    apports = _partie(_("ce que cela apporte"))

    template = FICHE
    PARTIES = ("objectifs", "partenaires", "pourquoi", "etapes", "evaluation", "resultats", "apports")
    content_panels = [
        *FichePage.avant,
        FieldPanel("objectifs"),
        FieldRowPanel([FieldPanel("porteur"), FieldPanel("financeurs")]),
        FieldPanel("partenaires"),
        FieldPanel("pourquoi"),
        FieldPanel("etapes"),
        FieldPanel("evaluation"),
        MultiFieldPanel([FieldPanel("unite"), FieldPanel("resultats")], _("Résultats, année par année")),
        FieldPanel("apports"),
        *FichePage.apres,
    ]
    search_fields = [
        *FichePage.search_fields,
        *(index.SearchField(nom) for nom in (*PARTIES, "porteur", "financeurs") if nom != "resultats"),
    ]

    class Meta:
        verbose_name = _("dispositif")
        verbose_name_plural = _("dispositifs")


class Telechargements(models.Model):
    """How many times a document was downloaded by people: a number, and nothing of who nor when."""

    document = models.OneToOneField(
        "wagtaildocs.Document", models.CASCADE, related_name="telechargements", primary_key=True
    )
    nombre = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("téléchargements")
