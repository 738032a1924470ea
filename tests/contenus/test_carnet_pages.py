"""The booklet as a page and as files; what only organisers may print."""

import io

import pypdf
import pytest

from ateliers.gestion.actions import noter_impression
from consultation.models import Consultation, Participant
from contenus.impression import EchecImpression
from contenus.views import carnet as vues
from tests.fabriques import creer_compte, creer_organisateur

from .fabriques_carnet import personne, programme, seminaire
from .test_moi import telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return seminaire()


@pytest.fixture
def sonia(consultation):
    return personne(consultation, ateliers=[programme(consultation)], code_personnel="K7P4M2XD")


def pages(reponse):
    lecteur = pypdf.PdfReader(io.BytesIO(reponse.content))
    return [(round(p.mediabox.width), round(p.mediabox.height)) for p in lecteur.pages]


def test_the_common_booklet_is_a_page_anyone_reads(client, consultation, sonia):
    page = client.get("/carnet/seminaire-essai/")
    assert page.status_code == 200
    for mots in ("Carnet du participant", "Mardi 13 octobre", "Apprendre à deux", "Que faudra-t-il apprendre"):
        assert mots in page.text
    assert "K7P4" not in page.text


def test_my_booklet_has_my_name_my_code_and_my_workshops(sonia):
    page = telephone(sonia).get("/moi/carnet/").text
    assert "K7P4 M2XD" in page
    assert '<strong dir="auto">Sonia</strong>' in page
    assert 'class="mienne"' in page


def test_with_several_consultations_the_one_asked_for_is_shown(sonia):
    ailleurs = personne(seminaire(titre="Forum du Vallon", slug="forum"))
    client = telephone(sonia, ailleurs)
    assert "Forum du Vallon" in client.get("/moi/carnet/").text
    assert "Nos missions, nos métiers" in client.get("/moi/carnet/?consultation=seminaire-essai").text
    assert client.get("/moi/carnet/?consultation=ailleurs")["Location"] == "/moi/"


@pytest.mark.parametrize(
    ("adresse", "nom", "format_page", "par"),
    [
        ("/carnet/seminaire-essai.pdf", "carnet-seminaire-essai", (420, 595), 4),
        ("/carnet/seminaire-essai/a-imprimer.pdf", "carnet-seminaire-essai-a-imprimer", (842, 595), 2),
        ("/moi/carnet.pdf", "carnet-seminaire-essai", (420, 595), 4),
        ("/moi/carnet-a-imprimer.pdf", "carnet-seminaire-essai-a-imprimer", (842, 595), 2),
    ],
)
def test_each_file_is_named_for_what_it_is(sonia, adresse, nom, format_page, par):
    reponse = telephone(sonia).get(adresse)
    assert (reponse["Content-Type"], reponse["Content-Disposition"]) == (
        "application/pdf",
        f'inline; filename="{nom}.pdf"',
    )
    assert set(pages(reponse)) == {format_page}
    assert len(pages(reponse)) % par == 0


@pytest.mark.parametrize("adresse", ["/moi/carnet/", "/moi/carnet.pdf", "/moi/carnet-a-imprimer.pdf"])
def test_nobodys_phone_is_led_to_the_code(client, adresse):
    assert client.get(adresse)["Location"] == "/moi/"


def test_a_booklet_in_preparation_is_shown_to_those_who_prepare_it_only(client, consultation, sonia):
    consultation.etat = Consultation.Etat.PREPARATION
    consultation.save()
    assert client.get("/carnet/seminaire-essai/").status_code == 404
    assert client.get("/carnet/seminaire-essai.pdf").status_code == 404
    assert telephone(sonia).get("/carnet/seminaire-essai/").status_code == 200
    client.force_login(creer_organisateur(consultation))
    assert client.get("/carnet/seminaire-essai/").status_code == 200


def test_an_unknown_booklet_is_not_found(client):
    assert client.get("/carnet/ailleurs/").status_code == 404


def test_hostile_titles_are_shown_as_words(client, consultation):
    consultation.titre = '<img src=x onerror="alert(1)">'
    consultation.save()
    assert "<img src=x" not in client.get("/carnet/seminaire-essai/").text


def test_a_booklet_that_cannot_be_made_is_said_plainly(client, consultation, monkeypatch):
    def encre_renversee(*args):
        raise EchecImpression("carnet", "text could not be displayed")

    monkeypatch.setattr(vues, "carnet_pdf", encre_renversee)
    reponse = client.get("/carnet/seminaire-essai.pdf")
    assert reponse.status_code == 503
    assert "Ce document n’a pas pu être préparé" in reponse.text
    assert "displayed" not in reponse.text


@pytest.mark.parametrize("quoi", ["badges", "affiches"])
def test_only_organisers_print_badges_and_posters(client, consultation, sonia, quoi):
    adresse = f"/impression/seminaire-essai/{quoi}.pdf"
    assert client.get(adresse).status_code == 403
    assert telephone(sonia).get(adresse).status_code == 403
    client.force_login(creer_compte())
    assert client.get(adresse).status_code == 403
    client.force_login(creer_organisateur(consultation))
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in reponse["Cache-Control"]


def test_badges_are_printed_for_one_person_or_for_those_not_printed_yet(client, consultation, sonia):
    client.force_login(creer_organisateur(consultation))
    adresse = "/impression/seminaire-essai/badges.pdf"
    assert client.get(adresse, {"personne": sonia.pk, "ordre": "structure"}).status_code == 200
    ailleurs = personne(seminaire(titre="Ailleurs", slug="ailleurs"))
    for saisie in ({"personne": ailleurs.pk}, {"personne": "x"}, {"personne": "9" * 40}):
        assert client.get(adresse, saisie).status_code == 404
    Participant.objects.filter(pk=sonia.pk).update(origine="inscription")
    assert client.get(adresse, {"nouveaux": 1}).status_code == 200
    noter_impression(consultation=consultation, badges=1, affiches=0, par=creer_organisateur(consultation))
    assert client.get(adresse, {"nouveaux": 1}).status_code == 404


def test_the_organiser_of_another_seminar_prints_nothing_here(client, consultation):
    client.force_login(creer_organisateur(seminaire(titre="Ailleurs", slug="ailleurs")))
    assert client.get("/impression/seminaire-essai/badges.pdf").status_code == 403
