"""The blocks by which editors count and tell: key figures, a chart, what each region did."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

SOURCE = _("Par exemple : inscriptions du 13 octobre. Ceux d’un vote viennent du bloc « Résultats d’un vote ».")


class ChiffreBloc(blocks.StructBlock):
    nombre = blocks.CharBlock(
        label=_("Le chiffre"), max_length=12, help_text=_("Par exemple : 114, 62 % ou 1 sur 3.")
    )
    dit = blocks.CharBlock(label=_("Ce qu’il compte"), max_length=120)


class ChiffresBloc(blocks.StructBlock):
    """A few figures, large, each with its words."""

    chiffres = blocks.ListBlock(ChiffreBloc(), label=_("Chiffres"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("D’où ils viennent"), max_length=200, required=False, help_text=SOURCE)

    class Meta:
        label = _("Chiffres clés")
        icon = "order"
        template = "contenus/blocs/chiffres.html"
        preview_value = {
            "chiffres": [
                {"nombre": "114", "dit": _("personnes")},
                {"nombre": "60", "dit": _("pistes")},
            ],
            "source": "",
        }


@dataclass(frozen=True)
class Barre:
    """One bar: its name, its figure in words, its length in hundredths of the longest (of 100 for per cents)."""

    nom: str
    dite: str
    part: int


class Graphique(blocks.StructValue):
    """The value of a GraphiqueBloc."""

    @property
    def lues(self):
        """The bars, in their order. A preview comes before all is typed: what is missing counts for nothing."""
        unite = (self["unite"] or "").strip()
        valeurs = [barre["valeur"] or 0 for barre in self["barres"]]
        sur = 100 if unite == "%" else max(valeurs, default=0)
        return [
            Barre(barre["nom"] or "", _dite(valeur, unite), round(100 * valeur / sur) if sur else 0)
            for barre, valeur in zip(self["barres"], valeurs, strict=True)
        ]


def _dite(valeur, unite):
    nombre = number_format(int(valeur) if valeur == int(valeur) else valeur, force_grouping=True)
    return f"{nombre}\u00a0{unite}" if unite else nombre


class BarreBloc(blocks.StructBlock):
    nom = blocks.CharBlock(label=_("Quoi"), max_length=80)
    valeur = blocks.FloatBlock(label=_("Combien"), min_value=0, max_value=1e9)


class GraphiqueBloc(blocks.StructBlock):
    """Bars, and their figures beside: what is drawn is also written."""

    titre = blocks.CharBlock(label=_("Ce que le graphique montre"), max_length=120)
    unite = blocks.CharBlock(
        label=_("Unité"), max_length=20, required=False, help_text=_("Par exemple : %, heures, personnes.")
    )
    barres = blocks.ListBlock(BarreBloc(), label=_("Barres"), min_num=2, max_num=12)
    source = blocks.CharBlock(label=_("D’où ils viennent"), max_length=200, required=False, help_text=SOURCE)

    class Meta:
        label = _("Graphique")
        icon = "bars"
        template = "contenus/blocs/graphique.html"
        value_class = Graphique
        preview_value = {
            "titre": _("Où l’on apprend le mieux"),
            "unite": "%",
            "barres": [
                {"nom": _("Au travail"), "valeur": 62},
                {"nom": _("En formation"), "valeur": 27.5},
            ],
            "source": "",
        }

    def clean(self, value):
        propre = super().clean(value)
        trop = [b["nom"] for b in propre["barres"] if b["valeur"] is not None and b["valeur"] > 100]
        if propre["unite"].strip() == "%" and trop:
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Une part en %% va de 0 à 100. Corrigez : %(nom)s.") % {"nom": trop[0]}]
            )
        return propre


class RegionBloc(blocks.StructBlock):
    region = blocks.CharBlock(label=_("Région"), max_length=120)
    texte = blocks.TextBlock(label=_("Ce qui s’y est passé"), max_length=600, rows=3)
    synthese = blocks.PageChooserBlock(label=_("Sa synthèse"), page_type="contenus.SynthesePage", required=False)


class RegionsBloc(blocks.StructBlock):
    """What each region did, one after the other, each leading to its synthesis."""

    titre = blocks.CharBlock(label=_("Titre"), max_length=120, default=_("Région par région"))
    regions = blocks.ListBlock(RegionBloc(), label=_("Régions"), min_num=1, max_num=18)

    class Meta:
        label = _("Région par région")
        icon = "site"
        template = "contenus/blocs/regions.html"
        preview_value = {
            "titre": _("Région par région"),
            "regions": [
                {"region": _("Bretagne"), "texte": _("Deux journées, 80 personnes."), "synthese": None},
                {"region": _("Occitanie"), "texte": _("Le groupe se réunit en mars."), "synthese": None},
            ],
        }
