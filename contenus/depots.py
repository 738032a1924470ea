"""What people put in the library of images: a file that cannot be read whole is said so, and kept out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.images.forms import BaseImageForm


class FormulaireImage(BaseImageForm):
    """Wagtail looks at the first bytes of an image, then measures the whole: a broken one fails there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            champ = self.fields["file"]
            champ.to_python = _lire_entiere(champ.to_python)


def _lire_entiere(lire):
    def lire_ou_dire(donnees):
        try:
            return lire(donnees)
        except (OSError, SyntaxError, ValueError, DecompressionBombError) as erreur:
            raise ValidationError(
                _("Cette image est abîmée ou incomplète. Ouvrez-la pour vérifier, puis envoyez-la à nouveau."),
                code="image_abimee",
            ) from erreur

    return lire_ou_dire
