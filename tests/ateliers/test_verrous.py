"""Locks on a real PostgreSQL: an act under way does not hold up who only points to what it changes."""

import threading
from functools import partial, wraps

import pytest
from django.db import connection, connections, transaction

from ateliers import actions
from ateliers.actions import programme
from ateliers.inscriptions import actions as inscriptions
from ateliers.models import Etape, Place
from consultation.erreurs import Refus
from consultation.gestion import actions as gestion
from consultation.models import Mandat, Participant, Proposition

from .conftest import attendre
from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.services


@pytest.fixture
def salle(base_postgres):
    atelier = faire_atelier(capacite=50)
    faire_etapes(atelier, "ideation", "discussion", "regroupement")
    atelier.sonia = faire_participant(atelier)
    atelier.organisatrice = faire_compte(atelier.consultation, Mandat.Role.ORGANISATEUR)
    return atelier


ACTES = {
    "importing registrations": lambda a: inscriptions.importer_inscriptions(
        consultation=a.consultation, lignes=[], par=a.organisatrice
    ),
    "correcting a registration": lambda a: inscriptions.corriger_inscription(
        participant=a.sonia, par=a.organisatrice, nom="Martin"
    ),
    "keeping a seat": lambda a: actions.reserver_place(
        atelier=a, participant=faire_participant(a, prenom="Ali", entre=False), par=a.organisatrice
    ),
    "closing the seminar": lambda a: gestion.changer_etat(
        consultation=a.consultation, etat="close", par=a.organisatrice
    ),
}


def en_meme_temps(geste):
    """Play `geste` in a connection that waits two seconds for a lock. Return "done" or the error's name."""
    rendu = []

    def jouer():
        try:
            with connection.cursor() as curseur:
                curseur.execute("SET lock_timeout = '2s'")
            geste()
            rendu.append("done")
        except Exception as erreur:
            rendu.append(type(erreur).__name__)
        finally:
            connections.close_all()

    fil = threading.Thread(target=jouer)
    fil.start()
    fil.join(20)
    return rendu[0]


@pytest.mark.parametrize("nom", ACTES)
def test_while_an_act_is_under_way_people_still_come_in_and_speak(salle, nom):
    def parler():
        with transaction.atomic():
            lea = Participant.objects.create(
                consultation=salle.consultation, college=salle.sonia.college, prenom="Léa"
            )
            Place.objects.create(atelier=salle, participant=lea)
            commun = {"consultation": salle.consultation, "espace": salle.espace, "college": salle.sonia.college}
            Proposition.objects.create(auteur=salle.sonia, texte="Pendant ce temps.", **commun)

    with transaction.atomic():
        ACTES[nom](salle)
        rendu = en_meme_temps(parler)
    assert rendu == "done"


def test_the_steps_are_locked_in_the_order_of_their_keys_whatever_theirs(salle):
    """The console locks them so. Locked in another order, the two acts would each wait for the other."""
    premiere, _milieu, derniere = salle.etapes.order_by("pk")
    programme.deplacer_etape(etape=derniere, vers=0, par=None)
    verrous = Etape.objects.select_for_update(no_key=True, nowait=True)
    with transaction.atomic():
        verrous.get(pk=premiere.pk)
        gestes = [
            threading.Thread(target=geste)
            for geste in (partial(deplacer, derniere), partial(retirer, premiere), partial(ajouter, salle))
        ]
        for geste in gestes:
            geste.start()
        attendre(lambda: en_attente() == len(gestes))
        assert verrous.get(pk=derniere.pk) == derniere
    for geste in gestes:
        geste.join(10)
    assert sorted(salle.etapes.values_list("nature", flat=True)) == ["discussion", "pause", "regroupement"]


def seul(geste):
    """Close the connection of the thread that played `geste`."""

    @wraps(geste)
    def joue(*arguments):
        try:
            geste(*arguments)
        finally:
            connections.close_all()

    return joue


@seul
def deplacer(etape):
    programme.deplacer_etape(etape=etape, vers=1, par=None)


@seul
def retirer(etape):
    programme.retirer_etape(etape=etape, par=None)


@seul
def ajouter(atelier):
    programme.ajouter_etape(atelier=atelier, nature="pause", titre="Pause", duree=5, par=None)


def en_attente():
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return curseur.fetchone()[0]


def test_a_step_taken_out_by_someone_else_is_refused_in_words(salle):
    derniere = salle.etapes.order_by("pk").last()
    programme.retirer_etape(etape=type(derniere).objects.get(pk=derniere.pk), par=None)
    for geste in (
        lambda: programme.retirer_etape(etape=derniere, par=None),
        lambda: programme.deplacer_etape(etape=derniere, vers=0, par=None),
    ):
        with pytest.raises(Refus) as leve:
            geste()
        assert (leve.value.code, leve.value.statut) == ("etape_retiree", 409)
