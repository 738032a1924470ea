"""Ballots to fill by hand: what is on each sheet, and how many to a page."""

import io

import pypdf
import pytest

from consultation import actions
from contenus.impression.bulletins import bulletins_pdf
from tests import fabriques as f
from tests.pdfua import fautes

pytestmark = pytest.mark.django_db


def textes(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def lot(nombre=5, format="a5", college=None, textes=("Former à deux", "Du temps pour apprendre"), **reglages):
    espace = f.creer_espace()
    pistes = [f.creer_piste(espace, texte) for texte in textes]
    scrutin = f.creer_scrutin(espace, pistes, **reglages)
    college = college and f.college(espace.consultation, college)
    return actions.preparer_bulletins(scrutin=scrutin, nombre=nombre, format=format, college=college, par=None)


@pytest.mark.parametrize(("format", "pages"), [("a5", 3), ("a6", 2)])
def test_sheets_stand_two_or_four_to_a_page_each_with_its_number(format, pages):
    pdf = bulletins_pdf(lot(format=format))
    lus = textes(pdf)
    assert (len(lus), [n for n in range(1, 6) if f"Bulletin n° {n} –" in " ".join(lus)]) == (
        pages,
        [1, 2, 3, 4, 5],
    )
    assert fautes(pdf) == []


def test_a_sheet_says_what_to_do_who_one_is_and_the_pistes_by_number():
    (page,) = textes(bulletins_pdf(lot(nombre=1)))
    assert "Vous avez 3 gommettes : faites 3 croix en tout, au plus." in page
    assert "Vous êtes (une croix) : a En parcours b Permanents c Administrateurs d Partenaires" in page
    assert "1 Former à deux" in page
    assert "2 Du temps pour apprendre" in page


def test_a_lot_of_one_college_names_it_and_has_no_box_for_it():
    (page,) = textes(bulletins_pdf(lot(nombre=1, college="partenaires")))
    assert "Vous êtes" not in page
    assert "Partenaires" in page


@pytest.mark.parametrize(("format", "n", "places"), [("a5", 7, 5), ("a6", 7, 5), ("a5", 3, 3)])
def test_a_ranking_has_a_box_for_each_place_under_its_pistes(format, n, places):
    lus = lot(nombre=1, format=format, textes=[f"Piste {rang}" for rang in range(1, n + 1)], mode="classement")
    pdf = bulletins_pdf(lus)
    (page,) = textes(pdf)
    assert "écrivez le numéro de la piste que vous mettez en premier, puis la suivante. 5 au plus ;" in page
    mots = " ".join(["1re place", *(f"{rang}e place" for rang in range(2, places + 1))])
    assert f"{n} Piste {n} {mots} N’écrivez pas votre nom." in page
    assert fautes(pdf) == []


def test_many_or_long_pistes_take_whole_pages_and_any_words_are_printed():
    sales = [
        "#emph[typst] " + "a" * 250,
        "🌱 السلام عليكم",
        *(f"Une piste longue n° {n} " * 10 for n in range(14)),
    ]
    pdf = bulletins_pdf(lot(nombre=2, format="a6", textes=sales, mode="adhesion"))
    lus = textes(pdf)
    assert "#emph[typst]" in lus[0]
    assert [page.startswith("Bulletin n°") for page in lus].count(True) == 2
    assert lus.index(next(page for page in lus if page.startswith("Bulletin n° 2"))) % 2 == 0  # on its own leaf
    assert fautes(pdf) == []
