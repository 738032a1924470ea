"""What one chose stays with the device that chose it: a code printed by others opens no vote."""

import pytest
from django.test import Client

from consultation import actions, lectures
from consultation.lectures.coherence import ecarts_de_decompte
from consultation.models import Voix
from tests import fabriques

from .participant.gestes import JSON, Salle, texte

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    salle = Salle("vote", "discussion")
    salle.ouvrir("vote")
    return salle


def autre_appareil(salle):
    """Someone who holds the code of the person, and nothing else of theirs."""
    client = Client()
    client.post("/rejoindre/", {"code": salle.sonia.code_personnel})
    return client


def test_a_code_opens_the_words_and_never_the_votes(salle):
    un, _deux, trois = [piste.pk for piste in salle.pistes]
    salle.voter({un: 2, trois: 1})
    curieux = autre_appareil(salle)
    vue = curieux.get(f"/a/{salle.atelier.code}/")
    assert "Vous avez voté sur un autre appareil." in texte(vue)
    assert "0 gommette posée sur 3." in texte(vue)
    assert "Il vous reste 3 gommettes" in texte(curieux.get(f"/a/{salle.atelier.code}/?voter=1"))
    assert curieux.post("/moi/donnees/").json()["personnes"][0]["votes"] == []
    assert "3 gommettes posées sur 3." in texte(salle.voir())


def test_voting_again_elsewhere_counts_and_tells_nothing_of_what_was_there(salle):
    un, deux, trois = [piste.pk for piste in salle.pistes]
    salle.voter({un: 2, trois: 1})
    curieux = autre_appareil(salle)
    adresse = f"/a/{salle.atelier.code}/voter/"
    # Three dots on another piste would be refused if those of the first device still counted: that would tell.
    dit = curieux.post(adresse, {f"piste-{deux}": 3}, **JSON).json()
    assert (dit["votes"], dit["depasse"]) == ({str(deux): 3}, False)
    assert dict(Voix.objects.values_list("piste", "valeur")) == {deux: 3}
    assert ecarts_de_decompte(Voix.objects.first().scrutin) == {}
    assert "Vous avez voté sur un autre appareil." in texte(salle.voir())


def test_a_choice_sent_as_if_it_were_older_does_not_tell_the_one_that_stands():
    espace = fabriques.creer_espace()
    scrutin = fabriques.creer_scrutin(espace, mode="adhesion")
    une, deux = scrutin.pistes.all()
    personne = fabriques.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 4, deux.pk: 1}, appareil="le-sien")
    for valeur in (1, 2, 3, 4):
        envoi = actions.Envoi.lire(
            scrutin=scrutin, participant=personne, choix={une.pk: valeur}, ordre=1, appareil="un-autre"
        )
        (recu,) = actions.voter_ensemble([envoi])
        assert (recu.voix, recu.depasse({une.pk: valeur})) == ({}, True)
    assert lectures.dossier(personne, "un-autre")["votes"] == []
    assert [v["valeur"] for v in lectures.dossier(personne, "le-sien")["votes"]] == [4, 1]


def test_dots_left_on_a_joined_piste_by_another_device_are_taken_back_too():
    espace = fabriques.creer_espace()
    une, deux = fabriques.creer_pistes(espace, 2)
    scrutin = fabriques.creer_scrutin(espace, [une, deux])
    personne = fabriques.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 1, deux.pk: 1}, appareil="le-sien")
    actions.regrouper(espace=espace, par=None, pistes=[deux], dans=une)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 2}, appareil="un-autre")
    assert list(Voix.objects.values_list("piste", "valeur", "appareil")) == [(une.pk, 2, "un-autre")]
    assert ecarts_de_decompte(scrutin) == {}


def test_dots_sent_as_if_they_were_older_are_left_aside_whole_whatever_they_ask():
    espace = fabriques.creer_espace()
    une, deux = fabriques.creer_pistes(espace, 2)
    scrutin = fabriques.creer_scrutin(espace, [une, deux])
    personne = fabriques.creer_participant(espace.consultation)
    actions.voter(scrutin=scrutin, participant=personne, choix={une.pk: 3}, appareil="le-sien")
    for valeur in (0, 1, 2, 3):
        envoi = actions.Envoi.lire(
            scrutin=scrutin, participant=personne, choix={deux.pk: valeur}, ordre=1, appareil="un-autre"
        )
        (recu,) = actions.voter_ensemble([envoi])
        assert (recu.voix, recu.depasse({deux.pk: valeur})) == ({}, True)
    assert list(Voix.objects.values_list("piste", "valeur")) == [(une.pk, 3)]
