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


def desaccords(synthese):
    """Return the DesaccordLus that hold for a synthesis, those that wait first. 2 queries.

    One about a piste holds as long as that piste, or what it was joined into, still gathers the words.
    """
    tous = Desaccord.objects.filter(proposition__in=propositions_de(synthese)).order_by("pk")
    tous = tous.filter(Q(mise_de_cote__isnull=True) | Q(mise_de_cote__synthese=synthese))
    tous = list(tous.select_related("proposition__college", "piste", "mise_de_cote"))
    familles = Familles.de(synthese.consultation_id) if tous else None
    lus = [
        DesaccordLu(d, d.piste.numero if d.piste_id else None)
        for d in tous
        if d.mise_de_cote_id or familles.racine(d.piste_id) == familles.racine(d.proposition.piste_id)
    ]
    return sorted(lus, key=lambda lu: not lu.attend)
