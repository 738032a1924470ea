"""A ranking by priority: an order of five pistes at most, counted by points; nobody gains by ranking fewer."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import actions, lectures
from consultation.decomptes import attendus, rangs
from consultation.erreurs import Refus
from consultation.lectures.coherence import incoherences
from consultation.models import Bulletin, Decompte, Proclamation, Scrutin, Voix
from tests import fabriques as f

pytestmark = pytest.mark.django_db
TROIS = [(1, 2, 3), (2, 1, 3), (3, 2, 1)]


@pytest.fixture
def espace():
    return f.creer_espace()


@pytest.fixture
def scrutin(espace):
    return f.creer_scrutin(espace, f.creer_pistes(espace, 4), mode="classement")


@pytest.fixture
def sonia(espace):
    return f.creer_participant(espace.consultation, prenom="Sonia")


def pistes(scrutin):
    return list(scrutin.pistes.order_by("numero"))


def classer(scrutin, qui, *places, **avec):
    """Put the pistes of a vote, in the order of their numbers, at these places; 0 ranks none."""
    choix = {piste.pk: place for piste, place in zip(pistes(scrutin), places, strict=False)}
    return actions.voter(scrutin=scrutin, participant=qui, choix=choix, **avec)


def valeurs_de(scrutin):
    return sorted(Voix.objects.filter(scrutin=scrutin).values_list("piste__numero", "valeur"))


def compte(scrutin):
    lus = Decompte.objects.filter(scrutin=scrutin, votants__gt=0)
    return {(d.piste_id, d.college_id, d.valeur): d.votants for d in lus}


def refuse(acte, *dits, **avec):
    with pytest.raises(Refus) as refus:
        acte(*dits, **avec)
    return refus.value.code, refus.value.statut


@pytest.mark.parametrize(
    ("places", "points"),
    [
        ({7: 1, 8: 2, 9: 3}, {7: 3, 8: 2, 9: 1}),
        ({7: 1, 8: 0, 9: 2}, {7: 2, 8: 0, 9: 1}),
        ({7: 5, 8: 2, 9: 0}, {7: 1, 8: 2, 9: 0}),
        ({7: 0}, {7: 0}),
        ({}, {}),
    ],
)
def test_the_last_one_ranked_gets_a_point_and_each_before_it_one_more(places, points):
    ordre = rangs.ecrire(places)
    assert {piste: rangs.points_de(valeur) for piste, valeur in ordre.items()} == points
    assert {valeur for valeur in ordre.values() if valeur} <= set(rangs.VALEURS)


def test_nobody_gains_by_ranking_fewer():
    """Whatever is left out, what one prefers leads each other one by as much, or by less."""
    for ordre in permutations(range(4)):
        entier = {p: rangs.points_de(v) for p, v in rangs.ecrire({p: 1 + ordre.index(p) for p in ordre}).items()}
        for combien in range(4):
            court = {p: 1 + rang if (rang := ordre.index(p)) < combien else 0 for p in ordre}
            points = {p: rangs.points_de(v) for p, v in rangs.ecrire(court).items()}
            for rang, devant in enumerate(ordre):
                assert all(points[devant] - points[p] <= entier[devant] - entier[p] for p in ordre[rang:])


def test_an_order_replaces_another_whole(scrutin, sonia):
    classer(scrutin, sonia, 1, 2, 3)
    assert valeurs_de(scrutin) == [(1, 31), (2, 32), (3, 33)]
    classer(scrutin, sonia, 0, 5, 0, 2)
    assert valeurs_de(scrutin) == [(2, 22), (4, 21)]
    classer(scrutin, sonia, 0, 0, 0, 0)
    assert (valeurs_de(scrutin), Bulletin.objects.count(), compte(scrutin)) == ([], 1, {})


@pytest.mark.parametrize(
    ("places", "refus"),
    [((1, 1), ("meme_place", 422)), ((6,), ("choix_invalide", 400)), ((1, 2, 9), ("choix_invalide", 400))],
)
def test_what_is_not_an_order_is_refused_and_the_one_before_stands(scrutin, sonia, places, refus):
    classer(scrutin, sonia, 2, 1)
    assert refuse(classer, scrutin, sonia, *places) == refus
    assert valeurs_de(scrutin) == [(1, 22), (2, 21)]


def test_the_order_made_last_counts_whole_in_whatever_order_two_devices_send(scrutin, sonia):
    ici, la = {"appareil": "ici", "ordre": 1000}, {"appareil": "la", "ordre": 2000}
    for envois in ([((1, 2), ici), ((0, 1, 2, 0), la)], [((0, 1, 2, 0), la), ((1, 2), ici)]):
        Voix.objects.all().delete()
        Bulletin.objects.all().delete()
        for places, avec in envois:
            classer(scrutin, sonia, *places, **avec)
        assert valeurs_de(scrutin) == [(2, 21), (3, 22)]


def test_another_device_is_told_that_its_order_stands_aside_and_nothing_of_the_other(scrutin, sonia):
    choix = [{piste.pk: 1} for piste in pistes(scrutin)]
    classer(scrutin, sonia, 0, 1, appareil="la", ordre=2000)
    envois = [
        actions.Envoi(scrutin, sonia, choix[rang], appareil=appareil, ordre=ordre)
        for rang, appareil, ordre in [(0, "ici", 1000), (0, "ici", 3000), (1, "la", 2500)]
    ]
    lus = [(recu.voix, recu.ailleurs) for recu in (actions.voter_ensemble([envoi])[0] for envoi in envois)]
    un = pistes(scrutin)[0].pk
    assert lus == [({}, True), ({un: 1}, False), ({}, True)]


def test_joined_pistes_keep_the_best_place_and_an_order_given_since_speaks_for_both(espace, scrutin, sonia):
    une, deux, trois, _quatre = pistes(scrutin)
    classer(scrutin, sonia, 3, 1, 2)
    geste = actions.regrouper(espace=espace, pistes=[deux], dans=une, par=None)
    assert compte(scrutin) == {(une.pk, sonia.college_id, 31): 1, (trois.pk, sonia.college_id, 32): 1}
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert compte(scrutin)[deux.pk, sonia.college_id, 31] == 1
    geste = actions.regrouper(espace=espace, pistes=[deux], dans=une, par=None)
    actions.voter(scrutin=scrutin, participant=sonia, choix={trois.pk: 1, une.pk: 2})
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert valeurs_de(scrutin) == [(une.numero, 22), (trois.numero, 21)]
    assert list(incoherences(espace.consultation)) == []


def test_a_piste_set_aside_leaves_the_points_of_the_others_as_they_were_given(scrutin, sonia):
    une, *_autres = pistes(scrutin)
    classer(scrutin, sonia, 1, 2)
    actions.ecarter_piste(piste=une, par=None)
    assert [(v % 10, v) for _n, v in valeurs_de(scrutin)] == [(1, 21), (2, 22)]
    actions.voter(scrutin=scrutin, participant=sonia, choix={pistes(scrutin)[2].pk: 1})
    assert valeurs_de(scrutin) == [(3, 11)]


def faire_classer(scrutin, signe, *ordres):
    return f.faire_repondre(
        scrutin, signe, [[*places, *[0] * (scrutin.pistes.count() - len(places))] for places in ordres]
    )


def clore(scrutin):
    return lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau


def test_at_the_closing_pistes_are_ranked_by_points_ties_said_and_colleges_told_by_first_places(scrutin):
    faire_classer(scrutin, "salaries", *[(1, 2, 3, 4)] * 6, *[(3, 1, 4, 2)] * 4)
    faire_classer(scrutin, "permanents", *[(0, 1, 0, 2)] * 5, *[(1, 0, 0, 2)] * 3, (0, 0, 0, 0))
    faire_classer(scrutin, "partenaires", *[(1, 0, 2)] * 6, *[(0, 1, 2)] * 6)
    tableau = clore(scrutin)
    assert [(x.piste.numero, x.points, x.total, [part.texte for part in x.parts]) for x in tableau.lignes] == [
        (2, "1re place, 56 points", "21 personnes sur 31", ["presque tous, sur 10", "non montré", "6 sur 12"]),
        (1, "2e place, 50 points", "15 personnes sur 31", ["non montré", "moins de 5, sur 9", "6 sur 12"]),
        (
            3,
            "3e place, 28 points",
            "12 personnes sur 31",
            ["moins de 5, sur 10", "moins de 5, sur 9", "presque tous, sur 12"],
        ),
        (
            4,
            "4e place, 26 points",
            "12 personnes sur 31",
            ["moins de 5, sur 10", "presque tous, sur 9", "moins de 5, sur 12"],
        ),
    ]


def test_the_rule_is_said_before_and_after_with_the_places_that_count(espace, scrutin):
    dit = (
        "Chaque personne classe 5 pistes au plus. La dernière classée reçoit 1 point, celle d’avant 2, "
        "et ainsi de suite jusqu’à la première. Les pistes sont rangées par points (compte de Borda). "
        "Une piste est retenue si au moins 50 % des personnes qui votent la mettent {}."
    )
    deux = f.creer_scrutin(espace, f.creer_pistes(espace, 2), mode="classement")
    pas_ouvert = f.creer_scrutin(espace, [], ouvert=False, mode="classement")
    dites = [lectures.regle_du_scrutin(s).replace("\u202f", " ") for s in (scrutin, deux, pas_ouvert)]
    assert dites == [dit.format(p) for p in ("parmi leurs 2 premières", "en premier", "parmi leurs premières")]
    faire_classer(scrutin, "salaries", *[(1, 2)] * 5)
    assert clore(scrutin).regle.replace("\u202f", " ") == dites[0][dites[0].index("Les pistes") :]


def test_equal_points_are_one_place_said_in_words(scrutin):
    faire_classer(scrutin, "salaries", *[(1, 2, 3)] * 3, *[(2, 1, 3)] * 3, *[(0, 0, 1, 2)] * 3)
    lignes = clore(scrutin).lignes
    assert [(x.piste.numero, x.place, x.points) for x in lignes] == [
        (1, 1, "1re place à égalité, 15 points"),
        (2, 1, "1re place à égalité, 15 points"),
        (3, 3, "3e place, 12 points"),
        (4, 4, "4e place, 3 points"),
    ]


def test_points_that_would_say_what_each_gave_are_not_told_but_the_place_is(scrutin):
    faire_classer(scrutin, "salaries", *[(1, 2, 3)] * 6, *[(1, 3, 2)] * 5, (0, 1, 2))
    assert [(x.piste.numero, x.points, x.total) for x in clore(scrutin).lignes] == [
        (1, "1re place", "Presque tout le monde, sur 12"),
        (2, "2e place", "7 personnes sur 12"),
        (3, "3e place", "6 personnes sur 12"),
        (4, "4e place", "Presque personne, sur 12"),
    ]


def test_where_orders_are_not_all_as_long_only_the_points_that_would_tell_are_kept(scrutin):
    faire_classer(scrutin, "salaries", *[(1, 2, 3)] * 6, *[(1, 3, 2)] * 4, (1, 2), (1, 2))
    assert [(x.piste.numero, x.points) for x in clore(scrutin).lignes] == [
        (1, "1re place"), (2, "2e place, 18 points"), (3, "3e place, 14 points"), (4, "4e place"),
    ]  # fmt: skip


def test_people_alike_on_a_place_that_is_not_told_hide_the_points_too(espace):
    """All gave the first piste one point: alone on a ballot, or the last of three."""
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 4), mode="classement")
    faire_classer(scrutin, "salaries", *[(1,)] * 6, *[(3, 1, 2)] * 6)
    table = Proclamation.objects.get(scrutin=actions.clore_scrutin(scrutin=scrutin, par=None)).tableau
    assert [(x["forme"], x["points"], x["place"]) for x in table["pistes"].values()] == [
        ("exact", None, 2), ("exact", 18, 1), ("exact", 12, 2), ("peu", None, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(("n", "code"), [(1, "trop_peu_de_pistes"), (19, "trop_de_pistes")])
def test_an_order_is_made_at_one_go_of_two_pistes_at_least(espace, n, code):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, n), ouvert=False, mode="classement")
    assert refuse(actions.ouvrir_scrutin, scrutin=scrutin, par=None) == (code, 422)
    assert Scrutin.objects.get(pk=scrutin.pk).etat == "prepare"


def test_a_secret_ranking_publishes_the_same(espace):
    listes, tables = f.creer_pistes(espace, 3), []
    for secret in (False, True):
        scrutin = f.creer_scrutin(espace, listes, mode="classement", secret=secret)
        faire_classer(scrutin, "salaries", *TROIS * 3, (0, 2, 5))
        faire_classer(scrutin, "permanents", *TROIS * 3)
        actions.clore_scrutin(scrutin=scrutin, par=None)
        tables.append(Proclamation.objects.get(scrutin=scrutin).tableau)
    assert tables[1]["reglages"].pop("secret") is True
    assert tables[0] == tables[1]
    assert [x["place"] for x in tables[0]["pistes"].values()] == [2, 1, 3]


def test_a_second_round_ranks_again_and_tells_the_first(scrutin):
    faire_classer(scrutin, "salaries", *[(1, 2)] * 6, *[(0, 2, 1)] * 4)
    clore(scrutin)
    second = actions.ouvrir_scrutin(scrutin=actions.preparer_second_tour(scrutin=scrutin, par=None), par=None)
    faire_classer(second, "salaries", *[(2, 1)] * 6, *[(0, 0, 1)] * 4)
    assert (second.mode, second.places) == ("classement", 2)
    assert [(x.piste.numero, x.points, x.avant) for x in clore(second).lignes][:2] == [
        (2, "1re place, 12 points", ""),
        (1, "2e place, 6 points", "Au premier tour\u202f: 6 sur 10."),
    ]


def test_what_is_not_an_order_is_found_by_the_check(scrutin, sonia):
    classer(scrutin, sonia, 1, 2)
    voix = Voix.objects.order_by("pk").last()
    for valeur, dits in [(21, 1), (12, 2), (32, 1)]:
        Voix.objects.filter(pk=voix.pk).update(valeur=valeur)
        lues = [ligne for ligne in incoherences(scrutin.consultation) if "décompte" not in ligne]
        assert len([x for x in lues if "ordre" in x or "vaut" in x]) == dits


ACTES = st.lists(st.tuples(st.integers(0, 2), st.permutations([0, 1, 2, 3]), st.integers(0, 4)), max_size=6)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTES, st.integers(0, 8))
def test_in_any_order_of_acts_the_tally_equals_a_recount(espace, actes, quand):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 4), mode="classement")
    gens, listes = f.creer_participants(espace.consultation, 3), pistes(scrutin)
    geste = None
    for rang, (qui, ordre, combien) in enumerate(actes):
        if rang == quand:
            geste = actions.regrouper(espace=espace, pistes=[listes[3]], dans=listes[0], par=None)
        choix = {listes[p].pk: 1 + place for place, p in enumerate(ordre[:combien]) if geste is None or p != 3}
        actions.voter(scrutin=scrutin, participant=gens[qui], choix=choix)
    for defait in (False, True):
        if defait and geste:
            actions.defaire_regroupement(regroupement=geste, par=None)
        assert compte(scrutin) == dict(attendus(scrutin))
        ordres = Counter(Voix.objects.filter(scrutin=scrutin).values_list("participant", "valeur"))
        assert set(ordres.values()) <= {1}
