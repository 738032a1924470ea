"""What those who publish asked to change in the page of a synthesis."""

from wagtail.models import WorkflowState

from ..models import SynthesePage


def retours(syntheses):
    """Return {id of a synthesis: what was written when its page was sent back}, until sent again. Two queries."""
    pages = SynthesePage.objects.filter(synthese__in=[s.pk for s in syntheses])
    pages = dict(pages.values_list("pk", "synthese_id"))
    etats = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, object_id__in=[str(pk) for pk in pages]
    ).select_related("current_task_state")
    lus = {pages[int(etat.object_id)]: etat.current_task_state.comment.strip() for etat in etats}
    return {pk: mots for pk, mots in lus.items() if mots}
