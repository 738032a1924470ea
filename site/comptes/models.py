from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class GestionnaireUtilisateurs(BaseUserManager):
    """Creates accounts whose login is the e-mail, kept in lower case so that one person is one account."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """Raise ValueError when no e-mail is given: participants need none, accounts do."""
        if not email:
            raise ValueError("An account needs an e-mail.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=(email or "").strip().lower())


class Utilisateur(AbstractUser):
    """Someone with an account: organiser, facilitator, rapporteur or editor. Participants need none."""

    username = None
    email = models.EmailField(_("adresse de courriel"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = GestionnaireUtilisateurs()

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()
