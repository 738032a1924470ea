"""Suggested groupings that someone set aside, and takes up again. Nothing is ever grouped by itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from .. import regles
from ..models import SuggestionLaissee
from .gardes import annoncer, exiger, exiger_droit, noter, verrouiller


def laisser_suggestion(*, espace, propositions, par):
    """Suggest no more, to anyone, that these go together; return the SuggestionLaissee. Twice is once.

    Raises Refus "interdit" 403, "rien_a_laisser" 422, "ailleurs" 422.
    """
    exiger_droit(lambda: regles.peut_rapporter(par, espace), par)
    propositions = list(propositions)
    exiger(len(propositions) > 1, "rien_a_laisser", _("Cette suggestion n’est plus là. Rechargez la page."))
    exiger(
        all(proposition.espace_id == espace.pk for proposition in propositions),
        "ailleurs",
        _("Une de ces propositions vient d’un autre atelier."),
    )
    cle = SuggestionLaissee.cle_de(propositions)
    with transaction.atomic():
        verrouiller(espace)
        laissee, cree = SuggestionLaissee.objects.get_or_create(espace=espace, cle=cle, defaults={"par": par})
        if cree:
            _noter("laisser_suggestion", laissee, par)
    return laissee


def reprendre_suggestion(*, suggestion, par):
    """Suggest it again. Raises Refus "interdit" 403."""
    exiger_droit(lambda: regles.peut_rapporter(par, suggestion.espace), par)
    with transaction.atomic():
        _noter("reprendre_suggestion", suggestion, par)
        suggestion.delete()


def _noter(verbe, suggestion, par):
    espace = suggestion.espace
    details = {"propositions": [int(pk) for pk in suggestion.cle.split("-")]}
    noter(verbe=verbe, objet=suggestion, consultation=espace.consultation_id, compte=par, details=details)
    annoncer(espace.pk, "pistes")
