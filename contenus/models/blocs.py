"""The blocks an editor builds a page with: few, plain, and each with its own template.

No block fetches an address by itself (no embed), and a link is http, https or mailto, never a script.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from ..html import MISE_EN_FORME, MISE_EN_FORME_COURTE, valider_lien
from .redaction import TexteRicheBloc

PICTOS = [
    ("d-1", _("La graine")),
    ("d-2", _("La pousse")),
    ("d-3", _("L’arbre")),
    ("d-4", _("Les semences")),
]


class LienBloc(blocks.CharBlock):
    """An address typed by an editor, checked by `valider_lien`."""

    def __init__(self, **kwargs):
        kwargs = {"max_length": 500, "label": _("Adresse"), "validators": (valider_lien,), **kwargs}
        super().__init__(**kwargs)


class BoutonBloc(blocks.StructBlock):
    libelle = blocks.CharBlock(label=_("Ce qui est écrit sur le bouton"), max_length=80)
    lien = LienBloc()

    class Meta:
        label = _("Bouton")
        icon = "link"
        template = "contenus/blocs/bouton.html"


class ImageLegendeeBloc(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    legende = blocks.CharBlock(label=_("Légende"), max_length=200, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "contenus/blocs/image.html"


class DocumentBloc(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    precision = blocks.CharBlock(
        label=_("Précision"), max_length=120, required=False, help_text=_("Par exemple : à imprimer, format A5.")
    )

    class Meta:
        label = _("Document à télécharger")
        icon = "doc-full"
        template = "contenus/blocs/document.html"


class CorpsBloc(blocks.StreamBlock):
    """The body of an ordinary page, and what an editor may add around a synthesis."""

    titre = blocks.CharBlock(
        label=_("Titre de partie"), max_length=120, icon="title", template="contenus/blocs/titre.html"
    )
    texte = TexteRicheBloc(
        label=_("Texte"), features=MISE_EN_FORME, icon="pilcrow", template="contenus/blocs/texte.html"
    )
    encadre = TexteRicheBloc(
        label=_("Encadré"),
        features=MISE_EN_FORME_COURTE,
        icon="info-circle",
        template="contenus/blocs/encadre.html",
    )
    image = ImageLegendeeBloc()
    document = DocumentBloc()
    bouton = BoutonBloc()


class RessourceBloc(blocks.StructBlock):
    """One line of the home page's resources: a document, a page or an address."""

    titre = blocks.CharBlock(label=_("Titre"), max_length=120)
    precision = blocks.CharBlock(
        label=_("Précision"), max_length=120, required=False, help_text=_("Par exemple : guide de 12 pages.")
    )
    document = DocumentChooserBlock(label=_("Document"), required=False)
    page = blocks.PageChooserBlock(label=_("ou une page"), required=False)
    lien = LienBloc(label=_("ou une adresse"), required=False)

    class Meta:
        label = _("Ressource")
        icon = "doc-full"

    def clean(self, value):
        propre = super().clean(value)
        if sum(bool(propre[nom]) for nom in ("document", "page", "lien")) != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Choisissez un document, une page ou une adresse : un seul des trois.")]
            )
        return propre


class ObjectifBloc(blocks.StructBlock):
    picto = blocks.ChoiceBlock(label=_("Pictogramme"), choices=PICTOS, default="d-1")
    titre = blocks.CharBlock(label=_("Titre"), max_length=80)
    texte = blocks.CharBlock(label=_("En une phrase"), max_length=240)

    class Meta:
        label = _("Objectif")
        icon = "tick"


class TendanceBloc(blocks.StructBlock):
    phrase = blocks.CharBlock(label=_("Ce qui revient"), max_length=240)
    regions = blocks.IntegerBlock(label=_("Dans combien de régions"), min_value=0, max_value=18)
    sur = blocks.IntegerBlock(label=_("Sur combien"), min_value=1, max_value=18)

    class Meta:
        label = _("Tendance")
        icon = "order"

    def clean(self, value):
        propre = super().clean(value)
        if propre["regions"] > propre["sur"]:
            raise blocks.StructBlockValidationError(
                {"regions": [_("Ce nombre ne peut pas dépasser le nombre total de régions.")]}
            )
        return propre


class PisteChoisieBloc(blocks.StructBlock):
    """A piste taken from a published synthesis: its words as they stood then, and where to read its origin."""

    texte = blocks.CharBlock(label=_("La piste"), max_length=300)
    synthese = blocks.PageChooserBlock(
        label=_("Synthèse"), page_type="contenus.SynthesePage", help_text=_("La page où lire d’où elle vient.")
    )
    numero = blocks.IntegerBlock(label=_("Numéro de la piste"), min_value=1)
    region = blocks.CharBlock(label=_("Région"), max_length=120, required=False)

    class Meta:
        label = _("Piste")
        icon = "tag"
