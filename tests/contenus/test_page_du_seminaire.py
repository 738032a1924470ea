"""The public page of a seminar, made from the preparation page; drafts previewed as pages and as paper."""

import pytest
from django.urls import reverse

from ateliers.inscriptions.publique import regler_inscription_publique
from consultation.models import Journal
from contenus import actions
from contenus.models import SeminairePage
from tests import fabriques as f
from tests.contenus import fabriques_contenus as fc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


def faire(client, consultation):
    return client.post(reverse("contenus_page_du_seminaire", args=[consultation.pk]))


def test_one_button_makes_the_draft_of_what_is_prepared_and_opens_it(client):
    consultation = f.creer_consultation(titre="Deux jours pour le dire", chapeau="Venez à cent vingt.")
    par = f.creer_organisateur(consultation)
    regler_inscription_publique(consultation=consultation, ouverte=True, jusqu_au=None, par=par)
    client.force_login(par)
    reponse = faire(client, consultation)
    page = SeminairePage.objects.get(consultation=consultation)
    assert reponse["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(reponse["Location"]).status_code == 200
    assert (page.title, page.slug, page.live, page.owner, page.lien_inscription) == (
        "Deux jours pour le dire", consultation.slug, False, par, f"/s-inscrire/{consultation.slug}/",
    )  # fmt: skip
    page.get_latest_revision().publish()
    assert "Venez à cent vingt." in client.get(page.url).content.decode()
    assert [e.compte_id for e in Journal.objects.filter(verbe="faire_page_du_seminaire")] == [par.pk]


def test_twice_is_once_and_an_address_already_taken_is_left_to_its_page(client):
    consultation, autre = f.creer_consultation(slug="lyon"), f.creer_consultation()
    pages = [actions.faire_page_du_seminaire(consultation=consultation, par=None) for _ in range(2)]
    assert (pages[0].pk, SeminairePage.objects.count()) == (pages[1].pk, 1)
    type(autre).objects.filter(pk=autre.pk).update(slug="lyon-2")
    pages[0].slug = "lyon-2"
    pages[0].save()
    assert actions.faire_page_du_seminaire(consultation=autre, par=None).slug == "lyon-2-2"


@pytest.mark.parametrize(("mode", "genre"), [("", "text/html"), ("pdf", "application/pdf")])
def test_a_draft_is_previewed_as_it_will_be_read_and_as_it_will_be_printed(client, mode, genre):
    synthese = fc.creer_synthese_votee(2)
    page = actions.faire_page(synthese=synthese, par=None)
    client.force_login(f.creer_editeur(synthese.consultation))
    vue = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
    assert (vue.status_code, vue["Content-Type"].partition(";")[0]) == (200, genre)
    assert client.get(f"/impression/synthese/{page.pk}.pdf").status_code == 404
