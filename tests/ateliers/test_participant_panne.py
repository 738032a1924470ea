"""A phone whose scripts do not come, or whose owner listens to the screen: nobody is stranded, nor talked over."""

import pytest
from playwright.sync_api import expect

from ateliers import actions
from ateliers.models import Atelier

from .fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_participant

pytestmark = pytest.mark.parcours


@pytest.fixture
def atelier(serveur):
    """A fresh room per test, in a seminar of its own."""
    numero = Atelier.objects.count()
    return faire_atelier(faire_consultation(slug=f"trois-rives-{numero}"), code=f"P{numero}N4E2")


def entrer(ouvrir, atelier, sans_script=False):
    page = ouvrir("", qui=faire_participant(atelier, accord_publication=True), attendre_erreurs=sans_script)
    if sans_script:
        page.route("**/participant*.js", lambda requete: requete.abort())
    page.goto(f"/a/{atelier.code}/")
    return page


def test_when_a_script_fails_the_link_to_what_follows_is_there_and_works(ouvrir, atelier):
    (ideation,) = faire_etapes(atelier, "ideation")
    page = entrer(ouvrir, atelier, sans_script=True)
    actions.ouvrir_etape(etape=ideation, par=None)
    page.click("text=Voir si la suite est arrivée")
    expect(page.get_by_label("Ma piste")).to_be_visible()


def test_when_scripts_run_it_is_out_of_the_way(ouvrir, atelier):
    page = entrer(ouvrir, atelier)
    expect(page.locator("[data-suite]")).to_be_hidden()


def test_a_screen_reader_hears_one_count_and_not_every_sentence(ouvrir, atelier):
    (ideation,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=ideation, par=None)
    page = entrer(ouvrir, atelier)
    page.clock.install()
    page.reload()
    expect(page.locator("#arrivees")).not_to_have_attribute("aria-live", "polite")
    auteur = faire_participant(atelier, prenom="Karim")
    for rang in range(3):
        actions.proposer(atelier=atelier, participant=auteur, texte=f"Une idée de plus, la {rang}.")
    expect(page.locator("#arrivees-total")).to_have_text("3 idées dans la salle.")
    expect(page.locator("#arrivees-annonce")).to_have_text("")
    page.clock.run_for(20_000)
    expect(page.locator("#arrivees-annonce")).to_have_text("3 idées dans la salle.")


def test_after_sending_one_may_follow_one_s_piste_and_an_empty_one_is_told_beside_the_field(ouvrir, atelier):
    (ideation,) = faire_etapes(atelier, "ideation")
    actions.ouvrir_etape(etape=ideation, par=None)
    page = entrer(ouvrir, atelier)
    page.click("text=Proposer ma piste")
    expect(page.locator("#texte-faute")).to_have_text("Écrivez votre idée avant de l’envoyer.")
    expect(page.get_by_label("Ma piste")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Ma piste").fill("Apprendre à deux.")
    page.click("text=Proposer ma piste")
    lien = page.get_by_role("link", name="Suivre ma piste")
    expect(lien).to_be_visible()
    expect(lien).to_have_attribute("href", f"/moi/proposition/{atelier.espace.propositions.get().pk}/")
    expect(page.get_by_label("Ma piste")).not_to_have_attribute("aria-invalid", "true")
