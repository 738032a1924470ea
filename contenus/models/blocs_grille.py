"""A questionnaire inside a page: what it asks about, and the way to answer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultation import questions
from consultation.models import Grille
from consultation.textes import cle_de_code, espacer_code


class GrilleBloc(blocks.StructBlock):
    """A grille by its code, which its own screen shows: no list tells editors of other seminars' grilles."""

    code = blocks.CharBlock(
        label=_("Code de la grille"),
        max_length=20,
        help_text=_("6 signes. Il est sur l’écran « En ligne » de la grille, sous son carré."),
    )
    phrase = blocks.CharBlock(
        label=_("Phrase avant le bouton"),
        max_length=240,
        required=False,
        help_text=_("Laissez vide pour reprendre la présentation de la grille."),
    )

    class Meta:
        label = _("Grille de questions")
        icon = "form"
        template = "contenus/blocs/grille.html"
        preview_value = {"code": "", "phrase": _("Dix questions sur votre parcours, sans donner votre nom.")}

    def clean(self, value):
        propre = super().clean(value)
        if grille_en_ligne(propre["code"]) is None:
            message = _("Aucune grille en ligne n’a ce code. Mettez-la en ligne, puis recopiez son code.")
            raise blocks.StructBlockValidationError({"code": [message]})
        propre["code"] = espacer_code(cle_de_code(propre["code"]))
        return propre

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"grille": grille_en_ligne(value["code"])}


def structure_de(grille):
    """Return the Structure of what a grille asks now: its last version. One query."""
    return questions.lire(grille.versions.order_by("-numero").first().contenu)


def grille_en_ligne(code):
    """Return the Grille of this code once it is or was online, or None. One query."""
    en_ligne = Grille.objects.exclude(etat=Grille.Etat.PREPARATION)
    return en_ligne.filter(code=cle_de_code(code)).first()
