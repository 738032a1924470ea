"""What came out, worded by people, each sentence able to point to the pistes it rests on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadre import Axe, Consultation, Espace
from .pistes import Piste, Proposition
from .reseau import Territoire


class Synthese(models.Model):
    """Draft, then submitted, then published; a published page never changes by itself."""

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", _("Brouillon")
        SOUMISE = "soumise", _("Soumise")
        PUBLIEE = "publiee", _("Publiée")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="syntheses")
    espace = models.ForeignKey(
        Espace, models.SET_NULL, null=True, blank=True, related_name="syntheses", verbose_name=_("atelier")
    )
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="syntheses",
        verbose_name=_("territoire"),
    )
    titre = models.CharField(_("titre"), max_length=200)
    chapeau = models.TextField(_("chapeau"), blank=True, max_length=1500)
    etat = models.CharField(_("état"), max_length=10, choices=Etat, default=Etat.BROUILLON)
    revision = models.PositiveIntegerField(default=1)
    redigee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cree_le = models.DateTimeField(auto_now_add=True)
    publiee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("synthèse")
        ordering = ["-pk"]

    def __str__(self):
        return self.titre


class SectionSynthese(models.Model):
    """A part of the synthesis, usually one axe."""

    synthese = models.ForeignKey(Synthese, models.CASCADE, related_name="sections")
    axe = models.ForeignKey(Axe, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("axe"))
    titre = models.CharField(_("titre"), max_length=200)
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("partie")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.titre


class PhraseSynthese(models.Model):
    """One sentence, and the pistes it rests on."""

    section = models.ForeignKey(SectionSynthese, models.CASCADE, related_name="phrases")
    texte = models.TextField(_("phrase"), max_length=1000)
    pistes = models.ManyToManyField(Piste, blank=True, related_name="phrases", verbose_name=_("repose sur"))
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("phrase")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.texte[:80]


class LigneSynthese(models.Model):
    """One row of the criteria / indicators / pistes table. `criteres` and `indicateurs` hold one entry a line."""

    section = models.ForeignKey(SectionSynthese, models.CASCADE, related_name="lignes")
    titre = models.CharField(_("thème"), max_length=200, blank=True)
    criteres = models.TextField(_("critères"), blank=True, max_length=4000)
    indicateurs = models.TextField(_("indicateurs"), blank=True, max_length=4000)
    pistes = models.ManyToManyField(Piste, blank=True, related_name="lignes_synthese", verbose_name=_("pistes"))
    propositions = models.ManyToManyField(
        Proposition,
        blank=True,
        related_name="lignes_synthese",
        verbose_name=_("critères et indicateurs proposés"),
    )
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ligne")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.titre or self.criteres[:80]

    @property
    def liste_criteres(self):
        return [ligne.strip() for ligne in self.criteres.splitlines() if ligne.strip()]

    @property
    def liste_indicateurs(self):
        return [ligne.strip() for ligne in self.indicateurs.splitlines() if ligne.strip()]
