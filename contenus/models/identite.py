"""Who publishes this site: said once, in the settings; read by the footer, the legal notices and shared links."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class IdentiteSite(BaseSiteSetting):
    organisme = models.CharField(
        _("nom de l’organisme"), max_length=160, blank=True, help_text=_("L’association qui édite ce site.")
    )
    siege = models.TextField(_("adresse du siège"), max_length=300, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=30, blank=True)
    courriel = models.EmailField(
        _("adresse de courriel"), blank=True, help_text=_("Montrée à tous, pour joindre l’équipe.")
    )
    directeur = models.CharField(_("directeur ou directrice de la publication"), max_length=160, blank=True)
    hebergeur = models.TextField(
        _("hébergeur"), max_length=300, blank=True, help_text=_("Son nom, son adresse et son téléphone.")
    )
    phrase = models.CharField(
        _("phrase en bas de page"),
        max_length=160,
        blank=True,
        help_text=_("Laissez vide pour garder : Ce qui se dit en atelier ne se perd pas."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image des liens partagés"),
        help_text=_("Montrée quand quelqu’un envoie l’adresse d’une page. 1200 sur 630 points."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(nom) for nom in ("organisme", "siege", "directeur", "hebergeur")], _("Mentions légales")
        ),
        MultiFieldPanel([FieldPanel("courriel"), FieldPanel("telephone")], _("Nous joindre")),
        MultiFieldPanel([FieldPanel("phrase"), FieldPanel("image")], _("Sur toutes les pages")),
    ]
    select_related = ["image"]

    class Meta:
        verbose_name = _("Ce site")

    @property
    def complet(self):
        """True when the law's minimum is there: who, where, a way to call, who answers for it, who hosts it."""
        noms = ("organisme", "siege", "telephone", "directeur", "hebergeur")
        return all(getattr(self, nom) for nom in noms)
