"""Everything the console shows of one workshop, read at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from consultation.decomptes.opinions import peut_avoir_une_carte
from consultation.lectures import (
    Laissees,
    Resultats,
    compte_des_bulletins,
    emargement,
    idees_laissees,
    objections,
    ordre_des_objections,
    regle_du_scrutin,
    resultats,
)
from consultation.lectures.emargement import Compte
from consultation.models import Objection, Precision, Scrutin
from consultation.textes import entier

from ..consignes import consigne_dite
from ..models import Etape, Place
from . import relecture
from .horaires import Horaires, poser_horaires
from .mur import a_placer
from .parole import Parole, lire_parole
from .suggestions import Suggestions, suggestions
from .suivi_grilles import grilles_de_l_etape
from .tableau import Filtre, Pages, couper
from .tours import Tours, lire_tours

#: How long someone is new in the room, and how many newcomers are shown.
NOUVEAU, NOUVEAUX_MAX = timedelta(minutes=1), 200
#: Objections on one page of the console.
OBJECTIONS = 10


def restant(etape, maintenant):
    """Return the whole seconds left in a step, open or paused; 0 once its time is up."""
    if etape.etat == Etape.Etat.EN_PAUSE:
        return etape.restant or 0
    if etape.etat == Etape.Etat.OUVERTE and etape.echeance:
        return max(0, int((etape.echeance - maintenant).total_seconds()))
    return 0


def empreinte(etape):
    """Return what the clock of a step was when a form was made, so that nobody lengthens it twice by mistake."""
    return f"{etape.etat}:{etape.echeance.timestamp() if etape.echeance else etape.restant}"


@dataclass(frozen=True)
class Programme:
    """The steps of a workshop, which one is current, which comes next, and all of them on the clock."""

    etapes: tuple
    courante: Etape | None
    suivante: Etape | None
    horaires: Horaires
    maintenant: datetime

    @property
    def rang(self):
        """The place of the current step in the list, from 1."""
        return self.etapes.index(self.courante) + 1 if self.courante else 0

    @property
    def restant(self):
        """Whole seconds left in the current step, never below zero."""
        return restant(self.courante, self.maintenant) if self.courante else 0

    @property
    def chrono(self):
        """What is left, as the big clock says it: "06:42", "75:00"."""
        return f"{self.restant // 60:02d}:{self.restant % 60:02d}"

    def vote_a_ouvrir(self, voulu=""):
        """The vote about to open: the one just asked for (`voulu`: "etape-12"), or the next step, or None."""
        vote = next((e for e in self.etapes if f"etape-{e.pk}" == voulu), self.suivante)
        return vote if vote and vote.nature == Etape.Nature.VOTE and vote.etat == Etape.Etat.A_VENIR else None

    @property
    def consigne(self):
        """What the room is told to do now; of a vote, what its settings make of it."""
        return consigne_dite(self.courante) if self.courante else ""

    @property
    def vu(self):
        return empreinte(self.courante) if self.courante else ""

    @property
    def depuis(self):
        """Whole minutes since the current step was opened."""
        return int((self.maintenant - self.courante.ouverte_le).total_seconds() // 60) if self.courante else 0

    @property
    def interrompue(self):
        """The step that questions put on the spot have closed, to go back to, or None."""
        if not (self.courante and self.courante.grille_id):
            return None
        avant = next((e for e in reversed(self.etapes[: self.rang - 1]) if not e.grille_id), None)
        reprise = avant and avant.etat == Etape.Etat.FERMEE and avant.nature != Etape.Nature.VOTE
        return avant if reprise else None

    @property
    def vote_sur_papier(self):
        """The vote to print or key in paper ballots for: the one open, or else the next one, or None."""
        if self.scrutin:
            return self.scrutin
        votes = (e.scrutin for e in self.etapes if e.nature == Etape.Nature.VOTE and e.scrutin)
        return next((scrutin for scrutin in votes if scrutin.etat == Scrutin.Etat.PREPARE), None)

    @property
    def scrutin(self):
        """The scrutin being voted on now, or None."""
        scrutin = self.courante.scrutin if self.courante and self.courante.nature == Etape.Nature.VOTE else None
        return scrutin if scrutin and scrutin.etat == Scrutin.Etat.OUVERT else None


def lire_programme(atelier):
    """Read the steps in one query. The half-day (`atelier.temps`) must be loaded with the atelier."""
    maintenant = timezone.now()
    etapes = tuple(atelier.etapes.select_related("scrutin"))
    courante = next((e for e in etapes if e.etat in (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)), None)
    return Programme(
        etapes=etapes,
        courante=courante,
        suivante=_suivante(etapes, courante),
        horaires=poser_horaires(etapes, debut=atelier.debut, fin=atelier.temps.fin, maintenant=maintenant),
        maintenant=maintenant,
    )


@dataclass(frozen=True)
class Pupitre:
    """The state of a workshop for its facilitator; counts of people, never who chose what."""

    programme: Programme
    parole: Parole
    a_relire: list
    suggestions: Suggestions
    nouveaux: list
    laissees: Laissees
    a_montrer: list
    mur: list
    a_preciser: list
    tours: Tours
    resultats: Resultats | None
    grilles: list
    objections: "Objections"
    tardifs: int
    regle: str = ""
    compte: Compte | None = None
    feuilles: list = field(default_factory=list)

    @property
    def peut_revoter(self):
        """Whether a second round of the last vote shown may be added: it is none, and has none yet."""
        scrutin = self.resultats and self.resultats.scrutin
        deja = any(e.scrutin and scrutin and e.scrutin.precedent_id == scrutin.pk for e in self.programme.etapes)
        return bool(scrutin) and scrutin.precedent_id is None and not deja

    @property
    def peut_avoir_une_carte(self):
        """Whether a map of opinions may be asked for, of the last vote shown."""
        lus = self.resultats
        if not lus or lus.opinions is not None:
            return False
        return peut_avoir_une_carte(lus.tableau.mode, lus.scrutin.secret, len(lus.tableau.lignes))


@dataclass(frozen=True)
class Objections:
    """One page of the objections of a vote: `pages.tout` in all, `pages.total` asked for by the filter."""

    filtre: Filtre
    pages: Pages
    lues: list = field(default_factory=list)


def lire_pupitre(atelier, filtre=None):
    """Read the console of `atelier`. `filtre`: the objections looked for, and their page."""
    programme, clos = lire_programme(atelier), _clos(atelier)
    parole = lire_parole(atelier, scrutin=programme.scrutin)
    return Pupitre(
        programme=programme,
        parole=parole,
        a_relire=relecture.a_relire(atelier.espace),
        suggestions=suggestions(atelier) if _regroupe(programme.courante) else Suggestions(),
        nouveaux=nouveaux(atelier),
        laissees=idees_laissees(atelier.espace),
        a_montrer=[scrutin for scrutin in clos if not scrutin.est_montre],
        mur=a_placer(atelier),
        a_preciser=_a_preciser(atelier),
        tours=lire_tours(atelier, parole.voix),
        resultats=_derniers_resultats(clos),
        objections=_objections(programme.scrutin, clos, filtre or Filtre()),
        grilles=grilles_de_l_etape(programme.courante, atelier.espace_id),
        tardifs=_tardifs(atelier, programme.scrutin),
        regle=_comment_on_compte(programme.scrutin),
        **_emargement(programme.scrutin, clos),
    )


def _comment_on_compte(scrutin):
    """How a ranking is counted, to be read aloud: the other ways say it by themselves."""
    return regle_du_scrutin(scrutin) if scrutin and scrutin.mode == Scrutin.Mode.CLASSEMENT else ""


def _tardifs(atelier, scrutin):
    """How many who are in the room came too late for the vote of now. A query only when its list is closed."""
    if scrutin is None or not scrutin.liste_close:
        return 0
    return scrutin.tardifs().filter(places__atelier=atelier, places__entre_le__isnull=False).count()


def _derniers_resultats(clos):
    """The Resultats of the last vote that was shown, or None. Three queries at most."""
    scrutin = next((s for s in reversed(clos) if s.est_montre), None)
    lus = resultats(scrutin) if scrutin else None
    return lus if lus and lus.lignes else None


def _emargement(ouvert, clos):
    """What lets anyone check a secret vote, the open one or else the last one closed. Four queries, or none."""
    scrutin = ouvert or (clos[-1] if clos else None)
    if scrutin is None or not scrutin.secret:
        return {}
    return {"compte": compte_des_bulletins(scrutin), "feuilles": emargement(scrutin)}


def _objections(ouvert, clos, filtre):
    """The Objections of the open vote, or else of the last one closed. Seven queries at most, or none."""
    scrutin = ouvert or (clos[-1] if clos else None)
    if scrutin is None or scrutin.mode != Scrutin.Mode.CONSENTEMENT:
        return Objections(filtre, couper(0, 0, filtre, "pp", OBJECTIONS))
    dites = filtre.mots("raison") | filtre.mots("reponse") | Q(piste__numero=entier(filtre.q))
    voulues = ordre_des_objections(scrutin, dites if filtre.q else None)
    tout = Objection.objects.filter(scrutin=scrutin).count() if filtre.q else len(voulues)
    pages = couper(len(voulues), tout, filtre, "pp", OBJECTIONS)
    debut = OBJECTIONS * (pages.page - 1)
    return Objections(filtre, pages, objections(scrutin, seulement=voulues[debut : debut + OBJECTIONS]))


def _clos(atelier):
    """The closed votes of the room, the oldest first. One query."""
    return list(Scrutin.objects.filter(espace=atelier.espace_id, etat=Scrutin.Etat.CLOS).order_by("clos_le", "pk"))


def _a_preciser(atelier):
    """What authors are asked to reword and have not answered, the oldest first. One query."""
    demandees = Precision.objects.en_attente().filter(proposition__espace=atelier.espace_id)
    return list(demandees.select_related("proposition__college"))


def nouveaux(atelier):
    """Return the Places of those who came in during the last minute, the newest first. One query."""
    depuis = timezone.now() - NOUVEAU
    places = Place.objects.filter(atelier=atelier, entre_le__gte=depuis).select_related("participant__college")
    return list(places.order_by("-entre_le", "-pk")[:NOUVEAUX_MAX])


def _regroupe(courante):
    """Suggestions cost a comparison of every text: not while a whole room votes or writes a synthesis."""
    return courante is None or courante.nature in (
        Etape.Nature.IDEATION,
        Etape.Nature.REGROUPEMENT,
        Etape.Nature.ACCUEIL,
        Etape.Nature.PAUSE,
    )


def _suivante(etapes, courante):
    """The first step never opened after the current one, or after the last that was opened."""
    if courante:
        depart = etapes.index(courante)
    else:
        depart = max((i for i, e in enumerate(etapes) if e.etat != Etape.Etat.A_VENIR), default=-1)
    return next((e for e in etapes[depart + 1 :] if e.etat == Etape.Etat.A_VENIR), None)
