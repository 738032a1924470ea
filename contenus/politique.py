"""Wagtail's permission policies of pages and of old addresses: they answer with `regles` alone."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from . import regles

#: Wagtail's words for acts, and the rule of ours that limits each. Adding below a page is the tree's own business.
REGLES = {
    "change": regles.peut_ecrire,
    "publish": regles.peut_publier,
    "delete": regles.peut_retirer,
    "bulk_delete": regles.peut_retirer,
    "lock": regles.peut_retirer,
    "unlock": regles.peut_retirer,
}


class PolitiqueDesPages(PagePermissionPolicy):
    """Explorer, search, reports, history of the site, choosers and the admin's own API all ask here."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(
            super(PolitiqueDesPages, self).user_has_any_permission_for_instance(user, {acte}, instance)
            and (acte not in REGLES or REGLES[acte](user, instance))
            for acte in actions
        )

    def instances_user_has_any_permission_for(self, user, actions):
        return self._vues(user, super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user):
        return self._vues(user, super().explorable_instances(user))

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        comptes = super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        permis = [c.pk for c in comptes if self.user_has_any_permission_for_instance(c, actions, instance)]
        return comptes.filter(pk__in=permis)

    def _vues(self, user, pages):
        if user.is_superuser or pages.query.is_empty():  # the menu asks at each page of the desk
            return pages
        return pages.filter(pk__in=regles.pages_visibles(user).values("pk"))


class PolitiqueDesRedirections(BasePermissionPolicy):
    """Old addresses: whoever publishes adds some; each changes those that lead to no page of another region."""

    def user_has_permission(self, user, action):
        return regles.peut_rediriger(user)

    def user_has_any_permission(self, user, actions):
        return regles.peut_rediriger(user)

    def instances_user_has_any_permission_for(self, user, actions):
        return regles.redirections_de(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return regles.redirections_de(user).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions):
        comptes = get_user_model().objects.filter(is_active=True)
        return comptes.filter(pk__in=[compte.pk for compte in comptes if regles.peut_rediriger(compte)])
