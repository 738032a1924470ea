"""A published synthesis says whom it cites; a gap between colleges goes out with the reason, or not at all."""

import io

import pypdf
import pytest
from django.contrib.auth import get_user_model

from consultation import actions as actions_consultation
from contenus import actions
from contenus.impression.publications import synthese_pdf
from contenus.lectures.ecarts import ecarts
from contenus.lectures.synthese import presenter
from tests import fabriques as f
from tests.contenus import fabriques_contenus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]

EXPLICATION = "Les permanents ont surtout posé des questions."


@pytest.fixture
def synthese():
    """It cites five employees, one partner, and none of five permanents."""
    espace = f.creer_espace()
    citees = [*(f.creer_proposition(espace) for _ in range(5)), f.creer_proposition(espace, signe="partenaires")]
    piste = f.creer_piste(espace, propositions=citees)
    for _ in range(5):
        f.creer_proposition(espace, signe="permanents")
    return fabriques_contenus.creer_synthese(espace.consultation, [piste])


def test_the_page_and_its_pdf_say_whom_it_cites_and_why_not_others(synthese, client):
    actions_consultation.soumettre_synthese(synthese=synthese, par=None, explication=EXPLICATION)
    page = fabriques_contenus.creer_page_publiee(synthese)
    html = client.get(page.url).content.decode()
    pdf = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(synthese_pdf(page))).pages)
    for dit in ("Qui est cité", "100 points d’écart", EXPLICATION):
        assert (dit in html, dit in " ".join(pdf.split())) == (True, True)
    assert [([c.nom for c in p.colleges], p.dite) for p in presenter(page).equite.parts] == [
        (["Permanents"], "0 sur 5 · 0\u202f%"),
        (["Salariés en parcours", "Partenaires"], "6 sur 6 · 100\u202f%"),
    ]


def test_an_unexplained_gap_stays_a_draft_until_the_reason_is_taken_in(synthese, client):
    page = actions.faire_page(synthese=synthese, par=None)
    chef = get_user_model().objects.create_superuser(email="chef@exemple.test", password="x")
    droits = page.permissions_for_user(chef)
    assert (droits.can_publish(), droits.can_submit_for_moderation(), droits.can_edit()) == (False, False, True)
    client.force_login(chef)
    assert "sans dire pourquoi" in client.get(f"/gestion/pages/{page.pk}/edit/").content.decode()
    actions_consultation.soumettre_synthese(synthese=synthese, par=None, explication=EXPLICATION)
    page.refresh_from_db()
    assert ecarts(page) == ["La part citée de chaque collège a changé, ou ce qui l’explique."]
    page = actions.reprendre_chiffres(page=page, par=None)
    assert page.permissions_for_user(chef).can_publish() is True


def test_a_page_frozen_before_it_was_measured_stays_as_it_was(synthese, client):
    page = fabriques_contenus.creer_page_publiee(synthese)
    page.contenu = {cle: valeur for cle, valeur in page.contenu.items() if cle != "equite"}
    page.save()
    assert (page.ecart_a_expliquer, "Qui est cité" in client.get(page.url).content.decode()) == (False, False)
