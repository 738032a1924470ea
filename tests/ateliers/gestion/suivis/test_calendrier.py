"""Who met, who wrote, who is late: the national group's calendar."""

import pytest
from django.test import Client
from django.urls import reverse

from ateliers.lectures import suivis as lectures
from consultation import actions
from consultation.erreurs import Refus
from consultation.models import Suivi
from tests.fabriques import (
    creer_mandat,
    creer_organisateur,
)

from .gestes import dans, ecrire, ouvrir, reunir, vieillir

pytestmark = pytest.mark.django_db


def test_the_calendar_says_who_met_who_wrote_who_is_late_what_waits_first(national, regions):
    bretagne, corse, occitanie = ouvrir(national, regions)
    reunir(bretagne, -3, personnes=2)
    reunir(occitanie, 5)
    bretagne = vieillir(bretagne, 4)
    ecrire(corse)
    lu = lectures.calendrier(national)
    assert [(str(r.suivi), r.etat, r.retard) for r in lu.regions] == [
        ("Corse", "a_relire", 0),
        ("Bretagne", "en_retard", 4),
        ("Occitanie", "en_cours", 0),
    ]
    assert (lu.publiees, lu.a_relire, lu.en_retard, lu.reunies) == (0, 1, 1, 1)
    assert [(r.reunie_le is not None, r.prevue_le is not None) for r in lu.regions] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert [(r.personnes, r.tenue) for r in lu.regions[1].reunions] == [(2, True)]


def test_whatever_a_region_hands_over_is_seen_be_it_of_one_meeting(national, bretagne):
    rapporteur = creer_mandat("rapporteur", bretagne.regionale)
    entiere = ecrire(bretagne, "brouillon")
    atelier = reunir(bretagne, -3)
    reunion = actions.ouvrir_synthese(
        consultation=bretagne.regionale, espace=atelier.espace, titre="À Rennes", par=rapporteur
    )
    assert lectures.synthese_de(bretagne) == entiere
    section = actions.ajouter_section(synthese=reunion, titre="Apprendre", par=rapporteur)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[], par=rapporteur)
    actions.soumettre_synthese(synthese=reunion, par=rapporteur)
    (lue,) = lectures.calendrier(national).regions
    assert (lue.etat, lue.synthese, lectures.synthese_de(bretagne)) == ("a_relire", reunion, reunion)
    actions.publier_synthese(synthese=reunion, par=None)
    assert lectures.region(bretagne).etat == "publiee"  # the draft that waits beside it changes nothing
    seconde = ecrire(bretagne)
    assert (lectures.region(bretagne).etat, lectures.synthese_de(bretagne)) == ("a_relire", seconde)


def test_a_synthesis_begun_on_what_was_taken_over_is_that_of_the_whole_region(bretagne):
    client = Client()
    client.force_login(creer_mandat("rapporteur", bretagne.regionale))
    adresse = reverse("nouvelle_synthese")
    texte = client.get(adresse, {"espace": bretagne.reprises_id}).content.decode()
    assert ('value="espace"' in texte, 'value="consultation" checked' in texte) == (False, True)
    client.post(adresse, {"espace": bretagne.reprises_id, "titre": "Bretagne", "portee": "consultation"})
    assert bretagne.regionale.syntheses.get().espace is None


def test_a_region_that_never_meets_writes_all_the_same(national, bretagne):
    ecrire(bretagne, "publiee")
    (lue,) = lectures.calendrier(national).regions
    assert (lue.etat, lue.reunie_le, lue.retard) == ("publiee", None, 0)


def test_a_delay_is_given_by_the_national_group(national, bretagne, organisation):
    bretagne = vieillir(bretagne, 3)
    actions.reporter_suivi(suivi=bretagne, attendue_le=dans(10), par=organisation)
    assert lectures.region(Suivi.objects.get(pk=bretagne.pk)).etat == "en_cours"
    for par, jours, code in ((creer_organisateur(bretagne.regionale), 10, "interdit"), (None, -1, "date_passee")):
        with pytest.raises(Refus) as refus:
            actions.reporter_suivi(suivi=bretagne, attendue_le=dans(jours), par=par)
        assert refus.value.code == code


def test_the_calendar_costs_the_same_queries_whatever_the_regions(national, regions, django_assert_num_queries):
    for suivi in ouvrir(national, regions):
        reunir(suivi, -3, personnes=1)
        ecrire(suivi)
    with django_assert_num_queries(8):
        lectures.calendrier(national)
