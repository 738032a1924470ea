"""Consent: nobody has a reasoned objection; the group answers, and the author alone lifts."""

import pytest

from consultation import actions, lectures
from consultation.erreurs import Refus
from consultation.models import Journal, Objection, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db
RAISON = "À deux sur le même poste, on n’a pas assez de machines."


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def scrutin(espace):
    return f.creer_scrutin(espace, mode="consent")


@pytest.fixture
def sonia(espace):
    return f.creer_participant(espace.consultation)


def objecter(scrutin, qui, raison=RAISON, **champs):
    piste = scrutin.pistes.order_by("numero").first()
    return actions.objecter(scrutin=scrutin, participant=qui, piste_id=piste.pk, raison=raison, **champs)


def verdicts(scrutin):
    tableau = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    return [(x.piste.numero, x.verdict.cle, x.verdict.motif, x.total) for x in tableau.lignes]


def test_a_piste_passes_when_nobody_objects_and_is_discussed_again_when_someone_does(scrutin, sonia):
    f.faire_repondre(scrutin, "salaries", [[4, 4]] * 6 + [[4, 0]] * 2)
    objecter(scrutin, sonia)
    assert sorted(verdicts(scrutin)) == [
        (1, "a_rediscuter", "1 objection tient", "8 personnes consentent, 1 objection"),
        (2, "retenue", "Aucune objection", "6 personnes consentent, aucune objection"),
    ]


def test_its_author_lifts_it_by_consenting_and_nobody_else_does(scrutin, sonia):
    f.faire_repondre(scrutin, "salaries", [[4, 4]] * 6)
    objection = objecter(scrutin, sonia)
    actions.repondre_objection(objection=objection, reponse="On commence par les postes sans machine.", par=None)
    [lue] = lectures.objections(scrutin)
    assert (lue.tient, lue.raison, lue.reponse) == (True, RAISON, "On commence par les postes sans machine.")
    actions.voter(scrutin=scrutin, participant=sonia, choix={lue.piste: Voix.CONSENT})
    assert [o.tient for o in lectures.objections(scrutin)] == [False]
    assert min(verdicts(scrutin)) == (1, "retenue", "Aucune objection", "7 personnes consentent, aucune objection")


@pytest.mark.parametrize(
    ("raison", "code"), [("", "raison_vide"), (" \u200b ", "raison_vide"), ("x" * 501, "raison_longue")]
)
def test_an_objection_without_a_reason_leaves_no_trace(scrutin, sonia, raison, code):
    with pytest.raises(Refus) as refus:
        objecter(scrutin, sonia, raison)
    assert (refus.value.code, refus.value.champ, refus.value.statut) == (code, "raison", 422)
    assert (Objection.objects.count(), Voix.objects.count()) == (0, 0)


def test_a_plain_ballot_cannot_hold_an_objection_nor_another_degree(scrutin, sonia):
    piste = scrutin.pistes.first()
    codes = []
    for valeur in (1, 2, 3, 5):
        with pytest.raises(Refus) as refus:
            actions.voter(scrutin=scrutin, participant=sonia, choix={piste.pk: valeur})
        codes.append(refus.value.code)
    assert codes == ["raison_vide", "choix_invalide", "choix_invalide", "choix_invalide"]


def test_other_ways_of_voting_take_no_objection(espace, sonia):
    with pytest.raises(Refus) as refus:
        objecter(f.creer_scrutin(espace, mode="adhesion"), sonia)
    assert (refus.value.code, Objection.objects.count()) == ("sans_objection", 0)


def test_other_words_wait_for_an_answer_anew(scrutin, sonia):
    actions.repondre_objection(objection=objecter(scrutin, sonia), reponse="Oui.", par=None)
    objecter(scrutin, sonia)
    assert Objection.objects.get().reponse == "Oui."
    objecter(scrutin, sonia, "Une autre raison.")
    assert [(o.raison, o.reponse) for o in lectures.objections(scrutin)] == [("Une autre raison.", "")]


def test_one_s_own_objection_is_told_to_the_device_that_wrote_it_and_to_no_other(scrutin, sonia):
    objecter(scrutin, sonia, appareil="le sien")
    assert [o.raison for o in lectures.objections(scrutin, sonia, "le sien")] == [RAISON]
    assert lectures.objections(scrutin, sonia, "un autre") == []
    assert lectures.dossier(sonia, "le sien")["objections"] == [{"piste": 1, "raison": RAISON, "reponse": ""}]
    assert lectures.dossier(sonia)["objections"] == []


def test_the_journal_says_that_someone_voted_not_that_they_objected(scrutin, sonia):
    objecter(scrutin, sonia)
    entrees = Journal.objects.filter(participant=sonia.pk).order_by("pk")
    assert list(entrees.values_list("verbe", "details")) == [
        ("inscrire", entrees[0].details),
        ("voter", {}),
    ]


def test_forgetting_its_author_takes_the_words_and_leaves_the_count(scrutin, sonia):
    f.faire_repondre(scrutin, "salaries", [[4, 4]] * 6)
    objection = objecter(scrutin, sonia)
    actions.effacer_participant(participant=sonia)
    [lue] = lectures.objections(scrutin)
    assert (lue.raison, lue.tient, Objection.objects.get().pk < 0) == ("", True, True)
    assert objection.pk != lue.id
    assert min(verdicts(scrutin))[1:3] == ("a_rediscuter", "1 objection tient")


def test_an_objection_follows_its_piste_when_it_is_joined(scrutin, espace, sonia):
    objecter(scrutin, sonia)
    actions.regrouper(espace=espace, par=None, pistes=list(scrutin.pistes.all()), texte="Les deux")
    assert [o.tient for o in lectures.objections(scrutin)] == [True]


def test_the_rule_is_said_before_and_nothing_is_told_by_college(scrutin):
    assert lectures.regle_du_scrutin(scrutin) == (
        "Une piste est retenue si personne ne garde d’objection, c’est-à-dire une raison précise, à laquelle "
        "le groupe répond, et que seule la personne qui l’a écrite peut lever."
    )
    for signe in ("salaries", "permanents"):
        f.faire_repondre(scrutin, signe, [[4, 4]] * 8)
    tableau = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    assert [(x.parts, x.sans_detail, x.longueur) for x in tableau.lignes] == [((), "", 100)] * 2
    assert (tableau.accord, tableau.repere, tableau.retenues) == (None, None, 2)
