"""What a phone shows at each moment of a room: a template and its words.

What everyone sees (who is there, what has arrived, pistes) is the live state, made once for all the phones of the
room: the sections that this screen shows, and no other. What is mine is read here. The number of queries does not
depend on how much was said.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from consultation import lectures as lectures_consultation
from consultation.models import Grille, Precision, Proposition, Scrutin
from consultation.textes import entier

from .. import identite, lectures, regles
from ..actions.parole import GRACE
from ..consignes import consigne_propre
from ..direct.etats import EtatDePage
from ..formulaires import nouvelle_cle
from ..lectures.grilles import question_posee
from ..lectures.suivi_grilles import grilles_de_l_etape
from ..models import Etape
from ..reponses import les_miennes
from . import mots
from .ecrans_de_vote import derniers_resultats, voter
from .horsligne import MODULES_DE_SALLE

LES_MIENNES = 10
PAS_AU_PLUS = 5  # squares of progress that fit in the header
NATURE = Etape.Nature


@dataclass
class Cadre:
    """What every screen of the room needs: where we are in the déroulé, and what was just refused or typed."""

    atelier: object
    participant: object
    demande: dict
    etat: EtatDePage
    refus: object = None
    saisie: str = ""
    choix: dict = field(default_factory=dict)
    appareil: str = ""
    a_cote: dict = field(default_factory=dict)
    raison: str = ""

    @cached_property
    def precisions(self):
        """What they are asked to reword here, the oldest first. A query only when someone of the room is."""
        if not self.etat.a_preciser:
            return []
        siennes = Precision.objects.en_attente().filter(proposition__auteur=self.participant)
        return list(siennes.filter(proposition__espace=self.atelier.espace_id).select_related("proposition"))

    @property
    def etapes(self):
        return self.etat.salle.etapes

    @property
    def courante(self):
        return self.etat.salle.courante

    @property
    def dernier_scrutin_clos(self):
        """The vote whose results are still the talk of the room: the last one to have closed."""
        clos = [e.scrutin for e in self.etapes if e.scrutin and e.scrutin.etat == Scrutin.Etat.CLOS]
        return max(clos, key=lambda scrutin: scrutin.clos_le, default=None)


@dataclass(frozen=True)
class Ecran:
    gabarit: str
    contexte: dict


def ecran_de(
    atelier, participant, demande, *, refus=None, saisie="", choix=None, appareil="", a_cote=None, raison=""
):
    """Return the Ecran of this participant now. `demande`: the query string, for "vote again" and "just sent".

    `appareil`: the phone's mark; what was chosen elsewhere does not show here. `saisie`, `choix`, `a_cote`: what
    was typed and chosen in a form that was refused.
    """
    etat = EtatDePage(atelier, identite.PARTICIPANTS)
    cadre = Cadre(atelier, participant, demande, etat, refus, saisie, choix or {}, appareil, a_cote or {}, raison)
    nom, contexte = _choisir(cadre)
    return Ecran(f"ateliers/participant/{nom}.html", {**_commun(cadre), "nom_ecran": nom, **contexte})


def _choisir(cadre):
    courante = cadre.courante
    if not regles.est_ouvert(cadre.atelier):
        return _fini(cadre)
    if precision := next(
        (p for p in cadre.precisions if p.proposition_id == entier(cadre.demande.get("preciser"))), None
    ):
        return _preciser(cadre, precision)
    if courante is not None:
        return PAR_NATURE[courante.nature](cadre)
    if all(e.etat == Etape.Etat.A_VENIR for e in cadre.etapes):
        return _attente(cadre)
    if all(e.etat == Etape.Etat.FERMEE for e in cadre.etapes):
        return _fini(cadre)
    return "entre_deux", derniers_resultats(cadre)


def _commun(cadre):
    etape = cadre.courante
    code = {"code": cadre.atelier.code}
    return {
        "atelier": cadre.atelier,
        "participant": cadre.participant,
        "etape": etape,
        "precisions": cadre.precisions,
        "consigne": consigne_propre(etape) if etape else "",
        "rang": cadre.etapes.index(etape) + 1 if etape else 0,
        "sur": len(cadre.etapes),
        "pas": mots.pas(cadre.etapes, etape) if len(cadre.etapes) <= PAS_AU_PLUS else [],
        "reste": mots.reste(etape),
        "refus": cadre.refus,
        "saisie": cadre.saisie,
        "etat": cadre.etat,
        "modules": MODULES_DE_SALLE,
        "cle": nouvelle_cle(),
        "maintenant_ms": int(timezone.now().timestamp() * 1000),
        "direct": {
            "etat": f"{reverse('salle', kwargs=code)}etat.json?pour=participants",
            "socket": f"/ws/a/{cadre.atelier.code}/?pour=participants",
            "jeton": identite.jeton_direct(cadre.participant, cadre.atelier),
            "grace": GRACE,
        },
    }


def _attente(cadre):
    return "attente", {}


def _proposer(cadre):
    envoyee, lues = cadre.demande.get("envoyee", ""), list(_mes_propositions(cadre))
    miennes = les_miennes(lues)
    return "proposer", {
        "miennes": miennes,
        "envoyee": next((p for p in miennes if str(p["id"]) == envoyee), None) if cadre.refus is None else None,
        "mots": mots.de_nature(cadre.courante.proposition_nature),
        "axes": lectures_consultation.axes_a_choisir(cadre.atelier.espace),
        "a_cote": {"table": _ma_table(lues), **cadre.a_cote},
        "colleges": cadre.etat.salle.colleges if cadre.courante.tables else [],
        "arrivees": [{**p, "quand": mots.il_y_a(_quand(p))} for p in cadre.etat["propositions"]["dernieres"]],
    }


def _ma_table(miennes):
    """The table one wrote for last: whoever holds the pen there goes on."""
    derniere = miennes[0] if miennes else None
    au_nom_d_une_table = derniere is not None and derniere.origine == Proposition.Origine.TABLE
    return entier(derniere.origine_note) if au_nom_d_une_table else None


def _preciser(cadre, precision):
    """Their own words, to be put differently; the rest of the room goes on meanwhile."""
    nature = mots.de_nature(precision.proposition.nature)
    mots_a_dire = cadre.saisie or precision.proposition.texte
    return "preciser", {"precision": precision, "mots": nature, "saisie": mots_a_dire, "precisions": []}


def _quand(arrivee):
    return datetime.fromtimestamp(arrivee["le_ms"] / 1000, UTC)


def _mes_propositions(cadre):
    siennes = Proposition.objects.filter(auteur=cadre.participant, espace=cadre.atelier.espace_id)
    return siennes.select_related("college").order_by("-pk")[:LES_MIENNES]


def _regrouper(cadre):
    return "regrouper", {"miennes": lectures.pistes_de(cadre.participant, cadre.atelier.espace_id)}


def _parler(cadre):
    return "parler", derniers_resultats(cadre)


def _pause(cadre):
    return "pause", {}


def _fini(cadre):
    return "fini", derniers_resultats(cadre)


def _remplir(cadre):
    grilles = grilles_de_l_etape(cadre.courante, cadre.atelier.espace_id)
    ouvertes = [grille for grille in grilles if grille.etat == Grille.Etat.OUVERTE]
    if cadre.courante.grille_id:
        return "question", question_posee(grilles[0], cadre.participant) if ouvertes else {"question": None}
    return "remplir", {"grilles": ouvertes}


PAR_NATURE = {
    NATURE.ACCUEIL: _attente,
    NATURE.IDEATION: _proposer,
    NATURE.REGROUPEMENT: _regrouper,
    NATURE.VOTE: voter,
    NATURE.DISCUSSION: _parler,
    NATURE.SYNTHESE: _parler,
    NATURE.GRILLE: _remplir,
    NATURE.PAUSE: _pause,
}
