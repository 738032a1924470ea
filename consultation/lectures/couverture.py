"""How much of what was said a synthesis takes up, whose words, and a page of what it leaves out."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from ..decomptes import Familles, equite
from ..models import College, LigneSynthese, PhraseSynthese, Proposition


@dataclass(frozen=True)
class CouvertureCollege:
    """How much of what one college said is found again; `de_cote`: what is left aside on purpose."""

    college: College
    total: int
    couvertes: int
    de_cote: int

    @property
    def orphelines(self):
        return self.total - self.couvertes - self.de_cote


@dataclass(frozen=True)
class Part:
    """One line of the meter: one College, or several told together."""

    colleges: list
    citees: int
    total: int

    @property
    def pourcent(self):
        """Rounded down: 100 is only said when nothing is left out."""
        return 100 * self.citees // self.total

    @property
    def dite(self):
        """In words, for the desk, pages and paper alike."""
        dites = {"n": self.citees, "total": self.total, "part": self.pourcent}
        return _("%(n)d sur %(total)d · %(part)d %%") % dites


@dataclass(frozen=True)
class Equite:
    """The meter in words and figures; `parts` is empty when too few wrote. See `decomptes.equite`."""

    parts: list
    points: int
    a_expliquer: bool


@dataclass(frozen=True)
class Couverture:
    """`pourcent` is None when nothing was said. `mises`: what was left aside on purpose and is cited nowhere,
    not read yet: it is asked for a page at a time.

    `equite`: the meter, which may be printed; `colleges` is for the desk, the least cited college first.
    """

    total: int
    couvertes: int
    pourcent: int | None
    colleges: list
    equite: Equite
    mises: QuerySet


def couverture(synthese):
    """Return the Couverture: shown propositions that a cited piste rests on, or that a row quotes.

    Five queries, counted in the base.
    """
    reprises = _reprises(synthese)
    comptes = _compter(synthese, reprises)
    colleges = [CouvertureCollege(c, n["total"], n["citees"], n["de_cote"]) for c, n in comptes.items()]
    total, couvertes = sum(c.total for c in colleges), sum(c.couvertes for c in colleges)
    return Couverture(
        total,
        couvertes,
        # Rounded down: 100 % is only said when nothing is left out.
        100 * couvertes // total if total else None,
        sorted(colleges, key=lambda c: Fraction(c.couvertes, c.total)),
        _equite(comptes),
        _mises(synthese, reprises),
    )


def equite_de(synthese):
    """Return the Equite of a synthesis alone. Five queries."""
    return _equite(_compter(synthese, _reprises(synthese)))


def _compter(synthese, reprises):
    """Return {College: its figures}, in the order of the colleges that said something. Two queries.

    `personnes`: authors; words without one (cards, the erased) count for one each.
    """
    de_cote = Q(pk__in=synthese.mises_de_cote.values("proposition_id"))
    comptes = (
        propositions_de(synthese)
        .values("college")
        .annotate(
            total=Count("pk"),
            citees=Count("pk", filter=reprises),
            mises=Count("pk", filter=de_cote),
            reprises=Count("pk", filter=de_cote & reprises),
            auteurs=Count("auteur", distinct=True),
            sans_auteur=Count("pk", filter=Q(auteur__isnull=True)),
        )
    )
    lus = {c["college"]: c for c in comptes.order_by()}
    colleges = College.objects.filter(pk__in=lus).order_by("ordre", "pk")
    return {
        college: {
            "total": lu["total"],
            "citees": lu["citees"],
            "de_cote": lu["mises"] - lu["reprises"],
            "personnes": lu["auteurs"] + lu["sans_auteur"],
        }
        for college in colleges
        if (lu := lus[college.pk])
    }


def _equite(comptes):
    colleges = {college.pk: college for college in comptes}
    groupes = equite.mesurer(
        {c.pk: equite.Dit(n["citees"], n["total"], n["personnes"]) for c, n in comptes.items()}
    )
    ecart = equite.ecart(groupes)
    return Equite(
        [Part([colleges[pk] for pk in g.colleges], g.citees, g.total) for g in groupes],
        equite.en_points(ecart),
        equite.a_expliquer(ecart),
    )


def _mises(synthese, reprises):
    """What is left aside and cited nowhere, each with who did it, as a query."""
    ailleurs = propositions_de(synthese).exclude(reprises)
    siennes = synthese.mises_de_cote.filter(proposition__in=ailleurs)
    return siennes.select_related("proposition__college", "par")


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
    mots = PhraseSynthese.objects.filter(section__synthese=synthese, proposition__isnull=False)
    return Q(piste__in=membres) | Q(pk__in=_citations(synthese)) | Q(pk__in=mots.values("proposition_id"))


def orphelines(synthese, combien, debuts):
    """Return {college id: `combien` propositions that the synthesis leaves out, oldest first}, in four queries.

    `debuts`: {college id: how many to skip}; a college that is not named begins with its first.
    """
    rang = Window(RowNumber(), partition_by=F("college"), order_by=F("pk").asc())
    laissees = propositions_de(synthese).exclude(_reprises(synthese))
    laissees = laissees.exclude(pk__in=synthese.mises_de_cote.values("proposition_id")).annotate(rang=rang)
    ici = Q(rang__lte=combien) & ~Q(college__in=list(debuts))
    for college, debut in debuts.items():
        ici |= Q(college=college, rang__gt=debut, rang__lte=debut + combien)
    lues = defaultdict(list)
    for proposition in laissees.filter(ici).select_related("college").order_by("pk"):
        lues[proposition.college_id].append(proposition)
    return lues


def propositions_de(synthese):
    """The shown propositions a synthesis speaks for: those of its espace, or of the whole consultation."""
    toutes = Proposition.objects.affichees().filter(consultation_id=synthese.consultation_id)
    return toutes.filter(espace_id=synthese.espace_id) if synthese.espace_id else toutes


def _citations(synthese):
    """The ids of the propositions that rows of a synthesis quote, as a query."""
    citees = LigneSynthese.propositions.through.objects.filter(lignesynthese__section__synthese=synthese)
    return citees.values("proposition_id")
