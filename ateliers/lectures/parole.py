"""Who is there and who speaks: counts by college, never who said or chose what."""

from dataclasses import dataclass
from math import ceil

from django.db.models import Count, Q

from consultation.models import Bulletin, College, Proposition

from ..models import Place


@dataclass(frozen=True)
class Voix:
    """One college in the room: people present, people who wrote, propositions, voters of the open scrutin."""

    college: College
    presents: int
    ont_ecrit: int
    propositions: int
    votants: int


@dataclass(frozen=True)
class Mixite:
    """A college that has a target share. Shares are whole percents, None when there is nobody to compare to."""

    college: College
    part_salle: int | None
    part_propositions: int | None
    but: int
    manque: int


@dataclass(frozen=True)
class Parole:
    voix: tuple
    mixite: tuple
    affichees: int
    a_relire: int
    ecartees: int

    def _somme(self, champ):
        return sum(getattr(v, champ) for v in self.voix)

    @property
    def presents(self):
        return self._somme("presents")

    @property
    def ont_ecrit(self):
        return self._somme("ont_ecrit")

    @property
    def pas_encore(self):
        """People in the room who have not written; a paper card has no author and counts for nobody."""
        return max(0, self.presents - self.ont_ecrit)

    @property
    def propositions(self):
        return self._somme("propositions")

    @property
    def votants(self):
        return self._somme("votants")

    @property
    def pas_vote(self):
        return max(0, self.presents - self.votants)


def lire_parole(atelier, *, scrutin=None):
    """Return the counts of the room in five queries at most, whatever its size."""
    colleges = list(College.objects.filter(consultation_id=atelier.espace.consultation_id))
    presents = _par_college(Place.objects.presentes().filter(atelier=atelier), "participant__college")
    dites = Proposition.objects.filter(espace_id=atelier.espace_id)
    comptes = dites.aggregate(
        affichees=Count("pk", filter=Q(moderation=Proposition.Moderation.AFFICHEE)),
        a_relire=Count("pk", filter=Q(moderation=Proposition.Moderation.A_RELIRE)),
        ecartees=Count("pk", filter=Q(moderation=Proposition.Moderation.ECARTEE)),
    )
    propositions, auteurs = _dites_par_college(dites.exclude(moderation=Proposition.Moderation.ECARTEE))
    votants = _par_college(Bulletin.objects.filter(scrutin=scrutin), "college") if scrutin else {}
    voix = tuple(
        Voix(c, presents.get(c.pk, 0), auteurs.get(c.pk, 0), propositions.get(c.pk, 0), votants.get(c.pk, 0))
        for c in colleges
    )
    return Parole(voix=voix, mixite=tuple(_mixite(voix)), **comptes)


def _par_college(lignes, champ):
    return dict(lignes.values_list(champ).annotate(n=Count("pk")).order_by())


def _dites_par_college(dites):
    lignes = dites.values("college").annotate(n=Count("pk"), qui=Count("auteur", distinct=True)).order_by()
    return {x["college"]: x["n"] for x in lignes}, {x["college"]: x["qui"] for x in lignes}


def _mixite(voix):
    salle, dites = sum(v.presents for v in voix), sum(v.propositions for v in voix)
    for v in voix:
        but = v.college.part_cible
        if but:
            yield Mixite(
                v.college,
                _part(v.presents, salle),
                _part(v.propositions, dites),
                but,
                combien_manque(v.propositions, dites, but),
            )


def _part(n, sur):
    return round(100 * n / sur) if sur else None


def combien_manque(n, sur, but):
    """Return how many more of `n` bring its share of a growing `sur` up to `but` percent.

    From (n + m) / (sur + m) >= but / 100; 0 when it is reached, or when nothing has been said yet.
    """
    if not sur or but >= 100:
        return 0
    return max(0, ceil((but * sur - 100 * n) / (100 - but)))
