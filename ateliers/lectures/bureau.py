"""What a rapporteur's desk shows of long lists: a page of the pistes of a workshop, a page of what is left out."""

from collections import defaultdict
from dataclasses import dataclass, field

from consultation import lectures
from consultation.decomptes import Familles
from consultation.models import Axe, Piste, Proposition

from .tableau import Filtre, Pages, couper, voulues

#: Pistes on one page of the desk, the words shown of what each was born of, and of what no piste cited took up.
FICHES, PAROLES, ORPHELINES = 20, 10, 20
#: Above this, the pistes one may cite are listed without the words they were born of: those are one link away.
CITABLES = 60


@dataclass
class Fiche:
    """A piste at the desk, the first propositions of its family, `combien` in all, and what votes gave it."""

    piste: Piste
    propositions: list
    combien: int
    resultats: list

    @property
    def autres(self):
        """How many propositions it was born of beside those shown."""
        return self.combien - len(self.propositions)


@dataclass(frozen=True)
class Bureau:
    filtre: Filtre
    axes: tuple
    fiches: tuple = field(default_factory=tuple)
    pages: Pages | None = None


def lire_bureau(espace, filtre, gardee=None):
    """Read one page of the pistes that stand or were set aside, these last, in a fixed number of queries.

    `gardee`: the id of a piste that stays in sight whatever the filter, or None.
    """
    toutes = Piste.objects.filter(espace=espace).debout().order_by("numero").values_list("pk", "etat", "axe_id")
    lignes = sorted(toutes, key=lambda ligne: ligne[1] == Piste.Etat.ECARTEE)
    choisies = voulues(espace, filtre, lignes)
    pages = couper(len(choisies), len(lignes), filtre, "pp", FICHES)
    debut = FICHES * (pages.page - 1)
    ici = choisies[debut : debut + FICHES]
    if gardee is not None and gardee not in ici:
        ici = [gardee, *ici]
    axes = tuple(Axe.objects.filter(consultation=espace.consultation_id))
    return Bureau(filtre, axes, tuple(_fiches(espace, ici)) if ici else (), pages)


def _fiches(espace, ici):
    pistes = Piste.objects.select_related("axe").in_bulk(ici)
    familles, nees = Familles.de(espace.consultation_id), defaultdict(list)
    membres = [pk for racine in ici for pk in familles.membres(racine)]
    rangees = Proposition.objects.affichees().filter(piste__in=membres).order_by("pk")
    for pk, piste in rangees.values_list("pk", "piste"):
        nees[familles.racine(piste)].append(pk)
    premieres = [pk for siennes in nees.values() for pk in siennes[:PAROLES]]
    lues = Proposition.objects.select_related("college").in_bulk(premieres)
    votes = lectures.resultats_par_piste(espace.consultation_id, familles)
    for pk in ici:
        yield Fiche(pistes[pk], [lues[p] for p in nees[pk][:PAROLES]], len(nees[pk]), votes[pk])


@dataclass(frozen=True)
class Laissees:
    """What one college said and the synthesis leaves out, one page of it. `ouverte`: it is the one being read."""

    college: object
    total: int
    combien: int
    propositions: list
    page: int
    pages: int
    ouverte: bool

    @property
    def autres(self):
        return self.combien - len(self.propositions)

    @property
    def apres(self):
        return self.page + 1 if self.page < self.pages else 0

    @property
    def avant(self):
        return self.page - 1


def laissees(couverture, college, page):
    """Return the Laissees of each college: page `page`, from 1, of `college` (an id), the first of the others."""
    lues = []
    for ligne in couverture.colleges:
        pages = max(1, -(-len(ligne.orphelines) // ORPHELINES))
        ouverte = ligne.college.pk == college
        ici = min(max(1, page), pages) if ouverte else 1
        debut = ORPHELINES * (ici - 1)
        montrees = ligne.orphelines[debut : debut + ORPHELINES]
        lues.append(
            Laissees(
                ligne.college, ligne.total, len(ligne.orphelines), montrees, ici, pages, ouverte and pages > 1
            )
        )
    return lues
