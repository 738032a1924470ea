"""The console, the board and the projector in a real browser, with their scripts and the live path."""

import re

import pytest
from playwright.sync_api import expect

from ateliers import actions
from ateliers.models import Atelier
from consultation import actions as actes
from consultation.models import Mandat, Proposition, Regroupement
from tests.fabriques import creer_consultation, creer_proposition
from tests.patience import jusqu_a

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.parcours


@pytest.fixture
def atelier(serveur):
    """A fresh workshop per test, and its facilitator."""
    numero = Atelier.objects.count()
    atelier = faire_atelier(creer_consultation(), code=f"N{numero}P4M2")
    faire_etapes(atelier, "ideation", "regroupement", "discussion")
    courriel = f"anime-{atelier.pk}@exemple.test"
    faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace, email=courriel)
    return atelier


def entrer(ouvrir, atelier, chemin="", **options):
    """Open a screen of the workshop as its facilitator, on a new device."""
    options = {"largeur": 1280, "hauteur": 800, **options}
    anime = Mandat.objects.get(espace=atelier.espace).compte
    return ouvrir(f"/animer/{atelier.pk}/{chemin}", qui=anime, **options)


def test_an_act_does_not_reload_the_page_and_the_other_facilitator_sees_it(ouvrir, atelier):
    une, autre = entrer(ouvrir, atelier), entrer(ouvrir, atelier)
    une.evaluate("window.marque = 1")
    une.click("#b-ouvrir")
    une.wait_for_selector("#etape h2:text-is('Proposer')")
    autre.wait_for_selector("#etape h2:text-is('Proposer')")
    expect(une.locator(".messages")).to_have_text("L’étape «\u202fProposer\u202f» est ouverte.")
    assert une.evaluate("window.marque") == 1


def test_the_console_breaks_no_word_of_a_step_and_its_head_stays_on_a_line(ouvrir, atelier):
    atelier.etapes.update(titre="Questionnaire")
    atelier.consultation.titre = "Journée d’été des jardins du département : semer, récolter"
    atelier.consultation.save()
    page = entrer(ouvrir, atelier)
    hauteur = "e => Math.round(e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))"
    assert page.locator(".deroule b").first.evaluate(hauteur) == 1
    hauts = page.locator(".haut").evaluate("e => [...e.children].map(x => x.getBoundingClientRect())")
    assert max(b["top"] for b in hauts) < min(b["bottom"] for b in hauts)


def test_a_refused_act_says_so_and_shows_how_things_stand(ouvrir, atelier, serveur):
    page = entrer(ouvrir, atelier, java_script_enabled=False)
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    page.click("#b-ouvrir")
    expect(page.locator("#refus")).to_contain_text("Une autre personne vient d’ouvrir")
    expect(page.locator("#etape h2")).to_have_text("Proposer")


def test_what_someone_is_typing_is_never_replaced(ouvrir, atelier):
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    proposition = creer_proposition(atelier.espace, "court")
    page = entrer(ouvrir, atelier)
    page.click(f"#ecarter-{proposition.pk} summary")
    page.fill(f"#autre-{proposition.pk}", "Une raison en train de s’écrire")
    creer_proposition(atelier.espace, "bref")
    page.wait_for_selector("#etape .faits :text('2')")
    assert page.input_value(f"#autre-{proposition.pk}") == "Une raison en train de s’écrire"
    assert page.locator("#relire li[id^='p-']").count() == 1
    page.fill(f"#autre-{proposition.pk}", "")
    page.focus("#b-pause")
    page.wait_for_selector("#relire li[id^='p-'] >> nth=1")


def test_paper_cards_follow_each_other_without_leaving_the_form(ouvrir, atelier):
    page = entrer(ouvrir, atelier)
    page.click("#details-papier summary")
    page.click(".colleges input >> nth=0")
    page.fill("#carte-origine", "table 3")
    for texte in ("Une première carte", "Une seconde carte"):
        page.fill("#carte-texte", texte)
        page.click("text=Garder cette carte")
        jusqu_a(page, "document.getElementById('carte-texte').value === ''")
    expect(page.locator("#carte-texte")).to_be_focused()
    cartes = Proposition.objects.filter(espace=atelier.espace).order_by("pk")
    assert [(c.texte, c.origine_note) for c in cartes] == [
        ("Une première carte", "table 3"),
        ("Une seconde carte", "table 3"),
    ]


def test_dragging_a_card_on_another_names_a_piste_with_its_first_words(ouvrir, atelier):
    une, deux = (
        creer_proposition(atelier.espace, t) for t in ("Un tuteur pour chacun", "Apprendre avec un ancien")
    )
    page = entrer(ouvrir, atelier, "regrouper/")
    glisser(page, f"[data-proposition='{une.pk}'] .mots-p", f"[data-proposition='{deux.pk}'] .mots-p")
    expect(page.locator("#r-texte")).to_have_value("Un tuteur pour chacun")
    page.fill("#r-texte", "Apprendre à deux")
    page.click("#b-nouvelle")
    page.wait_for_selector(".piste h3:text-is('Apprendre à deux')")
    assert {x.proposition_id for x in Regroupement.objects.latest("pk").lignes.all()} == {une.pk, deux.pk}


def test_dragging_a_card_on_a_piste_puts_it_there_and_it_can_be_undone(ouvrir, atelier):
    piste = actes.regrouper(
        espace=atelier.espace, par=None, propositions=[creer_proposition(atelier.espace)], texte="Déjà là"
    ).piste
    seule = creer_proposition(atelier.espace)
    page = entrer(ouvrir, atelier, "regrouper/")
    glisser(page, f"[data-proposition='{seule.pk}'] .mots-p", f"#piste-{piste.pk} h3")
    page.wait_for_selector(f"#piste-{piste.pk} :text('2 propositions')")
    page.click(".suivi button >> nth=0")
    page.wait_for_selector(f"#orphelines [data-proposition='{seule.pk}']")


def glisser(page, depart, arrivee):
    a, b = page.locator(depart).bounding_box(), page.locator(arrivee).bounding_box()
    page.mouse.move(a["x"] + 12, a["y"] + 8)
    page.mouse.down()
    page.mouse.move(b["x"] + 20, b["y"] + 8, steps=6)
    page.mouse.up()


def test_the_keyboard_alone_gathers(ouvrir, atelier):
    une, deux = (creer_proposition(atelier.espace) for _ in range(2))
    page = entrer(ouvrir, atelier, "regrouper/")
    for proposition in (une, deux):
        page.focus(f"#op-{proposition.pk}")
        page.keyboard.press("Space")
    expect(page.locator("[data-choisies]")).to_have_text("(2 cartes choisies)")
    page.focus("#r-texte")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pistes .piste")
    une.refresh_from_db()
    deux.refresh_from_db()
    assert une.piste_id == deux.piste_id is not None


def test_the_projector_follows_the_room_by_itself(ouvrir, atelier):
    page = ouvrir(f"/projeter/{atelier.code}/", largeur=1920, hauteur=1080)
    assert page.get_attribute("main", "data-ecran") == "accueil"
    personne = faire_participant(atelier, "permanents")
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    page.wait_for_selector("main[data-ecran=mur]")
    actions.proposer(atelier=atelier, participant=personne, texte="Une idée de la salle", cle="x1")
    page.wait_for_selector(".mur :text('Une idée de la salle')")
    jusqu_a(page, "document.documentElement.scrollHeight === 1080")


#: Counts the notes the page plays from now on.
NOTES = """() => {
  const faire = AudioContext.prototype.createOscillator;
  window.notes = 0;
  AudioContext.prototype.createOscillator = function () { window.notes += 1; return faire.call(this); };
}"""

#: The time is over in a second and a half, whatever the room's news put back on the clock meanwhile.
FINIR = """() => {
  const fin = Date.now() + 1500;
  setInterval(() => { document.querySelector("[data-minuteur]").dataset.echeance = fin; }, 20);
}"""


def test_the_end_of_the_time_is_heard_by_who_asked_for_it(ouvrir, atelier):
    etape = actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    avec, sans = entrer(ouvrir, atelier), entrer(ouvrir, atelier)
    for page in (avec, sans):
        page.evaluate(NOTES)
    avec.get_by_role("button", name="Son à la fin du temps").click()
    expect(avec.get_by_role("button", name="Son à la fin du temps", pressed=True)).to_have_text(re.compile("oui$"))
    assert [page.evaluate("window.notes") for page in (avec, sans)] == [3, 0]
    for page in (avec, sans):
        page.evaluate(FINIR)
    jusqu_a(avec, "window.notes === 6")
    expect(sans.locator("[data-minuteur]")).to_have_text("00:00")
    assert sans.evaluate("window.notes") == 0
    assert etape.etat == "ouverte"
    avec.reload()
    expect(avec.get_by_role("button", name="Son à la fin du temps", pressed=True)).to_be_visible()


@pytest.mark.parametrize("chemin", ["", "regrouper/", "deroule/"])
def test_the_facilitator_s_screens_have_no_accessibility_fault(ouvrir, atelier, chemin, sans_defaut_axe):
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    for texte in ("court", "Apprendre avec un tuteur", "Apprendre avec un bon tuteur"):
        creer_proposition(atelier.espace, texte)
    page = entrer(ouvrir, atelier, chemin, largeur=390)
    sans_defaut_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
