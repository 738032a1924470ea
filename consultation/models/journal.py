"""The append-only record of every act."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEnAjoutSeul(RuntimeError):
    """Raised by any attempt to change or delete an entry."""


class EntreesQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise JournalEnAjoutSeul("The journal is append-only.")

    def delete(self):
        raise JournalEnAjoutSeul("The journal is append-only.")


class Journal(models.Model):
    """Who did what, when and why. Actors are numbers, never names: erasing a person leaves nothing here."""

    consultation = models.ForeignKey(
        "consultation.Consultation", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    participant = models.ForeignKey(
        "consultation.Participant", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    verbe = models.CharField(_("acte"), max_length=40)
    objet_type = models.CharField(max_length=40, blank=True)
    objet_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    motif = models.CharField(_("motif"), max_length=300, blank=True)
    le = models.DateTimeField(_("le"), auto_now_add=True)

    objects = EntreesQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["consultation", "-id"]),
            models.Index(fields=["objet_type", "objet_id"]),
        ]

    def __str__(self):
        return f"{self.verbe} {self.objet_type} {self.objet_id or ''}".strip()

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise JournalEnAjoutSeul("The journal is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise JournalEnAjoutSeul("The journal is append-only.")
