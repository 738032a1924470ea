"""Who is at the door of a scheme's pages: the person by their code, a party by the code of the day."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ateliers import essais, identite
from consultation import lectures as lectures_consultation
from consultation.erreurs import Refus

from . import lectures
from .models import Dispositif, Immersion


def avec_dispositif(vue):
    """Give the view the Dispositif of its address, or 404."""

    @wraps(vue)
    def enveloppe(request, slug, **kwargs):
        tous = Dispositif.objects.select_related("consultation__territoire")
        return vue(request, get_object_or_404(tous, consultation__slug=slug), **kwargs)

    return enveloppe


def personne_de(request, dispositif):
    """The Participant that this device speaks as in the scheme, or None."""
    return identite.participant_de(request, dispositif.consultation)


def la_sienne(request, dispositif, pk):
    """An immersion of whoever this device speaks as; anyone else's does not exist here."""
    personne = personne_de(request, dispositif)
    if personne is None:
        raise Http404
    return get_object_or_404(lectures.immersions_de(dispositif), pk=pk, participant=personne)


def chercher(request, dispositif, saisie):
    """Return the Participant, or the CodeDuJour, that a code is. Raises Refus 404, 429 past the tries allowed."""
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    trouve = lectures_consultation.participant_par_code(saisie)
    if trouve is not None and trouve.consultation_id != dispositif.consultation_id:
        trouve = None
    trouve = trouve or lectures.ouverte_par_code(dispositif, saisie)
    if trouve is None:
        essais.compter(qui)
        dit = _("Ce code ne marche pas. Relisez votre carte : il n’y a ni lettre O, ni chiffre 0.")
        raise Refus("code_faux", dit, statut=404, champ="code")
    essais.laisser_passer(qui)
    return trouve


def avec_essais(request, acte, **champs):
    """Call an act that a code signs: too many wrong ones ask for a small proof first. Raises Refus."""
    qui = essais.visiteur(request)
    essais.exiger(qui, request.POST)
    try:
        fait = acte(**champs)
    except Refus as refus:
        if refus.code == "pas_votre_code":
            essais.compter(qui)
        raise
    essais.laisser_passer(qui)
    return fait


def immersion_a_signer(dispositif, participant):
    """The immersion of someone whose convention waits for their signature, or the latest still open, or None."""
    siennes = lectures.immersions_de(dispositif).filter(participant=participant, arretee_le=None, bilan_le=None)
    return siennes.first()


def vivante(dispositif, pk):
    """An immersion of the scheme, whoever asks: what is done with it is signed by a code."""
    return get_object_or_404(
        Immersion.objects.select_related("dispositif__consultation", "participant"),
        dispositif=dispositif,
        pk=pk,
        effacee_le=None,
    )
