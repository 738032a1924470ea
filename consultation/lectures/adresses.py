"""The addresses of consultations."""

from django.utils.text import slugify

from ..models import Consultation


def adresse_libre(titre):
    """Return an address made of a title, without accents, that no consultation has."""
    base = slugify(titre.replace("’", " ").replace("'", " "))[:70].strip("-") or "consultation"
    prises = set(Consultation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    libres = (f"{base}-{n}" for n in range(2, len(prises) + 3))
    return base if base not in prises else next(slug for slug in libres if slug not in prises)
