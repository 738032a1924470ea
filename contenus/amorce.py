"""The pages a fresh installation starts with. Nothing that someone edited is ever written over."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from consultation import actions as actions_consultation

from .models import AccueilPage, FichesIndexPage, FilInfoIndexPage, PagePlaine, SynthesesIndexPage
from .pages_initiales import ACCUEIL, FICHES, FILS, PAGES, SYNTHESES
from .roles import poser_roles


@dataclass(frozen=True)
class Arborescence:
    """The pages everything else hangs on."""

    accueil: AccueilPage
    syntheses: SynthesesIndexPage
    fils: FilInfoIndexPage
    fiches: FichesIndexPage


@transaction.atomic
def poser_arborescence(*, par=None):
    """Create the home page, the three shelves, the obligatory pages and the groups' rights where missing.

    An obligatory page that nobody edited takes our words of today; one that someone edited is left alone.

    Return the Arborescence. Calling it again changes nothing. `par` is the account noted in the journal.
    """
    neuve = not AccueilPage.objects.exists()
    accueil = AccueilPage.objects.first() or _poser_accueil()
    syntheses = SynthesesIndexPage.objects.first() or _ajouter(accueil, SynthesesIndexPage(**SYNTHESES))
    fils = FilInfoIndexPage.objects.first() or _ajouter(accueil, FilInfoIndexPage(**FILS))
    fiches = FichesIndexPage.objects.first() or _ajouter(accueil, FichesIndexPage(**FICHES))
    for champs in PAGES:
        posee = Page.objects.child_of(accueil).filter(slug=champs["slug"]).first()
        if posee is None:
            _ajouter(accueil, PagePlaine(**champs))
        elif isinstance(posee.specific, PagePlaine):
            _rafraichir(posee.specific, champs)
    poser_roles()
    if neuve:
        actions_consultation.noter(verbe="poser_arborescence", objet=accueil, compte=par)
    return Arborescence(accueil, syntheses, fils, fiches)


def _poser_accueil():
    """Put our home page in the place of Wagtail's welcome page."""
    bienvenue = Page.objects.filter(depth=2, slug="home", numchild=0, content_type__model="page").first()
    accueil = Page.get_first_root_node().add_child(instance=AccueilPage(**ACCUEIL))
    adresse = urlsplit(settings.URL_PUBLIQUE)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "root_page": accueil.page_ptr,
            "site_name": "Germoir",
            "hostname": adresse.hostname,
            "port": adresse.port or (443 if adresse.scheme == "https" else 80),
        },
    )
    if bienvenue is not None:
        bienvenue.delete()
    return AccueilPage.objects.get(pk=accueil.pk)


def _rafraichir(page, champs):
    """Give a page our words of today, as long as nobody ever touched the former ones."""
    nouvelle = PagePlaine(**champs)
    a_nous = not page.revisions.exclude(user=None).exists() and page.revisions.exists()
    if not a_nous or all(_dit(page, nom) == _dit(nouvelle, nom) for nom in ("chapeau", "corps")):
        return
    page.chapeau, page.corps = champs["chapeau"], champs["corps"]
    page.save_revision().publish()


def _dit(page, nom):
    """What a field says, without the identifiers that Wagtail gives to each block."""
    valeur = getattr(page, nom)
    return valeur if nom == "chapeau" else [(b.block_type, b.block.get_prep_value(b.value)) for b in valeur]


def _ajouter(parent, page):
    parent.refresh_from_db()  # its count of children moves with each addition
    parent.add_child(instance=page)
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return page
