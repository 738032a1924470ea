"""A page that asks a few questions: Wagtail's own form builder, with fewer kinds of answers and our limits."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import FormBuilder, WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.search import index

from consultation.gestion.champs import ChampDate
from consultation.models import Consultation
from consultation.textes import nettoyer, nettoyer_ligne

from .blocs import CorpsBloc
from .garde import FormulaireDeSeminaire, PageGardee
from .lecture import RECEPTIONS

#: Signs of an answer on one line, and on several.
LIGNE_MAX, TEXTE_MAX = 255, 4000
NATURES = [
    ("singleline", _("Quelques mots")),
    ("multiline", _("Plusieurs phrases")),
    ("email", _("Une adresse de courriel")),
    ("number", _("Un nombre")),
    ("date", _("Une date")),
    ("checkbox", _("Une case à cocher")),
    ("radio", _("Un choix parmi plusieurs")),
    ("checkboxes", _("Plusieurs choix")),
]
A_CHOIX = ("radio", "checkboxes")
_OBLIGATOIRE = _("Il manque une réponse ici.")


class _Mots(forms.CharField):
    """Words as they are read: cleaned, and empty when nothing can be seen."""

    lecteur = staticmethod(nettoyer_ligne)

    def to_python(self, value):
        return type(self).lecteur(super().to_python(value))


class _Texte(_Mots):
    widget = forms.Textarea(attrs={"rows": 4})
    lecteur = staticmethod(nettoyer)


class Constructeur(FormBuilder):
    """Makes the form of a page out of its questions."""

    def create_singleline_field(self, field, options):
        return _Mots(max_length=LIGNE_MAX, **options)

    def create_multiline_field(self, field, options):
        return _Texte(max_length=TEXTE_MAX, **options)

    def create_email_field(self, field, options):
        messages = {"invalid": _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr")}
        return forms.EmailField(max_length=254, error_messages=options.pop("error_messages") | messages, **options)

    def create_number_field(self, field, options):
        return forms.DecimalField(max_digits=12, **options)

    def create_date_field(self, field, options):
        return ChampDate(**options)

    def get_field_options(self, field):
        options = super().get_field_options(field)
        options.pop("initial")
        return options | {"error_messages": {"required": _OBLIGATOIRE}}

    def get_formatted_field_initial(self, field):
        return None


class Question(AbstractFormField):
    """One question of a form page. Its name in the answers is kept when its words change."""

    page = ParentalKey("contenus.FormulairePage", on_delete=models.CASCADE, related_name="form_fields")
    label = models.CharField(_("question"), max_length=255)
    help_text = models.CharField(_("aide"), max_length=255, blank=True)
    field_type = models.CharField(_("sorte de réponse"), max_length=16, choices=NATURES, default="singleline")
    required = models.BooleanField(_("réponse demandée"), default=False)
    choices = models.TextField(_("choix"), blank=True, help_text=_("Un par ligne."))

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("field_type", required_on_save=True), FieldPanel("required")]),
        FieldPanel("choices"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")


class FormulaireDePage(FormulaireDeSeminaire, WagtailAdminFormPageForm):
    """The editor's form: a question with choices has at least two."""

    def clean(self):
        propre = super().clean()
        for question in self.formsets["form_fields"].forms if "form_fields" in self.formsets else ():
            lue = getattr(question, "cleaned_data", {})
            if lue.get("field_type") in A_CHOIX and len(set((lue.get("choices") or "").split("\n")) - {""}) < 2:
                question.add_error("choices", _("Écrivez au moins deux choix, un par ligne."))
        return propre


class FormulairePage(PageGardee, AbstractForm):
    """Questions asked of whoever visits. Answers are read by those who publish for its seminar, then erased."""

    consultation = models.ForeignKey(
        Consultation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("séminaire ou forum"),
        help_text=_("Ceux qui publient pour lui lisent les réponses."),
    )
    chapeau = models.TextField(_("en deux phrases"), blank=True, max_length=500)
    usage = models.TextField(
        _("à quoi serviront les réponses"),
        max_length=500,
        help_text=_("Dit sous les questions : qui les lit, pour quoi faire."),
    )
    corps = StreamField(CorpsBloc(required=False), blank=True, verbose_name=_("avant les questions"))
    merci = models.TextField(
        _("une fois la réponse envoyée"), max_length=500, default="Merci. Votre réponse est arrivée."
    )
    jusqu_au = models.DateField(_("répondre jusqu’au"), null=True, blank=True)
    reponses_max = models.PositiveIntegerField(
        _("nombre de réponses au plus"), default=500, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    garder_jours = models.PositiveSmallIntegerField(
        _("garder les réponses (jours)"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Chaque réponse est ensuite effacée par le site."),
    )

    content_panels = [
        *AbstractForm.content_panels,
        FieldPanel("consultation"),
        FieldPanel("chapeau"),
        FieldPanel("corps"),
        InlinePanel("form_fields", label=_("question"), heading=_("Questions"), min_num=1),
        MultiFieldPanel(
            [FieldPanel(nom) for nom in ("usage", "merci", "jusqu_au", "reponses_max", "garder_jours")],
            _("Les réponses"),
        ),
    ]
    search_fields = [*AbstractForm.search_fields, index.SearchField("chapeau"), index.SearchField("corps")]
    parent_page_types = ["contenus.AccueilPage", "contenus.PagePlaine"]
    subpage_types = []
    base_form_class = FormulaireDePage
    form_builder = Constructeur
    template = landing_page_template = "contenus/pages/formulaire.html"
    preview_modes = [("form", _("Les questions")), ("landing", _("Une fois envoyé"))]

    class Meta:
        verbose_name = _("page de questions")
        verbose_name_plural = _("pages de questions")

    @property
    def echeance(self):
        """Answers sent before this moment have had their time."""
        return timezone.now() - timedelta(days=self.garder_jours)

    @property
    def est_ouverte(self):
        """Whether an answer may still be sent. One query."""
        if self.jusqu_au and timezone.localdate() > self.jusqu_au:
            return False
        return self.get_submissions().count() < self.reponses_max

    def serve(self, request, *args, **kwargs):
        return RECEPTIONS[type(self)](self, request)

    def render_landing_page(self, request, form_submission=None, *args, **kwargs):
        """Only asked for by the preview."""
        return RECEPTIONS[type(self)](self, request, recue=True)

    def serve_submissions_list_view(self, request, *args, **kwargs):
        return RECEPTIONS["reponses"](self, request, *args, **kwargs)
