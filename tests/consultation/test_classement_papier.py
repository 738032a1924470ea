"""A ranking on paper: the numbers of the pistes, from the first place on, count as an order made on a phone."""

import pytest

from consultation import actions, lectures
from consultation.decomptes import attendus
from consultation.erreurs import Refus
from consultation.models import Decompte, Participant, Proclamation, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def ranger(espace, pistes):
    """An open ranking of these pistes, of which ten sheets are printed."""
    scrutin = f.creer_scrutin(espace, pistes, mode="classement")
    actions.preparer_bulletins(scrutin=scrutin, nombre=10, par=None)
    return scrutin


@pytest.fixture
def scrutin(espace):
    return ranger(espace, f.creer_pistes(espace, 7))


def saisir(scrutin, saisie):
    return actions.saisir_bulletin(scrutin=scrutin, saisie=saisie, par=None)


def valeurs(papier):
    siennes = Voix.objects.filter(participant=papier.bulletin.participant)
    return dict(siennes.values_list("piste__numero", "valeur"))


@pytest.mark.parametrize("saisie", ["1a 7 3 5", "1a 7, 3;5", "1A:7 > 3 > 5", "1a  7 3 5 "])
def test_what_is_typed_first_comes_first(scrutin, saisie):
    assert valeurs(saisir(scrutin, saisie)) == {7: 31, 3: 32, 5: 33}


def test_the_same_orders_on_phones_and_on_paper_publish_the_same(espace):
    tables, listes = [], f.creer_pistes(espace, 4)
    ordres = [(0, 1, 2)] * 6 + [(2, 0)] * 5 + [(3,)] * 2
    for sur_papier in (False, True):
        scrutin = f.creer_scrutin(espace, listes, mode="classement")
        actions.preparer_bulletins(scrutin=scrutin, nombre=20, par=None)
        for n, ordre in enumerate(ordres, 1):
            if sur_papier:
                saisir(scrutin, f"{n}a " + " ".join(str(listes[rang].numero) for rang in ordre))
                continue
            choix = {listes[rang].pk: place for place, rang in enumerate(ordre, 1)}
            qui = f.creer_participant(espace.consultation, "salaries")
            actions.voter(scrutin=scrutin, participant=qui, choix=choix)
        compte = Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
        assert {(d.piste_id, d.college_id, d.valeur): d.votants for d in compte} == attendus(scrutin)
        actions.clore_scrutin(scrutin=scrutin, par=None)
        tables.append(Proclamation.objects.get(scrutin=scrutin).tableau["pistes"])
    assert tables[0] == tables[1]


def test_of_two_pistes_joined_since_the_printing_the_best_place_is_kept(espace):
    listes = f.creer_pistes(espace, 4)
    scrutin = ranger(espace, listes)
    actions.regrouper(espace=espace, pistes=[listes[3]], dans=listes[0], par=None)
    assert valeurs(saisir(scrutin, "1a 2 4 1 3")) == {2: 31, 1: 32, 3: 33}


@pytest.mark.parametrize(
    ("saisie", "code", "dit"),
    [
        ("1a 7 3 7", "bulletin_illisible",
         "La piste n°\u00a07 est tapée deux fois. Relisez le bulletin, et gardez sa première place."),
        ("1a 1 2 3 4 5 6", "trop_de_places",
         "On classe 5 pistes au plus. Relisez le bulletin, et tapez les 5 premières."),
        ("1a 7x2", "bulletin_illisible",
         "«\u202f7x2\u202f» ne se lit pas. Tapez les numéros des pistes, la première d’abord\u202f: 7 3 9."),
        ("1a 7 9", "piste_inconnue",
         "La piste n°\u00a09 n’est pas dans ce vote. Relisez le numéro, ou ne la tapez pas."),
    ],
)  # fmt: skip
def test_what_is_no_order_is_said_and_leaves_nothing(scrutin, saisie, code, dit):
    with pytest.raises(Refus) as refus:
        saisir(scrutin, saisie)
    assert (refus.value.code, refus.value.statut, refus.value.message) == (code, 422, dit)
    assert not Participant.objects.filter(origine="bulletin").exists()


def test_the_desk_reads_a_sheet_again_in_its_order(scrutin):
    saisir(scrutin, "1a 7 3 5")
    (lu,) = lectures.depouillement_sur_papier(scrutin, lectures.pistes_a_imprimer(scrutin)).dernieres
    assert lu.choix == [(7, 1), (3, 2), (5, 3)]


def test_a_secret_ranking_stays_on_phones(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 3), mode="classement", secret=True)
    assert lectures.pas_sur_papier(scrutin).startswith("Ce vote est secret")
