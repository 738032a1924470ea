"""A questionnaire as a step of a room: everyone answers, the console counts, the wall shows it once counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers import actions
from ateliers.direct import cadres, etats
from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.models import Grille
from tests import fabriques as f
from tests.consultation.test_grilles import TROIS, contenu
from tests.consultation.test_grilles_lecture import recevoir

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _etats_oublies():
    etats.oublier()


@pytest.fixture
def atelier():
    return faire_atelier(f.creer_consultation())


@pytest.fixture
def grille(atelier):
    faite = actes.creer_grille(
        consultation=atelier.consultation, titre="Mon parcours", contenu=contenu(*TROIS), par=None
    )
    actes.placer_grille(grille=faite, espace=atelier.espace, par=None)
    actes.mettre_en_ligne(grille=faite, par=None)
    (etape,) = faire_etapes(atelier, "grille")
    actions.ouvrir_etape(etape=etape, par=None)
    faite.refresh_from_db()
    return faite


@pytest.fixture
def animateur(atelier):
    compte = f.creer_compte()
    actes.confier(
        consultation=atelier.consultation, compte=compte, role="animateur", espace=atelier.espace, par=None
    )
    return compte


def agir(client, atelier, grille, acte):
    return client.post(reverse("agir_grille", args=[atelier.pk, grille.pk, acte]))


def passer_la_minute():
    Grille.objects.update(close_le=timezone.now() - timedelta(minutes=2))


def test_the_phone_leads_to_the_grille_and_back_to_the_room(client, atelier, grille):
    personne = faire_participant(atelier)
    client.get(f"/m/{personne.code_personnel}/")
    salle = client.get(f"/a/{atelier.code}/").content.decode()
    assert f'href="/g/{grille.code}/"' in salle
    client.post(f"/g/{grille.code}/commencer/")
    client.post(f"/g/{grille.code}/q/accueil/", {"r:": "souvent"})
    client.post(f"/g/{grille.code}/envoyer/")
    assert f'href="/a/{atelier.code}/"' in client.get(f"/g/{grille.code}/merci/").content.decode()
    copie = grille.copies.get()
    assert (copie.participant, copie.college, copie.envoyee_le is not None) == (personne, personne.college, True)
    actes.clore_grille(grille=grille, par=None)
    assert "Les réponses sont closes." in client.get(f"/a/{atelier.code}/").content.decode()


def test_each_answer_moves_the_room_and_only_counts_are_told(atelier, grille):
    avant = cadres.rendre(atelier.pk)[0]
    college, reponses = atelier.consultation.colleges.first(), {"accueil": {"": "souvent"}}
    for cle in ("f1", "f2"):
        actes.saisir_copie(grille=grille, college=college, reponses=reponses, cle=cle, par=None)
    apres, vus = cadres.rendre(atelier.pk)
    assert apres > avant
    dite = {"id": grille.pk, "titre": "Mon parcours", "code": grille.code, "etat": "ouverte"}
    assert vus["console"]["grilles"] == [{**dite, "envoyees": 2, "commencees": 0, "comptee": False}]
    assert "grilles" not in vus["participants"]
    assert vus["projection"]["ecran"] == vus["participants"]["ecran"]


def test_the_facilitator_closes_then_counts_and_the_wall_shows_the_distribution(
    client, atelier, grille, animateur
):
    for accueil in ("jamais", "parfois", "souvent"):
        recevoir(grille, "salaries", 7, accueil=accueil)
        recevoir(grille, "permanents", 7, accueil=accueil)
    mur = reverse("projection", args=[atelier.code])
    assert "personnes sur" not in client.get(mur).content.decode()
    client.force_login(animateur)
    console = client.get(reverse("console", args=[atelier.pk])).content.decode()
    assert "<b>42</b> réponses envoyées" in console
    assert "Clore la grille" in console
    assert agir(client, atelier, grille, "montrer").status_code == 404
    agir(client, atelier, grille, "clore")
    agir(client, atelier, grille, "compter")
    grille.refresh_from_db()
    assert (grille.etat, grille.comptes) == ("close", None)
    passer_la_minute()
    assert agir(client, atelier, grille, "compter").status_code == 302
    pages = client.get(mur).content.decode()
    assert "14 personnes sur 42" in pages
    assert "42 personnes ont répondu." in pages


def test_who_leads_another_room_closes_nothing(client, atelier, grille, animateur):
    autre = faire_atelier(atelier.consultation, code="V9T4R6")
    actes.placer_grille(grille=grille, espace=autre.espace, par=None)
    client.force_login(animateur)
    assert agir(client, atelier, grille, "clore").status_code == 404
    grille.refresh_from_db()
    with pytest.raises(Refus) as refus:
        actes.clore_grille(grille=grille, par=animateur)
    assert refus.value.statut == 403


def test_the_room_is_chosen_with_the_title_and_a_step_without_grille_says_so(client, atelier, grille):
    client.force_login(f.creer_organisateur(atelier.consultation))
    adresse = reverse("gestion_ateliers:grille_presentation", args=[atelier.consultation.pk, grille.pk])
    assert f'value="{atelier.espace_id}" selected' in client.get(adresse).content.decode()
    client.post(adresse, {"titre": "Ailleurs", "partie_0": "Mon travail", "espace": ""})
    grille.refresh_from_db()
    assert (grille.titre, grille.espace) == ("Ailleurs", None)
    page = client.get(reverse("console", args=[atelier.pk])).content.decode()
    assert "Aucune grille n’est à remplir dans cet atelier." in page
    assert client.get(reverse("projection", args=[atelier.code])).status_code == 200
