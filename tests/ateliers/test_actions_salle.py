"""Coming in, writing, voting: who may, when, and nothing twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ateliers import actions
from ateliers.models import Atelier, Etape, Place
from consultation.erreurs import Refus
from consultation.models import Consultation, Participant, Proposition

from .fabriques_ateliers import (
    faire_atelier,
    faire_compte,
    faire_consultation,
    faire_etapes,
    faire_participant,
    faire_pistes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def salle():
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "vote")
    return atelier


@pytest.fixture
def college(salle):
    return salle.consultation.colleges.first()


def ouvrir(atelier, nature="ideation"):
    return actions.ouvrir_etape(etape=atelier.etapes.get(nature=nature), par=None)


def refus(acte, **kwargs):
    with pytest.raises(Refus) as leve:
        acte(**kwargs)
    return leve.value.code, leve.value.statut


def test_a_first_name_and_a_college_are_enough_to_come_in(salle, college):
    personne = actions.rejoindre(atelier=salle, prenom=" Nadia ", college=college)
    assert (personne.prenom, personne.college, personne.origine) == ("Nadia", college, "salle")
    assert list(Place.objects.presentes().values_list("participant", flat=True)) == [personne.pk]
    assert Atelier.objects.get().sequence == 1


def test_the_same_key_gives_the_same_person_once(salle, college):
    un = actions.rejoindre(atelier=salle, prenom="Nadia", college=college, cle="k1")
    deux = actions.rejoindre(atelier=salle, prenom="Nadia", college=college, cle="k1")
    assert (un, Participant.objects.count(), Place.objects.count()) == (deux, 1, 1)


def test_a_blank_name_is_refused_and_nobody_is_made(salle, college):
    assert refus(actions.rejoindre, atelier=salle, prenom=" \t ", college=college) == (
        "prenom_vide",
        422,
    )
    assert (Participant.objects.count(), Place.objects.count()) == (0, 0)


def test_a_college_of_another_consultation_is_refused(salle):
    ailleurs = faire_consultation(titre="Ailleurs", slug="ailleurs").colleges.first()
    assert refus(actions.rejoindre, atelier=salle, prenom="Nadia", college=ailleurs) == ("college_inconnu", 422)


@pytest.mark.parametrize("etat", ["preparation", "close"])
def test_nobody_comes_in_before_or_after(salle, college, etat):
    salle.consultation.etat = etat
    assert refus(actions.rejoindre, atelier=salle, prenom="Nadia", college=college) == ("consultation_fermee", 409)


@pytest.mark.parametrize(
    ("acces", "attendu"),
    [("personnel", ("code_personnel_demande", 403)), ("compte", ("compte_demande", 403))],
)
def test_closed_doors_say_how_to_come_in(salle, college, acces, attendu):
    salle.consultation.acces = acces
    assert refus(actions.rejoindre, atelier=salle, prenom="Nadia", college=college) == attendu


def test_with_accounts_asked_an_account_comes_in(salle, college):
    salle.consultation.acces = Consultation.Acces.COMPTE
    compte = faire_compte()
    personne = actions.rejoindre(atelier=salle, prenom="Nadia", college=college, compte=compte)
    assert (personne.compte, Place.objects.presentes().count()) == (compte, 1)


def test_a_full_room_says_so_and_makes_nobody(salle, college):
    salle.capacite = 1
    salle.save()
    actions.rejoindre(atelier=salle, prenom="Nadia", college=college)
    assert refus(actions.rejoindre, atelier=salle, prenom="Yanis", college=college) == ("complet", 409)
    assert (Participant.objects.count(), Place.objects.count()) == (1, 1)


def test_a_kept_seat_waits_for_its_person_in_a_full_room(salle, college):
    salle.capacite = 1
    salle.save()
    attendue = faire_participant(salle, entre=False)
    actions.reserver_place(atelier=salle, participant=attendue, par=None)
    assert refus(actions.rejoindre, atelier=salle, prenom="Yanis", college=college) == ("complet", 409)
    place = actions.entrer(atelier=salle, participant=attendue)
    assert (place.entre_le is not None, Place.objects.count()) == (True, 1)


def test_coming_in_twice_changes_nothing(salle):
    personne = faire_participant(salle, entre=False)
    premiere = actions.entrer(atelier=salle, participant=personne)
    assert actions.entrer(atelier=salle, participant=personne).entre_le == premiere.entre_le
    assert Atelier.objects.get().sequence == 1


def test_someone_of_another_consultation_does_not_come_in(salle):
    autre = faire_atelier(faire_consultation(titre="Ailleurs", slug="ailleurs"), code="AAAAAA")
    personne = faire_participant(autre, entre=False)
    assert refus(actions.entrer, atelier=salle, participant=personne) == ("autre_consultation", 403)


def test_a_freed_seat_can_be_taken(salle, college):
    salle.capacite = 1
    salle.save()
    absente = faire_participant(salle, entre=False)
    actions.reserver_place(atelier=salle, participant=absente, par=None)
    actions.liberer_place(atelier=salle, participant=absente, par=None)
    actions.rejoindre(atelier=salle, prenom="Yanis", college=college)
    assert Place.objects.presentes().count() == 1


def test_a_seat_is_not_kept_twice(salle):
    personne = faire_participant(salle, entre=False)
    une = actions.reserver_place(atelier=salle, participant=personne, par=None)
    assert actions.reserver_place(atelier=salle, participant=personne, par=None) == une


def test_what_is_proposed_takes_the_nature_the_step_asks_for(salle):
    salle.etapes.filter(nature="ideation").update(proposition_nature="critere")
    ouvrir(salle)
    dite = actions.proposer(
        atelier=salle, participant=faire_participant(salle), texte="Une idée claire et longue."
    )
    assert (dite.nature, dite.texte, dite.origine) == ("critere", "Une idée claire et longue.", "telephone")


def test_the_same_key_is_one_proposition_even_once_the_step_is_closed(salle):
    etape = ouvrir(salle)
    personne = faire_participant(salle)
    une = actions.proposer(atelier=salle, participant=personne, texte="Une idée claire.", cle="k1")
    actions.clore_etape(etape=etape, par=None)
    Etape.objects.update(fermee_le=timezone.now() - timedelta(minutes=5))
    deux = actions.proposer(atelier=salle, participant=personne, texte="Une idée claire.", cle="k1")
    assert (une, Proposition.objects.count()) == (deux, 1)


def test_a_text_being_written_when_the_step_closes_still_gets_in(salle):
    etape = ouvrir(salle)
    personne = faire_participant(salle)
    actions.clore_etape(etape=etape, par=None)
    Etape.objects.update(fermee_le=timezone.now() - timedelta(seconds=14))
    assert actions.proposer(atelier=salle, participant=personne, texte="Une idée en retard.").pk


def test_after_the_grace_the_refusal_says_what_to_do(salle):
    etape = ouvrir(salle)
    personne = faire_participant(salle)
    actions.clore_etape(etape=etape, par=None)
    Etape.objects.update(fermee_le=timezone.now() - timedelta(seconds=21))
    assert refus(actions.proposer, atelier=salle, participant=personne, texte="Trop tard.") == (
        "etape_fermee",
        409,
    )
    assert Proposition.objects.count() == 0


def test_a_pause_stops_the_clock_not_the_pens(salle):
    etape = ouvrir(salle)
    actions.suspendre(etape=etape, par=None)
    assert actions.proposer(atelier=salle, participant=faire_participant(salle), texte="Une idée en pause.").pk


def test_nothing_is_proposed_during_a_vote(salle):
    faire_pistes(salle, 1)
    ouvrir(salle, "vote")
    personne = faire_participant(salle)
    assert refus(actions.proposer, atelier=salle, participant=personne, texte="Une idée.") == ("etape_fermee", 409)


def test_one_must_be_in_the_room_to_write_or_vote(salle):
    ouvrir(salle)
    dehors = faire_participant(salle, entre=False)
    assert refus(actions.proposer, atelier=salle, participant=dehors, texte="Une idée.") == ("pas_entre", 403)
    assert refus(actions.voter, atelier=salle, participant=dehors, choix={}) == ("pas_entre", 403)


def test_a_vote_is_taken_while_it_is_open_only(salle):
    (piste,) = faire_pistes(salle, 1)
    personne = faire_participant(salle)
    assert refus(actions.voter, atelier=salle, participant=personne, choix={piste.pk: 1}) == ("vote_ferme", 409)
    etape = ouvrir(salle, "vote")
    bulletin = actions.voter(atelier=salle, participant=personne, choix={piste.pk: 2}, cle="v1").bulletin
    assert (bulletin.scrutin_id, list(bulletin.scrutin.voix.values_list("piste", "valeur"))) == (
        etape.scrutin_id,
        [(piste.pk, 2)],
    )
    actions.clore_etape(etape=etape, par=None)
    assert refus(actions.voter, atelier=salle, participant=personne, choix={piste.pk: 1}) == ("vote_ferme", 409)


@pytest.fixture
def deux_fois():
    """A room with two steps of each kind."""
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "ideation", "vote", "vote")
    return atelier


def ouvrir_tour_a_tour(atelier, nature):
    for etape in atelier.etapes.filter(nature=nature):
        yield actions.ouvrir_etape(etape=etape, par=None)


def test_words_that_waited_for_the_network_do_not_fall_into_another_question(deux_fois):
    salle = deux_fois
    personne = faire_participant(salle)
    premiere, suivante = ouvrir_tour_a_tour(salle, "ideation")
    appel = {"atelier": salle, "participant": personne, "texte": "Une idée claire."}
    tardive = actions.proposer(**appel, cle="a", etape=premiere.pk)
    assert (tardive.nature, suivante.etat) == (premiere.proposition_nature, "ouverte")
    Etape.objects.filter(pk=premiere.pk).update(fermee_le=timezone.now() - timedelta(seconds=21))
    assert refus(actions.proposer, **appel, cle="b", etape=premiere.pk) == ("etape_fermee", 409)


def test_a_vote_that_waited_for_the_network_does_not_fall_into_another_vote(deux_fois):
    salle = deux_fois
    (piste,) = faire_pistes(salle, 1)
    personne = faire_participant(salle)
    votes = ouvrir_tour_a_tour(salle, "vote")
    premier = next(votes).scrutin_id
    envoi = {"atelier": salle, "participant": personne, "choix": {piste.pk: 2}, "vise": premier}
    envoi |= {"cle": "v1", "ordre": 5}
    actions.voter(**envoi)
    next(votes)
    assert actions.voter(**envoi).bulletin.scrutin_id == premier, "its answer was lost: it is in already"
    assert refus(actions.voter, **{**envoi, "cle": "v2", "ordre": 6}) == ("vote_ferme", 409)


def test_a_paper_card_is_copied_out_with_its_college(salle, college):
    anime = faire_compte(salle.consultation, "animateur", salle.espace)
    carte = actions.saisir_carte(
        atelier=salle, college=college, texte="Une idée sur papier.", origine_note="table 3", par=anime
    )
    assert (carte.origine, carte.origine_note, carte.college, carte.auteur, carte.saisie_par) == (
        "papier",
        "table 3",
        college,
        None,
        anime,
    )


def test_a_paper_card_with_a_first_name_registers_its_author(salle, college):
    rapporte = faire_compte(salle.consultation, "rapporteur", salle.espace)
    carte = actions.saisir_carte(
        atelier=salle,
        college=college,
        texte="Une idée sur papier.",
        origine_note="table 3",
        prenom="Moussa",
        par=rapporte,
    )
    assert (carte.auteur.prenom, carte.auteur.origine, bool(carte.auteur.code_personnel)) == (
        "Moussa",
        "papier",
        True,
    )


def test_a_passer_by_copies_no_card(salle, college):
    passant = faire_compte()
    essai = {"atelier": salle, "college": college, "texte": "Une idée.", "origine_note": "", "par": passant}
    assert refus(actions.saisir_carte, **essai) == ("interdit", 403)
