"""The public pages in a real browser: no defect found by axe, nothing wider than the screen."""

import io
import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from contenus import actions
from contenus.models import FichesIndexPage, FormulairePage, PagePlaine, Question, SynthesePage
from contenus.models.formulaire import NATURES
from tests import fabriques
from tests.contenus import fabriques_contenus
from tests.contenus.fabriques_fiches import creer_cas, creer_dispositif
from tests.contenus.test_fil import creer_numero
from tests.contenus.test_pages_accueil import ouvrir_atelier

pytestmark = pytest.mark.parcours


@pytest.fixture(scope="module")
def chemins(serveur):
    fabriques_contenus.poser_arborescence()
    consultation = fabriques.creer_consultation(territoire=fabriques.creer_territoire(nom="Corse"), lieu="Bastia")
    ouvrir_atelier(consultation, presents=3)
    synthese = fabriques_contenus.creer_synthese_votee(
        4,
        votants={"salaries": 9, "permanents": 8, "administrateurs": 2},
        espace_vote=fabriques.creer_espace(consultation=consultation),
    )
    page = fabriques_contenus.creer_page_publiee(synthese)
    numero = creer_numero(
        5,
        syntheses=[synthese],
        accroche="Trois régions, 303 propositions.",
        tendances=[("tendance", {"phrase": "Apprendre à deux.", "regions": 2, "sur": 3})],
        questions=[("question", "Que garde-t-on d’un parcours ?")],
        lien_reponse="mailto:fil@exemple.test",
    )
    return ["/", page.url, "/syntheses/", numero.url, "/fil-info/", "/accessibilite/"]


@pytest.mark.parametrize(("largeur", "theme"), [(320, "light"), (1280, "light"), (390, "dark")])
def test_public_pages_have_no_defect_and_fit_the_screen(chemins, ouvrir, sans_defaut_axe, largeur, theme):
    ecran = ouvrir(None, largeur=largeur, color_scheme=theme)
    for chemin in chemins:
        assert ecran.goto(chemin).status == 200
        deborde = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert (chemin, ecran.evaluate(deborde)) == (chemin, 0)
        sans_defaut_axe(ecran)


def test_a_word_of_two_hundred_letters_widens_no_page(serveur, chemins, ouvrir, sans_defaut_axe):
    accueil = fabriques_contenus.poser_arborescence().accueil
    mot = "é" * 200
    flux = [
        {"type": "titre", "value": mot[:120]},
        {"type": "texte", "value": f"<p>{mot}</p><ul><li>{mot}</li></ul>"},
        {"type": "encadre", "value": f"<p>{mot}</p>"},
        {"type": "citation", "value": {"mots": mot, "qui": mot[:120]}},
        {"type": "deux_colonnes", "value": {"lignes": [{"nom": mot[:80], "texte": mot}]}},
        {"type": "frise", "value": {"etapes": [{"quand": mot[:60], "titre": mot[:120], "texte": mot}]}},
        {"type": "questions", "value": {"questions": [{"question": mot, "reponse": f"<p>{mot}</p>"}]}},
        {"type": "bouton", "value": {"libelle": mot[:80], "lien": "/"}},
        {"type": "personne", "value": {"photo": None, "nom": mot[:120], "role": mot[:160], "texte": mot}},
        {"type": "tableau", "value": {"caption": mot, "columns": [{"type": "texte", "heading": mot}],
                                      "rows": [{"values": [mot]}]}},
        {"type": "scrutin", "value": {"titre": mot[:120], "vote": 1,
                                      "synthese": SynthesePage.objects.get(live=True).pk}},
    ]  # fmt: skip
    page = PagePlaine(title=mot, slug="long", chapeau=mot, corps=json.dumps(flux), au_pied=True)
    accueil.add_child(instance=page)
    ecran = ouvrir("/long/", largeur=320)
    deborde = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    vus = [ecran.evaluate(deborde)]
    longue = fabriques.creer_consultation(titre=mot[:120], lieu=mot[:120], debut=timezone.localdate(), chapeau=mot)
    seminaire = actions.faire_page_du_seminaire(consultation=longue, par=None)
    questions = FormulairePage(
        title=mot, slug="longues", chapeau=mot, usage=mot,
        form_fields=[
            Question(label=f"{mot}{rang}", help_text=mot, field_type=nature, choices=f"{mot}\nnon")
            for rang, (nature, _nom) in enumerate(NATURES)
        ],
    )  # fmt: skip
    accueil.add_child(instance=questions)
    fabriques_contenus.publier(seminaire)
    for chemin in ("/", "/fil-info/", seminaire.url, "/longues/"):
        ecran.goto(chemin)
        vus.append(ecran.evaluate(deborde))
        sans_defaut_axe(ecran)
    for chose in (page, questions, seminaire):
        chose.delete()
    assert vus == [0, 0, 0, 0, 0]


def test_one_goes_from_a_piste_to_its_origin_and_back_without_script(chemins, ouvrir):
    ecran = ouvrir(chemins[1], java_script_enabled=False)
    ecran.click(".axe .plis summary")
    ecran.click('a[href="#o2"]')
    expect(ecran).to_have_url(re.compile("#o2$"))
    ecran.click('#o2 a[href="#p2"]')
    expect(ecran).to_have_url(re.compile("#p2$"))


def test_a_long_synthesis_is_folded_on_a_phone_opens_where_one_comes_and_whole_on_paper(chemins, ouvrir):
    ecran = ouvrir(chemins[1] + "#o1", largeur=390)
    ouverts = "[...document.querySelectorAll('details.plis')].map(plis => plis.open)"
    expect(ecran.locator("#o1")).to_be_visible()
    assert ecran.evaluate(ouverts) == [False, False, True]
    expect(ecran.locator(".resultats > li").nth(1)).to_be_visible()
    expect(ecran.locator(".resultats > li").nth(2)).to_be_hidden()
    ecran.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert ecran.evaluate(ouverts) == [True, True, True]
    ecran.emulate_media(media="print")
    nom = ecran.locator(".resultats .parts .vh").first
    assert nom.bounding_box()["width"] > 20  # on paper no colour says which college: its name does, as in the PDF
    expect(ecran.locator("#o2 a").first).to_be_hidden()
    ecran.emulate_media(media="screen")
    ecran.evaluate("dispatchEvent(new Event('afterprint'))")
    assert ecran.evaluate(ouverts) == [False, False, True]


def test_a_reader_finds_a_case_by_facets_keeps_it_and_prints_the_list(chemins, ouvrir, sans_defaut_axe):
    """On a small phone, without scripts: facets are links, the list is a form."""
    creer_cas(1, "Une petite équipe se répartit les rôles")
    creer_cas(2, "Un atelier couture cherche sa clientèle", region="53", secteur="Textile")
    creer_dispositif(3, "Un réseau d’immersions")
    ecran = ouvrir(FichesIndexPage.objects.get().url, largeur=320, java_script_enabled=False)
    expect(ecran.get_by_role("heading", level=1)).to_have_text("3 fiches pour s’inspirer")
    ecran.locator("summary", has_text="Région").click()
    ecran.locator(".facette a", has_text="Bretagne").click()
    expect(ecran.get_by_role("heading", name="1 fiche", exact=True)).to_be_visible()
    ecran.locator("#resultats").get_by_role("link", name="Un atelier couture").click()
    ecran.get_by_role("button", name="Ajouter à ma liste de lecture").click()
    expect(ecran.get_by_role("button", name="Retirer de ma liste")).to_be_visible()
    ecran.goto("/liste-de-lecture/")
    expect(ecran.get_by_role("heading", level=1)).to_have_text("Ma liste de lecture\u202f: 1 fiche")
    assert ecran.evaluate("document.documentElement.scrollWidth") <= 320
    sans_defaut_axe(ouvrir(ecran.url + ecran.get_by_role("link", name="à partager").get_attribute("href")))
    pdf = ecran.request.get(ecran.get_by_role("link", name="Imprimer la fiche").get_attribute("href"))
    mots = " ".join(PdfReader(io.BytesIO(pdf.body())).pages[0].extract_text().split())
    assert "Un atelier couture cherche sa clientèle" in mots
