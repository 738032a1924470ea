"""The blocks that only the newsletter has: its objectives, what keeps coming back, the pistes chosen for it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PICTOS = [
    ("d-1", _("La graine")),
    ("d-2", _("La pousse")),
    ("d-3", _("L’arbre")),
    ("d-4", _("Les semences")),
]


class ObjectifBloc(blocks.StructBlock):
    picto = blocks.ChoiceBlock(label=_("Pictogramme"), choices=PICTOS, default="d-1")
    titre = blocks.CharBlock(label=_("Titre"), max_length=80)
    texte = blocks.CharBlock(label=_("En une phrase"), max_length=240)

    class Meta:
        label = _("Objectif")
        icon = "check"


class TendanceBloc(blocks.StructBlock):
    phrase = blocks.CharBlock(label=_("Ce qui revient"), max_length=240)
    regions = blocks.IntegerBlock(label=_("Dans combien de régions"), min_value=0, max_value=18)
    sur = blocks.IntegerBlock(label=_("Sur combien"), min_value=1, max_value=18)

    class Meta:
        label = _("Tendance")
        icon = "order"

    def clean(self, value):
        propre = super().clean(value)
        # A preview comes before all is typed: numbers may be missing.
        if None not in (propre["regions"], propre["sur"]) and propre["regions"] > propre["sur"]:
            raise blocks.StructBlockValidationError(
                {"regions": [_("Ce nombre ne peut pas dépasser le nombre total de régions.")]}
            )
        return propre


class PisteChoisieBloc(blocks.StructBlock):
    """A piste taken from a published synthesis: its words as they stood then, and where to read its origin.

    Without words of its own, it shows those of the page, as long as their author lets them be published.
    """

    texte = blocks.CharBlock(
        label=_("La piste"),
        max_length=300,
        required=False,
        help_text=_(
            "Laissez vide pour suivre les mots de la page : s’ils en sont retirés, la piste l’est ici aussi."
        ),
    )
    synthese = blocks.PageChooserBlock(
        label=_("Synthèse"), page_type="contenus.SynthesePage", help_text=_("La page où lire d’où elle vient.")
    )
    numero = blocks.IntegerBlock(label=_("Numéro de la piste"), min_value=1)
    region = blocks.CharBlock(label=_("Région"), max_length=120, required=False)

    class Meta:
        label = _("Piste")
        icon = "tag"
