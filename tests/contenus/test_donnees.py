"""The open data: what anyone may read and nothing more, readable by machines, recounted by its own script."""

import csv
import importlib.util
import io
import itertools
import json
import subprocess
import sys
import zipfile

import pytest

from consultation import actions
from consultation.decomptes.secret import etablir
from consultation.lectures import CollegeLu, PisteLue, dresser
from contenus.lectures.archive import TELS_QUELS, zipper
from contenus.lectures.donnees import SCHEMAS, sans_ids
from tests.attaques.salles_au_hasard import salle
from tests.fabriques import (
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
)

from .fabriques_contenus import creer_page_publiee, creer_synthese
from .test_suites import decider

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace(arborescence):
    return creer_espace()


def publier(espace, *pistes):
    return creer_page_publiee(creer_synthese(espace.consultation, pistes))


def lire(consultation):
    """Return {name: text} of what is in the archive."""
    with zipfile.ZipFile(io.BytesIO(zipper(consultation))) as archive:
        return {nom: archive.read(nom).decode("utf-8-sig") for nom in archive.namelist()}


def lignes(archive, nom):
    return list(csv.DictReader(io.StringIO(archive[f"{nom}.csv"], newline=""), delimiter=";"))


def voter(espace, piste, salaries=12, permanents=12, contre=6, **reglages):
    """A closed vote on `piste` and another: `contre` people of each college put their dot on the other."""
    autre = creer_piste(espace, "Une autre piste")
    scrutin = creer_scrutin(espace, [piste, autre], **reglages)
    for signe, n in (("salaries", salaries), ("permanents", permanents)):
        faire_voter(scrutin, signe, n - contre, {piste: 1})
        faire_voter(scrutin, signe, contre, {autre: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    return autre


def test_each_table_has_the_columns_of_its_schema_and_the_licence_is_said(espace):
    publier(espace, creer_piste(espace))
    archive = lire(espace.consultation)
    paquet = json.loads(archive["datapackage.json"])
    assert [licence["name"] for licence in paquet["licenses"]] == ["etalab-2.0"]
    for ressource in paquet["resources"]:
        entetes = archive[ressource["path"]].splitlines()[0]
        attendus = [champ["name"] for champ in ressource["schema"]["fields"]]
        assert (
            next(csv.reader([entetes], delimiter=";"))
            == attendus
            == [c for c, _t, _d in SCHEMAS[ressource["name"]]]
        )
    assert "Licence Ouverte 2.0" in archive["LISEZMOI.md"]
    assert all(f"{nom}.csv" in archive["LISEZMOI.md"] for nom in SCHEMAS)


def test_words_go_out_with_their_authors_leave_and_never_a_name(espace):
    consultation = espace.consultation
    oui = creer_participant(consultation, prenom="Zénobie", accord_publication=True)
    non = creer_participant(consultation, prenom="Zénobie", accord_publication=False)
    dites = [creer_proposition(espace, "Apprendre à deux", oui), creer_proposition(espace, "Un secret", non)]
    piste = creer_piste(espace, "Apprendre en binôme", dites)
    ailleurs = creer_piste(espace, "Une piste que rien ne cite", [creer_proposition(espace, "Pas encore", oui)])
    publier(espace, piste)
    archive = lire(consultation)
    assert lignes(archive, "propositions") == [{"piste": "1", "texte": "Apprendre à deux", "college": ""}]
    assert lignes(archive, "pistes")[0]["propositions"] == "2"
    tout = "".join(archive.values())
    secrets = ("Zénobie", "Un secret", "Pas encore", ailleurs.texte, oui.code_personnel)
    assert [mot for mot in secrets if mot in tout] == []


def test_no_cell_is_a_formula(espace):
    qui = creer_participant(espace.consultation, accord_publication=True)
    piste = creer_piste(espace, "=1+1", [creer_proposition(espace, "@SOMME(A1) ; =2", qui)])
    publier(espace, piste)
    decider(piste, raison="+33")
    archive = lire(espace.consultation)
    cellules = [valeur for nom in SCHEMAS for ligne in lignes(archive, nom) for valeur in ligne.values()]
    assert [c for c in cellules if c.startswith(("=", "+", "@", "-"))] == []
    assert ("'=1+1" in cellules, "'+33" in cellules) == (True, True)


def test_a_college_that_is_hidden_on_screen_is_hidden_here(espace):
    piste = creer_piste(espace, "Apprendre en binôme")
    publier(espace, piste)
    scrutin = creer_scrutin(espace, [piste, creer_piste(espace)])
    for signe, n in (("salaries", 12), ("permanents", 11), ("partenaires", 3)):
        faire_voter(scrutin, signe, n - n // 3, {piste: 1})
        faire_voter(scrutin, signe, n // 3, {})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    archive = lire(espace.consultation)
    tous, *colleges = lignes(archive, "resultats")
    table = json.loads(archive["donnees.json"])["votes"][0]["table"]["pistes"]["1"]
    assert (tous["college"], tous["personnes"], tous["sur"]) == ("", "18", "26")
    for nom, lue in table["colleges"].items():
        ligne = next(x for x in colleges if x["college"] == nom)
        assert (lue["forme"] == "exact") == (ligne["personnes"] != "")
    assert next(x for x in colleges if x["college"] == "Partenaires")["personnes"] == ""
    assert "numero" not in table
    assert set(table["colleges"]) <= {"Salariés en parcours", "Permanents", "Partenaires", "Administrateurs"}


def test_its_own_script_recounts_what_is_published_with_nothing_but_the_archive(espace, tmp_path):
    piste = creer_piste(espace, "Apprendre en binôme")
    autre = voter(espace, piste)
    voter(espace, piste, contre=2, regle="tous_colleges", seuil=60)
    voter(espace, autre, salaries=3, permanents=2, contre=1)
    publier(espace, piste, autre)
    zipfile.ZipFile(io.BytesIO(zipper(espace.consultation))).extractall(tmp_path)
    commande = [sys.executable, "-I", "rejouer.py"]
    rendu = subprocess.run(commande, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (rendu.returncode, rendu.stdout.strip()) == (0, "4 résultats recomptés, 0 différents.")
    fichier = tmp_path / "resultats.csv"
    fichier.write_text(fichier.read_text().replace(';"oui"', ';"non"', 1))
    faux = subprocess.run(commande, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (faux.returncode, "1 différents" in faux.stdout) == (1, True)


def test_the_script_agrees_with_the_house_on_any_room_and_any_rule():
    spec = importlib.util.spec_from_file_location("rejouer", TELS_QUELS / "rejouer.py")
    rejouer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rejouer)
    vus = {True: 0, False: 0}
    reglees = itertools.product(("personnes", "colleges_egaux", "tous_colleges"), (0, 30, 50, 75), (0, 5))
    for graine, (regle, seuil, quorum) in zip(range(240), itertools.cycle(reglees), strict=False):
        releve = salle(graine)
        table = etablir(releve)
        colleges = [CollegeLu(c, f"C{c}", f"C{c}", "salaries") for c in sorted(releve.votants)]
        quorums = [
            {"college": str(colleges[0].id), "votants_min": graine % 4, "part_min": (0, 20, 60)[graine % 3]}
        ]
        reglages = {
            "mode": releve.mode,
            "regle": regle,
            "seuil": seuil,
            "quorum": quorum,
            "quorums": quorums,
            "tour": 1,
        }
        lues = {**table, "ecartees": {}, "reglages": reglages}
        for pk, ligne in lues["pistes"].items():
            ligne["membres"] = [int(pk)]
        pistes = {int(pk): PisteLue(int(pk), int(pk), "") for pk in lues["pistes"]}
        nue = sans_ids(lues, pistes, colleges)
        for ligne in dresser(lues, pistes=pistes, colleges=colleges).lignes:
            dit = rejouer.retenue(nue, nue["pistes"][str(ligne.piste.id)])
            assert dit == ligne.retenue, (graine, regle, seuil, ligne.piste.id)
            vus[dit] += 1
    assert min(vus.values()) > 50


def test_anyone_downloads_it_once_a_synthesis_is_out(client, espace):
    adresse = f"/reponses/{espace.consultation.slug}/donnees.zip"
    assert client.get(adresse).status_code == 404
    publier(espace, creer_piste(espace))
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/zip")
    assert adresse in client.get(f"/reponses/{espace.consultation.slug}/").text


def test_it_costs_the_same_queries_whatever_it_holds(espace, django_assert_max_num_queries):
    pistes = [creer_piste(espace) for _ in range(5)]
    for piste in pistes[:3]:
        voter(espace, piste)
    publier(espace, *pistes)
    with django_assert_max_num_queries(20):
        zipper(espace.consultation)
