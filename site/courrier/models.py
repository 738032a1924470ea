"""Who receives the newsletter, and what became of each letter."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from contenus.regions import REGIONS

#: Of a secret key, in each letter: 22 signs among 62, 131 bits.
SIGNES_DE_CLE = 22


def nouvelle_cle():
    return get_random_string(SIGNES_DE_CLE)


class Abonnement(models.Model):
    """An address that asked for the newsletter. Whoever holds `cle` may confirm it, choose and end it."""

    class Frequence(models.TextChoices):
        CHAQUE = "chaque", _("Chaque numéro")
        ALTERNE = "alterne", _("Un numéro sur deux")

    class Forme(models.TextChoices):
        IMAGES = "images", _("Avec les images")
        TEXTE = "texte", _("Texte seul")

    class Origine(models.TextChoices):
        SITE = "site", _("sur le site")
        BUREAU = "bureau", _("par l’équipe")
        MA_PAGE = "moi", _("depuis « ma page »")

    courriel = models.EmailField(_("adresse e-mail"), unique=True)
    cle = models.CharField(max_length=32, unique=True, default=nouvelle_cle)
    region = models.CharField(
        _("région"), max_length=2, blank=True, choices=[(region.code, region.nom) for region in REGIONS]
    )
    frequence = models.CharField(
        _("combien de fois"), max_length=8, choices=Frequence.choices, default=Frequence.CHAQUE
    )
    forme = models.CharField(_("forme"), max_length=8, choices=Forme.choices, default=Forme.IMAGES)
    origine = models.CharField(_("origine"), max_length=8, choices=Origine.choices, default=Origine.SITE)
    cree_le = models.DateTimeField(auto_now_add=True)
    demande_le = models.DateTimeField(help_text="Of the last letter sent because someone asked.")
    rappel_le = models.DateTimeField(null=True, blank=True)
    confirme_le = models.DateTimeField(null=True, blank=True)
    contact_le = models.DateTimeField(help_text="Last time that its owner did something.")
    prevenu_le = models.DateTimeField(null=True, blank=True, help_text="When told that it will be forgotten.")
    mort_le = models.DateTimeField(null=True, blank=True, help_text="The server said that it does not exist.")

    class Meta:
        verbose_name = _("abonnement au Fil d’Info")
        ordering = ["courriel"]

    def __str__(self):
        return self.courriel


class Envoi(models.Model):
    """One number sent to a frozen list. A number is sent once."""

    class Etat(models.TextChoices):
        FIGE = "fige", _("liste figée")
        EN_COURS = "en_cours", _("en cours")
        EN_PAUSE = "en_pause", _("en pause")
        FINI = "fini", _("fini")

    numero = models.PositiveIntegerField(_("numéro"), unique=True)
    page = models.ForeignKey("contenus.FilInfoPage", models.SET_NULL, null=True, related_name="+")
    regions = models.JSONField(default=list, help_text="Codes of the regions chosen; empty for everyone.")
    etat = models.CharField(_("état"), max_length=10, choices=Etat.choices, default=Etat.FIGE)
    fige_le = models.DateTimeField(auto_now_add=True)
    fige_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lance_le = models.DateTimeField(null=True, blank=True)
    lance_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    fini_le = models.DateTimeField(null=True, blank=True)
    sujet = models.CharField(max_length=200, blank=True)
    html = models.TextField(blank=True, help_text="The letter as it was when it was sent, without anyone's links.")
    texte = models.TextField(blank=True)
    attend_le = models.DateTimeField(null=True, blank=True, help_text="Nothing leaves before: see `mots`.")
    mots = models.CharField(max_length=300, blank=True, help_text="Why the whole sending waits.")

    class Meta:
        verbose_name = _("envoi")
        ordering = ["-numero"]

    def __str__(self):
        return _("Fil d’Info n° %(n)s") % {"n": self.numero}


class Destinataire(models.Model):
    """One letter of a sending, from the frozen list to its proof.

    ATTENTE → PRISE (a worker has it) → REPONSE (all is written but the final dot) → REMISE, REFUSEE, ATTENTE again
    (the server asks to wait) or SANS_REPONSE (cut after the dot: the server alone knows, it is not sent again).
    REMISE → REVENUE when a report says, later, that it did not arrive.
    """

    class Etat(models.TextChoices):
        ATTENTE = "attente", _("pas encore partie")
        PRISE = "prise", _("en train de partir")
        REPONSE = "reponse", _("attend la réponse du serveur")
        REMISE = "remise", _("remise à la messagerie")
        REFUSEE = "refusee", _("refusée")
        SANS_REPONSE = "sans", _("sans réponse du serveur")
        REVENUE = "revenue", _("revenue")
        RETIREE = "retiree", _("désabonnée avant l’envoi")

    envoi = models.ForeignKey(Envoi, models.CASCADE, related_name="destinataires")
    abonnement = models.ForeignKey(Abonnement, models.SET_NULL, null=True, related_name="lettres")
    courriel = models.CharField(_("adresse e-mail"), max_length=254)
    domaine = models.CharField(max_length=254)
    etat = models.CharField(_("état"), max_length=8, choices=Etat.choices, default=Etat.ATTENTE)
    mots = models.CharField(_("les mots du serveur"), max_length=300, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)
    prochain_le = models.DateTimeField()
    pris_le = models.DateTimeField(null=True, blank=True)
    fait_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lettre envoyée")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["envoi", "abonnement"], name="une_lettre_par_abonnement")]
        indexes = [
            models.Index(fields=["envoi", "etat", "prochain_le"]),
            models.Index(fields=["envoi", "domaine", "pris_le"]),
        ]

    def __str__(self):
        return self.courriel
