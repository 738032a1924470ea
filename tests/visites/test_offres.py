"""An enterprise opens its doors: offered, opened, moved, called off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.erreurs import Refus
from consultation.models import Journal
from tests import fabriques as f
from visites import actions
from visites.models import Visite

from .fabriques_visites import creer_visite, demander, faite

pytestmark = pytest.mark.django_db


def refus(acte, **champs):
    with pytest.raises(Refus) as survenu:
        acte(par=None, **champs)
    return survenu.value.code, survenu.value.statut, survenu.value.champ


def test_a_visit_is_offered_then_opened_once_and_the_journal_says_both():
    visite = creer_visite(ouverte=False, entreprise="  Le\u00a0Halage\n ")
    actions.ouvrir(visite=visite, par=None)
    actions.ouvrir(visite=visite, par=None)
    visite.refresh_from_db()
    assert (visite.entreprise, visite.etat) == ("Le Halage", "ouverte")
    assert list(Journal.objects.order_by("pk").values_list("verbe", flat=True)) == ["creer", "ouvrir_visite"]


def test_dates_that_are_past_or_upside_down_are_refused_and_leave_nothing():
    avant_hier = timezone.now() - timedelta(days=2)
    visite = creer_visite()
    for champs, attendu in (
        ({"debut": avant_hier}, ("passee", 422, "debut")),
        ({"fin": visite.debut}, ("fin_avant", 422, "fin")),
        ({"places": 0}, ("invalide", 422, "places")),
        ({"entreprise": "\u200b"}, ("invalide", 422, "entreprise")),
    ):
        autre = Visite.objects.get(pk=visite.pk)
        for champ, valeur in champs.items():
            setattr(autre, champ, valeur)
        assert refus(actions.enregistrer_visite, visite=autre) == attendu
    visite.refresh_from_db()
    assert (visite.edition, visite.avant) == (0, {})


def test_the_words_of_a_visit_that_took_place_may_still_be_mended():
    visite = creer_visite(faite=True)
    visite.acces = "Par la cour"
    actions.enregistrer_visite(visite=visite, par=None)
    assert Visite.objects.get().acces == "Par la cour"


def test_a_date_that_went_by_is_changed_before_the_visit_opens():
    visite = faite(creer_visite(ouverte=False))
    assert refus(actions.ouvrir, visite=visite) == ("passee", 409, None)


def test_moved_after_people_asked_it_keeps_what_it_was_and_a_new_number_for_calendars():
    visite = creer_visite()
    demander(visite)
    debut, lieu = visite.debut, visite.lieu
    visite.debut += timedelta(days=1)
    visite.fin += timedelta(days=1)
    actions.enregistrer_visite(visite=visite, par=None)
    visite.refresh_from_db()
    fin = debut + timedelta(hours=3)
    assert visite.avant == {"debut": debut.isoformat(), "fin": fin.isoformat(), "lieu": lieu}
    assert (visite.edition, visite.deplacee_le is None) == (1, False)


def test_new_words_alone_move_nothing():
    visite = creer_visite()
    visite.a_voir = "L’atelier de couture"
    actions.enregistrer_visite(visite=visite, par=None)
    visite.refresh_from_db()
    assert (visite.avant, visite.deplacee_le) == ({}, None)


def test_places_given_are_never_taken_away_and_places_added_go_to_who_waits():
    visite = creer_visite(places=1)
    demander(visite)
    (attente,) = demander(visite)
    visite.places = 0
    assert refus(actions.enregistrer_visite, visite=visite) == ("places_prises", 422, "places")
    visite.places = 2
    actions.enregistrer_visite(visite=visite, par=None)
    attente.refresh_from_db()
    assert (attente.etat, attente.place_le is None) == ("place", False)


def test_a_form_left_open_takes_back_nothing_that_was_said_meanwhile():
    ouverte = Visite.objects.get(pk=creer_visite(ouverte=False).pk)
    actions.ouvrir(visite=ouverte, par=None)
    ouverte.lieu = "5 quai du Halage"
    actions.enregistrer_visite(visite=ouverte, par=None)
    visite = faite(ouverte)
    Visite.objects.update(recit="La porte reste ouverte.", accord_entreprise=True, publiee_le=timezone.now())
    en_main = Visite.objects.get()
    actions.accorder_pour_l_entreprise(visite=visite, accord=False)
    en_main.acces = "Par la cour"
    actions.enregistrer_visite(visite=en_main, par=None)
    visite.refresh_from_db()
    assert (visite.etat, visite.lieu, visite.acces) == ("ouverte", "5 quai du Halage", "Par la cour")
    assert (visite.accord_entreprise, visite.publiee_le) == (False, None)


def test_called_off_with_a_reason_once_open_and_not_yet_held():
    visite = creer_visite()
    assert refus(actions.annuler, visite=visite, motif=" ") == ("motif_manque", 422, "motif")
    assert refus(actions.annuler, visite=visite, motif="x" * 201) == ("motif_long", 422, "motif")
    actions.annuler(visite=visite, motif="Un incendie", par=None)
    visite.refresh_from_db()
    assert (visite.etat, visite.motif, visite.edition) == ("annulee", "Un incendie", 1)
    assert refus(actions.annuler, visite=visite, motif="Encore") == ("pas_ouverte", 409, None)
    assert refus(actions.ouvrir, visite=visite) == ("annulee", 409, None)
    assert refus(actions.enregistrer_visite, visite=visite) == ("annulee", 409, None)
    assert refus(actions.annuler, visite=creer_visite(faite=True), motif="Trop tard") == ("passee", 409, None)


def test_a_visit_that_someone_asked_for_is_called_off_not_removed():
    visite = creer_visite()
    demander(visite)
    assert refus(actions.supprimer_visite, visite=visite) == ("demandee", 409, None)
    actions.supprimer_visite(visite=creer_visite(visite.consultation, "Une autre"), par=None)
    assert list(Visite.objects.values_list("entreprise", flat=True)) == [visite.entreprise]


def test_organisers_alone_offer_visits():
    visite = creer_visite()
    with pytest.raises(Refus) as survenu:
        actions.annuler(visite=visite, motif="Non", par=f.creer_editeur(visite.consultation))
    assert survenu.value.statut == 403
