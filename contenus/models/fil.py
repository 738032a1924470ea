"""The numbered newsletter of the quality groups."""

import math

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..html import MISE_EN_FORME_COURTE, valider_lien
from .blocs import CorpsBloc
from .blocs_fil import ObjectifBloc, PisteChoisieBloc, TendanceBloc
from .garde import PageGardee
from .lecture import PageImprimee, PageLue
from .redaction import TexteRicheField

#: Words read in a minute by someone who does not hurry; adults read about 180 to 240 words of French.
MOTS_PAR_MINUTE = 180


class FilInfoIndexPage(PageGardee, PageLue, Page):
    """The shelf of the newsletter's numbers."""

    chapeau = models.TextField(_("présentation"), blank=True, max_length=800)

    content_panels = [*Page.content_panels, FieldPanel("chapeau")]
    search_fields = [*Page.search_fields, index.SearchField("chapeau")]
    parent_page_types = ["contenus.AccueilPage"]
    subpage_types = ["contenus.FilInfoPage"]
    max_count = 1
    template = "contenus/pages/fil_index.html"

    class Meta:
        verbose_name = _("liste des Fils d’Info")
        verbose_name_plural = _("listes des Fils d’Info")


class FilInfoPage(PageGardee, PageLue, PageImprimee, Page):
    """One number: what people wrote about the season, and the pistes chosen from the published syntheses."""

    numero = models.PositiveIntegerField(
        _("numéro"),
        unique=True,
        validators=[MinValueValidator(1)],
        error_messages={"unique": _("Ce numéro existe déjà.")},
    )
    saison = models.CharField(_("saison"), max_length=40, help_text=_("Par exemple : Automne 2026."))
    date_parution = models.DateField(_("date de parution"), null=True, blank=True)
    points = StreamField(
        [("point", blocks.CharBlock(label=_("À retenir"), max_length=120))],
        blank=True,
        max_num=4,
        verbose_name=_("à retenir"),
        help_text=_("Trois ou quatre phrases courtes, montrées sur la page d’accueil."),
    )
    accroche = models.TextField(_("premières phrases"), blank=True, max_length=600)
    edito = TexteRicheField(_("éditorial"), blank=True, features=MISE_EN_FORME_COURTE)
    signature = models.CharField(
        _("signé"), max_length=120, blank=True, help_text=_("Par exemple : l’équipe du séminaire.")
    )
    objectifs = StreamField([("objectif", ObjectifBloc())], blank=True, verbose_name=_("nos objectifs"))
    tendances = StreamField([("tendance", TendanceBloc())], blank=True, verbose_name=_("les tendances"))
    pistes_generales = StreamField(
        [("piste", PisteChoisieBloc())], blank=True, verbose_name=_("pistes générales, pour tout le réseau")
    )
    pistes_qualite = StreamField(
        [("piste", PisteChoisieBloc())], blank=True, verbose_name=_("pistes qualité, pour chaque structure")
    )
    questions = StreamField(
        [("question", blocks.CharBlock(label=_("Question"), max_length=240))],
        blank=True,
        verbose_name=_("questions ouvertes"),
    )
    lien_reponse = models.CharField(
        _("adresse pour répondre"),
        max_length=300,
        blank=True,
        validators=[valider_lien],
        help_text=_("https://… ou mailto:… Laissez vide : le bouton n’apparaît pas."),
    )
    corps = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("autres nouvelles"))
    prochain = TexteRicheField(_("prochain numéro"), blank=True, features=MISE_EN_FORME_COURTE)
    lien_nouvelle = models.CharField(
        _("adresse pour envoyer une nouvelle"), max_length=300, blank=True, validators=[valider_lien]
    )
    syntheses = ParentalManyToManyField(
        "contenus.SynthesePage", blank=True, related_name="fils_info", verbose_name=_("synthèses de ce numéro")
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("numero"), FieldPanel("saison"), FieldPanel("date_parution")]),
        FieldPanel("points"),
        MultiFieldPanel([FieldPanel("accroche"), FieldPanel("edito"), FieldPanel("signature")], _("Éditorial")),
        FieldPanel("objectifs"),
        FieldPanel("tendances"),
        FieldPanel("pistes_generales"),
        FieldPanel("pistes_qualite"),
        MultiFieldPanel([FieldPanel("questions"), FieldPanel("lien_reponse")], _("Questions ouvertes : à vous")),
        FieldPanel("corps"),
        MultiFieldPanel([FieldPanel("prochain"), FieldPanel("lien_nouvelle")], _("Prochain Fil d’Info")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("saison"),
        index.SearchField("accroche"),
        index.SearchField("edito"),
        index.SearchField("tendances"),
        index.SearchField("pistes_generales"),
        index.SearchField("pistes_qualite"),
        index.SearchField("questions"),
        index.SearchField("corps"),
        index.FilterField("numero"),
    ]
    parent_page_types = ["contenus.FilInfoIndexPage"]
    subpage_types = []
    template = "contenus/pages/fil.html"

    class Meta:
        verbose_name = _("Fil d’Info")
        verbose_name_plural = _("Fils d’Info")

    def get_admin_display_title(self):
        return _("Fil d’Info n° %(numero)s : %(titre)s") % {
            "numero": self.numero,
            "titre": super().get_admin_display_title(),
        }

    @property
    def duree_lecture(self):
        """Minutes, rounded up, at least one."""
        textes = [self.accroche, self.edito, self.prochain]
        for nom in ("objectifs", "tendances", "pistes_generales", "pistes_qualite", "questions", "corps"):
            flux = getattr(self, nom)
            textes += flux.stream_block.get_searchable_content(flux)
        mots = sum(len(str(texte).split()) for texte in textes)
        return max(1, math.ceil(mots / MOTS_PAR_MINUTE))
