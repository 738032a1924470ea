"""What surrounds the propositions of a forum: who follows them, who reports them, what the organiser answers."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .forum import Contribution, Forum
from .pistes import Proposition


def nouvelle_cle_de_suivi():
    """A secret for an address on the web: 128 bits."""
    return secrets.token_urlsafe(16)


class Abonne(models.Model):
    """An e-mail address that follows a forum, or some of its propositions. Whoever holds `cle` may end it.

    It is written to only once it has been confirmed from a letter. It goes with the forum's data.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="abonnes")
    courriel = models.EmailField(_("adresse e-mail"))
    cle = models.CharField(max_length=32, unique=True, default=nouvelle_cle_de_suivi)
    tout = models.BooleanField(_("suit tout le forum"), default=False)
    propositions = models.ManyToManyField(Proposition, blank=True, related_name="+")
    cree_le = models.DateTimeField(auto_now_add=True)
    confirme_le = models.DateTimeField(null=True, blank=True)
    ecrit_le = models.DateTimeField(
        null=True, blank=True, help_text="Of the last summary sent: `Forum.lettre_le`."
    )

    class Meta:
        verbose_name = _("suivi d’un forum")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["forum", "courriel"], name="abonne_unique")]

    def __str__(self):
        return str(self.forum)


class Nouvelle(models.Model):
    """One thing told in a summary, so that it is told once: a proposition, a contribution, an answer."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="nouvelles")
    proposition = models.ForeignKey(Proposition, models.CASCADE, null=True, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="+")
    reponse = models.ForeignKey("ReponsePublique", models.CASCADE, null=True, related_name="+")
    lettre_le = models.DateTimeField(help_text="The summary that tells it.")

    class Meta:
        verbose_name = _("nouvelle d’un forum")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=[quoi], name=f"nouvelle_{quoi}_unique")
            for quoi in ("proposition", "contribution", "reponse")
        ]
        indexes = [models.Index(fields=["forum", "lettre_le"])]

    def __str__(self):
        return str(self.proposition or self.contribution or self.reponse)


class Signalement(models.Model):
    """A reader says that a shown text breaks a rule. One a rule for each text: nobody brings it back for ever."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, null=True, related_name="signalements")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="signalements")
    regle = models.PositiveSmallIntegerField(_("règle"))
    mots = models.CharField(_("ce que dit le lecteur"), max_length=300, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    traite_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signalement d’un lecteur")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=[quoi, "regle"], name=f"signalement_{quoi}_unique")
            for quoi in ("proposition", "contribution")
        ]

    def __str__(self):
        return str(self.proposition or self.contribution)


class ReponsePublique(models.Model):
    """What the organiser answers to a proposition, for everyone to read."""

    LONGUEUR = 1500

    proposition = models.OneToOneField(Proposition, models.CASCADE, related_name="reponse_publique")
    texte = models.TextField(_("réponse"), max_length=LONGUEUR)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    le = models.DateTimeField(_("le"), auto_now=True)

    class Meta:
        verbose_name = _("réponse à une proposition")
        ordering = ["pk"]

    def __str__(self):
        return self.texte[:80]
