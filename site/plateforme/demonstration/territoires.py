"""The nation, its eighteen regions, and the places of the demonstration."""

from consultation import actions
from consultation.models import Territoire
from contenus.regions import REGIONS

NATION = "France"


def poser(*, par):
    """Return {name: Territoire}, made where missing."""
    nation = _territoire(NATION, "nation", None, par=par)
    tous = {NATION: nation}
    for region in REGIONS:
        tous[region.nom] = _territoire(region.nom, "region", nation, code=region.code, par=par)
    tous["Val-d’Oise"] = _territoire("Val-d’Oise", "departement", tous["Île-de-France"], code="95", par=par)
    tous["Vienne"] = _territoire("Vienne", "departement", tous["Nouvelle-Aquitaine"], code="86", par=par)
    return tous


def _territoire(nom, niveau, parent, *, par, code=""):
    deja = Territoire.objects.filter(nom=nom, niveau=niveau, parent=parent).first()
    return deja or actions.enregistrer(objet=Territoire(nom=nom, niveau=niveau, parent=parent, code=code), par=par)
