"""A request that is never answered, or "not now", holds no screen back: it is given up in time and asked again."""

import pytest

from ateliers import actions
from ateliers.models import Etape
from tests.ateliers.test_console_navigateur import atelier, entrer
from tests.patience import attendre

from .gestes import titre

#: What the notice of a lost network says, if only for a moment: a socket that comes back takes it away.
RELEVER = """() => {
  window.dits = [];
  const avis = document.querySelector("[data-connexion]");
  const lire = () => avis.hidden || window.dits.push(avis.textContent);
  new MutationObserver(lire).observe(avis, { attributes: true, childList: true });
}"""

__all__ = ["atelier"]
pytestmark = pytest.mark.parcours


def une_fois(page, motif, faire, methode="GET"):
    """Deal with the first such request by `faire(route)`; the next ones go their way."""
    vues = []

    def recevoir(route):
        if vues or route.request.method != methode:
            route.continue_()
        else:
            vues.append(route)
            faire(route)

    page.route(motif, recevoir)


def taire(_route):
    """Never answer, as a bad wifi does."""


def indisponible(route):
    route.fulfill(status=503, body="<p>Plus tard</p>", content_type="text/html")


def projeter(ouvrir, atelier):
    page = ouvrir("", largeur=1920, hauteur=1080, attendre_erreurs=True)
    page.clock.install()
    page.goto(f"/projeter/{atelier.code}/")
    return page


def test_the_projector_gives_up_a_request_that_nobody_answers(ouvrir, atelier):
    page = projeter(ouvrir, atelier)
    une_fois(page, "**/projeter/**", taire)
    with page.expect_request("**/projeter/**"):
        actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    assert page.get_attribute("main", "data-ecran") == "accueil"
    page.clock.fast_forward(15_000)
    page.wait_for_selector("main[data-ecran=mur]")


def test_the_projector_asks_again_when_the_server_cannot_answer_now(ouvrir, atelier):
    page = projeter(ouvrir, atelier)
    une_fois(page, "**/projeter/**", indisponible)
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    page.wait_for_selector("main[data-ecran=mur]")


@pytest.mark.parametrize("faire", [taire, indisponible])
def test_a_phone_whose_new_screen_does_not_come_asks_for_it_again(ecriture, faire):
    page = ecriture.telephone(horloge=True)
    une_fois(page, f"**{ecriture.chemin}", faire)
    with page.expect_request(f"**{ecriture.chemin}"):
        ecriture.lancer("vote")
    if faire is taire:
        page.clock.fast_forward(15_000)
    titre(page, "Posez vos 3 gommettes")


def test_a_facilitator_s_act_that_nobody_answers_is_said_and_can_be_done_again(ouvrir, atelier):
    page = entrer(ouvrir, atelier, attendre_erreurs=True)
    page.evaluate(RELEVER)
    page.clock.install()
    une_fois(page, "**/animer/**", taire, "POST")
    with page.expect_request(lambda demande: demande.method == "POST"):
        page.click("#b-ouvrir")
    page.clock.fast_forward(15_000)
    attendre(lambda: page.evaluate("window.dits.length"))
    assert not Etape.objects.en_cours().filter(atelier=atelier).exists()
    page.click("#b-ouvrir")
    page.wait_for_selector("#etape h2:text-is('Proposer')")
