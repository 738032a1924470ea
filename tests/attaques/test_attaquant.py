"""Ten thousand rooms are attacked and nothing is found; without any one of the rules, something is."""

import os
import random
import time
from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from consultation.decomptes import formes, masquage, secret
from consultation.decomptes.formes import EXACT, TU, Releve, forme_de_case, rangee

from . import attaquant as a
from .salles_au_hasard import salle, voter

SALLES = int(os.environ.get("SALLES_ATTAQUEES", "10000"))


def attaquer(*graines):
    """Everything found in the rooms of these seeds: [(seed, Fuite)]."""
    return [(graine, f) for graine in graines for f in publier(salle(graine))]


def publier(releve):
    return a.fuites(releve.mode, releve.dots, secret.etablir(releve))


def test_nothing_is_found_in_ten_thousand_rooms():
    assert attaquer(*range(SALLES)) == []


def test_a_solver_of_integer_programs_finds_nothing_either():
    pytest.importorskip("scipy")
    salles = (salle(graine) for graine in range(120))
    trouvees = [a.oracle(r.dots, secret.etablir(r)) for r in salles if r.mode == "gommettes"]
    assert [f for f in trouvees if f] == []


def test_the_solver_and_the_network_find_the_same_without_the_audit(monkeypatch):
    pytest.importorskip("scipy")
    _oter(monkeypatch, "surveiller", lambda releve, rangees: set())
    trouves = 0
    for r in (salle(graine) for graine in range(80)):
        if r.mode != "gommettes":
            continue
        table = secret.etablir(r)
        vues = {f for f in a.fuites(r.mode, r.dots, table) if f.comment == "déduit"}
        assert vues <= set(a.oracle(r.dots, table))
        trouves += len(vues)
    assert trouves


def test_what_is_told_exactly_is_true_and_of_enough_people():
    for r in map(salle, range(1500)):
        for cle, ligne in secret.etablir(r)["pistes"].items():
            for college, case in ligne["colleges"].items():
                if case["forme"] == "exact":
                    vrai = rangee(r, int(cle)).cases[int(college)]
                    assert (case["personnes"], case["sur"]) == (vrai.personnes, vrai.sur)
                    assert r.gens(int(college)) >= 5


def test_most_of_the_detail_of_a_real_room_stays():
    """Hiding everything would be safe too. Sixty people in four colleges, seven pistes, five dots each."""
    vues = []
    for hasard in map(random.Random, range(40)):
        attraits = [hasard.random() for _ in range(7)]
        r = voter(hasard, {1: 16, 2: 25, 3: 14, 4: 5}, "gommettes", 5, attraits, 0.05)
        for ligne in secret.etablir(r)["pistes"].values():
            vues += [case["forme"] for case in ligne["colleges"].values()]
    assert len(vues) > 40 * 7 * 4 * 0.8
    assert vues.count("exact") > 0.3 * len(vues)


def test_sixty_pistes_and_five_colleges_are_decided_and_attacked_within_a_second():
    hasard = random.Random(3)
    grande = voter(
        hasard, {1: 40, 2: 60, 3: 30, 4: 6, 5: 3}, "gommettes", 5, [hasard.random() for _ in range(60)], 0.02
    )
    debut = time.process_time()
    table = secret.etablir(grande)
    assert a.fuites(grande.mode, grande.dots, table) == []
    assert time.process_time() - debut < 1


#: Each rule, taken away.
SANS = {
    "primaire": ("forme_de_case", lambda mode, case: EXACT),
    "blancs": ("est_masque", lambda releve, college: False),
    "unanimite": (
        "forme_de_case",
        lambda mode, case: EXACT if case.personnes >= case.sur - 1 else _forme(mode, case),
    ),
    "unanimite de tous": ("forme_du_total", lambda pour, sur: TU if sur < 5 else EXACT),
    "complementaire": ("completer", lambda releve, rangee: None),
    "audit": ("surveiller", lambda releve, rangees: set()),
    "moins de cinq": ("silence", lambda releve: ""),
}
_forme = forme_de_case


def _oter(monkeypatch, regle, sans):
    """Take a rule away from every module that asks it."""
    for module in (formes, masquage, secret):
        if hasattr(module, regle):
            monkeypatch.setattr(module, regle, sans)


@pytest.mark.parametrize("regle", SANS)
def test_without_any_one_rule_something_is_found(monkeypatch, regle):
    nom, sans = SANS[regle]
    _oter(monkeypatch, nom, sans)
    if regle == "complementaire":  # the audit would mend it
        _oter(monkeypatch, "surveiller", lambda releve, rangees: set())
    trouvees = []
    for graine in range(3000):
        r = salle(graine)
        table = secret.etablir(r)
        trouvees += a.fuites(r.mode, r.dots, table)
        trouvees += _blancs(r, table)
        if trouvees:
            return
    pytest.fail(f"nobody misses the rule « {regle} »")


def _blancs(releve, table):
    """What blank ballots uncover: figures of a college, or of a vote, in which fewer than five chose anything."""
    if len(table["pistes"]) == 1:
        return []
    if table["pistes"] and sum(releve.choisissants.values()) < 5:
        return ["*"]
    return [
        (piste, college)
        for piste, ligne in table["pistes"].items()
        for college, case in ligne["colleges"].items()
        if case["forme"] != "tu" and releve.mode == "gommettes" and releve.choisissants.get(int(college), 0) < 5
    ]


@pytest.mark.parametrize(("petits", "tus"), [((2, 2), {1, 2, 3}), ((2, 3), {1, 2}), ((4, 4), {1, 2})])
def test_what_is_hidden_together_is_of_five_people_at_least(petits, tus):
    """Two colleges of two people: without a third one, the total less the others would tell of four people."""
    gens = dict(enumerate((*petits, 8, 12), 1))
    valeurs = {c: {4: n // 2, 1: n - n // 2} for c, n in gens.items()}
    table = secret.etablir(Releve("adhesion", 1, gens, gens, {0: valeurs}))
    dites = {int(c): case["forme"] for c, case in table["pistes"]["0"]["colleges"].items()}
    assert {c for c, forme in dites.items() if forme != "exact"} == tus


def test_where_nobody_of_a_hidden_college_answered_there_is_no_detail():
    """The answers of the others would say so: twelve of twenty answered, and twelve are not of that college."""
    gens = {1: 3, 2: 4, 3: 12, 4: 14}
    valeurs = {1: {}, 2: {4: 2, 1: 2}, 3: {4: 5, 1: 7}, 4: {4: 6, 1: 8}}
    ligne = secret.etablir(Releve("adhesion", 1, gens, gens, {0: valeurs}))["pistes"]["0"]
    assert (ligne["forme"], ligne["personnes"], ligne["colleges"]) == ("exact", 13, {})


@pytest.mark.parametrize(("quorum", "dit"), [(20, True), (21, False), (24, False)])
def test_a_quorum_that_nearly_everyone_reached_is_told_only_while_it_says_nothing_of_each(quorum, dit):
    """Eight people of three dots each: 21 are reached only if seven placed all of theirs, or nearly."""
    gens = {1: 8}
    table = secret.etablir(Releve("gommettes", 3, gens, gens, {0: {1: {3: 8}}, 1: {}}, quorum=quorum))
    assert (table["pistes"]["0"]["forme"], table["pistes"]["0"]["quorum"]) == ("presque_tous", dit)


def un_de_plus(releve):
    """The same vote after one more person, in the last college, chose the first piste."""
    college = releve.presents[-1]
    valeurs = {**releve.valeurs, 0: {**releve.valeurs[0]}}
    siennes = dict(valeurs[0].get(college, {}))
    siennes[3] = siennes.get(3, 0) + 1
    valeurs[0][college] = siennes
    votants = releve.votants | {college: releve.votants[college] + 1}
    choisissants = releve.choisissants | {college: releve.choisissants.get(college, 0) + 1}
    return replace(releve, votants=votants, choisissants=choisissants, valeurs=valeurs)


def test_a_table_made_again_after_one_more_vote_would_tell_that_vote():
    """Why the table is kept: see test_proclamation for the tests that it is."""
    salles = [r for r in map(salle, range(60)) if r.presents and r.mode == "adhesion"]
    trouvees = [a.fuites(r.mode, r.dots, secret.etablir(r), secret.etablir(un_de_plus(r))) for r in salles]
    assert any(f.comment == "différence" for trouvee in trouvees for f in trouvee)
    assert all(a.fuites(r.mode, r.dots, secret.etablir(r), secret.etablir(r)) == [] for r in salles)


def retourner(releve):
    """The same vote, its colleges given in the other order: what a database may do between two readings."""
    return replace(releve, votants=dict(reversed(list(releve.votants.items()))))


def test_the_order_in_which_colleges_are_read_changes_nothing():
    for r in map(salle, range(1500)):
        assert secret.etablir(retourner(r)) == secret.etablir(r)


def test_an_order_of_reading_would_give_two_tables_that_tell_more_together(monkeypatch):
    monkeypatch.setattr(Releve, "presents", property(lambda r: [c for c, n in r.votants.items() if n]))
    salles = map(salle, range(3000))
    assert any(a.fuites(r.mode, r.dots, secret.etablir(r), secret.etablir(retourner(r))) for r in salles)


@pytest.mark.parametrize("gens", [(6, 8), (3, 9), (7, 7), (1, 12)])
def test_who_knows_the_whole_algorithm_finds_another_vote_that_gives_the_same_table(gens):
    """Every vote on one piste by two colleges: those that are published alike differ in each hidden figure."""
    jumeaux = defaultdict(list)
    for pour, tues in product(product(range(gens[0] + 1), range(gens[1] + 1)), ((), (0,))):
        valeurs = {0: {1: {1: pour[0]}, 2: {1: pour[1]}}, 1: {1: {1: gens[0]}, 2: {1: gens[1]}}}
        releve = Releve("gommettes", 20, dict(enumerate(gens, 1)), dict(enumerate(gens, 1)), valeurs)
        ligne = secret.etablir(releve, tues)["pistes"]["0"]
        jumeaux[repr(ligne)].append((ligne, pour))
    for vus in jumeaux.values():
        dites = {int(c): case["forme"] for c, case in vus[0][0]["colleges"].items()}
        for rang in (1, 2):
            assert dites.get(rang) == "exact" or len({pour[rang - 1] for _ligne, pour in vus}) > 1, vus


def deux_tours(graine):
    """The figures of a vote and of its second round: each person keeps their choices, or makes others."""
    hasard = random.Random(graine)
    votants = {c: hasard.choice((4, 6, 8, 12, 20, 30)) for c in range(1, hasard.randint(3, 5))}
    mode, attraits = hasard.choice(["gommettes", "adhesion"]), [hasard.random() for _ in range(3)]
    premier = voter(hasard, votants, mode, 2, attraits, 0.1)
    bouges = [min(1, max(0.02, a + hasard.choice((-0.4, -0.1, 0, 0.1, 0.4)))) for a in attraits]
    partis = {c: n - hasard.choice((0, 0, 1)) for c, n in votants.items()}
    return premier, voter(hasard, partis, mode, 2, bouges, 0.1)


def publier_deux_tours(graine):
    premier, second = deux_tours(graine)
    table = secret.etablir(premier)
    avant = {
        int(p): {
            "personnes": ligne["personnes"],
            "sur": ligne["sur"],
            "colleges": {int(c): x["personnes"] for c, x in ligne["colleges"].items() if x["forme"] == "exact"},
        }
        for p, ligne in table["pistes"].items()
    }
    return premier, table, secret.etablir(replace(second, avant=avant))


def attaquer_deux_tours(combien):
    trouvees, vues = [], set()
    for graine in range(combien):
        releve, avant, apres = publier_deux_tours(graine)
        trouvees += [*a.fuites(releve.mode, releve.dots, apres), *a.fuites_entre_tours(avant, apres)]
        vues |= {c["forme"] for ligne in apres["pistes"].values() for c in ligne["colleges"].values()}
    return trouvees, vues


def test_nothing_is_found_between_two_rounds():
    assert attaquer_deux_tours(600) == ([], {"exact", "pareil", "presque_tous", "peu", "tu"})


def test_without_the_rule_of_the_second_round_small_shifts_are_found(monkeypatch):
    _oter(monkeypatch, "est_pareil", lambda releve, piste, college, case: False)
    assert {fuite.comment for fuite in attaquer_deux_tours(60)[0]} == {"glissement"}
