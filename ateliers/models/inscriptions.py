"""Who will come: waiting lists, words of their lists, registering by oneself, addresses left for the event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.models import College, Consultation, Participant

from .deroulement import Atelier


class Attente(models.Model):
    """Someone who would like a seat in a full atelier: registered all the same, served in the order of asking."""

    atelier = models.ForeignKey(Atelier, models.CASCADE, related_name="attentes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attentes")
    depuis = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attente d’une place")
        verbose_name_plural = _("attentes d’une place")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["atelier", "participant"], name="attente_unique")]

    def __str__(self):
        return f"{self.participant} · {self.atelier}"


class MotDeListe(models.Model):
    """What a word of an organiser's list was said to mean, so that it is asked once.

    `valeur`: the key of a college, territoire or atelier, "-" for nothing, "+name" for a territoire to create.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="mots_de_liste")
    champ = models.CharField(max_length=12)
    cle = models.CharField(max_length=120)
    valeur = models.CharField(max_length=130)
    le = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("mot d’une liste")
        verbose_name_plural = _("mots d’une liste")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "champ", "cle"], name="mot_de_liste_unique")
        ]

    def __str__(self):
        return self.cle


class Adresse(models.Model):
    """An e-mail someone agreed to leave for the time of the event; erased by itself after `jusqu_au`."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="adresse")
    courriel = models.EmailField(_("courriel"))
    accord_le = models.DateTimeField(auto_now_add=True)
    jusqu_au = models.DateField(_("gardée jusqu’au"))

    class Meta:
        verbose_name = _("adresse")
        ordering = ["pk"]

    def __str__(self):
        return str(self.participant)


class InscriptionPublique(models.Model):
    """Whether people may register by themselves for a consultation, and until when (that day included)."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="inscription_publique")
    ouverte = models.BooleanField(_("ouverte"), default=False)
    jusqu_au = models.DateField(_("dernier jour pour s’inscrire"), null=True, blank=True)

    class Meta:
        verbose_name = _("inscription publique")
        verbose_name_plural = _("inscriptions publiques")

    def __str__(self):
        return str(self.consultation)


class Demande(models.Model):
    """Someone who wanted to register when no seat was left for their college; first come, first served."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="demandes")
    college = models.ForeignKey(College, models.CASCADE, related_name="+")
    prenom = models.CharField(_("prénom ou surnom"), max_length=40)
    nom = models.CharField(_("nom"), max_length=80, blank=True)
    courriel = models.EmailField(_("courriel"), blank=True)
    accord_publication = models.BooleanField(default=False)
    ateliers = models.ManyToManyField(Atelier, blank=True, related_name="+")
    cle = models.CharField(max_length=64, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("demande d’inscription")
        verbose_name_plural = _("demandes d’inscription")
        ordering = ["pk"]

    def __str__(self):
        return self.prenom
