"""Who is told by e-mail that a page waits to be read: those who may answer, and nobody else."""

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from . import regles


class AvisDeRelecture(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail writes to whole groups, so to the editors of every region, and to administrators."""

    def get_recipient_users(self, task_state, **kwargs):
        page = task_state.workflow_state.content_object.specific
        auteur = kwargs.get("user")
        return regles.relecteurs(page).exclude(pk=getattr(auteur, "pk", None))

    def get_template_base_prefix(self, instance, **kwargs):
        return "relecture_"


prevenir = AvisDeRelecture()


def brancher():
    """Take the place of Wagtail's own letter: one name has one receiver, whichever app is ready first."""
    nom = {"sender": TaskState, "dispatch_uid": "group_approval_task_submitted_email_notification"}
    task_submitted.disconnect(**nom)
    task_submitted.connect(prevenir, **nom)
