"""One act opens a national seminar's follow-up in each region."""

import pytest
from django.test import Client
from django.urls import reverse

from consultation import regles
from consultation.erreurs import Refus
from consultation.models import Consultation
from tests.fabriques import (
    creer_axe,
    creer_consultation,
    creer_mandat,
    creer_participant,
    registre,
)

from .gestes import dans, ouvrir

pytestmark = pytest.mark.django_db


def test_one_act_opens_each_region_with_the_same_colleges_and_axes(national, regions, organisation):
    axe = creer_axe(consultation=national, titre="Apprendre")
    creer_axe(consultation=national, titre="Travailler en binôme", parent=axe)
    ouverts = ouvrir(national, regions[:2], organisation)
    assert [(s.territoire.nom, s.regionale.territoire, s.regionale.etat) for s in ouverts] == [
        ("Bretagne", regions[0], "ouverte"),
        ("Corse", regions[1], "ouverte"),
    ]
    bretagne = ouverts[0].regionale
    assert list(bretagne.colleges.values_list("signe", flat=True)) == list(
        national.colleges.values_list("signe", flat=True)
    )
    assert list(bretagne.axes.order_by("pk").values_list("titre", "parent__titre")) == [
        ("Apprendre", None),
        ("Travailler en binôme", "Apprendre"),
    ]
    assert registre(national).count("ouvrir_suivi") == 2
    assert (regles.est_organisateur(organisation, bretagne), bretagne.participants.count()) == (True, 0)


def test_opening_twice_opens_only_what_is_not(national, regions):
    ouvrir(national, regions[:1])
    assert [s.territoire for s in ouvrir(national, regions)] == regions[1:]
    assert national.suivis.count() == 3


def test_a_region_has_an_address_of_its_own_whatever_others_were_taken(national, regions):
    for slug in ("national-bretagne-2", "national-corse"):
        creer_consultation(slug=slug)
    assert [s.regionale.slug for s in ouvrir(national, regions)] == [
        "national-bretagne", "national-corse-2", "national-occitanie",
    ]  # fmt: skip


@pytest.mark.parametrize("qui", ["editeur", "animateur", "rapporteur"])
def test_organisers_alone_open(national, regions, qui):
    with pytest.raises(Refus) as refus:
        ouvrir(national, regions, creer_mandat(qui, national))
    assert (refus.value.statut, Consultation.objects.count()) == (403, 1)


def test_what_cannot_be_opened_is_said(national, regions, france):
    for territoires, jours, code, champ in (
        ([], 30, "sans_region", "territoires"),
        ([france], 30, "pas_une_region", "territoires"),
        (regions, 0, "date_passee", "attendue_le"),
    ):
        with pytest.raises(Refus) as refus:
            ouvrir(national, territoires, jours=jours)
        assert (refus.value.code, refus.value.champ, refus.value.statut) == (code, champ, 422)
    (suivi,) = ouvrir(national, regions[:1])
    with pytest.raises(Refus) as refus:
        ouvrir(suivi.regionale, regions[1:])
    assert (refus.value.code, refus.value.statut) == ("deja_un_suivi", 409)
    assert Consultation.objects.count() == 2


def test_the_form_proposes_the_regions_that_were_there(national, regions, organisation):
    creer_participant(national, territoire=regions[0])
    client = Client()
    client.force_login(organisation)
    adresse = reverse("gestion_ateliers:suivis_ouvrir", args=[national.pk])
    texte = client.get(adresse).content.decode()
    assert ("Bretagne, 1 personne au séminaire" in texte, "Corse, personne au séminaire" in texte) == (True, True)
    rien = client.post(adresse, {"attendue_le": dans(9).isoformat()})
    assert (rien.status_code, "Choisissez au moins une région." in rien.content.decode()) == (422, True)
    client.post(adresse, {"territoires": [r.pk for r in regions], "attendue_le": dans(9).isoformat()})
    assert list(national.suivis.values_list("territoire__nom", flat=True)) == ["Bretagne", "Corse", "Occitanie"]
