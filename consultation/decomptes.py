"""The rules of counting. Numbers in, numbers out: what is written with them is in `actions.scrutins`.

A family is a piste and all those joined into it, at any depth; its root is the piste that stands for it.
Votes stay on the piste they were cast on. A family's tally counts each distinct voter once:

* gommettes: the sum of the voter's dots over the family (the union of what they placed, nothing cut off);
* adhésion: the voter's most recent choice in the family (the last word is the one that counts).
"""

from collections import Counter, defaultdict

from .models import Piste, Scrutin


class Familles:
    """Who is joined into whom, for a set of pistes: roots and members, in memory, from one query."""

    def __init__(self, liens):
        """`liens` is {piste id: id of the piste it is joined into, or None}."""
        self._liens = liens
        self._membres = defaultdict(set)
        for piste_id in liens:
            self._membres[self.racine(piste_id)].add(piste_id)

    @classmethod
    def de(cls, consultation_id):
        """One query over the pistes of a consultation (hundreds at most)."""
        return cls(
            dict(Piste.objects.filter(consultation_id=consultation_id).values_list("pk", "fusionnee_dans_id"))
        )

    def racine(self, piste_id):
        """Return the id of the root. A cycle, which no act can make, stops at its smallest id."""
        vus = []
        while self._liens.get(piste_id) is not None:
            if piste_id in vus:
                return min(vus[vus.index(piste_id) :])
            vus.append(piste_id)
            piste_id = self._liens[piste_id]
        return piste_id

    def membres(self, racine_id):
        """Return the set of ids of a family, its root included."""
        return self._membres.get(racine_id, {racine_id})

    def __contains__(self, piste_id):
        return piste_id in self._liens


def valeur_de_famille(mode, voix):
    """Return one voter's value on a family, or 0. `voix`: their (valeur, modifie_le, id) on its pistes."""
    if not voix:
        return 0
    if mode == Scrutin.Mode.GOMMETTES:
        return sum(valeur for valeur, _le, _pk in voix)
    return max(voix, key=lambda v: (v[1], v[2]))[0]


def compter(mode, voix, familles):
    """Return {(root id, college id, value): distinct voters} from all the votes of one scrutin.

    `voix` yields (participant id, piste id, college id, value, modified, id). This is the reference: what is kept
    vote by vote must always equal it.
    """
    par_voteur = defaultdict(list)
    for participant_id, piste_id, college_id, valeur, le, pk in voix:
        par_voteur[participant_id, familles.racine(piste_id), college_id].append((valeur, le, pk))
    total = Counter()
    for (_qui, racine_id, college_id), siennes in par_voteur.items():
        if valeur := valeur_de_famille(mode, siennes):
            total[racine_id, college_id, valeur] += 1
    return total
