"""What each audience sees of a room, by sections. The same JSON goes out in frames, in the snapshot and in pages.

What a section says is in `sections` and `sections_de_vote`. A rendering costs a fixed number of queries whatever
the room holds. The sequence is read first: what is read after it is at least as new, so a frame never claims to
be newer than it is.
"""

from functools import cached_property

from django.utils.translation import get_language

from consultation import lectures as lectures_consultation
from consultation.models import College, Piste
from consultation.requetes import PreteEnObjets

from ..models import Atelier, Etape
from . import sections, sections_de_vote
from .reserve import une_fois

PARTICIPANTS, PROJECTION, CONSOLE = "participants", "projection", "console"
AUDIENCES = (PARTICIPANTS, PROJECTION, CONSOLE)
#: How many of the newest propositions each audience reads.
DERNIERES = {PARTICIPANTS: 5, PROJECTION: 8, CONSOLE: 8}
SECTIONS = (
    "etape",
    "presence",
    "propositions",
    "mur",
    "pistes",
    "scrutin",
    "resultats",
    "grilles",
    "ecran",
    "console",
)


_etapes = PreteEnObjets(Etape, lambda atelier: Etape.objects.filter(atelier=atelier), ["scrutin"])


class Salle:
    """A room as it is now, read section by section: each reading is made once, when something asks for it.

    `sequence` was read before all the rest. `faits`: {"espace_id", "consultation_id", "mur_cache"}.
    """

    def __init__(self, atelier_id, sequence, **faits):
        self.atelier_id, self.sequence = atelier_id, sequence
        self.espace_id, self.consultation_id = faits["espace_id"], faits["consultation_id"]
        self.mur_cache = faits["mur_cache"]

    @classmethod
    def lire(cls, atelier_id):
        """Return the room, or None if there is no such room. One query."""
        champs = ("sequence", "espace_id", "espace__consultation_id", "mur_cache")
        lue = Atelier.objects.filter(pk=atelier_id).order_by().values_list(*champs).first()
        return lue and cls(atelier_id, lue[0], espace_id=lue[1], consultation_id=lue[2], mur_cache=lue[3])

    @classmethod
    def de(cls, atelier):
        """Of an Atelier just read, with its espace."""
        return cls(
            atelier.pk,
            atelier.sequence,
            espace_id=atelier.espace_id,
            consultation_id=atelier.espace.consultation_id,
            mur_cache=atelier.mur_cache,
        )

    @cached_property
    def etapes(self):
        return _etapes(self.atelier_id)

    @cached_property
    def courante(self):
        return next((e for e in self.etapes if e.etat in (Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE)), None)

    @cached_property
    def scrutin(self):
        return sections_de_vote.a_montrer(self.espace_id, self.courante)

    @cached_property
    def colleges(self):
        return list(College.objects.filter(consultation_id=self.consultation_id))

    @cached_property
    def presents(self):
        return sections.presents(self.atelier_id, self.scrutin)

    @cached_property
    def _dites(self):
        return sections.propositions(self.espace_id, max(DERNIERES.values()))

    @cached_property
    def _pistes(self):
        return sections.liste_de_pleniere(self) or sections.pistes(self.espace_id)

    @cached_property
    def _nombre_de_pistes(self):
        liste = self.__dict__.get("_pistes") or sections.liste_de_pleniere(self)
        return liste["total"] if liste else Piste.objects.vivantes().filter(espace_id=self.espace_id).count()

    @cached_property
    def _communes(self):
        return {
            "etape": lambda: sections.etape(self.courante, self.etapes),
            "presence": lambda: sections.presence(self.presents, self.colleges),
            "mur": lambda: sections.mur(self.atelier_id, self.mur_cache),
            "scrutin": lambda: sections_de_vote.scrutin(self.scrutin, self.presents, self.colleges),
            "resultats": lambda: sections_de_vote.resultats(self.resultats),
            "grilles": lambda: self.grilles,
            "ecran": lambda: sections.ecran(self.courante, self.scrutin, self.resultats, self.grilles),
            "console": lambda: sections.console(self.atelier_id, self.espace_id, self.colleges),
        }

    @cached_property
    def resultats(self):
        return resultats_montres(self.atelier_id, self.sequence, self.scrutin)

    @cached_property
    def grilles(self):
        return sections.grilles(self.espace_id, self.courante)

    @cached_property
    def _lues(self):
        return {}

    def section(self, nom, audience):
        """Return the section `nom` as `audience` sees it."""
        if nom == "propositions":
            cache = self.mur_cache and audience != CONSOLE
            return {**self._dites, "dernieres": [] if cache else self._dites["dernieres"][: DERNIERES[audience]]}
        if nom == "pistes":
            # Where the screen of a phone does not list them, their number is all it is told.
            en_liste = audience != PARTICIPANTS or _montre_les_pistes(self.courante)
            return self._pistes if en_liste else {"total": self._nombre_de_pistes}
        if nom not in self._lues:
            self._lues[nom] = self._communes[nom]()
        return self._lues[nom]


def sections_de(audience):
    """The names of the sections an audience is told."""
    tues = {PARTICIPANTS: {"mur", "grilles", "console"}, PROJECTION: {"console"}, CONSOLE: set()}[audience]
    return [nom for nom in SECTIONS if nom not in tues]


def rendre(atelier_id, audiences=AUDIENCES):
    """Return (sequence, {audience: {section: value}}) for a room, or (None, {}) if there is no such room."""
    salle = Salle.lire(atelier_id)
    if salle is None:
        return None, {}
    # Those who see all the pistes first: they are then counted for the others.
    rangees = sorted(audiences, key=PARTICIPANTS.__eq__)
    return salle.sequence, {pour: {nom: salle.section(nom, pour) for nom in sections_de(pour)} for pour in rangees}


def resultats_montres(atelier_id, sequence, scrutin):
    """Return the Resultats of a vote, or None before they are shown. Read once while the room stays still."""
    if scrutin is None or not scrutin.est_montre:
        return None
    quoi = ("resultats", scrutin.pk, get_language())
    return une_fois(atelier_id, quoi, sequence, lambda: lectures_consultation.resultats(scrutin))


def _montre_les_pistes(courante):
    return courante is not None and courante.nature == Etape.Nature.REGROUPEMENT


def presence(atelier_id):
    """Return the section of this name alone, as `rendre` makes it. Two queries."""
    colleges = College.objects.filter(consultation__espaces__atelier=atelier_id)
    return sections.presence(sections.presents(atelier_id, None), list(colleges))
