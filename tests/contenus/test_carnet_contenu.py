"""The booklet's content: made from what the organisers entered, once for all or marked for one person."""

import re
from datetime import UTC, date, datetime

import pytest
import segno
from django.utils.translation import override

from contenus.carnet import dates
from contenus.carnet.contenu import carnet
from contenus.carnet.pages import Moment, Programme, Question, Seance, Signe, Suite, Tendance

from .fabriques_carnet import atelier, personne, programme, seminaire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("debut", "fin", "texte"),
    [
        (date(2026, 10, 13), date(2026, 10, 14), "13 et 14 octobre 2026"),
        (date(2026, 10, 1), date(2026, 10, 3), "1er au 3 octobre 2026"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 septembre au 2 octobre 2026"),
        (date(2026, 12, 31), date(2027, 1, 1), "31 décembre 2026 au 1er janvier 2027"),
        (date(2026, 10, 13), None, "13 octobre 2026"),
        (None, None, ""),
    ],
)
def test_a_period_reads_as_people_say_it(debut, fin, texte):
    assert dates.periode(debut, fin) == texte


@pytest.mark.parametrize(
    ("minute", "texte"), [(30, "11\u00a0h\u00a030"), (0, "11\u00a0h"), (5, "11\u00a0h\u00a005")]
)
def test_an_hour_is_local_and_reads_as_people_say_it(minute, texte):
    assert dates.heure(datetime(2026, 10, 13, 9, minute, tzinfo=UTC)) == texte


def test_days_and_hours_are_said_in_english_to_whoever_chose_it():
    """Months have their capital there, and "et" was left between two days."""
    premier, quatorze = datetime(2026, 10, 1, 9, 5, tzinfo=UTC), date(2026, 10, 14)
    with override("en"):
        assert [dates.jour(premier), dates.jour(premier, au_milieu=True)] == ["Thursday 1 October"] * 2
        assert dates.periode(date(2026, 10, 13), quatorze) == "13 and 14 October 2026"
        assert dates.periode(premier.date(), quatorze) == "1 to 14 October 2026"
        assert dates.heure(premier) == "11:05"
    assert dates.jour(premier, annee=True, au_milieu=True) == "jeudi 1er octobre 2026"


def test_an_anonymous_booklet_has_its_pages_in_order():
    consultation = seminaire()
    programme(consultation)
    contenu = carnet(consultation)
    assert [page.genre for page in contenu.pages] == [
        "mode_emploi",
        "programme",
        "programme",
        "tendances",
        "grille",
        "idees",
        "ma_page",
    ]
    assert (contenu.couverture.sous_titre, contenu.couverture.lieu_dates, contenu.couverture.nom) == (
        "Nos missions, nos métiers",
        "Port-Clair, 13 et 14 octobre 2026",
        "",
    )


def test_the_signs_are_those_of_the_consultation():
    mode_emploi = carnet(seminaire()).page("mode_emploi")
    assert (mode_emploi.titre_signes, mode_emploi.signes) == (
        "Deux groupes, deux signes",
        (Signe("salaries", "Salariés en parcours"), Signe("permanents", "Permanents")),
    )


def test_a_day_of_the_programme_marks_my_workshops():
    consultation = seminaire()
    mien = programme(consultation)
    atelier(consultation, "Accueillir")
    atelier(consultation, "Répétition générale", repetition=True)
    sonia = personne(consultation, ateliers=[mien])
    assert carnet(consultation, sonia).page("programme") == Programme(
        titre="Mardi 13 octobre",
        moments=(
            Moment("d-1", "Planter le décor", "de 9\u00a0h\u00a030 à 12\u00a0h\u00a030", "", (), ()),
            Moment(
                "d-2",
                "Faire germer des idées",
                "de 14\u00a0h à 17\u00a0h\u00a030",
                "",
                (),
                (Seance("Apprendre à deux", "Salle Tilleul", True), Seance("Accueillir", "Salle Tilleul", False)),
            ),
        ),
        a_des_miennes=True,
        ancre="jour-1",
    )


def test_my_workshops_have_a_page_to_prepare_them():
    consultation = seminaire()
    sonia = personne(consultation, ateliers=[programme(consultation)])
    assert carnet(consultation, sonia).page("preparation").questions == (
        Question(
            "Apprendre à deux", "Mardi 13 octobre, 14\u00a0h · Salle Tilleul", "Qu’est-ce qui aide à apprendre ?"
        ),
    )


def test_the_axes_become_the_trends_with_their_themes():
    consultation = seminaire()
    axe = consultation.axes.get()
    consultation.axes.create(titre="Le binôme", parent=axe)
    assert carnet(consultation).page("tendances").tendances == (
        Tendance("Apprendre et transmettre", "On apprend mieux à deux. Ce temps est reconnu.", ("Le binôme",)),
    )


def test_my_page_carries_my_code_and_its_square(settings):
    consultation = seminaire()
    sonia = personne(consultation, code_personnel="K7P4M2XD")
    page = carnet(consultation, sonia).page("ma_page")
    attendu = segno.make(f"{settings.URL_PUBLIQUE}/m/K7P4M2XD/", error="m", micro=False)
    assert page.code == "K7P4 M2XD"
    assert modules(page.svg_qr) == [[int(m) for m in ligne] for ligne in attendu.matrix_iter(border=4)]


def modules(svg):
    """Read a QR drawing back into rows of 0 and 1."""
    cote = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    grille = [[0] * cote for _ in range(cote)]
    for x, y, largeur in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        for pas in range(int(largeur)):
            grille[int(y)][int(x) + pas] = 1
    return grille


def test_without_a_person_no_code_is_printed_and_the_square_opens_the_common_page(settings):
    page = carnet(seminaire()).page("ma_page")
    attendu = segno.make(f"{settings.URL_PUBLIQUE}/moi/", error="m", micro=False)
    assert page.code == ""
    assert modules(page.svg_qr) == [[int(m) for m in ligne] for ligne in attendu.matrix_iter(border=4)]


def test_the_back_cover_tells_what_was_published():
    consultation = seminaire()
    consultation.syntheses.create(
        titre="Synthèse des Trois Rives",
        etat="publiee",
        publiee_le=datetime(2026, 11, 15, 23, 30, tzinfo=UTC),  # past midnight where people are
    )
    consultation.syntheses.create(titre="Un brouillon")
    assert carnet(consultation).dos.suites == (
        Suite("Le 16 novembre 2026", "Synthèse des Trois Rives\u202f: c’est publié."),
    )


def test_a_booklet_costs_the_same_queries_whatever_its_size(django_assert_num_queries):
    consultation = seminaire()
    sonia = personne(consultation, ateliers=[programme(consultation)])
    with django_assert_num_queries(6):
        carnet(consultation, sonia)
    for rang in range(8):
        atelier(consultation, f"Atelier {rang}", rang=rang % 4)
        consultation.axes.create(titre=f"Axe {rang}")
    with django_assert_num_queries(6):
        carnet(consultation, sonia)
