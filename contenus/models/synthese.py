"""The published synthesis: a frozen copy of what the rapporteur wrote, and of the figures of that day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from consultation.models import Synthese, Territoire

from .blocs import CorpsBloc
from .garde import PageGardee
from .lecture import PageImprimee, PageLue
from .panneaux import PanneauSource


class SynthesesIndexPage(PageGardee, PageLue, Page):
    """The list of syntheses. Drafts made from the rapporteur's desk land under it."""

    chapeau = models.TextField(_("présentation"), blank=True, max_length=800)

    content_panels = [*Page.content_panels, FieldPanel("chapeau")]
    search_fields = [*Page.search_fields, index.SearchField("chapeau")]
    parent_page_types = ["contenus.AccueilPage"]
    subpage_types = ["contenus.SynthesePage"]
    max_count = 1
    template = "contenus/pages/syntheses.html"

    class Meta:
        verbose_name = _("liste des synthèses")
        verbose_name_plural = _("listes des synthèses")


class SynthesePage(PageGardee, PageLue, PageImprimee, Page):
    """One synthesis. `contenu` is written by `actions.faire_page` and never follows what changes upstream.

    Its shape is given in `lectures/gel.py`. It holds numbers of propositions, never their words nor a name:
    words are read when the page is shown, so that what an author withdraws is withdrawn everywhere.
    """

    synthese = models.OneToOneField(
        Synthese, models.SET_NULL, null=True, blank=True, related_name="page", verbose_name=_("synthèse")
    )
    territoire = models.ForeignKey(
        Territoire, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("territoire")
    )
    chapeau = models.TextField(_("chapeau"), blank=True, max_length=1500)
    avant = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("avant les axes"))
    apres = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("après les axes"))
    contenu = models.JSONField(default=dict, blank=True, editable=False)
    empreinte = models.CharField(max_length=64, blank=True, editable=False)
    fige_le = models.DateTimeField(_("chiffres pris le"), null=True, blank=True, editable=False)
    nombre_pistes = models.PositiveIntegerField(default=0, editable=False)

    content_panels = [
        PanneauSource(heading=_("D’où vient cette page")),
        *Page.content_panels,
        FieldPanel("chapeau"),
        FieldPanel("avant", help_text=_("Pour présenter la rencontre. Les axes et les pistes viennent ensuite.")),
        FieldPanel("apres", help_text=_("Pour dire la suite : rendez-vous, décisions, contacts.")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("chapeau"),
        index.SearchField("avant"),
        index.SearchField("apres"),
        index.SearchField("texte_cherchable"),
    ]
    parent_page_types = ["contenus.SynthesesIndexPage"]
    subpage_types = []
    is_creatable = False  # made from the rapporteur's desk: no page without a source
    exclude_fields_in_copy = ["synthese"]
    template = "contenus/pages/synthese.html"

    class Meta:
        verbose_name = _("page de synthèse")
        verbose_name_plural = _("pages de synthèses")

    @property
    def lieu_dit(self):
        """The region as readers know it, or the page's own title."""
        return self.territoire.nom if self.territoire else self.title

    @property
    def d_atelier(self):
        """True when it tells of one workshop: it is not the synthesis of its region."""
        return self.synthese is not None and self.synthese.espace_id is not None

    @property
    def ecart_a_expliquer(self):
        """Whether some colleges are cited much more than others in its frozen copy, which does not say why."""
        equite = self.contenu.get("equite")
        return bool(equite) and equite["a_expliquer"] and not equite["explication"]

    @property
    def nombre_votes(self):
        """The votes whose results its frozen copy may show; none in a copy of before the closing decided."""
        return len(self.contenu.get("scrutins", [])) if self.contenu.get("version", 1) > 1 else 0

    def texte_cherchable(self):
        """Titles and pistes of the frozen copy, for the search index; people's own words stay out of it."""
        titres = [section["titre"] for section in self.contenu.get("sections", [])]
        return " ".join([*titres, *(piste.get("texte", "") for piste in self.contenu.get("pistes", []))])
