"""How many times a document was downloaded: the one write that the journal does not tell, since it is nobody's."""

from django.db.models import F

from ..models import Telechargements


def compter_telechargement(*, document):
    """Add one to the downloads of a document. Who, when and from where are neither read nor kept."""
    Telechargements.objects.get_or_create(document=document)
    Telechargements.objects.filter(document=document).update(nombre=F("nombre") + 1)
