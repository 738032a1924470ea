"""The fast lane: votes, answered as Django answers them."""

import json

import pytest

from ateliers import actions
from ateliers.actions import votes
from consultation import guichet
from consultation.actions.urne import dernier_ordre
from consultation.models import Bulletin, Journal, Voix

from .salle_rapide import DETOURS, SECRET, monter

__all__ = ["monter"]
pytestmark = pytest.mark.usefixtures("base_partagee")


def test_a_vote_is_answered_as_django_answers_it(monter):
    salle = monter("vote")
    salle.ouvrir("vote")
    une, deux, _trois = salle.pistes
    recue = salle.voter({une.pk: 2, deux.pk: 1}, cle="a")
    encore = salle.voter({une.pk: 2, deux.pk: 1}, cle="a")
    assert (recue.statut, json.loads(recue.texte)) == (
        200,
        {
            "votes": {str(une.pk): 2, str(deux.pk): 1},
            "depasse": False,
            "ordre": dernier_ordre(Bulletin.objects.get()),
        },
    )
    assert json.loads(encore.texte) == json.loads(recue.texte)
    assert Journal.objects.filter(verbe="voter").count() == 1
    assert salle.derriere.recus == []


def test_a_choice_replaced_since_by_a_later_one_is_told(monter):
    salle = monter("vote")
    salle.ouvrir("vote")
    piste = salle.pistes[0].pk
    salle.voter({piste: 2}, ordre=2000, cle="b")
    tard = salle.voter({piste: 1}, ordre=1000, cle="a")
    assert json.loads(tard.texte) == {"votes": {str(piste): 2}, "depasse": True, "ordre": 2000}


@pytest.mark.parametrize(
    ("choix", "champs", "statut", "code"),
    [
        ({0: 9}, {}, 422, "trop_de_gommettes"),
        ({0: "½"}, {}, 400, "choix_invalide"),
        ({0: 1, 99999: 1}, {}, 422, "piste_inconnue"),
        ({0: 1}, {"scrutin": "99999"}, 409, "vote_ferme"),
    ],
)
def test_a_refusal_says_the_same_as_django_in_the_language_of_the_phone(monter, choix, champs, statut, code):
    salle = monter("vote")
    salle.ouvrir("vote")
    choix = {(salle.pistes[0].pk if rang == 0 else rang): valeur for rang, valeur in choix.items()}
    for langue in ("fr", "en"):
        recue = salle.voter(choix, cookies=salle.cookies(django_language=langue), **champs)
        client = salle.navigateur(django_language=langue)
        donnees = {"cle": "k1", **{f"piste-{pk}": valeur for pk, valeur in choix.items()}, **champs}
        dite = client.post(f"/a/{salle.atelier.code}/voter/", donnees, headers={"accept": "application/json"})
        assert (recue.statut, json.loads(recue.texte)) == (dite.status_code, dite.json())
        assert (recue.statut, json.loads(recue.texte)["code"]) == (statut, code)
    assert (salle.derriere.recus, Voix.objects.count()) == ([], 0)


@pytest.mark.parametrize("raison", [*DETOURS, "long", "personne", "ferme", "moi"])
def test_a_vote_that_is_not_plain_goes_to_django_whole(monter, raison):
    salle = monter("vote")
    salle.ouvrir("vote")
    choix, options = {salle.pistes[0].pk: 1}, dict(DETOURS.get(raison, {}))
    if raison == "long":
        options["rien"] = "x" * 20_000
    elif raison == "personne":
        options["cookies"] = {"csrftoken": SECRET}
    elif raison == "ferme":
        guichet.fermer()
    elif raison == "moi":
        options["moi"] = salle.sonia.pk + 1
    assert salle.voter(choix, **options).statut == 418
    (recu,) = salle.derriere.recus
    assert recu[:2] == ("POST", f"/a/{salle.atelier.code}/voter/")
    assert f"piste-{salle.pistes[0].pk}=1".encode() in recu[2]
    assert Voix.objects.count() == 0


def test_knowing_the_room_and_who_votes_in_it_costs_two_queries(monter, django_assert_num_queries):
    salle = monter("vote")
    salle.ouvrir("vote")
    moi = {salle.sonia.consultation_id: (salle.sonia.pk, salle.sonia.generation)}
    depot = actions.Depot.lire(code=salle.atelier.code, qui=moi, choix={salle.pistes[0].pk: 1})
    with django_assert_num_queries(2):
        envoi = votes._Salle(depot.salle, [depot]).envoi(depot)
    assert (envoi.participant, envoi.scrutin) == (salle.sonia, salle.atelier.espace.scrutins.get())
