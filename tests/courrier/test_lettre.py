"""A number as a letter: styles in its tags, a text part that reads, nothing dangerous, nobody watched."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from courrier import lettre
from tests.contenus.fabriques_fiches import creer_cas

from .fabriques_courrier import creer_abonne, creer_numero

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]

EDITO = (
    "<p>Une chose <b>revient</b> : voir <a href='https://exemple.test/a'>la page</a>.</p>"
    "<ul><li>Un</li><li>Deux</li></ul><script>alert(1)</script><a href='javascript:x'>y</a>"
)


def numero(**champs):
    return creer_numero(
        **{
            "edito": EDITO,
            "accroche": "Trois régions.",
            "signature": "L’équipe",
            "tendances": [("tendance", {"phrase": "Apprendre à deux", "regions": 2, "sur": 3})],
            "questions": [("question", "Qui remplace la personne qui montre ?")],
            "lien_reponse": "mailto:fil@exemple.test",
            "prochain": "<p>Le 2 mars.</p>",
            **champs,
        }
    )


def test_the_html_part_carries_its_styles_in_its_tags_and_no_spy():
    html = lettre.composer(numero()).html
    soupe = BeautifulSoup(html, "html.parser")
    assert (len(soupe.find_all("h1")), soupe.h1.get_text()) == (1, "Ce que l’automne a fait lever")
    assert soupe.h1["style"].replace(" ", "").split(";")[1:3] == ["font-size:30px", "line-height:1.2"]
    assert "var(--" not in html
    assert "prefers-color-scheme" in html  # those who read in the dark
    assert soupe.find_all(["script", "img", "link", "form", "iframe"]) == []
    assert all(t.get("role") == "presentation" for t in soupe.find_all("table"))
    adresses = {a["href"] for a in soupe.find_all("a", href=True)}
    assert {"https://exemple.test/a", "mailto:fil@exemple.test"} <= adresses  # as they were written, not followed
    assert not any(a.startswith("javascript") for a in adresses)


def plat(texte):
    """The words, with plain spaces: French typography puts no-break ones before its signs."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_text_part_says_the_same_words():
    texte = plat(lettre.composer(numero()).texte)
    assert "FIL D’INFO n° 5\nAutomne 2026. 1 minute de lecture." in texte
    assert "CE QUE L’AUTOMNE A FAIT LEVER\n-----------------------------\nTrois régions." in texte
    assert "Une chose revient : voir la page (https://exemple.test/a).\n\n* Un\n* Deux" in texte
    assert "1. LES TENDANCES\n* Apprendre à deux 2 régions sur 3." in texte
    assert "* Qui remplace la personne qui montre ?\nRépondre : mailto:fil@exemple.test" in texte
    assert not re.search(r"<[a-z]|\n\n\n|&#", texte)


def test_each_letter_carries_its_own_links_and_one_click_headers():
    page, abonne = numero(), creer_abonne()
    lue = lettre.pour(lettre.composer(page), abonne)
    assert lue.html.count(f"/courrier/{abonne.cle}/arreter/") == lue.texte.count(f"/{abonne.cle}/arreter/") == 1
    assert lettre.CLE not in lue.html + lue.texte
    assert lettre.JOUR not in lue.html + lue.texte
    essai = lettre.essai(page, "moi@exemple.test", abonne)
    assert (essai.to, essai.subject[:6]) == (["moi@exemple.test"], "ESSAI.")
    assert abonne.cle not in essai.message().as_string()  # whoever tries it cannot end someone's subscription
    entetes = essai.extra_headers
    assert entetes["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [partie for _dit, partie in essai.alternatives] == ["text/html"]


def test_what_editors_may_write_at_worst_still_makes_a_letter():
    profond = "<ul><li>" * 50 + "fond" + "</li></ul>" * 50
    pire = numero(
        titre="Titre <b>gras</b> =1+1 #set " + "x" * 200,
        edito=f"<p>{'m' * 2000} 👩🏽‍🌾 مرحبا</p>{profond}<img src=x onerror=alert(1)>",
        signature="#import <script>",
    )
    lue = lettre.composer(pire)
    assert len(lue.sujet) <= 180
    assert BeautifulSoup(lue.html, "html.parser").find_all(["script", "img"]) == []
    assert all(mot in lue.texte for mot in ("m" * 2000, "👩🏽‍🌾", "مرحبا", "fond", "#import <script>"))
    abonne = creer_abonne("lise@forêt.test", forme="texte")
    assert b"\r\n.\r\n" not in lettre.essai(pire, abonne.courriel, abonne).message().as_bytes(linesep="\r\n")


def test_a_table_and_a_fiche_of_the_body_are_in_both_parts():
    salles = {
        "columns": [{"type": "texte", "heading": "Salle"}, {"type": "nombre", "heading": "Places"}],
        "rows": [{"values": ["Tilleul", 20]}, {"values": ["Hêtre", None]}],
        "caption": "Les salles",
    }
    fiche = creer_cas(7, "Deux jours pour apprendre")
    blocs = [
        {"type": "tableau", "value": salles},
        {"type": "fiche", "value": {"fiche": fiche.pk, "precision": "À lire"}},
    ]
    page = numero(corps=json.dumps(blocs))
    lue = lettre.composer(page)
    table = BeautifulSoup(lue.html, "html.parser").find("table", class_="tableau")
    assert [[case.get_text() for case in rang.find_all(["th", "td"])] for rang in table.find_all("tr")] == [
        ["Salle", "Places"],
        ["Tilleul", "20"],
        ["Hêtre", ""],
    ]
    assert [th["scope"] for th in table.find_all("th")] == ["col", "col"]
    assert "Les salles\n* Salle : Tilleul. Places : 20\n* Salle : Hêtre\n\n" in plat(lue.texte)
    assert f"Deux jours pour apprendre\n{fiche.full_url}" in plat(lue.texte)
    assert str(fiche) in lue.html
    fiche.unpublish()
    assert "Deux jours" not in lettre.composer(type(page).objects.get()).texte
