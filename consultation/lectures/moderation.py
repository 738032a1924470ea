"""What waits for a moderator, oldest first, and what was decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Prefetch, Q
from django.utils import timezone

from ..models import Contribution, Decision, Proposition, Recours, Signalement
from ..textes import entier

MODERATION = Proposition.Moderation
#: How many of the oldest are shown at once.
VISIBLES = 50


@dataclass(frozen=True)
class Attente:
    """A text that waits. `tard`: most of the delay is gone; `recours`: its appeal; `signalements`: open ones."""

    texte: object
    recue_le: datetime
    tard: bool
    recours: Recours | None = None
    signalements: tuple = ()

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


#: A text that readers reported, and that nobody has read again since.
_SIGNALE = Q(signalements__isnull=False, signalements__traite_le__isnull=True)


def _a_lire(textes):
    """Those nobody has decided of, shown already or not, that still have words."""
    etat = Q(moderation=MODERATION.A_RELIRE) | Q(moderation=MODERATION.AFFICHEE)
    neufs = (
        textes.filter(etat, decisions__isnull=True)
        .exclude(texte="")
        .exclude(pk__in=_signales(textes).values("pk"))
    )
    return neufs.order_by("cree_le", "pk")


def _signales(textes):
    """Those shown that readers reported, with `signale_le`, the first time."""
    montres = textes.filter(_SIGNALE, moderation=MODERATION.AFFICHEE).exclude(texte="")
    return montres.annotate(signale_le=Min("signalements__cree_le")).order_by("signale_le", "pk")


def file_de_relecture(forum):
    """Return (how many wait, [Attente], the oldest first, VISIBLES at most). Ten queries, whatever waits."""
    toutes = Proposition.objects.filter(consultation=forum.consultation_id)
    contributions = Contribution.objects.filter(proposition__consultation=forum.consultation_id)
    propositions = _a_lire(forum.espace.propositions.filter(saisie_par__isnull=True))
    avec_p, avec_c = ("college", "axe", "auteur"), ("college", "auteur", "proposition")
    promis = timedelta(hours=forum.delai_lecture)
    files = [
        (propositions.select_related(*avec_p), lambda p: _attente(p, promis)),
        (_a_lire(contributions).select_related(*avec_c), lambda c: _attente(c, promis)),
        (_avec_signalements(_signales(toutes).select_related(*avec_p)), lambda p: _attente_de_signale(p, promis)),
        (
            _avec_signalements(_signales(contributions).select_related(*avec_c)),
            lambda c: _attente_de_signale(c, promis),
        ),
        (_recours(forum), lambda r: _attente_de_recours(r, forum)),
    ]
    attentes = [lire(texte) for textes, lire in files for texte in textes[:VISIBLES]]
    attentes.sort(key=lambda attente: attente.recue_le)
    return sum(textes.count() for textes, _lire in files), attentes[:VISIBLES]


def _avec_signalements(textes):
    ouverts = Signalement.objects.filter(traite_le__isnull=True)
    return textes.prefetch_related(Prefetch("signalements", ouverts, to_attr="signalements_ouverts"))


def _attente_de_signale(texte, promis):
    tard = timezone.now() - texte.signale_le > promis * 0.75
    return Attente(texte, texte.signale_le, tard, signalements=tuple(texte.signalements_ouverts))


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
        return Proposition.objects.filter(consultation=forum.consultation_id, pk=numero).first(), None
    if genre == "c":
        siennes = Contribution.objects.filter(proposition__consultation=forum.consultation_id)
        return siennes.select_related("proposition").filter(pk=numero).first(), None
    return None, None


def est_lisible(texte):
    """Whether anyone may read this Proposition or Contribution now. Two queries."""
    if isinstance(texte, Proposition):
        return Proposition.objects.publiables().filter(pk=texte.pk).exclude(texte="").exists()
    return Contribution.objects.publiables().filter(pk=texte.pk).exists() and est_lisible(texte.proposition)


def registre_de_moderation(consultation):
    """Return the Decisions, the latest first: when, what, which rule. Names nobody, holds no words."""
    return Decision.objects.filter(consultation=consultation)
