"""Who gets to the desk, and how what was typed is read."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail import hooks

from consultation import regles
from consultation.actions.syntheses import lieu_de
from consultation.models import Espace, Synthese
from consultation.textes import entiers


def pour_espace(vue):
    """Give the view its Espace: login asked of strangers, 404 if it does not exist, 403 without the right."""

    @wraps(vue)
    @login_required
    def enveloppe(request, espace_id, **kwargs):
        espace = get_object_or_404(Espace.objects.select_related("consultation"), pk=espace_id)
        if not regles.peut_rapporter(request.user, espace):
            raise PermissionDenied
        return vue(request, espace, **kwargs)

    return enveloppe


def pour_synthese(vue):
    """The same for a Synthese; who publishes may look. `synthese.a_ecrire`: whether the account may write it."""

    @wraps(vue)
    @login_required
    def enveloppe(request, synthese_id, **kwargs):
        avec = Synthese.objects.select_related("consultation", "espace", "territoire")
        synthese = get_object_or_404(avec, pk=synthese_id)
        synthese.a_ecrire = regles.peut_rapporter(request.user, lieu_de(synthese))
        if not synthese.a_ecrire and not regles.peut_editer(request.user, synthese.consultation):
            raise PermissionDenied
        return vue(request, synthese, **kwargs)

    return enveloppe


def choisis(objets, saisies):
    """Return those of the queryset `objets` whose ids were ticked."""
    return list(objets.filter(pk__in=entiers(saisies)))


def retours(syntheses):
    """Return {id: what was asked to change}, told by those who publish (hook "retours_des_syntheses")."""
    return {pk: mots for dire in hooks.get_hooks("retours_des_syntheses") for pk, mots in dire(syntheses).items()}
