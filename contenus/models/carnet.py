"""The booklet that an organiser composed for a seminar. Without one, the booklet makes itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from consultation.models import Consultation

from .blocs_carnet import CarnetBloc


class CarnetCompose(models.Model):
    """Its pages, in their order. `revision` rises at each change: whoever sends an older one is told."""

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, primary_key=True, related_name="carnet_compose"
    )
    corps = StreamField(CarnetBloc(required=False), blank=True, verbose_name=_("pages"))
    revision = models.PositiveIntegerField(default=1)
    modifie_le = models.DateTimeField(auto_now=True)
    modifie_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("carnet composé")
        verbose_name_plural = _("carnets composés")

    def __str__(self):
        return str(self.consultation)
