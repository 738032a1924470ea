"""Asking someone to say more exactly what they mean: who may ask, who alone answers, and what is kept."""

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import LigneSynthese, Precision, Proposition
from tests.fabriques import (
    creer_animateur,
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_rapporteur,
    registre,
)

pytestmark = pytest.mark.django_db
AVANT, APRES = "Mieux organiser le travail.", "Un planning affiché le vendredi pour la semaine d’après."
AIDE = "Pouvez-vous donner un exemple ?"


@pytest.fixture
def espace():
    return creer_espace()


@pytest.fixture
def proposition(espace):
    return creer_proposition(espace, AVANT)


def demander(proposition, demande=AIDE, par=None):
    return actions.demander_precision(proposition=proposition, demande=demande, par=par)


def preciser(proposition, texte=APRES, qui=None, **champs):
    return actions.preciser(proposition=proposition, participant=qui or proposition.auteur, texte=texte, **champs)


def refus_de(acte, *args, **champs):
    with pytest.raises(Refus) as leve:
        acte(*args, **champs)
    return leve.value.code, leve.value.statut


def en_attente(proposition):
    return Precision.objects.en_attente().filter(proposition=proposition).exists()


def test_the_author_rewords_and_the_former_words_are_kept(espace, proposition):
    animatrice = creer_animateur(espace)
    demander(proposition, par=animatrice)
    assert (Proposition.objects.get().texte, Proposition.objects.get().moderation) == (AVANT, "affichee")
    preciser(proposition)
    assert Proposition.objects.get().texte == APRES
    precision = Precision.objects.get()
    assert (precision.demande, precision.avant, precision.par, en_attente(proposition)) == (
        AIDE,
        AVANT,
        animatrice,
        False,
    )
    assert registre(espace.consultation)[-2:] == ["demander_precision", "preciser"]
    assert lectures.dossier(proposition.auteur)["propositions"][0]["mots_d_avant"] == [AVANT]


def test_the_author_may_keep_their_words(espace, proposition):
    demander(proposition)
    actions.garder_ses_mots(proposition=proposition, participant=proposition.auteur)
    assert (Proposition.objects.get().texte, Precision.objects.get().avant, en_attente(proposition)) == (
        AVANT,
        "",
        False,
    )
    demander(proposition)
    preciser(proposition, f"  {AVANT} ")
    assert list(Precision.objects.values_list("avant", flat=True)) == ["", ""]
    assert registre(espace.consultation)[-3:] == ["garder_ses_mots", "demander_precision", "garder_ses_mots"]


def test_nobody_else_rewords(espace, proposition):
    demander(proposition)
    autre = creer_participant(espace.consultation)
    assert refus_de(preciser, proposition, qui=autre) == ("pas_la_votre", 403)
    assert refus_de(actions.garder_ses_mots, proposition=proposition, participant=autre) == ("pas_la_votre", 403)
    assert (Proposition.objects.get().texte, en_attente(proposition)) == (AVANT, True)


def test_only_who_leads_the_room_asks(espace, proposition):
    rapporteur, voisine = creer_rapporteur(espace), creer_animateur(creer_espace(consultation=espace.consultation))
    for compte in (rapporteur, voisine):
        assert refus_de(demander, proposition, par=compte) == ("interdit", 403)
        retirer = actions.retirer_precision
        assert refus_de(retirer, proposition=proposition, par=compte) == ("interdit", 403)
    assert not Precision.objects.exists()


@pytest.mark.parametrize(
    ("demande", "code"), [("", "demande_vide"), (" \u200b ", "demande_vide"), ("x" * 201, "demande_longue")]
)
def test_a_request_says_something_short(proposition, demande, code):
    assert refus_de(demander, proposition, demande) == (code, 422)


def test_what_nobody_can_answer_is_not_asked(espace):
    carte = actions.deposer_proposition(
        espace=espace,
        college=espace.consultation.colleges.first(),
        texte="Une carte trouvée là",
        par=creer_animateur(espace),
    )
    assert refus_de(demander, carte) == ("sans_auteur", 409)
    rangee = creer_proposition(espace)
    creer_piste(espace, propositions=[rangee])
    assert refus_de(demander, rangee) == ("deja_regroupee", 409)
    ecartee = creer_proposition(espace)
    actions.relire_proposition(proposition=ecartee, decision="ecarter", motif="Hors du sujet", par=None)
    assert refus_de(demander, ecartee) == ("ecartee", 409)
    assert not Precision.objects.exists()


def test_asking_again_changes_the_sentence_and_asking_no_more_closes_the_door(proposition):
    demander(proposition)
    demander(proposition, "Pour qui est-ce ?")
    assert list(Precision.objects.values_list("demande", flat=True)) == ["Pour qui est-ce ?"]
    actions.retirer_precision(proposition=proposition, par=None)
    assert refus_de(preciser, proposition) == ("plus_demandee", 409)
    assert Proposition.objects.get().texte == AVANT


def test_once_gathered_the_words_belong_to_the_work_of_the_group(espace, proposition):
    demander(proposition)
    creer_piste(espace, propositions=[proposition])
    assert not en_attente(proposition)
    proposition.refresh_from_db()
    assert refus_de(preciser, proposition) == ("deja_regroupee", 409)
    assert Proposition.objects.get().texte == AVANT


def test_words_sent_again_with_their_key_are_taken_once(proposition):
    demander(proposition)
    preciser(proposition, cle="c1")
    assert preciser(proposition, cle="c1").texte == APRES
    assert refus_de(preciser, proposition, "Autre chose encore", cle="c2") == ("plus_demandee", 409)


def test_new_words_are_looked_at_as_any_that_arrive(espace, proposition):
    creer_participant(espace.consultation, prenom="Lucette")
    actions.masquer_passages(proposition=proposition, passages=[[0, 6]], par=None)
    demander(proposition)
    relue = preciser(proposition, "Demander à Lucette de montrer le geste.")
    assert (relue.masques, relue.moderation, relue.signalement) == ([], "a_relire", "cite un prénom")
    assert refus_de(preciser, creer_proposition(espace), "") == ("plus_demandee", 409)


def test_empty_or_long_words_are_refused_and_the_question_stays(proposition):
    demander(proposition)
    assert refus_de(preciser, proposition, "") == ("vide", 422)
    assert refus_de(preciser, proposition, "x" * 281) == ("long", 422)
    assert en_attente(proposition)


def test_a_row_that_says_the_words_says_the_new_ones(espace):
    critere = creer_proposition(espace, AVANT, nature="critere")
    actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=None)
    assert LigneSynthese.objects.get().criteres == AVANT
    demander(critere)
    preciser(critere)
    assert LigneSynthese.objects.get().criteres == APRES


def test_a_closed_consultation_takes_no_new_words(espace, proposition):
    demander(proposition)
    espace.consultation.etat = "close"
    espace.consultation.save()
    proposition.refresh_from_db()
    assert refus_de(preciser, proposition) == ("consultation_close", 409)
