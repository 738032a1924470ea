"""Old addresses: a page that moves is found again, and who may send an address elsewhere."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from contenus import actions
from contenus.models import PagePlaine
from tests import fabriques as f
from tests.contenus import fabriques_contenus as fc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]
ACTES = ("index", "add", "edit", "delete", "start_import")


@pytest.fixture
def page(arborescence):
    page = PagePlaine(title="Visites", slug="visites")
    arborescence.accueil.add_child(instance=page)
    page.save_revision().publish()
    return PagePlaine.objects.get(pk=page.pk)


def ailleurs(adresse_ancienne, client):
    reponse = client.get(adresse_ancienne)
    return reponse.status_code, reponse.get("Location", "")


def test_a_page_whose_address_changes_is_found_at_the_old_one(client, page, django_capture_on_commit_callbacks):
    dessous = PagePlaine(title="Domont", slug="domont")
    page.add_child(instance=dessous)
    dessous.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "nos-visites"
        page.save_revision().publish()
    assert ailleurs("/visites/", client) == (301, "/nos-visites/")
    assert ailleurs("/visites/domont/?x=1", client) == (301, "/nos-visites/domont/")


def test_a_page_that_moves_is_found_at_its_old_place(client, page):
    guide = PagePlaine.objects.exclude(pk=page.pk).first()
    page.move(guide, pos="last-child")
    assert ailleurs("/visites/", client) == (301, f"/{guide.slug}/visites/")


def gerer(client, nom, redirection):
    args = [redirection.pk] if nom in ("edit", "delete") else []
    return client.get(reverse(f"wagtailredirects:{nom}", args=args))


@pytest.mark.parametrize("role", ["organisateur", "editeur", "rapporteur", "animateur", None])
def test_those_who_publish_send_old_addresses_elsewhere_and_nobody_else(client, page, role):
    consultation = f.creer_consultation()
    client.force_login(f.creer_mandat(role, consultation) if role else f.creer_compte())
    redirection = Redirect.objects.create(old_path="/ancienne", redirect_page=page)
    permis = role in ("organisateur", "editeur")
    ouverts = {nom: gerer(client, nom, redirection).status_code == 200 for nom in ACTES}
    assert ouverts == dict.fromkeys(ACTES, permis)
    saisie = {"old_path": "/visites-2027/", "is_permanent": "on", "redirect_page": page.pk, "redirect_link": ""}
    client.post(reverse("wagtailredirects:add"), saisie)
    assert Redirect.objects.filter(old_path="/visites-2027").exists() == permis
    assert ailleurs("/visites-2027/", client) == ((301, "/visites/") if permis else (404, ""))


def test_the_old_address_of_another_region_s_page_is_not_mine(client):
    synthese = fc.creer_synthese_votee(2)
    voisine = fc.publier(actions.faire_page(synthese=synthese, par=None))
    redirection = Redirect.objects.create(old_path="/zibeline", redirect_page=voisine)
    client.force_login(f.creer_editeur(f.creer_consultation()))
    for nom in ("edit", "delete"):
        assert gerer(client, nom, redirection).status_code != 200
        client.post(reverse(f"wagtailredirects:{nom}", args=[redirection.pk]), {"old_path": "/x"})
    redirection.refresh_from_db()
    assert redirection.old_path == "/zibeline"
    client.force_login(f.creer_editeur(synthese.consultation))
    assert gerer(client, "edit", redirection).status_code == 200
