"""What others do while a form is being saved: it takes nothing of it back, and brings nothing back to life."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from consultation.models import College, Consultation, Journal
from tests.fabriques import creer_structure

from .gestes import adresse
from .test_preparation_pages import COLLEGE
from .test_referentiels import formulaire_consultation

pytestmark = pytest.mark.django_db


@contextmanager
def pendant(acte):
    """Do `acte` once, as someone else would, when what the form asked was read and is about to be saved."""
    faits = []

    def guetter(executer, sql, *suite):
        if sql.startswith("SAVEPOINT") and not faits:
            faits.append("once")
            acte()
        return executer(sql, *suite)

    with connection.execute_wrapper(guetter):
        yield
    assert faits == ["once"]


def test_a_consultation_closed_while_its_title_is_mended_stays_closed(pupitre):
    consultation, client = pupitre
    donnees = formulaire_consultation(consultation.territoire, titre="Renommé", slug=consultation.slug)
    elle = Consultation.objects.filter(pk=consultation.pk)
    with pendant(lambda: elle.update(etat="close", oubliee_le="2027-01-01T00:00Z")):
        client.post(reverse("consultations:edit", args=[consultation.pk]), donnees)
    lue = elle.get()
    assert (lue.titre, lue.etat, str(lue.oubliee_le)) == ("Renommé", "close", "2027-01-01 00:00:00+00:00")
    entree = Journal.objects.get(verbe="modifier")
    assert {nom for nom, *_reste in entree.details["changes"]} & {"etat", "oubliee_le"} == set()


def test_a_college_moved_while_it_is_mended_stays_where_it_was_put(pupitre):
    consultation, client = pupitre
    college = consultation.colleges.first()
    lui = College.objects.filter(pk=college.pk)
    with pendant(lambda: lui.update(ordre=41)):
        client.post(adresse("colleges_modifier", consultation, college.pk), COLLEGE | {"nom": "Renommé"})
    assert lui.values_list("nom", "ordre").get() == ("Renommé", 41)


@pytest.mark.parametrize("sorte", ["college", "structure"])
def test_what_was_deleted_while_it_was_mended_is_said_and_does_not_come_back(sorte, pupitre):
    consultation, client = pupitre
    if sorte == "college":
        objet = consultation.colleges.last()
        page, donnees = adresse("colleges_modifier", consultation, objet.pk), COLLEGE
    else:
        objet = creer_structure()
        page = reverse("structures:edit", args=[objet.pk])
        donnees = {"nom": "Le Relais", "type": "aci", "ville": "Niort"}
    with pendant(lambda: type(objet).objects.filter(pk=objet.pk).delete()):
        reponse = client.post(page, donnees)
    assert (reponse.status_code, type(objet).objects.filter(pk=objet.pk).exists()) == (409, False)
    assert "Quelqu’un vient de le supprimer" in reponse.content.decode()
