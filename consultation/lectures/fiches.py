"""A piste as a desk shows it: its first propositions, how many it holds, what votes gave it."""

from collections import defaultdict
from dataclasses import dataclass

from ..decomptes import Familles
from ..models import Piste, Proposition, Scrutin
from .resultats import tous_resultats

#: Propositions of one piste listed where it is shown; the others are counted.
PAROLES = 10


@dataclass(frozen=True)
class Fiche:
    """A piste, the first shown propositions of its family, `combien` in all, and what each closed scrutin gave it.

    `resultats` is [(Tableau of the scrutin, its Ligne)], oldest first.
    """

    piste: Piste
    propositions: list
    combien: int
    resultats: list

    @property
    def retenue(self):
        return self.piste.etat == Piste.Etat.RETENUE

    @property
    def autres(self):
        """How many propositions it was born of beside those shown."""
        return self.combien - len(self.propositions)


def fiches(consultation_id, racines, familles=None):
    """Return {id: Fiche} of the pistes `racines`, which stand for their families, in their order.

    Nine queries at most, none that reads more than these pistes and the propositions they hold.
    """
    if not racines:
        return {}
    familles = familles or Familles.de(consultation_id)
    pistes = Piste.objects.select_related("axe").in_bulk(racines)
    membres = {pk: racine for racine in racines for pk in familles.membres(racine)}
    combien, premieres = _nees(consultation_id, familles.par_souche(racines))
    votes = resultats_par_piste(consultation_id, familles, set(membres))
    return {pk: Fiche(pistes[pk], premieres[pk], len(combien[pk]), votes[pk]) for pk in racines if pk in pistes}


def _nees(consultation_id, souches):
    """Return ({root: ids of the shown propositions it was born of}, {root: the first ones}). Two queries.

    Those said in another consultation are marked `dite_ailleurs`: a region reads them without their college, which
    would tell it who of its own spoke.
    """
    rangees = Proposition.objects.affichees().filter(piste__in=souches)
    nees, premieres = defaultdict(list), defaultdict(list)
    for pk, piste in rangees.order_by("pk").values_list("pk", "piste"):
        for racine in souches[piste]:
            nees[racine].append(pk)
    montrees = {pk for siennes in nees.values() for pk in siennes[:PAROLES]}
    lues = Proposition.objects.filter(pk__in=montrees).select_related("college").in_bulk()
    for proposition in lues.values():
        proposition.dite_ailleurs = proposition.consultation_id != consultation_id
    for racine, siennes in nees.items():
        premieres[racine] = [lues[pk] for pk in siennes[:PAROLES]]
    return nees, premieres


def resultats_par_piste(consultation_id, familles, seulement=None):
    """Return {id of a piste that stands: [(Tableau, Ligne)]} over the closed scrutins. 4 queries.

    `seulement`: the ids of the pistes, whole families of them, to dress lines for; all when None.
    """
    clos = list(Scrutin.objects.montres().filter(consultation=consultation_id).order_by("clos_le", "pk"))
    lus = defaultdict(list)
    for scrutin in tous_resultats(clos, seulement).values() if clos else ():
        for ligne in scrutin.lignes:
            for racine in {familles.racine(pk) for pk in ligne.membres}:
                lus[racine].append((scrutin.tableau, ligne))
    return lus
