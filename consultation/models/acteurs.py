"""Who speaks, and in which frame."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..textes import LONGUEUR_CODE_PERSONNEL, cle_de_code, espacer_code, tirer_code


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
        ordering = ["nom"]
        constraints = [
            models.UniqueConstraint(fields=["niveau", "nom", "parent"], name="territoire_unique"),
            # SQLite knows no "nulls not distinct": the roots of the tree have a constraint of their own.
            models.UniqueConstraint(
                fields=["niveau", "nom"], condition=models.Q(parent__isnull=True), name="territoire_racine_unique"
            ),
        ]

    def __str__(self):
        return self.nom


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
        ordering = ["nom"]
        constraints = [models.UniqueConstraint(fields=["nom", "ville"], name="structure_unique")]

    def __str__(self):
        return self.nom


class Consultation(models.Model):
    """The frame in which people speak: a seminar or a forum, with its dates, colleges and rules."""

    class Nature(models.TextChoices):
        SEMINAIRE = "seminaire", _("Séminaire")
        FORUM = "forum", _("Forum de territoire")

    class Acces(models.TextChoices):
        OUVERTE = "ouverte", _("Ouverte à tous")
        CODE = "code", _("Avec le code de l’atelier")
        PERSONNEL = "personnel", _("Avec un code personnel")
        COMPTE = "compte", _("Avec un compte")

    class Etat(models.TextChoices):
        PREPARATION = "preparation", _("En préparation")
        OUVERTE = "ouverte", _("Ouverte")
        CLOSE = "close", _("Close")

    class Relecture(models.TextChoices):
        AUCUNE = "aucune", _("Tout s’affiche tout de suite")
        SIGNALEES = "signalees", _("Relire ce qui pose question")
        TOUTES = "toutes", _("Tout relire avant affichage")

    titre = models.CharField(_("titre"), max_length=200)
    slug = models.SlugField(_("adresse"), unique=True, max_length=80)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.SEMINAIRE)
    chapeau = models.TextField(_("présentation"), blank=True, max_length=2000)
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="consultations", verbose_name=_("territoire")
    )
    lieu = models.CharField(_("lieu"), max_length=160, blank=True)
    debut = models.DateField(_("premier jour"), null=True, blank=True)
    fin = models.DateField(_("dernier jour"), null=True, blank=True)
    places = models.PositiveIntegerField(_("nombre de places"), null=True, blank=True)
    etat = models.CharField(_("état"), max_length=12, choices=Etat, default=Etat.PREPARATION)
    acces = models.CharField(_("qui peut entrer"), max_length=10, choices=Acces, default=Acces.CODE)
    relecture = models.CharField(_("relecture"), max_length=10, choices=Relecture, default=Relecture.SIGNALEES)
    longueur_max = models.PositiveIntegerField(
        _("longueur d’une proposition"),
        default=280,
        validators=[MinValueValidator(40), MaxValueValidator(2000)],
        help_text=_("En nombre de signes."),
    )
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-debut", "titre"]

    def __str__(self):
        return self.titre


class College(models.Model):
    """Whom one speaks as. Data of each consultation: a name, a colour, a shape, a pictogram, a target share."""

    class Signe(models.TextChoices):
        """Colour, shape and pictogram go together: the sign stays readable in black and white."""

        SALARIES = "salaries", _("● corail")
        PERMANENTS = "permanents", _("■ bleu lin")
        ADMINISTRATEURS = "administrateurs", _("▲ prune")
        PARTENAIRES = "partenaires", _("◆ lichen")
        HABITANTS = "habitants", _("⬣ ocre")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="colleges")
    nom = models.CharField(_("nom"), max_length=60, help_text=_("Par exemple : Salariés en parcours."))
    nom_court = models.CharField(_("nom court"), max_length=30, help_text=_("Par exemple : En parcours."))
    description = models.CharField(
        _("explication"),
        max_length=120,
        blank=True,
        help_text=_("Par exemple : Salariée ou salarié en insertion."),
    )
    signe = models.CharField(_("signe"), max_length=16, choices=Signe)
    part_cible = models.PositiveSmallIntegerField(
        _("part visée, en %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("collège")
        ordering = ["ordre", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "nom"], name="college_nom_unique"),
            models.UniqueConstraint(fields=["consultation", "signe"], name="college_signe_unique"),
        ]

    def __str__(self):
        return self.nom


class Axe(models.Model):
    """A theme under which contributions are gathered; a theme may itself be split into smaller ones."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="axes")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="themes", verbose_name=_("thème de l’axe")
    )
    titre = models.CharField(_("titre"), max_length=160)
    chapeau = models.TextField(_("en deux phrases"), blank=True, max_length=500)
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("axe")
        verbose_name_plural = _("axes")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.titre


class Espace(models.Model):
    """A place to speak inside a consultation: a workshop's list, a forum's question, the paper cards of a visit.

    Propositions, pistes and scrutins belong to one, so that counting knows nothing of rooms and clocks.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="espaces")
    titre = models.CharField(_("titre"), max_length=200)
    question = models.CharField(_("question posée"), max_length=300, blank=True)
    axes = models.ManyToManyField(Axe, blank=True, related_name="espaces", verbose_name=_("axes"))

    class Meta:
        verbose_name = _("espace de parole")
        verbose_name_plural = _("espaces de parole")

    def __str__(self):
        return self.titre


def nouveau_code_personnel():
    return tirer_code(LONGUEUR_CODE_PERSONNEL)


class Participant(models.Model):
    """One person in one consultation. A first name and a college are enough; an e-mail is never required.

    Erasing someone empties the names, the code and the account, and keeps the row: the group's result stands.
    """

    class Origine(models.TextChoices):
        INSCRIPTION = "inscription", _("Inscription")
        SALLE = "salle", _("Entrée dans la salle")
        PAPIER = "papier", _("Carte papier")
        SIMULATION = "simulation", _("Simulation")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="participants")
    prenom = models.CharField(_("prénom ou surnom"), max_length=40, blank=True)
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
    accord_publication = models.BooleanField(_("accepte que ses mots soient publiés, sans son nom"), default=False)
    cle = models.CharField(
        max_length=64, blank=True, help_text="Idempotency key of the entry, chosen by the device."
    )
    entre_le = models.DateTimeField(_("créé le"), auto_now_add=True)
    efface_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        ordering = ["prenom", "nom", "pk"]
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
        indexes = [models.Index(fields=["consultation", "college"])]

    def __str__(self):
        return self.prenom or str(_("Une personne"))

    def save(self, *args, **kwargs):
        if self.code_personnel is not None:
            self.code_personnel = cle_de_code(self.code_personnel)
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
    """What an account is entrusted with: in a whole consultation, or in one espace. Read only by `regles.py`."""

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
