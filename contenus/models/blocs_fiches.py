"""The blocks that only fiches have: partners, steps, results by year."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .blocs import LienBloc

#: Letters of a partner's name and role.
NOM_MAX, ROLE_MAX = 160, 600


class PartenaireBloc(blocks.StructBlock):
    nom = blocks.CharBlock(label=_("Qui"), max_length=NOM_MAX)
    role = blocks.TextBlock(label=_("Son rôle"), max_length=ROLE_MAX, rows=2)

    class Meta:
        label = _("Partenaire")
        icon = "group"


class EtapeBloc(blocks.StructBlock):
    titre = blocks.CharBlock(label=_("L’étape"), max_length=160)
    texte = blocks.TextBlock(label=_("Ce qui s’y fait"), max_length=1200, required=False, rows=3)

    class Meta:
        label = _("Étape")
        icon = "list-ol"


class ResultatBloc(blocks.StructBlock):
    """One year: what was aimed at, what was done, in the unit that the fiche says."""

    annee = blocks.IntegerBlock(label=_("Année"), min_value=1950, max_value=2100)
    vise = blocks.IntegerBlock(label=_("Visé"), min_value=0, required=False)
    fait = blocks.IntegerBlock(label=_("Fait"), min_value=0)

    class Meta:
        label = _("Résultat d’une année")
        icon = "order"


class FormationBloc(blocks.StructBlock):
    """A training may have no page of its own: its name and its dates are enough."""

    titre = blocks.CharBlock(label=_("Titre"), max_length=160)
    precision = blocks.CharBlock(
        label=_("Précision"), max_length=160, required=False, help_text=_("Par exemple : 2 jours, à distance.")
    )
    lien = LienBloc(required=False)

    class Meta:
        label = _("Formation")
        icon = "date"
