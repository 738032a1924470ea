"""Wagtail's permission policies, answering with `regles`: no right is held in two places."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy

from .. import regles


class PolitiqueCommune(BasePermissionPolicy):
    """Territoires and structures are shared by all: whoever organises something may prepare them."""

    def user_has_permission(self, user, action):
        return regles.organise_quelque_chose(user)

    def user_has_any_permission(self, user, actions):
        return regles.organise_quelque_chose(user)

    def instances_user_has_any_permission_for(self, user, actions):
        """They are no secret: what they are called is on every public page."""
        return self.model._default_manager.all()

    def users_with_any_permission(self, actions):
        return _ou_administrateur(regles.comptes_avec((regles.ORGANISATEUR,)))


class PolitiqueConsultation(PolitiqueCommune):
    """Each sees the consultations they are entrusted with; its organisers alone change one."""

    def user_has_permission(self, user, action):
        if action == "view":
            return regles.consultations_de(user).exists()
        return regles.organise_quelque_chose(user)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        if action == "view":
            return regles.consultations_de(user).filter(pk=instance.pk).exists()
        return regles.est_organisateur(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return regles.consultations_de(user) if "view" in actions else regles.consultations_organisees(user)

    def users_with_any_permission_for_instance(self, actions, instance):
        if "view" in actions:
            return _ou_administrateur(regles.comptes_confies(instance))
        return _ou_administrateur(regles.comptes_avec((regles.ORGANISATEUR,), instance))


def _ou_administrateur(comptes):
    """These accounts, and the administrators."""
    return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=comptes.values("pk")), is_active=True)
