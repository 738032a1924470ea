"""Locks on a real PostgreSQL: an act under way does not hold up who only points to what it changes."""

import threading

import pytest
from django.db import connection, connections, transaction

from ateliers import actions
from ateliers.actions import programme
from ateliers.inscriptions import actions as inscriptions
from ateliers.models import Place
from consultation.erreurs import Refus
from consultation.gestion import actions as gestion
from consultation.models import Mandat, Participant, Proposition

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


def test_moving_a_step_and_opening_one_wait_for_each_other_in_turn(salle):
    """Steps whose order is not that of their keys: locked each in its own order, the two acts would deadlock."""
    premiere, _milieu, derniere = salle.etapes.order_by("pk")
    programme.deplacer_etape(etape=derniere, vers=0, par=None)
    erreurs = []

    def boucler(geste):
        for tour in range(25):
            try:
                geste(tour)
            except Refus:
                pass
            except Exception as erreur:
                erreurs.append(repr(erreur))
        connections.close_all()

    gestes = (
        lambda tour: programme.deplacer_etape(etape=derniere, vers=tour % 3, par=None),
        lambda tour: (
            actions.suspendre(etape=premiere, par=None)
            if tour % 2
            else actions.reprendre(etape=premiere, par=None)
        ),
    )
    actions.ouvrir_etape(etape=premiere, par=None)
    fils = [threading.Thread(target=boucler, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert erreurs == []


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
