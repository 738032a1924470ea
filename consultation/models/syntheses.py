"""What came out, worded by people, each sentence able to point to the pistes it rests on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cadre import Axe, Consultation, Espace
from .pistes import Piste, Proposition
from .reseau import Territoire
from .scrutins import Scrutin


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
    explication_ecart = models.TextField(
        _("pourquoi cet écart"),
        blank=True,
        max_length=600,
        help_text="Printed with it, when some colleges are cited much more than others: see `decomptes.equite`.",
    )
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


class Ecrit(models.Model):
    """What several people may be writing: its `revision` rises each time its words or what it rests on change."""

    revision = models.PositiveIntegerField(default=1)
    ecrit_le = models.DateTimeField(default=timezone.now, help_text="When it was last written, or read again.")
    ecrit_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class SectionSynthese(Ecrit):
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


class PhraseSynthese(Ecrit):
    """One sentence, and the pistes it rests on; or another block, which `texte` may introduce.

    A quotation holds a `proposition`, never its words; a figure holds a `scrutin` and the `piste` put to it, never
    the figure. Both are read each time they are shown.
    """

    class Sorte(models.TextChoices):
        PHRASE = "phrase", _("Phrase")
        TENDANCE = "tendance", _("Tendance")
        QUESTION = "question", _("Question ouverte")
        CITATION = "citation", _("Citation")
        CHIFFRE = "chiffre", _("Chiffre du vote")

    section = models.ForeignKey(SectionSynthese, models.CASCADE, related_name="phrases")
    sorte = models.CharField(_("sorte"), max_length=8, choices=Sorte, default=Sorte.PHRASE)
    texte = models.TextField(_("phrase"), max_length=1000, blank=True)
    proposition = models.ForeignKey(
        Proposition, models.CASCADE, null=True, blank=True, related_name="citations", verbose_name=_("mots cités")
    )
    scrutin = models.ForeignKey(Scrutin, models.CASCADE, null=True, blank=True, related_name="+")
    piste = models.ForeignKey(Piste, models.CASCADE, null=True, blank=True, related_name="+")
    pistes = models.ManyToManyField(Piste, blank=True, related_name="phrases", verbose_name=_("repose sur"))
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("phrase")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.texte[:80] or self.get_sorte_display()


class LigneSynthese(Ecrit):
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


class VersionSynthese(models.Model):
    """A draft as someone left it: `contenu` is {"titre", "chapeau", "sections": [{"id", "titre", "phrases":
    [{"id", "sorte", "texte", "proposition_id", "pistes": [id]}],
    "lignes": [{"id", "titre", "criteres", "indicateurs", "pistes": [id]}]}]}.

    Words that someone takes back are taken out of it too (`actions.mots.suivre`).
    """

    synthese = models.ForeignKey(Synthese, models.CASCADE, related_name="versions")
    contenu = models.JSONField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    commencee_le = models.DateTimeField(default=timezone.now)
    le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.synthese_id} · {self.le}"


class MiseDeCote(models.Model):
    """A proposition that a synthesis cites nowhere, on purpose, and why: its author reads it on their page."""

    synthese = models.ForeignKey(Synthese, models.CASCADE, related_name="mises_de_cote")
    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="mises_de_cote")
    motif = models.CharField(_("raison"), max_length=500)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proposition laissée de côté")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["synthese", "proposition"], name="mise_de_cote_unique")]

    def __str__(self):
        return f"{self.synthese_id}:{self.proposition_id}"


class Desaccord(models.Model):
    """Why someone disagrees with what became of their words, and what the rapporteur answers.

    It is about the piste that gathered them, or about their being set aside (`mise_de_cote`), never both. While it
    waits for an answer, no synthesis of that place is submitted.
    """

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="desaccords")
    piste = models.ForeignKey(Piste, models.CASCADE, null=True, blank=True, related_name="desaccords")
    mise_de_cote = models.ForeignKey(MiseDeCote, models.CASCADE, null=True, blank=True, related_name="desaccords")
    raison = models.CharField(_("raison"), max_length=500)
    reponse = models.CharField(_("réponse"), max_length=500, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("désaccord")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposition", "piste"], name="desaccord_piste_unique"),
            models.UniqueConstraint(fields=["proposition", "mise_de_cote"], name="desaccord_mise_de_cote_unique"),
            models.CheckConstraint(
                condition=models.Q(piste__isnull=True) ^ models.Q(mise_de_cote__isnull=True),
                name="desaccord_sur_une_chose",
            ),
        ]

    def __str__(self):
        return f"{self.proposition_id}"
