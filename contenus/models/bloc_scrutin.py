"""The results of one vote in the body of a page."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks


class ScrutinBloc(blocks.StructBlock):
    """The results of one vote, as the page of a published synthesis froze them: its figures and no others."""

    titre = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    synthese = blocks.PageChooserBlock(
        label=_("Synthèse"), page_type="contenus.SynthesePage", help_text=_("Celle qui montre ce vote, publiée.")
    )
    vote = blocks.IntegerBlock(
        label=_("Quel vote"), min_value=1, default=1, help_text=_("1 : le premier vote de cette synthèse.")
    )

    class Meta:
        label = _("Résultats d’un vote")
        icon = "order"
        template = "contenus/blocs/scrutin.html"

    def clean(self, value):
        propre = super().clean(value)
        if None in (propre["synthese"], propre["vote"]):  # a preview comes before all is chosen
            return propre
        votes = propre["synthese"].specific.nombre_votes
        if not votes:
            raise blocks.StructBlockValidationError({"synthese": [_("Cette synthèse ne montre aucun vote.")]})
        if propre["vote"] > votes:
            message = ngettext(
                "Cette synthèse montre %(n)d vote : écrivez 1.",
                "Cette synthèse montre %(n)d votes : écrivez un nombre de 1 à %(n)d.",
                votes,
            )
            raise blocks.StructBlockValidationError({"vote": [message % {"n": votes}]})
        return propre

    def get_preview_value(self):
        """A vote that is really there, the newest: a made-up one could be taken for a result."""
        pages = apps.get_model("contenus", "SynthesePage").objects.live().public()
        page = next((p for p in pages.order_by("-first_published_at")[:20] if p.nombre_votes), None)
        return self.normalize({"titre": _("Ce que la salle a soutenu"), "synthese": page, "vote": 1})
