"""How far a questionnaire has gone: its versions, who has begun, who has sent."""

from django.db.models import Count, Max, Q

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
