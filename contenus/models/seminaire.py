"""The public page of a seminar."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from consultation.models import Consultation

from ..html import valider_lien
from .blocs import CorpsBloc
from .garde import FormulaireDeSeminaire, PageGardee
from .lecture import PageLue


class SeminairePage(PageGardee, PageLue, Page):
    """Presents a consultation: programme, rooms, colleges and what is live now are read from it at each visit."""

    consultation = models.ForeignKey(
        Consultation,
        models.SET_NULL,
        null=True,
        related_name="pages",
        verbose_name=_("séminaire ou forum"),
        help_text=_("Le programme, les salles et les collèges viennent de là."),
    )
    chapeau = models.TextField(
        _("présentation"),
        blank=True,
        max_length=1500,
        help_text=_("Laissez vide pour reprendre la présentation du séminaire."),
    )
    lien_inscription = models.CharField(
        _("adresse pour s’inscrire"),
        max_length=300,
        blank=True,
        validators=[valider_lien],
        help_text=_("https://… ou mailto:…"),
    )
    corps = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("contenu"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("consultation"),
        FieldPanel("chapeau"),
        FieldPanel("lien_inscription"),
        FieldPanel("corps"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("chapeau"), index.SearchField("corps")]
    parent_page_types = ["contenus.AccueilPage"]
    subpage_types = []
    base_form_class = FormulaireDeSeminaire
    template = "contenus/pages/seminaire.html"

    class Meta:
        verbose_name = _("page de séminaire")
        verbose_name_plural = _("pages de séminaires")
