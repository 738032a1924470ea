"""Votes cast on paper: sheets printed with a number, and those keyed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadre import College
from .scrutins import Bulletin, Scrutin


class LotDeBulletins(models.Model):
    """Sheets printed together for one vote, numbered from `premier` on. Two lots of a vote share no number."""

    class Format(models.TextChoices):
        A5 = "a5", _("Deux par feuille A4")
        A6 = "a6", _("Quatre par feuille A4")

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="lots")
    college = models.ForeignKey(
        College,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the college is a box to tick.",
    )
    premier = models.PositiveIntegerField()
    nombre = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=2, choices=Format, default=Format.A5)
    pistes = models.JSONField(help_text="Ids of the pistes printed, in order.")
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lot de bulletins")
        ordering = ["premier"]
        constraints = [models.UniqueConstraint(fields=["scrutin", "premier"], name="lot_unique")]

    def __str__(self):
        return f"{self.scrutin_id}:{self.premier}–{self.dernier}"

    @property
    def dernier(self):
        return self.premier + self.nombre - 1


class BulletinPapier(models.Model):
    """That the sheet of this number was keyed in, once. Its Bulletin is of a participant without name or code."""

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="bulletins_papier")
    numero = models.PositiveIntegerField()
    bulletin = models.OneToOneField(Bulletin, models.CASCADE, related_name="papier")
    saisi_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bulletin papier")
        constraints = [models.UniqueConstraint(fields=["scrutin", "numero"], name="bulletin_papier_unique")]

    def __str__(self):
        return f"{self.scrutin_id}:{self.numero}"
