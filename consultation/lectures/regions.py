"""What became of a national piste in the regions that took it over."""

from collections import defaultdict
from dataclasses import dataclass

from ..decomptes import Familles
from ..models import LigneSynthese, PhraseSynthese, Piste, Synthese


@dataclass(frozen=True)
class EnRegion:
    """A region's own piste made of a national one; `syntheses`: the ids of the published ones that cite it."""

    piste: Piste
    syntheses: list

    @property
    def territoire(self):
        return self.piste.consultation.territoire


def en_regions(famille):
    """Return [EnRegion] of the pistes taken over from `famille` (ids), oldest first. Four queries, or one."""
    prises = list(
        Piste.objects.filter(venue_de__in=famille).select_related("consultation__territoire").order_by("pk")
    )
    if not prises:
        return []
    consultations = {piste.consultation_id for piste in prises}
    familles, citees = Familles.des_consultations(consultations), defaultdict(set)
    for modele in (PhraseSynthese, LigneSynthese):
        citations = modele.objects.filter(
            section__synthese__etat=Synthese.Etat.PUBLIEE, section__synthese__consultation__in=consultations
        )
        for piste_id, synthese_id in citations.values_list("pistes", "section__synthese"):
            citees[familles.racine(piste_id)].add(synthese_id)
    return [EnRegion(piste, sorted(citees[familles.racine(piste.pk)])) for piste in prises]
