"""On the day said, what tells who people were goes by itself; words and results stand; the organiser is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ateliers import actions as actions_ateliers
from ateliers.models import Adresse
from consultation import actions, lectures
from consultation.models import CodeDeCarte, Consultation, Journal, Participant
from forums.travaux import oublier_les_gens_a_terme
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def echoir(forum, jours):
    jour = timezone.localdate() + timedelta(days=jours)
    Consultation.objects.filter(pk=forum.consultation_id).update(garder_jusqu_au=jour)


def test_the_day_passed_names_codes_places_addresses_and_hidden_words_go(forum, mailoutbox):
    organisateur = f.creer_organisateur(forum.consultation)
    louzy = f.creer_territoire(nom="Louzy", niveau="local", parent=forum.consultation.territoire)
    nadege = entrer(forum, prenom="Nadège", territoire=louzy, cle="n")
    actions_ateliers.garder_adresse(participant=nadege, courriel="nadege@exemple.test")
    montree = proposer(forum, participant=nadege)
    cachee = proposer(forum, "Jamais relue", participant=nadege, affichee=False)
    code, generation = nadege.code_personnel, nadege.generation
    echoir(forum, 0)
    oublier_les_gens_a_terme()
    assert Participant.objects.get().prenom == "Nadège"  # kept until the end of the day
    echoir(forum, -1)
    oublier_les_gens_a_terme()
    nadege = Participant.objects.get()
    vides = (nadege.prenom, nadege.prenom_cle, nadege.territoire, nadege.code_personnel, nadege.cle)
    assert (vides, nadege.generation) == (("", "", None, None, ""), generation + 1)
    assert lectures.participant_par_code(code) is None
    cachee.refresh_from_db()
    assert (cachee.texte, Adresse.objects.count(), CodeDeCarte.objects.count()) == ("", 0, 0)
    assert list(lectures.propositions_publiques(forum.consultation)) == [montree]
    assert Consultation.objects.get(pk=forum.consultation_id).etat == "close"
    (lettre,) = mailoutbox
    assert (lettre.to, "1 personnes" in lettre.body, "Nadège" in lettre.body) == (
        [organisateur.email],
        True,
        False,
    )


def test_it_is_done_once_and_journaled_without_a_name(forum, mailoutbox):
    f.creer_organisateur(forum.consultation)
    entrer(forum, prenom="Nadège")
    echoir(forum, -1)
    oublier_les_gens_a_terme()
    oublier_les_gens_a_terme()
    lignes = Journal.objects.filter(verbe="oublier_les_personnes")
    assert [ligne.details for ligne in lignes] == [{"personnes": 1}]
    assert len(mailoutbox) == 1


def test_a_consultation_without_a_day_or_of_another_day_keeps_everything(forum):
    entrer(forum, prenom="Nadège")
    oublier_les_gens_a_terme()
    echoir(forum, 3)
    oublier_les_gens_a_terme()
    assert [p.prenom for p in Participant.objects.all()] == ["Nadège"]


def test_results_stand_when_people_are_forgotten(forum):
    dite = proposer(forum)
    scrutin = actions.ouvrir_vote(consultation=forum.consultation, par=None)
    dite.refresh_from_db()
    f.faire_voter(scrutin, "habitants", 8, {dite.piste_id: 4})
    actions.fermer_vote(consultation=forum.consultation, par=None)
    actions.oublier_les_personnes(consultation=forum.consultation)
    forum = type(forum).objects.get(pk=forum.pk)
    tableau = lectures.resultats_du_forum(forum)
    assert (tableau.votants, [ligne.piste.texte for ligne in tableau.lignes]) == (8, [dite.texte])
