"""The live moment: when, where, and in which order."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.models import Consultation, Espace, Grille, Proposition, Scrutin
from consultation.models.cadre import refuser_le_double
from consultation.textes import cle_de_code, espacer_code, tirer_code


class Temps(models.Model):
    """A half-day of a seminar."""

    class Picto(models.TextChoices):
        DECOR = "d-1", _("La graine : planter le décor")
        GERMER = "d-2", _("La pousse : faire germer")
        FRUCTIFIER = "d-3", _("L’arbre : faire fructifier")
        SEMER = "d-4", _("Les semences : semer l’avenir")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="temps")
    titre = models.CharField(_("titre"), max_length=120)
    resume = models.CharField(_("en une phrase"), max_length=200, blank=True)
    debut = models.DateTimeField(_("début"))
    fin = models.DateTimeField(_("fin"))
    picto = models.CharField(_("pictogramme"), max_length=4, choices=Picto, default=Picto.DECOR)
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("demi-journée")
        verbose_name_plural = _("demi-journées")
        ordering = ["ordre", "debut"]

    def __str__(self):
        return self.titre

    def clean(self):
        refuser_le_double(self, consultation=self.consultation_id, debut=self.debut)


class Salle(models.Model):
    """A room of the venue."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="salles")
    nom = models.CharField(_("nom"), max_length=80)
    capacite = models.PositiveIntegerField(_("places assises"), null=True, blank=True)
    acces = models.CharField(_("comment y aller"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("salle")
        ordering = ["nom__plie"]
        constraints = [models.UniqueConstraint(fields=["consultation", "nom"], name="salle_unique")]

    def __str__(self):
        return self.nom


class AtelierQuerySet(models.QuerySet):
    def du_programme(self):
        """Rehearsals are no part of the programme."""
        return self.filter(repetition=False)

    def dans_l_ordre(self):
        """As the days go: by half-day, then by rank."""
        return self.order_by("temps__ordre", "temps__debut", "ordre", "pk")


class Atelier(models.Model):
    """A workshop or a plenary: a room, a facilitator, a rapporteur, a code to join, an ordered list of steps.

    `sequence` rises by one each time anything shown in the room changes; frames and snapshots carry it.
    """

    class Nature(models.TextChoices):
        ATELIER = "atelier", _("Atelier")
        PLENIERE = "pleniere", _("Plénière")

    espace = models.OneToOneField(Espace, models.CASCADE, related_name="atelier")
    temps = models.ForeignKey(Temps, models.PROTECT, related_name="ateliers", verbose_name=_("demi-journée"))
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.ATELIER)
    salle = models.ForeignKey(
        Salle, models.SET_NULL, null=True, blank=True, related_name="ateliers", verbose_name=_("salle")
    )
    code = models.CharField(
        _("code"), max_length=12, default=tirer_code, help_text=_("Six signes, écrits au mur.")
    )
    code_cle = models.CharField(max_length=12, unique=True, editable=False)
    capacite = models.PositiveIntegerField(_("nombre de places"), null=True, blank=True)
    heure = models.TimeField(
        _("heure de début"),
        null=True,
        blank=True,
        help_text=_("Laissez vide si l’atelier commence avec la demi-journée."),
    )
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)
    sequence = models.PositiveBigIntegerField(default=0, editable=False)
    entrees_suspendues = models.BooleanField(_("entrées en pause"), default=False, editable=False)
    acces = models.PositiveIntegerField(
        default=1, editable=False, help_text="Raised when someone's access ends: older tokens are looked at again."
    )
    mur_cache = models.BooleanField(_("mur caché"), default=False, editable=False)
    repetition = models.BooleanField(
        _("répétition"), default=False, help_text=_("Un atelier pour s’exercer, hors des résultats.")
    )

    objects = AtelierQuerySet.as_manager()

    class Meta:
        verbose_name = _("atelier")
        ordering = ["temps__ordre", "ordre", "pk"]

    def __str__(self):
        return self.espace.titre

    def save(self, *args, **kwargs):
        self.code = self.code.upper().replace(" ", "")
        self.code_cle = cle_de_code(self.code)
        super().save(*args, **kwargs)

    @property
    def titre(self):
        return self.espace.titre

    @property
    def consultation(self):
        return self.espace.consultation

    @property
    def debut(self):
        """When it begins: at its own hour, the day of its half-day, or with the half-day. An aware datetime."""
        if self.heure is None:
            return self.temps.debut
        return datetime.combine(timezone.localdate(self.temps.debut), self.heure, timezone.get_current_timezone())

    @property
    def code_lisible(self):
        return espacer_code(self.code)


class EtapeQuerySet(models.QuerySet):
    def en_cours(self):
        return self.filter(etat__in=[Etape.Etat.OUVERTE, Etape.Etat.EN_PAUSE])


class Etape(models.Model):
    """A step of the déroulé. Its clock: `echeance` while open, `restant` (seconds) while paused."""

    class Nature(models.TextChoices):
        ACCUEIL = "accueil", _("Accueil")
        IDEATION = "ideation", _("Proposer")
        REGROUPEMENT = "regroupement", _("Regrouper")
        VOTE = "vote", _("Voter")
        DISCUSSION = "discussion", _("Discuter")
        SYNTHESE = "synthese", _("Écrire la synthèse")
        GRILLE = "grille", _("Répondre à une grille")
        PAUSE = "pause", _("Pause")

    class Etat(models.TextChoices):
        A_VENIR = "a_venir", _("À venir")
        OUVERTE = "ouverte", _("Ouverte")
        EN_PAUSE = "en_pause", _("En pause")
        FERMEE = "fermee", _("Fermée")

    atelier = models.ForeignKey(Atelier, models.CASCADE, related_name="etapes")
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)
    nature = models.CharField(_("nature"), max_length=14, choices=Nature)
    titre = models.CharField(_("titre"), max_length=80)
    consigne = models.CharField(
        _("consigne"), max_length=240, blank=True, help_text=_("Deux phrases simples au plus.")
    )
    proposition_nature = models.CharField(
        _("ce qu’on propose"),
        max_length=10,
        choices=Proposition.Nature,
        default=Proposition.Nature.PISTE,
        help_text=_("Pour une étape où l’on propose."),
    )
    tables = models.PositiveSmallIntegerField(
        _("nombre de tables"),
        default=0,
        validators=[MaxValueValidator(60)],
        help_text=_(
            "Pour une étape où l’on propose, si une personne par table écrit pour les autres. "
            "0 : chaque personne écrit pour elle."
        ),
    )
    duree = models.PositiveSmallIntegerField(
        _("durée, en minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    scrutin = models.OneToOneField(
        Scrutin, models.SET_NULL, null=True, blank=True, related_name="etape", verbose_name=_("scrutin")
    )
    grille = models.OneToOneField(
        Grille,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="etape",
        help_text="The question put on the spot that this step asks; else those of the room.",
    )
    etat = models.CharField(_("état"), max_length=8, choices=Etat, default=Etat.A_VENIR)
    ouverte_le = models.DateTimeField(null=True, blank=True)
    echeance = models.DateTimeField(null=True, blank=True)
    restant = models.PositiveIntegerField(null=True, blank=True)
    fermee_le = models.DateTimeField(null=True, blank=True)

    objects = EtapeQuerySet.as_manager()

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["atelier"],
                condition=models.Q(etat__in=["ouverte", "en_pause"]),
                name="une_seule_etape_en_cours",
            )
        ]

    def __str__(self):
        return self.titre
