"""When each periodic task last ran, and how it went: for whoever watches the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Passage(models.Model):
    """One row for each task, kept from one run to the next."""

    nom = models.CharField(_("nom"), max_length=80, unique=True)
    prochain_le = models.DateTimeField(_("prochain passage"))
    commence_le = models.DateTimeField(_("dernier passage"), null=True)
    reussi_le = models.DateTimeField(_("dernier passage réussi"), null=True)
    echecs = models.PositiveIntegerField(_("échecs de suite"), default=0)
    erreur = models.CharField(_("dernière erreur"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["nom"]

    def __str__(self):
        return self.nom
