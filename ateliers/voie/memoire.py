"""What this process remembers of a room: who is in it, who has something of their own on the screen of now."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from consultation.models import Bulletin, CopieGrille, Precision, Proposition, Scrutin
from consultation.requetes import Prete

from ..lectures import pistes_par_auteur
from ..lectures.bulletins import ENTIER_MAX, tour_de
from ..models import Atelier, Etape, Place

#: Seconds after which a room is read anew even if it did not move: a code may have been reissued meanwhile.
VIE = 2.0
#: By how much the clocks of two processes may differ.
ECART = timedelta(seconds=5)
#: Rooms remembered by one process.
SALLES_MAX = 64
NATURE = Etape.Nature
_sequence = Prete(lambda pk, code: Atelier.objects.filter(pk=pk, code_cle=code).order_by().values_list("sequence"))
_QUI_FONT_L_ECRAN = (
    "nature",
    "scrutin_id",
    "scrutin__etat",
    "etat",
    "pk",
    "titre",
    "consigne",
    "tables",
    "grille_id",
)


@dataclass(frozen=True)
class Personne:
    generation: int
    prenom: str
    college: int
    code_personnel: str


@dataclass
class Memoire:
    """A room at one sequence. `presents`: {participant id: Personne}; `ecran` changes when the page itself must.

    `propres`: {participant id: what is theirs on the screen of now}: a frozenset of pistes while ideas are
    gathered, True where only a page made for them will do. Nobody is in it without something of their own.
    `par_tour`: the ballot of now is shown some pistes at a time, in as many orders as `bulletins.TOURS`.
    `lue`, `depuis`: when it was last read, and read whole, in monotonic seconds; `entree_depuis`: the latter by
    the clock.
    """

    atelier: int
    code: str
    espace: int
    consultation: int
    sequence: int
    lue: float
    ecran: tuple
    presents: dict
    propres: dict
    depuis: float
    entree_depuis: datetime
    acces: int
    par_tour: bool = False
    moules: OrderedDict = field(default_factory=OrderedDict)

    def propre_a(self, numero):
        """What is someone's own on the screen of now; of a long ballot, the order they are shown its pistes in."""
        rien = tour_de(numero) if self.par_tour else frozenset()
        return self.propres.get(numero, rien)

    def qui(self, entrees):
        """Return (participant id, Personne) for a phone's signed entries; (None, None) unless they are in."""
        numero, generation = entrees.get(self.consultation, (None, None))
        personne = self.presents.get(numero)
        if personne is None or personne.generation != generation:
            return None, None
        return numero, personne

    def est_a_jour(self, code):
        """Whether the room still has this code and has not moved since. One small query."""
        if time.monotonic() - self.lue > VIE:
            return False
        return [tuple(ligne) for ligne in _sequence(self.atelier, code)] == [(self.sequence,)]


class Memoires:
    """The rooms remembered, by the key of their code; the least used give way."""

    def __init__(self):
        self._par_code = OrderedDict()

    def oublier(self):
        self._par_code.clear()

    def lire(self, code):
        """Return the room's Memoire, up to date, or None. One query when it has not moved, seven otherwise."""
        connue = self._par_code.get(code)
        if connue is not None and connue.est_a_jour(code):
            self._par_code.move_to_end(code)
            return connue
        champs = ("pk", "code", "sequence", "espace_id", "espace__consultation_id", "acces")
        ligne = Atelier.objects.filter(code_cle=code).order_by().values_list(*champs).first()
        if ligne is None:
            self._par_code.pop(code, None)
            return None
        if connue is not None and connue.atelier != ligne[0]:
            connue = None
        neuve = _lire(connue, *ligne)
        if connue is not None:
            neuve.moules = connue.moules
        self._par_code[code] = neuve
        self._par_code.move_to_end(code)
        while len(self._par_code) > SALLES_MAX:
            self._par_code.popitem(last=False)
        return neuve


def _lire(connue, atelier_id, code, sequence, espace_id, consultation_id, acces):
    """Read a room that moved. Between two whole readings, only who came in since: a room fills one by one."""
    lue, entree = time.monotonic(), timezone.now()
    presents = {}
    if connue is not None and lue - connue.depuis <= VIE:
        presents, depuis, entree_depuis = dict(connue.presents), connue.depuis, connue.entree_depuis
    else:
        depuis, entree_depuis = lue, entree
    places = Place.objects.presentes().filter(atelier=atelier_id, participant__efface_le=None).order_by()
    if presents:
        places = places.filter(entre_le__gt=entree_depuis - ECART)
    personne = ("generation", "prenom", "college_id", "code_personnel")
    lignes = places.values_list("participant_id", *(f"participant__{champ}" for champ in personne))
    presents |= {numero: Personne(*reste) for numero, *reste in lignes}
    ecran = tuple(Etape.objects.filter(atelier=atelier_id).values_list(*_QUI_FONT_L_ECRAN))
    propres = _propres(ecran, espace_id)
    return Memoire(
        atelier_id,
        code,
        espace_id,
        consultation_id,
        sequence,
        lue,
        ecran,
        presents,
        propres,
        depuis,
        entree_depuis,
        acces,
        _est_long(ecran),
    )


def _en_cours(ecran):
    """(nature, scrutin, its state) of the step of now."""
    en_cours = (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)
    return next((ligne[:3] for ligne in ecran if ligne[3] in en_cours), (None, None, None))


def _est_long(ecran):
    """Whether a ballot too long to be shown whole is open. One query at most."""
    nature, scrutin, vote = _en_cours(ecran)
    if nature != NATURE.VOTE or vote != Scrutin.Etat.OUVERT:
        return False
    return Scrutin.pistes.through.objects.filter(scrutin=scrutin).count() > ENTIER_MAX


def _propres(ecran, espace_id):
    """Read who has something of their own on this screen. Two queries at most."""
    demandees = Precision.objects.en_attente().filter(proposition__espace=espace_id).order_by()
    a_qui = dict.fromkeys(demandees.values_list("proposition__auteur_id", flat=True), True)
    return {**_propres_a_l_etape(ecran, espace_id), **a_qui}


def _propres_a_l_etape(ecran, espace_id):
    nature, scrutin, vote = _en_cours(ecran)
    if nature == NATURE.VOTE and vote == Scrutin.Etat.OUVERT:
        votants = Bulletin.objects.filter(scrutin=scrutin).order_by().values_list("participant_id", flat=True)
        tardifs = Scrutin.objects.get(pk=scrutin).tardifs().order_by().values_list("pk", flat=True)
        return dict.fromkeys(votants.union(tardifs), True)
    if nature == NATURE.REGROUPEMENT:
        return pistes_par_auteur(espace_id)
    if nature == NATURE.GRILLE:
        repondants = CopieGrille.objects.filter(
            grille__etape__atelier__espace=espace_id, participant__isnull=False
        )
        return dict.fromkeys(repondants.order_by().values_list("participant_id", flat=True), True)
    if nature == NATURE.IDEATION:
        siennes = Proposition.objects.filter(espace=espace_id, auteur__isnull=False).order_by()
        return dict.fromkeys(siennes.values_list("auteur_id", flat=True), True)
    return {}
