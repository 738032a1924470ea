"""Enterprises that open their doors before a seminar, and who asks to come."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from consultation.models import Consultation, Grille, Participant

#: Of the secret address of an enterprise: 22 signs among 62, 131 bits.
SIGNES_DE_CLE = 22


def nouvelle_cle():
    return get_random_string(SIGNES_DE_CLE)


class VisiteQuerySet(models.QuerySet):
    def publiques(self):
        """Those that anyone may read: opened, and those called off since."""
        return self.exclude(etat=Visite.Etat.PREPARATION)

    def comptees(self):
        """With `nb_places` given and `nb_attentes`, in order (a count forgets the one of the model)."""
        return self.annotate(
            nb_places=Count("demandes", filter=Q(demandes__etat=Demande.Etat.PLACE)),
            nb_attentes=Count("demandes", filter=Q(demandes__etat=Demande.Etat.ATTENTE)),
        ).order_by("debut", "pk")


class Visite(models.Model):
    """One enterprise, one date. `avant` is what it was before it was last moved: {"debut": ISO 8601, "lieu"}."""

    class Etat(models.TextChoices):
        PREPARATION = "preparation", _("En préparation")
        OUVERTE = "ouverte", _("Ouverte")
        ANNULEE = "annulee", _("Annulée")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="visites")
    entreprise = models.CharField(_("entreprise"), max_length=120)
    a_voir = models.TextField(
        _("ce qu’on peut voir"), max_length=1000, help_text=_("Deux ou trois phrases simples.")
    )
    debut = models.DateTimeField(_("début"))
    fin = models.DateTimeField(_("fin"))
    lieu = models.CharField(_("adresse"), max_length=200)
    acces = models.TextField(
        _("comment venir"),
        max_length=500,
        blank=True,
        help_text=_("Bus, parking, entrée de plain-pied, chaussures fermées."),
    )
    places = models.PositiveSmallIntegerField(
        _("nombre de places"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    a_repartir = models.BooleanField(
        _("attendre avant de donner les places"),
        default=False,
        help_text=_("Les demandes sont notées. Les places se donnent ensemble, par la répartition."),
    )
    etat = models.CharField(_("état"), max_length=12, choices=Etat, default=Etat.PREPARATION, editable=False)
    motif = models.CharField(_("pourquoi elle est annulée"), max_length=200, blank=True, editable=False)
    avant = models.JSONField(default=dict, blank=True, editable=False)
    deplacee_le = models.DateTimeField(null=True, blank=True, editable=False)
    edition = models.PositiveIntegerField(default=0, editable=False, help_text="SEQUENCE of its calendar file.")
    grille = models.OneToOneField(
        Grille, models.SET_NULL, null=True, blank=True, editable=False, related_name="visite"
    )
    recit = models.TextField(_("le compte rendu"), max_length=4000, blank=True, editable=False)
    cle = models.CharField(max_length=32, unique=True, default=nouvelle_cle, editable=False)
    accord_entreprise = models.BooleanField(null=True, blank=True, editable=False)
    publiee_le = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VisiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("visite")
        ordering = ["debut", "pk"]
        indexes = [models.Index(fields=["consultation", "debut"])]

    def __str__(self):
        return self.entreprise


class DemandeQuerySet(models.QuerySet):
    def avec_rang(self):
        """With `rang`: how many waited for the same visit before, and oneself. Of no sense for a place."""
        avant = (
            Demande.objects.filter(visite=OuterRef("visite"), etat=Demande.Etat.ATTENTE, pk__lte=OuterRef("pk"))
            .order_by()
            .values("visite")
            .annotate(n=Count("pk"))
        )
        return self.annotate(rang=Coalesce(Subquery(avant.values("n")), 0))


class Demande(models.Model):
    """Someone who asked to come: a place, or a rank among who waits. The oldest is the first.

    `place_le`: when a place came to who waited. `accord`: what they said of publishing the report, or None.
    """

    class Etat(models.TextChoices):
        PLACE = "place", _("a une place")
        ATTENTE = "attente", _("attend")

    visite = models.ForeignKey(Visite, models.CASCADE, related_name="demandes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="demandes_de_visite")
    etat = models.CharField(_("état"), max_length=8, choices=Etat, default=Etat.ATTENTE)
    demandee_le = models.DateTimeField(auto_now_add=True)
    place_le = models.DateTimeField(null=True, blank=True)
    accord = models.BooleanField(null=True, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de visite")
        verbose_name_plural = _("demandes de visite")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visite", "participant"], name="demande_visite_unique")]

    def __str__(self):
        return f"{self.participant} · {self.visite}"
