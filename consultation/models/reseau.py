"""Where people work: the tree of territories, and the organisations of the network."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Territoire(models.Model):
    """A region, department or local territory; the nation is the root of the tree."""

    class Niveau(models.TextChoices):
        NATION = "nation", _("Pays")
        REGION = "region", _("Région")
        DEPARTEMENT = "departement", _("Département")
        LOCAL = "local", _("Territoire local")

    nom = models.CharField(_("nom"), max_length=120)
    niveau = models.CharField(_("niveau"), max_length=12, choices=Niveau, default=Niveau.REGION)
    code = models.CharField(_("code officiel"), max_length=10, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enfants",
        verbose_name=_("fait partie de"),
    )

    class Meta:
        verbose_name = _("territoire")
        ordering = ["nom__plie", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["niveau", "nom", "parent"], name="territoire_unique"),
            # SQLite knows no "nulls not distinct": the roots of the tree have a constraint of their own.
            models.UniqueConstraint(
                fields=["niveau", "nom"], condition=models.Q(parent__isnull=True), name="territoire_racine_unique"
            ),
        ]

    def __str__(self):
        return self.nom

    def clean(self):
        """The tree has no loop: who climbs it arrives somewhere."""
        super().clean()
        au_dessus, vus = self.parent, set()
        while au_dessus is not None and au_dessus.pk not in vus:
            if au_dessus.pk == self.pk:
                raise ValidationError({"parent": _("Un territoire ne peut pas faire partie de lui-même.")})
            vus.add(au_dessus.pk)
            au_dessus = au_dessus.parent


class Structure(models.Model):
    """An employing organisation of the network."""

    class Type(models.TextChoices):
        AI = "ai", _("Association intermédiaire")
        EI = "ei", _("Entreprise d’insertion")
        ETTI = "etti", _("Entreprise de travail temporaire d’insertion")
        ACI = "aci", _("Atelier et chantier d’insertion")
        OASP = "oasp", _("Organisme de services à la personne")
        GES = "ges", _("Groupe économique solidaire")
        AUTRE = "autre", _("Autre")

    nom = models.CharField(_("nom"), max_length=160)
    type = models.CharField(_("type"), max_length=8, choices=Type, default=Type.AUTRE)
    ville = models.CharField(_("ville"), max_length=120, blank=True)
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="structures",
        verbose_name=_("territoire"),
    )

    class Meta:
        verbose_name = _("structure")
        ordering = ["nom__plie", "pk"]
        constraints = [models.UniqueConstraint(fields=["nom", "ville"], name="structure_unique")]

    def __str__(self):
        return self.nom
