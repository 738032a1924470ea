"""A territorial forum: its published rules, its phases, what serves a discussion, and how it was moderated."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..textes import LONGUEUR_CODE_PERSONNEL, espacer_code, tirer_code
from .acteurs import Participant
from .cadre import College, Consultation, Espace
from .pistes import MotsMasques, Proposition
from .scrutins import Scrutin

#: What a forum starts with; the organiser rewords them, one a line.
REGLES_HABITUELLES = (
    "On parle du sujet du forum.\n"
    "On ne vise pas une personne : pas de nom, pas de fonction qui la désigne.\n"
    "On n’insulte pas, on ne discrimine pas.\n"
    "Pas de publicité.\n"
    "Une idée déjà dite mot pour mot est réunie à l’autre.\n"
    "Pas de téléphone, pas d’adresse, rien sur la santé de quelqu’un."
)


class Forum(models.Model):
    """What a consultation of this kind has besides: a place to speak for all, published rules, a vote."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="forum")
    espace = models.OneToOneField(Espace, models.PROTECT, related_name="forum")
    scrutin = models.ForeignKey(Scrutin, models.SET_NULL, null=True, blank=True, related_name="+")
    regles = models.TextField(
        _("règles publiées"),
        default=REGLES_HABITUELLES,
        max_length=3000,
        help_text=_("Une règle par ligne. Un refus dit toujours laquelle."),
    )
    delai_lecture = models.PositiveSmallIntegerField(
        _("réponse promise, en heures"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("Le temps qu’il faut, au plus, pour lire un texte reçu."),
    )
    delai_recours = models.PositiveSmallIntegerField(
        _("réponse à une deuxième lecture, en jours"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    guichets = models.TextField(
        _("guichets et horaires"),
        blank=True,
        max_length=2000,
        help_text=_("Où l’on écrit pour quelqu’un, et quand. Un guichet par ligne."),
    )

    lettre_le = models.DateTimeField(null=True, blank=True, editable=False, help_text="The last summary sent.")

    class Meta:
        verbose_name = _("forum")

    def __str__(self):
        return str(self.consultation)

    @property
    def regles_lues(self):
        """The rules, in order; their numbers begin at 1."""
        return [ligne.strip() for ligne in self.regles.splitlines() if ligne.strip()]

    @property
    def guichets_lus(self):
        return [ligne.strip() for ligne in self.guichets.splitlines() if ligne.strip()]

    def clean(self):
        if not self.regles_lues:
            raise ValidationError({"regles": _("Écrivez au moins une règle.")})


class Phase(models.Model):
    """One of the six moments of a forum. It opens and closes by the clock alone; two may be open at once."""

    class Nature(models.TextChoices):
        INFORMER = "informer", _("S’informer")
        PROPOSER = "proposer", _("Proposer")
        DISCUTER = "discuter", _("Discuter")
        VOTER = "voter", _("Voter")
        RESUMER = "resumer", _("Résumer")
        REPONDRE = "repondre", _("Répondre")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="phases")
    nature = models.CharField(_("temps"), max_length=10, choices=Nature)
    debut = models.DateTimeField(_("début"))
    fin = models.DateTimeField(_("fin"))

    class Meta:
        verbose_name = _("temps du forum")
        verbose_name_plural = _("temps du forum")
        ordering = ["debut", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "nature"],
                name="phase_unique",
                violation_error_message=_("Ce temps est déjà au calendrier. Changez ses dates."),
            )
        ]

    def __str__(self):
        return self.get_nature_display()

    def clean(self):
        if self.debut and self.fin and self.fin <= self.debut:
            raise ValidationError({"fin": _("La fin vient avant le début.")})

    def est_ouverte(self, grace=timedelta()):
        """Whether it is open now, or has been closed for less than `grace`."""
        return self.debut <= timezone.now() < self.fin + grace


class ContributionQuerySet(models.QuerySet):
    def publiables(self):
        """Those whose words may be read by anyone: shown, not taken back, and their author said yes."""
        montrees = self.filter(moderation=Proposition.Moderation.AFFICHEE).exclude(texte="")
        return montrees.filter(auteur__accord_publication=True, auteur__efface_le__isnull=True)


class Contribution(MotsMasques, models.Model):
    """What serves the discussion of a proposition: an argument for, an argument against, a question."""

    class Nature(models.TextChoices):
        POUR = "pour", _("Un argument pour")
        CONTRE = "contre", _("Un argument contre")
        QUESTION = "question", _("Une question")

    LONGUEUR = 600

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="contributions")
    auteur = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="contributions")
    college = models.ForeignKey(College, models.PROTECT, related_name="+", verbose_name=_("collège"))
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    texte = models.TextField(_("texte"), max_length=LONGUEUR)
    masques = models.JSONField(default=list, blank=True)
    moderation = models.CharField(
        _("affichage"),
        max_length=10,
        choices=Proposition.Moderation,
        default=Proposition.Moderation.A_RELIRE,
    )
    signalement = models.CharField(_("pourquoi relire"), max_length=120, blank=True)
    motif = models.CharField(_("motif"), max_length=300, blank=True)
    cle = models.CharField(max_length=64, blank=True, help_text="Idempotency key chosen by the device.")
    cree_le = models.DateTimeField(_("reçue le"), auto_now_add=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["auteur", "cle"], condition=~models.Q(cle=""), name="contribution_cle_unique"
            )
        ]
        indexes = [models.Index(fields=["proposition", "moderation", "nature"])]

    def __str__(self):
        return self.texte_public[:80]

    @property
    def consultation_id(self):
        return self.proposition.consultation_id

    @property
    def cle_de_texte(self):
        """What names it in an address; see `lectures.texte_nomme`."""
        return f"c{self.pk}"


#: Exactly one thing was judged.
UNE_SEULE = models.Q(proposition__isnull=False, contribution__isnull=True) | models.Q(
    proposition__isnull=True, contribution__isnull=False
)


class Decision(models.Model):
    """What a moderator decided of one text, by which rule. The public log reads it: no name, no word."""

    class Sens(models.TextChoices):
        AFFICHEE = "affichee", _("affichée")
        MASQUEE = "masquee", _("affichée, des mots masqués")
        REFUSEE = "refusee", _("refusée")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="decisions")
    proposition = models.ForeignKey(Proposition, models.CASCADE, null=True, related_name="decisions")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="decisions")
    sens = models.CharField(_("décision"), max_length=10, choices=Sens)
    regle = models.PositiveSmallIntegerField(_("règle"), null=True, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    en_recours = models.BooleanField(default=False, help_text="Taken on appeal.")
    avant = models.JSONField(default=dict, help_text="The state of the text before it, for whoever takes it back.")
    le = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("décision de modération")
        verbose_name_plural = _("décisions de modération")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=UNE_SEULE, name="decision_une_seule_chose")]

    def __str__(self):
        return self.get_sens_display()

    @property
    def texte(self):
        """The Proposition or the Contribution that was judged."""
        return self.proposition or self.contribution


class Recours(models.Model):
    """The one appeal against a refusal: someone else reads again."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="recours")
    mots = models.TextField(_("ce que l’auteur répond"), max_length=600, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    tranche_le = models.DateTimeField(null=True, blank=True)
    accepte = models.BooleanField(null=True, blank=True)
    motif = models.CharField(_("réponse"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("deuxième lecture")
        verbose_name_plural = _("deuxièmes lectures")
        ordering = ["pk"]

    def __str__(self):
        return str(self.decision)


class LotDeCodes(models.Model):
    """Cards printed together: `libelle` says where they go, and that is all that is known of a code."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="lots_de_codes")
    libelle = models.CharField(_("où vont ces cartes"), max_length=80)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lot de cartes")
        verbose_name_plural = _("lots de cartes")
        ordering = ["pk"]

    def __str__(self):
        return self.libelle


class AdresseServie(models.Model):
    """An e-mail address, or an identity proved elsewhere, that has let someone in: its keyed hash, nothing else.

    It stays when its person is erased, so that it gives no second voice; it goes with the forum's data.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="adresses_servies")
    empreinte = models.CharField(max_length=64)
    participant = models.OneToOneField(Participant, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("adresse e-mail servie")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "empreinte"], name="adresse_servie_unique")]

    def __str__(self):
        return self.empreinte[:8]


def nouveau_code_de_carte():
    return tirer_code(LONGUEUR_CODE_PERSONNEL)


class CodeDeCarte(models.Model):
    """A code that lets one person into a forum, once. Nothing says who used it, nor when."""

    lot = models.ForeignKey(LotDeCodes, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=12, unique=True, default=nouveau_code_de_carte)
    servi = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("code de carte")
        verbose_name_plural = _("codes de carte")
        ordering = ["pk"]

    def __str__(self):
        return self.lisible

    @property
    def lisible(self):
        return espacer_code(self.code)
