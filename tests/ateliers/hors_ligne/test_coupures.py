"""A phone on bad wifi, in a real browser: what waits is in sight, and the room stays on the screen."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ateliers import actions
from ateliers.models import Etape
from consultation.models import Participant
from tests.patience import jusqu_a

from .gestes import HORS, avis, dire, montrer, poser, titre, valider, veille

pytestmark = pytest.mark.parcours
DEUX_HEURES = """
  const Vraie = Date;
  const decalee = () => Vraie.now() + 2 * 3600 * 1000;
  window.Date = class extends Vraie { constructor(...a) { super(...(a.length ? a : [decalee()])); } };
  window.Date.now = decalee;
"""
PRISES = """
  const Vraie = WebSocket;
  window.recus = 0;
  window.WebSocket = class extends Vraie {
    constructor(...a) {
      super(...a);
      window.prise = this;
      this.addEventListener("message", () => (window.recus += 1));
    }
  };
"""


def test_votes_made_without_network_wait_in_sight_and_arrive_once(vote, sans_defaut_axe):
    page = vote.telephone()
    page.context.set_offline(True)
    poser(page, 1)
    poser(page, 2)
    valider(page)
    titre(page, "Vos votes sont gardés")
    avis(page, f"{HORS} 2 votes en attente. Tout est gardé et partira dès le retour du réseau.")
    expect(page.locator("#gardes")).to_contain_text("1 gommette, en attente")
    sans_defaut_axe(page)
    montrer(page, "vote-hors-ligne")
    assert vote.voix == {}
    page.get_by_role("button", name="Changer mes votes").click()
    poser(page, 3)
    valider(page)
    avis(page, "3 votes en attente")
    page.context.set_offline(False)
    titre(page, "Vos votes sont arrivés")
    expect(page.locator("#avis")).to_be_empty()
    expect(page.locator("#arrives")).to_contain_text("3 gommettes posées sur 3.")
    sans_defaut_axe(page)
    montrer(page, "vote-arrive")
    assert (vote.voix, vote.votes_ecrits) == ({1: 1, 2: 1, 3: 1}, 1)
    page.get_by_role("link", name="Changer mes votes").click()
    page.get_by_role("button", name="Retirer une gommette de la piste n° 1").click()
    valider(page)
    expect(page.locator("#arrives")).to_contain_text("2 gommettes posées sur 3.")
    assert vote.voix == {2: 1, 3: 1}


def test_votes_that_are_in_are_still_said_so_when_the_page_opens_without_network(vote):
    page = vote.telephone()
    veille(page)
    poser(page, 1, 2)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    vote.relais.couper()
    vote.aller(page)
    titre(page, "Vos votes sont arrivés")
    expect(page.locator("#arrives")).to_contain_text("2 gommettes posées sur 3.")


def test_a_tab_closed_and_opened_again_without_network_still_shows_and_sends_its_votes(vote, sans_defaut_axe):
    page = vote.telephone()
    veille(page)
    vote.relais.couper()
    poser(page, 1, 2)
    valider(page)
    titre(page, "Vos votes sont gardés")
    contexte = page.context
    page.close()
    page = contexte.new_page()
    vote.aller(page)
    titre(page, "Vos votes sont gardés")
    avis(page, "2 votes en attente")
    sans_defaut_axe(page)
    vote.relais.retablir()
    titre(page, "Vos votes sont arrivés")
    assert (vote.voix, vote.votes_ecrits) == ({1: 2}, 1)


def test_the_room_opens_without_network_and_when_the_network_says_nothing(ecriture, sans_defaut_axe):
    page = ecriture.telephone()
    veille(page)
    page.get_by_label("Ma piste").fill("Apprendre à deux")
    for panne in (ecriture.relais.couper, ecriture.relais.se_taire):
        panne()
        ecriture.aller(page)
        avis(page, HORS)
        expect(page.get_by_label("Ma piste")).to_have_value("Apprendre à deux")
        ecriture.relais.retablir()
        expect(page.locator("#avis")).to_be_empty(timeout=20_000)
    ecriture.relais.couper()
    page.goto(f"{ecriture.relais.url}/moi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes hors connexion")
    sans_defaut_axe(page)
    montrer(page, "page-hors-ligne")
    page.get_by_role("link", name="Revenir à l’atelier").click()
    expect(page.get_by_label("Ma piste")).to_have_value("Apprendre à deux")
    montrer(page, "salle-gardee")


def test_what_was_kept_of_the_room_goes_with_the_person(ecriture):
    page = ecriture.telephone()
    veille(page)
    page.get_by_label("Ma piste").fill("Un secret")
    page.get_by_role("button", name="Ce n’est pas moi").click()
    titre(page, "Bienvenue")
    jusqu_a(page, "(await (await caches.open('germoir-pages')).keys()).length === 0")
    jusqu_a(page, "Object.keys(localStorage).filter((cle) => /germoir:\\d/.test(cle)).length === 0")


def test_the_clock_is_right_on_a_phone_two_hours_ahead_with_and_without_network(ecriture):
    fin = timezone.now() + timedelta(minutes=4.9)
    Etape.objects.filter(pk=ecriture.etapes["ideation"].pk).update(echeance=fin)
    page = ecriture.telephone(script=DEUX_HEURES)
    expect(page.locator("#reste")).to_contain_text("Il reste 5 minutes")
    veille(page)
    page.reload()
    ecriture.relais.couper()
    ecriture.aller(page)
    avis(page, HORS)
    expect(page.locator("#reste")).to_contain_text(re.compile("Il reste [45] minutes"))
    ecriture.relais.retablir()
    dire(page, "À l’heure.")
    expect(page.locator("#reponse")).to_contain_text("Merci")
    assert ecriture.phrases == ["À l’heure."]


def test_where_sockets_do_not_pass_the_same_screens_come_by_themselves(ecriture):
    ecriture.relais.sans_sockets = True
    page = ecriture.telephone()
    dire(page, "Sans prise.")
    expect(page.locator("#reponse")).to_contain_text("Merci")
    ecriture.lancer("vote")
    titre(page, "Posez vos 3 gommettes")
    poser(page, 3)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    expect(page.locator("#avis")).to_be_empty()
    assert ecriture.voix == {3: 1}


@pytest.mark.parametrize("mode", ["gommettes", "adhesion"])
def test_a_banner_that_moves_the_answers_lets_no_finger_land_on_another(monter, mode):
    salle = monter("vote")
    salle.etapes["vote"].scrutin.mode = mode
    salle.etapes["vote"].scrutin.save()
    salle.lancer("vote")
    page = salle.telephone(horloge=True)
    touche = "getComputedStyle(document.querySelector('#acte button:not([hidden])')).pointerEvents"
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    assert page.evaluate(touche) == "auto"
    page.context.set_offline(True)
    page.clock.run_for(2000)
    avis(page, "Vous êtes hors connexion")
    jusqu_a(page, f"{touche} === 'none'")
    page.clock.run_for(400)
    assert page.evaluate(touche) == "auto"


def test_a_cut_of_less_than_two_seconds_is_not_said(vote):
    """By the phone's own timers, moved by hand: whatever the machine is busy with, the cut lasts a second."""
    page = vote.telephone(script=PRISES, horloge=True)
    jusqu_a(page, "window.recus > 0")
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    jusqu_a(page, "window.prise.readyState === 1")
    page.evaluate(
        """() => {
          window.dits = [];
          new MutationObserver(() => window.dits.push(document.getElementById("avis").textContent))
            .observe(document.getElementById("avis"), { childList: true, subtree: true });
        }"""
    )
    vote.relais.couper()
    jusqu_a(page, "window.prise.readyState === 3")
    vote.relais.retablir()
    recus = page.evaluate("() => window.recus")
    page.clock.run_for(1000)  # the longest wait before the first new try
    jusqu_a(page, f"window.recus > {recus}")
    page.clock.run_for(5000)
    assert page.evaluate("() => window.dits") == []


def test_what_was_being_written_when_the_step_closed_has_its_time_and_then_is_kept(ecriture, sans_defaut_axe):
    page = ecriture.telephone(horloge=True)
    page.get_by_label("Ma piste").fill("Une phrase à finir")
    page.reload()
    expect(page.get_by_label("Ma piste")).to_have_value("Une phrase à finir")
    page.evaluate("() => (document.getElementById('contenu').dataset.grace = '300')")
    actions.clore_etape(etape=ecriture.etapes["ideation"], par=None)
    expect(page.locator("#fin")).to_contain_text("Vous avez 300 secondes pour envoyer.")
    sans_defaut_axe(page)
    montrer(page, "grace")
    expect(page.locator("#refuses")).to_be_empty()
    page.clock.fast_forward(300_000)
    expect(page.locator("#refuses")).to_contain_text("Une phrase à finir")
    page.reload()
    expect(page.locator("#refuses")).to_contain_text("Une phrase à finir")
    assert ecriture.phrases == []


def test_coming_in_waits_for_the_network_and_makes_one_person(ecriture, sans_defaut_axe):
    page = ecriture._ouvrir("", attendre_erreurs=True)
    page.goto(f"{ecriture.relais.url}/r/{ecriture.atelier.code}/")
    page.get_by_label("Votre prénom, ou un surnom").fill("Odile")
    page.locator("[name=college]").first.check(force=True)
    page.context.set_offline(True)
    page.get_by_role("button", name="Entrer dans l’atelier").click()
    avis(page, "Ce que vous avez rempli est gardé.")
    sans_defaut_axe(page)
    montrer(page, "entree-hors-ligne")
    page.context.set_offline(False)
    titre(page, "Votre code personnel")
    assert Participant.objects.filter(prenom="Odile").count() == 1


def test_opinions_given_without_network_wait_and_arrive(monter):
    salle = monter("vote")
    salle.etapes["vote"].scrutin.mode = "adhesion"
    salle.etapes["vote"].scrutin.save()
    salle.lancer("vote")
    page = salle.telephone()
    page.context.set_offline(True)
    for choix in ("Tout à fait d’accord", "Pas du tout d’accord"):
        page.locator("section.avis:not([hidden])").get_by_label(choix).check()
        page.get_by_role("button", name="Piste suivante").click()
    avis(page, "2 votes en attente")
    expect(page.locator("#avis")).to_contain_text("Tout à fait d’accord")
    page.get_by_role("button", name="Je ne sais pas, je passe").click()
    titre(page, "Vos votes sont gardés")
    montrer(page, "avis-hors-ligne")
    page.context.set_offline(False)
    titre(page, "Vos votes sont arrivés")
    assert salle.voix == {1: 4, 2: 1}
