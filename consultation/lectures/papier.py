"""What is printed of a vote for who votes on paper, and how far the keying in has come."""

from dataclasses import dataclass
from operator import itemgetter

from django.utils.translation import gettext as _

from ..decomptes import rangs
from ..models import BulletinPapier, College, LotDeBulletins, Piste, Scrutin
from .listes import dans_l_ordre, pistes_a_voter
from .resultats import pistes_du_scrutin

#: Sheets shown again, to be checked.
DERNIERES = 5


def pas_sur_papier(scrutin):
    """Return why a vote is not cast on paper, and what to do, or "" when it may be."""
    if scrutin.secret:
        return _(
            "Ce vote est secret : il ne se fait pas sur papier. Le numéro du bulletin dirait à qui le saisit ce "
            "que la feuille contient, et quand. Prêtez un téléphone."
        )
    if scrutin.mode == Scrutin.Mode.CONSENTEMENT:
        return _(
            "Un vote par consentement ne se fait pas sur papier : une objection se lève depuis un téléphone, par "
            "la personne qui l’a écrite. Prêtez un téléphone."
        )
    if scrutin.liste_close:
        return _(
            "La liste de ce vote est close : sur papier, rien ne dit qui est arrivé avant l’ouverture. Prêtez un "
            "téléphone."
        )
    return ""


def pistes_a_imprimer(scrutin):
    """Return the pistes of a ballot, in the order of the room: those put to the vote, or that would be now."""
    pistes = pistes_du_scrutin(scrutin) or pistes_a_voter(scrutin.espace)
    return dans_l_ordre(scrutin.espace_id, [piste for piste in pistes if piste.etat != Piste.Etat.ECARTEE])


def _dans_l_ordre_ecrit(choix):
    return sorted(((numero, rangs.place_de(valeur)) for numero, valeur in choix), key=itemgetter(1))


@dataclass(frozen=True)
class BulletinLu:
    """A sheet keyed in, in words. `choix`: [(number of a piste, value)] by number; of a ranking, by place."""

    papier: BulletinPapier
    college: College
    choix: list


@dataclass(frozen=True)
class Depouillement:
    """`lots` with `saisis`, how many of each are keyed in, and `perime`, whether other pistes are voted on now."""

    lots: list
    imprimes: int
    saisis: int
    dernieres: list


def depouillement_sur_papier(scrutin, pistes):
    """Return the Depouillement of a vote on `pistes`. Four queries at most, whatever its size."""
    lots = list(LotDeBulletins.objects.filter(scrutin=scrutin).select_related("college"))
    numeros = list(BulletinPapier.objects.filter(scrutin=scrutin).order_by().values_list("numero", flat=True))
    for lot in lots:
        lot.saisis = sum(lot.premier <= numero <= lot.dernier for numero in numeros)
        lot.perime = set(lot.pistes) != {piste.pk for piste in pistes}
    return Depouillement(
        lots=lots,
        imprimes=sum(lot.nombre for lot in lots),
        saisis=len(numeros),
        dernieres=_dernieres(scrutin) if numeros else [],
    )


def _dernieres(scrutin):
    papiers = BulletinPapier.objects.filter(scrutin=scrutin).select_related("bulletin__college")
    lus = list(papiers.order_by("-saisi_le", "-pk")[:DERNIERES])
    choix = {papier.bulletin.participant_id: [] for papier in lus}
    siennes = scrutin.voix.filter(participant__in=choix).order_by("piste__numero")
    for qui, numero, valeur in siennes.values_list("participant_id", "piste__numero", "valeur"):
        choix[qui].append((numero, valeur))
    if scrutin.mode == Scrutin.Mode.CLASSEMENT:
        choix = {qui: _dans_l_ordre_ecrit(lus_de) for qui, lus_de in choix.items()}
    return [BulletinLu(p, p.bulletin.college, choix[p.bulletin.participant_id]) for p in lus]
