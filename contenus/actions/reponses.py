"""What visitors answer to a page of questions: kept for its time, then erased."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultation import actions as actions_consultation
from consultation.actions.gardes import exiger

from ..models import FormulairePage


@transaction.atomic
def recevoir_reponse(*, page, reponses):
    """Keep one answer, `reponses` {name of a question: what was answered}, and return it. Anyone may answer.

    The journal says that an answer came, never what it says nor of whom. Raises Refus "page_fermee" 409.
    """
    page = FormulairePage.objects.select_for_update(of=("self",), no_key=True).get(pk=page.pk)
    exiger(
        page.live and page.est_ouverte,
        "page_fermee",
        _("Ces questions sont closes. Votre réponse n’est pas partie. Écrivez à l’organisateur."),
        statut=409,
    )
    reponse = page.get_submission_class().objects.create(page=page, form_data=reponses)
    actions_consultation.noter(
        verbe="recevoir_reponse",
        objet=page,
        consultation=page.consultation_id,
        details={"reponse": reponse.pk},
    )
    return reponse


@transaction.atomic
def effacer_reponses_echues():
    """Erase the answers whose time is over; return how many. One entry of the journal for each page."""
    effacees = 0
    for page in FormulairePage.objects.all():
        n, _detail = page.get_submissions().filter(submit_time__lt=page.echeance).delete()
        if n:
            actions_consultation.noter(
                verbe="effacer_reponses_echues",
                objet=page,
                consultation=page.consultation_id,
                details={"lignes": n},
            )
        effacees += n
    return effacees
