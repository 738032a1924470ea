"""Every write of the counting rooms, one verb each. Screens, sockets, forms and imports all come through here."""

from .journal import noter
from .mandats import confier, reprendre_mandat
from .participants import changer_college, effacer_participant, inscrire, reemettre_code
from .pistes import (
    defaire_regroupement,
    ecarter_piste,
    formuler_piste,
    regrouper,
    reprendre_piste,
    retenir_piste,
    semer_orphelines,
)
from .preparation import enregistrer, supprimer
from .propositions import deposer_proposition, masquer_passages, relire_proposition
from .scrutins import clore_scrutin, ouvrir_scrutin, preparer_scrutin, voter

__all__ = [
    "changer_college",
    "clore_scrutin",
    "confier",
    "defaire_regroupement",
    "deposer_proposition",
    "ecarter_piste",
    "effacer_participant",
    "enregistrer",
    "formuler_piste",
    "inscrire",
    "masquer_passages",
    "noter",
    "ouvrir_scrutin",
    "preparer_scrutin",
    "reemettre_code",
    "regrouper",
    "relire_proposition",
    "reprendre_mandat",
    "reprendre_piste",
    "retenir_piste",
    "semer_orphelines",
    "supprimer",
    "voter",
]
