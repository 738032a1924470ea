"""A secret ballot in a room: said before, cast once, checked by anyone, and nothing of it comes back."""

import pytest
from django.urls import reverse

from ateliers.models import Etape
from consultation.models import Bulletin
from tests import fabriques as f

from .fabriques_salle import faire_atelier, faire_participant
from .participant.gestes import Salle, telephone_de, texte, titre

pytestmark = pytest.mark.django_db


def ouvrir(**reglages):
    salle = Salle("vote", "discussion", secret=True, **reglages)
    salle.ouvrir("vote")
    return salle


@pytest.fixture
def salle():
    return ouvrir()


@pytest.fixture
def animatrice(client, salle):
    client.force_login(f.creer_animateur(salle.atelier.espace))
    return client


def scrutin(salle):
    return Etape.objects.get(atelier=salle.atelier, nature="vote").scrutin


def feuille(salle, telephone=None):
    adresse = reverse("emargement", args=[salle.atelier.code, scrutin(salle).pk])
    return (telephone or salle.telephone).get(adresse)


@pytest.mark.parametrize(("mode", "question"), [("gommettes", "Posez vos 3 gommettes"), ("adhesion", "Êtes-vous")])
def test_the_ballot_says_before_that_it_is_secret_and_cast_once(mode, question):
    salle = ouvrir(mode=mode)
    vue = salle.voir()
    assert titre(vue).startswith(question)
    for dit in (
        "Vote secret\u202f: on vote une seule fois.",
        "personne ne sait qui a choisi quoi",
        "ensuite, on ne peut plus changer",
    ):
        assert dit in texte(vue)
    page = vue.content.decode()
    assert ('data-acte="secret" autocomplete="off"' in page, "forme-arrives" in page) == (True, False)


def test_once_in_the_box_no_page_shows_nor_lets_change_what_was_chosen(salle):
    un, deux, _trois = [piste.pk for piste in salle.pistes]
    assert salle.voter({un: 3, deux: 0}).status_code == 302
    for suite in ("", "?voter=1", "?suite=1"):
        vue = salle.voir(suite)
        assert titre(vue) == "Merci, Sonia. Votre bulletin est dans l’urne."
        assert [mot in texte(vue) for mot in ("Changer mes votes", "3 gommettes", salle.pistes[0].texte)] == [
            False
        ] * 3
    encore = salle.voter({deux: 1}, cle="w" * 32)
    assert (encore.status_code, titre(encore)) == (409, "Merci, Sonia. Votre bulletin est dans l’urne.")
    assert "Vous avez déjà voté" in texte(encore)
    assert (Bulletin.objects.count(), salle.voix) == (1, {})


def test_anyone_in_the_room_checks_signatures_against_ballots_before_and_after_the_closing(salle):
    karim = faire_participant(salle.atelier, prenom="Karim")
    assert "Personne n’a encore voté." in texte(feuille(salle))
    un = salle.pistes[0].pk
    salle.voter({un: 3})
    autre = telephone_de(karim)
    autre.post("/a/K7P4M2/voter/", {f"piste-{un}": 1, "cle": "k" * 32})
    for _moment in ("open", "closed"):
        vue = texte(feuille(salle, autre))
        assert "2 signatures, 2 bulletins comptés." in vue
        assert vue.index("Karim") < vue.index("Sonia")
        assert "Le compte est bon" in vue
        salle.clore("vote") if scrutin(salle).etat == "ouvert" else None
    Bulletin.objects.filter(participant=karim).delete()
    assert "Les deux nombres devraient être égaux." in texte(feuille(salle))


def test_the_sheet_is_for_those_in_the_room_and_of_secret_votes_alone(salle, client):
    assert client.get(feuille(salle).request["PATH_INFO"]).status_code == 302
    ailleurs = faire_atelier(salle.atelier.consultation, code="P7P4M2")
    autres = [
        f.creer_scrutin(salle.atelier.espace, salle.pistes[:2]),
        f.creer_scrutin(salle.atelier.espace, ouvert=False, secret=True),
        f.creer_scrutin(ailleurs.espace, secret=True),
    ]
    adresses = [reverse("emargement", args=[salle.atelier.code, autre.pk]) for autre in autres]
    assert [salle.telephone.get(adresse).status_code for adresse in adresses] == [404] * 3


def test_console_and_wall_say_how_many_signed_and_how_many_are_in_the_box(salle, animatrice):
    salle.voter({salle.pistes[0].pk: 3})
    console = texte(animatrice.get(reverse("console", args=[salle.atelier.pk])))
    assert "1 signature, 1 bulletin compté." in console
    assert "On vote une seule fois." in console
    assert "dans l’urne" in texte(animatrice.get(reverse("projection", args=[salle.atelier.code])))
    etat = animatrice.get("/a/K7P4M2/etat.json?pour=participants").json()
    assert (etat["scrutin"]["votants"], etat["scrutin"]["urne"]) == (1, 1)


def test_before_it_opens_the_console_says_what_to_tell_the_room(client):
    salle = Salle("accueil", "vote", secret=True)
    client.force_login(f.creer_animateur(salle.atelier.espace))
    salle.ouvrir("accueil")
    console = texte(client.get(reverse("console", args=[salle.atelier.pk])))
    assert "Vote secret\u202f: on sait qui a voté, personne ne sait qui a choisi quoi." in console
    assert "Dites avant d’ouvrir qu’on vote une seule fois." in console
