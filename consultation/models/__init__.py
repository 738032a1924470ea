"""Who speaks, what was said, how it is counted. See docs/architecture.md for the chain these make."""

from .acteurs import Mandat, Participant
from .cadre import Axe, College, Consultation, Espace, EtapeDemarche
from .fichiers import Classeur, FichierPrepare
from .forum import AdresseServie, CodeDeCarte, Contribution, Decision, Forum, LotDeCodes, Phase, Recours
from .grilles import CopieGrille, Grille, VersionGrille
from .journal import Journal
from .papier import BulletinPapier, LotDeBulletins
from .pistes import Piste, Proposition
from .precisions import Precision
from .regions import Suivi
from .regroupements import LigneRegroupement, PisteReprise, Regroupement, SuggestionLaissee
from .reseau import Structure, Territoire
from .scrutins import Bulletin, Decompte, Objection, Proclamation, Quorum, Scrutin, UrneScellee, Voix
from .suites import Suite
from .suivi import Abonne, Nouvelle, ReponsePublique, Signalement
from .syntheses import (
    Desaccord,
    LigneSynthese,
    MiseDeCote,
    PhraseSynthese,
    SectionSynthese,
    Synthese,
    VersionSynthese,
)

__all__ = [
    "Abonne",
    "AdresseServie",
    "Axe",
    "Bulletin",
    "BulletinPapier",
    "Classeur",
    "CodeDeCarte",
    "College",
    "Consultation",
    "Contribution",
    "CopieGrille",
    "Decision",
    "Decompte",
    "Desaccord",
    "Espace",
    "EtapeDemarche",
    "FichierPrepare",
    "Forum",
    "Grille",
    "Journal",
    "LigneRegroupement",
    "LigneSynthese",
    "LotDeBulletins",
    "LotDeCodes",
    "Mandat",
    "MiseDeCote",
    "Nouvelle",
    "Objection",
    "Participant",
    "Phase",
    "PhraseSynthese",
    "Piste",
    "PisteReprise",
    "Precision",
    "Proclamation",
    "Proposition",
    "Quorum",
    "Recours",
    "Regroupement",
    "ReponsePublique",
    "Scrutin",
    "SectionSynthese",
    "Signalement",
    "Structure",
    "SuggestionLaissee",
    "Suite",
    "Suivi",
    "Synthese",
    "Territoire",
    "UrneScellee",
    "VersionGrille",
    "VersionSynthese",
    "Voix",
]
