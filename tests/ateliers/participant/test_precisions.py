"""Someone is asked to reword their idea: their phone says so, and they alone answer."""

import json
import re

import pytest

from consultation import actions
from consultation.models import Journal, Precision, Proposition

from ..fabriques_salle import faire_participant, faire_proposition
from .gestes import JSON, Salle, telephone_de, texte, titre

pytestmark = pytest.mark.django_db
AVANT, APRES = "Mieux organiser.", "Un planning affiché le vendredi."
AIDE = "Pouvez-vous donner un exemple ?"


@pytest.fixture
def salle():
    salle = Salle("ideation", "regroupement", "vote")
    salle.ouvrir("ideation")
    salle.mienne = faire_proposition(salle.atelier, AVANT, salle.sonia)
    actions.demander_precision(proposition=salle.mienne, demande=AIDE, par=None)
    return salle


def adresse(proposition):
    return f"/a/K7P4M2/preciser/{proposition.pk}/"


def repondre(salle, champs, telephone=None, **entetes):
    return (telephone or salle.telephone).post(adresse(salle.mienne), {"cle": "c" * 32, **champs}, **entetes)


def demandes(reponse):
    """What is asked of whoever reads this page, as it shows."""
    return re.findall(r'data-precision="(\d+)"', reponse.content.decode())


def test_every_screen_of_the_room_tells_its_author_and_nobody_else(salle):
    autre = telephone_de(faire_participant(salle.atelier, prenom="Karim"))
    for nature in ("ideation", "regroupement", "vote"):
        if nature != "ideation":
            salle.ouvrir(nature)
        assert demandes(salle.voir()) == [str(salle.mienne.pk)], nature
        assert demandes(autre.get("/a/K7P4M2/")) == [], nature


def test_the_screen_shows_the_question_and_their_own_words(salle):
    vue = salle.voir(f"?preciser={salle.mienne.pk}")
    assert titre(vue) == "Pouvez-vous préciser votre idée\u202f?"
    assert "Pouvez-vous donner un exemple\u202f?" in texte(vue)
    assert f">{AVANT}</textarea>" in vue.content.decode()


def test_a_form_rewords_and_comes_back_to_the_room(salle):
    reponse = repondre(salle, {"texte": APRES})
    assert (reponse.status_code, reponse.headers["Location"]) == (302, "/a/K7P4M2/")
    assert Proposition.objects.get().texte == APRES
    page = salle.voir()
    assert ("Merci. C’est noté." in texte(page), demandes(page)) == (True, [])


def test_a_script_is_answered_with_the_words_kept_and_may_send_again(salle):
    for _fois in range(2):
        reponse = repondre(salle, {"texte": APRES}, **JSON)
        assert (reponse.status_code, reponse.json()["proposition"]["texte"]) == (200, APRES)
    assert Journal.objects.filter(verbe="preciser").count() == 1


def test_words_may_be_kept_as_they_were(salle):
    assert repondre(salle, {"garder": "1"}).status_code == 302
    assert (Proposition.objects.get().texte, Precision.objects.en_attente().count()) == (AVANT, 0)


def test_a_refused_form_gives_back_what_was_typed(salle):
    reponse = repondre(salle, {"texte": "x" * 300})
    assert (reponse.status_code, f">{'x' * 300}</textarea>" in reponse.content.decode()) == (422, True)
    actions.retirer_precision(proposition=salle.mienne, par=None)
    reponse = repondre(salle, {"texte": APRES})
    assert reponse.status_code == 409
    assert APRES in texte(reponse)
    assert Proposition.objects.get().texte == AVANT


def test_someone_else_s_words_are_not_there_to_be_changed(salle):
    autre = telephone_de(faire_participant(salle.atelier, prenom="Karim"))
    assert repondre(salle, {"texte": APRES}, autre).status_code == 404
    assert titre(autre.get(f"/a/K7P4M2/?preciser={salle.mienne.pk}")) != "Pouvez-vous préciser votre idée\u202f?"
    assert Proposition.objects.get().texte == AVANT


@pytest.mark.parametrize("demande", ["abc", "", "9" * 30, "-1"])
def test_an_address_that_asks_for_nothing_shows_the_room(salle, demande):
    assert titre(salle.voir(f"?preciser={demande}")).startswith("Qu’est-ce qui vous aiderait")


def test_the_room_s_state_names_the_ideas_asked_about_by_number_only(salle):
    etat = json.loads(salle.telephone.get("/a/K7P4M2/etat.json?pour=participants").content)
    assert etat["propositions"]["a_preciser"] == [salle.mienne.pk]
    assert AIDE not in json.dumps(etat, ensure_ascii=False)
