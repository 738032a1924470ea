"""Many ballots in one transaction: each judged by the same rules, and none sinking the others."""

from dataclasses import replace

import pytest

from consultation import actions
from consultation.decomptes import attendus
from consultation.erreurs import Refus
from consultation.models import Bulletin, Decompte, Journal, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def scrutin():
    return f.creer_scrutin(f.creer_espace())


def envoi(scrutin, participant, choix, **suite):
    return actions.Envoi.lire(scrutin=scrutin, participant=participant, choix=choix, **suite)


def rendre(envois):
    """What each gets: "ok", or the code of its refusal."""
    rendus = actions.voter_ensemble(envois)
    return [rendu.code if isinstance(rendu, Refus) else "ok" for rendu in rendus]


def decompte_juste(scrutin):
    lignes = Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
    return {(d.piste_id, d.college_id, d.valeur): d.votants for d in lignes} == dict(attendus(scrutin))


def test_each_ballot_gets_its_own_answer_in_its_place(scrutin):
    une, deux = scrutin.pistes.all()
    ailleurs = f.creer_participant(f.creer_consultation())
    gens = f.creer_participants(scrutin.consultation, 3)
    assert rendre(
        [
            envoi(scrutin, gens[0], {une.pk: 2}),
            envoi(scrutin, gens[1], {une.pk: 9}),
            envoi(scrutin, ailleurs, {une.pk: 1}),
            envoi(scrutin, gens[2], {une.pk: 1, deux.pk: 1}),
        ]
    ) == ["ok", "trop_de_gommettes", "interdit", "ok"]
    assert set(Bulletin.objects.values_list("participant", flat=True)) == {gens[0].pk, gens[2].pk}
    assert decompte_juste(scrutin)


def test_every_ballot_kept_has_its_journal_entry_and_a_refused_one_none(scrutin):
    (une, _deux), gens = scrutin.pistes.all(), f.creer_participants(scrutin.consultation, 2)
    rendre([envoi(scrutin, gens[0], {une.pk: 1}), envoi(scrutin, gens[1], {une.pk: 9})])
    entrees = Journal.objects.filter(verbe="voter").values_list("participant_id", "objet_id", "details")
    assert list(entrees) == [(gens[0].pk, scrutin.pk, {})]


def test_one_person_twice_in_a_lot_is_judged_on_what_they_had_just_written(scrutin):
    une, deux = scrutin.pistes.all()
    elle = f.creer_participant(scrutin.consultation)
    assert rendre(
        [
            envoi(scrutin, elle, {une.pk: 2}, cle="a"),
            envoi(scrutin, elle, {deux.pk: 2}, cle="b"),
            envoi(scrutin, elle, {deux.pk: 1}, cle="c"),
            envoi(scrutin, elle, {deux.pk: 1}, cle="c"),
        ]
    ) == ["ok", "trop_de_gommettes", "ok", "ok"]
    assert dict(Voix.objects.values_list("piste", "valeur")) == {une.pk: 2, deux.pk: 1}
    assert (Journal.objects.filter(verbe="voter").count(), decompte_juste(scrutin)) == (2, True)


def test_several_votes_at_once_each_keep_their_own(scrutin):
    autre = f.creer_scrutin(f.creer_espace())
    envois = [
        envoi(s, personne, {s.pistes.first().pk: 1})
        for s in (autre, scrutin, autre)
        for personne in f.creer_participants(s.consultation, 2)
    ]
    assert rendre(envois) == ["ok"] * 6
    assert (scrutin.bulletins.count(), autre.bulletins.count()) == (2, 4)
    assert (decompte_juste(scrutin), decompte_juste(autre)) == (True, True)


@pytest.mark.parametrize("n", [1, 40])
def test_a_lot_costs_as_many_queries_for_one_as_for_forty(scrutin, n, django_assert_num_queries):
    une, deux = scrutin.pistes.all()
    envois = [envoi(scrutin, p, {une.pk: 1, deux.pk: 2}) for p in f.creer_participants(scrutin.consultation, n)]
    # The scrutin, ballots, the pistes they name, then what is written: ballots, votes, journal, tally; last, which
    # room to tell.
    with django_assert_num_queries(8):
        assert rendre(envois) == ["ok"] * n


def test_a_refusal_is_said_in_the_language_of_who_sent_it(scrutin):
    personne = f.creer_participant(scrutin.consultation)
    faux = envoi(scrutin, personne, {scrutin.pistes.first().pk: 9})
    dits = actions.voter_ensemble([faux, replace(faux, langue="en")])
    assert [str(refus.message) for refus in dits] == [
        "Vous avez 3 gommettes. Vous en avez posé 9. Retirez-en.",
        "You have 3 dots. You have placed 9. Take some off.",
    ]
