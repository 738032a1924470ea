"""The map of opinions of a closed vote, made when someone asks for it, once."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import regles
from ..decomptes.opinions import opinions, peut_avoir_une_carte
from ..models import Proclamation
from .gardes import annoncer, exiger, exiger_droit, noter, verrouiller

#: People × pistes above which the draws would hold a page for more than ten seconds of processor.
SUR_PLACE = 60_000


def dessiner_opinions(*, scrutin, par, sans_limite=False):
    """Look for groups among those who voted, keep what may be published of it, and return it.

    `sans_limite`: whatever the size of the vote (`manage.py dessiner_opinions`). What is found stays: asking again
    changes nothing. Computed before the transaction, which only keeps it. Raises Refus "interdit" 403,
    "scrutin_pas_clos" 409 (or not shown yet), "pas_de_carte", "trop_grand" 422.
    """
    exiger_droit(lambda: regles.peut_animer(par, scrutin.espace), par)
    proclamation = Proclamation.objects.filter(scrutin=scrutin).first()
    exiger(
        scrutin.est_montre and proclamation is not None,
        "scrutin_pas_clos",
        _("Les résultats de ce vote ne sont pas encore montrés."),
        statut=409,
    )
    if proclamation.opinions:
        return proclamation.opinions
    table = proclamation.tableau
    exiger(
        peut_avoir_une_carte(scrutin.mode, scrutin.secret, len(table["pistes"])),
        "pas_de_carte",
        _("Pas de carte pour ce vote : il faut un accord en quatre degrés, non secret, sur 7 pistes au moins."),
    )
    exiger(
        sans_limite or table["votants"] * len(table["pistes"]) <= SUR_PLACE,
        "trop_grand",
        _("Ce vote est trop grand pour être calculé ici. Demandez-le à la personne qui tient le site."),
    )
    return _garder(scrutin, opinions(scrutin, table), par)


def _garder(scrutin, trouvees, par):
    """Keep the map of a vote unless one is kept already; return the one that is."""
    with transaction.atomic():
        proclamation = verrouiller(scrutin.proclamation)
        if proclamation.opinions is None:
            proclamation.opinions = trouvees
            proclamation.save(update_fields=["opinions"])
            noter(
                verbe="dessiner_opinions", objet=scrutin, compte=par, details={"groupes": len(trouvees["groupes"])}
            )
            annoncer(scrutin.espace_id, "scrutin")
    return proclamation.opinions
