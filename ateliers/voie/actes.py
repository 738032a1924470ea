"""Coming in and proposing, by the lot: what Django's views call, on a savepoint each, one commit for many.

What is refused is undone alone, its neighbours stay.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import translation

from consultation.erreurs import Refus

from .. import actions, identite, lectures, regles
from ..essais import Visiteur, exiger_entree
from ..formulaires import FormulaireEntree, FormulaireProposition
from ..reponses import ce_qui_est_garde

#: Acts in one transaction, at some ten milliseconds each: whoever else writes waits for that many at most.
LOT = 40


@dataclass(frozen=True, eq=False)
class Demande:
    """A form as a phone sent it to a room. `salle`: key of the room's code; `qui`: the phone's entries;

    `visiteur`: whom the limits at the door count (`essais`).
    """

    salle: str
    qui: dict
    champs: dict
    langue: str
    visiteur: Visiteur


def en_lot(acte):
    """Return what `guichet.remettre` wants of `acte(atelier, demande)`.

    One room at a time: a transaction that holds two could wait for one that holds them in the other order.
    """

    def ecrire(demandes):
        par_salle, rendus = defaultdict(list), {}
        for demande in demandes:
            par_salle[demande.salle].append(demande)
        for code, siennes in par_salle.items():
            reste = iter(siennes)
            while lot := list(islice(reste, LOT)):
                with transaction.atomic():
                    atelier = lectures.atelier_par_code(code, avec=["espace__consultation"])
                    rendus |= {demande: _tenter(acte, atelier, demande) for demande in lot}
        return [rendus[demande] for demande in demandes]

    return ecrire


def _tenter(acte, atelier, demande):
    try:
        with translation.override(demande.langue), transaction.atomic():
            return acte(atelier, demande)
    except Refus as refus:
        return refus


def _a_django():
    """The Refus that leaves a form to Django, which will find what is wrong with it; nobody reads this one."""
    return Refus("a_django", "", statut=404)


def _entrer(atelier, demande):
    """Return the room's code and the Participant who has just come in."""
    if atelier is None or not regles.est_ouvert(atelier):
        raise _a_django()
    formulaire = FormulaireEntree(demande.champs, consultation=atelier.consultation)
    if not formulaire.is_valid():
        raise _a_django()
    if not atelier.repetition:
        exiger_entree(demande.visiteur, atelier.code_cle, demande.champs)
    return atelier.code, actions.rejoindre(atelier=atelier, **formulaire.acte)


def _proposer(atelier, demande):
    """Return what the script is answered."""
    participant = atelier and identite.qui_parle(demande.qui, atelier.consultation)
    if participant is None or demande.champs.get("moi", str(participant.pk)) != str(participant.pk):
        raise _a_django()
    acte = FormulaireProposition(demande.champs).acte
    return ce_qui_est_garde(actions.proposer(atelier=atelier, participant=participant, **acte))


entrer, proposer = en_lot(_entrer), en_lot(_proposer)
