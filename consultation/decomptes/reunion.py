"""Small groups told together: the one rule of figures that count people, not choices."""

from .formes import SEUIL_SECRET


def reunir(personnes):
    """Return the keys of {key: people} to be told as one: a set, empty when each may be told by itself.

    Groups of fewer than five people go together; while they count fewer than five, the smallest of the others
    (then the first key) joins them, so that no figure is had back by subtraction from that of everybody.
    """
    petits = {cle for cle, n in personnes.items() if n < SEUIL_SECRET}
    autres = sorted(personnes.keys() - petits, key=lambda cle: (personnes[cle], cle))
    while petits and autres and sum(personnes[cle] for cle in petits) < SEUIL_SECRET:
        petits.add(autres.pop(0))
    return petits
