"""The home page and the ordinary pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..html import valider_lien
from .blocs import CorpsBloc, RessourceBloc
from .garde import PageGardee
from .lecture import PageLue


class AccueilPage(PageGardee, PageLue, Page):
    """The front door. What is live, planned and published is read at each visit; only the words are edited."""

    accroche = models.CharField(
        _("phrase d’accueil"), max_length=120, default="Ce qui se dit en atelier ne se perd pas."
    )
    chapeau = models.TextField(_("présentation"), blank=True, max_length=800)
    lien_inscription = models.CharField(
        _("adresse pour inscrire sa structure"),
        max_length=300,
        blank=True,
        validators=[valider_lien],
        help_text=_("https://… ou mailto:… Laissez vide : le bouton n’apparaît pas."),
    )
    ressources = StreamField([("ressource", RessourceBloc())], blank=True, verbose_name=_("ressources"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("accroche"), FieldPanel("chapeau")], _("Haut de page")),
        FieldPanel("lien_inscription"),
        FieldPanel("ressources"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("accroche"), index.SearchField("chapeau")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "contenus.SeminairePage",
        "contenus.SynthesesIndexPage",
        "contenus.FilInfoIndexPage",
        "contenus.FichesIndexPage",
        "contenus.PagePlaine",
        "contenus.FormulairePage",
    ]
    max_count = 1
    template = "contenus/pages/accueil.html"

    class Meta:
        verbose_name = _("page d’accueil")
        verbose_name_plural = _("pages d’accueil")


class PagePlaine(PageGardee, Page):
    """A page of text: accessibility, personal data, a guide, the words explained."""

    chapeau = models.TextField(_("en deux phrases"), blank=True, max_length=500)
    corps = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("contenu"))
    au_pied = models.BooleanField(
        _("lien en bas de toutes les pages"), default=False, help_text=_("Pour les pages d’obligation.")
    )

    content_panels = [*Page.content_panels, FieldPanel("chapeau"), FieldPanel("corps")]
    promote_panels = [*Page.promote_panels, FieldPanel("au_pied")]
    search_fields = [*Page.search_fields, index.SearchField("chapeau"), index.SearchField("corps")]
    parent_page_types = ["contenus.AccueilPage", "contenus.PagePlaine"]
    subpage_types = ["contenus.PagePlaine", "contenus.FormulairePage"]
    template = "contenus/pages/plaine.html"

    class Meta:
        verbose_name = _("page simple")
        verbose_name_plural = _("pages simples")
