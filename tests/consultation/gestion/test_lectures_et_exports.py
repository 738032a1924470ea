"""The journal, the words and the exports, in the admin."""

import csv
import io

import openpyxl
import pytest
from bs4 import BeautifulSoup

from consultation import actions
from consultation.gestion.exports import feuille_mur, feuille_resultats
from consultation.gestion.tableur import cellule_sure, en_csv, en_xlsx
from consultation.lectures.personnes import repere_au_journal
from tests.fabriques import (
    creer_animateur,
    creer_consultation,
    creer_espace,
    creer_organisateur,
    creer_participants,
    creer_piste,
    creer_proposition,
    creer_scrutin,
    faire_voter,
    registre,
)

from .gestes import adresse

pytestmark = pytest.mark.django_db


# Journal, words, exports.


def test_the_journal_is_read_filtered_and_names_no_participant(pupitre):
    consultation, client = pupitre
    personne = creer_participants(consultation, 1, prenom="Zéphyrine")[0]
    page = client.get(adresse("journal", consultation))
    assert "Zéphyrine" not in page.content.decode()
    repere = repere_au_journal(consultation.pk, personne.pk)
    assert f"Participant n°\u00a0{repere}" in page.content.decode()
    assert repere != repere_au_journal(consultation.pk + 1, personne.pk)
    filtre = client.get(adresse("journal", consultation), {"verbe": "confier"})
    assert [e.verbe for e in filtre.context["object_list"]] == ["confier"]
    vide = client.get(adresse("journal", consultation), {"jusque": "01/01/2001"})
    assert list(vide.context["object_list"]) == []
    assert client.post(adresse("journal", consultation)).status_code == 405


def test_who_acts_on_someone_does_not_learn_from_the_journal_which_words_are_theirs(pupitre):
    """The line of the act names them by one sign, the lines of what they did by another, and none has both."""
    consultation, client = pupitre
    personne = creer_participants(consultation, 1)[0]
    proposition = creer_proposition(creer_espace(consultation=consultation), participant=personne)
    actions.reemettre_code(participant=personne, par=None)
    page = BeautifulSoup(client.get(adresse("journal", consultation)).content, "html.parser")
    lignes = [" | ".join(case.get_text(strip=True) for case in ligne.find_all("td")) for ligne in page("tr")]
    acteur, objet = (repere_au_journal(consultation.pk, personne.pk, agit=agit) for agit in (True, False))
    siennes = [ligne for ligne in lignes if acteur in ligne]
    assert len(siennes) >= 2  # came in, wrote
    assert any(f"n° {proposition.pk}" in ligne for ligne in siennes)
    assert sum(objet in ligne for ligne in lignes) == 1
    assert [ligne for ligne in siennes if objet in ligne] == []


def test_entries_of_former_releases_are_read_and_tell_neither_a_choice_nor_an_address(pupitre):
    consultation, client = pupitre
    personne = creer_participants(consultation, 1)[0]
    scrutin = creer_scrutin(creer_espace(consultation=consultation))
    actions.noter(verbe="voter", objet=scrutin, participant=personne, details={"pistes": 88})
    actions.noter(verbe="un_acte_oublie", objet=personne, consultation=consultation, participant=personne)
    page = BeautifulSoup(client.get(adresse("journal", consultation)).content, "html.parser")
    lignes = [[case.get_text(" ", strip=True) for case in ligne("td")][1:] for ligne in page("tr")]
    oublie, vote = [ligne for ligne in lignes if ligne][:2]
    acteur = f"Participant n°\u00a0{repere_au_journal(consultation.pk, personne.pk)}"
    assert vote == [acteur, "a voté", f"vote n° {scrutin.pk}", "", ""]
    assert oublie == [acteur, "un acte oublie", "participant", "", ""]


def test_the_journal_asks_as_little_for_many_entries_as_for_few(pupitre, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    consultation, client = pupitre
    client.get(adresse("journal", consultation))
    with CaptureQueriesContext(connection) as peu:
        client.get(adresse("journal", consultation))
    creer_participants(consultation, 30)
    with django_assert_max_num_queries(len(peu)):
        client.get(adresse("journal", consultation))


def test_facilitators_read_the_words_of_their_own_workshops(client):
    consultation = creer_consultation()
    sien, autre = (creer_espace(consultation=consultation) for _ in range(2))
    creer_proposition(sien, "Chez moi on apprend")
    creer_proposition(autre, "Chez eux on transmet")
    client.force_login(creer_animateur(sien))
    texte = client.get(adresse("propositions", consultation)).content.decode()
    assert ("Chez moi on apprend" in texte, "Chez eux on transmet" in texte) == (True, False)
    filtre = client.get(adresse("propositions", consultation), {"espace": autre.pk})
    assert "Chez eux on transmet" not in filtre.content.decode()


def exporter(client, consultation, sorte):
    reponse = client.post(adresse("exports", consultation), {"sorte": sorte, "forme": "xlsx"})
    classeur = openpyxl.load_workbook(io.BytesIO(reponse.content))
    return {f.title: [list(ligne) for ligne in f.iter_rows(values_only=True)] for f in classeur}


def test_words_are_exported_without_names_and_never_as_formulas(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    espace = creer_espace(consultation=consultation)
    auteur = creer_participants(consultation, 1, prenom="Zéphyrine")[0]
    proposition = creer_proposition(espace, '=HYPERLINK("http://exemple.test")', participant=auteur)
    creer_piste(espace, propositions=[proposition], texte="Apprendre")
    feuille = exporter(client, consultation, "propositions")["Propositions"]
    assert feuille[1][1:7] == [
        '=HYPERLINK("http://exemple.test")',
        "Piste",
        "Salariés en parcours",
        espace.titre,
        None,
        1,
    ]
    assert "Zéphyrine" not in str(feuille)
    assert registre(consultation)[-1] == "exporter"


def test_results_are_exported_with_small_colleges_withheld(client):
    consultation = creer_consultation()
    client.force_login(creer_organisateur(consultation))
    espace = creer_espace(consultation=consultation)
    pistes = [creer_piste(espace, texte="Apprendre"), creer_piste(espace, texte="Transmettre")]
    scrutin = actions.preparer_scrutin(espace=espace, titre="Vote", par=None)
    scrutin = actions.ouvrir_scrutin(scrutin=scrutin, par=None)
    for signe, n in (("salaries", 2), ("permanents", 14), ("administrateurs", 12)):
        for rang, personne in enumerate(creer_participants(consultation, n, signe)):
            actions.voter(scrutin=scrutin, participant=personne, choix={pistes[rang % 2].pk: 1})
    assert len(exporter(client, consultation, "resultats")["Résultats"]) == 1
    actions.clore_scrutin(scrutin=scrutin, par=None)
    entetes, ligne, _autre = exporter(client, consultation, "resultats")["Résultats"]
    lu = dict(zip(entetes, ligne, strict=True))
    assert (lu["Personnes"], lu["Sur"], lu["Gommettes"]) == (14, 28, 14)
    assert lu["En parcours (personnes)"] == "non montré"
    assert lu["Permanents (personnes)"] == "7 sur 14"
    assert lu["Administrateurs (personnes)"] == "non montré"


@pytest.mark.parametrize("n", [1, 4])
def test_exported_results_cost_the_same_for_one_vote_and_for_many(n, django_assert_num_queries):
    espace = creer_espace()
    piste = creer_piste(espace, texte="Apprendre")
    for rang in range(n):
        scrutin = actions.preparer_scrutin(espace=espace, titre=f"Vote {rang}", pistes=[piste], par=None)
        scrutin = actions.ouvrir_scrutin(scrutin=scrutin, par=None)
        for personne in creer_participants(espace.consultation, 6):
            actions.voter(scrutin=scrutin, participant=personne, choix={piste.pk: 1})
        actions.clore_scrutin(scrutin=scrutin, par=None)
    with django_assert_num_queries(5):
        _titre, _entetes, lignes = feuille_resultats(espace.consultation)
    assert [ligne[0] for ligne in lignes] == [f"{espace.titre} · Vote {rang}" for rang in range(n)]


def graphiques(octets):
    """[(title, {names}, values)] of the charts of an XLSX, as a spreadsheet reads them."""
    livre = openpyxl.load_workbook(io.BytesIO(octets))
    lus = []
    for dessin in livre[livre.sheetnames[-1]]._charts:
        serie = dessin.series[0]
        feuille, zone = serie.val.numRef.f.replace("'", "").split("!")
        noms = serie.cat.strRef.f.split("!")[1] if serie.cat.strRef else serie.cat.numRef.f.split("!")[1]
        lus.append((
            "".join(run.t for run in dessin.title.tx.rich.p[0].r),
            [case.value for (case,) in livre[feuille][noms]],
            [case.value for (case,) in livre[feuille][zone]],
        ))  # fmt: skip
    return lus


def test_the_wall_and_each_vote_are_drawn_from_the_cells_beside_them(pupitre):
    consultation, client = pupitre
    espace = creer_espace(consultation=consultation, titre="Accueil")
    une = creer_piste(
        espace,
        "Une",
        [creer_proposition(espace, "Dire bonjour à chacun"), creer_proposition(espace, "Un mot de bienvenue")],
    )
    autre = creer_piste(espace, "Autre", [creer_proposition(espace, "Se dire au revoir")])
    for titre in ("Premier", "Second"):
        scrutin = creer_scrutin(espace, [une, autre], titre=titre)
        faire_voter(scrutin, "salaries", 7, {une: 1})
        faire_voter(scrutin, "salaries", 8, {autre: 1})
        actions.clore_scrutin(scrutin=scrutin, par=None)
    envoi = {"sorte": "tout", "forme": "xlsx"}
    mur, premier, second = graphiques(client.post(adresse("exports", consultation), envoi).content)
    assert mur == ("Combien de propositions dans chaque piste", ["n°\u00a01", "n°\u00a02"], [2, 1])
    assert premier[0].startswith("Accueil · Premier\u202f: ")
    assert [dict(zip(noms, nombres, strict=True)) for _t, noms, nombres in (premier, second)] == [{1: 7, 2: 8}] * 2


def test_what_is_withheld_has_no_bar(pupitre):
    consultation, client = pupitre
    espace = creer_espace(consultation=consultation)
    une, autre = creer_piste(espace), creer_piste(espace)
    scrutin = creer_scrutin(espace, [une, autre])
    faire_voter(scrutin, "salaries", 11, {autre: 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    (dessin,) = graphiques(
        client.post(adresse("exports", consultation), {"sorte": "resultats", "forme": "xlsx"}).content
    )
    nombres = dict(zip(dessin[1], dessin[2], strict=True))
    assert isinstance(nombres[2], str)
    assert nombres[2].startswith("Presque tout le monde")
    assert "Sans barre\u202f: chiffre non montré." in dessin[0]


def test_a_piste_joined_or_set_aside_is_no_longer_on_the_wall(pupitre):
    consultation, _client = pupitre
    espace = creer_espace(consultation=consultation)
    une = creer_piste(espace, "Une", [creer_proposition(espace, "Dire bonjour à chacun")])
    jointe = creer_piste(espace, "Jointe", [creer_proposition(espace, "Un mot de bienvenue")])
    actions.regrouper(espace=espace, pistes=[jointe], dans=une, par=None)
    actions.ecarter_piste(piste=creer_piste(espace, "De trop"), par=None)
    assert feuille_mur(consultation)[2] == [("Sans axe", "n°\u00a01", 2, "Une")]


def test_an_empty_seminar_is_exported_without_a_drawing(pupitre):
    consultation, client = pupitre
    envoi = {"sorte": "tout", "forme": "xlsx"}
    livre = openpyxl.load_workbook(io.BytesIO(client.post(adresse("exports", consultation), envoi).content))
    assert livre.sheetnames == ["Propositions", "Pistes", "Mur", "Résultats", "Réponses"]


def test_an_unknown_export_is_refused(pupitre):
    consultation, client = pupitre
    assert client.post(adresse("exports", consultation), {"sorte": "../etc"}).status_code == 400


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "|", "%", "  ="])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(debut):
    assert cellule_sure(f"{debut}cmd") == f"'{debut}cmd"


def test_a_csv_opens_at_once_in_a_french_spreadsheet():
    assert en_csv([("T", ["Été", "N"], [["a;b", 3]])]) == '\ufeff"Été";"N"\r\n"a;b";3\r\n'.encode()


#: What people write that some spreadsheet would take for a formula.
PAROLES = (
    "- Un casier fermé pour chacun",
    "+1 pour le bus à l’heure",
    "@midi, un repas chaud",
    "=Égalité de salaire",
    "% de formation sur le temps de travail",
)


def test_a_spreadsheet_holds_the_words_as_written_and_no_formula():
    classeur = openpyxl.load_workbook(io.BytesIO(en_xlsx([("Mots", ["Mot"], [[mot] for mot in PAROLES])])))
    cases = [ligne[0] for ligne in classeur["Mots"].iter_rows(min_row=2)]
    assert [(case.value, case.data_type) for case in cases] == [(mot, "s") for mot in PAROLES]


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_a_csv_opened_with_any_separator_has_no_cell_that_is_a_formula(separateur):
    textes = [*PAROLES, "oui, =1+1", "a;=1+1", "b\t@x", "c\n=1", '",=1', '";=1']
    lu = csv.reader(
        io.StringIO(en_csv([(t, [t, t], [[t, t]]) for t in textes]).decode("utf-8-sig"), newline=""),
        delimiter=separateur,
    )
    cases = [case for ligne in lu for case in ligne]
    assert [case for case in cases if case.strip(' "').startswith(("=", "+", "@"))] == []
