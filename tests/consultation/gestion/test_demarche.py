"""The stages a seminar is part of: prepared at the desk, read as one line, several things written at once."""

from datetime import date

import pytest

from consultation.lectures import demarche
from consultation.models import Axe, EtapeDemarche, Territoire
from tests.fabriques import creer_compte, creer_consultation, registre

from .gestes import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def etapes():
    """Visits in September, the seminar on 14 and 15 October, one without date, meetings in words."""
    consultation = creer_consultation()
    for ordre, champs in enumerate(
        (
            {"titre": "Visites", "debut": date(2027, 9, 21), "fin": date(2027, 9, 22)},
            {"titre": "Sans date"},
            {"titre": "Séminaire", "debut": date(2027, 10, 14), "fin": date(2027, 10, 15)},
            {"titre": "Groupe élargi", "debut": date(2027, 11, 4)},
            {"titre": "Réunions", "moment": "fin 2027, début 2028"},
        )
    ):
        EtapeDemarche.objects.create(consultation=consultation, ordre=ordre, **champs)
    return consultation


@pytest.mark.parametrize(
    ("jour", "etats"),
    [
        (date(2027, 9, 1), ["a_venir"] * 5),
        (date(2027, 9, 22), ["en_cours", "a_venir", "a_venir", "a_venir", "a_venir"]),
        (date(2027, 10, 14), ["faite", "faite", "en_cours", "a_venir", "a_venir"]),
        (date(2027, 11, 4), ["faite", "faite", "faite", "en_cours", "a_venir"]),
        (date(2027, 12, 1), ["faite", "faite", "faite", "faite", "a_venir"]),
    ],
)
def test_each_stage_says_where_it_stands(etapes, jour, etats, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [lue.etat for lue in demarche(etapes, jour)] == etats


def test_stages_are_written_at_the_desk_and_shown_on_the_preparation_page(pupitre):
    consultation, client = pupitre
    champs = {"titre": "Visites", "debut": "21/09/2027", "fin": "22/09/2027", "moment": "", "lieu": "Liège"}
    client.post(adresse("demarche_ajouter", consultation), {**champs, "resume": "Six visites."})
    etape = consultation.demarche.get()
    assert (etape.debut, etape.fin, etape.lieu) == (date(2027, 9, 21), date(2027, 9, 22), "Liège")
    assert registre(consultation)[-1] == "creer"
    page = client.get(adresse("preparation", consultation)).content.decode()
    assert "du 21 au 22 septembre 2027, Liège" in page


def test_a_stage_that_ends_before_it_begins_is_refused(pupitre):
    consultation, client = pupitre
    champs = {"titre": "Visites", "debut": "2027-09-22", "fin": "2027-09-21"}
    reponse = client.post(adresse("demarche_ajouter", consultation), champs)
    assert reponse.status_code == 422
    assert "Le dernier jour vient avant le premier." in reponse.content.decode()
    assert not EtapeDemarche.objects.exists()


def test_several_axes_are_added_one_a_line_in_their_order(pupitre):
    consultation, client = pupitre
    client.post(adresse("axes_plusieurs", consultation), {"lignes": "Apprendre\n\n  Accueillir \nDécider"})
    assert [(a.titre, a.ordre) for a in consultation.axes.all()] == [
        ("Apprendre", 0),
        ("Accueillir", 1),
        ("Décider", 2),
    ]


def test_one_line_that_cannot_be_writes_none_and_is_named(pupitre):
    consultation, client = pupitre
    lignes = f"Apprendre\n{'x' * 200}"
    reponse = client.post(adresse("axes_plusieurs", consultation), {"lignes": lignes})
    assert (reponse.status_code, Axe.objects.count()) == (422, 0)
    assert "Ligne 2, « xxx" in reponse.content.decode()
    assert reponse.context["form"]["lignes"].value() == lignes


def test_an_axe_pasted_or_sent_twice_is_written_once(pupitre):
    consultation, client = pupitre
    page = adresse("axes_plusieurs", consultation)
    reponse = client.post(page, {"lignes": "Apprendre\nDécider\nAPPRENDRE"})
    assert (reponse.status_code, Axe.objects.count()) == (422, 0)
    assert "APPRENDRE\u202f»\u202f: Ce titre est déjà là." in reponse.content.decode()
    client.post(page, {"lignes": "Apprendre"})
    assert client.post(page, {"lignes": "Apprendre"}).status_code == 422
    axe = consultation.axes.get()
    reponse = client.post(adresse("axes_ajouter", consultation), {"titre": "Apprendre", "parent": axe.pk})
    assert [(a.titre, a.parent) for a in consultation.axes.all()] == [("Apprendre", None), ("Apprendre", axe)]


def test_stages_sent_twice_are_written_once_and_the_same_title_may_stand_at_two_dates(pupitre):
    consultation, client = pupitre
    page = adresse("demarche_plusieurs", consultation)
    client.post(page, {"lignes": "Réunion\nBilan"})
    assert client.post(page, {"lignes": "réunion"}).status_code == 422
    client.post(adresse("demarche_ajouter", consultation), {"titre": "Réunion", "debut": "2027-09-22"})
    assert [e.titre for e in consultation.demarche.all()] == ["Réunion", "Bilan", "Réunion"]


@pytest.mark.parametrize(("lignes", "dit"), [(" \n ", "Écrivez au moins une ligne."), ("a\n" * 61, "Soixante")])
def test_nothing_or_too_much_is_refused(pupitre, lignes, dit):
    consultation, client = pupitre
    reponse = client.post(adresse("axes_plusieurs", consultation), {"lignes": lignes})
    assert reponse.status_code == 422
    assert not Axe.objects.exists()


@pytest.mark.parametrize("deja", [False, True])
def test_the_first_seminar_of_a_site_makes_its_territoire_with_it(client, deja):
    client.force_login(creer_compte(is_superuser=True, is_staff=True))
    if deja:
        Territoire.objects.create(nom="Nord-Pas-de-Calais")
    champs = {"titre": "Séminaire", "nature": "seminaire", "territoire_neuf": "nord-pas-de-calais"}
    champs |= {"acces": "code", "relecture": "signalees", "longueur_max": 280}
    reponse = client.post("/gestion/consultations/new/", champs)
    assert reponse.status_code == 302
    noms = {True: ["Nord-Pas-de-Calais"], False: ["nord-pas-de-calais"]}[deja]
    assert [t.nom for t in Territoire.objects.all()] == noms
    del champs["territoire_neuf"]
    refus = client.post("/gestion/consultations/new/", champs)
    assert (refus.status_code, "Choisissez un territoire, ou écrivez" in refus.content.decode()) == (422, True)
