"""What a rehearsal may ask: enough to try a whole seminar, not enough to hurt anyone."""

import fcntl
import resource
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _

from consultation.erreurs import Refus

PARTICIPANTS = (1, 5000)
#: Seconds over which people come in; propositions and paced votes take half of it.
DUREE = (1, 600)
#: Minutes the whole may last.
LIMITE = (1, 60)
#: What a rehearsal takes on a server that holds: so many times the length of the coming in, and seconds more.
DUREES, A_PART = 2, 15
#: Files that are open beside the phones', and of one phone: its socket and two requests; six more as it comes in.
FICHIERS_A_PART, FICHIERS_PAR_TELEPHONE, FICHIERS_A_L_ENTREE = 100, 3, 6


def verifier(participants, duree, limite):
    """Raise Refus, in a plain sentence, for a number out of bounds."""
    for nombre, (au_moins, au_plus), message in (
        (participants, PARTICIPANTS, _("Le nombre de participants va de %(min)d à %(max)d.")),
        (duree, DUREE, _("La durée des entrées va de %(min)d à %(max)d secondes.")),
        (limite, LIMITE, _("La limite de temps va de %(min)d à %(max)d minutes.")),
    ):
        if not au_moins <= nombre <= au_plus:
            raise Refus("hors_bornes", message % {"min": au_moins, "max": au_plus})
    besoin = -(-(DUREES * duree + A_PART) // 60)
    if limite < besoin:
        message = _("Avec des entrées sur %(duree)d secondes, il faut une limite d’au moins %(besoin)d minutes.")
        raise Refus("trop_court", message % {"duree": duree, "besoin": besoin})


def ouvrir_assez_de_fichiers(participants):
    """Raise this process's limit of open files as far as it helps. Raises Refus when the phones do not fit."""
    besoin = FICHIERS_A_PART + FICHIERS_PAR_TELEPHONE * participants
    aise = besoin + FICHIERS_A_L_ENTREE * participants
    souple, dure = resource.getrlimit(resource.RLIMIT_NOFILE)
    if souple == resource.RLIM_INFINITY:
        return
    if souple < aise:
        souple = aise if dure == resource.RLIM_INFINITY else max(souple, min(aise, dure))
        resource.setrlimit(resource.RLIMIT_NOFILE, (souple, dure))
    if souple < besoin:
        tiennent = max(0, (souple - FICHIERS_A_PART) // FICHIERS_PAR_TELEPHONE)
        message = _(
            "Cet ordinateur n’ouvre que %(permis)d fichiers à la fois : %(tiennent)d téléphones au plus. "
            "Demandez-en moins, ou relevez la limite avant de lancer (ulimit -n %(besoin)d)."
        )
        raise Refus("trop_de_telephones", message % {"permis": souple, "tiennent": tiennent, "besoin": besoin})


@contextmanager
def un_seul():
    """One rehearsal at a time: the lock goes with the process. Raises Refus "deja_en_cours" 409."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "repetition.verrou").open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = _("Une autre répétition est en cours sur ce serveur. Attendez qu’elle finisse.")
            raise Refus("deja_en_cours", message, statut=409) from None
        yield
