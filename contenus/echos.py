"""What Wagtail tells us upward: a page went out, was submitted or was sent back, a document was read. Each calls
one action.
"""

import logging
import re

from wagtail.documents.models import document_served
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, workflow_rejected, workflow_submitted

from consultation.erreurs import Refus

from .models import SynthesePage

logger = logging.getLogger(__name__)
#: Programs that read the web say so in their name; a browser says which it is.
_ROBOT = re.compile(r"bot|crawl|spider|slurp|fetch|preview|curl|wget|python|monitor|^$", re.IGNORECASE)


def brancher():
    document_served.connect(document_lu, dispatch_uid="contenus.document_lu")
    page_published.connect(page_parue, sender=SynthesePage, dispatch_uid="contenus.page_parue")
    workflow_submitted.connect(page_soumise, dispatch_uid="contenus.page_soumise")
    workflow_rejected.connect(page_rendue, dispatch_uid="contenus.page_rendue")


def page_parue(sender, instance, revision, **kwargs):
    """The page is out: its synthesis is published. A page scheduled for later is not out yet."""
    from . import actions  # actions import the models, which import nothing of ours: no loop, only order

    if instance.live:
        _suivre(actions.constater_publication, page=instance, par=get_active_log_context().user)


def document_lu(sender, instance, request, **kwargs):
    """Someone took a document: neither a robot, nor a browser that looks ahead or only asks if it is there."""
    from . import actions

    avance = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if (
        request.method == "GET"
        and "prefetch" not in avance
        and not _ROBOT.search(request.headers.get("User-Agent", ""))
    ):
        actions.compter_telechargement(document=instance)


def page_soumise(sender, instance, user, **kwargs):
    from . import actions

    if page := _page_de(instance):
        _suivre(actions.constater_soumission, page=page, par=user)


def page_rendue(sender, instance, user, **kwargs):
    from . import actions

    if page := _page_de(instance):
        _suivre(actions.constater_retour, page=page, par=user, motif=instance.current_task_state.comment)


def _page_de(etat):
    """The synthesis page a workflow state speaks of, or None."""
    objet = etat.content_object
    return objet.specific if objet is not None and objet.specific_class is SynthesePage else None


def _suivre(action, *, page, par, **autres):
    """What Wagtail did is done: if the synthesis cannot follow, it is said in the log and nothing is undone."""
    try:
        action(page=page, par=par, **autres)
    except Refus as refus:
        logger.warning("Synthesis of page %s did not follow: %s", page.pk, refus.code)
