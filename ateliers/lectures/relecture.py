"""What to read before it is shown, cut in words so that a passage can be picked without a mouse or a script."""

import re
from dataclasses import dataclass

from django.db.models import Case, Value, When

from consultation.analyse import relecture as analyse
from consultation.models import Participant, Proposition

_MOT = re.compile(r"\S+")
_BORDS = re.compile(r"^[\W_]+|[\W_]+$")
_ELISION = re.compile(r"^(?:[dljmnstcDLJMNSTC]|qu|Qu)[’']")


@dataclass(frozen=True)
class Mot:
    """A word of a proposition: span [debut, fin) in `texte`, hidden already, or presumed to be a name."""

    debut: int
    fin: int
    texte: str
    masque: bool
    presume: bool

    @property
    def valeur(self):
        return f"{self.debut}-{self.fin}"


@dataclass(frozen=True)
class ARelire:
    proposition: Proposition
    mots: tuple

    @property
    def affichee(self):
        """True when it is on the wall already, with a doubt."""
        return self.proposition.moderation == Proposition.Moderation.AFFICHEE

    @property
    def presume(self):
        return any(mot.presume for mot in self.mots)


def a_relire(espace, *, limite=20):
    """Return the oldest propositions to look at, at most `limite`, each cut in words. Two queries at most.

    Those that wait to be shown come first, then those that are shown with a doubt.
    """
    attend = Case(When(moderation=Proposition.Moderation.A_RELIRE, then=Value(0)), default=Value(1))
    lues = list(espace.propositions.a_revoir().select_related("college").order_by(attend, "pk")[:limite])
    textes = [proposition.texte for proposition in lues]
    prenoms = Participant.objects.prenoms_dans(espace.consultation_id, *textes) if lues else ()
    return [ARelire(proposition, tuple(couper(proposition, prenoms))) for proposition in lues]


def couper(proposition, prenoms=()):
    """Yield the words of a proposition; those that look like a name, a number or an address are presumed."""
    suspects = set(analyse.prenoms_cites(proposition.texte, prenoms))
    signes = analyse.signes(proposition.texte)
    for trouve in _MOT.finditer(proposition.texte):
        debut, fin = _coeur(trouve)
        mot = proposition.texte[debut:fin]
        yield Mot(
            debut,
            fin,
            mot,
            any(a <= debut and fin <= b for a, b in proposition.masques),
            mot in suspects
            or ("courriel" in signes and "@" in mot)
            or ("telephone" in signes and any(c.isdigit() for c in mot)),
        )


def _coeur(trouve):
    """Return the span of a word without the marks around it: "l’idée," gives "idée"."""
    mot, debut, fin = trouve.group(), trouve.start(), trouve.end()
    bords = _BORDS.sub("", mot)
    if not bords:
        return debut, fin
    debut += mot.index(bords)
    fin = debut + len(bords)
    elision = _ELISION.match(bords)
    if elision and elision.end() < len(bords):
        debut += elision.end()
    return debut, fin


def passages_lus(valeurs):
    """Read the ticked words "12-18" back as [[12, 18], …]; what is not of that form is left out."""
    lus = (re.fullmatch(r"(\d{1,5})-(\d{1,5})", valeur) for valeur in valeurs)
    return [[int(v[1]), int(v[2])] for v in lus if v]
