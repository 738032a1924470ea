"""The desk in a real browser under its own policy: no screen asks for what the policy refuses."""

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import TimeoutError as Attente
from playwright.sync_api import expect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment

from contenus.models import PagePlaine
from tests import fabriques
from tests.contenus import fabriques_contenus
from tests.contenus.test_fil import creer_numero

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
    compte = fabriques.creer_compte(is_superuser=True, is_staff=True)
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
    """Return (a page of the administrator, the list that grows with each refusal or error, frames' too)."""
    ecran, refuses = ouvrir(None, qui=compte, largeur=1366, hauteur=900, attendre_erreurs=True), []

    def entendre(ligne):
        if "Content Security Policy" in ligne.text:
            refuses.append((urlsplit(ecran.url).path, ligne.text))

    ecran.on("console", entendre)
    ecran.on("pageerror", lambda erreur: refuses.append((urlsplit(ecran.url).path, str(erreur))))
    return ecran, refuses


def test_no_main_screen_asks_for_what_the_policy_refuses(bureau, ouvrir):
    pages, consultation, compte = bureau
    ecran, refuses = au_bureau(ouvrir, compte)
    for chemin in ecrans(pages, consultation):
        reponse = ecran.goto(chemin)
        assert (chemin, reponse.status) == (chemin, 200)
    assert refuses == []


def televerser(ecran, nom, titre, fichier):
    """Put one file in a library by its page of several files, then give it its title."""
    ecran.goto(reverse(f"{nom}:add_multiple"))
    ecran.locator("input[type=file]").set_input_files(fichier)
    formulaire = ecran.locator("#upload-list form")
    formulaire.locator("input[name$=title]").fill(titre)
    formulaire.locator("[type=submit]").first.click()
    expect(formulaire).to_have_count(0)


def test_files_come_in_several_at_once(bureau, ouvrir):
    ecran, refuses = au_bureau(ouvrir, bureau[2])
    image = {"name": "cour.png", "mimeType": "image/png", "buffer": get_test_image_file().file.getvalue()}
    televerser(ecran, "wagtailimages", "La cour", image)
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 plan"}
    televerser(ecran, "wagtaildocs", "Le plan", plan)
    assert get_image_model().objects.filter(title="La cour").count() == 1
    assert get_document_model().objects.filter(title="Le plan").count() == 1
    assert refuses == []


def ajouter_bloc(ecran, nom):
    """Add a block at the end of the body, by its name in the list that the + opens; return it."""
    ecran.locator("[data-streamfield-stream-container] .c-sf-add-button").last.click()
    ecran.get_by_role("option", name=nom, exact=True).click()
    return ecran.locator("[data-streamfield-child]").last


def choisir(ecran, bloc):
    """Open the chooser of a block and take the first thing it offers."""
    bloc.locator("[data-chooser-action-choose]:visible").first.click()
    fenetre = ecran.locator(".modal-content")
    fenetre.locator("[data-chooser-modal-choice]").first.click()
    expect(fenetre).to_have_count(0)


def commenter(ecran, mots):
    ecran.get_by_role("button", name="Afficher/masquer les commentaires").click()
    saisie = ecran.locator(".comment__input")
    for _fois in range(3):  # what is beside the page slides in: a hand that missed the button presses it again
        ecran.locator("[data-component=add-comment-button]:visible").first.click()
        with suppress(Attente):
            saisie.wait_for(timeout=3000)
            break
    saisie.fill(mots)
    ecran.wait_for_timeout(1500)  # as long as one thinks: the words stay
    ecran.get_by_role("button", name="Commenter", exact=True).click()


def test_a_body_is_written_with_choosers_a_link_and_a_comment(bureau, ouvrir):
    pages, _consultation, compte = bureau
    get_document_model().objects.create(title="Un document", file=ContentFile(b"%PDF-1.4", "a.pdf"))
    ecran, refuses = au_bureau(ouvrir, compte)
    ecran.goto(reverse("wagtailadmin_pages:edit", args=[pages["plaine"].pk]))
    ajouter_bloc(ecran, "Titre de partie").locator("input[type=text]").fill("Venir nous voir")
    choisir(ecran, ajouter_bloc(ecran, "Image"))
    choisir(ecran, ajouter_bloc(ecran, "Document à télécharger"))
    ajouter_bloc(ecran, "Texte").locator("[contenteditable=true]").click()
    ecran.keyboard.type("Voir la liste")
    ecran.keyboard.press("Shift+Home")
    ecran.keyboard.press("Control+k")
    ecran.locator(".modal-content a.choose-page").first.click()
    expect(ecran.locator(".modal-content")).to_have_count(0)
    commenter(ecran, "À relire ensemble")
    ecran.keyboard.press("Control+s")
    expect(ecran.get_by_text("La page « Simple » a été mise à jour.")).to_be_visible()
    ecrite = PagePlaine.objects.get(pk=pages["plaine"].pk).get_latest_revision_as_object()
    types = [bloc.block_type for bloc in ecrite.corps]
    assert types == ["texte", "titre", "image", "document", "texte"]
    assert 'linktype="page"' in ecrite.corps.raw_data[-1]["value"]
    assert list(Comment.objects.values_list("text", flat=True)) == ["À relire ensemble"]
    assert refuses == []


def test_several_pages_are_taken_off_the_site_at_once(bureau, ouvrir):
    pages, _consultation, compte = bureau
    seules = [PagePlaine(title=f"Seule {n}", slug=f"seule-{n}") for n in (1, 2)]
    for page in seules:
        pages["accueil"].add_child(instance=page)
    ecran, refuses = au_bureau(ouvrir, compte)
    ecran.goto(reverse("wagtailadmin_explore", args=[pages["accueil"].pk]))
    for page in seules:
        ecran.locator(f"[data-bulk-action-checkbox][data-object-id='{page.pk}']").check()
    ecran.get_by_role("link", name="Retirer du site").click()
    ecran.locator("main form [type=submit], #main form [type=submit]").first.click()
    expect(ecran.locator(".messages .success")).to_be_visible()
    assert list(PagePlaine.objects.filter(title__startswith="Seule").values_list("live", flat=True)) == [False] * 2
    assert refuses == []
