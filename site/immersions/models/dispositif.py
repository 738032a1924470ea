"""The scheme, its portfolio of enterprises, and the figures of its quarters."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.models import Consultation


class Dispositif(models.Model):
    """The scheme that organises immersions for a territory; its officers organise its consultation."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="immersions")
    porteur = models.CharField(_("qui porte le dispositif"), max_length=160)
    telephone = models.CharField(
        _("téléphone"), max_length=30, blank=True, help_text=_("Pour qui a perdu son code, ou a une question.")
    )
    vise = models.PositiveSmallIntegerField(
        _("immersions visées par an"), default=40, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("dispositif d’immersions")

    def __str__(self):
        return self.consultation.titre


class Secteur(models.TextChoices):
    BATIMENT = "batiment", _("Bâtiment")
    ESPACES_VERTS = "espaces_verts", _("Espaces verts")
    PROPRETE = "proprete", _("Propreté")
    COMMERCE = "commerce", _("Commerce")
    AIDE = "aide", _("Aide à la personne")
    RESTAURATION = "restauration", _("Restauration")
    LOGISTIQUE = "logistique", _("Logistique")
    INDUSTRIE = "industrie", _("Industrie")
    AGRICULTURE = "agriculture", _("Agriculture")
    BUREAU = "bureau", _("Bureau")
    AUTRE = "autre", _("Autre")


class Entreprise(models.Model):
    """One line of the portfolio: who may welcome someone, and what they accept."""

    dispositif = models.ForeignKey(Dispositif, models.CASCADE, related_name="entreprises")
    nom = models.CharField(_("nom"), max_length=160)
    secteur = models.CharField(_("secteur"), max_length=16, choices=Secteur)
    adresse = models.CharField(_("adresse"), max_length=200, blank=True)
    ville = models.CharField(_("ville"), max_length=120)
    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"\A\d{14}\Z", _("Un SIRET a quatorze chiffres."))],
    )
    contact = models.CharField(_("qui appeler"), max_length=120, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=30, blank=True)
    accepte = models.CharField(
        _("ce qu’elle accepte"),
        max_length=300,
        blank=True,
        help_text=_("Par exemple : une personne à la fois, pas en juillet, chaussures prêtées."),
    )
    fermee_le = models.DateField(_("n’accueille plus depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("entreprise")
        ordering = ["nom__plie", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispositif", "nom", "ville"], name="entreprise_unique"),
        ]

    def __str__(self):
        return f"{self.nom}, {self.ville}"


class Trimestre(models.Model):
    """The figures of a finished quarter, counted once and never again; `chiffres` is what may be told of it.

    See `immersions.comptage` for its shape.
    """

    dispositif = models.ForeignKey(Dispositif, models.CASCADE, related_name="trimestres")
    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    vise = models.PositiveSmallIntegerField(help_text="Immersions aimed at in the year.")
    chiffres = models.JSONField(default=dict)
    arrete_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("trimestre d’immersions")
        ordering = ["annee", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["dispositif", "annee", "numero"], name="trimestre_unique"),
        ]

    def __str__(self):
        return f"{self.numero}/{self.annee}"
