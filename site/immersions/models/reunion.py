"""What the network's meeting starts from: the needs found for the territory, and the agendas made of a board."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ateliers.models import Atelier

from .dispositif import Dispositif


class Besoin(models.Model):
    """A need found for the territory in a quarter, in the officer's words: anyone reads it, it names nobody."""

    dispositif = models.ForeignKey(Dispositif, models.CASCADE, related_name="besoins")
    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    mots = models.CharField(_("ce qui manque au territoire"), max_length=80)
    note_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("besoin du territoire")
        ordering = ["annee", "numero", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "annee", "numero", "mots"],
                name="besoin_unique",
                violation_error_message=_("Ce besoin est déjà noté pour ce trimestre."),
            ),
        ]

    def __str__(self):
        return self.mots

    @property
    def consultation_id(self):
        return self.dispositif.consultation_id


class OrdreDuJour(models.Model):
    """An agenda of the network's meeting, made of lines of the board; the meeting is a workshop.

    `trimestre`: 1 to 4, or None for the year.
    """

    dispositif = models.ForeignKey(Dispositif, models.CASCADE, related_name="ordres_du_jour")
    atelier = models.OneToOneField(Atelier, models.CASCADE, related_name="ordre_du_jour")
    annee = models.PositiveSmallIntegerField()
    trimestre = models.PositiveSmallIntegerField(null=True, blank=True)
    fait_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ordre du jour")
        ordering = ["-fait_le", "-pk"]

    def __str__(self):
        return self.atelier.titre

    @property
    def consultation_id(self):
        return self.dispositif.consultation_id
