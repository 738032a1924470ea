"""What the group did with pistes: joined them, took them over in another list, left a suggestion aside."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadre import Consultation, Espace
from .pistes import Piste, Proposition


class Regroupement(models.Model):
    """Propositions or pistes joined into one piste: logged, explained, reversible."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="regroupements")
    piste = models.ForeignKey(Piste, models.CASCADE, related_name="regroupements", verbose_name=_("piste"))
    motif = models.CharField(_("pourquoi"), max_length=300, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    piste_creee = models.BooleanField(
        default=False, help_text="True if it made its piste: undoing it sets that piste aside."
    )
    cree_le = models.DateTimeField(auto_now_add=True)
    annule_le = models.DateTimeField(null=True, blank=True)
    annule_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("regroupement")
        ordering = ["pk"]

    def __str__(self):
        return f"→ {self.piste}"


class LigneRegroupement(models.Model):
    """One thing joined by a regroupement, and where it was before, so that undoing puts it back."""

    regroupement = models.ForeignKey(Regroupement, models.CASCADE, related_name="lignes")
    proposition = models.ForeignKey(Proposition, models.CASCADE, null=True, related_name="regroupements")
    piste = models.ForeignKey(Piste, models.CASCADE, null=True, related_name="jonctions")
    piste_avant = models.ForeignKey(Piste, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proposition__isnull=False, piste__isnull=True)
                | models.Q(proposition__isnull=True, piste__isnull=False),
                name="ligne_une_seule_chose",
            )
        ]

    def __str__(self):
        return str(self.proposition or self.piste)


class PisteReprise(models.Model):
    """One line of the list an espace votes on: a piste taken over from any espace of the consultation.

    The piste keeps its number, its espace and its lineage. A piste joined since is stood for by its root, so a
    family holds one place in the list, that of its first line.
    """

    espace = models.ForeignKey(Espace, models.CASCADE, related_name="reprises")
    piste = models.ForeignKey(Piste, models.CASCADE, related_name="reprises", verbose_name=_("piste"))
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)
    reprise_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("piste reprise")
        verbose_name_plural = _("pistes reprises")
        ordering = ["ordre", "pk"]
        constraints = [models.UniqueConstraint(fields=["espace", "piste"], name="piste_reprise_unique")]

    def __str__(self):
        return str(self.piste)


class SuggestionLaissee(models.Model):
    """A suggested grouping that someone set aside: these propositions, together, are no longer suggested.

    With one more or one less it is another suggestion, with another `cle`, and it is shown.
    """

    espace = models.ForeignKey(Espace, models.CASCADE, related_name="suggestions_laissees")
    cle = models.TextField(help_text="The ids of its propositions, in order, joined by dashes.")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    laissee_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suggestion laissée")
        verbose_name_plural = _("suggestions laissées")
        ordering = ["pk"]

    def __str__(self):
        return self.cle

    @staticmethod
    def cle_de(propositions):
        return "-".join(str(pk) for pk in sorted(p.pk for p in propositions))
