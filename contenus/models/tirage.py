"""A print run: the booklets of many people, made one by one in the background, then one file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models import Consultation, FichierPrepare, Participant


class Tirage(FichierPrepare):
    """Who is in it is settled when it is asked for; what each booklet says, when it is made."""

    DOSSIER = "tirages"

    class Format(models.TextChoices):
        A5 = "a5", _("A5, à lire")
        LIVRET = "livret", _("A5 sur A4, à plier")
        A4 = "a4", _("A4")
        GROS = "gros", _("A4, gros caractères")

    class Edition(models.TextChoices):
        AVANT = "avant", _("avant le séminaire")
        APRES = "apres", _("après le séminaire : ce que leurs idées sont devenues")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="tirages")
    format = models.CharField(_("format"), max_length=8, choices=Format, default=Format.A5)
    edition = models.CharField(_("édition"), max_length=8, choices=Edition, default=Edition.AVANT)
    pages = models.PositiveIntegerField(default=0, help_text="Of the whole file.")
    relies = models.PositiveIntegerField(default=0, help_text="How many booklets the whole file has.")

    class Meta(FichierPrepare.Meta):
        verbose_name = _("tirage de carnets")
        verbose_name_plural = _("tirages de carnets")

    @property
    def fichier(self):
        """The whole file of the run, once it is finished."""
        return self.dossier / "carnets.pdf"


class CarnetTire(models.Model):
    """One person's booklet in a run; it goes with them."""

    class Etat(models.TextChoices):
        ATTENTE = "attente", _("pas encore fait")
        FAIT = "fait", _("fait")
        ECHEC = "echec", _("n’a pas pu être fait")

    tirage = models.ForeignKey(Tirage, models.CASCADE, related_name="carnets")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    rang = models.PositiveIntegerField()
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.ATTENTE)
    mots = models.CharField(max_length=200, blank=True, help_text="What must be known of it, in French.")

    class Meta:
        verbose_name = _("carnet tiré")
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(fields=["tirage", "participant"], name="un_carnet_par_tirage")]

    def __str__(self):
        return f"{self.tirage_id}, {self.rang}"

    @property
    def fichier(self):
        """This booklet alone, once it is made."""
        return self.tirage.dossier / f"{self.rang:05d}.pdf"
