"""Several people at the same instant, each in a thread with its own connection to the same base."""

import threading

import pytest
from django.db import connections

from ateliers import actions
from ateliers.models import Atelier, Place
from consultation.erreurs import Refus
from consultation.models import Participant, Proposition, Scrutin, Voix
from tests.visites.fabriques_visites import creer_visite
from visites.actions import demandes as demandes_de_visite

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes


@pytest.fixture(params=["base_partagee", pytest.param("base_postgres", marks=pytest.mark.services)])
def salle(request):
    request.getfixturevalue(request.param)
    return faire_atelier()


def ensemble(*actes):
    """Run callables at the same instant. Return what each gave: its value, or its refusal's (code, status)."""
    depart, rendus = threading.Barrier(len(actes)), [None] * len(actes)

    def courir(rang, acte):
        depart.wait()
        try:
            rendus[rang] = acte()
        except Refus as refus:
            rendus[rang] = (refus.code, refus.statut)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=courir, args=paire) for paire in enumerate(actes)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    return rendus


def test_of_two_facilitators_opening_different_steps_one_is_told(salle):
    etapes = faire_etapes(salle, "accueil", "ideation")
    rendus = ensemble(*(lambda e=e: actions.ouvrir_etape(etape=e, par=None, attendu=None) for e in etapes))
    assert rendus.count(("change_entre_temps", 409)) == 1
    assert sorted(salle.etapes.values_list("etat", flat=True)) == ["a_venir", "ouverte"]


def test_of_two_facilitators_opening_the_same_step_one_is_told(salle):
    (etape,) = faire_etapes(salle, "accueil")
    rendus = ensemble(*[lambda: actions.ouvrir_etape(etape=etape, par=None)] * 2)
    assert (rendus.count(etape), rendus.count(("deja_ouverte", 409))) == (1, 1)


def test_twenty_people_at_the_door_take_the_five_seats(salle):
    Atelier.objects.update(capacite=5)
    salle.refresh_from_db()
    college = salle.consultation.colleges.first()
    rendus = ensemble(
        *(lambda n=n: actions.rejoindre(atelier=salle, prenom=f"P{n}", college=college) for n in range(20))
    )
    assert rendus.count(("complet", 409)) == 15
    assert (Place.objects.count(), Participant.objects.count()) == (5, 5)


def test_the_same_text_sent_five_times_at_once_is_kept_once(salle):
    actions.ouvrir_etape(etape=faire_etapes(salle, "ideation")[0], par=None)
    personne = faire_participant(salle)
    envoi = {"atelier": salle, "participant": personne, "texte": "Une idée assez longue.", "cle": "k1"}
    rendus = ensemble(*[lambda: actions.proposer(**envoi)] * 5)
    assert rendus == [Proposition.objects.get()] * 5


def test_a_vote_sent_as_the_vote_closes_is_counted_or_refused_never_half(salle):
    (piste,) = faire_pistes(salle, 1)
    vote = actions.ouvrir_etape(etape=faire_etapes(salle, "vote")[0], par=None)
    gens = [faire_participant(salle, prenom=f"P{n}") for n in range(8)]
    voix = [
        lambda p=p: actions.voter(atelier=salle, participant=p, choix={piste.pk: 1}).bulletin.participant_id
        for p in gens
    ]
    rendus = ensemble(*voix[:4], lambda: actions.clore_etape(etape=vote, par=None), *voix[4:])
    comptes = {rendu for rendu in rendus if isinstance(rendu, int)}
    refuses = [rendu for rendu in rendus if isinstance(rendu, tuple)]
    assert comptes == set(Voix.objects.values_list("participant", flat=True))
    assert (len(comptes) + len(refuses), {statut for _code, statut in refuses} <= {409}) == (8, True)
    assert Scrutin.objects.get().etat == "clos"


def test_of_two_who_ask_for_the_last_place_of_a_visit_one_has_it_and_the_other_waits(salle):
    """Here, beside the others: a real PostgreSQL is started once for all of them."""
    visite = creer_visite(salle.consultation, places=1)
    gens = [faire_participant(salle, prenom=f"P{n}") for n in range(2)]
    ensemble(*(lambda p=p: demandes_de_visite.demander(visite=visite, participant=p) for p in gens))
    assert sorted(visite.demandes.values_list("etat", flat=True)) == ["attente", "place"]


def test_acts_at_once_each_raise_the_sequence(salle):
    actions.ouvrir_etape(etape=faire_etapes(salle, "ideation")[0], par=None)
    avant = Atelier.objects.get().sequence
    gens = [faire_participant(salle, prenom=f"P{n}") for n in range(10)]
    ensemble(
        *(lambda p=p: actions.proposer(atelier=salle, participant=p, texte="Une idée assez longue.") for p in gens)
    )
    assert (Proposition.objects.count(), Atelier.objects.get().sequence) == (10, avant + 10)
