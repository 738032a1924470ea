"""The fast lane: coming in and proposing, answered and written as Django does, by the lot."""

import json
from http.cookies import SimpleCookie

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ateliers import actions
from ateliers.essais import Visiteur
from ateliers.models import Place
from ateliers.voie import actes
from consultation import guichet
from consultation.models import Consultation, Journal, Participant, Proposition
from consultation.textes import cle_de_code

from .salle_rapide import DETOURS, SECRET, monter

__all__ = ["monter"]
pytestmark = pytest.mark.usefixtures("base_partagee")
INCONNU = {"csrftoken": SECRET}


def entree(salle, rang=1, **champs):
    return {
        "prenom": f"Léa {rang}",
        "college": salle.sonia.college_id,
        "accord": "on",
        "cle": f"k{rang}",
        **champs,
    }


def parole(rang=1, **champs):
    return {"texte": f"Des outils  prêtés, avec un mode d’emploi {rang}\r\n", "cle": f"k{rang}", **champs}


def demande(salle, champs, qui=None):
    entrees = {qui.consultation_id: (qui.pk, qui.generation)} if qui else {}
    return actes.Demande(cle_de_code(salle.atelier.code), entrees, champs, "fr", Visiteur({}, ""))


def poster_a_django(salle, quoi, champs, cookies):
    client = Client()
    for nom, valeur in cookies.items():
        client.cookies[nom] = valeur
    return client.post(f"/a/{salle.atelier.code}/{quoi}/", champs, headers={"accept": "application/json"})


def journal(verbe):
    return Journal.objects.filter(verbe=verbe).count()


def etats(lus):
    """What is kept of people who came in, but for their names, keys and codes."""
    champs = ("college", "nom", "origine", "accord_publication", "structure", "compte", "generation", "simule")
    return [tuple(getattr(lu, champ) for champ in champs) for lu in lus]


def test_a_newcomer_is_written_and_answered_as_django_does(monter):
    salle = monter("ideation")
    recue = salle.demander(salle.envoi("entrer", entree(salle), INCONNU))[0]
    dite = poster_a_django(salle, "entrer", entree(salle, 2), INCONNU)
    assert (recue.statut, json.loads(recue.texte)) == (dite.status_code, dite.json())
    une, deux = SimpleCookie(recue.entetes["set-cookie"]), dite.cookies
    assert une.keys() == {"germoir_participant"} <= deux.keys()
    for trait in ("max-age", "httponly", "secure", "samesite", "path", "domain"):
        assert str(une["germoir_participant"][trait]) == str(deux["germoir_participant"][trait])
    lea, autre = Participant.objects.exclude(pk=salle.sonia.pk).order_by("pk")
    assert (lea.prenom, autre.prenom) == ("Léa 1", "Léa 2")
    assert etats([lea]) == etats([autre])
    assert Place.objects.presentes().filter(atelier=salle.atelier, participant__in=[lea, autre]).count() == 2
    assert (journal("inscrire"), journal("entrer")) == (2, 2)
    assert salle.derriere.recus == []
    cookies = {**INCONNU, "germoir_participant": une["germoir_participant"].value}
    assert "Léa 1" in salle.page("mon-code/", cookies=cookies).texte


def test_the_same_form_sent_twice_is_one_person(monter):
    salle = monter("ideation")
    envoi = salle.envoi("entrer", entree(salle), INCONNU)
    une, deux, encore = [*salle.demander(envoi, envoi), *salle.demander(envoi)]
    assert {une.statut, deux.statut, encore.statut} == {200}
    assert Participant.objects.filter(prenom="Léa 1").count() == journal("inscrire") == journal("entrer") == 1


@pytest.mark.parametrize(
    "raison",
    [
        *DETOURS,
        "long",
        "connu",
        "compte",
        "guichet",
        "vide",
        "college",
        "code",
        "close",
        "personnel",
    ],
)
def test_whoever_does_not_come_in_plainly_goes_to_django_whole(monter, raison):
    salle = monter("ideation")
    champs, cookies = entree(salle), dict(INCONNU)
    if raison == "long":
        champs["rien"] = "x" * 20_000
    elif raison == "connu":
        cookies = salle.cookies()
    elif raison == "compte":
        cookies["sessionid"] = "x"
    elif raison == "guichet":
        guichet.fermer()
    elif raison == "vide":
        champs["prenom"] = "  "
    elif raison == "college":
        champs["college"] = "99999"
    elif raison == "code":
        salle.atelier.code = "ZZZZZZ"
    elif raison in ("close", "personnel"):
        change = {"etat": "close"} if raison == "close" else {"acces": Consultation.Acces.PERSONNEL}
        Consultation.objects.filter(pk=salle.atelier.espace.consultation_id).update(**change)
    avant = Participant.objects.count()
    assert salle.demander(salle.envoi("entrer", champs, cookies, **DETOURS.get(raison, {})))[0].statut == 418
    (recu,) = salle.derriere.recus
    assert recu[:2] == ("POST", f"/a/{salle.atelier.code}/entrer/")
    assert b"cle=k1" in recu[2]
    assert (Participant.objects.count(), Journal.objects.filter(verbe="entrer").count()) == (avant, 0)


def test_a_room_that_is_full_says_so_and_takes_no_more(monter):
    salle = monter("ideation")
    type(salle.atelier).objects.filter(pk=salle.atelier.pk).update(capacite=3)
    recues = salle.demander(*(salle.envoi("entrer", entree(salle, rang), INCONNU) for rang in range(5)))
    refusees = [json.loads(recue.texte)["code"] for recue in recues if recue.statut == 409]
    assert refusees == ["complet"] * 3
    assert Place.objects.count() == 3  # Sonia is one
    assert Participant.objects.count() == 3


def test_many_who_come_at_once_are_committed_together_and_the_refused_one_alone_is_undone(monter):
    salle = monter("ideation")
    demandes = [demande(salle, entree(salle, rang)) for rang in range(actes.LOT + 5)]
    demandes[3].champs["prenom"] = ""
    with CaptureQueriesContext(connection) as lues:
        rendus = actes.entrer(demandes)
    assert sum(requete["sql"].startswith("COMMIT") for requete in lues) == 2
    assert [rang for rang, rendu in enumerate(rendus) if not isinstance(rendu, tuple)] == [3]
    assert [rendu[1].prenom for rang, rendu in enumerate(rendus) if rang != 3] == [
        f"Léa {rang}" for rang in range(actes.LOT + 5) if rang != 3
    ]
    assert journal("entrer") == actes.LOT + 4


def test_words_are_kept_and_answered_as_django_does(monter):
    salle = monter("ideation")
    salle.ouvrir("ideation")
    for langue in ("fr", "en"):
        cookies = salle.cookies(django_language=langue)
        recue = salle.demander(salle.envoi("proposer", parole(cle=f"a{langue}", moi=salle.sonia.pk), cookies))[0]
        dite = poster_a_django(salle, "proposer", parole(cle=f"b{langue}"), cookies)
        une, deux = json.loads(recue.texte)["proposition"], dite.json()["proposition"]
        assert (recue.statut, une.pop("id") + 1) == (dite.status_code, deux.pop("id"))
        assert {**une, "suivre": ""} == {**deux, "suivre": ""}
    gardees = Proposition.objects.filter(auteur=salle.sonia).values_list("texte", "college", "nature", "origine")
    assert set(gardees) == {
        ("Des outils  prêtés, avec un mode d’emploi 1", salle.sonia.college_id, "piste", "telephone")
    }
    assert journal("deposer_proposition") == 4
    assert salle.derriere.recus == []


def test_words_sent_twice_are_kept_once_even_once_the_step_is_closed(monter):
    salle = monter("ideation", "vote")
    salle.ouvrir("ideation")
    envoi = salle.envoi("proposer", parole(), salle.cookies())
    recues = salle.demander(envoi, envoi)
    actions.clore_etape(etape=salle.etapes["ideation"], par=None)
    type(salle.etapes["ideation"]).objects.update(fermee_le="2020-01-01T00:00Z")
    recues += salle.demander(envoi)
    assert [recue.statut for recue in recues] == [201] * 3
    assert len({recue.texte for recue in recues}) == Proposition.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "ouverte", "statut", "code"),
    [
        ({"texte": " \n"}, True, 422, "vide"),
        ({"texte": "é" * 900}, True, 422, "long"),
        ({}, False, 409, "etape_fermee"),
    ],
)
def test_words_refused_are_refused_as_django_does_in_the_language_of_the_phone(
    monter, champs, ouverte, statut, code
):
    salle = monter("ideation", "vote")
    salle.ouvrir("ideation" if ouverte else "vote")
    for langue in ("fr", "en"):
        cookies = salle.cookies(django_language=langue)
        recue = salle.demander(salle.envoi("proposer", parole(**champs), cookies))[0]
        dite = poster_a_django(salle, "proposer", parole(**champs), cookies)
        assert (recue.statut, json.loads(recue.texte)) == (dite.status_code, dite.json())
        assert (recue.statut, json.loads(recue.texte)["code"]) == (statut, code)
    assert (salle.derriere.recus, Proposition.objects.count()) == ([], 0)


@pytest.mark.parametrize("raison", [*DETOURS, "long", "personne", "guichet", "moi", "sortie"])
def test_words_that_are_not_plain_go_to_django_whole(monter, raison):
    salle = monter("ideation")
    salle.ouvrir("ideation")
    champs, cookies = parole(), salle.cookies()
    if raison == "long":
        champs["rien"] = "x" * 20_000
    elif raison == "personne":
        cookies = INCONNU
    elif raison == "guichet":
        guichet.fermer()
    elif raison == "moi":
        champs["moi"] = salle.sonia.pk + 1
    elif raison == "sortie":
        Place.objects.all().delete()
    assert salle.demander(salle.envoi("proposer", champs, cookies, **DETOURS.get(raison, {})))[0].statut == 418
    (recu,) = salle.derriere.recus
    assert recu[:2] == ("POST", f"/a/{salle.atelier.code}/proposer/")
    assert Proposition.objects.count() == 0


def test_an_error_on_one_does_not_take_the_others_with_it(monter, monkeypatch):
    salle = monter("ideation")
    salle.ouvrir("ideation")
    proposer = actions.proposer

    def casser(**acte):
        if acte["texte"].endswith("3"):
            raise ZeroDivisionError
        return proposer(**acte)

    monkeypatch.setattr(actions, "proposer", casser)
    recues = salle.demander(*(salle.envoi("proposer", parole(rang), salle.cookies()) for rang in range(6)))
    assert [recue.statut for recue in recues] == [201, 201, 201, 418, 201, 201]  # 418: Django says what it is
    assert Proposition.objects.count() == 5


def test_when_nothing_can_be_written_each_is_asked_to_send_again_and_is_kept_once(monter, monkeypatch):
    salle = monter("ideation")
    salle.ouvrir("ideation")
    proposer, pannes = actions.proposer, [True]

    def tomber(**acte):
        garde = proposer(**acte)
        if pannes:
            raise OperationalError("disk full")
        return garde

    monkeypatch.setattr(actions, "proposer", tomber)
    envois = [salle.envoi("proposer", parole(rang), salle.cookies()) for rang in range(4)]
    recues = salle.demander(*envois)
    assert [(recue.statut, recue.entetes["retry-after"]) for recue in recues] == [(503, "2")] * 4
    assert Proposition.objects.count() == 0
    pannes.clear()
    assert [recue.statut for recue in salle.demander(*envois, *envois)] == [201] * 8
    assert Proposition.objects.count() == journal("deposer_proposition") == 4
