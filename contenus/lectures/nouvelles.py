"""What happened since the last number of the newsletter: what the next one may speak of."""

from dataclasses import dataclass

from consultation.models import Suite

from ..models import FilInfoPage, SynthesePage
from .accueil import dernier_fil, seminaires_a_venir
from .suites import consultations_suivies

#: Answers told in one number.
REPONSES_MAX = 20


@dataclass(frozen=True)
class Nouvelles:
    """`depuis`: the last published number, or None. `syntheses`: pages that no number spoke of. `reponses`:
    [Suite], one for each piste, the latest first. `rendezvous`: seminars to come, the nearest first.
    """

    depuis: FilInfoPage | None
    syntheses: list
    reponses: list
    rendezvous: list

    def __bool__(self):
        return bool(self.syntheses or self.reponses or self.rendezvous)


def nouvelles():
    """Return the Nouvelles, of what anyone may read. Eight queries."""
    depuis = dernier_fil()
    dites = FilInfoPage.objects.live().filter(syntheses__isnull=False).values("syntheses")
    syntheses = SynthesePage.objects.live().public().filter(synthese__isnull=False).exclude(pk__in=dites)
    return Nouvelles(
        depuis=depuis,
        syntheses=list(syntheses.order_by("-first_published_at")),
        reponses=_reponses(depuis and depuis.first_published_at),
        rendezvous=seminaires_a_venir(),
    )


def _reponses(moment):
    """The last answer to each piste that was answered since `moment` (ever, without one)."""
    recentes = Suite.objects.debout().filter(piste__consultation__in=consultations_suivies())
    if moment is not None:
        recentes = recentes.filter(cree_le__gt=moment)
    par_piste = {}
    for suite in recentes.select_related("piste__consultation").order_by("-le", "-pk"):
        par_piste.setdefault(suite.piste_id, suite)
    return list(par_piste.values())[:REPONSES_MAX]
