"""Who speaks aloud: the draw, turns by college, and the console where they are noted."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers import actions
from ateliers.lectures.parole import lire_parole
from ateliers.lectures.tours import lire_tours
from ateliers.models import Place, PriseDeParole
from consultation.erreurs import Refus
from consultation.models import Journal, Mandat
from tests.fabriques import creer_consultation

from .fabriques_ateliers import faire_atelier, faire_compte, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier():
    return faire_atelier(creer_consultation())


@pytest.fixture
def animatrice(client, atelier):
    compte = faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, atelier.espace)
    client.force_login(compte)
    return compte


def entrer(atelier, signe, n):
    return [faire_participant(atelier, signe) for _ in range(n)]


def college(atelier, signe):
    return atelier.consultation.colleges.get(signe=signe)


def tirer(atelier, n=1, **champs):
    return [actions.tirer_la_parole(atelier=atelier, par=None, **champs).participant for _ in range(n)]


def tours(atelier):
    lus = lire_tours(atelier, lire_parole(atelier).voix)
    return {voix.college.signe: n for voix, n in lus.par_college if n}


def test_nobody_is_drawn_twice_before_everyone_has_been_once(atelier):
    gens = entrer(atelier, "salaries", 3) + entrer(atelier, "permanents", 2)
    for _fois in range(2):
        assert Counter(tirer(atelier, 5)) == Counter(gens)


def test_who_comes_late_is_drawn_before_others_are_again(atelier):
    entrer(atelier, "salaries", 2)
    tirer(atelier, 2)
    (tard,) = entrer(atelier, "permanents", 1)
    assert tirer(atelier) == [tard]


def test_a_draw_among_a_college_takes_nobody_else(atelier):
    entrer(atelier, "salaries", 2)
    permanents = entrer(atelier, "permanents", 2)
    assert Counter(tirer(atelier, 4, college=college(atelier, "permanents"))) == Counter(permanents * 2)


def test_only_who_is_there_is_drawn(atelier):
    parti, la = entrer(atelier, "salaries", 2)
    Place.objects.filter(participant=parti).update(entre_le=timezone.now() - timedelta(hours=1))
    assert tirer(atelier, 3) == [la] * 3
    with pytest.raises(Refus) as leve:
        tirer(atelier, college=college(atelier, "partenaires"))
    assert (leve.value.code, leve.value.statut) == ("personne", 409)
    ailleurs = creer_consultation().colleges.first()
    with pytest.raises(Refus) as leve:
        tirer(atelier, college=ailleurs)
    assert (leve.value.code, leve.value.statut) == ("ailleurs", 422)


def test_a_turn_counts_for_its_college_unless_it_is_passed_or_taken_back(atelier):
    entrer(atelier, "salaries", 1)
    entrer(atelier, "permanents", 1)
    tire = actions.tirer_la_parole(atelier=atelier, college=college(atelier, "salaries"), par=None)
    assert tours(atelier) == {"salaries": 1}
    for _fois in range(2):
        actions.passer_son_tour(tour=tire, par=None)
    actions.noter_parole(atelier=atelier, college=college(atelier, "permanents"), par=None)
    en_trop = actions.noter_parole(atelier=atelier, college=college(atelier, "partenaires"), par=None)
    assert tours(atelier) == {"permanents": 1, "partenaires": 1}
    actions.oublier_parole(tour=en_trop, par=None)
    assert tours(atelier) == {"permanents": 1}
    journal = Journal.objects.order_by("pk").values_list("verbe", "participant_id")
    assert list(journal)[-5:] == [
        (verbe, None)
        for verbe in ("tirer_la_parole", "passer_son_tour", "noter_parole", "noter_parole", "oublier_parole")
    ]


def test_only_who_leads_the_room_draws_or_notes(atelier):
    rapporteur = faire_compte(atelier.consultation, Mandat.Role.RAPPORTEUR, atelier.espace)
    entrer(atelier, "salaries", 1)
    tire = actions.tirer_la_parole(atelier=atelier, par=None)
    un = college(atelier, "salaries")
    for acte in (
        lambda: actions.tirer_la_parole(atelier=atelier, par=rapporteur),
        lambda: actions.noter_parole(atelier=atelier, college=un, par=rapporteur),
        lambda: actions.passer_son_tour(tour=tire, par=rapporteur),
        lambda: actions.oublier_parole(tour=tire, par=rapporteur),
    ):
        with pytest.raises(Refus) as leve:
            acte()
        assert leve.value.statut == 403
    assert PriseDeParole.objects.count() == 1


def test_the_console_draws_lets_pass_notes_and_takes_back(client, atelier, animatrice):
    gens = entrer(atelier, "salaries", 2)
    page = reverse("console", args=[atelier.pk])
    assert client.post(reverse("tirer_la_parole", args=[atelier.pk])).url == f"{page}#tours"
    premier = PriseDeParole.objects.get()
    assert "Cette personne parle si elle veut." in client.get(page).content.decode()
    client.post(reverse("tirer_la_parole", args=[atelier.pk]), {"passe": premier.pk})
    assert {(t.participant, t.passee) for t in PriseDeParole.objects.all()} == {
        (premier.participant, True),
        (next(qui for qui in gens if qui != premier.participant), False),
    }
    client.post(reverse("noter_parole", args=[atelier.pk]), {"college": college(atelier, "permanents").pk})
    assert tours(atelier) == {"salaries": 1, "permanents": 1}
    assert "parle si elle veut" not in client.get(page).content.decode()
    client.post(reverse("oublier_parole", args=[atelier.pk, PriseDeParole.objects.last().pk]))
    assert tours(atelier) == {"salaries": 1}


@pytest.mark.parametrize(("nom", "champs"), [("noter_parole", {}), ("tirer_la_parole", {"college": "abc"})])
def test_what_is_not_a_college_of_the_list_is_told(client, atelier, animatrice, nom, champs):
    reponse = client.post(reverse(nom, args=[atelier.pk]), champs)
    assert (reponse.status_code, "Choisissez un collège de la liste." in reponse.content.decode()) == (422, True)
    assert not PriseDeParole.objects.exists()
