"""What was decided of a piste since: kept, under way, done, set aside, handed to someone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .pistes import Piste


class SuiteQuerySet(models.QuerySet):
    def debout(self):
        """Those that are read as they are: neither corrected by another nor withdrawn."""
        return self.filter(corrigee_par__isnull=True, retiree_le__isnull=True)


class Suite(models.Model):
    """One answer to a piste, dated, with a reason, by someone of the network.

    It is never rewritten: another one corrects it (`corrige`), or it is withdrawn with a reason. It is still read.
    """

    class Etat(models.TextChoices):
        RETENUE = "retenue", _("Retenue")
        EN_COURS = "en_cours", _("En cours")
        REALISEE = "realisee", _("Réalisée")
        CONFIEE = "confiee", _("Confiée")
        ECARTEE = "ecartee", _("Écartée")

    piste = models.ForeignKey(Piste, models.CASCADE, related_name="suites", verbose_name=_("piste"))
    etat = models.CharField(_("réponse"), max_length=8, choices=Etat)
    le = models.DateField(_("décidé le"))
    raison = models.CharField(_("la raison, ou ce qui est fait"), max_length=500)
    decidee_par = models.CharField(
        _("qui a décidé"), max_length=120, help_text=_("Par exemple : le conseil d’administration régional.")
    )
    confiee_a = models.CharField(_("confiée à qui"), max_length=160, blank=True)
    nouvelle_le = models.DateField(_("prochaine nouvelle le"), null=True, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document joint"),
    )
    corrige = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="corrigee_par")
    retiree_le = models.DateTimeField(null=True, blank=True)
    motif_retrait = models.CharField(_("pourquoi la retirer"), max_length=300, blank=True)
    ecrite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = SuiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse à une piste")
        verbose_name_plural = _("réponses aux pistes")
        ordering = ["le", "pk"]

    def __str__(self):
        return f"{self.piste} : {self.get_etat_display()}"
