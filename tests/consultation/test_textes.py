"""What people type, read one way or not at all."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.textes import entier, entiers, lire_date, lire_heure, lire_moment


@pytest.mark.parametrize(
    ("saisie", "lu"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("1 200", 1200),
        ("1\u202f200", 1200),
        ("1\u00a0200\u00a0000", 1_200_000),
        (7, 7),
        ("", None),
        (None, None),
        (True, None),
        (1.0, None),
        (-1, None),
        ("-1", None),
        ("+1", None),
        ("1,5", None),
        ("1.000", None),
        ("12 00", None),
        ("½", None),
        ("٣", None),
        ("1e3", None),
        ("9" * 19, None),
    ],
)
def test_a_whole_number_is_plain_digits_or_french_groups_and_nothing_else(saisie, lu):
    assert entier(saisie) == lu


def test_a_number_above_what_is_asked_is_none():
    assert (entier("99", 99), entier("100", 99)) == (99, None)


def test_of_what_a_form_sent_the_numbers_alone_are_kept_in_its_order():
    assert entiers(["7", "½", "9" * 5000, "", "-1", " 12 ", "7"]) == [7, 12, 7]


#: What looks at digits and is not reading a number that someone sent.
AUTREMENT = {
    "ateliers/epreuve.py", "ateliers/lectures/relecture.py", "ateliers/voie/requete.py",
    "consultation/analyse/mots.py", "consultation/questions/papier.py", "contenus/html.py",
    "site/plateforme/depots.py",
}  # fmt: skip


def test_nothing_else_reads_a_number_by_looking_at_its_digits():
    racine = Path(__file__).parents[2]
    lus = {
        chemin.relative_to(racine).as_posix()
        for dossier in ("ateliers", "consultation", "contenus", "site")
        for chemin in (racine / dossier).rglob("*.py")
        if re.search(r"\.is(?:digit|decimal|numeric)\(", chemin.read_text())
    }
    assert lus == AUTREMENT


JOUR = date(2027, 10, 14)


@pytest.mark.parametrize(
    "saisie",
    [
        "14/10/2027", "2027-10-14", "14.10.2027", "14-10-2027", "14 octobre 2027", "Jeudi 14 octobre 2027",
        "le 14 oct. 2027", " 14 / 10 / 2027 ", "14 OCTOBRE 2027",
    ],
)  # fmt: skip
def test_a_date_is_read_as_the_french_write_it(saisie):
    assert lire_date(saisie) == JOUR


@pytest.mark.parametrize(
    "saisie", ["", "14/10/27", "14/10", "10/14/2027", "31/02/2027", "demain", "14 ju 2027", "2027", "20271014"]
)
def test_a_date_that_is_not_clear_is_refused(saisie):
    with pytest.raises(ValueError, match=r".*"):
        lire_date(saisie)


def test_first_of_the_month_and_accents():
    assert (lire_date("1er août 2027"), lire_date("1er fevrier 2027")) == (date(2027, 8, 1), date(2027, 2, 1))


@pytest.mark.parametrize("saisie", ["9h30", "9 h 30", "09:30", "9H30", "09:30:00", "9 heures 30"])
def test_a_time_is_read_as_the_french_write_it(saisie):
    assert lire_heure(saisie) == time(9, 30)


@pytest.mark.parametrize("saisie", ["", "25h", "9h60", "9.5", "930", "midi"])
def test_a_time_that_is_not_clear_is_refused(saisie):
    with pytest.raises(ValueError, match=r".*"):
        lire_heure(saisie)


@pytest.mark.parametrize(
    "saisie", ["2027-10-14T09:30", "14/10/2027 9h30", "14 octobre 2027 à 9 h 30", "2027-10-14 09:30:00"]
)
def test_a_day_and_a_time_are_read_together(saisie):
    assert lire_moment(saisie) == datetime(2027, 10, 14, 9, 30)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_written_in_figures_is_the_one_that_is_read(jour):
    assert lire_date(f"{jour.day:02}/{jour.month:02}/{jour.year}") == lire_date(jour.isoformat()) == jour
