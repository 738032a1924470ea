"""What was said, and what the group made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .acteurs import Participant
from .cadre import Axe, College, Consultation, Espace

#: What stands where someone took their words back.
MOTS_RETIRES = _("(mots retirés par leur auteur)")


class PropositionQuerySet(models.QuerySet):
    def publiables(self):
        """Those whose words may be published now: shown, and their author said yes.

        Nobody asked whoever spoke at a table: the consent of the person who wrote it down is not theirs.
        """
        dites = self.affichees().exclude(origine=Proposition.Origine.TABLE)
        return dites.filter(auteur__accord_publication=True, auteur__efface_le__isnull=True)

    def affichees(self):
        return self.filter(moderation=Proposition.Moderation.AFFICHEE)

    def a_relire(self):
        return self.filter(moderation=Proposition.Moderation.A_RELIRE)

    def a_revoir(self):
        """What whoever leads is asked to look at: what waits to be shown, and what is shown with a doubt."""
        doute = models.Q(moderation=Proposition.Moderation.AFFICHEE) & ~models.Q(signalement="")
        return self.filter(models.Q(moderation=Proposition.Moderation.A_RELIRE) | doute)

    def orphelines(self):
        """Shown propositions that no piste has gathered yet."""
        return self.affichees().filter(piste__isnull=True)


class MotsMasques:
    """Words kept as they were written, in `texte`, of which `masques` hides spans when they are shown.

    `signalement`: why to read them before, as French words, joined by commas.
    """

    @property
    def signes_dits(self):
        """Why to read them before, in the language of whoever reads; "" when nothing asks for it."""
        return ", ".join(gettext(mot) for mot in self.signalement.split(", ") if mot)

    @property
    def texte_public(self):
        """The words as anyone may read them: hidden spans replaced by "[…]", and a note where they were erased."""
        if not self.texte:
            return str(MOTS_RETIRES)
        morceaux, fin = [], 0
        for debut, arret in sorted(self.masques):
            morceaux += [self.texte[fin:debut], "[…]"]
            fin = arret
        return "".join([*morceaux, self.texte[fin:]])


class Proposition(MotsMasques, models.Model):
    """A participant's own words, kept as they were written. `masques` only hides spans when showing them."""

    class Nature(models.TextChoices):
        PISTE = "piste", _("Piste")
        CRITERE = "critere", _("Critère")
        INDICATEUR = "indicateur", _("Indicateur")
        TENDANCE = "tendance", _("Tendance")
        QUESTION = "question", _("Question")

    class Moderation(models.TextChoices):
        AFFICHEE = "affichee", _("Affichée")
        A_RELIRE = "a_relire", _("À relire")
        ECARTEE = "ecartee", _("Écartée")

    class Origine(models.TextChoices):
        TELEPHONE = "telephone", _("Téléphone")
        PAPIER = "papier", _("Carte papier")
        TABLE = "table", _("Notée à une table")
        IMPORT = "import", _("Import")
        GRILLE = "grille", _("Réponse à une grille")
        GUICHET = "guichet", _("Guichet")
        SIMULATION = "simulation", _("Simulation")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="propositions")
    espace = models.ForeignKey(Espace, models.CASCADE, related_name="propositions")
    auteur = models.ForeignKey(
        Participant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="propositions",
        verbose_name=_("auteur"),
    )
    college = models.ForeignKey(College, models.PROTECT, related_name="propositions", verbose_name=_("collège"))
    axe = models.ForeignKey(
        Axe, models.SET_NULL, null=True, blank=True, related_name="propositions", verbose_name=_("axe")
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.PISTE)
    texte = models.TextField(_("texte"), max_length=2000)
    masques = models.JSONField(
        default=list, blank=True, help_text="Spans [start, end) of `texte` hidden when shown, in characters."
    )
    moderation = models.CharField(_("affichage"), max_length=10, choices=Moderation, default=Moderation.AFFICHEE)
    signalement = models.CharField(_("pourquoi relire"), max_length=120, blank=True)
    motif = models.CharField(_("motif"), max_length=300, blank=True)
    origine = models.CharField(_("origine"), max_length=10, choices=Origine, default=Origine.TELEPHONE)
    origine_note = models.CharField(
        _("d’où vient la carte"), max_length=120, blank=True, help_text=_("Par exemple : table 3.")
    )
    saisie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cle = models.CharField(max_length=64, blank=True, help_text="Idempotency key chosen by the device.")
    piste = models.ForeignKey(
        "Piste", models.SET_NULL, null=True, blank=True, related_name="propositions", verbose_name=_("piste")
    )
    cree_le = models.DateTimeField(_("reçue le"), auto_now_add=True)

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "cle"], condition=~models.Q(cle=""), name="proposition_cle_unique"
            )
        ]
        indexes = [models.Index(fields=["espace", "moderation", "-id"])]

    def __str__(self):
        return self.texte_public[:80]

    @property
    def d_ou(self):
        """Where it was noted, in words, or ""; of a table, `origine_note` is the number alone."""
        if self.origine == self.Origine.TABLE:
            return gettext("table n° {n}").format(n=self.origine_note)
        return self.origine_note

    @property
    def est_citable(self):
        """Whether its author lets its words be published: what `publiables` asks of it, shown or not."""
        auteur = self.auteur if self.origine != self.Origine.TABLE else None
        return bool(auteur and auteur.accord_publication and not auteur.efface_le)


class PisteQuerySet(models.QuerySet):
    def debout(self):
        """Pistes that are not joined into another, set aside or not."""
        return self.filter(fusionnee_dans__isnull=True)

    def vivantes(self):
        """Pistes that stand by themselves: neither set aside nor joined into another."""
        return self.debout().exclude(etat=Piste.Etat.ECARTEE)

    def retenues(self):
        return self.vivantes().filter(etat=Piste.Etat.RETENUE)


class Piste(models.Model):
    """The lead the group works on, worded by the group, numbered continuously across the axes."""

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", _("En travail")
        RETENUE = "retenue", _("Retenue")
        ECARTEE = "ecartee", _("Écartée")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="pistes")
    espace = models.ForeignKey(Espace, models.SET_NULL, null=True, blank=True, related_name="pistes")
    axe = models.ForeignKey(
        Axe, models.SET_NULL, null=True, blank=True, related_name="pistes", verbose_name=_("axe")
    )
    numero = models.PositiveIntegerField(_("numéro"))
    texte = models.CharField(_("formulation"), max_length=300)
    mots_de = models.ForeignKey(
        Proposition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pistes_mot_a_mot",
        verbose_name=_("reprend les mots de"),
        help_text="The proposition whose very words `texte` is. See `actions.mots`: it follows them everywhere.",
    )
    venue_de = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="en_regions",
        verbose_name=_("vient de"),
        help_text="The national piste that a region took over: its lineage goes on there.",
    )
    etat = models.CharField(_("état"), max_length=10, choices=Etat, default=Etat.BROUILLON)
    fusionnee_dans = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="absorbees", verbose_name=_("jointe à")
    )
    revision = models.PositiveIntegerField(
        default=1,
        help_text="Raised at each rewording, so that two people at once are told instead of overwritten.",
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = PisteQuerySet.as_manager()

    class Meta:
        verbose_name = _("piste")
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["consultation", "numero"], name="piste_numero_unique")]
        indexes = [models.Index(fields=["espace", "etat"])]

    def __str__(self):
        return f"n° {self.numero} · {self.texte}"
