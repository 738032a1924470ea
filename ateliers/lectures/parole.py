"""Who is there and who speaks: counts by college, never who said or chose what."""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from consultation.models import Bulletin, College, Proposition

from ..models import Place


@dataclass(frozen=True)
class Voix:
    """One college in the room: people there now, people who wrote, propositions, voters of the open scrutin.

    `entres`: people who came in, there or not; `pas_ecrit`, `pas_vote`: those who are there and have not yet.
    """

    college: College
    presents: int
    ont_ecrit: int
    propositions: int
    votants: int
    entres: int = 0
    pas_ecrit: int = 0
    pas_vote: int = 0

    @property
    def attendus(self):
        """Those who voted, and those who are there and may still vote."""
        return self.votants + self.pas_vote


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
    def entres(self):
        return self._somme("entres")

    @property
    def pas_encore(self):
        """People who are there and have not written; a paper card has no author and counts for nobody."""
        return self._somme("pas_ecrit")

    @property
    def propositions(self):
        return self._somme("propositions")

    @property
    def votants(self):
        return self._somme("votants")

    @property
    def pas_vote(self):
        return self._somme("pas_vote")

    @property
    def attendus(self):
        return self._somme("attendus")


def lire_parole(atelier, *, scrutin=None):
    """Return the counts of the room in five queries at most, whatever its size."""
    colleges = list(College.objects.filter(consultation_id=atelier.espace.consultation_id))
    presences = _presences(atelier, scrutin)
    dites = Proposition.objects.filter(espace_id=atelier.espace_id)
    comptes = dites.aggregate(
        affichees=Count("pk", filter=Q(moderation=Proposition.Moderation.AFFICHEE)),
        a_relire=Count("pk", filter=Q(moderation=Proposition.Moderation.A_RELIRE)),
        ecartees=Count("pk", filter=Q(moderation=Proposition.Moderation.ECARTEE)),
    )
    propositions, auteurs = _dites_par_college(dites.exclude(moderation=Proposition.Moderation.ECARTEE))
    votants = _par_college(Bulletin.objects.filter(scrutin=scrutin), "college") if scrutin else {}
    voix = tuple(
        Voix(
            college=c,
            ont_ecrit=auteurs.get(c.pk, 0),
            propositions=propositions.get(c.pk, 0),
            votants=votants.get(c.pk, 0),
            **presences[c.pk],
        )
        for c in colleges
    )
    return Parole(voix=voix, mixite=tuple(_mixite(voix)), **comptes)


def _presences(atelier, scrutin):
    """{college: {"presents", "entres", "pas_ecrit", "pas_vote"}}. One query."""
    # Lists made once, where a question for each person could be answered by reading all that was said.
    ecrivains = Proposition.objects.filter(espace=atelier.espace_id, auteur__isnull=False).values("auteur")
    votants = Bulletin.objects.filter(scrutin=scrutin).values("participant")
    places = Place.objects.selon_presence().filter(atelier=atelier)
    places = places.annotate(ecrit=_est(participant__in=ecrivains), vote=_est(participant__in=votants))
    groupes = places.values_list("participant__college", "la", "ecrit", "vote").order_by()
    lues = defaultdict(lambda: dict.fromkeys(("presents", "entres", "pas_ecrit", "pas_vote"), 0))
    for college, la, a_ecrit, a_vote, n in groupes.annotate(n=Count("pk")):
        for nom, compte in (
            ("presents", la),
            ("entres", True),
            ("pas_ecrit", la and not a_ecrit),
            ("pas_vote", la and not a_vote),
        ):
            lues[college][nom] += n * bool(compte)
    return lues


def _est(**condition):
    return ExpressionWrapper(Q(**condition), output_field=BooleanField())


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
