"""Wagtail's permission policies, answering with `regles`: no right is held in two places."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy

from .. import regles
from ..models import Mandat


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
        organise = Q(pk__in=Mandat.objects.filter(role=Mandat.Role.ORGANISATEUR).values("compte_id"))
        return get_user_model().objects.filter(Q(is_superuser=True) | organise, is_active=True)


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
        siennes = regles.consultations_de(user)
        if "view" in actions or user.is_superuser:
            return siennes
        organise = Mandat.objects.filter(compte=user, role=Mandat.Role.ORGANISATEUR)
        return siennes.filter(pk__in=organise.values("consultation_id"))

    def users_with_any_permission_for_instance(self, actions, instance):
        mandats = Mandat.objects.filter(consultation=instance)
        if "view" not in actions:
            mandats = mandats.filter(role=Mandat.Role.ORGANISATEUR)
        confie = Q(pk__in=mandats.values("compte_id"))
        return get_user_model().objects.filter(Q(is_superuser=True) | confie, is_active=True)
