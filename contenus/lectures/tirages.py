"""Print runs as the desk shows them, and who may be in one."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ateliers.models import Place
from consultation.models import Participant
from consultation.textes import plier

from ..models import CarnetTire, Tirage

TOUS, NOUVEAUX = "tous", "nouveaux"


@dataclass(frozen=True)
class TirageLu:
    tirage: Tirage
    faits: int
    sur: int
    manques: list
    remarques: list

    @property
    def perime(self):
        """Whether someone who is in the file has been erased since: it is given to nobody any more."""
        return self.tirage.etat == Tirage.Etat.FAIT and self.faits != self.tirage.relies


def tirages(consultation):
    """Return the TirageLu of a consultation, newest first. Two queries."""
    E = CarnetTire.Etat
    comptes = Tirage.objects.filter(consultation=consultation).annotate(
        faits=Count("carnets", Q(carnets__etat=E.FAIT)), sur=Count("carnets")
    )
    dits = CarnetTire.objects.filter(tirage__consultation=consultation).exclude(mots="")
    dits = list(dits.select_related("participant__structure", "participant__college"))
    return [
        TirageLu(
            t,
            t.faits,
            t.sur,
            [c for c in dits if c.tirage_id == t.pk and c.etat == E.ECHEC],
            [c for c in dits if c.tirage_id == t.pk and c.etat == E.FAIT],
        )
        for t in comptes.order_by("-pk")
    ]


def choix(consultation):
    """[(value, label)]: for whom a run may be asked: everyone, who has no booklet yet, a workshop."""
    ateliers = Place.objects.filter(atelier__espace__consultation=consultation)
    ateliers = ateliers.order_by("atelier__temps__debut", "atelier__ordre").values_list(
        "atelier_id", "atelier__espace__titre"
    )
    des_ateliers = [
        (f"atelier-{pk}", _("Celles de l’atelier « %(titre)s »") % {"titre": titre})
        for pk, titre in dict(ateliers).items()
    ]
    tous = (TOUS, _("Toutes les personnes inscrites"))
    return [tous, (NOUVEAUX, _("Celles qui n’ont pas encore de carnet")), *des_ateliers]


def gens(consultation, qui, edition):
    """Return the ids of the people chosen, in the order of the rooms where they sit first, then of first names."""
    P = Participant.Origine
    siens = consultation.participants.filter(efface_le__isnull=True, code_personnel__isnull=False)
    siens = siens.exclude(origine__in=(P.SIMULATION, P.PAPIER, P.GRILLE))
    if qui == NOUVEAUX:
        deja = CarnetTire.objects.filter(
            tirage__consultation=consultation, tirage__edition=edition, etat=CarnetTire.Etat.FAIT
        )
        siens = siens.exclude(pk__in=deja.values("participant"))
    elif qui != TOUS:
        siens = siens.filter(places__atelier=qui.removeprefix("atelier-"))
    salles = {}
    places = Place.objects.filter(atelier__espace__consultation=consultation)
    for personne, salle in places.order_by("atelier__temps__debut", "atelier__ordre", "pk").values_list(
        "participant_id", "atelier__salle__nom"
    ):
        salles.setdefault(personne, salle or "")
    lus = siens.order_by("prenom__plie", "nom__plie", "pk").values_list("pk", flat=True)
    return sorted(lus, key=lambda pk: (pk not in salles, plier(salles.get(pk))))
