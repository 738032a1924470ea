"""Fiches found by words and facets, read, cited on both sides, kept on the device and counted."""

import io
import re

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from PIL import Image as PilImage
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from contenus.impression.fiches import collection_pdf, fiche_pdf
from contenus.lectures import fiches as lectures
from contenus.models import FilInfoPage, PisteCitee, Telechargements
from tests.fabriques import creer_espace, creer_piste

from .fabriques_contenus import creer_page_publiee, creer_synthese
from .fabriques_fiches import creer_cas, creer_dispositif

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
NAVIGATEUR = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def index(question=""):
    return lectures.index(QueryDict(question))


def trouvees(question):
    return [ligne.page.numero for ligne in index(question).lignes]


def facettes(question):
    lues = index(question).trouvees.facettes()
    return {nom: [(v.nom, v.nombre) for v in valeurs] for nom, _titre, _ouverte, valeurs in lues}


def texte(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def quatre():
    creer_cas(118)
    ailleurs = {"region": "75", "secteur": "Bâtiment"}
    livret = {
        "categorie": "Apprendre au travail",
        "annee": 2026,
        "en_bref": "Trois salariées dessinent un livret.",
    }
    creer_cas(119, "Un livret en images", **ailleurs, **livret)
    creer_cas(97, "Un chantier à neuf heures", annee=2024, en_bref="Décaler le matin.", **ailleurs)
    creer_dispositif(121)


@pytest.mark.usefixtures("quatre")
def test_each_facet_counts_what_the_other_choices_leave():
    assert facettes("region=75&categorie=Organisation+du+travail") == {
        "genre": [("Cas d’entreprise", 1)],
        "categorie": [("Apprendre au travail", 1), ("Organisation du travail", 1)],
        "region": [("Centre-Val de Loire", 1), ("Nouvelle-Aquitaine", 1)],
        "secteur": [("Bâtiment", 1)],
        "annee": [("2024", 1)],
    }
    assert trouvees("region=75&categorie=Organisation+du+travail") == [97]
    assert trouvees("") == [121, 119, 118, 97]


@pytest.mark.usefixtures("quatre")
def test_words_are_found_without_accents_in_the_plural_and_with_a_mistake():
    assert trouvees("q=repartit+roles") == [118]
    assert trouvees("q=livrets") == [119]
    assert trouvees("q=acueil") == [118]
    assert index("q=acueil").trouvees.corrigee == "accueil"
    assert trouvees("q=118") == [118]


@pytest.mark.usefixtures("quatre")
def test_a_word_of_the_title_comes_before_the_same_word_elsewhere():
    creer_cas(200, "Autre chose", en_bref="Un livret aussi.")
    assert trouvees("q=livret") == [119, 200]


@pytest.mark.usefixtures("quatre")
def test_nothing_found_says_what_would_give_something(client):
    essais = [(dit, n) for dit, n, _adresse in index("q=livret&region=24").trouvees.essais()]
    assert essais == [("Sans «\u202fCentre-Val de Loire\u202f»", 1)]
    essais = [(dit, n) for dit, n, _adresse in index("q=livret+girafe").trouvees.essais()]
    assert essais == [("Seulement «\u202flivret\u202f»", 1)]
    page = client.get("/fiches/?q=girafe").text
    assert "Aucune fiche pour «\u202fgirafe\u202f»" in page
    assert "Chercher dans tout le site" in page


def test_the_list_asks_as_many_questions_of_the_base_whatever_it_holds(client):
    def requetes():
        client.get("/fiches/")  # what is kept from one page to the next
        with CaptureQueriesContext(connection) as comptees:
            assert client.get("/fiches/?q=accueil&annee=2025").status_code == 200
        return len(comptees)

    creer_cas(1)
    peu = requetes()
    for numero in range(2, 24):
        creer_cas(numero, secteur=f"Secteur {numero}")
    assert requetes() == peu


@pytest.mark.usefixtures("quatre")
def test_what_is_not_public_is_neither_found_nor_printed_nor_a_neighbour(client):
    Page.objects.get(title="Un livret en images").specific.unpublish()
    PageViewRestriction.objects.create(
        page=Page.objects.get(title="Un chantier à neuf heures"), restriction_type="login"
    )
    assert trouvees("") == [121, 118]
    assert [client.get(f"/impression/fiche/{n}.pdf").status_code for n in (97, 119, 121)] == [404, 404, 200]
    page = client.get("/fiches/une-petite-equipe-se-repartit-les-roles-118/").text
    assert ("Fiche 121" in page, "Fiche 119" in page, "Fiche 097" in page) == (True, False, False)


def test_a_fiche_says_its_code_with_its_nomenclature_and_leads_to_those_like_it(client, quatre):
    creer_cas(130, "Avec un code", code_ape="8899b")
    page = Page.objects.get(title="Avec un code").specific
    page.full_clean()
    page.save()
    lue = client.get(page.get_url()).text
    assert re.search(r'88\.99B</span> <span class="discret petit">NAF rév\. 2', lue)
    assert 'href="/fiches/?region=24"' in lue
    page.code_ape = "853K"
    with pytest.raises(ValidationError) as refus:
        page.full_clean()
    assert list(refus.value.message_dict) == ["code_ape"]


def test_a_category_is_written_as_the_others_write_it():
    creer_cas(1, categorie="Apprendre au travail")
    page = creer_cas(2, "Autre", categorie="apprendre  au Travail")
    page.full_clean()
    assert page.categorie == "Apprendre au travail"


def test_a_fiche_and_a_piste_lead_to_each_other(client):
    espace = creer_espace()
    piste = creer_piste(espace)
    synthese = creer_page_publiee(creer_synthese(espace.consultation, [piste]))
    cas = creer_cas(118)
    cas.pistes_citees = [PisteCitee(synthese=synthese, numero=piste.numero)]
    cas.save()
    assert f'href="{synthese.get_url()}#p{piste.numero}"' in client.get(cas.get_url()).text
    assert cas.get_url() in client.get(f"/reponses/{espace.consultation.slug}/{piste.numero}/").text
    cas.unpublish()
    assert cas.get_url() not in client.get(f"/reponses/{espace.consultation.slug}/{piste.numero}/").text
    with pytest.raises(ValidationError):
        PisteCitee(fiche=cas, synthese=synthese, numero=999).full_clean()


def test_a_page_that_cites_a_fiche_is_shown_by_it_once_published(client, arborescence):
    cas = creer_cas(118)
    fil = FilInfoPage(title="Des fiches", slug="fil-9", numero=9, saison="Hiver", live=False)
    fil.corps = [("fiche", {"fiche": cas, "precision": "Pour commencer."})]
    arborescence.fils.add_child(instance=fil)
    assert "Des fiches" not in client.get(cas.get_url()).text
    fil.save_revision().publish()
    assert "Fil d’Info n° 9" in client.get(cas.get_url()).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert cas.get_url() in client.get(fil.get_url()).text
    cas.delete()
    assert client.get(fil.get_url()).status_code == 200


def test_a_fiche_whose_image_is_gone_stands_on_screen_and_on_paper(client):
    octets = io.BytesIO()
    PilImage.new("RGB", (400, 300), "green").save(octets, "PNG")
    image = get_image_model().objects.create(title="Cour", file=ImageFile(octets, "cour.png"))
    cas = creer_cas(118, illustration=[("image", {"image": image, "legende": "La cour"})])
    assert "La cour" in client.get(cas.get_url()).text
    image.file.delete(save=False)
    assert client.get(cas.get_url()).status_code == 200
    image.delete()
    assert client.get(cas.get_url()).status_code == 200
    assert "Une petite équipe" in texte(fiche_pdf(type(cas).objects.get()))


def test_a_scheme_on_paper_says_what_its_page_says():
    lu = texte(fiche_pdf(creer_dispositif(121)))
    for mots in ("Fiche 121", "Un entretien à trois.", "Elles repèrent les besoins.", "2013 40 106"):
        assert mots in lu


@pytest.mark.usefixtures("quatre")
def test_what_facets_choose_is_one_document_each_fiche_on_its_page(client):
    lu = client.get("/impression/fiches.pdf?region=75")
    assert lu["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(lu.content)).pages]
    assert ["Un livret" in pages[1], "Un chantier" in pages[2], len(pages)] == [True, True, 3]
    assert client.get("/impression/fiches.pdf?region=94").status_code == 404


@pytest.mark.usefixtures("quatre")
def test_too_many_fiches_for_one_document_are_refused_in_words(client, monkeypatch):
    monkeypatch.setattr(lectures, "COLLECTION_MAX", 2)
    refus = client.get("/impression/fiches.pdf")
    assert (refus.status_code, "2 fiches au plus" in refus.text) == (422, True)
    assert "/impression/fiches.pdf" not in client.get("/fiches/").text


@pytest.mark.usefixtures("quatre")
def test_the_reading_list_is_kept_by_the_device_alone(client):
    def gardees():
        return re.findall(r"Retirer la fiche (\d+)", client.get("/liste-de-lecture/").text)

    assert "Votre liste de lecture est vide" in client.get("/liste-de-lecture/").text
    for numero in ("118", "121", "118"):
        rendue = client.post("/liste-de-lecture/", {"numero": numero, "vers": "/fiches/"})
        assert rendue["Location"] == "/fiches/"
    assert gardees() == ["121", "118"]
    assert client.cookies["liste_de_lecture"].value == "121.118"
    assert "Ma liste : 2" in client.get("/fiches/").text.replace("\u202f", " ").replace("\u00a0", " ")
    client.post("/liste-de-lecture/", {"numero": "121", "retirer": "1"})
    assert gardees() == ["118"]
    assert client.post("/liste-de-lecture/", {"numero": "999"}).status_code == 404


@pytest.mark.usefixtures("quatre")
@pytest.mark.parametrize("vers", ["//ailleurs.test/", "https://ailleurs.test/", "ailleurs", "/\\ailleurs.test"])
def test_a_list_never_sends_to_another_site(client, vers):
    rendue = client.post("/liste-de-lecture/", {"numero": "118", "vers": vers})
    assert rendue["Location"] == "/liste-de-lecture/"


@pytest.mark.usefixtures("quatre")
def test_a_shared_list_is_read_from_its_address_and_leaves_ones_own_alone(client):
    client.post("/liste-de-lecture/", {"numero": "118"})
    lue = client.get("/liste-de-lecture/?n=121&n=97&n=abc&n=404").text
    assert (re.findall(r"(Retirer|Ajouter) la fiche (\d+)", lue)) == [("Ajouter", "121"), ("Ajouter", "097")]
    assert 'href="/impression/fiches.pdf?n=121&amp;n=97"' in lue or "fiches.pdf?n=121&n=97" in lue
    assert client.cookies["liste_de_lecture"].value == "118"


@pytest.mark.parametrize("cookie", ["", "abc", "118.118", "9" * 500, "²", "118.-1.0x5"])
def test_a_cookie_that_someone_wrote_by_hand_breaks_nothing(client, quatre, cookie):
    client.cookies["liste_de_lecture"] = cookie
    assert client.get("/liste-de-lecture/").status_code == 200
    assert client.get("/fiches/").status_code == 200


def test_downloads_are_counted_without_robots_nor_people(client):
    document = Document.objects.create(title="Modèle", file=ContentFile(b"x", "modele.txt"))
    cas = creer_cas(118, documents=[("document", {"document": document, "precision": ""})])
    for entetes in (NAVIGATEUR, NAVIGATEUR, {"HTTP_USER_AGENT": "Googlebot/2.1"}, {"HTTP_USER_AGENT": ""},
                    {**NAVIGATEUR, "HTTP_SEC_PURPOSE": "prefetch"}):  # fmt: skip
        client.get(document.url, **entetes)
    client.head(document.url, **NAVIGATEUR)
    assert list(Telechargements.objects.values()) == [{"document_id": document.pk, "nombre": 2}]
    assert "téléchargé 2 fois" in client.get(cas.get_url()).text


def test_an_empty_shelf_is_not_in_the_menu_and_says_so(client):
    assert 'href="/fiches/"' not in client.get("/liste-de-lecture/").text.partition("</header>")[0]
    assert "Aucune fiche n’est encore publiée" in client.get("/fiches/").text
    creer_cas(1)
    assert 'href="/fiches/"' in client.get("/liste-de-lecture/").text.partition("</header>")[0]


def test_machines_are_told_that_a_fiche_is_an_article(client):
    cas = creer_cas(118)
    cas.save_revision().publish()
    lue = client.get(cas.get_url()).text
    assert '"@type": "Article"' in lue
    assert cas.get_full_url() in client.get("/sitemap.xml").text


def test_the_whole_site_finds_fiches_too(client):
    creer_dispositif(121)
    assert "Un réseau d’immersions" in re.sub("<.?mark>", "", client.get("/recherche/?q=immersions").text)


def test_a_collection_is_a_document_that_screen_readers_can_read():
    pdf = pypdf.PdfReader(io.BytesIO(collection_pdf([creer_cas(1), creer_dispositif(2)])))
    assert (pdf.trailer["/Root"]["/MarkInfo"]["/Marked"], pdf.metadata.title) == (True, "2 fiches")
