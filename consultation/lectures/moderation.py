"""What waits for a moderator, oldest first, and what was decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ..models import Contribution, Decision, Proposition, Recours
from ..textes import entier

MODERATION = Proposition.Moderation
#: How many of the oldest are shown at once.
VISIBLES = 50


@dataclass(frozen=True)
class Attente:
    """A text that waits. `recours`: the appeal it waits for, or None; `tard`: most of the delay is gone."""

    texte: object
    recue_le: datetime
    tard: bool
    recours: Recours | None = None

    @property
    def cle(self):
        """Names it in an address: "p12", "c7"; "r3" for an appeal."""
        if self.recours:
            return f"r{self.recours.pk}"
        return f"{'p' if isinstance(self.texte, Proposition) else 'c'}{self.texte.pk}"

    @property
    def heures(self):
        """Whole hours it has waited."""
        return int((timezone.now() - self.recue_le) / timedelta(hours=1))

    @property
    def proposition(self):
        return self.texte if isinstance(self.texte, Proposition) else self.texte.proposition


def _a_lire(textes):
    """Those nobody has decided of, shown already or not, that still have words."""
    etat = Q(moderation=MODERATION.A_RELIRE) | Q(moderation=MODERATION.AFFICHEE)
    return textes.filter(etat, decisions__isnull=True).exclude(texte="").order_by("cree_le", "pk")


def file_de_relecture(forum):
    """Return (how many wait, [Attente], the oldest first, VISIBLES at most). Six queries, whatever waits."""
    propositions = _a_lire(forum.espace.propositions.filter(saisie_par__isnull=True))
    contributions = _a_lire(Contribution.objects.filter(proposition__consultation=forum.consultation_id))
    recours = _recours(forum)
    promis = timedelta(hours=forum.delai_lecture)
    attentes = [
        *(_attente(p, promis) for p in propositions.select_related("college", "axe", "auteur")[:VISIBLES]),
        *(
            _attente(c, promis)
            for c in contributions.select_related("college", "auteur", "proposition")[:VISIBLES]
        ),
        *(_attente_de_recours(r, forum) for r in recours[:VISIBLES]),
    ]
    attentes.sort(key=lambda attente: attente.recue_le)
    return propositions.count() + contributions.count() + recours.count(), attentes[:VISIBLES]


def _recours(forum):
    return (
        Recours.objects.filter(decision__consultation=forum.consultation_id, tranche_le__isnull=True)
        .exclude(Q(decision__proposition__texte="") | Q(decision__contribution__texte=""))
        .select_related(
            "decision__proposition__college",
            "decision__proposition__axe",
            "decision__contribution__college",
            "decision__contribution__proposition",
            "decision__par",
        )
        .order_by("cree_le", "pk")
    )


def _attente(texte, promis):
    return Attente(texte, texte.cree_le, timezone.now() - texte.cree_le > promis * 0.75)


def _attente_de_recours(recours, forum):
    promis = timedelta(days=forum.delai_recours)
    return Attente(
        recours.decision.texte, recours.cree_le, timezone.now() - recours.cree_le > promis * 0.75, recours
    )


def texte_nomme(forum, cle):
    """Return (Proposition or Contribution, Recours or None) that `cle` names in this forum, or (None, None)."""
    genre, numero = cle[:1], entier(cle[1:])
    if numero is None:
        return None, None
    if genre == "r":
        recours = Recours.objects.filter(decision__consultation=forum.consultation_id, pk=numero).first()
        return (recours.decision.texte, recours) if recours else (None, None)
    if genre == "p":
        return forum.espace.propositions.filter(pk=numero).first(), None
    if genre == "c":
        siennes = Contribution.objects.filter(proposition__consultation=forum.consultation_id)
        return siennes.select_related("proposition").filter(pk=numero).first(), None
    return None, None


def registre_de_moderation(consultation):
    """Return the Decisions, the latest first: when, what, which rule. Names nobody, holds no words."""
    return Decision.objects.filter(consultation=consultation)
