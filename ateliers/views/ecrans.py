"""What a phone shows at each moment of a room: a template and its words.

What everyone sees (who is there, what has arrived, pistes) is the live state, made once for all the phones of the
room: the sections that this screen shows, and no other. What is mine is read here. The number of queries does not
depend on how much was said.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from consultation import lectures as lectures_consultation
from consultation.actions.urne import choisi_par, dernier_ordre
from consultation.decomptes import Familles, valeur_de_famille
from consultation.models import Bulletin, Grille, Piste, Precision, Proposition, Scrutin, Voix
from consultation.requetes import PreteEnObjets
from consultation.textes import entier

from .. import identite, lectures, regles
from ..actions.parole import GRACE
from ..consignes import consigne_propre
from ..direct import cadres
from ..direct.etats import EtatDePage
from ..formulaires import nouvelle_cle
from ..lectures import bulletins
from ..lectures.projection import tourner
from ..lectures.suivi_grilles import grilles_de_la_salle
from ..models import Etape
from ..reponses import les_miennes
from . import mots
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
    axe: int | None = None
    raison: str = ""

    @cached_property
    def precisions(self):
        """What they are asked to reword here, the oldest first. A query only when someone of the room is."""
        if not self.etat["propositions"]["a_preciser"]:
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
    atelier, participant, demande, *, refus=None, saisie="", choix=None, appareil="", axe=None, raison=""
):
    """Return the Ecran of this participant now. `demande`: the query string, for "vote again" and "just sent".

    `appareil`: the phone's mark; what was chosen elsewhere does not show here. `saisie`, `choix`, `axe`: what was
    typed and chosen in a form that was refused.
    """
    etat = EtatDePage(atelier, identite.PARTICIPANTS)
    cadre = Cadre(atelier, participant, demande, etat, refus, saisie, choix or {}, appareil, axe, raison)
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
    return "entre_deux", _resultats(cadre)


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
    envoyee = cadre.demande.get("envoyee", "")
    miennes = les_miennes(list(_mes_propositions(cadre)))
    return "proposer", {
        "miennes": miennes,
        "envoyee": next((p for p in miennes if str(p["id"]) == envoyee), None) if cadre.refus is None else None,
        "mots": mots.de_nature(cadre.courante.proposition_nature),
        "axes": lectures_consultation.axes_a_choisir(cadre.atelier.espace),
        "axe_choisi": cadre.axe,
        "arrivees": [{**p, "quand": mots.il_y_a(_quand(p))} for p in cadre.etat["propositions"]["dernieres"]],
    }


def _preciser(cadre, precision):
    """Their own words, to be put differently; the rest of the room goes on meanwhile."""
    nature = mots.de_nature(precision.proposition.nature)
    mots_a_dire = cadre.saisie or precision.proposition.texte
    return "preciser", {"precision": precision, "mots": nature, "saisie": mots_a_dire, "precisions": []}


def _quand(arrivee):
    return datetime.fromtimestamp(arrivee["le_ms"] / 1000, UTC)


def _mes_propositions(cadre):
    siennes = Proposition.objects.filter(auteur=cadre.participant, espace=cadre.atelier.espace_id)
    return siennes.order_by("-pk")[:LES_MIENNES]


def _regrouper(cadre):
    return "regrouper", {"miennes": lectures.pistes_de(cadre.participant, cadre.atelier.espace_id)}


_bulletin, _siennes = (
    PreteEnObjets(m, lambda scrutin, qui, m=m: m.objects.filter(scrutin=scrutin, participant=qui).order_by())
    for m in (Bulletin, Voix)
)


def _voter(cadre):
    scrutin = cadre.courante.scrutin
    if scrutin is None or scrutin.etat != Scrutin.Etat.OUVERT:
        return "entre_deux", _resultats(cadre)
    familles = Familles.de(scrutin.consultation_id)
    voix, ailleurs = _voix(scrutin, cadre, familles)
    choix = voix | cadre.choix
    bulletin = next(iter(_bulletin(scrutin.pk, cadre.participant.pk)), None)
    debout = bulletins.debout(scrutin, familles)
    fenetre = bulletins.ouvrir(
        scrutin,
        debout,
        tour=bulletins.tour_de(cadre.participant.pk),
        vues=set() if ailleurs else _vues(bulletin, familles),
        demande=cadre.demande,
        gardees=list(cadre.choix) if cadre.refus else (),
    )
    donnees = {
        "scrutin": scrutin,
        "fenetre": fenetre,
        "ailleurs": ailleurs,
        "ordre": dernier_ordre(bulletin),
        "regle": lectures_consultation.regle_du_scrutin(scrutin),
        **_ce_qui_tient(scrutin, voix, debout),
    }
    donnees["objections"] = lectures_consultation.objections(scrutin, cadre.participant, cadre.appareil)
    if cadre.refus is None and bulletin is not None and not _vote_encore(cadre.demande, fenetre):
        return "vote_fait", {**donnees, "bulletins": _posees(scrutin, fenetre, voix, debout)}
    donnees["bulletins"] = [(piste, choix.get(piste.pk)) for piste in fenetre.pistes]
    if scrutin.mode == Scrutin.Mode.CONSENTEMENT:
        return _consentir(cadre, donnees, debout)
    if scrutin.mode == Scrutin.Mode.ADHESION:
        return "accord", {**donnees, "degres": mots.DEGRES}
    ici = {piste.pk for piste in fenetre.pistes}
    disponibles = scrutin.gommettes - sum(n for pk, n in choix.items() if pk in debout and pk not in ici)
    restantes = max(0, disponibles - sum(valeur or 0 for _piste, valeur in donnees["bulletins"]))
    valeurs = range(max(0, disponibles) + 1)
    return "gommettes", {**donnees, "disponibles": disponibles, "valeurs": valeurs, "restantes": restantes}


def _vote_encore(demande, fenetre):
    """Whether someone who has voted is shown the ballot: they asked for it, or for what is left of a long one."""
    reste = fenetre.longue and fenetre.faites < fenetre.total
    return bool(demande.get("voter") or demande.get("objecter")) or bool(demande.get("suite") and reste)


def _consentir(cadre, donnees, debout):
    """The ballot of a vote by consent, or the page where a reason is written."""
    visee = entier(cadre.demande.get("objecter", ""))
    if visee in debout:
        mienne = next((o.raison for o in donnees["objections"] if o.piste == visee), "")
        piste = Piste.objects.get(pk=visee)
        return "objecter", {**donnees, "piste": piste, "raison": cadre.raison or mienne}
    return "consentement", {**donnees, "degres": mots.CONSENTEMENTS}


def _vues(bulletin, familles):
    """The pistes one has answered or passed: a choice of nothing is a choice made."""
    return {familles.racine(int(piste)) for piste in bulletin.ordres} if bulletin else set()


def _posees(scrutin, fenetre, voix, debout):
    """The pistes that got something, to be read back; of a long ballot, those and no other."""
    if not fenetre.longue:
        return [(piste, voix.get(piste.pk)) for piste in fenetre.pistes]
    if scrutin.mode != Scrutin.Mode.GOMMETTES:
        return []
    lues = Piste.objects.filter(pk__in=voix.keys() & debout.keys()).order_by("numero")
    return [(piste, voix[piste.pk]) for piste in lues]


def _ce_qui_tient(scrutin, voix, debout):
    """Count one's choices on what is still put to the vote; what was on a piste set aside since is given back."""
    tenues = {piste: valeur for piste, valeur in voix.items() if piste in debout}
    rendues = {piste: valeur for piste, valeur in voix.items() if piste not in debout}
    ecartees = Piste.objects.filter(pk__in=rendues).order_by("numero").values_list("numero", flat=True)
    return {
        "posees": sum(tenues.values()),
        "donnes": len(tenues),
        "ecartees": list(ecartees) if rendues else [],
        "rendues": sum(rendues.values()) if scrutin.mode == Scrutin.Mode.GOMMETTES else 0,
    }


def _voix(scrutin, cadre, familles):
    """Return ({piste that stands now: value}, whether another device chose): this phone's own choices.

    Votes on a joined piste show on the one it joined.
    """
    siennes = defaultdict(list)
    for voix in _siennes(scrutin.pk, cadre.participant.pk):
        siennes[familles.racine(voix.piste_id)].append(voix)
    ici = {piste: v for piste, v in siennes.items() if choisi_par(cadre.appareil, scrutin.mode, v)}
    valeurs = {
        piste: valeur_de_famille(scrutin.mode, [(une.valeur, une.modifie_le, une.pk) for une in v])
        for piste, v in ici.items()
    }
    return {piste: valeur for piste, valeur in valeurs.items() if valeur}, len(ici) < len(siennes)


def _resultats(cadre):
    scrutin = cadre.dernier_scrutin_clos
    if scrutin is None:
        return {"tableau": None}
    lus = cadres.resultats_montres(cadre.atelier.pk, cadre.etat["seq"], scrutin)
    tableau = lus and lus.tableau
    return {
        "tableau": tableau,
        "page": _page_de(tableau.lignes if tableau else (), cadre.demande),
        "opinions": lus and lus.opinions,
        "repondues": [o for o in lectures_consultation.objections(scrutin) if o.reponse and o.raison],
        "resultats_arrivent": not scrutin.est_montre,
    }


def _page_de(lignes, demande):
    """The page asked for of the lines of a vote: all of them, unless they are more than a screen should weigh."""
    taille = len(lignes) if len(lignes) <= bulletins.ENTIER_MAX else bulletins.FENETRE
    pages = [lignes[debut : debut + taille] for debut in range(0, len(lignes), taille or 1)] or [()]
    return tourner(pages, entier(demande.get("page", "")) or 1)


def _parler(cadre):
    return "parler", _resultats(cadre)


def _pause(cadre):
    return "pause", {}


def _fini(cadre):
    return "fini", _resultats(cadre)


def _remplir(cadre):
    grilles = grilles_de_la_salle(cadre.atelier.espace_id)
    return "remplir", {"grilles": [grille for grille in grilles if grille.etat == Grille.Etat.OUVERTE]}


PAR_NATURE = {
    NATURE.ACCUEIL: _attente,
    NATURE.IDEATION: _proposer,
    NATURE.REGROUPEMENT: _regrouper,
    NATURE.VOTE: _voter,
    NATURE.DISCUSSION: _parler,
    NATURE.SYNTHESE: _parler,
    NATURE.GRILLE: _remplir,
    NATURE.PAUSE: _pause,
}
