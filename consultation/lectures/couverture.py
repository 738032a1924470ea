"""How much of what was said a synthesis takes up, counted in the base, and a page of what it leaves out."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from ..decomptes import Familles
from ..models import College, LigneSynthese, PhraseSynthese, Proposition


@dataclass(frozen=True)
class CouvertureCollege:
    """How much of what one college said is found again."""

    college: College
    total: int
    couvertes: int

    @property
    def orphelines(self):
        return self.total - self.couvertes


@dataclass(frozen=True)
class Couverture:
    """`pourcent` is None when nothing was said."""

    total: int
    couvertes: int
    pourcent: int | None
    colleges: list


def couverture(synthese):
    """Return the Couverture: shown propositions that a cited piste rests on, or that a row quotes.

    Four queries, counted in the base.
    """
    dites = _propositions_de(synthese)
    comptes = dites.values("college").annotate(n=Count("pk"), oui=Count("pk", filter=_reprises(synthese)))
    lues = {compte["college"]: (compte["n"], compte["oui"]) for compte in comptes.order_by()}
    colleges = [
        CouvertureCollege(c, *lues[c.pk]) for c in College.objects.filter(pk__in=lues).order_by("ordre", "pk")
    ]
    total, couvertes = sum(c.total for c in colleges), sum(c.couvertes for c in colleges)
    # Rounded down: 100 % is only said when nothing is left out.
    return Couverture(total, couvertes, 100 * couvertes // total if total else None, colleges)


def _reprises(synthese):
    """What makes a proposition found again, as a condition. Two queries."""
    familles = Familles.de(synthese.consultation_id)
    liens = (PhraseSynthese.pistes.through, "phrasesynthese"), (LigneSynthese.pistes.through, "lignesynthese")
    citees = {
        familles.racine(pk)
        for table, de in liens
        for pk in table.objects.filter(**{f"{de}__section__synthese": synthese}).values_list("piste_id", flat=True)
    }
    membres = {pk for racine in citees for pk in familles.membres(racine)}
    return Q(piste__in=membres) | Q(pk__in=_citations(synthese))


def orphelines(synthese, combien, debuts):
    """Return {college id: `combien` propositions that the synthesis leaves out, oldest first}, in four queries.

    `debuts`: {college id: how many to skip}; a college that is not named begins with its first.
    """
    rang = Window(RowNumber(), partition_by=F("college"), order_by=F("pk").asc())
    laissees = _propositions_de(synthese).exclude(_reprises(synthese)).annotate(rang=rang)
    ici = Q(rang__lte=combien) & ~Q(college__in=list(debuts))
    for college, debut in debuts.items():
        ici |= Q(college=college, rang__gt=debut, rang__lte=debut + combien)
    lues = defaultdict(list)
    for proposition in laissees.filter(ici).select_related("college").order_by("pk"):
        lues[proposition.college_id].append(proposition)
    return lues


def _propositions_de(synthese):
    """The shown propositions a synthesis speaks for: those of its espace, or of the whole consultation."""
    toutes = Proposition.objects.affichees().filter(consultation_id=synthese.consultation_id)
    return toutes.filter(espace_id=synthese.espace_id) if synthese.espace_id else toutes


def _citations(synthese):
    """The ids of the propositions that rows of a synthesis quote, as a query."""
    citees = LigneSynthese.propositions.through.objects.filter(lignesynthese__section__synthese=synthese)
    return citees.values("proposition_id")
