"""Questionnaires: what is asked, in versions that never change under people's feet, and what was answered."""

from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..textes import cle_de_code, espacer_code, tirer_code
from .acteurs import Participant
from .cadre import College, Consultation, Espace


class Grille(models.Model):
    """A questionnaire of a consultation. `brouillon` is being written; what is online is its last version.

    See `consultation.questions.structure` for the shape of `brouillon` and of a version's `contenu`.
    """

    class Etat(models.TextChoices):
        PREPARATION = "preparation", _("En préparation")
        OUVERTE = "ouverte", _("Ouverte")
        CLOSE = "close", _("Close")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="grilles")
    espace = models.ForeignKey(
        Espace, models.SET_NULL, null=True, blank=True, related_name="grilles", verbose_name=_("atelier")
    )
    titre = models.CharField(_("titre"), max_length=160)
    chapeau = models.TextField(_("présentation"), blank=True, max_length=1000)
    code = models.CharField(_("code"), max_length=12, unique=True, default=tirer_code)
    brouillon = models.JSONField(default=dict, blank=True)
    etat = models.CharField(_("état"), max_length=12, choices=Etat, default=Etat.PREPARATION)
    close_le = models.DateTimeField(null=True, blank=True)
    comptes = models.JSONField(
        null=True, editable=False, help_text="What may be published, decided once: see questions.depouillement."
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("grille")
        ordering = ["-pk"]

    def __str__(self):
        return self.titre

    def save(self, *args, **kwargs):
        self.code = cle_de_code(self.code)
        super().save(*args, **kwargs)

    @property
    def code_lisible(self):
        return espacer_code(self.code)


class VersionGrille(models.Model):
    """What was asked from one day on. Never rewritten: each answer keeps the version it was given to."""

    grille = models.ForeignKey(Grille, models.CASCADE, related_name="versions")
    numero = models.PositiveIntegerField()
    contenu = models.JSONField()
    publiee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        ordering = ["grille", "numero"]
        constraints = [models.UniqueConstraint(fields=["grille", "numero"], name="version_grille_unique")]

    def __str__(self):
        return f"{self.grille_id} · {self.numero}"


class CopieGrille(models.Model):
    """One person's answers: {question: {case: kept}}. A draft until `envoyee_le`, and only then counted.

    `ordres`: the last answer received from each device on each question, {"device": {"question": n}}: what a bad
    network delivers late never takes the place of what the same device sent after it. No clock is trusted.
    """

    class Origine(models.TextChoices):
        TELEPHONE = "telephone", _("Téléphone")
        PAPIER = "papier", _("Feuille papier")
        IMPORT = "import", _("Import")
        SIMULATION = "simulation", _("Simulation")

    grille = models.ForeignKey(Grille, models.CASCADE, related_name="copies")
    version = models.ForeignKey(VersionGrille, models.PROTECT, related_name="copies")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="copies_grilles"
    )
    college = models.ForeignKey(College, models.PROTECT, related_name="+", verbose_name=_("collège"))
    origine = models.CharField(_("origine"), max_length=10, choices=Origine, default=Origine.TELEPHONE)
    valeurs = models.JSONField(default=dict)
    ordres = models.JSONField(default=dict)
    cle = models.CharField(max_length=64, blank=True, help_text="Idempotency key of a paper sheet typed in.")
    commencee_le = models.DateTimeField(auto_now_add=True)
    envoyee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("copie")
        constraints = [
            models.UniqueConstraint(
                fields=["grille", "participant"],
                condition=models.Q(participant__isnull=False),
                name="copie_grille_unique",
            ),
            models.UniqueConstraint(
                fields=["grille", "cle"], condition=~models.Q(cle=""), name="copie_grille_cle_unique"
            ),
        ]
        indexes = [models.Index(fields=["grille", "college"])]

    def __str__(self):
        return f"{self.grille_id}:{self.pk}"

    def cle_de_texte(self, question, case):
        """Return the idempotency key of the proposition made of one of its texts."""
        return sha256(f"{self.pk}/{question}/{case}".encode()).hexdigest()
