"""A secret ballot: one signs, and puts in a box what nobody can join to a signature any more."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import actions, lectures
from consultation.decomptes import scelles
from consultation.erreurs import Refus
from consultation.lectures.coherence import incoherences
from consultation.lectures.emargement import Compte
from consultation.models import Bulletin, Decompte, Journal, Proclamation, UrneScellee, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def scrutin(espace):
    return f.creer_scrutin(espace, secret=True)


@pytest.fixture
def sonia(espace):
    return f.creer_participant(espace.consultation, prenom="Sonia")


def piste(scrutin, rang=0):
    return scrutin.pistes.order_by("numero")[rang]


def refuse(acte, **avec):
    with pytest.raises(Refus) as refus:
        acte(**avec)
    return refus.value.code, refus.value.statut


def dans_l_urne(scrutin):
    urne = scelles.urne_de(scrutin)
    return {
        "bulletins": {c: n for c, n in urne.bulletins.items() if n},
        "exprimes": {c: n for c, n in urne.exprimes.items() if n},
        "choix": {cle: n for cle, n in urne.choix.items() if n},
    }


def test_a_ballot_leaves_a_signature_and_counts_and_no_row_of_its_own(scrutin, sonia):
    bulletin = actions.voter(scrutin=scrutin, participant=sonia, choix={piste(scrutin).pk: 2}, cle="a:b")
    une = (piste(scrutin).pk, sonia.college_id, 2)
    assert dans_l_urne(scrutin) == {
        "bulletins": {sonia.college_id: 1}, "exprimes": {sonia.college_id: 1}, "choix": {une: 1},
    }  # fmt: skip
    assert (Voix.objects.count(), Decompte.objects.count()) == (0, 0)
    assert (Bulletin.objects.get(), bulletin.ordres, bulletin.college_id) == (bulletin, {}, sonia.college_id)
    assert list(Journal.objects.filter(verbe="voter").values_list("participant_id", "details")) == [(sonia.pk, {})]


def test_sent_again_it_is_in_already_and_another_is_refused_whatever_it_holds(scrutin, sonia):
    envoi = {"scrutin": scrutin, "participant": sonia}
    une, deux = piste(scrutin).pk, piste(scrutin, 1).pk
    signe = actions.voter(**envoi, choix={une: 2}, cle="a")
    avant = dans_l_urne(scrutin)
    assert actions.voter(**envoi, choix={une: 2}, cle="a") == signe
    assert refuse(actions.voter, **envoi, choix={deux: 1}, cle="b") == ("deja_vote", 409)
    assert refuse(actions.voter, **envoi, choix={une: 2}) == ("deja_vote", 409)
    assert (dans_l_urne(scrutin), Bulletin.objects.count()) == (avant, 1)
    actions.clore_scrutin(scrutin=scrutin, par=None)
    recu = {"scrutin_id": scrutin.pk, "participant": sonia, "choix": {une: 2}}
    assert actions.deja_recu(**recu, cle="a") == signe
    assert [actions.deja_recu(**recu, cle=autre) for autre in ("b", "")] == [None, None]


def test_two_sent_together_by_one_person_count_once(scrutin, sonia):
    envois = [
        actions.Envoi(scrutin, sonia, {piste(scrutin).pk: n}, cle=cle) for n, cle in [(2, "a"), (2, "a"), (1, "b")]
    ]
    un, encore, autre = actions.voter_ensemble(envois)
    assert (un.bulletin.pk, autre.code) == (encore.bulletin.pk, "deja_vote")
    assert dans_l_urne(scrutin)["choix"] == {(piste(scrutin).pk, sonia.college_id, 2): 1}


@pytest.mark.parametrize(
    ("mode", "valeurs", "code"),
    [
        ("gommettes", (2, 2), "trop_de_gommettes"),
        ("gommettes", (4, 0), "trop_de_gommettes"),
        ("adhesion", (5, 1), "choix_invalide"),
    ],
)
def test_what_cannot_be_counted_is_refused_and_not_signed_for(espace, sonia, mode, valeurs, code):
    scrutin = f.creer_scrutin(espace, mode=mode, secret=True)
    choix = {piste(scrutin, rang).pk: valeur for rang, valeur in enumerate(valeurs)}
    assert refuse(actions.voter, scrutin=scrutin, participant=sonia, choix=choix)[0] == code
    ailleurs = {f.creer_piste(espace).pk: 1}
    assert refuse(actions.voter, scrutin=scrutin, participant=sonia, choix=ailleurs) == ("piste_inconnue", 422)
    assert (Bulletin.objects.count(), dans_l_urne(scrutin)["bulletins"]) == (0, {})


def test_at_the_closing_the_same_is_published_as_of_another_vote_and_the_box_is_emptied(espace):
    tables = []
    pistes = f.creer_pistes(espace, 3)
    for secret in (False, True):
        scrutin = f.creer_scrutin(espace, pistes, secret=secret, gommettes=4)
        f.faire_voter(scrutin, "salaries", 9, {pistes[0]: 2, pistes[1]: 1})
        f.faire_voter(scrutin, "permanents", 8, {pistes[1]: 3})
        f.faire_voter(scrutin, "permanents", 2, {})
        f.faire_voter(scrutin, "partenaires", 3, {pistes[2]: 1})
        actions.clore_scrutin(scrutin=scrutin, par=None)
        tables.append(Proclamation.objects.get(scrutin=scrutin).tableau)
    ouverte, secrete = tables
    assert secrete["reglages"].pop("secret") is True
    assert secrete == ouverte
    assert (UrneScellee.objects.count(), Decompte.objects.filter(scrutin=scrutin).count()) == (0, 0)
    assert list(incoherences(espace.consultation)) == []


def test_a_vote_of_one_degree_is_dressed_and_says_before_and_after_that_it_is_secret(espace):
    scrutin = f.creer_scrutin(espace, mode="adhesion", secret=True)
    avant = lectures.regle_du_scrutin(scrutin)
    f.faire_repondre(scrutin, "salaries", [[4, 1]] * 5 + [[3, 2]] * 2 + [[1, 4]] * 3)
    tableau = lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    assert [(x.piste.numero, x.total, x.verdict.cle) for x in tableau.lignes] == [
        (1, "7 personnes sur 10", "retenue"),
        (2, "3 personnes sur 10", "en_memoire"),
    ]
    assert (tableau.regle, avant) == (
        "Une piste est retenue si au moins 50\u202f% des personnes qui répondent sont d’accord. "
        "Le vote est secret\u202f: on sait qui a voté, personne ne sait qui a choisi quoi.",
    ) * 2


@pytest.mark.parametrize(("reglages", "champ"), [({"mode": "consent"}, "secret")])
def test_an_objection_is_read_aloud_so_consent_is_never_secret(espace, reglages, champ):
    with pytest.raises(Refus) as refus:
        actions.preparer_scrutin(espace=espace, titre="Vote", secret=True, par=None, **reglages)
    assert (refus.value.code, refus.value.champ) == ("reglage", champ)


def test_more_pistes_than_one_screen_holds_are_not_put_to_a_secret_ballot(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 19), ouvert=False, secret=True)
    assert refuse(actions.ouvrir_scrutin, scrutin=scrutin, par=None) == ("trop_de_pistes", 422)
    scrutin.refresh_from_db()
    assert (scrutin.etat, UrneScellee.objects.count()) == ("prepare", 0)


def test_what_is_put_to_an_open_secret_ballot_is_neither_joined_nor_set_aside(espace, sonia):
    dehors, dessous, une, deux = f.creer_pistes(espace, 4)
    geste = actions.regrouper(espace=espace, pistes=[dessous], dans=une, par=None)
    scrutin = f.creer_scrutin(espace, [une, deux], secret=True)
    autre = actions.regrouper(espace=espace, pistes=[dehors, f.creer_piste(espace)], par=None)
    actes = [
        (actions.regrouper, {"espace": espace, "pistes": [une], "dans": deux}),
        (actions.regrouper, {"espace": espace, "pistes": [autre.piste], "dans": deux}),
        (actions.defaire_regroupement, {"regroupement": geste}),
        (actions.ecarter_piste, {"piste": une}),
    ]
    attendu = [("vote_secret_en_cours", 409)] * 4
    assert [refuse(acte, par=None, **quoi) for acte, quoi in actes] == attendu
    actions.clore_scrutin(scrutin=scrutin, par=None)
    actions.ecarter_piste(piste=une, par=None)


def test_another_college_or_an_erasure_leave_as_many_ballots_as_signatures(scrutin, espace, sonia):
    f.faire_voter(scrutin, "salaries", 5, {piste(scrutin): 1})
    f.faire_voter(scrutin, "permanents", 1, {piste(scrutin): 3})
    actions.voter(scrutin=scrutin, participant=sonia, choix={piste(scrutin).pk: 1})
    actions.changer_college(participant=sonia, college=f.college(espace.consultation, "permanents"), par=None)
    actions.effacer_participant(participant=sonia)
    assert list(incoherences(espace.consultation)) == []
    assert [(x.college.signe, len(x.prenoms), x.effaces) for x in lectures.emargement(scrutin)] == [
        ("salaries", 5, 1),
        ("permanents", 1, 0),
    ]
    assert lectures.compte_des_bulletins(scrutin) == Compte(7, 7)


def test_the_sheet_says_who_signed_and_not_who_came_after_whom(scrutin, espace):
    for prenom in ("Mo", "Ève", "Zoé", "Ali"):
        personne = f.creer_participant(espace.consultation, prenom=prenom)
        actions.voter(scrutin=scrutin, participant=personne, choix={piste(scrutin).pk: 1})
    assert [x.prenoms for x in lectures.emargement(scrutin)] == [["Ali", "Ève", "Mo", "Zoé"]]


def test_a_ballot_that_is_missing_from_the_box_or_the_sheet_is_found(scrutin, espace):
    f.faire_voter(scrutin, "salaries", 3, {piste(scrutin): 1})
    college = f.college(espace.consultation).pk
    Bulletin.objects.first().delete()
    assert list(incoherences(espace.consultation)) == [
        f"scrutin {scrutin.pk}, collège {college} : 2 signatures, 3 bulletins"
    ]
    assert lectures.compte_des_bulletins(scrutin).juste is False


@pytest.mark.parametrize("votants", [1, 9])
def test_the_sheet_and_the_count_are_read_in_as_many_queries_whoever_voted(
    scrutin, votants, django_assert_num_queries
):
    f.faire_voter(scrutin, "salaries", votants, {piste(scrutin): 1})
    with django_assert_num_queries(4):
        lues = lectures.compte_des_bulletins(scrutin), [len(x.prenoms) for x in lectures.emargement(scrutin)]
    assert lues == (Compte(votants, votants), [votants])


def test_a_screen_that_read_the_vote_before_its_closing_counts_all_the_same(scrutin):
    f.faire_voter(scrutin, "salaries", 2, {piste(scrutin): 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert (scrutin.etat, lectures.compte_des_bulletins(scrutin)) == ("ouvert", Compte(2, 2))


def test_a_second_round_is_secret_too(espace):
    scrutin = f.creer_scrutin(espace, secret=True)
    f.faire_voter(scrutin, "salaries", 6, {piste(scrutin): 1})
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert actions.preparer_second_tour(scrutin=scrutin, par=None).secret is True


def test_no_map_is_drawn_of_what_nobody_holds(espace):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 8), mode="adhesion", secret=True)
    f.faire_repondre(scrutin, "salaries", [[4] * 8] * 5)
    scrutin = actions.clore_scrutin(scrutin=scrutin, par=None)
    assert refuse(actions.dessiner_opinions, scrutin=scrutin, par=None) == ("pas_de_carte", 422)


def test_another_key_of_the_site_opens_the_box_as_long_as_the_old_one_is_known(scrutin, sonia, settings):
    f.faire_voter(scrutin, "salaries", 1, {piste(scrutin): 1})
    ancienne, settings.SECRET_KEY = settings.SECRET_KEY, "une autre clé" * 5
    envoi = {"scrutin": scrutin, "participant": sonia, "choix": {piste(scrutin).pk: 1}}
    for acte, avec in [(actions.voter, envoi), (actions.clore_scrutin, {"scrutin": scrutin, "par": None})]:
        with pytest.raises(Refus, match="urne_illisible"), transaction.atomic():
            acte(**avec)
    assert lectures.compte_des_bulletins(scrutin) == Compte(1, 0)
    assert next(incoherences(scrutin.consultation)).endswith("Prévenez la personne qui tient le site.")
    settings.SECRET_KEY_FALLBACKS = [ancienne]
    actions.voter(**envoi)
    assert dans_l_urne(scrutin)["bulletins"] == {sonia.college_id: 2}


def test_what_is_kept_of_the_box_says_nothing_without_the_key_not_even_by_its_length(settings):
    vide = scelles.Urne.vide([1, 2], [7, 8], range(1, 4))
    pleine = scelles.Urne(*(Counter(dict.fromkeys(comptes, 4321)) for comptes in vars(vide).values()))
    gardees = [scelles.sceller(5, urne) for urne in (vide, vide, pleine)]
    assert (len(set(gardees)), len({len(gardee) for gardee in gardees})) == (3, 1)
    assert [scelles.desceller(5, gardee) for gardee in gardees] == [vide, vide, pleine]
    settings.SECRET_KEY = "la clé de quelqu’un d’autre" * 3
    for scrutin_id in (5, 6):
        with pytest.raises(Refus, match="urne_illisible"):
            scelles.desceller(scrutin_id, gardees[0])


en_base = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@en_base
@given(
    envois=st.lists(
        st.tuples(st.integers(0, 4), st.tuples(st.integers(0, 3), st.integers(0, 3)), st.sampled_from("abc")),
        max_size=12,
    ),
    lots=st.integers(1, 4),
)
def test_in_any_order_and_lots_the_box_holds_a_recount_of_the_first_ballot_of_each(envois, lots):
    with transaction.atomic():
        espace = f.creer_espace()
        pistes = f.creer_pistes(espace, 2)
        gens = [f.creer_participant(espace.consultation, s) for s in ("salaries", "permanents") for _ in range(3)]
        scrutin = f.creer_scrutin(espace, pistes, secret=True)
        premiers = {}
        for debut in range(0, len(envois), lots):
            lot = envois[debut : debut + lots]
            actions.voter_ensemble(
                [
                    actions.Envoi(scrutin, gens[qui], {p.pk: n for p, n in zip(pistes, choix, strict=True)}, cle)
                    for qui, choix, cle in lot
                ]
            )
            for qui, choix, _cle in lot:
                if sum(choix) <= 3:
                    premiers.setdefault(qui, choix)
        recompte = Counter(
            (piste.pk, gens[qui].college_id, n)
            for qui, choix in premiers.items()
            for piste, n in zip(pistes, choix, strict=True)
            if n
        )
        assert dans_l_urne(scrutin)["choix"] == recompte
        assert list(incoherences(espace.consultation)) == []
        transaction.set_rollback(True)
