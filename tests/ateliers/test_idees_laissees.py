"""Before a vote opens, the ideas it would leave out are said, with a button to deal with them."""

import pytest
from django.urls import reverse

from consultation import actions, lectures
from consultation.models import Mandat, Proposition
from tests.fabriques import creer_consultation, creer_piste, creer_proposition

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(client):
    """The vote about to open of a room with one piste, one idea in none, and one that nobody has read."""
    atelier = faire_atelier(creer_consultation())
    client.force_login(faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace))
    (etape,) = faire_etapes(atelier, "vote")
    creer_piste(atelier.espace)
    creer_proposition(atelier.espace, "Garder les mercredis")
    cachee = creer_proposition(atelier.espace, "Un bus le matin")
    Proposition.objects.filter(pk=cachee.pk).update(moderation="a_relire")
    return etape


def ouvrir(client, etape, **champs):
    return client.post(reverse("agir_etape", args=[etape.atelier_id, etape.pk, "ouvrir"]), champs)


def etat(etape):
    etape.refresh_from_db()
    return etape.etat


def test_the_console_says_it_before(client, vote):
    html = client.get(reverse("console", args=[vote.atelier_id])).content.decode()
    dits = ("<b>1 idée</b> n’est dans aucune piste.", "<b>1 idée</b> attend d’être relue.", "Ouvrir quand même")
    assert [dit in html for dit in dits] == [True] * 3


def test_a_vote_never_opens_silently_over_them(client, vote):
    reponse = ouvrir(client, vote)
    assert (reponse.status_code, etat(vote)) == (409, "a_venir")
    assert "Des idées ne sont dans aucune piste" in reponse.content.decode()


def test_one_button_makes_pistes_of_them_and_opens(client, vote):
    ouvrir(client, vote, laissees="semer")
    assert etat(vote) == "ouverte"
    assert [p.texte for p in lectures.pistes_du_scrutin(vote.scrutin)][1:] == ["Garder les mercredis"]


def test_one_may_leave_them_knowingly(client, vote):
    ouvrir(client, vote, laissees="laisser")
    assert (etat(vote), vote.scrutin.pistes.count()) == ("ouverte", 1)


def test_a_vote_whose_pistes_were_chosen_opens_at_once(client, vote):
    espace = vote.atelier.espace
    vote.scrutin = actions.preparer_scrutin(espace=espace, titre="Choisies", pistes=espace.pistes.all(), par=None)
    vote.save()
    assert (ouvrir(client, vote).status_code, etat(vote)) == (302, "ouverte")


def test_a_plenary_that_votes_on_its_list_leaves_nothing_out(client, vote):
    espace = vote.atelier.espace
    actions.reprendre_pistes(espace=espace, pistes=list(espace.pistes.all()), par=None)
    assert not lectures.idees_laissees(espace)
