"""The screen where paper ballots are printed and keyed in, through its URLs."""

import re

import pytest
from django.urls import reverse

from consultation.models import BulletinPapier, LotDeBulletins
from tests.fabriques import creer_consultation, creer_rapporteur, creer_scrutin

from .fabriques_ateliers import faire_atelier

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle(client):
    atelier = faire_atelier(creer_consultation())
    client.force_login(creer_rapporteur(atelier.espace))
    return atelier


def adresse(scrutin, acte="bulletins", *suite):
    return reverse(acte, args=[scrutin.espace.atelier.pk, scrutin.pk, *suite])


def lire(client, scrutin):
    return client.get(adresse(scrutin)).content.decode()


def preparer(client, scrutin, **champs):
    demande = {"nombre": "20", "format": "a5", "college": "", **champs}
    return client.post(adresse(scrutin, "preparer_bulletins"), demande, follow=True)


def test_sheets_are_printed_then_keyed_in_one_by_one_and_one_is_taken_back(client, salle):
    scrutin = creer_scrutin(salle.espace)
    page = preparer(client, scrutin).content.decode()
    lot = LotDeBulletins.objects.get()
    assert "Bulletins 1 à 20 (PDF)" in page
    assert client.get(reverse("contenus:bulletins-pdf", args=[salle.pk, lot.pk])).content.startswith(b"%PDF-")
    for saisie in ("1a 1", "2b 2 2"):
        page = client.post(adresse(scrutin), {"saisie": saisie, "cle": saisie}, follow=True).content.decode()
    assert "<b>2</b> bulletins saisis, sur 20 imprimés." in page
    assert re.findall(r"<b>n°.(\d)</b>", page) == ["2", "1"]
    assert "piste 2, 2 gommettes" in page
    papier = BulletinPapier.objects.get(numero=2)
    page = client.post(adresse(scrutin, "retirer_bulletin", papier.pk), follow=True).content.decode()
    assert "Le bulletin n°\u00a02 est retiré. Saisissez-le de nouveau si besoin." in page
    assert list(BulletinPapier.objects.values_list("numero", flat=True)) == [1]


def test_a_ranking_is_keyed_in_by_its_numbers_and_read_again_by_place(client, salle):
    scrutin = creer_scrutin(salle.espace, mode="classement")
    assert "la piste 7 en premier, puis la piste 3" in preparer(client, scrutin).content.decode()
    page = client.post(adresse(scrutin), {"saisie": "1a 2 1", "cle": "k"}, follow=True).content.decode()
    assert "1. piste 2\u202f; 2. piste 1</p>" in page


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do_beside_it(client, salle):
    scrutin = creer_scrutin(salle.espace)
    preparer(client, scrutin)
    reponse = client.post(adresse(scrutin), {"saisie": "1z 1"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Pas de collège «\u202fz\u202f»\u202f: les lettres vont de a à d." in page
    assert 'aria-describedby="aide-saisie refus" aria-invalid="true" value="1z 1"' in page


def test_a_bad_count_of_sheets_is_refused_with_what_was_chosen(client, salle):
    scrutin = creer_scrutin(salle.espace)
    reponse = preparer(client, scrutin, nombre="beaucoup", format="a6")
    page = reponse.content.decode()
    assert (reponse.status_code, LotDeBulletins.objects.count()) == (422, 0)
    assert "De 1 à 300 bulletins à la fois." in page
    assert '<option value="a6" selected>' in page


@pytest.mark.parametrize(
    ("reglage", "dit"),
    [
        ({"secret": True}, "Ce vote est secret : il ne se fait pas sur papier."),
        ({"pistes": []}, "Il n’y a pas encore de piste. Regroupez d’abord les propositions."),
        ({"ouvert": False}, "Le vote n’est pas ouvert."),
    ],
)
def test_the_page_says_why_nothing_is_keyed_in(client, salle, reglage, dit):
    scrutin = creer_scrutin(salle.espace, **{"ouvert": reglage != {"pistes": []}, **reglage})
    page = lire(client, scrutin).replace("\u202f", " ").replace("\xa0", " ")
    assert dit in page
    assert 'id="saisie"' not in page


def test_a_vote_of_another_room_is_not_found(client, salle):
    autre = faire_atelier(salle.consultation, code="A7P4M2", titre="Accueillir")
    scrutin = creer_scrutin(autre.espace)
    assert client.get(reverse("bulletins", args=[salle.pk, scrutin.pk])).status_code == 404
