"""What authors answer to what became of their words, for those who write the synthesis."""

from dataclasses import dataclass

from django.db.models import Q

from ..decomptes import Familles
from ..models import Desaccord
from .couverture import propositions_de


@dataclass(frozen=True)
class DesaccordLu:
    """`numero`: the piste it is about, None when it is about a proposition set aside. `attend`: no answer yet."""

    objet: Desaccord
    numero: int | None

    @property
    def attend(self):
        return not self.objet.reponse


def ordre_des_desaccords(synthese):
    """Return {id: whether it waits for an answer} of those that hold for a synthesis, these first. 2 queries.

    One about a piste holds as long as that piste, or what it was joined into, still gathers the words.
    """
    tous = Desaccord.objects.filter(proposition__in=propositions_de(synthese)).order_by("pk")
    tous = tous.filter(Q(mise_de_cote__isnull=True) | Q(mise_de_cote__synthese=synthese))
    tous = list(tous.values_list("pk", "reponse", "mise_de_cote", "piste", "proposition__piste"))
    familles = Familles.de(synthese.consultation_id) if tous else None
    lus = [
        (pk, not reponse)
        for pk, reponse, mise, piste, ici in tous
        if mise or familles.racine(piste) == familles.racine(ici)
    ]
    return dict(sorted(lus, key=lambda lu: not lu[1]))


def desaccords(ids):
    """Return the DesaccordLus of these ids, in their order. One query."""
    lus = Desaccord.objects.select_related("proposition__college", "piste").in_bulk(ids)
    return [DesaccordLu(d, d.piste.numero if d.piste_id else None) for pk in ids if (d := lus.get(pk))]
