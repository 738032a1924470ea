"""Lines of tables in words: what each category of the figures is called."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultation.models import Structure

from .. import comptage
from ..models import Immersion, Secteur

DUREES = {
    "1": gettext_lazy("Une semaine ou moins"),
    "2": gettext_lazy("2 semaines"),
    "4": gettext_lazy("3 ou 4 semaines"),
}
TITRES = {
    comptage.GENRE: gettext_lazy("Pour quoi faire"),
    comptage.DUREE: gettext_lazy("Combien de temps"),
    comptage.SECTEUR: gettext_lazy("Dans quel secteur"),
    comptage.STRUCTURE: gettext_lazy("Depuis quelle structure"),
    comptage.SUITE: gettext_lazy("Et après"),
}


@dataclass(frozen=True)
class Ligne:
    """One line of a table: `part` is its width out of a hundred of the longest; `cle`: None for several as one."""

    cle: str | None
    mots: str
    n: int
    part: int

    @property
    def reunie(self):
        return self.cle is None


def noms_de(tables):
    """{table: {category: its words}}. One query."""
    structures = {cle for bloc, _n in tables.get(comptage.STRUCTURE, ()) for cle in bloc if cle}
    dits = {str(s.pk): s.nom for s in Structure.objects.filter(pk__in=structures)}
    return {
        comptage.GENRE: dict(Immersion.Genre.choices),
        comptage.DUREE: DUREES,
        comptage.SECTEUR: dict(Secteur.choices),
        comptage.STRUCTURE: {"": _("Structure non dite"), **dits},
        comptage.SUITE: {**dict(Immersion.Issue.choices), comptage.A_VENIR: _("Bilan à venir")},
    }


def lignes(blocs, noms):
    """The Lignes of blocks, the longest first, what is told together last; nobody is no line."""
    blocs = [(bloc, n) for bloc, n in blocs if n]
    plus = max((n for _bloc, n in blocs), default=1)
    lues = []
    for bloc, n in sorted(blocs, key=lambda b: (len(b[0]) > 1, -b[1], b[0])):
        cle = bloc[0] if len(bloc) == 1 else None
        if cle is not None:
            mots = str(noms.get(cle, _("Structure retirée de la liste")))
        else:
            mots = ngettext("%(n)d autre", "%(n)d autres, réunis", len(bloc)) % {"n": len(bloc)}
        lues.append(Ligne(cle, mots, n, round(100 * n / plus)))
    return lues
