"""How many times what pages are made of was written: the one figure that says whether a page still holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mouvement(models.Model):
    """`n` writings. Their sum over all rows never comes back to what it was; `gardes` says who adds to it."""

    n = models.BigIntegerField()

    class Meta:
        verbose_name = _("mouvement")

    def __str__(self):
        return str(self.n)
