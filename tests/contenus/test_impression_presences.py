"""What is printed for the day: sheets to sign, certificates, cards to stand on the tables."""

import io

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.inscriptions import presences
from ateliers.models import Place
from consultation.models import Participant
from contenus.impression.presences import attestations_pdf, chevalets_pdf, feuilles_pdf
from tests.fabriques import RIENS, creer_organisateur
from tests.pdfua import fautes

from .fabriques_carnet import atelier, personne, programme, seminaire

pytestmark = pytest.mark.django_db


def textes(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def consultation():
    consultation = seminaire()
    programme(consultation)
    return consultation


def entrer(qui, ou):
    Place.objects.update_or_create(atelier=ou, participant=qui, defaults={"entre_le": timezone.now()})


def test_a_sheet_by_workshop_lists_whoever_has_a_seat_there_by_name_with_lines_to_spare(consultation):
    loger = atelier(consultation, titre="Loger", code="L2K4M6")
    for prenom, nom in (("Zoé", "Abel"), ("Ali", "Zidane"), ("Éva", "")):
        personne(consultation, prenom=prenom, nom=nom, ateliers=[loger])
    personne(consultation, prenom="Ailleurs")
    (page,) = [texte for texte in textes(feuilles_pdf(consultation)) if " Loger " in texte]
    assert (
        page.index("1 Zoé Abel") < page.index("2 Éva") < page.index("3 Ali Zidane") < page.index("9 Les dernières")
    )
    assert "Ailleurs" not in page


def test_sixty_names_take_several_pages_whose_head_is_repeated(consultation):
    for n in range(60):
        personne(consultation, prenom=f"Prénom{n:02}", nom="#strong[Nom]")
    pdf = feuilles_pdf(consultation, par="college")
    lus = textes(pdf)
    assert [("n° Nom Collège Structure Signature" in page) for page in lus] == [True] * len(lus)
    assert [len(lus) > 2, sum(page.count("#strong[Nom]") for page in lus), fautes(pdf)] == [True, 60, []]


def test_ballots_and_cards_of_paper_and_who_was_erased_are_expected_nowhere(consultation):
    for origine in ("papier", "bulletin", "simulation", "grille"):
        personne(consultation, prenom=origine, origine=origine)
    personne(consultation, efface_le=timezone.now())
    la = personne(consultation, prenom="Awa")
    assert [qui.pk for qui in presences.attendus(consultation)] == [la.pk]


def test_a_certificate_is_for_whoever_came_and_says_where(consultation):
    loger = atelier(consultation, titre="Loger", code="L2K4M6")
    la, _absente = (personne(consultation, prenom=p, nom="Ménard", ateliers=[loger]) for p in ("Awa", "Rose"))
    entrer(la, loger)
    (page,) = textes(attestations_pdf(consultation))
    assert page.startswith("Nos missions, nos métiers Attestation de présence – Awa Ménard")
    assert "a participé à Nos missions, nos métiers, 13 et 14 octobre 2026" in page
    assert "• Loger, mardi 13 octobre, " in page
    assert textes(attestations_pdf(consultation, la.pk)) == [page]


def test_cards_stand_on_the_tables_by_number_or_by_first_name(consultation):
    for prenom in ("Awa", "محمد", "🌱" + "x" * 39, "#emph[Lou]"):
        personne(consultation, prenom=prenom, structure=None)
    noms, numeros = chevalets_pdf(consultation), chevalets_pdf(consultation, 3)
    assert [len(textes(noms)), "Awa" in textes(noms)[0], fautes(noms)] == [2, True, []]
    assert [page.count(f"Table {n}") > 0 for n, page in enumerate(textes(numeros), 1)] == [True] * 3
    assert [len(textes(chevalets_pdf(consultation, 5000))), fautes(numeros)] == [60, []]


@pytest.mark.parametrize(
    "faire", [feuilles_pdf, lambda c: feuilles_pdf(c, "college"), attestations_pdf, chevalets_pdf]
)
def test_an_empty_seminar_prints_a_page_that_says_so(faire):
    pdf = faire(seminaire())
    assert [len(textes(pdf)), "Personne n’est encore" in textes(pdf)[0], fautes(pdf)] == [1, True, []]


def test_readings_take_as_many_queries_whatever_the_number_of_people(consultation, django_assert_num_queries):
    loger = atelier(consultation, titre="Loger", code="L2K4M6")
    for n in range(4):
        entrer(personne(consultation, prenom=f"P{n}"), loger)
        for lire, combien in (
            (presences.feuilles_par_atelier, 2),
            (presences.feuilles_par_college, 2),
            (presences.presents, 2),
            (presences.noms_de_table, 1),
        ):
            with django_assert_num_queries(combien):
                lire(consultation)


def test_the_page_of_the_seminar_offers_them_and_each_address_gives_a_pdf(client, consultation):
    client.force_login(creer_organisateur(consultation))
    la = personne(consultation, prenom="Awa")
    entrer(la, atelier(consultation, titre="Loger", code="L2K4M6"))
    page = client.get(reverse("gestion_ateliers:codes", args=[consultation.pk])).content.decode()
    adresses = [
        reverse("contenus:emargement-pdf", args=[consultation.slug]) + "?par=college",
        reverse("contenus:attestations-pdf", args=[consultation.slug]),
        reverse("contenus:chevalets-pdf", args=[consultation.slug]),
    ]
    assert [(adresse in page, client.get(adresse).content[:5]) for adresse in adresses] == [(True, b"%PDF-")] * 3
    fiche = client.get(reverse("gestion_ateliers:inscription", args=[consultation.pk, la.pk])).content.decode()
    assert f"{adresses[1]}?personne={la.pk}" in fiche


@pytest.mark.parametrize("rien", RIENS[:2])
def test_a_first_name_that_shows_nothing_leaves_room_to_write_it(consultation, rien):
    Participant.objects.create(consultation=consultation, college=consultation.colleges.first(), prenom=rien)
    assert "Prénom à écrire" in textes(chevalets_pdf(consultation))[0]
    assert "Nom à écrire" in textes(feuilles_pdf(consultation, "college"))[0]
