"""The frame in which people speak: a consultation, its colleges, its themes and its places to speak."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..textes import plier
from .reseau import Territoire


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
    garder_jusqu_au = models.DateField(
        _("données gardées jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Ce jour passé, les noms, les codes et les adresses sont effacés tout seuls, la nuit."),
    )
    reprise_de = models.CharField(
        _("reprise de"),
        max_length=200,
        blank=True,
        editable=False,
        help_text="Where the words come from when they were not written here: the platform, then which one.",
    )
    oubliee_le = models.DateTimeField(null=True, blank=True, editable=False)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-debut", "titre__plie"]

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

    def clean(self):
        """Refuse a second axe of the same title at the same place: a list pasted, or sent, twice."""
        refuser_le_double(self, consultation=self.consultation_id, parent=self.parent_id)


def refuser_le_double(objet, **place):
    """Raise ValidationError when what is being added has the title of another at the same `place`.

    A form sent twice, by a double click or the back button, is that; what stands there twice already may change.
    """
    pareils = type(objet).objects.filter(titre__plie=plier(objet.titre), **place)
    if objet._state.adding and pareils.exists():
        raise ValidationError({"titre": _("Ce titre est déjà là. Écrivez-le une seule fois, ou changez-le.")})


class EtapeDemarche(models.Model):
    """A stage of what a consultation is part of: visits, the seminar itself, an enlarged group, regional meetings.

    `moment` stands for the dates as long as they are not known, and is what is read when both are there.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="demarche")
    titre = models.CharField(_("titre"), max_length=120, help_text=_("Par exemple : Les rencontres régionales."))
    debut = models.DateField(_("premier jour"), null=True, blank=True)
    fin = models.DateField(_("dernier jour"), null=True, blank=True)
    moment = models.CharField(
        _("quand, en mots"),
        max_length=80,
        blank=True,
        help_text=_("Si les dates ne sont pas encore fixées. Par exemple : fin 2027, début 2028."),
    )
    lieu = models.CharField(_("lieu"), max_length=160, blank=True)
    resume = models.CharField(_("en une phrase"), max_length=200, blank=True)
    ordre = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("étape de la démarche")
        verbose_name_plural = _("étapes de la démarche")
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.titre

    def clean(self):
        refuser_le_double(self, consultation=self.consultation_id, debut=self.debut, moment=self.moment)


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
