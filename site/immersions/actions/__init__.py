"""The acts of immersions: see each module."""

from .bord import arreter_trimestre
from .demandes import arreter, demander, effacer, effacer_a_terme, oublier_de
from .dossiers import conclure, evaluer, integrer, placer, pointer, preparer, relancer
from .portefeuille import (
    demarcher,
    enregistrer_entreprise,
    fermer_entreprise,
    lever_obstacle,
    noter_obstacle,
    repondre_demarche,
)
from .reglages import regler_dispositif
from .reunion import noter_besoin, preparer_reunion, retirer_besoin
from .signatures import donner_un_code, signer, signer_sur_papier

__all__ = [
    "arreter",
    "arreter_trimestre",
    "conclure",
    "demander",
    "demarcher",
    "donner_un_code",
    "effacer",
    "effacer_a_terme",
    "enregistrer_entreprise",
    "evaluer",
    "fermer_entreprise",
    "integrer",
    "lever_obstacle",
    "noter_besoin",
    "noter_obstacle",
    "oublier_de",
    "placer",
    "pointer",
    "preparer",
    "preparer_reunion",
    "regler_dispositif",
    "relancer",
    "repondre_demarche",
    "retirer_besoin",
    "signer",
    "signer_sur_papier",
]
