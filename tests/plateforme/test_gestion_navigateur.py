"""The desk in a real browser under its own policy: no screen asks for what the policy refuses."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from contenus.models import PagePlaine
from tests import fabriques
from tests.contenus import fabriques_contenus
from tests.contenus.test_fil import creer_numero
from tests.parcours.gestes import MOT_DE_PASSE, se_connecter

pytestmark = pytest.mark.parcours


@pytest.fixture(scope="module")
def bureau(serveur):
    """(pages by name, a consultation, the account of an administrator)"""
    accueil = fabriques_contenus.poser_arborescence().accueil
    consultation = fabriques.creer_consultation()
    synthese = fabriques_contenus.creer_synthese_votee(2)
    page = fabriques_contenus.creer_page_publiee(synthese)
    plaine = PagePlaine(title="Simple", slug="simple", corps='[{"type": "texte", "value": "<p>Un mot.</p>"}]')
    accueil.add_child(instance=plaine)
    numero = creer_numero(7, syntheses=[synthese])
    image = get_image_model().objects.create(title="Une image", file=get_test_image_file())
    pages = {"accueil": accueil, "synthese": page, "plaine": plaine, "numero": numero, "image": image}
    compte = fabriques.creer_compte(is_superuser=True, is_staff=True, password=MOT_DE_PASSE)
    return pages, consultation, compte


def ecrans(pages, consultation):
    accueil, image = pages["accueil"].pk, pages["image"].pk
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[accueil]),
        *(reverse("wagtailadmin_pages:edit", args=[pages[nom].pk]) for nom in
          ("accueil", "synthese", "plaine", "numero")),
        reverse("wagtailadmin_pages:history", args=[pages["synthese"].pk]),
        reverse("wagtailadmin_pages:search") + "?q=un",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_account"),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image]),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
        reverse("wagtailredirects:index"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailsites:index"),
        reverse("consultations:index"),
        reverse("consultations:edit", args=[consultation.pk]),
        *(reverse(nom, args=[consultation.pk]) for nom in (
            "gestion:preparation", "gestion:equipe", "gestion:journal", "gestion:exports", "gestion:propositions",
            "gestion_ateliers:temps_ajouter", "gestion_ateliers:ateliers", "gestion_ateliers:inscriptions",
            "gestion_ateliers:importer", "gestion_ateliers:programme",
        )),
    ]  # fmt: skip


def au_bureau(ouvrir, compte):
    """Return (a page of the administrator, the list that grows with each refusal, those of its frames too)."""
    ecran, refuses = ouvrir(None, largeur=1366, hauteur=900, attendre_erreurs=True), []

    def entendre(ligne):
        if "Content Security Policy" in ligne.text:
            refuses.append((urlsplit(ecran.url).path, ligne.text))

    ecran.on("console", entendre)
    se_connecter(ecran, compte)
    return ecran, refuses


def test_no_main_screen_asks_for_what_the_policy_refuses(bureau, ouvrir):
    pages, consultation, compte = bureau
    ecran, refuses = au_bureau(ouvrir, compte)
    for chemin in ecrans(pages, consultation):
        reponse = ecran.goto(chemin)
        assert (chemin, reponse.status) == (chemin, 200)
    assert refuses == []
