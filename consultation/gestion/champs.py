"""What the forms of the desk ask with: dates as the browser or French typing gives them, a document."""

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.documents.widgets import AdminDocumentChooser

from .. import textes


class SaisieDate(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class SaisieHeure(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class SaisieMoment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class _Lue:
    """Reads with the parser of the house, and refuses what is not clear instead of guessing."""

    lecteur = None

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return self.lu(type(self).lecteur(value))
        except (ValueError, OverflowError) as erreur:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from erreur

    def lu(self, valeur):
        return valeur


class ChampDate(_Lue, forms.DateField):
    widget = SaisieDate
    lecteur = staticmethod(textes.lire_date)
    default_error_messages = {"invalid": _("Cette date n’est pas claire. Écrivez-la ainsi : 14/10/2027.")}


class ChampHeure(_Lue, forms.TimeField):
    widget = SaisieHeure
    lecteur = staticmethod(textes.lire_heure)
    default_error_messages = {"invalid": _("Cette heure n’est pas claire. Écrivez-la ainsi : 9 h 30.")}


class ChampMoment(_Lue, forms.DateTimeField):
    widget = SaisieMoment
    lecteur = staticmethod(textes.lire_moment)
    default_error_messages = {
        "invalid": _("Ce jour et cette heure ne sont pas clairs. Écrivez-les ainsi : 14/10/2027 à 9 h 30.")
    }

    def lu(self, valeur):
        return timezone.make_aware(valeur)


def partout():
    """Make these the fields of every form that Wagtail builds, pages and publication dates included."""
    for modele, champ in (
        (models.DateField, ChampDate),
        (models.TimeField, ChampHeure),
        (models.DateTimeField, ChampMoment),
    ):
        register_form_field_override(modele, override={"form_class": champ, "widget": champ.widget})


class ChoixDeDocument(AdminDocumentChooser):
    """Wagtail's chooser, which shows no document for what is no number of one, where Wagtail's own fails."""

    def get_instance(self, value):
        return super().get_instance(textes.entier(value) if isinstance(value, str) else value)
