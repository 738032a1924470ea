"""The step of Wagtail's own workflow at which the regional group reads a page before it goes out."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from ..regles import peut_publier


class RelectureRegionale(AbstractGroupApprovalTask):
    """Approved by members of its groups who edit the consultation of the page, and by nobody else."""

    class Meta:
        verbose_name = _("relecture régionale")
        verbose_name_plural = _("relectures régionales")

    def _peut(self, page, compte):
        return compte.is_superuser or (self._user_in_groups(compte) and peut_publier(compte, page))

    def user_can_access_editor(self, obj, user):
        return self._peut(obj, user)

    def locked_for_user(self, obj, user):
        return not self._peut(obj, user)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if self._peut(obj, user) else []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Only what this person may approve, so that the admin's first page lists nothing they cannot act on."""
        etats = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser or not etats:
            return etats
        a_soi = [e.pk for e in etats if self._peut(e.workflow_state.content_object, user)]
        return TaskState.objects.filter(pk__in=a_soi)

    @classmethod
    def get_description(cls):
        return _("Les éditeurs de la consultation relisent, demandent des changements ou publient.")
