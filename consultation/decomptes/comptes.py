"""From votes to tallies, and from figures to agreement. Numbers in, numbers out; shares are exact fractions.

Votes stay on the piste they were cast on. A family's tally counts each distinct voter once:

* gommettes: the sum of the voter's dots over the family (the union of what they placed, nothing cut off);
* adhésion: the voter's most recent choice in the family (the last word is the one that counts);
* classement: the best place they gave in the family.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from ..models import Scrutin, Voix
from .familles import Familles
from .rangs import place_de

#: In adhésion, agreement is one of the two upper degrees out of four.
DEGRE_ACCORD = 3


def valeur_de_famille(mode, voix):
    """Return one voter's value on a family, or 0. `voix`: their (valeur, modifie_le, id) on its pistes."""
    if not voix:
        return 0
    if mode == Scrutin.Mode.GOMMETTES:
        return sum(valeur for valeur, _le, _pk in voix)
    if mode == Scrutin.Mode.CLASSEMENT:
        return min((valeur for valeur, _le, _pk in voix), key=place_de)
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


def personnes(mode, valeurs):
    """People who support a piste, from {value: voters}: at least one dot, or in adhésion a degree of 3 or 4."""
    plancher = 1 if mode == Scrutin.Mode.GOMMETTES else DEGRE_ACCORD
    return sum(n for valeur, n in valeurs.items() if valeur >= plancher)


def gommettes(valeurs):
    """Dots placed, from {value: voters}."""
    return sum(valeur * n for valeur, n in valeurs.items())


def accord(regle, groupes):
    """Return the agreement of `groupes`, [(people for, out of)], under a scrutin's rule: a Fraction, or None.

    * personnes: everybody together, one person one voice.
    * colleges_egaux: arithmetic mean of the groups' shares, each counting 1, whatever its size (the vote by curia,
      as in the general assemblies of French SCIC, law 47-1775, art. 19 octies).
    * tous_colleges: the lowest of the groups' shares, compared with the threshold (concurrent majorities).

    A group out of which nobody answered has no share.
    """
    parts = [Fraction(pour, sur) for pour, sur in groupes if sur]
    if not parts:
        return None
    if regle == Scrutin.Regle.COLLEGES_EGAUX:
        return sum(parts) / len(parts)
    if regle == Scrutin.Regle.TOUS_COLLEGES:
        return min(parts)
    return Fraction(sum(pour for pour, _sur in groupes), sum(sur for _pour, sur in groupes))


def en_pourcents(part, seuil):
    """Return a share as a whole percent that never contradicts `part >= seuil` (`seuil` in percent).

    70 % is never said of what is under 70, nor 69 % of what reaches it.
    """
    if part >= Fraction(seuil, 100):
        return max(seuil, int(100 * part + Fraction(1, 2)))
    return min(seuil - 1, int(100 * part + Fraction(1, 2)))
