"""How it is counted."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .acteurs import Participant
from .cadre import College, Consultation, Espace
from .pistes import Piste


class ScrutinQuerySet(models.QuerySet):
    def montres(self):
        """Those whose results anyone may read: closed, and shown by whoever leads when they were to wait."""
        attend = models.Q(resultats_attendent=True, montres_le__isnull=True)
        return self.filter(etat=Scrutin.Etat.CLOS).exclude(attend)


class Scrutin(models.Model):
    """One round of voting on a list of pistes. Nothing is shown of it before it closes but who has voted.

    When `resultats_attendent`, nothing is shown before `montres_le` either, to anybody.
    """

    class Mode(models.TextChoices):
        GOMMETTES = "gommettes", _("Gommettes")
        ADHESION = "adhesion", _("Accord en quatre degrés")
        CONSENTEMENT = "consent", _("Consentement : personne n’a d’objection")
        CLASSEMENT = "classement", _("Classement de cinq pistes au plus")

    class Regle(models.TextChoices):
        PERSONNES = "personnes", _("Une personne, une voix")
        COLLEGES_EGAUX = "colleges_egaux", _("Chaque collège pèse autant")
        TOUS_COLLEGES = "tous_colleges", _("Accord de tous les collèges")

    class Etat(models.TextChoices):
        PREPARE = "prepare", _("Préparé")
        OUVERT = "ouvert", _("Ouvert")
        CLOS = "clos", _("Clos")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="scrutins")
    espace = models.ForeignKey(Espace, models.CASCADE, related_name="scrutins")
    titre = models.CharField(_("titre"), max_length=160)
    mode = models.CharField(_("façon de voter"), max_length=10, choices=Mode, default=Mode.GOMMETTES)
    gommettes = models.PositiveSmallIntegerField(
        _("gommettes par personne"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    regle = models.CharField(_("règle"), max_length=16, choices=Regle, default=Regle.PERSONNES)
    seuil = models.PositiveSmallIntegerField(
        _("seuil, en %"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Part d’accord à atteindre, pour tous ou dans chaque collège selon la règle."),
    )
    quorum_gommettes = models.PositiveIntegerField(
        _("quorum, en gommettes"),
        default=0,
        help_text=_("Gommettes qu’une piste doit réunir ; 0 : pas de quorum."),
    )
    pistes = models.ManyToManyField(Piste, blank=True, related_name="scrutins", verbose_name=_("pistes"))
    etat = models.CharField(_("état"), max_length=8, choices=Etat, default=Etat.PREPARE)
    liste_close = models.BooleanField(
        _("liste close"),
        default=False,
        help_text=_("Seules les personnes entrées avant l’ouverture du vote peuvent voter."),
    )
    secret = models.BooleanField(
        _("vote secret"),
        default=False,
        help_text=_(
            "On sait qui a voté. Personne ne sait qui a choisi quoi. On vote une seule fois, sans pouvoir changer."
        ),
    )
    places = models.PositiveSmallIntegerField(
        default=0, help_text="In a ranking, how many first places count as being for a piste; set at the opening."
    )
    ouvert_le = models.DateTimeField(null=True, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    resultats_attendent = models.BooleanField(
        _("montrer les résultats plus tard"),
        default=False,
        help_text=_("Les écrans attendent que la personne qui anime les montre, depuis la console."),
    )
    montres_le = models.DateTimeField(null=True, blank=True)
    precedent = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suivant",
        help_text="The first round that this one votes on again, after discussion.",
    )

    objects = ScrutinQuerySet.as_manager()

    class Meta:
        verbose_name = _("scrutin")
        ordering = ["pk"]

    def __str__(self):
        return self.titre

    @property
    def est_montre(self):
        """Whether anyone may read its results: see `ScrutinQuerySet.montres`."""
        return self.etat == self.Etat.CLOS and not (self.resultats_attendent and self.montres_le is None)

    def est_ferme_a(self, participant):
        """Whether its list is closed and this person came after: they do not vote in it."""
        return bool(
            self.liste_close and self.ouvert_le and participant.entre_le and participant.entre_le > self.ouvert_le
        )

    def tardifs(self):
        """The people it is closed to, for as long as it is open. None when its list is not closed."""
        tous = Participant.objects.filter(consultation=self.consultation_id)
        return tous.filter(entre_le__gt=self.ouvert_le) if self.liste_close and self.ouvert_le else tous.none()


class Quorum(models.Model):
    """What a scrutin asks of one college: how many voters, and which share of a piste's dots."""

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="quorums")
    college = models.ForeignKey(College, models.CASCADE, related_name="+", verbose_name=_("collège"))
    votants_min = models.PositiveIntegerField(_("votants au moins"), default=0)
    part_min = models.PositiveSmallIntegerField(
        _("part du soutien au moins, en %"), default=0, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("quorum")
        constraints = [models.UniqueConstraint(fields=["scrutin", "college"], name="quorum_unique")]

    def __str__(self):
        return f"{self.college} : {self.votants_min}"


class Bulletin(models.Model):
    """That someone has voted in a scrutin, without what they chose; one per voter."""

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="bulletins")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="bulletins")
    college = models.ForeignKey(College, models.PROTECT, related_name="+")
    cle = models.CharField(max_length=64, blank=True, help_text="Idempotency key of the last act on this ballot.")
    ordres = models.JSONField(
        default=dict, blank=True, help_text="When the choice on each piste was made: {piste: ms since 1970}."
    )
    depose_le = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("bulletin")
        constraints = [models.UniqueConstraint(fields=["scrutin", "participant"], name="bulletin_unique")]
        indexes = [models.Index(fields=["scrutin", "college"])]

    def __str__(self):
        return f"{self.scrutin_id}:{self.participant_id}"


class UrneScellee(models.Model):
    """The box of a secret ballot: how many, never who. There is no `Voix` of it, and no row for one person.

    `comptes` are its counts, sealed with the key of the site (`decomptes.urne`), written whole at each ballot. At
    the closing what may be published is made from them (`Proclamation`) and the box is emptied: the row goes.
    """

    scrutin = models.OneToOneField(Scrutin, models.CASCADE, related_name="urne")
    comptes = models.TextField()

    class Meta:
        verbose_name = _("urne")

    def __str__(self):
        return f"{self.scrutin_id}"


class Voix(models.Model):
    """Someone's choice on one piste.

    `valeur`: dots placed (gommettes), 1 to 4 (adhésion), one of two (consent), a place (`decomptes.rangs`).
    """

    CONSENT, OBJECTION = 4, 1

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="voix")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="voix")
    piste = models.ForeignKey(Piste, models.CASCADE, related_name="voix")
    college = models.ForeignKey(College, models.PROTECT, related_name="+")
    valeur = models.PositiveSmallIntegerField()
    appareil = models.CharField(
        max_length=16, blank=True, help_text="The device that cast it: it alone is shown what it chose."
    )
    modifie_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("voix")
        verbose_name_plural = _("voix")
        constraints = [models.UniqueConstraint(fields=["scrutin", "participant", "piste"], name="voix_unique")]
        indexes = [models.Index(fields=["scrutin", "piste"])]

    def __str__(self):
        return f"{self.scrutin_id}:{self.piste_id}={self.valeur}"


class Objection(models.Model):
    """Why someone cannot live with a piste, and what the group answers. It stands as long as they hold it.

    That is said by their Voix on the piste and by nothing else (`Voix.OBJECTION`): only its author lifts it, by
    consenting. Neither their name nor their college is shown.
    """

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="objections")
    piste = models.ForeignKey(Piste, models.CASCADE, related_name="objections")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="objections")
    raison = models.CharField(_("raison"), max_length=500, blank=True)
    reponse = models.CharField(_("réponse du groupe"), max_length=500, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("objection")
        constraints = [
            models.UniqueConstraint(fields=["scrutin", "participant", "piste"], name="objection_unique")
        ]

    def __str__(self):
        return f"{self.scrutin_id}:{self.piste_id}"


class Proclamation(models.Model):
    """What may be published of a closed vote, decided once, at its closing, and never again.

    `tableau` holds figures and ids only, no words: its shape is in docs/domaine.md. Whoever is erased afterwards,
    whatever is joined or corrected, it stands: a second table beside it would give people away by subtraction.
    So does `opinions`, the map of opinions, once asked for: its shape is in `decomptes.opinions`.
    """

    scrutin = models.OneToOneField(Scrutin, models.CASCADE, related_name="proclamation")
    tableau = models.JSONField()
    opinions = models.JSONField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    etablie_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proclamation")

    def __str__(self):
        return f"{self.scrutin_id}"


class Decompte(models.Model):
    """The tally: how many distinct voters of a college hold `valeur` on a piste, joined pistes counted in it.

    Kept with each vote; `manage.py verifier` recomputes it from the votes and says if anything differs.
    """

    scrutin = models.ForeignKey(Scrutin, models.CASCADE, related_name="decomptes")
    piste = models.ForeignKey(Piste, models.CASCADE, related_name="decomptes")
    college = models.ForeignKey(College, models.CASCADE, related_name="+")
    valeur = models.PositiveSmallIntegerField()
    votants = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("décompte")
        constraints = [
            models.UniqueConstraint(fields=["scrutin", "piste", "college", "valeur"], name="decompte_unique"),
            models.CheckConstraint(condition=models.Q(votants__gte=0), name="decompte_positif"),
        ]

    def __str__(self):
        return f"{self.scrutin_id}:{self.piste_id}:{self.college_id}={self.valeur}×{self.votants}"
