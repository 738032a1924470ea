"""The facilitator shows results when the room is ready: until then phones and projector wait."""

import json

import pytest
from django.urls import reverse

from ateliers import actions
from ateliers.direct import etats
from ateliers.models import Etape
from consultation.models import Scrutin
from tests import fabriques as f

from .fabriques_ateliers import faire_atelier, faire_etapes
from .fabriques_salle import faire_participant

pytestmark = pytest.mark.django_db
ARRIVENT, MONTRER = "Les résultats arrivent", "Montrer les résultats"


@pytest.fixture
def atelier():
    etats.oublier()
    return faire_atelier(f.creer_consultation())


@pytest.fixture
def animatrice(client, atelier):
    compte = f.creer_animateur(atelier.espace)
    client.force_login(compte)
    return compte


def fermer_un_vote(client, atelier, **champs):
    etape = faire_etapes(atelier, "vote", "discussion")[0]
    pistes = f.creer_pistes(atelier.espace, 2)
    actions.ouvrir_etape(etape=etape, par=None)
    etape.refresh_from_db()
    f.faire_voter(etape.scrutin, "salaries", 8, {pistes[0]: 2})
    client.post(reverse("agir_etape", args=[atelier.pk, etape.pk, "fermer"]), champs)
    return Etape.objects.get(pk=etape.pk)


def lire(client, nom, *args):
    return client.get(reverse(nom, args=args)).content.decode()


def cadre(client, atelier):
    return json.loads(client.get(f"/a/{atelier.code}/etat.json?pour=projection").content)


def test_closed_to_wait_a_vote_shows_its_results_only_when_asked(client, atelier, animatrice):
    etape = fermer_un_vote(client, atelier, resultats="attendre")
    avant = cadre(client, atelier)
    assert (avant["resultats"], avant["scrutin"]["etat"], avant["scrutin"]["montre"]) == (None, "clos", False)
    assert ARRIVENT in lire(client, "projection", atelier.code)
    assert MONTRER in lire(client, "console", atelier.pk)
    reponse = client.post(reverse("montrer_resultats", args=[atelier.pk, etape.scrutin_id]))
    assert (reponse.status_code, Scrutin.objects.get().est_montre) == (302, True)
    apres = cadre(client, atelier)
    assert (apres["scrutin"]["montre"], apres["resultats"]["votants"]) == (True, 8)
    assert apres["ecran"] != avant["ecran"]
    assert ARRIVENT not in lire(client, "projection", atelier.code)
    assert MONTRER not in lire(client, "console", atelier.pk)


def test_the_discussion_that_follows_waits_too(client, atelier, animatrice):
    fermer_un_vote(client, atelier, resultats="attendre")
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="discussion"), par=None)
    assert ARRIVENT in lire(client, "projection", atelier.code)


def test_closed_the_ordinary_way_results_show_at_once(client, atelier, animatrice):
    fermer_un_vote(client, atelier)
    assert cadre(client, atelier)["resultats"]["votants"] == 8
    assert MONTRER not in lire(client, "console", atelier.pk)


def test_a_phone_says_that_results_are_on_their_way(client, atelier, animatrice):
    from ateliers.views.ecrans import ecran_de

    personne = faire_participant(atelier, "salaries", "Amina")
    fermer_un_vote(client, atelier, resultats="attendre")
    ecran = ecran_de(atelier, personne, {})
    assert (ecran.gabarit, ecran.contexte["resultats_arrivent"], ecran.contexte["tableau"]) == (
        "ateliers/participant/entre_deux.html", True, None,
    )  # fmt: skip
    Scrutin.objects.update(resultats_attendent=False)
    etats.oublier()
    assert ecran_de(atelier, personne, {}).contexte["resultats_arrivent"] is False


def test_a_vote_of_another_room_is_not_found(client, atelier, animatrice):
    ailleurs = f.creer_scrutin(f.creer_espace(consultation=atelier.consultation))
    assert client.post(reverse("montrer_resultats", args=[atelier.pk, ailleurs.pk])).status_code == 404
