"""The door of a room, from its console: pause it, open it again, put people out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from consultation import regles
from consultation.textes import entiers

from .. import actions
from .acces import pour_atelier
from .console import agir_et_revenir

ANCRE = "entrees"


@require_POST
@pour_atelier(regles.peut_animer)
def tenir_la_porte(request, atelier, acte):
    """Pause the entries or open them again."""
    verbe, dit = {
        "suspendre": (actions.suspendre_entrees, _("Les entrées sont en pause. Personne de nouveau n’entre.")),
        "reprendre": (actions.reprendre_entrees, _("On peut de nouveau entrer.")),
    }[acte]
    return agir_et_revenir(
        request, atelier, lambda: verbe(atelier=atelier, par=request.user), dit=dit, ancre=ANCRE
    )


@require_POST
@pour_atelier(regles.peut_animer)
def faire_sortir(request, atelier):
    """Put out those who are ticked."""
    coches = entiers(request.POST.getlist("participants"))

    def agir():
        actions.faire_sortir(atelier=atelier, participants=coches, par=request.user)

    dit = ngettext("%(n)d personne est sortie.", "%(n)d personnes sont sorties.", len(coches)) % {"n": len(coches)}
    return agir_et_revenir(request, atelier, agir, dit=dit, ancre=ANCRE)
