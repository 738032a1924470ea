"""What the consultations do by themselves."""

from datetime import timedelta

from . import actions
from .decomptes.opinions import peut_avoir_une_carte
from .gestion.tournee import avancer
from .models import Proclamation


def dessiner_les_reprises():
    """Draw the map of opinions of each vote taken up from another platform: no console asks for it."""
    attendent = Proclamation.objects.filter(opinions__isnull=True).exclude(scrutin__consultation__reprise_de="")
    for proclamation in attendent.select_related("scrutin"):
        scrutin = proclamation.scrutin
        if peut_avoir_une_carte(scrutin.mode, scrutin.secret, len(proclamation.tableau["pistes"])):
            actions.dessiner_opinions(scrutin=scrutin, par=None, sans_limite=True)


TRAVAUX = {
    "dessiner-les-opinions-reprises": (timedelta(minutes=5), dessiner_les_reprises),
    "ecrire-les-classeurs": (timedelta(seconds=5), avancer),
    "oublier-les-classeurs": (timedelta(days=1), actions.oublier_classeurs),
}
