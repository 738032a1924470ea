"""A room of many pistes, in real browsers: votes on a phone, grouping by keyboard and by hand."""

import os
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.test import Client
from playwright.sync_api import expect

from ateliers import actions, identite
from consultation import actions as actions_consultation
from consultation.models import Mandat, Piste, Proposition, Voix
from tests.ateliers import fabriques_ateliers as ateliers_de_tableau
from tests.ateliers.fabriques_salle import (
    faire_atelier,
    faire_consultation,
    faire_etapes,
    faire_participant,
    faire_pistes,
)
from tests.fabriques import creer_consultation, creer_rapporteur
from tests.patience import PATIENCE

pytestmark = pytest.mark.parcours
#: A window of each list is all that is ever shown: what is played on 150 is played on 600 (GERMOIR_PISTES=600).
PISTES, VOTES = int(os.environ.get("GERMOIR_PISTES", "150")), 30
CODES = iter(["K7P4A2", "K7P4C2", "K7P4D2", "K7P4E2", "K7P4F2", "K7P4G2", "K7P4H2", "K7P4J2", "K7P4K2", "K7P4L2"])


def en_vote(mode, code):
    """A room of so many pistes whose vote is open, them, and the step that comes after."""
    atelier = faire_atelier(faire_consultation(slug=f"longue-{code.lower()}"), code=code)
    pistes = faire_pistes(atelier, PISTES)
    vote, discussion = faire_etapes(atelier, "vote", "discussion")
    vote.scrutin = actions_consultation.preparer_scrutin(
        espace=atelier.espace, titre="Vote", mode=mode, gommettes=3, par=None
    )
    vote.save()
    actions.ouvrir_etape(etape=vote, par=None)
    return atelier, pistes, discussion


@pytest.fixture
def voter(serveur, ouvrir):
    """Return (phone in an open vote of so many pistes, the person)."""

    def preparer(mode):
        code = next(CODES)
        atelier, _pistes, _apres = en_vote(mode, code)
        sonia = faire_participant(atelier)
        return ouvrir(f"/a/{code}/", qui=sonia, attendre_erreurs=True), sonia

    return preparer


def montrer(page, nom):
    if dossier := os.environ.get("GERMOIR_IMAGES"):
        page.screenshot(path=f"{dossier}/{nom}.png", full_page=True)


def voix(personne):
    return Voix.objects.filter(participant=personne).count()


def test_thirty_opinions_one_by_one_and_read_again(voter, sans_defaut_axe):
    page, sonia = voter("adhesion")
    expect(page.get_by_text(re.compile(f"faites? sur {PISTES}"))).to_be_visible()
    sans_defaut_axe(page)
    montrer(page, "longue-accord")
    for rang in range(VOTES):
        expect(page.get_by_text(f"{rang + 1} sur {PISTES}", exact=True)).to_be_visible()
        page.locator("section.avis:not([hidden]) input[value='3']").check()
        page.get_by_role("button", name="Piste suivante").click()
    expect(page.get_by_text(f"{VOTES} pistes faites sur {PISTES}")).to_be_visible()
    assert (voix(sonia), page.locator("section.avis").count()) == (VOTES, 15)
    page.get_by_role("link", name="Relire mes avis").click()
    expect(page.get_by_text("Vous relisez vos avis : page 1 sur 2.")).to_be_visible()
    sans_defaut_axe(page)
    montrer(page, "longue-relire")


def test_a_window_is_finished_without_network_and_the_next_comes_with_it(voter):
    page, sonia = voter("adhesion")
    page.context.set_offline(True)
    for _rang in range(15):
        page.locator("section.avis:not([hidden]) input[value='3']").check()
        page.get_by_role("button", name="Piste suivante").click()
    expect(page.get_by_role("heading", level=1, name="Vos votes sont gardés")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(f"15 pistes faites sur {PISTES}")).to_be_visible(timeout=30_000)
    assert voix(sonia) == 15


def test_dots_are_put_on_two_pages_and_on_what_was_looked_for(voter, sans_defaut_axe):
    page, sonia = voter("gommettes")
    poser = re.compile("^Poser une gommette")
    sans_defaut_axe(page)
    montrer(page, "longue-gommettes")
    page.get_by_role("button", name=poser).first.click()
    page.get_by_role("button", name="Pistes d’après").click()
    expect(page.get_by_text(f"Page 2 sur {PISTES // 15}.")).to_be_visible()
    expect(page.get_by_text("Il vous reste 2 gommettes")).to_be_visible()
    page.get_by_role("button", name=poser).first.click()
    page.get_by_label(re.compile("Chercher une piste")).fill("117")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Poser une gommette sur la piste n° 117").click()
    sans_defaut_axe(page)
    page.get_by_role("button", name="Valider mes votes").click()
    expect(page.get_by_text("3 gommettes posées sur 3.")).to_be_visible()
    numeros = set(Piste.objects.filter(voix__participant=sonia).values_list("numero", flat=True))
    assert (len(numeros), 117 in numeros) == (3, True)


@pytest.fixture
def tableau(serveur, ouvrir):
    """The board of a room with as many propositions as pistes, open before its facilitator."""
    atelier = ateliers_de_tableau.faire_atelier(creer_consultation(), code=next(CODES))
    college = atelier.consultation.colleges.first()
    commun = {"consultation": atelier.consultation, "espace": atelier.espace}
    Proposition.objects.bulk_create(
        Proposition(**commun, college=college, texte=f"Idée à ranger numéro {n}.") for n in range(1, PISTES + 1)
    )
    pistes = faire_pistes(atelier, PISTES)
    Piste.objects.filter(pk=pistes[4].pk).update(texte="L" * 2000)
    Proposition.objects.bulk_create([Proposition(**commun, college=college, texte="M" * 2000, piste=pistes[4])])
    compte = ateliers_de_tableau.faire_compte(
        atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace, email=f"longue-{atelier.pk}@exemple.test"
    )
    return ouvrir(f"/animer/{atelier.pk}/regrouper/", qui=compte, largeur=1280, hauteur=800)


def test_twenty_cards_of_two_pages_are_grouped_by_keyboard(tableau, sans_defaut_axe):
    sans_defaut_axe(tableau)
    montrer(tableau, "longue-tableau")
    for rang in range(1, 11):
        tableau.get_by_label(f"Idée à ranger numéro {rang}.", exact=False).first.press("Space")
    tableau.locator("#apres-po").press("Enter")
    expect(tableau.get_by_text("Choisies sur d’autres pages")).to_be_visible()
    for rang in range(51, 61):
        tableau.get_by_label(f"Idée à ranger numéro {rang}.").press("Space")
    expect(tableau.get_by_text("(20 cartes choisies)")).to_be_visible()
    tableau.locator("#filtre-q").fill("numero 117")
    tableau.locator("#filtre-q").press("Enter")
    expect(tableau.locator("#orphelines").get_by_text("1 répond à votre recherche.")).to_be_visible()
    expect(tableau.get_by_text("(20 cartes choisies)")).to_be_visible()
    sans_defaut_axe(tableau)
    montrer(tableau, "longue-tableau-choisies")
    tableau.locator("#r-texte").fill("Vingt idées en une")
    tableau.locator("#b-nouvelle").press("Enter")
    expect(tableau.locator(".messages")).to_have_text("20 éléments rangés ensemble.")
    piste = Piste.objects.get(texte="Vingt idées en une")
    assert piste.propositions.count() == 20
    expect(tableau.locator("#orphelines").get_by_text("1 répond à votre recherche.")).to_be_visible()
    expect(tableau.locator("#filtre-q")).to_have_value("numero 117")


def test_a_search_that_finds_nothing_says_so_and_two_thousand_letters_in_one_word_widen_nothing(tableau):
    assert tableau.evaluate("document.documentElement.scrollWidth") <= 1280
    tableau.set_viewport_size({"width": 320, "height": 640})
    assert tableau.evaluate("document.documentElement.scrollWidth") <= 320
    montrer(tableau, "longue-mot")
    tableau.locator("#filtre-q").fill("zèbre")
    tableau.locator("#filtre-q").press("Enter")
    expect(tableau.get_by_text("Aucune ne répond à votre recherche. Essayez un autre mot")).to_have_count(2)
    tableau.locator("#b-tout").click()
    expect(tableau.locator("li.piste").first).to_be_visible()


def demander(serveur, chemin, cookie, champs=None):
    """Ask the server for a page, or send it a form as a script does. Return (status, bytes)."""
    corps = urlencode(champs).encode() if champs else None
    entetes = {"Cookie": cookie, "Origin": serveur.url, "Accept": "application/json" if champs else "text/html"}
    requete = urllib.request.Request(serveur.url + chemin, corps, entetes)
    with urllib.request.urlopen(requete, timeout=PATIENCE) as reponse:
        return reponse.status, reponse.read()


def test_five_facilitators_open_the_board_while_people_propose(serveur):
    atelier = faire_atelier(faire_consultation(slug="longue-cinq"), code=next(CODES))
    faire_pistes(atelier, PISTES)
    actions.ouvrir_etape(etape=faire_etapes(atelier, "ideation")[0], par=None)
    mains = []
    for rang in range(5):
        compte = ateliers_de_tableau.faire_compte(
            atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace, email=f"cinq-{rang}@exemple.test"
        )
        main = Client()
        main.force_login(compte)
        mains.append(f"sessionid={main.cookies['sessionid'].value}")
    gens = [faire_participant(atelier, prenom=f"Voix {rang}") for rang in range(40)]

    def proposer(rang, personne):
        connue = {personne.consultation_id: (personne.pk, personne.generation)}
        telephone = f"{identite.COOKIE}={signing.dumps(connue, salt=identite._SEL_COOKIE)}"
        champs = {"texte": f"Une idée de plus, la {rang}e.", "cle": f"cinq-{rang}", "moi": personne.pk}
        return demander(serveur, f"/a/{atelier.code}/proposer/", telephone, champs)

    with ThreadPoolExecutor(9) as fils:
        tableaux = [fils.submit(demander, serveur, f"/animer/{atelier.pk}/regrouper/", m) for m in mains]
        dites = list(fils.map(proposer, range(len(gens)), gens))
    assert ({statut for statut, _page in dites}, {t.result()[0] for t in tableaux}) == ({201}, {200})
    assert max(len(t.result()[1]) for t in tableaux) < 250_000
    assert Proposition.objects.filter(espace=atelier.espace).count() == 40


def test_a_sentence_is_written_on_pistes_of_two_pages_and_of_a_search(ouvrir, sans_defaut_axe):
    atelier = ateliers_de_tableau.faire_atelier(creer_consultation(), code=next(CODES))
    pistes = faire_pistes(atelier, PISTES)
    compte = creer_rapporteur(atelier.espace)
    synthese = actions_consultation.ouvrir_synthese(
        consultation=atelier.consultation, titre="Synthèse", par=compte, espace=atelier.espace
    )
    section = synthese.sections.get()
    nom = f"nouvelle-phrase-{section.pk}"
    page = ouvrir(f"/rapporter/{synthese.pk}/", qui=compte, largeur=1366, hauteur=800)
    page.locator(f"#{nom} a").click()
    page.get_by_label("Votre phrase").fill("On apprend à deux.")
    page.get_by_label(pistes[1].texte).press("Space")
    page.get_by_role("button", name="Page d’après").press("Enter")
    page.get_by_label(pistes[21].texte).check()
    page.get_by_label("Chercher des mots, ou un numéro").fill("117")
    page.get_by_label("Chercher des mots, ou un numéro").press("Enter")
    expect(page.get_by_text("1 répond à votre recherche.")).to_be_visible()
    page.get_by_label(pistes[116].texte).check()
    sans_defaut_axe(page)
    montrer(page, "longue-phrase")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    montrer(page, "longue-phrase-320")
    page.get_by_role("button", name="Enregistrer la phrase").click()
    expect(page.locator(".messages")).to_have_text("La phrase est ajoutée.")
    phrase = section.phrases.get()
    assert (phrase.texte, [p.numero for p in phrase.pistes.order_by("numero")]) == (
        "On apprend à deux.",
        [2, 22, 117],
    )


def test_a_card_is_dropped_by_hand_on_a_piste_that_was_looked_for(tableau):
    tableau.locator("#filtre-q").fill("117")
    tableau.locator("#b-montrer").click()
    piste = tableau.locator("li.piste", has_text="Une idée numéro 117.")
    piste.wait_for()
    carte = tableau.locator("#orphelines .carte-p").first
    depart, arrivee = carte.bounding_box(), piste.locator("h3").bounding_box()
    tableau.mouse.move(depart["x"] + depart["width"] / 2, depart["y"] + depart["height"] / 2)
    tableau.mouse.down()
    tableau.mouse.move(arrivee["x"] + 20, arrivee["y"] + 5, steps=8)
    tableau.mouse.up()
    expect(tableau.locator(".messages")).to_have_text("1 élément rangé.")
    assert list(Proposition.objects.filter(piste__numero=117).values_list("texte", flat=True)) == [
        "Idée à ranger numéro 117."
    ]


def test_the_results_are_projected_page_by_page_and_reach_a_phone_that_slept_for_a_day(ouvrir, sans_defaut_axe):
    atelier, pistes, discussion = en_vote("adhesion", next(CODES))
    gens = [faire_participant(atelier, prenom=f"Votant {rang}") for rang in range(12)]
    for rang, personne in enumerate(gens):
        choix = {p.pk: 4 - (rang + p.numero) % 4 for p in pistes[:20]}
        actions.voter(atelier=atelier, participant=personne, choix=choix)
    dormeur = ouvrir("", qui=gens[0], attendre_erreurs=True)
    dormeur.clock.install()
    dormeur.goto(f"/a/{atelier.code}/?voter=1")
    expect(dormeur.get_by_role("button", name="Piste suivante")).to_be_visible()
    dormeur.context.set_offline(True)
    actions.ouvrir_etape(etape=discussion, par=None)
    grand = ouvrir(f"/projeter/{atelier.code}/", largeur=1920, hauteur=1080)
    expect(grand.get_by_text(f"sur {PISTES} pistes")).to_be_visible()
    sans_defaut_axe(grand)
    montrer(grand, "longue-projection")
    haut, nombre = grand.evaluate("[document.documentElement.scrollHeight, document.querySelectorAll('*').length]")
    assert (haut <= 1080, nombre < 600) == (True, True)
    dormeur.clock.fast_forward("24:00:00")
    dormeur.context.set_offline(False)
    dormeur.clock.fast_forward("00:00:30")
    expect(dormeur.get_by_text(f"Page 1 sur {PISTES // 15}")).to_be_visible()
    montrer(dormeur, "longue-reveil")
    assert len(dormeur.content()) < 60_000
