"""Who comes: one at a time, the queue, given back, together."""

import pytest

from consultation import actions as actes
from consultation.actions.gardes import verrouiller
from consultation.erreurs import Refus
from consultation.models import Journal
from tests import fabriques as f
from visites import actions
from visites.actions import demandes
from visites.models import Demande

from .fabriques_visites import creer_visite, demander, faite

pytestmark = pytest.mark.django_db


def etats(visite):
    return list(visite.demandes.order_by("pk").values_list("etat", flat=True))


def code_du_refus(acte, **champs):
    with pytest.raises(Refus) as survenu:
        acte(**champs)
    return survenu.value.code, survenu.value.statut


def test_the_first_ones_have_the_places_the_others_wait_in_order():
    visite = creer_visite(places=2)
    for _ in range(4):
        demander(visite)
    assert etats(visite) == ["place", "place", "attente", "attente"]
    assert [d.rang for d in Demande.objects.avec_rang().filter(etat="attente")] == [1, 2]
    assert set(visite.demandes.filter(etat="place").values_list("place_le", flat=True)) == {None}


def test_asking_twice_is_asking_once():
    visite = creer_visite()
    (premiere,) = demander(visite)
    assert demander(visite, premiere.participant) == [premiere]
    assert Journal.objects.filter(verbe="demander_visite").count() == 1


def test_a_place_given_back_goes_to_who_asked_first():
    visite = creer_visite(places=1)
    (tenue,), (premiere,), (_seconde,) = demander(visite), demander(visite), demander(visite)
    actions.rendre(visite=visite, participant=tenue.participant)
    actions.rendre(visite=visite, participant=tenue.participant)
    premiere.refresh_from_db()
    assert (etats(visite), premiere.etat) == (["place", "attente"], "place")
    assert Journal.objects.filter(verbe="rendre_visite").count() == 1


def test_nobody_asks_for_what_is_closed_past_called_off_or_elsewhere():
    visite = creer_visite()
    amina = f.creer_participant(visite.consultation)
    ailleurs = f.creer_participant(f.creer_consultation())
    assert code_du_refus(actions.demander, visite=visite, participant=ailleurs) == ("interdit", 403)
    for autre in (
        creer_visite(visite.consultation, ouverte=False),
        creer_visite(visite.consultation, faite=True),
        actions.annuler(visite=creer_visite(visite.consultation), motif="Non", par=None),
    ):
        assert code_du_refus(actions.demander, visite=autre, participant=amina) == ("demandes_closes", 409)
    type(visite.consultation).objects.update(etat="close")
    visite.refresh_from_db()
    assert code_du_refus(actions.demander, visite=visite, participant=amina) == ("demandes_closes", 409)
    assert Demande.objects.count() == 0


def test_a_visit_called_off_keeps_nobody_from_another_at_its_hour():
    visite = creer_visite()
    (demande,) = demander(visite)
    actions.annuler(visite=visite, motif="Un incendie", par=None)
    autre = creer_visite(visite.consultation, "Le Fournil")
    assert demander(autre, demande.participant)[0].etat == "place"


def test_two_places_at_the_same_hour_are_refused_and_a_rank_waits_until_the_other_is_given_back():
    visite = creer_visite(places=1)
    autre = creer_visite(visite.consultation, "Le Fournil", places=1, heures=1)
    (tenue,) = demander(autre)
    amina = f.creer_participant(visite.consultation)
    demander(autre, amina)
    demander(visite, amina)
    with pytest.raises(Refus, match="meme_heure") as survenu:
        demander(visite, tenue.participant)
    assert "Le Fournil" in survenu.value.message
    actions.rendre(visite=autre, participant=tenue.participant)
    assert etats(autre) == ["attente"]  # Amina is at the other visit at that hour
    actions.rendre(visite=visite, participant=amina)
    (demande,) = demander(autre)
    assert (etats(autre), demande.etat) == (["place", "attente"], "attente")


def test_someone_who_asks_for_two_visits_at_once_is_answered_one_at_a_time(monkeypatch):
    visite, tenus = creer_visite(), []
    monkeypatch.setattr(demandes, "verrouiller", lambda objet: tenus.append(objet) or verrouiller(objet))
    (demande,) = demander(visite)
    assert tenus[:2] == [demande.participant, visite]  # theirs first: the other visit's request waits for it


def test_visits_one_after_the_other_are_no_trouble():
    visite = creer_visite()
    (demande,) = demander(visite)
    suivante = creer_visite(visite.consultation, debut=visite.fin, fin=visite.fin + (visite.fin - visite.debut))
    assert demander(suivante, demande.participant)[0].etat == "place"


def test_once_begun_only_the_team_takes_out_who_did_not_come_and_nobody_is_served():
    visite = creer_visite(places=1)
    (tenue,), _attente = demander(visite), demander(visite)
    visite = faite(visite)
    assert code_du_refus(actions.rendre, visite=visite, participant=tenue.participant) == ("passee", 409)
    organisateur = f.creer_organisateur(visite.consultation)
    actions.rendre(visite=visite, participant=tenue.participant, par=organisateur)
    assert etats(visite) == ["attente"]


def test_who_is_forgotten_leaves_their_place_to_who_waits():
    visite = creer_visite(places=1)
    (tenue,), _attente = demander(visite), demander(visite)
    actes.effacer_participant(participant=tenue.participant)
    assert etats(visite) == ["place"]


def test_when_the_day_said_has_passed_nothing_says_who_went_where():
    visite = creer_visite()
    demander(visite)
    actes.oublier_les_personnes(consultation=visite.consultation)
    assert Demande.objects.count() == 0


def test_given_together_as_someone_read_them_over_then_in_order():
    visite = creer_visite(places=2, a_repartir=True)
    demandes = [demander(visite)[0] for _ in range(4)]
    assert etats(visite) == ["attente"] * 4
    choisies = [demandes[1].participant_id, demandes[3].participant_id]
    n = actions.repartir_les_places(consultation=visite.consultation, choix={visite.pk: choisies}, par=None)
    visite.refresh_from_db()
    assert (n, etats(visite), visite.a_repartir) == (2, ["attente", "place", "attente", "place"], False)
    actions.rendre(visite=visite, participant=demandes[3].participant)
    assert etats(visite) == ["place", "place", "attente"]
    assert Journal.objects.get(verbe="repartir_visites").details == {"personnes": 2}


def test_a_list_that_moved_since_it_was_read_gives_nothing():
    visite = creer_visite(places=1, a_repartir=True)
    autre = creer_visite(visite.consultation, "Le Fournil", a_repartir=True)
    gens = [demander(visite)[0].participant for _ in range(2)]
    demander(autre, gens[0])

    def repartir(choix):
        return code_du_refus(actions.repartir_les_places, consultation=visite.consultation, choix=choix, par=None)

    parti = demander(autre)[0].participant
    actions.rendre(visite=autre, participant=parti)
    assert repartir({visite.pk: [g.pk for g in gens]}) == ("plus_de_place", 409)
    assert repartir({autre.pk: [parti.pk]}) == ("demande_partie", 409)
    assert repartir({visite.pk: [gens[0].pk], autre.pk: [gens[0].pk]}) == ("meme_heure", 409)
    assert set(etats(visite) + etats(autre)) == {"attente"}
