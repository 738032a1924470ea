"""What is told about a vote is made from the vote: phone, wall and console say the dots that there are."""

import pytest
from django.urls import reverse

from ateliers import actions
from ateliers.consignes import consigne_dite, s_accordent
from ateliers.deroules import DEROULES
from ateliers.models import Etape
from consultation import actions as actes
from consultation.models import Mandat, Scrutin
from tests.fabriques import creer_consultation, creer_pistes

from .fabriques_ateliers import faire_atelier, faire_compte
from .participant.gestes import Salle, texte

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("consigne", "reglages", "accord"),
    [
        ("Placez vos 5 gommettes.", {"mode": "gommettes", "gommettes": 5}, True),
        ("Placez vos 5 gommettes.", {"mode": "gommettes", "gommettes": 3}, False),
        ("Placez vos 5 gommettes.", {"mode": "adhesion"}, False),
        ("Posez vos gommettes une par une.", {"mode": "gommettes", "gommettes": 3}, True),
        ("Posez vos gommettes une par une.", {"mode": "adhesion"}, False),
        ("Lisez chaque piste à voix haute.", {"mode": "adhesion"}, True),
        ("Pour chaque piste, dites si vous êtes d’accord.", {"mode": "gommettes", "gommettes": 3}, False),
    ],
)
def test_an_instruction_agrees_with_the_ballot_or_is_not_shown(consigne, reglages, accord):
    scrutin = Scrutin(**reglages)
    assert s_accordent(consigne, scrutin) is accord
    etape = Etape(nature="vote", consigne=consigne, scrutin=scrutin)
    assert (consigne_dite(etape) == consigne) is accord


@pytest.mark.parametrize(
    ("reglages", "dite"),
    [
        ({"mode": "gommettes", "gommettes": 3}, "Placez vos 3 gommettes sur les pistes qui comptent pour vous."),
        (
            {"mode": "gommettes", "gommettes": 1},
            "Placez votre gommette sur la piste qui compte le plus",
        ),
        ({"mode": "adhesion"}, "Pour chaque piste, dites si vous êtes d’accord."),
    ],
)
def test_the_wall_and_the_console_say_the_ballot_as_it_was_set(client, reglages, dite):
    atelier = faire_atelier(creer_consultation())
    actions.appliquer_deroule(atelier=atelier, deroule="forum", par=None)
    creer_pistes(atelier.espace, 2)
    etape = atelier.etapes.get(nature="vote")
    scrutin = actes.preparer_scrutin(espace=atelier.espace, titre="Vote", par=None, **reglages)
    actions.modifier_etape(etape=etape, scrutin=scrutin, consigne="Placez vos 5 gommettes ici.", par=None)
    actions.ouvrir_etape(etape=etape, par=None)
    client.force_login(faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace))
    for adresse in (reverse("projection", args=[atelier.code]), reverse("console", args=[atelier.pk])):
        html = client.get(adresse).content.decode()
        assert (dite in html, "5 gommettes" in html) == (True, False)


def test_the_phone_says_three_dots_and_never_five():
    salle = Salle("vote", "discussion")
    etape = salle.ouvrir("vote") or salle.atelier.etapes.get(nature="vote")
    Etape.objects.filter(pk=etape.pk).update(consigne="Placez vos 5 gommettes sur les pistes.")
    vu = texte(salle.voir())
    assert ("Posez vos 3 gommettes" in vu, "5 gommettes" in vu) == (True, False)


def test_no_ready_made_vote_says_a_number_of_its_own():
    votes = [e for d in DEROULES.values() for e in d.etapes if e.scrutin]
    assert [str(e.consigne) for e in votes] == [""] * len(votes)
