"""Asking someone to say more exactly what they mean: the question, and the words there were before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .pistes import Proposition


class PrecisionQuerySet(models.QuerySet):
    def en_attente(self):
        """Those their author may still answer: words a piste has gathered belong to the group's work."""
        return self.filter(repondue_le=None, proposition__piste=None, proposition__auteur__isnull=False).exclude(
            proposition__moderation=Proposition.Moderation.ECARTEE
        )


class Precision(models.Model):
    """What its author was asked about a proposition. They alone answer: by new words, or by keeping theirs.

    `avant`: the words that were replaced, for their author to read; "" when they were kept.
    """

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="precisions")
    demande = models.CharField(_("ce qu’on demande"), max_length=200)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    demandee_le = models.DateTimeField(auto_now_add=True)
    avant = models.TextField(_("mots d’avant"), blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)
    cle = models.CharField(max_length=64, blank=True, help_text="Idempotency key chosen by the device.")

    objects = PrecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("précision demandée")
        verbose_name_plural = _("précisions demandées")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposition"], condition=models.Q(repondue_le=None), name="une_precision_a_la_fois"
            )
        ]

    def __str__(self):
        return self.demande
