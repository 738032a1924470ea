"""Who is in a room, what its screen shows first, and who spoke there."""

from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.models import College, Participant, Proposition

from .deroulement import Atelier

#: What a sign of life is worth: a live screen gives one every 30 seconds (`direct.presence`).
PRESENCE = timedelta(minutes=3)


class PlaceQuerySet(models.QuerySet):
    def presentes(self):
        """Those of people who came in, whenever it was."""
        return self.filter(entre_le__isnull=False)

    def selon_presence(self):
        """Those of people who came in, with `.la`: whether they gave a sign of life within `PRESENCE`."""
        depuis = timezone.now() - PRESENCE
        vues = models.Q(vu_le__gte=depuis) | models.Q(entre_le__gte=depuis)
        return self.presentes().annotate(la=models.ExpressionWrapper(vues, models.BooleanField()))


class Place(models.Model):
    """A participant's seat in an atelier: kept since registration, taken when they enter the room."""

    atelier = models.ForeignKey(Atelier, models.CASCADE, related_name="places_prises")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="places")
    reservee_le = models.DateTimeField(auto_now_add=True)
    entre_le = models.DateTimeField(_("entré le"), null=True, blank=True)
    vu_le = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        ordering = [F("entre_le").asc(nulls_last=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["atelier", "participant"], name="place_unique")]

    def __str__(self):
        return f"{self.participant} · {self.atelier}"


class SurLeMur(models.Model):
    """What the facilitator does with one proposition on the room's screen; what is not here comes in its turn."""

    class Place(models.TextChoices):
        UNE = "une", _("À la une")
        EPINGLEE = "epinglee", _("Épinglée")
        CACHEE = "cachee", _("Cachée")

    atelier = models.ForeignKey(Atelier, models.CASCADE, related_name="sur_le_mur")
    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="+")
    place = models.CharField(max_length=8, choices=Place)

    class Meta:
        verbose_name = _("place au mur")
        verbose_name_plural = _("places au mur")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["atelier", "proposition"], name="mur_unique"),
            models.UniqueConstraint(
                fields=["atelier"], condition=models.Q(place="une"), name="une_seule_a_la_une"
            ),
        ]

    def __str__(self):
        return f"{self.proposition_id} : {self.place}"


class PriseDeParole(models.Model):
    """A turn to speak aloud in the room: of someone drawn by lot, or noted by whoever leads (a college, no name).

    `passee`: the person drawn did not wish to speak, which nobody has to explain; it is no turn of their college.
    """

    atelier = models.ForeignKey(Atelier, models.CASCADE, related_name="prises_de_parole")
    college = models.ForeignKey(College, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    passee = models.BooleanField(default=False)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("prise de parole")
        verbose_name_plural = _("prises de parole")
        ordering = ["pk"]

    def __str__(self):
        return str(self.college)
