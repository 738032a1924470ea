"""Reading the organiser's file: every habit of spreadsheets, and every trap."""

import io
import zipfile

import openpyxl
import pytest

from ateliers.inscriptions import fichier
from ateliers.inscriptions.fichier import lire
from ateliers.inscriptions.lignes import Ligne, lire_liste
from consultation.erreurs import Refus

from .fabriques_inscriptions import en_csv, en_xlsx

ENTETES = ["Prénom", "Nom", "Structure", "Ville", "Collège", "Territoire", "Ateliers"]
AMINA = ["Amina", "Élan", "L’Établi", "Niort", "Salariés", "", "Apprendre"]
LIGNE_AMINA = Ligne(
    numero=2,
    prenom="Amina",
    nom="Élan",
    structure="L’Établi",
    ville="Niort",
    college="Salariés",
    ateliers=("Apprendre",),
)


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_reads_whatever_its_separator_and_encoding(separateur, encodage):
    assert lire_liste(en_csv([ENTETES, AMINA], separateur, encodage)).lignes == (LIGNE_AMINA,)


def test_an_xlsx_reads_like_a_csv():
    assert lire_liste(en_xlsx([ENTETES, AMINA])).lignes == (LIGNE_AMINA,)


def test_headers_are_known_whatever_their_accents_case_and_number():
    liste = lire_liste(
        en_csv([["PRENOM", " nom de famille ", "Collège(s)", "atelier 1", "Atelier 2"], ["A", "B", "C", "D", "E"]])
    )
    assert liste.lignes == (Ligne(numero=2, prenom="A", nom="B", college="C", ateliers=("D", "E")),)


def test_unknown_columns_are_named_and_left_out():
    liste = lire_liste(en_csv([["Prénom", "Collège", "Téléphone", "Régime"], ["A", "B", "06", "sans sel"]]))
    assert (liste.lignes, liste.ignorees) == ((Ligne(numero=2, prenom="A", college="B"),), ("Téléphone", "Régime"))


def test_a_list_that_does_not_speak_of_workshops_says_so():
    assert not lire_liste(en_csv([["Prénom", "Collège"], ["A", "B"]])).avec_ateliers


def test_a_missing_column_is_told_to_whoever_reads():
    assert lire_liste(en_csv([["Nom", "Qui"], ["A", "B"]])).manquantes == ("prenom", "college")


def test_a_column_said_twice_is_read_once():
    liste = lire_liste(en_csv([["Prénom", "Collège", "Statut"], ["A", "B", "C"]]))
    assert (liste.lignes, liste.ignorees) == ((Ligne(numero=2, prenom="A", college="B"),), ("Statut",))


def feuille(octets):
    (seule,) = lire(octets).feuilles
    return seule.lignes


def test_rows_keep_the_number_the_spreadsheet_shows_them_under():
    assert feuille(en_csv([["a"], [], ["b\nb"], ["c"]])) == ((1, ("a",)), (3, ("b\nb",)), (4, ("c",)))
    classeur = openpyxl.Workbook()
    classeur.active["A1"], classeur.active["A4"] = "a", "b"
    sortie = io.BytesIO()
    classeur.save(sortie)
    assert feuille(sortie.getvalue()) == ((1, ("a",)), (4, ("b",)))


def test_numbers_dates_and_formulas_become_plain_text():
    classeur = openpyxl.Workbook()
    classeur.active.append(["Nom"])
    classeur.active.append([12.0])
    classeur.active.append(["=1+1"])
    sortie = io.BytesIO()
    classeur.save(sortie)
    # A formula nobody has computed reads as an empty cell: it is never run.
    assert feuille(sortie.getvalue()) == ((1, ("Nom",)), (2, ("12",)))


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "fichier_illisible"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "fichier_illisible"),
        (b"PK\x03\x04" + b"0" * 600, "fichier_illisible"),
        (b"\x89PNG\x0d\x0a\x1a\x0a" + bytes(range(256)) * 4, "fichier_illisible"),
        (b"a" * (fichier.TAILLE_MAX + 1), "fichier_trop_lourd"),
        (b"a\n" * (fichier.LIGNES_MAX + 2), "trop_de_lignes"),
    ],
)
def test_what_is_not_a_list_is_refused_with_a_sentence(octets, code):
    with pytest.raises(Refus) as refus:
        lire(octets)
    assert (refus.value.code, refus.value.champ) == (code, "fichier")


def test_a_zip_bomb_is_refused_before_it_is_unzipped():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/sharedStrings.xml", b"0" * (fichier.TAILLE_DEPLIEE_MAX + 1))
    assert len(sortie.getvalue()) < fichier.TAILLE_MAX
    with pytest.raises(Refus) as refus:
        lire(sortie.getvalue())
    assert refus.value.code == "fichier_illisible"


def test_a_zip_that_is_no_spreadsheet_is_refused():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("lisez-moi.txt", "bonjour")
    with pytest.raises(Refus):
        lire(sortie.getvalue())


def test_a_sheet_that_lies_about_its_size_is_refused_and_hurts_nobody():
    """It asks its reader for half a terabyte, and ends the process that reads: not the one that serves."""
    classeur = openpyxl.Workbook()
    classeur.active["A1"], classeur.active["A2"] = "Prénom", "Amina"
    classeur.active["XFD1048576"] = "loin"
    sortie = io.BytesIO()
    classeur.save(sortie)
    with pytest.raises(Refus) as refus:
        lire(sortie.getvalue())
    assert (refus.value.code, refus.value.message) == (
        "fichier_illisible",
        "Ce fichier est trop lourd. Copiez la liste seule dans un fichier neuf.",
    )
