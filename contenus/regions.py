"""The eighteen regions of France: official code, name, and the cell each holds on the tile map."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """`x`, `y`, `largeur`: the cell on a grid of five columns, counted from 1; rows 1 to 5 are the mainland."""

    code: str
    nom: str
    y: int
    x: int
    largeur: int = 1


REGIONS = (
    Region("32", "Hauts-de-France", 1, 3),
    Region("28", "Normandie", 2, 2),
    Region("11", "Île-de-France", 2, 3),
    Region("44", "Grand Est", 2, 4),
    Region("53", "Bretagne", 3, 1),
    Region("52", "Pays de la Loire", 3, 2),
    Region("24", "Centre-Val de Loire", 3, 3),
    Region("27", "Bourgogne-Franche-Comté", 3, 4),
    Region("75", "Nouvelle-Aquitaine", 4, 2, 2),
    Region("84", "Auvergne-Rhône-Alpes", 4, 4),
    Region("76", "Occitanie", 5, 2, 2),
    Region("93", "Provence-Alpes-Côte d’Azur", 5, 4),
    Region("94", "Corse", 5, 5),
    Region("01", "Guadeloupe", 6, 1),
    Region("02", "Martinique", 6, 2),
    Region("03", "Guyane", 6, 3),
    Region("04", "La Réunion", 6, 4),
    Region("06", "Mayotte", 6, 5),
)


def cle(nom):
    """Return what two spellings of a region's name have in common: no accent, apostrophe nor capital."""
    return "".join(signe for signe in unicodedata.normalize("NFKD", nom.casefold()) if signe.isalnum())


#: What `region_de` climbs, to be read with whatever has a territoire.
PARENTS = "territoire__parent__parent__parent"
_PAR_CODE = {region.code: region for region in REGIONS}
_PAR_NOM = {cle(region.nom): region for region in REGIONS}


def region_de(territoire):
    """Return the Region in which `territoire` lies, climbing its parents, or None (the nation, abroad)."""
    while territoire is not None:
        if territoire.niveau == territoire.Niveau.REGION:
            return _PAR_NOM.get(cle(territoire.nom)) or _PAR_CODE.get(territoire.code)
        territoire = territoire.parent
    return None
