"""An immersion, and its objectives."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.models import Participant, Structure

from .dispositif import Dispositif, Entreprise, Secteur


class Immersion(models.Model):
    """One immersion: asked for by the employee alone, prepared by the officer, signed by three.

    `version` counts the conventions: an amendment makes a new one, which is signed anew. `revision` rises at each
    writing of the officers: two on one file overwrite nothing. After `effacer`, what is left names nobody.
    """

    class Genre(models.TextChoices):
        DECOUVERTE = "decouverte", _("Découverte")
        VALIDATION = "validation", _("Validation des compétences")

    class Objet(models.TextChoices):
        """The three purposes of the law (Code du travail, art. L. 5135-1)."""

        DECOUVRIR = "decouvrir", _("Découvrir un métier ou un secteur d’activité")
        CONFIRMER = "confirmer", _("Confirmer un projet professionnel")
        RECRUTER = "recruter", _("Initier une démarche de recrutement")

    class Prescripteur(models.TextChoices):
        """Who may prescribe (Code du travail, art. L. 5135-2)."""

        STRUCTURE = "structure", _("La structure qui emploie la personne")
        FRANCE_TRAVAIL = "france_travail", _("France Travail")
        MISSION_LOCALE = "mission_locale", _("La mission locale")
        CAP_EMPLOI = "cap_emploi", _("Cap emploi")

    class Issue(models.TextChoices):
        EMBAUCHE = "embauche", _("Embauche")
        FORMATION = "formation", _("Entrée en formation")
        CONFIRME = "confirme", _("Projet confirmé")
        ABANDON = "abandon", _("Autre projet choisi")

    dispositif = models.ForeignKey(Dispositif, models.CASCADE, related_name="immersions")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="immersions")
    genre = models.CharField(_("genre"), max_length=12, choices=Genre)
    souhait = models.CharField(_("métier voulu"), max_length=120, blank=True)
    demandee_le = models.DateTimeField(default=timezone.now)
    structure = models.ForeignKey(
        Structure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("structure qui emploie"),
    )
    referent = models.CharField(_("qui suit la personne dans la structure"), max_length=120, blank=True)
    entretien_le = models.DateField(_("premier entretien à trois"), null=True, blank=True)
    objet = models.CharField(_("but de l’immersion"), max_length=10, choices=Objet, blank=True)
    prescripteur = models.CharField(_("qui prescrit"), max_length=16, choices=Prescripteur, blank=True)
    rome = models.CharField(_("code ROME"), max_length=5, blank=True)
    contrat_fin = models.DateField(_("fin du contrat de travail"), null=True, blank=True)
    garder_jusqu_au = models.DateField(_("gardé jusqu’au"), null=True, blank=True)

    entreprise = models.ForeignKey(
        Entreprise,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="immersions",
        verbose_name=_("entreprise d’accueil"),
    )
    secteur = models.CharField(_("secteur"), max_length=16, choices=Secteur, blank=True)
    tuteur = models.CharField(_("qui accueille"), max_length=120, blank=True)
    debut = models.DateField(_("premier jour"), null=True, blank=True)
    fin = models.DateField(_("dernier jour"), null=True, blank=True)
    horaires = models.CharField(_("horaires"), max_length=120, blank=True)
    heures = models.PositiveSmallIntegerField(
        _("heures par semaine"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(48)]
    )
    taches = models.TextField(_("ce que la personne fera"), max_length=1000, blank=True)

    integration_le = models.DateField(_("accueil dans l’entreprise"), null=True, blank=True)
    evaluee_le = models.DateTimeField(null=True, blank=True)
    avis_personne = models.TextField(_("l’avis de la personne"), max_length=1000, blank=True)
    avis_accueil = models.TextField(_("l’avis de l’entreprise"), max_length=1000, blank=True)
    bilan_le = models.DateField(_("entretien final"), null=True, blank=True)
    issue = models.CharField(_("ce qui a suivi"), max_length=10, choices=Issue, blank=True)

    arretee_le = models.DateTimeField(null=True, blank=True)
    effacee_le = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("immersion")
        ordering = ["-demandee_le", "-pk"]
        indexes = [models.Index(fields=["dispositif", "fin"])]

    def __str__(self):
        return _("immersion n° %(n)s") % {"n": self.pk}

    @property
    def consultation_id(self):
        """The consultation that the journal files it under."""
        return self.dispositif.consultation_id

    @property
    def jours(self):
        """How many days of the calendar it lasts, both ends in; 0 while its dates are not known."""
        return (self.fin - self.debut).days + 1 if self.debut and self.fin else 0

    @property
    def vivante(self):
        return self.arretee_le is None and self.effacee_le is None


class Competence(models.Model):
    """One objective of the first interview, and the level reached at the end."""

    class Niveau(models.IntegerChoices):
        NON_ACQUIS = 0, _("Non acquis")
        PARTIEL = 1, _("Acquis en partie")
        ACQUIS = 2, _("Acquis")
        INITIATIVE = 3, _("Acquis, avec initiative")

    immersion = models.ForeignKey(Immersion, models.CASCADE, related_name="competences")
    rang = models.PositiveSmallIntegerField()
    intitule = models.CharField(_("objectif"), max_length=160)
    niveau = models.PositiveSmallIntegerField(_("niveau"), choices=Niveau, null=True, blank=True)

    class Meta:
        verbose_name = _("objectif")
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(fields=["immersion", "rang"], name="competence_unique")]

    def __str__(self):
        return self.intitule
