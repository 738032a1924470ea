"""What an editor may paste, upload or link to: shown as text, refused, or cleaned; never run."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from contenus.models import AccueilPage, PagePlaine
from contenus.models.blocs import MISE_EN_FORME, LienBloc, RessourceBloc, valider_lien
from tests import fabriques
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]

MAL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def editeur(client):
    compte = fabriques.creer_editeur(fabriques.creer_consultation())
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return compte


@pytest.mark.parametrize(
    "lien",
    [
        "https://exemple.test/a?b=c",
        "http://exemple.test",
        "mailto:a@exemple.test",
        "mailto:a@exemple.test?subject=x",
        "/moi/",
    ],
)
def test_good_links_pass(lien):
    assert valider_lien(lien) is None


@pytest.mark.parametrize(
    "lien",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//exemple.test",
        "/\\exemple.test",
        "/a\nb",
        "mailto:pas une adresse",
        "mailto:javascript:alert(1)",
        "ftp://exemple.test",
        "exemple.test",
    ],
)
def test_other_links_are_refused(lien):
    with pytest.raises(ValidationError):
        valider_lien(lien)
    with pytest.raises(ValidationError):
        LienBloc().clean(lien)


def test_a_resource_is_one_thing_only():
    bloc = RessourceBloc()
    valeur = {"titre": "Guide", "precision": "", "document": None, "page": None, "lien": ""}
    assert bloc.clean(bloc.to_python(valeur | {"lien": "/moi/"}))["lien"] == "/moi/"
    with pytest.raises(blocks.StructBlockValidationError):
        bloc.clean(bloc.to_python(valeur))


def test_rich_text_keeps_no_script_whatever_the_browser_sends():
    etat = {
        "blocks": [
            {
                "key": "a",
                "text": f"{MAL} lien",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "ITALIC"}],
                "entityRanges": [{"offset": len(MAL) + 1, "length": 4, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "java\tscript:alert(1)"}}},
    }
    html = ContentstateConverter(features=MISE_EN_FORME).to_database_format(json.dumps(etat))
    assert "javascript" not in html.replace("\t", "")
    assert "<img" not in html
    assert "<i>" not in html


def test_titles_and_blocks_of_a_page_are_shown_as_text(client, arborescence):
    page = PagePlaine(
        title=MAL,
        slug="mal",
        chapeau=MAL,
        search_description=f'"{MAL}',
        corps=[("titre", MAL), ("bouton", {"libelle": MAL, "lien": "/moi/"})],
    )
    arborescence.accueil.add_child(instance=page)
    html = client.get("/mal/").content.decode()
    assert "<img src=x" not in html
    assert html.count(escape(MAL)) >= 5


def test_the_name_of_a_document_is_shown_as_text(client, arborescence):
    document = get_document_model().objects.create(
        title=MAL, file=SimpleUploadedFile("a.pdf", b"%PDF-1.4", content_type="application/pdf")
    )
    accueil = AccueilPage.objects.get()
    accueil.ressources = [
        ("ressource", {"titre": MAL, "precision": MAL, "document": document, "page": None, "lien": ""})
    ]
    accueil.save_revision().publish()
    page = PagePlaine(title="Documents", slug="documents-utiles", corps=[("document", {"document": document})])
    arborescence.accueil.add_child(instance=page)
    for chemin in ("/", "/documents-utiles/"):
        html = client.get(chemin).content.decode()
        assert "<img src=x" not in html
        assert escape(MAL) in html


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("dessin.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.html", b"<script>alert(1)</script>"),
    ],
)
def test_no_drawing_that_could_hold_a_script_enters_the_images(client, editeur, nom, contenu):
    reponse = client.post(
        reverse("wagtailimages:add"), {"title": "Dessin", "file": SimpleUploadedFile(nom, contenu)}
    )
    assert (reponse.status_code, get_image_model().objects.count()) == (200, 0)


@pytest.mark.parametrize("nom", ["page.html", "dessin.svg", "script.js", "double.pdf.html"])
def test_no_document_that_a_browser_would_run_is_accepted(client, editeur, nom):
    reponse = client.post(
        reverse("wagtaildocs:add"), {"title": "Doc", "file": SimpleUploadedFile(nom, b"<script>alert(1)</script>")}
    )
    assert (reponse.status_code, get_document_model().objects.count()) == (200, 0)


def test_public_pages_hold_no_inline_script_style_or_handler(client, arborescence):
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese_votee(2))
    for chemin in ("/", page.url, "/syntheses/", "/fil-info/", "/accessibilite/"):
        reponse = client.get(chemin)
        html = reponse.content.decode()
        assert (" style=" in html, "<style" in html, " onclick=" in html) == (False, False, False)
        assert "script-src 'self'" in reponse["Content-Security-Policy"]
