"""What people send: too big, cut short, private; refused in a sentence, or handed to the right ones."""

import asyncio
import io

import pytest
from django.conf import settings as reglages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from plateforme.asgi import http
from plateforme.depots import limite
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def png(part=1.0):
    flux = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(flux, "PNG")
    return flux.getvalue()[: int(len(flux.getvalue()) * part)]


@pytest.fixture
def editeur(client):
    compte = f.creer_editeur(f.creer_consultation())
    client.force_login(compte)
    return compte


@pytest.mark.parametrize("adresse", ["wagtailimages:add", "wagtailimages:add_multiple"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_an_image_cut_short_is_said_so_and_kept_out(client, editeur, adresse, part):
    envoi = SimpleUploadedFile("coupee.png", png(part), "image/png")
    cle = "files[]" if adresse.endswith("multiple") else "file"
    reponse = client.post(reverse(adresse), {"title": "Coupée", cle: envoi})
    texte = reponse.json()["error_message"] if adresse.endswith("multiple") else reponse.content.decode()
    assert (reponse.status_code, get_image_model().objects.count()) == (200, 0)
    assert "abîmée ou incomplète" in texte


def test_a_whole_image_enters(client, editeur):
    client.post(reverse("wagtailimages:add"), {"title": "Entière", "file": SimpleUploadedFile("a.png", png())})
    assert get_image_model().objects.count() == 1


@pytest.mark.parametrize(
    ("chemin", "limite_attendue"), [("/gestion/documents/add/", 20_000_000), ("/rejoindre/", 2_500_000)]
)
def test_what_is_announced_as_too_big_is_refused_in_a_sentence(client, chemin, limite_attendue):
    assert limite(chemin) == limite_attendue
    reponse = client.post(chemin, data=b"", content_type="text/plain", CONTENT_LENGTH=str(limite_attendue + 1))
    assert reponse.status_code == 413
    assert f"{limite_attendue // 1_000_000} Mo au plus" in reponse.content.decode()
    en_json = client.post(
        chemin, b"", "text/plain", CONTENT_LENGTH=str(limite_attendue + 1), HTTP_ACCEPT="application/json"
    )
    assert (en_json.status_code, en_json.json()["code"]) == (413, "trop_lourd")


def envoyer(entetes, morceaux):
    """Send a POST to the whole ASGI application in `morceaux`; return (status, body, chunks it asked for)."""
    recus, envoyes = [], list(morceaux)

    async def receive():
        if not envoyes:
            await asyncio.Event().wait()
        recus.append(len(envoyes))
        return {"type": "http.request", "body": envoyes.pop(0), "more_body": bool(envoyes)}

    reponse = []

    async def send(message):
        reponse.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/langue/", "raw_path": b"/langue/", "query_string": b"",
        "root_path": "", "scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1),
        "server": ("testserver", 80), "headers": [(b"host", b"testserver"), *entetes],
    }  # fmt: skip
    asyncio.run(http(scope, receive, send))
    return reponse[0]["status"], b"".join(m.get("body", b"") for m in reponse).decode(), len(recus)


def test_a_body_announced_as_too_big_is_not_even_read():
    statut, corps, lus = envoyer([(b"content-length", b"3000000"), (b"accept", b"application/json")], [])
    assert (statut, lus, "2 Mo au plus" in corps) == (413, 0, True)


def test_a_body_that_hides_its_size_is_cut():
    statut, corps, lus = envoyer([(b"transfer-encoding", b"chunked")], [b"x" * 1_000_000] * 50)
    assert (statut, lus, "2 Mo au plus" in corps) == (413, 3, True)


@pytest.fixture
def document(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Réservé"))
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return get_document_model().objects.create(
        title="Réservé", file=SimpleUploadedFile("reserve.pdf", b"%PDF-1.4 secret"), collection=collection
    )


def test_a_private_document_is_private_by_every_address(client, document):
    assert client.get(document.url)["Location"].startswith(reverse("account_login"))
    assert client.get(f"/media/{document.file.name}").status_code == 404
    client.force_login(f.creer_compte())
    reponse = client.get(document.url)
    assert (reponse.status_code, b"".join(reponse.streaming_content)) == (200, b"%PDF-1.4 secret")


def test_its_link_never_tells_the_raw_path(document):
    assert reglages.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    assert document.url == reverse("wagtaildocs_serve", args=[document.pk, "reserve.pdf"])
    assert not any("media" in str(motif.pattern) for motif in get_resolver().url_patterns)


def test_the_servers_in_front_are_told_to_show_no_document():
    texte = (reglages.RACINE / "docs/exploitation.md").read_text() + (
        reglages.RACINE / "docs/exploitation/Caddyfile"
    ).read_text()
    assert "location /media/" not in texte
    assert "handle_path /media/*" not in texte
