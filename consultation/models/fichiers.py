"""A file made in the background: asked for, made by the worker, given for some days, gone."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadre import Consultation


class FichierPrepare(models.Model):
    """What each has. `DOSSIER`: the folder of its kind, beside the base, never among published files."""

    DOSSIER = ""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", _("en cours")
        ARRETE = "arrete", _("arrêté")
        FAIT = "fait", _("prêt")

    etat = models.CharField(_("état"), max_length=8, choices=Etat, default=Etat.EN_COURS)
    demande_le = models.DateTimeField(auto_now_add=True)
    demande_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    fini_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self):
        return str(self.consultation)

    @property
    def dossier(self):
        """Where its files are, one folder for each."""
        return Path(settings.VAR) / self.DOSSIER / str(self.pk)


class Classeur(FichierPrepare):
    """Everything of a consultation as one XLSX, of the moment it was made: it goes as soon as words of it go."""

    DOSSIER = "classeurs"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="classeurs")
    feuilles = models.PositiveSmallIntegerField(default=0, help_text="Sheets written.")
    lignes = models.PositiveIntegerField(default=0, help_text="Rows written.")
    octets = models.PositiveBigIntegerField(default=0, help_text="Size of the file, once it is made.")
    mots = models.CharField(max_length=200, blank=True, help_text="Why there is no file, in French.")

    class Meta(FichierPrepare.Meta):
        verbose_name = _("classeur complet")
        verbose_name_plural = _("classeurs complets")

    @property
    def fichier(self):
        """The file, once it is made."""
        return self.dossier / "classeur.xlsx"
