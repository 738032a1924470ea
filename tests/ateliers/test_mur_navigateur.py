"""The room's screen in a real browser: it reads from the back, it is filled, it turns, the console rules it."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from ateliers import actions, annonces
from consultation import actions as actes
from consultation.models import Grille, Mandat
from tests.consultation.test_grilles import TROIS, contenu
from tests.consultation.test_grilles_lecture import recevoir
from tests.fabriques import creer_consultation, creer_pistes, creer_proposition, faire_voter

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.parcours
LARGE, HAUTE = 1920, 1080
PHRASES = [
    "Visiter une autre structure, voir comment ils font.",
    "Deux heures fixes par semaine pour apprendre, quoi qu’il arrive.",
    "Avoir le droit de se tromper une fois.",
    "Des journées de découverte en entreprise, en groupe.",
    "Un tuteur pour chaque nouvelle personne, dès le premier jour, et quelqu’un d’autre quand il n’est pas là.",
]
#: [(words, height of its capitals in px)] of each text that is shown and is no drawing, doubled or unseen.
CAPITALES = """() => {
  const toile = document.createElement("canvas").getContext("2d");
  const lus = [];
  const marche = document.createTreeWalker(document.querySelector("main").parentNode, NodeFilter.SHOW_TEXT);
  for (let n = marche.nextNode(); n; n = marche.nextNode()) {
    const e = n.parentElement, dit = n.textContent.trim();
    if (!dit || e.closest("script,noscript,style,[aria-hidden=true],.vh,.saut,[hidden],svg")) continue;
    const boite = e.getBoundingClientRect();
    if (boite.width < 2 || boite.bottom <= 0) continue;
    const style = getComputedStyle(e);
    if (style.display === "none" || style.visibility === "hidden") continue;
    toile.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    lus.push([dit, toile.measureText("H").actualBoundingBoxAscent]);
  }
  return lus;
}"""


@pytest.fixture
def salle(serveur, request):
    consultation = creer_consultation()
    code = f"MR{abs(hash(request.node.name)) % 100_00:04d}".replace("0", "2").replace("1", "3")
    salle = faire_atelier(consultation, code, "Apprendre et transmettre")
    salle.espace.question = "Qu’est-ce qui vous aiderait à apprendre votre métier ?"
    salle.espace.save()
    faire_compte(consultation, Mandat.Role.ANIMATEUR, salle.espace, email=f"{code.lower()}@exemple.test")
    faire_etapes(salle, "ideation", "regroupement", "vote", "discussion")
    return salle


def proposer(salle, n):
    return [creer_proposition(salle.espace, f"{PHRASES[i % 5]} ({i})") for i in range(n)]


def etape(salle, nature):
    return actions.ouvrir_etape(etape=salle.etapes.get(nature=nature), par=None)


def montrer(ouvrir, salle, nom):
    page = ouvrir(f"/projeter/{salle.code}/", largeur=LARGE, hauteur=HAUTE)
    page.wait_for_function("document.fonts.status === 'loaded'")
    dossier = os.environ.get("VUES")
    if dossier:
        page.screenshot(path=f"{dossier}/{nom}.png")
    return page


def entrer(ouvrir, salle):
    """The console, as its facilitator."""
    anime = Mandat.objects.get(espace=salle.espace).compte
    return ouvrir(f"/animer/{salle.pk}/", qui=anime, largeur=1366, hauteur=768)


def lisible(page):
    petits = [(dit, h) for dit, h in page.evaluate(CAPITALES) if h < HAUTE / 40]
    assert petits == []
    assert page.evaluate("document.documentElement.scrollHeight") <= HAUTE
    assert page.evaluate("document.documentElement.scrollWidth") <= LARGE


def test_a_page_is_made_again_when_the_room_moved_without_a_section(ouvrir, salle):
    etape(salle, "discussion")
    for _personne in range(3):  # with fewer, each number fetches the page again
        faire_participant(salle)
    mur, console = montrer(ouvrir, salle, "mur"), entrer(ouvrir, salle)
    salle.refresh_from_db()
    for fois in (1, 2):  # the second time, both follow the room for sure
        with transaction.atomic():
            annonces.avancer(salle.pk)
        for page in (mur, console):
            expect(page.locator("main")).to_have_attribute("data-seq", f"{salle.sequence + fois}")


@pytest.mark.parametrize("n", [1, 2, 4, 27])
def test_the_wall_fills_the_screen_and_reads_from_the_back(ouvrir, salle, n):
    proposer(salle, n)
    etape(salle, "ideation")
    page = montrer(ouvrir, salle, f"mur-{n}")
    lisible(page)
    corps = float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.mur')).fontSize)"))
    assert (corps > 60) == (n <= 2)
    assert (page.locator(".pages").count() == 1) == (n == 27)
    assert page.locator(".mur li").last.evaluate("e => e.getBoundingClientRect().bottom") <= HAUTE


def test_pistes_votes_and_results_read_from_the_back(ouvrir, salle, sans_defaut_axe):
    proposer(salle, 3)
    pistes = creer_pistes(salle.espace, 9)
    for piste, phrase in zip(pistes, PHRASES * 2, strict=False):
        actes.formuler_piste(piste=piste, texte=f"{phrase} {piste.numero}", par=None)
    etape(salle, "regroupement")
    page = montrer(ouvrir, salle, "pistes")
    lisible(page)
    sans_defaut_axe(page)
    etape(salle, "vote")
    page = montrer(ouvrir, salle, "vote")
    lisible(page)
    assert PHRASES[0] in page.locator(".pistes").inner_text()
    scrutin = salle.etapes.get(nature="vote").scrutin
    faire_voter(scrutin, "salaries", 8, {pistes[0]: 1, pistes[1]: 2})
    faire_voter(scrutin, "permanents", 7, {pistes[1]: 1})
    actions.clore_etape(etape=salle.etapes.get(nature="vote"), par=None, attendre=True)
    page = montrer(ouvrir, salle, "arrivent")
    lisible(page)
    actes.montrer_resultats(scrutin=scrutin, par=None)
    page = montrer(ouvrir, salle, "resultats")
    lisible(page)
    sans_defaut_axe(page)


def test_a_grille_reads_from_the_back_while_it_is_answered_once_closed_and_once_counted(
    ouvrir, salle, sans_defaut_axe
):
    grille = actes.creer_grille(
        consultation=salle.consultation, titre="Mon parcours", contenu=contenu(*TROIS), par=None
    )
    actes.placer_grille(grille=grille, espace=salle.espace, par=None)
    actes.mettre_en_ligne(grille=grille, par=None)
    for accueil in ("jamais", "parfois", "souvent"):
        recevoir(grille, "salaries", 7, accueil=accueil)
        recevoir(grille, "permanents", 7, accueil=accueil)
    salle.etapes.filter(nature="discussion").update(nature="grille")
    etape(salle, "grille")

    def regarder(nom, dit):
        page = montrer(ouvrir, salle, nom)
        expect(page.locator("main")).to_contain_text(dit)
        lisible(page)
        sans_defaut_axe(page)

    regarder("grille", "Répondez sur votre téléphone")
    actes.clore_grille(grille=grille, par=None)
    regarder("grille-close", "Les réponses sont closes.")
    Grille.objects.filter(pk=grille.pk).update(close_le=timezone.now() - timedelta(minutes=2))
    actes.compter_grille(grille=Grille.objects.get(pk=grille.pk), par=None)
    regarder("grille-comptee", "42 personnes ont répondu.")


def test_the_console_hides_the_wall_and_puts_one_proposition_forward(ouvrir, salle, sans_defaut_axe):
    premiere, *_autres = proposer(salle, 6)
    etape(salle, "ideation")
    mur = montrer(ouvrir, salle, "mur-6")
    console = entrer(ouvrir, salle)
    console.get_by_role("button", name="Cacher le mur").click()
    expect(mur.locator("h1")).to_have_text("On écrit, chacun pour soi")
    lisible(mur)
    console.get_by_role("button", name="Remettre le mur").click()
    expect(mur.locator(".mur li").first).to_be_visible()
    console.get_by_text("Choisir ce qui s’y voit").click()
    console.locator(".au-mur li").last.get_by_role("button", name="À la une").click()
    expect(mur.locator("blockquote")).to_have_text(premiere.texte)
    lisible(mur)
    sans_defaut_axe(mur)
    for largeur in (320, 1366):
        console.set_viewport_size({"width": largeur, "height": 768})
        assert console.evaluate("document.documentElement.scrollWidth") <= largeur
    sans_defaut_axe(console)
    if dossier := os.environ.get("VUES"):
        mur.screenshot(path=f"{dossier}/une.png")
        console.screenshot(path=f"{dossier}/console.png", full_page=True)
