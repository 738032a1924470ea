"""The rules of counting. Numbers in, numbers out: what is written with them is in `actions.comptage`.

A family is a piste and all those joined into it, at any depth; its root is the piste that stands for it.
Votes stay on the piste they were cast on. A family's tally counts each distinct voter once:

* gommettes: the sum of the voter's dots over the family (the union of what they placed, nothing cut off);
* adhésion: the voter's most recent choice in the family (the last word is the one that counts).
"""

from collections import Counter, defaultdict

from .models import Piste, Scrutin, Voix


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

    def jointe_a(self, piste_id):
        """Return the id of the piste it was joined into, or None."""
        return self._liens.get(piste_id)

    def membres(self, racine_id):
        """Return the set of ids of a family, its root included."""
        return self._membres.get(racine_id, {racine_id})


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


def attendus(scrutin, familles=None):
    """Return the tally that the stored votes make, as `compter` does: 2 queries, 1 with `familles`."""
    familles = familles or Familles.de(scrutin.consultation_id)
    voix = Voix.objects.filter(scrutin=scrutin).values_list(
        "participant_id", "piste_id", "college_id", "valeur", "modifie_le", "pk"
    )
    return compter(scrutin.mode, voix.iterator(), familles)


#: Below this many voters, what a college chose is withheld (rule of the house; statistics offices use 3 to 11).
SEUIL_SECRET = 5
#: In adhésion, agreement is one of the two upper degrees out of four.
DEGRE_ACCORD = 3
#: A piste that misses its quorum by at most a tenth is told how much it lacks, rather than only remembered.
PRESQUE = 0.1


def masques(votants):
    """Return the set of colleges to withhold, given {college: voters in the scrutin} in display order.

    Primary suppression: 0 < voters < 5. Complementary suppression: when those masked together have fewer than 5
    voters, the smallest remaining college is masked too, so that a subtraction from the totals yields the sum of
    at least two colleges and five people (Hundepool et al., "Statistical Disclosure Control", 2012, ch. 4).
    """
    presents = {college: n for college, n in votants.items() if n > 0}
    caches = {college for college, n in presents.items() if n < SEUIL_SECRET}
    restants = sorted((c for c in presents if c not in caches), key=lambda c: presents[c])
    if caches and restants and sum(presents[c] for c in caches) < SEUIL_SECRET:
        caches.add(restants[0])
    return caches


def totaux_secrets(votants):
    """True when fewer than five people voted in all: each could subtract their own choice from the totals."""
    return 0 < sum(votants.values()) < SEUIL_SECRET


def points(mode, valeurs):
    """Dots placed (sum of value × voters), or in adhésion the number of people who agree (value ≥ 3)."""
    if mode == Scrutin.Mode.GOMMETTES:
        return sum(valeur * n for valeur, n in valeurs.items())
    return sum(n for valeur, n in valeurs.items() if valeur >= DEGRE_ACCORD)


def part_accord(mode, valeurs, votants_scrutin):
    """Return the share (0 to 1) that supports a piste, or None when nobody could say.

    Gommettes: people who placed at least one dot on it / people who voted in the scrutin. Adhésion: people who
    answered 3 or 4 / people who answered about it (blank is no opinion, as in the ISSP's four-point items).
    """
    if mode == Scrutin.Mode.GOMMETTES:
        return sum(valeurs.values()) / votants_scrutin if votants_scrutin else None
    exprimes = sum(valeurs.values())
    return points(mode, valeurs) / exprimes if exprimes else None


def ensemble(valeurs_par_college):
    """Return the tally of several colleges together."""
    total = Counter()
    for valeurs in valeurs_par_college:
        total.update(valeurs)
    return total


def _groupes(valeurs_par_college, votants, caches):
    """{college: (tally, voters)}; those withheld make one group, None, whose figures follow from what is shown."""
    groupes = {c: (valeurs_par_college.get(c, {}), n) for c, n in votants.items() if n and c not in caches}
    if caches:
        tous = ensemble(valeurs_par_college.get(college, {}) for college in caches)
        groupes[None] = (tous, sum(votants[college] for college in caches))
    return groupes


def accord(scrutin, valeurs_par_college, votants, caches=frozenset()):
    """Return the agreement on a piste under the scrutin's rule, as (share 0 to 1 or None, {college: share}).

    The colleges to withhold (`caches`) count together as one college, under None: counted apart, the verdict would
    tell what they chose. "Agreed by all" would say how the one voter of a college voted.

    * personnes: everybody together, one person one voice.
    * colleges_egaux: arithmetic mean of the colleges' shares, over those with a share (each counts 1, whatever its
      size: the vote by curia, as in the general assemblies of French SCIC, law 47-1775, art. 19 octies).
    * tous_colleges: the lowest of the colleges' shares, compared with the threshold (concurrent majorities).
    """
    parts = {
        college: part
        for college, (valeurs, n) in _groupes(valeurs_par_college, votants, caches).items()
        if (part := part_accord(scrutin.mode, valeurs, n)) is not None
    }
    if not parts:
        return None, parts
    if scrutin.regle == Scrutin.Regle.COLLEGES_EGAUX:
        return sum(parts.values()) / len(parts), parts
    if scrutin.regle == Scrutin.Regle.TOUS_COLLEGES:
        return min(parts.values()), parts
    return part_accord(scrutin.mode, ensemble(valeurs_par_college.values()), sum(votants.values())), parts
