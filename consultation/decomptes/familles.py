"""Which piste stands: a piste and all those joined into it, at any depth, are a family; its root stands for it.

Nobody else follows `fusionnee_dans`, nor `venue_de` down to the words a piste was born of.
"""

from collections import defaultdict
from functools import cached_property

from ..models import Piste


class Familles:
    """Who is joined into whom, for a set of pistes: roots and members, in memory, from one query."""

    def __init__(self, liens, venues=None):
        """`liens` is {piste id: id of the piste it is joined into, or None}.

        `venues` is {piste id: id of the piste of another consultation it was taken over from}.
        """
        self._liens, self._venues = liens, venues or {}
        self._membres = defaultdict(set)
        for piste_id in liens:
            self._membres[self.racine(piste_id)].add(piste_id)

    @classmethod
    def de(cls, consultation_id):
        """One query over the pistes of a consultation (hundreds at most)."""
        return cls._lire(Piste.objects.filter(consultation_id=consultation_id))

    @classmethod
    def de_l_espace(cls, espace_id):
        """The same, of the consultation an espace is in. One query."""
        return cls._lire(Piste.objects.filter(consultation__espaces=espace_id))

    @classmethod
    def des(cls, pistes):
        """Of pistes already read; those they are joined into must be among them."""
        return cls({piste.pk: piste.fusionnee_dans_id for piste in pistes})

    @classmethod
    def des_consultations(cls, consultations):
        """Of several consultations at once. One query."""
        return cls._lire(Piste.objects.filter(consultation__in=consultations))

    @classmethod
    def _lire(cls, pistes):
        lignes = list(pistes.values_list("pk", "fusionnee_dans_id", "venue_de_id"))
        return cls({pk: dans for pk, dans, _de in lignes}, {pk: de for pk, _dans, de in lignes if de})

    def racine(self, piste_id):
        """Return the id of the root. A cycle, which no act can make, stops at its smallest id."""
        vus = []
        while self._liens.get(piste_id) is not None:
            if piste_id in vus:
                return min(vus[vus.index(piste_id) :])
            vus.append(piste_id)
            piste_id = self._liens[piste_id]
        return piste_id

    def chemin(self, piste_id):
        """Return the ids from this piste to the one that stands, both included; [] for None."""
        chemin = []
        while piste_id is not None and piste_id not in chemin:
            chemin.append(piste_id)
            piste_id = self._liens.get(piste_id)
        return chemin

    def dernier(self, piste_id, parmi):
        """Return the last id among `parmi` on the way to the one that stands: what stands for it on a board."""
        return [pk for pk in self.chemin(piste_id) if pk in parmi][-1]

    def membres(self, racine_id):
        """Return the set of ids of a family, its root included."""
        return self._membres.get(racine_id, {racine_id})

    def souches(self, racine_id):
        """Return the ids of the pistes whose propositions a family was born of.

        Its members and, of each one taken over from another consultation, the whole family there: what a region
        took over from its seminar leads back to the seminar's words. One query more, once, when there is any.
        """
        membres = self.membres(racine_id)
        venues = {self._ailleurs.racine(self._venues[pk]) for pk in membres if pk in self._venues}
        return membres.union(*map(self._ailleurs.membres, venues)) if venues else membres

    def par_souche(self, racines):
        """Return {id of a piste that holds propositions: [those of `racines` that were born of them]}."""
        portees = defaultdict(list)
        for racine in racines:
            for pk in self.souches(racine):
                portees[pk].append(racine)
        return portees

    @cached_property
    def _ailleurs(self):
        """The families of the consultations that pistes were taken over from."""
        return Familles.des_consultations(
            Piste.objects.filter(pk__in=set(self._venues.values())).values("consultation")
        )
