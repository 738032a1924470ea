"""A phone on bad wifi, in a real browser: each act is done once, whatever breaks on the way."""

import os
import re
import signal
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ateliers.models import Etape
from consultation.models import Participant
from tests import serveurs

from .gestes import avis, dire, montrer, poser, titre, valider

pytestmark = pytest.mark.parcours
VIEUX = "delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks; delete window.caches;"


def deux_fois(route):
    """The act reaches the server twice; the second answer is the one heard."""
    if route.request.method != "POST":
        return route.continue_()
    route.fetch()
    return route.fulfill(response=route.fetch())


def test_every_act_delivered_twice_is_done_once(ecriture):
    salle = ecriture
    page = salle._ouvrir("", attendre_erreurs=True)
    page.route("**/*", deux_fois)
    page.goto(f"{salle.relais.url}/r/{salle.atelier.code}/")
    page.get_by_label("Votre prénom, ou un surnom").fill("Karim")
    page.locator("[name=college]").first.check(force=True)
    page.get_by_role("button", name="Entrer dans l’atelier").click()
    page.get_by_role("link", name="C’est noté, je continue").click()
    salle.sonia = Participant.objects.get(prenom="Karim", consultation=salle.atelier.consultation)
    dire(page, "Apprendre à deux.")  # perhaps before the scripts are there: as good, by the plain form
    expect(page.get_by_text(re.compile("^Merci, Karim.")).first).to_be_visible()
    salle.lancer("vote")
    poser(page, 1, 2)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    assert (salle.phrases, salle.voix, salle.votes_ecrits) == (["Apprendre à deux."], {1: 2}, 1)


def test_an_act_whose_answer_is_lost_is_done_once(vote):
    page = vote.telephone()
    perdues = []

    def perdre(route):
        if perdues:
            return route.continue_()
        perdues.append(route.fetch().status)
        return route.abort()

    page.route("**/voter/", perdre)
    poser(page, 1)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    assert (perdues, vote.voix, vote.votes_ecrits) == ([200], {1: 1}, 1)


def test_an_old_delivery_that_comes_late_does_not_undo_a_newer_vote(vote):
    page = vote.telephone()
    retenues = []

    def retenir(route):
        if retenues:
            return route.continue_()
        retenues.append(route.request.post_data)
        return route.abort()

    page.route("**/voter/", retenir)
    poser(page, 1)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    page.get_by_role("link", name="Changer mes votes").click()
    page.get_by_role("button", name="Retirer une gommette de la piste n° 1").click()
    poser(page, 2, 3)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    reponse = page.evaluate(
        """async ([adresse, corps]) => (await fetch(adresse, { method: "POST", body: corps, headers: {
          Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" } })).status""",
        [f"{vote.chemin}voter/", retenues[0]],
    )
    assert (reponse, vote.voix) == (200, {2: 3})


def test_a_server_killed_in_mid_vote_gets_every_vote_when_it_is_back(vote, base_du_serveur, tmp_path):
    url = f"sqlite:///{base_du_serveur}"
    with serveurs.lancer(url, tmp_path) as victime:
        adresse = urlsplit(victime.url)
        vote.relais.retablir((adresse.hostname, adresse.port))
        page = vote.telephone()
        poser(page, 1, 2)
        os.kill(victime.pid, signal.SIGKILL)
        valider(page)
        avis(page, "2 votes en attente")
    with serveurs.lancer(url, tmp_path) as revenu:
        adresse = urlsplit(revenu.url)
        vote.relais.retablir((adresse.hostname, adresse.port))
        titre(page, "Vos votes sont arrivés")
        assert (vote.voix, vote.votes_ecrits) == ({1: 2}, 1)


def test_an_old_phone_without_service_worker_nor_locks_loses_nothing(vote):
    page = vote.telephone(script=VIEUX)
    page.context.set_offline(True)
    poser(page, 1)
    valider(page)
    avis(page, "1 vote en attente")
    page.context.set_offline(False)
    titre(page, "Vos votes sont arrivés")
    assert (vote.voix, vote.votes_ecrits) == ({1: 1}, 1)


def test_a_refused_act_is_shown_with_its_words_and_blocks_nothing_behind_it(ecriture, sans_defaut_axe):
    page = ecriture.telephone()
    page.context.set_offline(True)
    dire(page, "Trop tard pour moi.")
    avis(page, "1 phrase en attente")
    expect(page.locator("#avis")).to_contain_text("Trop tard pour moi.")
    montrer(page, "phrase-hors-ligne")
    ecriture.lancer("vote")
    Etape.objects.filter(pk=ecriture.etapes["ideation"].pk).update(fermee_le=timezone.now() - timedelta(minutes=1))
    page.context.set_offline(False)
    refus = page.locator("#refuses")
    expect(refus).to_contain_text("On ne peut plus proposer pour le moment.")
    titre(page, "Posez vos 3 gommettes")
    expect(refus).to_contain_text("Trop tard pour moi.")
    sans_defaut_axe(page)
    montrer(page, "refus")
    poser(page, 1)
    valider(page)
    titre(page, "Vos votes sont arrivés")
    page.reload()
    expect(refus).to_contain_text("Trop tard pour moi.")
    page.get_by_role("button", name="Fermer ce message").click()
    expect(refus).to_be_empty()
    page.reload()
    expect(refus).to_be_empty()
    assert (ecriture.phrases, ecriture.voix) == ([], {1: 1})


def test_words_refused_and_then_out_of_time_are_kept_once(ecriture):
    page = ecriture.telephone()
    page.route("**/etat.json*", lambda route: route.abort())
    ecriture.relais.sans_sockets = True
    ecriture.aller(page)
    ecriture.lancer("vote")
    Etape.objects.filter(pk=ecriture.etapes["ideation"].pk).update(fermee_le=timezone.now() - timedelta(minutes=1))
    dire(page, "Refusée, puis rendue.")
    expect(page.locator("#refuses")).to_contain_text("On ne peut plus proposer pour le moment.")
    expect(page.get_by_label("Ma piste")).to_have_value("Refusée, puis rendue.")
    page.unroute("**/etat.json*")
    titre(page, "Posez vos 3 gommettes")
    expect(page.get_by_role("button", name="Fermer ce message")).to_have_count(1)
    expect(page.locator("#refuses")).to_contain_text("On ne peut plus proposer pour le moment.")


def test_two_tabs_of_one_phone_send_each_act_once_and_the_last_choice_counts(vote):
    page = vote.telephone()
    autre = page.context.new_page()
    vote.aller(autre)
    page.context.set_offline(True)
    poser(page, 1)
    valider(page)
    avis(page, "1 vote en attente")
    poser(autre, 2, 2)
    valider(autre)
    avis(autre, "2 votes en attente")
    page.context.set_offline(False)
    for onglet in (page, autre):
        titre(onglet, "Vos votes sont arrivés")
    assert (vote.voix, vote.votes_ecrits) == ({2: 2}, 1)


def test_a_vote_made_later_on_another_device_is_not_undone_by_one_that_waited(vote):
    page = vote.telephone()
    page.context.set_offline(True)
    poser(page, 1)
    valider(page)
    avis(page, "1 vote en attente")
    tablette = vote.telephone()
    poser(tablette, 2, 3)
    valider(tablette)
    titre(tablette, "Vos votes sont arrivés")
    page.context.set_offline(False)
    mots = "Vous avez voté plus tard sur un autre appareil"
    expect(page.locator("#reponse")).to_contain_text(mots)
    titre(page, "Vos votes sont arrivés")
    assert vote.voix == {2: 3}


def test_a_form_token_gone_stale_is_taken_anew(vote):
    page = vote.telephone()
    poser(page, 1)
    page.context.clear_cookies(name="csrftoken")
    valider(page)
    titre(page, "Vos votes sont arrivés")
    assert vote.voix == {1: 1}


def test_a_phone_no_longer_known_is_given_the_way_to_come_in_again(ecriture):
    """It read "Entrez à nouveau dans l’atelier", and nothing on the screen led there."""
    page = ecriture.telephone()
    page.context.clear_cookies(name=re.compile("^germoir_"))
    dire(page, "Gardée sous les yeux.")
    refus = page.locator("#refuses")
    expect(refus).to_contain_text("Gardée sous les yeux.")
    refus.get_by_role("link", name="Entrer à nouveau").click()
    expect(page.get_by_role("heading", name="Bienvenue dans l’atelier")).to_be_visible()
    assert ecriture.phrases == []


def test_an_act_the_server_cannot_take_now_does_not_hold_the_others(ecriture):
    page = ecriture.telephone()
    page.route("**/proposer/", retarder_la_premiere)
    dire(page, "Première, qui attend.")
    avis(page, "Le serveur ne répond pas. 1 phrase en attente.")
    dire(page, "Seconde, qui passe.")
    expect(page.locator("#reponse")).to_contain_text("Merci")
    assert ecriture.phrases == ["Seconde, qui passe."]
    page.unroute("**/proposer/")
    expect(page.locator("#avis")).to_be_empty(timeout=30_000)
    assert sorted(ecriture.phrases) == ["Première, qui attend.", "Seconde, qui passe."]


def retarder_la_premiere(route):
    if "Premi" in route.request.post_data:
        return route.fulfill(status=503, body="plus tard")
    return route.continue_()
