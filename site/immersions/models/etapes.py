"""What is done on the way: enterprises asked, obstacles, weekly points, reminders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .dispositif import Entreprise
from .immersion import Immersion


class Demarche(models.Model):
    """One enterprise asked for one immersion: by whom, how, what it answered. Never several at once."""

    class Moyen(models.TextChoices):
        TELEPHONE = "telephone", _("par téléphone")
        VISITE = "visite", _("en allant la voir")
        COURRIEL = "courriel", _("par un e-mail écrit pour elle")

    class Reponse(models.TextChoices):
        ATTEND = "attend", _("pas encore de réponse")
        OUI = "oui", _("elle accepte")
        NON = "non", _("elle refuse")

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="demarches")
    entreprise = models.ForeignKey(Entreprise, models.CASCADE, related_name="demarches")
    moyen = models.CharField(_("comment"), max_length=10, choices=Moyen)
    le = models.DateField(_("quand"))
    reponse = models.CharField(_("sa réponse"), max_length=8, choices=Reponse, default=Reponse.ATTEND)

    class Meta:
        verbose_name = _("démarche")
        ordering = ["le", "pk"]
        constraints = [models.UniqueConstraint(fields=["immersion", "entreprise"], name="demarche_unique")]

    def __str__(self):
        return f"{self.entreprise} · {self.get_reponse_display()}"


class Obstacle(models.Model):
    """What stands in the way, and who lifts it."""

    class Sorte(models.TextChoices):
        MOBILITE = "mobilite", _("Se déplacer")
        GARDE = "garde", _("Garde des enfants")
        EQUIPEMENT = "equipement", _("Équipement, vêtements")
        HORAIRES = "horaires", _("Horaires")
        LECTURE = "lecture", _("Lire et écrire")
        AUTRE = "autre", _("Autre chose")

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="obstacles")
    sorte = models.CharField(_("obstacle"), max_length=12, choices=Sorte)
    qui = models.CharField(_("qui s’en occupe"), max_length=120)
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    leve_le = models.DateField(_("réglé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("obstacle")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["immersion", "sorte"], name="obstacle_unique")]

    def __str__(self):
        return self.get_sorte_display()


class Point(models.Model):
    """A weekly point of an immersion that validates skills."""

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="points")
    le = models.DateField(_("jour"))
    texte = models.TextField(_("ce qui a été vu"), max_length=600)

    class Meta:
        verbose_name = _("point de la semaine")
        ordering = ["le", "pk"]

    def __str__(self):
        return str(self.le)


class Relance(models.Model):
    """Someone was reminded, by telephone or by going to see them, of one thing that waits."""

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="relances")
    quoi = models.CharField(max_length=24)
    le = models.DateField()

    class Meta:
        verbose_name = _("relance")
        ordering = ["-le", "-pk"]

    def __str__(self):
        return self.quoi
