"""How far a questionnaire has gone: its versions, who has begun, who has sent."""

from django.db.models import Count, Max, Q

from consultation.models import Grille

from ..models import Atelier, Etape

ENVOYEES = Q(copies__envoyee_le__isnull=False)


def avec_comptes(grilles):
    """Annotate each Grille: `derniere`, the number of its last version; copies `envoyees` and `commencees`."""
    return grilles.annotate(
        derniere=Max("versions__numero"),
        envoyees=Count("copies", filter=ENVOYEES, distinct=True),
        commencees=Count("copies", filter=~ENVOYEES & Q(copies__isnull=False), distinct=True),
    )


def versions_comptees(grille):
    """Return the versions of a grille, the last first, each with `envoyees` and `commencees`. One query."""
    return grille.versions.order_by("-numero").annotate(
        envoyees=Count("copies", filter=ENVOYEES),
        commencees=Count("copies", filter=Q(copies__envoyee_le__isnull=True)),
    )


def grilles_de_l_etape(etape, espace_id):
    """Return the Grilles a step has answered, put online at least once, with their counts. One query at most.

    A question put on the spot is that of its own step; other steps have the questionnaires of the room.
    """
    if etape is None or etape.nature != Etape.Nature.GRILLE:
        return []
    siennes = Grille.objects.filter(espace=espace_id).exclude(etat=Grille.Etat.PREPARATION)
    siennes = siennes.filter(pk=etape.grille_id) if etape.grille_id else siennes.filter(etape__isnull=True)
    return list(avec_comptes(siennes).order_by("pk"))


def salle_ou_repondre(grille, participant):
    """Return the Atelier where this grille is being answered and that this person is in, or None. One query."""
    en_cours = Etape.objects.en_cours().filter(nature=Etape.Nature.GRILLE)
    salles = Atelier.objects.filter(
        espace=grille.espace_id, etapes__in=en_cours, places_prises__participant=participant
    )
    return salles.first() if grille.espace_id else None
