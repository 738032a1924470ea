"""The attacker at the doors: what frames, page, PDF and XLSX say of a vote is one table, and nothing follows."""

import io
import re

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from consultation import actions
from contenus.impression.publications import synthese_pdf
from tests import fabriques as f
from tests.contenus import fabriques_contenus

from . import attaquant as a
from . import monde as m

pytestmark = pytest.mark.django_db

#: (people of each college for the first piste, for the second): small, unanimous, blank, plain.
SALLES = [
    {"salaries": (3, 2), "permanents": (7, 6)},
    {"salaries": (1, 0), "permanents": (6, 6), "administrateurs": (5, 5)},
    {"salaries": (7, 0), "permanents": (0, 8), "administrateurs": (6, 5)},
    {"salaries": (0, 0, 6), "permanents": (8, 7), "partenaires": (1, 1)},
]


def voter(espace, gens, **reglages):
    """A closed vote on two pistes, a third number in `gens` being blank ballots."""
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes, **reglages)
    for signe, nombres in gens.items():
        for n, choix in zip(nombres, ({pistes[0]: 2}, {pistes[1]: 1}, {}), strict=False):
            f.faire_voter(scrutin, signe, n, choix)
    return actions.clore_scrutin(scrutin=scrutin, par=None), pistes


def table_de(cadre):
    """The table that a state frame tells, as the attacker takes it."""
    return {
        "colleges": {str(c["id"]): {"votants": c["votants"], "masque": c["masque"]} for c in cadre["colleges"]},
        "pistes": {
            str(p["id"]): {**p, "colleges": {str(c["id"]): c for c in p["colleges"]}} for p in cadre["pistes"]
        },
    }


@pytest.mark.parametrize("gens", SALLES)
def test_nothing_follows_from_the_frames_before_and_after_what_moves(monde, gens):
    ici = monde.ici
    scrutin, pistes = voter(ici.atelier.espace, gens)
    lues = [cadre(monde, "anonyme", pour) for pour in ("participants", "projection")]
    actions.effacer_participant(participant=scrutin.bulletins.first().participant)
    actions.regrouper(espace=ici.atelier.espace, par=None, pistes=pistes, texte="Les deux")
    lues.append(cadre(monde, "organisateur", "projection"))
    tables = [table_de(lu) for lu in lues]
    assert a.fuites(scrutin.mode, scrutin.gommettes, *tables) == []
    assert all(table == tables[0] for table in tables)


def cadre(monde, acteur, pour):
    etat = monde.client(acteur).get(reverse("etat_direct", args=[monde.ici.atelier.code]), {"pour": pour}).json()
    return etat["resultats"]


@pytest.mark.parametrize("gens", SALLES)
def test_the_page_its_pdf_and_the_spreadsheet_say_no_other_figure(monde, gens, client):
    espace = monde.ici.atelier.espace
    scrutin, pistes = voter(espace, gens)
    table = scrutin.proclamation.tableau
    page = fabriques_contenus.creer_page_publiee(fabriques_contenus.creer_synthese(espace.consultation, pistes))
    html = client.get(page.url).content.decode()
    pdf = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(synthese_pdf(page))).pages)
    permises = {
        (case["personnes"], case["sur"])
        for ligne in table["pistes"].values()
        for case in (ligne, *ligne["colleges"].values())
        if case["forme"] == "exact"
    }
    presents = page.contenu["chiffres"]["participants"]
    venus = {(college["n"], presents) for college in page.contenu["colleges"]}  # who came is no choice
    assert dites(html) | dites(pdf) <= permises | venus
    assert dites(html) & permises
    reponse = monde.client("organisateur").post(
        m.adresse("gestion:exports", monde.ici), {"sorte": "resultats", "forme": "xlsx"}
    )
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content))["Résultats"]
    cases = [str(case) for ligne in feuille.iter_rows(values_only=True) for case in ligne if case is not None]
    assert {paire for case in cases for paire in dites(case)} <= permises


def test_choosers_are_people_and_not_choices():
    """Three people who chose two pistes each, and three blank ballots: too few chose, however many choices."""
    espace = f.creer_espace()
    une, autre = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, autre])
    for signe, n, choix in (("salaries", 3, {une: 1, autre: 1}), ("salaries", 3, {}), ("permanents", 8, {une: 1})):
        f.faire_voter(scrutin, signe, n, choix)
    colleges = actions.clore_scrutin(scrutin=scrutin, par=None).proclamation.tableau["colleges"]
    masques = {signe: colleges[str(f.college(espace.consultation, signe).pk)]["masque"]
               for signe in ("salaries", "permanents")}  # fmt: skip
    assert masques == {"salaries": True, "permanents": False}


def dites(texte):
    """The pairs "n sur m" that a text tells of people; "20 sur 100" is of who came, not of what they chose."""
    lu = re.sub(r"<[^>]+>", " ", texte).replace("\u00a0", " ").replace("\u202f", " ")
    lu = re.sub(r"\s+", " ", lu)
    return {(int(n), int(sur)) for n, sur in re.findall(r"(\d+)(?: personnes?)? sur (?!100\b)(\d+)", lu)}
