"""Answers to pistes: decided, corrected, withdrawn, never rewritten; and the board that counts them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions, lectures
from consultation.actions.suites import Dite
from consultation.erreurs import Refus
from consultation.models import Journal, PhraseSynthese, SectionSynthese, Suite, Synthese
from tests.fabriques import (
    creer_editeur,
    creer_espace,
    creer_mandat,
    creer_organisateur,
    creer_piste,
    creer_pistes,
)

pytestmark = pytest.mark.django_db
AUJOURDHUI = timezone.localdate


@pytest.fixture
def espace():
    return creer_espace()


@pytest.fixture
def piste(espace):
    return creer_piste(espace, "Apprendre en binôme")


def dite(etat="retenue", il_y_a=0, **champs):
    """An answer as it is typed, decided `il_y_a` days ago."""
    champs = {"raison": "La salle l’a demandé.", "decidee_par": "le conseil régional", **champs}
    return Dite(etat=etat, le=AUJOURDHUI() - timedelta(days=il_y_a), **champs)


def decider(piste, etat="retenue", il_y_a=0, **champs):
    return actions.decider_suite(piste=piste, dite=dite(etat, il_y_a, **champs), par=None)


def publier(espace, pistes, il_y_a):
    """A published synthesis that cites `pistes`, one sentence each, `il_y_a` days ago."""
    synthese = Synthese.objects.create(
        consultation=espace.consultation,
        titre="Synthèse",
        etat="publiee",
        publiee_le=timezone.localtime() - timedelta(days=il_y_a),  # at the same hour by the clock, summer or not
    )
    section = SectionSynthese.objects.create(synthese=synthese, titre="Apprendre")
    phrase = PhraseSynthese.objects.create(section=section, texte="On apprend à deux.")
    phrase.pistes.set(pistes)


def etats(piste):
    suites = Suite.objects.filter(piste=piste).order_by("pk")
    return [(s.etat, s.corrige_id is not None, s.retiree_le is not None) for s in suites]


def test_an_answer_is_dated_signed_and_kept_in_the_journal(piste):
    suite = decider(
        piste, "confiee", 3, confiee_a="  la communauté d’agglomération ", raison="Elle tient les bus."
    )
    lu = (suite.etat, suite.le, suite.confiee_a, suite.raison, suite.decidee_par)
    assert lu == (
        "confiee",
        AUJOURDHUI() - timedelta(days=3),
        "la communauté d’agglomération",
        "Elle tient les bus.",
        "le conseil régional",
    )
    entree = Journal.objects.latest("pk")
    assert (entree.verbe, entree.details) == ("decider_suite", {"piste": piste.numero, "etat": "confiee"})


def test_organisers_and_editors_answer_and_nobody_else(espace, piste):
    consultation = espace.consultation
    for compte in (creer_organisateur(consultation), creer_editeur(consultation)):
        assert actions.decider_suite(piste=piste, dite=dite(), par=compte).ecrite_par == compte
    for compte in (creer_mandat("rapporteur", consultation), creer_mandat("animateur", consultation)):
        with pytest.raises(Refus) as refus:
            actions.decider_suite(piste=piste, dite=dite(), par=compte)
        assert refus.value.statut == 403
    assert len(etats(piste)) == 2


@pytest.mark.parametrize(
    ("champs", "code", "champ"),
    [
        ({"etat": "peut-etre"}, "etat_inconnu", "etat"),
        ({"il_y_a": -1}, "date_a_venir", "le"),
        ({"raison": " \u200b"}, "raison_vide", "raison"),
        ({"raison": "x" * 501}, "raison_longue", "raison"),
        ({"decidee_par": ""}, "decidee_par_vide", "decidee_par"),
        ({"etat": "confiee"}, "confiee_a_vide", "confiee_a"),
        ({"nouvelle_le": AUJOURDHUI() - timedelta(days=1)}, "nouvelle_passee", "nouvelle_le"),
    ],
)
def test_what_is_missing_is_said_under_its_field_and_nothing_is_written(piste, champs, code, champ):
    avant = Journal.objects.count()
    with pytest.raises(Refus) as refus:
        decider(piste, **champs)
    assert (refus.value.code, refus.value.champ, refus.value.statut) == (code, champ, 422)
    assert (etats(piste), Journal.objects.count()) == ([], avant)


def test_a_joined_piste_sends_to_the_one_that_stands_for_it(espace, piste):
    racine = creer_piste(espace)
    actions.regrouper(espace=espace, par=None, pistes=[piste], dans=racine)
    with pytest.raises(Refus) as refus:
        decider(piste)
    assert (refus.value.code, refus.value.statut) == ("piste_jointe", 409)
    assert refus.value.message.endswith(f"Répondez à la n°\u00a0{racine.numero}.")


def test_a_correction_stands_in_place_of_what_it_corrects_and_both_are_read(espace, piste):
    fausse = decider(piste, "realisee", 2)
    actions.corriger_suite(suite=fausse, dite=dite("en_cours", 2), par=None)
    assert etats(piste) == [("realisee", False, False), ("en_cours", True, False)]
    (suivie,) = lectures.bilan(espace.consultation).suivies
    assert [suite.etat for suite in suivie.suites] == ["en_cours"]
    for acte in (
        lambda: actions.corriger_suite(suite=fausse, dite=dite(), par=None),
        lambda: actions.retirer_suite(suite=fausse, motif="Erreur", par=None),
    ):
        with pytest.raises(Refus) as refus:
            acte()
        assert (refus.value.code, refus.value.statut) == ("deja_corrigee", 409)
    assert len(etats(piste)) == 2


def test_an_answer_given_to_the_wrong_piste_is_withdrawn_with_a_reason(espace, piste):
    suite = decider(piste)
    with pytest.raises(Refus) as refus:
        actions.retirer_suite(suite=suite, motif=" ", par=None)
    assert refus.value.code == "motif_vide"
    actions.retirer_suite(suite=suite, motif="Elle répondait à la n° 2.", par=None)
    assert etats(piste) == [("retenue", False, True)]
    assert lectures.bilan(espace.consultation).suivies == []
    assert [s.motif_retrait for s in lectures.histoire_des_suites([piste.pk])] == ["Elle répondait à la n° 2."]


def test_the_board_counts_answers_delays_and_what_waits_too_long(espace):
    a, b, c, d, jamais = creer_pistes(espace, 5)
    publier(espace, [a, b, c], 100)
    publier(espace, [d], 40)
    decider(a, "retenue", 80)  # 20 days
    decider(a, "en_cours", 10)
    decider(d, "ecartee", 10)  # 30 days
    bilan = lectures.bilan(espace.consultation)
    assert [s.piste.numero for s in bilan.suivies] == [a.numero, b.numero, c.numero, d.numero]
    assert (bilan.repondues, bilan.delai_median) == (2, 25)
    assert [(s.piste.numero, s.attente) for s in bilan.en_retard] == [(b.numero, 100), (c.numero, 100)]
    assert bilan.par_etat == {
        "realisee": 0, "en_cours": 1, "retenue": 0, "confiee": 0, "ecartee": 1, "sans": 2,
    }  # fmt: skip
    assert [s.piste.numero for s in bilan.choisies()] == [d.numero, a.numero, b.numero, c.numero]
    assert [s.piste.numero for s in bilan.choisies("sans")] == [b.numero, c.numero]
    assert jamais.numero in [s.piste.numero for s in lectures.bilan(espace.consultation, toutes=True).suivies]


def test_joined_pistes_share_their_answers_and_the_first_day_they_were_published(espace):
    a, b = creer_pistes(espace, 2)
    publier(espace, [a], 100)
    publier(espace, [b], 50)
    decider(a, "retenue", 70)
    actions.regrouper(espace=espace, par=None, pistes=[a], dans=b)
    (suivie,) = lectures.bilan(espace.consultation).suivies
    assert (suivie.piste, suivie.delai, suivie.etat) == (b, 30, "retenue")


def test_nobody_answered_yet_and_nothing_published_yet(espace, piste):
    vide = lectures.bilan(espace.consultation)
    assert (vide.suivies, vide.delai_median, vide.en_retard) == ([], None, [])
    publier(espace, [piste], 90)
    assert lectures.bilan(espace.consultation).en_retard == []  # ninety days are not more than ninety


def test_the_board_costs_the_same_queries_whatever_it_holds(espace, django_assert_num_queries):
    for rang, piste in enumerate(creer_pistes(espace, 6)):
        publier(espace, [piste], 20)
        decider(piste, "retenue", rang)
    with django_assert_num_queries(5):
        lectures.bilan(espace.consultation)
