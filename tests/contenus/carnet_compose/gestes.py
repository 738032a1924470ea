"""Pages of a composed booklet, as its organisers write them."""

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from contenus.models import CarnetCompose


def page(sorte, **champs):
    return (sorte, champs)


def bienvenue(html="<p>Bonjour.</p>", **champs):
    dits = {"titre": "Bienvenue", "texte": RichText(html), "signature": "", "illustration": {}}
    return page("bienvenue", **dits | champs)


def composer(consultation, *pages):
    return CarnetCompose.objects.create(consultation=consultation, corps=list(pages))


def image(nom="plan.png"):
    return get_image_model().objects.create(title="Le plan", file=get_test_image_file(filename=nom))
