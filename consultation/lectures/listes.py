"""What an espace votes on: the pistes it took over from any espace of the consultation, or else its own."""

from dataclasses import dataclass

from ..decomptes import Familles
from ..models import Piste, PisteReprise


@dataclass(frozen=True)
class Place:
    """A piste that stands in a list, and the other pistes of its family, by number."""

    piste: Piste
    jointes: list


def liste(espace):
    """Return the Places of the list of an espace, in its order; [] when nothing was taken over. Two queries.

    What was joined since is stood for by its root, once; what was set aside since is left out.
    """
    reprises = _reprises(espace)
    if not reprises:
        return []
    toutes = Piste.objects.filter(consultation=espace.consultation_id).select_related("espace__atelier").in_bulk()
    familles = Familles.des(toutes.values())
    debout = _debout(reprises, familles, {pk: piste.etat for pk, piste in toutes.items()})
    return [Place(toutes[pk], _jointes(pk, familles, toutes)) for pk in debout]


def ordre_de_la_liste(espace, familles=None, etats=None):
    """Return the ids of the pistes that stand in the list of an espace, in its order. Two queries, of no words.

    One with `familles` and `etats` ({id: state}) of the pistes of the consultation, already read.
    """
    if familles is None:
        lues = Piste.objects.filter(consultation=espace.consultation_id)
        lues = {pk: suite for pk, *suite in lues.values_list("pk", "fusionnee_dans_id", "etat")}
        familles = Familles({pk: dans for pk, (dans, _etat) in lues.items()})
        etats = {pk: etat for pk, (_dans, etat) in lues.items()}
    return _debout(_reprises(espace), familles, etats)


def _reprises(espace):
    return list(PisteReprise.objects.filter(espace=espace).values_list("piste_id", flat=True))


def _debout(reprises, familles, etats):
    racines = dict.fromkeys(map(familles.racine, reprises))
    return [pk for pk in racines if etats[pk] != Piste.Etat.ECARTEE]


def _jointes(racine, familles, toutes):
    autres = (toutes[pk] for pk in familles.membres(racine) if pk != racine)
    return sorted(autres, key=lambda piste: piste.numero)


def pistes_a_voter(espace):
    """Return the pistes an espace would vote on now, in order: its list, or its own that stand. Two queries."""
    if PisteReprise.objects.filter(espace=espace).exists():
        return [place.piste for place in liste(espace)]
    return list(Piste.objects.filter(espace=espace).vivantes().order_by("numero"))


def dans_l_ordre(espace_id, pistes):
    """Return pistes put to the vote in an espace in the order of its list; those not in it after, by number.

    Three queries at most; one where nothing was taken over.
    """
    reprises = list(PisteReprise.objects.filter(espace=espace_id).values_list("piste_id", flat=True))
    if not reprises or not pistes:
        return sorted(pistes, key=lambda piste: piste.numero)
    familles = Familles.de(pistes[0].consultation_id)
    rangs = {racine: rang for rang, racine in enumerate(dict.fromkeys(map(familles.racine, reprises)))}
    return sorted(pistes, key=lambda piste: (rangs.get(piste.pk, len(rangs)), piste.numero))
