"""Who speaks, and who is entrusted with what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..textes import (
    LONGUEUR_CODE_PERSONNEL,
    cle_de_code,
    cle_de_prenom,
    espacer_code,
    mots_simples,
    tirer_code,
)
from .cadre import College, Consultation, Espace
from .reseau import Structure, Territoire


def nouveau_code_personnel():
    return tirer_code(LONGUEUR_CODE_PERSONNEL)


class CleDePrenom(models.CharField):
    """What a first name is looked up by in people's texts; written with the row, one by one or in bulk."""

    def pre_save(self, instance, add):
        cle = cle_de_prenom(instance.prenom)[: self.max_length]
        setattr(instance, self.attname, cle)
        return cle


class ParticipantQuerySet(models.QuerySet):
    def prenoms_dans(self, consultation_id, *textes):
        """Return the first names of the consultation's people that may be in `textes`. One query, by index."""
        mots = set().union(*map(mots_simples, textes))
        siens = self.filter(consultation_id=consultation_id, prenom_cle__in=mots)
        return list(siens.order_by().values_list("prenom", flat=True).distinct())


class Participant(models.Model):
    """One person in one consultation. A first name and a college are enough; an e-mail is never required.

    Erasing someone removes the row; `actions.effacer_participant` says what stands in its place.
    """

    class Origine(models.TextChoices):
        INSCRIPTION = "inscription", _("Inscription")
        SALLE = "salle", _("Entrée dans la salle")
        PAPIER = "papier", _("Carte papier")
        BULLETIN = "bulletin", _("Bulletin papier")
        GRILLE = "grille", _("Réponse à une grille")
        CARTE = "carte", _("Carte postale")
        GUICHET = "guichet", _("Guichet")
        COURRIEL = "courriel", _("Lien par e-mail")
        IDENTITE = "identite", _("Compte d’identité")
        REPRISE = "reprise", _("Autre plateforme")
        SIMULATION = "simulation", _("Simulation")

    #: Rows that are nobody one waits for: what was written or cast on paper, and rehearsals.
    PAS_ATTENDUS = (Origine.PAPIER, Origine.BULLETIN, Origine.SIMULATION)

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="participants")
    prenom = models.CharField(_("prénom ou surnom"), max_length=40, blank=True)
    prenom_cle = CleDePrenom(max_length=40, blank=True, editable=False)
    nom = models.CharField(_("nom"), max_length=80, blank=True)
    college = models.ForeignKey(College, models.PROTECT, related_name="participants", verbose_name=_("collège"))
    structure = models.ForeignKey(
        Structure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participants",
        verbose_name=_("structure"),
    )
    territoire = models.ForeignKey(
        Territoire,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participants",
        verbose_name=_("territoire"),
    )
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    code_personnel = models.CharField(
        _("code personnel"), max_length=12, unique=True, null=True, blank=True, default=nouveau_code_personnel
    )
    generation = models.PositiveIntegerField(
        default=1,
        help_text="Raised when the personal code is reissued: devices holding the old one are let go.",
    )
    origine = models.CharField(_("origine"), max_length=12, choices=Origine, default=Origine.SALLE)
    accord_publication = models.BooleanField(
        _("accepte que ses mots soient publiés, sans son nom"),
        null=True,
        blank=True,
        default=None,
        help_text="None: not asked yet. Words are published only when True.",
    )
    cle = models.CharField(
        max_length=64, blank=True, help_text="Idempotency key of the entry, chosen by the device."
    )
    entre_le = models.DateTimeField(_("créé le"), auto_now_add=True)
    efface_le = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        ordering = ["prenom__plie", "nom__plie", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "cle"], condition=~models.Q(cle=""), name="participant_cle_unique"
            ),
            models.UniqueConstraint(
                fields=["consultation", "compte"],
                condition=models.Q(compte__isnull=False),
                name="participant_compte_unique",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "college"]),
            models.Index(fields=["consultation", "prenom_cle"]),
        ]

    def __str__(self):
        return self.prenom or str(_("Une personne"))

    def save(self, *args, **kwargs):
        if self.code_personnel is not None:
            self.code_personnel = cle_de_code(self.code_personnel)
        if (champs := kwargs.get("update_fields")) and "prenom" in champs:
            kwargs["update_fields"] = {*champs, "prenom_cle"}
        super().save(*args, **kwargs)

    @property
    def simule(self):
        """True for the demonstration's simulated people: every screen that names them says so."""
        return self.origine == self.Origine.SIMULATION

    @property
    def nom_complet(self):
        return f"{self.prenom} {self.nom}".strip()

    @property
    def code_lisible(self):
        return espacer_code(self.code_personnel or "")


class Mandat(models.Model):
    """What an account is entrusted with, in a consultation or in one espace. `regles.py` says what it allows."""

    class Role(models.TextChoices):
        ORGANISATEUR = "organisateur", _("Organisateur")
        ANIMATEUR = "animateur", _("Animateur")
        RAPPORTEUR = "rapporteur", _("Rapporteur")
        EDITEUR = "editeur", _("Éditeur")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="mandats")
    espace = models.ForeignKey(
        Espace,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mandats",
        verbose_name=_("atelier"),
        help_text=_("Laissez vide pour toute la consultation."),
    )
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandats", verbose_name=_("compte")
    )
    role = models.CharField(_("rôle"), max_length=14, choices=Role)

    class Meta:
        verbose_name = _("mandat")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "espace", "compte", "role"], name="mandat_unique"),
            models.UniqueConstraint(
                fields=["consultation", "compte", "role"],
                condition=models.Q(espace__isnull=True),
                name="mandat_entier_unique",
            ),
        ]

    def __str__(self):
        return f"{self.compte} · {self.get_role_display()}"
