"""Which pistes a vote kept: the one place that turns what a vote gave into "retenue"."""

from ..decomptes import Familles
from .resultats import resultats


def pistes_soutenues(scrutin):
    """Return the ids of the pistes that stand for those a closed, shown vote kept; empty before. Four queries."""
    lignes = [ligne for ligne in resultats(scrutin).lignes if ligne.retenue]
    if not lignes:
        return set()
    familles = Familles.de(scrutin.consultation_id)
    return {familles.racine(ligne.piste.id) for ligne in lignes}
