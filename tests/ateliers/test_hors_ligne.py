"""A phone on bad wifi, in a real browser: what waits is in sight, and is done once, whatever breaks on the way."""

import os
import re
import signal
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ateliers import actions
from ateliers.models import Etape
from consultation import actions as actions_consultation
from consultation.models import Journal, Participant, Proposition, Voix
from tests import serveurs

from .fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_participant, faire_pistes
from .relais import Relais

pytestmark = pytest.mark.parcours
HORS = "Vous êtes hors connexion."
VIEUX = "delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks; delete window.caches;"
DEUX_HEURES = """
  const Vraie = Date;
  const decalee = () => Vraie.now() + 2 * 3600 * 1000;
  window.Date = class extends Vraie { constructor(...a) { super(...(a.length ? a : [decalee()])); } };
  window.Date.now = decalee;
"""


class Salle:
    """One room with its steps, and a person of it on a phone behind a relay."""

    rang = 0

    def __init__(self, serveur, ouvrir, *natures):
        Salle.rang += 1
        adresse = urlsplit(serveur.url)
        self.relais = Relais((adresse.hostname, adresse.port))
        self._ouvrir = ouvrir
        code = f"K7P4{'ABCDEFGHJKLMNPQRSTUVWXYZ'[Salle.rang]}2"
        self.atelier = faire_atelier(faire_consultation(slug=f"salle-{Salle.rang}"), code=code)
        self.pistes = faire_pistes(self.atelier, 3)
        self.etapes = {etape.nature: etape for etape in faire_etapes(self.atelier, *natures)}
        if "vote" in self.etapes:
            vote = self.etapes["vote"]
            espace = self.atelier.espace
            vote.scrutin = actions_consultation.preparer_scrutin(espace=espace, titre="Vote", par=None)
            vote.save()
        self.sonia = faire_participant(self.atelier)
        self.chemin = f"/a/{code}/"

    def lancer(self, nature):
        actions.ouvrir_etape(etape=self.etapes[nature], par=None)

    def telephone(self, script="", **options):
        page = self._ouvrir("", attendre_erreurs=True, **options)
        if script:
            page.context.add_init_script(script)
        page.goto(f"{self.relais.url}/m/{self.sonia.code_personnel}/")
        self.aller(page)
        return page

    def aller(self, page):
        page.goto(self.relais.url + self.chemin)

    @property
    def voix(self):
        return dict(Voix.objects.filter(participant=self.sonia).values_list("piste__numero", "valeur"))

    @property
    def phrases(self):
        return list(Proposition.objects.filter(auteur=self.sonia).order_by("pk").values_list("texte", flat=True))

    @property
    def votes_ecrits(self):
        return Journal.objects.filter(verbe="voter", participant_id=self.sonia.pk).count()


@pytest.fixture
def monter(serveur, ouvrir):
    salles = []

    def monter_salle(*natures):
        salles.append(Salle(serveur, ouvrir, *natures))
        return salles[-1]

    yield monter_salle
    for salle in salles:
        salle.relais.fermer()


@pytest.fixture
def vote(monter):
    salle = monter("ideation", "vote", "discussion")
    salle.lancer("vote")
    return salle


@pytest.fixture
def ecriture(monter):
    salle = monter("ideation", "vote")
    salle.lancer("ideation")
    return salle


def poser(page, numero, n=1):
    for _fois in range(n):
        page.get_by_role("button", name=f"Poser une gommette sur la piste n° {numero}").click()


def valider(page):
    page.get_by_role("button", name="Valider mes votes").click()


def dire(page, texte):
    page.get_by_label("Ma piste").fill(texte)
    page.get_by_role("button", name="Proposer ma piste").click()


def titre(page, texte):
    expect(page.get_by_role("heading", level=1, name=re.compile(texte))).to_be_visible(timeout=20_000)


def avis(page, texte):
    expect(page.locator("#avis")).to_contain_text(texte, timeout=20_000)


def veille(page):
    """Wait until the service worker is in charge, with its files."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    for _essai in range(200):
        if page.evaluate("() => navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("The service worker never took over.")


def montrer(page, nom):
    """Keep a picture when someone wants to look: GERMOIR_IMAGES=folder."""
    if dossier := os.environ.get("GERMOIR_IMAGES"):
        for largeur in (390, 320):
            page.set_viewport_size({"width": largeur, "height": 844})
            page.screenshot(path=f"{dossier}/{nom}-{largeur}.png", full_page=True)


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
    assert page.evaluate("async () => (await (await caches.open('germoir-pages')).keys()).length") == 0
    assert page.evaluate("() => Object.keys(localStorage).filter((cle) => /germoir:\\d/.test(cle))") == []


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


def test_the_clock_is_right_on_a_phone_two_hours_ahead_with_and_without_network(ecriture):
    fin = timezone.now() + timedelta(minutes=4.5)
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
    expect(refus).to_contain_text("On ne peut plus proposer pour le moment.", timeout=20_000)
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
    expect(page.locator("#reponse")).to_contain_text(mots, timeout=20_000)
    titre(page, "Vos votes sont arrivés")
    assert vote.voix == {2: 3}


def test_a_form_token_gone_stale_is_taken_anew(vote):
    page = vote.telephone()
    poser(page, 1)
    page.context.clear_cookies(name="csrftoken")
    valider(page)
    titre(page, "Vos votes sont arrivés")
    assert vote.voix == {1: 1}


def test_a_cut_of_less_than_two_seconds_is_not_said(vote):
    page = vote.telephone()
    page.evaluate(
        """() => {
          window.dits = [];
          new MutationObserver(() => window.dits.push(document.getElementById("avis").textContent))
            .observe(document.getElementById("avis"), { childList: true, subtree: true });
        }"""
    )
    page.wait_for_timeout(500)
    vote.relais.couper()
    page.wait_for_timeout(300)
    vote.relais.retablir()
    page.wait_for_timeout(3000)
    assert page.evaluate("() => window.dits") == []


def test_what_was_being_written_when_the_step_closed_has_its_time_and_then_is_kept(ecriture, sans_defaut_axe):
    page = ecriture.telephone()
    page.get_by_label("Ma piste").fill("Une phrase à finir")
    page.reload()
    expect(page.get_by_label("Ma piste")).to_have_value("Une phrase à finir")
    page.evaluate("() => (document.getElementById('contenu').dataset.grace = '4')")
    actions.clore_etape(etape=ecriture.etapes["ideation"], par=None)
    expect(page.locator("#fin")).to_contain_text("Vous avez 4 secondes pour envoyer.")
    sans_defaut_axe(page)
    montrer(page, "grace")
    expect(page.locator("#refuses")).to_contain_text("Une phrase à finir", timeout=20_000)
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
        page.locator("section.avis:not([hidden])").get_by_label(choix).check(force=True)
        page.get_by_role("button", name="Piste suivante").click()
    avis(page, "2 votes en attente")
    expect(page.locator("#avis")).to_contain_text("Tout à fait d’accord")
    page.get_by_role("button", name="Je ne sais pas, je passe").click()
    titre(page, "Vos votes sont gardés")
    montrer(page, "avis-hors-ligne")
    page.context.set_offline(False)
    titre(page, "Vos votes sont arrivés")
    assert salle.voix == {1: 4, 2: 1}


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
