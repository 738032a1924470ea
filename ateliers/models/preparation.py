"""What is made beforehand: running orders kept to serve again, rehearsals of a whole room."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models import Consultation, Territoire


class DerouleGarde(models.Model):
    """A déroulé that someone keeps to use again, in any consultation. It is theirs, and seen by nobody else.

    `etapes`: one dict a step, with the fields of `deroules.EtapeType`.
    """

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deroules_gardes")
    titre = models.CharField(_("nom du déroulé"), max_length=80)
    etapes = models.JSONField()
    le = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("déroulé gardé")
        verbose_name_plural = _("déroulés gardés")
        ordering = ["titre__plie", "pk"]
        constraints = [models.UniqueConstraint(fields=["compte", "titre"], name="deroule_garde_unique")]

    def __str__(self):
        return self.titre


class Repetition(models.Model):
    """A rehearsal of a whole room (`manage.py repeter`), and all that was made for it.

    What is not written here was not made for it: clearing a rehearsal cannot reach anything real.
    """

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="repetition_generale")
    territoire = models.OneToOneField(Territoire, models.PROTECT, related_name="+")
    animateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("animateur")
    )
    commencee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("répétition générale")
        verbose_name_plural = _("répétitions générales")
        ordering = ["pk"]

    def __str__(self):
        return str(self.consultation)
