"""Who asked to be written to when what they proposed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models import Participant
from consultation.models.suivi import nouvelle_cle_de_suivi


class SuiviDAuteur(models.Model):
    """An address that an author left. It goes with them, and whoever holds `cle` may end it.

    It is written to once its owner has said yes from a letter. `dites`: what was told already, so that nothing is
    told twice ("s<answer>", "p<piste>", see `lectures.devenues`).
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="suivi")
    courriel = models.EmailField(_("adresse e-mail"))
    cle = models.CharField(max_length=32, unique=True, default=nouvelle_cle_de_suivi)
    demande_le = models.DateTimeField()
    confirme_le = models.DateTimeField(null=True, blank=True)
    ecrit_le = models.DateTimeField(null=True, blank=True)
    dites = models.JSONField(default=list)

    class Meta:
        verbose_name = _("suivi d’une proposition")
        ordering = ["pk"]

    def __str__(self):
        return str(self.participant.consultation)
