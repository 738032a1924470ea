"""The guard every page of the house carries: Wagtail says where, `contenus.regles` says whose."""

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import PagePermissionTester

from consultation.regles import consultations_editees

from .. import regles


class DroitsDePage(PagePermissionTester):
    """What someone may do with a page: what Wagtail's tree allows, less what is not theirs.

    Acts that reach the pages below (delete, move, unpublish, hide) ask the same of each of them.
    """

    def _regle(self, nom):
        return getattr(regles, nom)(self.user, self.page)

    def can_edit(self):
        return super().can_edit() and self._regle("peut_ecrire")

    def can_publish(self):
        return super().can_publish() and self._regle("peut_publier") and not self._a_expliquer()

    def _a_expliquer(self):
        """A synthesis that cites some colleges much more than others goes out with the reason, or not."""
        return getattr(self.page, "ecart_a_expliquer", False)

    def can_view_revisions(self):
        return super().can_view_revisions() and (self.can_edit() or self.can_publish())

    def can_submit_for_moderation(self):
        return super().can_submit_for_moderation() and self.can_edit() and not self._a_expliquer()

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self._regle("peut_retirer")

    def can_unpublish(self):
        return super().can_unpublish() and self._regle("peut_retirer")

    def can_set_view_restrictions(self):
        return super().can_set_view_restrictions() and self._regle("peut_retirer")

    def can_lock(self):
        return super().can_lock() and self._regle("peut_retirer")

    def can_unlock(self):
        return super().can_unlock() and self._regle("peut_retirer")

    def can_reorder_children(self):
        return super().can_reorder_children() and self._regle("peut_retirer")

    def can_copy(self):
        return self._regle("se_copie") and super().can_copy()


class PageGardee:
    """First base of every page type: a test refuses a page that does without."""

    def permissions_for_user(self, user):
        return DroitsDePage(user, self)


class FormulaireDeSeminaire(WagtailAdminPageForm):
    """The page of a seminar speaks for a consultation that its author publishes, and for no other."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "consultation" in self.fields and self.for_user is not None:
            self.fields["consultation"].queryset = consultations_editees(self.for_user)
