"""The desk's pages: who may open them, and what they reach."""

import pytest
from django.contrib.auth.models import Group

from tests.fabriques import (
    creer_animateur,
    creer_consultation,
    creer_organisateur,
    registre,
)

from ..fabriques_inscriptions import seminaire
from .gestes import adresse, inscrit

pytestmark = pytest.mark.django_db


PAGES = [
    "temps",
    "temps_ajouter",
    "salles",
    "salles_ajouter",
    "ateliers",
    "ateliers_ajouter",
    "inscriptions",
    "inscriptions_resultats",
    "inscription_ajouter",
    "importer",
    "exemple",
    "codes",
]


ACTES = ["temps_habituels", "inscriptions_exporter", "apercu", "codes_imprimes"]


@pytest.mark.parametrize("nom", PAGES)
def test_a_page_opens_for_its_organiser_is_refused_to_a_facilitator_and_unknown_to_a_stranger(nom, pupitre):
    consultation, ateliers, client = pupitre
    assert client.get(adresse(nom, consultation)).status_code == 200
    client.force_login(creer_animateur(ateliers[0].espace))
    assert client.get(adresse(nom, consultation)).status_code == 403
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.get(adresse(nom, consultation)).status_code == 404
    client.logout()
    assert client.get(adresse(nom, consultation)).status_code == 302


@pytest.mark.parametrize("nom", ACTES)
def test_an_act_is_refused_without_right_and_writes_nothing(nom, pupitre):
    consultation, ateliers, client = pupitre
    avant = registre(consultation)
    client.force_login(creer_animateur(ateliers[0].espace))
    avant = registre(consultation)
    assert client.post(adresse(nom, consultation)).status_code == 403
    client.force_login(creer_organisateur(creer_consultation()))
    assert client.post(adresse(nom, consultation)).status_code == 404
    assert registre(consultation) == avant


def test_things_of_another_consultation_are_not_reached_through_mine(pupitre):
    consultation, _ateliers, client = pupitre
    autre, _par, ateliers = seminaire()
    personne = inscrit(autre)
    etape = ateliers[0].etapes.first()
    for nom, args in (
        ("ateliers_modifier", [ateliers[0].pk]),
        ("ateliers_supprimer", [ateliers[0].pk]),
        ("deroule", [ateliers[0].pk]),
        ("etape", [ateliers[0].pk, etape.pk]),
        ("scrutin", [ateliers[0].pk, etape.pk]),
        ("temps_modifier", [ateliers[0].temps_id]),
        ("inscription", [personne.pk]),
        ("effacer", [personne.pk]),
    ):
        assert client.get(adresse(nom, consultation, *args)).status_code == 404, nom
    for nom, args in (
        ("nouveau_code", [ateliers[0].pk]),
        ("etape_retirer", [ateliers[0].pk, etape.pk]),
        ("remettre_code", [personne.pk]),
        ("effacer", [personne.pk]),
    ):
        assert client.post(adresse(nom, consultation, *args)).status_code == 404, nom


def test_the_groups_open_the_admin(pupitre):
    assert sorted(Group.objects.filter(permissions__codename="access_admin").values_list("name", flat=True)) == [
        "Animateurs",
        "Organisateurs",
        "Rapporteurs",
        "Éditeurs",
    ]
