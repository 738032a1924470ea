"""What is searched: for each thing that anyone may read, the stems of its words, never the words themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import Page

from consultation.models import Consultation, Piste, Proposition
from visites.models import Visite


class Fiche(models.Model):
    """The stems of one thing. `gardes` deletes it in the base as soon as the words it was made from change.

    `proposition`: whose very words these are, a piste's too. `page`: where a piste or a document is read. Whether
    it may be found is not kept here: `lectures` asks the things themselves, each time.
    """

    class Genre(models.TextChoices):
        PROPOSITION = "proposition", _("Propositions")
        PISTE = "piste", _("Pistes")
        FORUM = "forum", _("Forums")
        VISITE = "visite", _("Visites")
        PAGE = "page", _("Pages")
        DOCUMENT = "document", _("Documents")

    genre = models.CharField(max_length=12, choices=Genre)
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, related_name="+")
    proposition = models.ForeignKey(Proposition, models.CASCADE, null=True, related_name="fiches")
    piste = models.ForeignKey(Piste, models.CASCADE, null=True, related_name="fiches")
    visite = models.ForeignKey(Visite, models.CASCADE, null=True, related_name="fiches")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="fiches")
    document = models.ForeignKey(get_document_model_string(), models.CASCADE, null=True, related_name="+")
    titre = models.TextField(help_text="Stems between blanks: ' covoiturag matin '.")
    mots = models.TextField(help_text="The same, of the title and of the rest.")

    class Meta:
        verbose_name = _("fiche de recherche")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposition"], condition=models.Q(genre="proposition"), name="fiche_de_proposition"
            ),
            models.UniqueConstraint(
                fields=["piste"], condition=models.Q(genre="piste", page__isnull=True), name="fiche_de_piste"
            ),
            models.UniqueConstraint(
                fields=["consultation"], condition=models.Q(genre="forum"), name="fiche_de_forum"
            ),
            models.UniqueConstraint(fields=["visite"], name="fiche_de_visite"),
            models.UniqueConstraint(fields=["page"], condition=models.Q(genre="page"), name="fiche_de_page"),
            models.UniqueConstraint(fields=["page", "piste"], name="fiche_de_piste_figee"),
            models.UniqueConstraint(fields=["page", "document"], name="fiche_de_document"),
        ]

    def __str__(self):
        return f"{self.genre} {self.pk}"
