"""Who gets into which page of a forum."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from ateliers import identite
from consultation import regles
from consultation.models import Consultation, Forum


def chercher_forum(request, slug):
    """Return the Forum of an address, or 404. Before it is published, its team alone reads it."""
    forums = Forum.objects.select_related("consultation__territoire", "espace", "scrutin__consultation")
    forum = forums.filter(consultation__slug=slug).first()
    if forum is None:
        raise Http404
    prepare = forum.consultation.etat == Consultation.Etat.PREPARATION
    if prepare and not regles.peut_voir_console(request.user, forum.espace):
        raise Http404
    return forum


def avec_forum(vue):
    """Give the view the Forum of its address."""

    @wraps(vue)
    def enveloppe(request, slug, **kwargs):
        return vue(request, chercher_forum(request, slug), **kwargs)

    return enveloppe


def avec_participant(vue):
    """Give the view the Forum and whom this device speaks as in it; a stranger is asked for a code."""

    @wraps(vue)
    @avec_forum
    def enveloppe(request, forum, **kwargs):
        participant = identite.participant_de(request, forum.consultation)
        if participant is None:
            return redirect("forums:entrer", slug=forum.consultation.slug)
        return vue(request, forum, participant, **kwargs)

    return enveloppe


def pour_equipe(droit):
    """Give the view the Forum, to accounts that have `droit` on its espace: login asked, 403 otherwise."""

    def decorer(vue):
        @wraps(vue)
        @login_required
        @avec_forum
        def enveloppe(request, forum, **kwargs):
            if not droit(request.user, forum.espace):
                raise PermissionDenied
            return vue(request, forum, **kwargs)

        return enveloppe

    return decorer
