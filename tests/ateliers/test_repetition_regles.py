"""A rehearsal's phones decide as the page's scripts do: the same cases for both (test_direct_navigateur.py)."""

import re

import pytest

from ateliers.repetition import regles
from tests.serveurs import RACINE

from .vecteurs import FUSION, TELEPHONE

EN_ORDRE = [v for v in FUSION if v["suite"] and (v["etat"] or {}).get("seq", 0) <= v["trame"]["seq"]]
SCRIPTS = RACINE / "ateliers/static/ateliers/js"


@pytest.mark.parametrize("vecteur", EN_ORDRE, ids=[vecteur["cas"] for vecteur in EN_ORDRE])
def test_frames_are_put_together(vecteur):
    etat = {nom: valeur for nom, valeur in (vecteur["etat"] or {}).items() if nom != "seq"}
    suite = {nom: valeur for nom, valeur in vecteur["suite"].items() if nom != "seq"}
    assert regles.fusionner(etat, vecteur["trame"]) == suite


def test_waits_are_as_long():
    attentes = [(n, p, h, regles.attente(n, p / 1000, h) * 1000) for n, p, h, _ms in TELEPHONE["attente"]]
    assert attentes == [tuple(vecteur) for vecteur in TELEPHONE["attente"]]
    reprises = [(n, h, regles.reprise(n, h) * 1000) for n, h, _ms in TELEPHONE["reprise"]]
    assert reprises == [tuple(vecteur) for vecteur in TELEPHONE["reprise"]]


def test_an_answer_means_the_same_and_acts_are_numbered_alike():
    issues = [
        [est_json, statut, regles.issue(est_json, statut)] for est_json, statut, _issue in TELEPHONE["issue"]
    ]
    assert issues == TELEPHONE["issue"]
    ordres = [[le, dernier, regles.nouvel_ordre(le, dernier)] for le, dernier, _ordre in TELEPHONE["ordre"]]
    assert ordres == TELEPHONE["ordre"]


@pytest.mark.parametrize(
    ("script", "nom", "secondes"),
    [
        ("attente.js", "PREMIERE", regles.PREMIERE),
        ("attente.js", "PLAFOND", regles.PLAFOND),
        ("actes.js", "PLAFOND", regles.PLAFOND_DES_ACTES),
        ("direct.js", "PING", regles.PING),
        ("direct.js", "REPONSE", regles.REPONSE),
        ("ecran.js", "ETALEMENT", regles.ETALEMENT),
    ],
)
def test_delays_are_those_of_the_scripts(script, nom, secondes):
    dits = re.findall(rf"^(?:export )?const {nom} = (\d+);", (SCRIPTS / script).read_text(), re.M)
    assert dits == [f"{secondes * 1000:.0f}"]
