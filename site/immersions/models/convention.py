"""A convention: who signs it and how, what an amendment changed, the code of the day."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .immersion import Immersion


class Partie(models.TextChoices):
    """The three who sign."""

    PERSONNE = "personne", _("La personne")
    STRUCTURE = "structure", _("La structure qui l’emploie")
    ACCUEIL = "accueil", _("L’entreprise d’accueil")


class Signature(models.Model):
    """One party signed one version of the convention. A scan is kept with it when it was on paper."""

    class Moyen(models.TextChoices):
        CODE = "code", _("avec son code")
        PAPIER = "papier", _("sur papier")

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="signatures")
    version = models.PositiveSmallIntegerField()
    partie = models.CharField(max_length=10, choices=Partie)
    moyen = models.CharField(max_length=8, choices=Moyen)
    le = models.DateTimeField(default=timezone.now)
    scan = models.BinaryField(null=True, blank=True)
    scan_type = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("signature")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["immersion", "version", "partie"], name="signature_unique"),
        ]

    def __str__(self):
        return f"{self.get_partie_display()} · {self.get_moyen_display()}"


class Avenant(models.Model):
    """What an amendment changed. `avant` and `apres`: {field: value in words}; `numero` 1 made version 2."""

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="avenants")
    numero = models.PositiveSmallIntegerField()
    motif = models.CharField(_("pourquoi"), max_length=300)
    avant = models.JSONField(default=dict)
    apres = models.JSONField(default=dict)
    le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("avenant")
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["immersion", "numero"], name="avenant_unique")]

    def __str__(self):
        return _("avenant n° %(n)s") % {"n": self.numero}


class CodeDuJour(models.Model):
    """What opens one immersion to the structure or to the enterprise, for a day. Kept as a keyed hash."""

    DUREE = timedelta(hours=24)

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="codes")
    partie = models.CharField(max_length=10, choices=Partie)
    empreinte = models.CharField(max_length=64, unique=True)
    fin = models.DateTimeField()

    class Meta:
        verbose_name = _("code du jour")
        ordering = ["-pk"]

    def __str__(self):
        return self.get_partie_display()
