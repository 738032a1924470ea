"""The block by which any page cites a fiche."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FicheCiteeBloc(blocks.StructBlock):
    """A fiche, cited from a synthesis, a number of the newsletter or any page; the fiche shows it in return."""

    fiche = blocks.PageChooserBlock(label=_("Fiche"), page_type=["contenus.CasPage", "contenus.DispositifPage"])
    precision = blocks.CharBlock(label=_("Pourquoi la lire"), max_length=200, required=False)

    class Meta:
        label = _("Fiche à lire")
        icon = "doc-empty-inverse"
        template = "contenus/blocs/fiche.html"
        preview_template = "contenus/blocs/apercu_fiche.html"
