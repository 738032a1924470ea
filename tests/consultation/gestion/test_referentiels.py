"""Consultations, territoires and structures, in the admin."""

from datetime import date

import pytest
from django.urls import reverse

from consultation.models import Consultation, Journal, Structure, Territoire
from tests.fabriques import (
    creer_animateur,
    creer_consultation,
    creer_editeur,
    creer_espace,
    creer_territoire,
    registre,
)

from .gestes import adresse

pytestmark = pytest.mark.django_db


# Territoires, structures, consultations: Wagtail viewsets that ask our rules.


def formulaire_consultation(territoire, **change):
    return {
        "titre": "Séminaire",
        "slug": "seminaire",
        "nature": "seminaire",
        "territoire": territoire.pk,
        "acces": "code",
        "relecture": "signalees",
        "longueur_max": 280,
        **change,
    }


def test_whoever_prepares_a_consultation_becomes_its_organiser(pupitre):
    _consultation, client = pupitre
    reponse = client.post(reverse("consultations:add"), formulaire_consultation(creer_territoire()))
    nouvelle = Consultation.objects.get(slug="seminaire")
    assert reponse["Location"] == adresse("preparation", nouvelle)
    assert registre(nouvelle) == ["creer", "confier"]
    assert client.get(reponse["Location"]).status_code == 200


def test_only_mine_are_listed_and_changed(pupitre):
    consultation, client = pupitre
    autre = creer_consultation(titre="La consultation des voisins")
    assert autre.titre not in client.get(reverse("consultations:index")).content.decode()
    for nom in ("edit", "delete"):
        assert client.get(reverse(f"consultations:{nom}", args=[autre.pk])).status_code == 404
        assert client.post(reverse(f"consultations:{nom}", args=[autre.pk]), {}).status_code == 404
    donnees = formulaire_consultation(consultation.territoire, titre="Renommé", slug=consultation.slug)
    client.post(reverse("consultations:edit", args=[consultation.pk]), donnees)
    consultation.refresh_from_db()
    assert (consultation.titre, registre(consultation)[-1]) == ("Renommé", "modifier")


def test_an_editor_sees_the_consultation_but_does_not_change_it(client):
    consultation = creer_consultation()
    client.force_login(creer_editeur(consultation))
    assert client.get(reverse("consultations:index")).status_code == 200
    for nom in ("edit", "delete"):
        assert client.post(reverse(f"consultations:{nom}", args=[consultation.pk]), {}).status_code == 403
    assert client.post(reverse("consultations:add"), {}).status_code == 403


def test_dates_the_wrong_way_round_are_said_with_what_was_typed(pupitre):
    consultation, client = pupitre
    donnees = formulaire_consultation(
        consultation.territoire, debut="15/05/2027", fin="14/05/2027", lieu="Ici même"
    )
    reponse = client.post(reverse("consultations:add"), donnees)
    assert (reponse.status_code, list(reponse.context["form"].errors)) == (422, ["fin"])
    assert "Ici même" in reponse.content.decode()
    assert "Rien n’est enregistré\u202f: corrigez ce qui est signalé." in reponse.content.decode()


@pytest.mark.parametrize(
    ("viewset", "modele", "donnees"),
    [
        ("territoires", Territoire, {"nom": "Corse", "niveau": "region", "code": "94"}),
        ("structures", Structure, {"nom": "Tremplin", "type": "aci", "ville": "Niort"}),
    ],
)
def test_shared_lists_are_written_by_organisers_only_and_in_the_journal(viewset, modele, donnees, pupitre):
    _consultation, client = pupitre
    client.post(reverse(f"{viewset}:add"), donnees)
    objet = modele.objects.get(nom=donnees["nom"])
    assert (
        Journal.objects.filter(verbe="creer", objet_type=objet._meta.label_lower, objet_id=objet.pk).count() == 1
    )
    client.force_login(creer_animateur(creer_espace()))
    assert client.post(reverse(f"{viewset}:edit", args=[objet.pk]), donnees | {"nom": "Volé"}).status_code == 403
    assert client.post(reverse(f"{viewset}:delete", args=[objet.pk])).status_code == 403
    objet.refresh_from_db()
    assert objet.nom == donnees["nom"]


def test_territoires_are_shown_as_a_tree(pupitre):
    _consultation, client = pupitre
    Territoire.objects.exclude(consultations__isnull=False).delete()
    pays = creer_territoire(nom="France", niveau="nation")
    region = creer_territoire(nom="Nouvelle-Aquitaine", parent=pays)
    creer_territoire(nom="Haute-Vienne", niveau="departement", parent=region)
    liste = client.get(reverse("territoires:index")).context["object_list"]
    arbre = [(t.nom, t.profondeur) for t in liste]
    assert [ligne for ligne in arbre if ligne[0] in ("France", "Nouvelle-Aquitaine", "Haute-Vienne")] == [
        ("France", 0),
        ("Nouvelle-Aquitaine", 1),
        ("Haute-Vienne", 2),
    ]


@pytest.mark.parametrize(
    ("saisie", "lu"), [("14/10/2027", date(2027, 10, 14)), ("2027-10-14", date(2027, 10, 14)), ("", None)]
)
def test_a_date_is_saved_as_it_was_typed_never_as_today(pupitre, saisie, lu):
    _consultation, client = pupitre
    client.post(reverse("consultations:add"), formulaire_consultation(creer_territoire(), debut=saisie))
    assert Consultation.objects.get(slug="seminaire").debut == lu


def test_a_date_that_is_not_clear_is_refused_under_its_field_and_kept_in_sight(pupitre):
    _consultation, client = pupitre
    reponse = client.post(
        reverse("consultations:add"), formulaire_consultation(creer_territoire(), debut="10/14/2027")
    )
    assert reponse.status_code == 422
    assert reponse.context["form"].errors["debut"] == [
        "Cette date n’est pas claire. Écrivez-la ainsi : 14/10/2027."
    ]
    assert 'value="10/14/2027"' in reponse.content.decode()
    assert not Consultation.objects.filter(slug="seminaire").exists()


def test_dates_are_asked_by_the_browser_itself(pupitre):
    _consultation, client = pupitre
    page = client.get(reverse("consultations:add")).content.decode()
    assert page.count('type="date"') == 3
    assert "AdminDateInput" not in page
