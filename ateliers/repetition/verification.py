"""Whether what was acknowledged is in the base: all of it, as it was sent, once."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultation.lectures.coherence import incoherences
from consultation.models import Bulletin, Proposition, Voix

PREFIXE = "piste-"


@dataclass(frozen=True)
class Verification:
    """`propositions`, `bulletins`: how many were acknowledged; `manques`: French sentences, one for each fault."""

    propositions: int
    bulletins: int
    manques: list

    @property
    def tient(self):
        return not self.manques


def verifier(salle, telephones):
    """Compare what each phone was told with the base. Three queries, and those of `manage.py verifier`."""
    recues = sum(len(telephone.recus("proposition")) for telephone in telephones)
    voteurs = [telephone for telephone in telephones if telephone.recus("vote")]
    manques = [
        *_propositions(salle, telephones),
        *_bulletins(salle, voteurs),
        *incoherences(salle.repetition.consultation),
    ]
    return Verification(recues, len(voteurs), manques)


def _propositions(salle, telephones):
    """Yield what is missing, altered or double among the propositions."""
    gardees = defaultdict(list)
    lues = Proposition.objects.filter(espace=salle.atelier.espace_id)
    for pk, auteur, texte in lues.values_list("pk", "auteur_id", "texte"):
        gardees[auteur].append((pk, texte))
    for telephone in telephones:
        siennes = gardees[telephone.moi]
        dits = [acte for acte in telephone.actes if acte.genre == "proposition"]
        for acte in dits:
            if acte.duree is not None and (_numero(acte), acte.champs["texte"]) not in siennes:
                numero = {"n": _numero(acte)}
                yield (
                    _("La proposition n° %(n)d a été reçue, et n’est pas dans la base telle qu’envoyée.") % numero
                )
        if len(siennes) > len(dits):
            yield _("Propositions envoyées par une personne : %(dits)d. Dans la base : %(gardees)d.") % {
                "dits": len(dits),
                "gardees": len(siennes),
            }


def _numero(acte):
    return acte.reponse["proposition"]["id"]


def _bulletins(salle, voteurs):
    """Yield each acknowledged ballot that the base does not hold as it was sent.

    A ballot sent later and never answered may have been counted: then either is right.
    """
    gardees, bulletins = defaultdict(dict), defaultdict(int)
    lues = Voix.objects.filter(scrutin__espace=salle.atelier.espace_id)
    for participant, piste, valeur in lues.values_list("participant_id", "piste_id", "valeur"):
        gardees[participant][piste] = valeur
    for participant in Bulletin.objects.filter(scrutin__espace=salle.atelier.espace_id).values_list(
        "participant_id", flat=True
    ):
        bulletins[participant] += 1
    for telephone in voteurs:
        votes = [acte for acte in telephone.actes if acte.genre == "vote"]
        dernier = max(rang for rang, acte in enumerate(votes) if acte.duree is not None)
        if gardees[telephone.moi] not in [_choix(acte) for acte in votes[dernier:]]:
            yield _("Le vote de la personne n° %(n)d a été reçu, et n’est pas dans la base tel qu’envoyé.") % {
                "n": telephone.moi
            }
        if bulletins[telephone.moi] != 1:
            yield _("La personne n° %(n)d a voté. Ses bulletins dans la base : %(bulletins)d.") % {
                "n": telephone.moi,
                "bulletins": bulletins[telephone.moi],
            }


def _choix(acte):
    return {int(nom[len(PREFIXE) :]): valeur for nom, valeur in acte.champs.items() if valeur}
