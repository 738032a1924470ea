"""Voting in a room: any number of ballots in one transaction, each checked against the room as it is now."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from consultation import actions as actes
from consultation import guichet
from consultation.actions.envois import lire_choix
from consultation.actions.gardes import exiger_cle
from consultation.erreurs import Refus
from consultation.models import Scrutin
from consultation.textes import cle_de_code

from ..lectures import atelier_par_code, en_cours_de, qui_vote
from .gardes import autre_personne, exiger, exiger_present


@dataclass(frozen=True, eq=False)
class Depot:
    """A ballot as a phone sends it to a room, read and not yet judged.

    `salle`: key of the room's code; `qui`: {consultation id: (participant id, generation)}, as the phone's signed
    cookie tells, each consultation having its own person; `appareils`: {consultation id: the phone's mark}, from
    the same cookie; `moi`: whom the page was made for, when it says; `vise`: key of the scrutin it was showing;
    `ordre`: see `actes.voter`.
    """

    salle: str
    qui: dict
    choix: dict
    cle: str = ""
    ordre: int | None = None
    vise: int | None = None
    moi: int | None = None
    appareils: dict = field(default_factory=dict)
    langue: str | None = field(default_factory=translation.get_language)

    @classmethod
    def lire(cls, *, code, choix, cle="", **suite):
        """Raises Refus "choix_invalide" and "cle_longue" 400."""
        exiger_cle(cle)
        return cls(cle_de_code(code), choix=lire_choix(choix), cle=cle, **suite)


def voter(*, atelier, participant, choix, cle="", ordre=None, vise=None, appareil=""):
    """Vote in the open vote of the room: `choix` {piste_id: value}, only the pistes named change.

    `ordre`: see `actes.voter`. `vise`: key of the scrutin the phone was showing: a ballot that waited for the
    network does not fall into another vote. One already received is given back, even once the vote is closed.
    Return a Recu. Raises Refus: "pas_entre" 403, "vote_ferme" 409, "occupe" 503, and what `actes.voter` raises.
    """
    qui = {participant.consultation_id: (participant.pk, participant.generation)}
    marque = {participant.consultation_id: appareil}
    depot = Depot.lire(code=atelier.code, qui=qui, choix=choix, cle=cle, ordre=ordre, vise=vise, appareils=marque)
    return guichet.deposer(voter_ensemble, depot)


def voter_ensemble(depots):
    """Write many ballots (`Depot`) in one transaction. Return, in their order, the Recu of each or its Refus.

    Two queries a room to know what is open there and who is in it, then those of `actes.voter_ensemble`. Any
    error other than a refusal is raised, and then nothing at all was written.
    """
    par_salle = defaultdict(list)
    for depot in depots:
        par_salle[depot.salle].append(depot)
    rendus, envois = {}, {}
    with transaction.atomic():
        for code, siens in par_salle.items():
            _verifier(_Salle(code, siens), siens, rendus, envois)
        rendus |= zip(envois, actes.voter_ensemble(list(envois.values())), strict=True)
    return [rendus[depot] for depot in depots]


def _verifier(salle, depots, rendus, envois):
    """Put in `envois` what may be judged, in `rendus` what is refused or was already received."""
    for depot in depots:
        with translation.override(depot.langue):
            try:
                suite = salle.envoi(depot)
            except Refus as refus:
                suite = refus
        (envois if isinstance(suite, actes.Envoi) else rendus)[depot] = suite


class _Salle:
    """A room and those of its people who are voting, read once for a whole lot."""

    def __init__(self, code, depots):
        en_cours = en_cours_de(code)
        self.atelier = en_cours.atelier if en_cours else atelier_par_code(code, avec=["espace__consultation"])
        if self.atelier is None:
            return
        self.consultation = self.atelier.espace.consultation_id
        self.scrutin = en_cours.scrutin if en_cours else None
        cles = {depot.qui[self.consultation][0] for depot in depots if self.consultation in depot.qui}
        self.presents = qui_vote(self.atelier.pk, cles)

    def envoi(self, depot):
        """Return the Envoi to judge, or the Recu of an act already received. Raises Refus."""
        if self.atelier is None:
            raise Refus("code_change", _("Le code de cet atelier a changé."), statut=404)
        participant = self._qui(depot)
        scrutin, vise = self.scrutin, depot.vise
        ouvert = scrutin is not None and scrutin.etat == Scrutin.Etat.OUVERT and vise in (None, scrutin.pk)
        acte = {"participant": participant, "choix": depot.choix, "cle": depot.cle, "ordre": depot.ordre}
        if not ouvert and vise is not None and (deja := actes.deja_recu(scrutin_id=vise, **acte)):
            return actes.Recu(deja, {})
        message = _("Le vote est fermé. Ce que vous aviez déjà envoyé est compté.")
        exiger(ouvert, "vote_ferme", message, statut=409)
        appareil = depot.appareils.get(self.consultation, "")
        return actes.Envoi(scrutin, langue=depot.langue, appareil=appareil, **acte)

    def _qui(self, depot):
        """Return the Participant who speaks, once sure that they are in the room. Raises Refus 403."""
        numero, generation = depot.qui.get(self.consultation, (None, None))
        participant = self.presents.get(numero)
        reconnu = participant is not None and participant.generation == generation
        exiger_present(self.atelier, participant if reconnu else None, reconnu)
        if depot.moi not in (None, numero):
            raise autre_personne()
        return participant
