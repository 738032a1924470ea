"""What becomes of a national seminar in the regions: one follow-up a region, each a consultation of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadre import Consultation, Espace
from .reseau import Territoire


class Suivi(models.Model):
    """A region follows a national seminar up: its group meets, writes and submits in a consultation of its own.

    Roles in the region are mandates of `regionale`; its organisers are the référents. `regles` says what the
    national group may do there. `reprises`: the espace where national pistes are taken over, with their lineage.
    """

    nationale = models.ForeignKey(Consultation, models.CASCADE, related_name="suivis")
    regionale = models.OneToOneField(Consultation, models.CASCADE, related_name="suivi")
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        related_name="suivis",
        verbose_name=_("région"),
        limit_choices_to={"niveau": "region"},
    )
    reprises = models.OneToOneField(Espace, models.PROTECT, related_name="suivi_des_reprises")
    attendue_le = models.DateField(_("synthèse attendue le"))
    ouvert_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suivi en région")
        verbose_name_plural = _("suivis en région")
        ordering = ["territoire__nom__plie"]
        constraints = [models.UniqueConstraint(fields=["nationale", "territoire"], name="suivi_unique")]

    def __str__(self):
        return str(self.territoire)
