"""A published synthesis says what unites and divides the colleges, and shows the map of opinions of its votes."""

import io

import pypdf
import pytest

from consultation import actions as actions_consultation
from consultation.models import Proclamation, Scrutin
from contenus.impression.publications import synthese_pdf
from contenus.lectures.ecarts import ecarts
from tests import fabriques as f
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture(scope="module")
def _vote(_arborescence):
    return f.faire_deux_camps(f.creer_espace(), memes=6).pk


@pytest.fixture
def vote(_vote, db, monkeypatch):
    monkeypatch.setattr("consultation.analyse.carte.TIRAGES", 20)
    monkeypatch.setattr("consultation.analyse.carte.MELANGES", 10)
    return Scrutin.objects.get(pk=_vote)


def publier(vote):
    pistes = vote.pistes.order_by("numero")
    return fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(vote.consultation, pistes))


def test_the_page_and_its_pdf_tell_agreement_and_show_the_map(vote, client):
    actions_consultation.dessiner_opinions(scrutin=vote, par=None)
    page = publier(vote)
    html = client.get(page.url).content.decode()
    assert ("Ce qui partage les collèges" in html, "2 façons de répondre" in html, html.count("<ellipse")) == (
        True,
        True,
        2,
    )
    pdf = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(synthese_pdf(page))).pages)
    mots = " ".join(pdf.split())
    for dit in ("Ce qui partage les collèges", "2 façons de répondre", "Groupe A,", "Pas sur la carte"):
        assert dit in mots


def test_a_map_asked_for_after_publication_is_not_on_the_page_until_its_figures_are_taken_again(vote, client):
    page = publier(vote)
    assert ecarts(page) == []
    actions_consultation.dessiner_opinions(scrutin=vote, par=None)
    assert "<ellipse" not in client.get(page.url).content.decode()
    assert ecarts(page) == ["Il y a une carte des opinions de plus."]


def test_a_vote_without_groups_freezes_no_map(vote, client):
    Proclamation.objects.update(opinions={"version": 1, "pourquoi": "rien_ne_tient", "groupes": [], "formes": []})
    page = publier(vote)
    assert "opinions" not in page.contenu["scrutins"][0]
    assert "façons de répondre" not in client.get(page.url).content.decode()
