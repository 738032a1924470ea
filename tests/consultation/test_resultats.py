import json
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consultation import actions, lectures
from consultation.decomptes import secret
from consultation.erreurs import Refus
from consultation.lectures import verdicts as verdicts_dits
from consultation.models import Piste, Proclamation
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def clore(scrutin):
    return lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau


def verdicts(tableau):
    return {x.piste.numero: (x.verdict.cle, x.verdict.motif, x.verdict.precision) for x in tableau.lignes}


def parts(ligne):
    return {part.college.signe: part.texte for part in ligne.parts}


def test_nothing_by_piste_is_told_before_the_ballot_closes(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 1})
    lus = lectures.resultats(scrutin)
    assert (lus.tableau, lus.lignes) == (None, ())


def test_a_table_counts_people_for_all_and_by_college(espace):
    scrutin = f.creer_scrutin(espace, quorum_gommettes=10)
    une, deux = scrutin.pistes.all()
    f.faire_voter(scrutin, "salaries", 6, {une: 2})
    f.faire_voter(scrutin, "salaries", 3, {deux: 1})
    f.faire_voter(scrutin, "permanents", 5, {une: 1, deux: 1})
    f.faire_voter(scrutin, "permanents", 3, {deux: 1})
    tableau = clore(scrutin)
    assert [(c.college.signe, c.votants, c.masque) for c in tableau.colonnes] == [
        ("salaries", 9, False),
        ("permanents", 8, False),
        ("administrateurs", 0, False),
        ("partenaires", 0, False),
    ]
    [premiere, seconde] = tableau.lignes
    assert (premiere.piste.numero, premiere.total, premiere.points) == (1, "11 personnes sur 17", "17 gommettes")
    assert parts(premiere) == {"salaries": "6 sur 9", "permanents": "5 sur 8"}
    assert [(s.college and s.college.signe, s.personnes, s.part) for s in premiere.segments] == [
        ("salaries", 6, 55),
        ("permanents", 5, 45),
    ]
    assert (seconde.total, parts(seconde)) == (
        "11 personnes sur 17",
        {"salaries": "moins de 5, sur 9", "permanents": "presque tous, sur 8"},
    )
    assert (tableau.repere, tableau.repere_texte) == (59, "Quorum\u202f: 10")
    assert tableau.portee == (
        "Ce vote dit ce que pensent les 17 personnes qui ont voté. Ce n’est pas un sondage de toute la population."
    )


def test_the_verdicts_of_the_wall_with_a_quorum_and_a_part_by_college(espace):
    pistes = f.creer_pistes(espace, 6)
    salaries = f.college(espace.consultation)
    scrutin = f.creer_scrutin(
        espace, pistes, gommettes=20, quorum_gommettes=20, quorums=[{"college": salaries, "part_min": 20}]
    )
    f.faire_voter(scrutin, "salaries", 6, {pistes[0]: 2, pistes[2]: 1, pistes[4]: 1})
    f.faire_voter(scrutin, "salaries", 3, {pistes[5]: 1})
    f.faire_voter(scrutin, "permanents", 6, {pistes[0]: 2, pistes[1]: 4, pistes[2]: 2, pistes[3]: 1})
    f.faire_voter(scrutin, "permanents", 3, {pistes[1]: 1, pistes[2]: 1, pistes[4]: 5})
    assert verdicts(clore(scrutin)) == {
        1: ("retenue", "Quorum atteint", ""),
        2: (
            "a_rediscuter",
            "À rediscuter",
            "Une condition par collège ne peut pas être vérifiée sans dire ce que chacun a choisi.",
        ),
        3: ("a_rediscuter", "À rediscuter", "Trop peu de votants pour vérifier une condition par collège."),
        4: ("en_memoire", "Gardée en mémoire", ""),
        5: ("a_rediscuter", "À rediscuter", "Trop peu de votants pour vérifier une condition par collège."),
        6: ("en_memoire", "Gardée en mémoire", ""),
    }


def test_one_dot_short_of_the_quorum_is_told(espace):
    scrutin = f.creer_scrutin(espace, quorum_gommettes=13)
    une, deux = scrutin.pistes.all()
    f.faire_voter(scrutin, "salaries", 6, {une: 2})
    f.faire_voter(scrutin, "salaries", 4, {deux: 1})
    assert verdicts(clore(scrutin)) == {
        1: ("sous_quorum", "Il manque 1 gommette", ""),
        2: ("en_memoire", "Gardée en mémoire", ""),
    }


def test_a_college_short_of_voters_puts_every_piste_under_quorum(espace):
    scrutin = f.creer_scrutin(espace, quorums=[{"college": f.college(espace.consultation), "votants_min": 8}])
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 3})
    manque = "Il manque 2 votants dans ce collège\u202f: En parcours."
    assert set(verdicts(clore(scrutin)).values()) == {("sous_quorum", "Pas assez de votants", manque)}


def accord(espace, regle, seuil, *groupes):
    """The line of one piste in four degrees: (people who agree, people who answered) of each college."""
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 1), mode="adhesion", regle=regle, seuil=seuil)
    piste = scrutin.pistes.get()
    for signe, (pour, sur) in zip(("salaries", "permanents", "administrateurs"), groupes, strict=False):
        f.faire_voter(scrutin, signe, pour, {piste: 4})
        f.faire_voter(scrutin, signe, sur - pour, {piste: 2})
    return clore(scrutin).lignes[0]


#: A mean that is exactly the threshold.
JUSTE = [
    (70, [(7, 10), (7, 10), (7, 10)]),
    (50, [(3, 6), (4, 6), (2, 6)]),
    (50, [(3, 5), (7, 10), (2, 10)]),
]


@pytest.mark.parametrize(("seuil", "groupes"), JUSTE)
def test_a_mean_equal_to_the_threshold_reaches_it(espace, seuil, groupes):
    ligne = accord(espace, "colleges_egaux", seuil, *groupes)
    assert (ligne.verdict.cle, ligne.verdict.motif, ligne.verdict.precision) == ("retenue", "Seuil atteint", "")


@pytest.mark.parametrize(
    ("regle", "verdict"),
    [
        ("personnes", ("retenue", "Seuil atteint", "")),
        ("colleges_egaux", ("en_memoire", "Gardée en mémoire", "")),
        ("tous_colleges", ("a_rediscuter", "À rediscuter", "Tous les collèges ne sont pas d’accord.")),
    ],
)
def test_each_rule_counts_its_own_way(espace, regle, verdict):
    ligne = accord(espace, regle, 70, (2, 10), (28, 31))
    assert ligne.total == "30 personnes sur 41"
    assert (ligne.verdict.cle, ligne.verdict.motif, ligne.verdict.precision) == verdict


def test_all_colleges_agree_when_each_reaches_the_threshold(espace):
    ligne = accord(espace, "tous_colleges", 40, (4, 10), (20, 31))
    assert (ligne.verdict.cle, ligne.verdict.motif) == ("retenue", "Accord de tous les collèges")


def test_just_under_the_threshold_is_to_be_talked_over_and_never_rounded_onto_it(espace):
    ligne = accord(espace, "personnes", 70, (139, 200), (0, 0))
    assert (ligne.longueur, ligne.verdict.cle, ligne.verdict.precision) == (
        69, "a_rediscuter", "Il manque 1\u202f% d’accord."
    )  # fmt: skip


def test_nearly_nobody_and_nearly_everyone_are_said_in_words(espace):
    assert accord(espace, "personnes", 50, (1, 12)).total == "Presque personne, sur 12"
    ligne = accord(espace, "personnes", 50, (12, 12))
    assert (ligne.total, ligne.verdict.motif) == ("Presque tout le monde, sur 12", "Seuil atteint")
    assert ligne.gommettes is None


def test_a_small_college_and_the_smallest_other_are_withheld(espace):
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes, gommettes=2)
    for signe, pour, contre in (("salaries", 2, 1), ("permanents", 6, 6), ("administrateurs", 5, 5)):
        f.faire_voter(scrutin, signe, pour, {pistes[0]: 1})
        f.faire_voter(scrutin, signe, contre, {pistes[1]: 1})
    tableau = clore(scrutin)
    assert [c.college.signe for c in tableau.colonnes if c.masque] == ["salaries"]
    assert parts(tableau.lignes[0]) == {
        "salaries": "non montré",
        "permanents": "6 sur 12",
        "administrateurs": "non montré",
    }
    assert [(s.college and s.college.signe, s.personnes) for s in tableau.lignes[0].segments] == [
        ("permanents", 6),
        (None, 7),
    ]
    assert tableau.explication == (
        "Le détail de ce collège n’est pas montré\u202f: En parcours. Trop peu de personnes y ont choisi. "
        "Certains chiffres sont cachés, pour qu’on ne retrouve pas le choix de quelqu’un."
    )


def test_blank_ballots_make_no_crowd_to_hide_in(espace):
    """Two choosers and three blanks are two choosers."""
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes)
    f.faire_voter(scrutin, "salaries", 2, {pistes[0]: 3})
    f.faire_voter(scrutin, "salaries", 3, {})
    f.faire_voter(scrutin, "permanents", 6, {pistes[0]: 1, pistes[1]: 2})
    f.faire_voter(scrutin, "permanents", 6, {pistes[1]: 2})
    tableau = clore(scrutin)
    assert [(c.college.signe, c.votants, c.masque) for c in tableau.colonnes[:2]] == [
        ("salaries", 5, True),
        ("permanents", 12, False),
    ]
    assert {parts(ligne).get("salaries", "non montré") for ligne in tableau.lignes} == {"non montré"}


def test_four_blanks_and_one_chooser_show_no_figure_and_no_verdict(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 1, {scrutin.pistes.first(): 1})
    f.faire_voter(scrutin, "salaries", 4, {})
    tableau = clore(scrutin)
    assert (tableau.votants, tableau.lignes) == (5, ())
    assert tableau.explication.startswith("Moins de 5\u00a0personnes ont choisi.")


def test_a_vote_that_nobody_cast_has_no_verdict(espace):
    tableau = clore(f.creer_scrutin(espace))
    assert (tableau.votants, tableau.lignes, tableau.explication) == (0, (), "Personne n’a voté.")


def test_in_four_degrees_a_piste_that_one_person_answered_shows_nothing(espace):
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes, mode="adhesion")
    f.faire_voter(scrutin, "salaries", 4, {pistes[0]: 4})
    f.faire_voter(scrutin, "salaries", 1, {pistes[0]: 1, pistes[1]: 1})
    [une, deux] = clore(scrutin).lignes
    assert (une.total, deux.total) == ("Presque tout le monde, sur 5", "Chiffre non montré")
    assert (deux.verdict.cle, deux.verdict.precision) == ("", "Trop peu de réponses pour donner un résultat.")


def test_a_condition_on_a_masked_college_is_not_judged_by_its_votes(espace):
    salaries = f.college(espace.consultation)
    scrutin = f.creer_scrutin(espace, quorum_gommettes=1, quorums=[{"college": salaries, "part_min": 50}])
    une, deux = scrutin.pistes.all()
    f.faire_voter(scrutin, "salaries", 1, {une: 1})
    f.faire_voter(scrutin, "permanents", 5, {une: 1})
    f.faire_voter(scrutin, "permanents", 5, {deux: 1})
    precision = "Trop peu de votants pour vérifier une condition par collège."
    assert verdicts(clore(scrutin))[1] == ("a_rediscuter", "À rediscuter", precision)


def test_the_rule_is_said_in_plain_words_before_and_after(espace):
    salaries = f.college(espace.consultation)
    scrutin = f.creer_scrutin(espace, quorum_gommettes=20, quorums=[{"college": salaries, "part_min": 20}])
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 3})
    avant = lectures.regle_du_scrutin(scrutin)
    assert avant == clore(scrutin).regle
    assert avant.replace("\u202f", " ").replace("\u00a0", " ") == (
        "Une piste est retenue si elle réunit au moins 20 gommettes "
        "et si au moins 20 % de son soutien vient du collège « En parcours »."
    )


@pytest.mark.parametrize("mode", ["gommettes", "adhesion", "consent"])
@pytest.mark.parametrize("regle", ["personnes", "colleges_egaux", "tous_colleges"])
@pytest.mark.parametrize("quorum", [0, 12])
@pytest.mark.parametrize("tour", [1, 2])
def test_any_rule_is_one_sentence_that_tells_each_of_its_figures(mode, regle, quorum, tour):
    colleges = [
        {"college": "1", "votants_min": 8, "part_min": 0},
        {"college": "2", "votants_min": 0, "part_min": 23},
    ]
    reglages = {"mode": mode, "regle": regle, "seuil": 61, "quorum": quorum, "quorums": colleges, "tour": tour}
    dit = verdicts_dits.regle_en_clair(reglages, {"1": "Élus", "2": "Habitants"})
    par_gommettes = mode == "gommettes" and quorum
    attendus = {"12": par_gommettes, "61": mode != "consent" and not (par_gommettes and regle == "personnes")}
    attendus |= {"8": True, "Élus": True, "23": mode != "consent", "second tour": tour == 2}
    assert {mot: mot in dit for mot in attendus} == {mot: bool(oui) for mot, oui in attendus.items()}
    assert (dit.count("."), dit[-1]) == (1, ".")


# What changes after the closing never makes a second table.


def vote_clos(espace):
    pistes = f.creer_pistes(espace, 3)
    scrutin = f.creer_scrutin(espace, pistes)
    gens = f.faire_voter(scrutin, "salaries", 6, {pistes[0]: 2, pistes[1]: 1})
    f.faire_voter(scrutin, "permanents", 6, {pistes[1]: 1, pistes[2]: 2})
    return actions.clore_scrutin(scrutin=scrutin, par=None), pistes, gens


def chiffres(scrutin):
    return [(x.piste.id, x.total, x.points, parts(x), x.verdict) for x in lectures.resultats(scrutin).lignes]


def test_erasing_someone_changing_a_college_or_recounting_moves_no_figure(espace):
    scrutin, _pistes, gens = vote_clos(espace)
    avant, table = chiffres(scrutin), scrutin.proclamation.tableau
    actions.effacer_participant(participant=gens[0])
    actions.changer_college(participant=gens[1], college=f.college(espace.consultation, "permanents"), par=None)
    actions.corriger_decompte(scrutin=scrutin, par=None)
    assert chiffres(scrutin) == avant
    assert Proclamation.objects.get().tableau == table


def test_closing_again_keeps_the_table_of_the_closing(espace):
    scrutin, pistes, _gens = vote_clos(espace)
    actions.regrouper(espace=espace, par=None, pistes=pistes[:2], texte="Les deux")
    table = scrutin.proclamation.tableau
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert Proclamation.objects.get().tableau == table


def test_pistes_joined_after_the_vote_keep_each_its_figures_and_say_so(espace):
    scrutin, pistes, _gens = vote_clos(espace)
    avant = chiffres(scrutin)
    geste = actions.regrouper(espace=espace, par=None, pistes=pistes[:2], texte="Les deux")
    assert chiffres(scrutin) == avant
    notes = {x.piste.numero: x.piste.note for x in lectures.resultats(scrutin).lignes}
    note = "Jointe depuis à la piste n°\u00a04. Voici son résultat, seule."
    assert notes == {1: note, 2: note, 3: ""}
    actions.defaire_regroupement(regroupement=geste, par=None)
    assert chiffres(scrutin) == avant


def test_undoing_a_join_after_the_vote_leaves_the_line_of_what_was_put_to_it(espace):
    une, deux, autre = f.creer_pistes(espace, 3)
    scrutin = f.creer_scrutin(espace, [une, deux, autre])
    geste = actions.regrouper(espace=espace, par=None, pistes=[une, deux], texte="Les deux")
    f.faire_voter(scrutin, "salaries", 6, {geste.piste: 1})
    f.faire_voter(scrutin, "salaries", 3, {autre: 1})
    ligne = clore(scrutin).lignes[0]
    actions.defaire_regroupement(regroupement=geste, par=None)
    scrutin.refresh_from_db()
    encore = lectures.resultats(scrutin).lignes[0]
    assert (encore.total, encore.membres) == (ligne.total, (une.pk, deux.pk, geste.piste.pk))
    assert encore.verdict.motif == "Écartée par le groupe"


def test_a_join_undone_before_the_vote_leaves_no_line(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    geste = actions.regrouper(espace=espace, par=None, pistes=[une, deux], texte="Les deux")
    actions.defaire_regroupement(regroupement=geste, par=None)
    f.faire_voter(scrutin, "salaries", 6, {une: 1})
    assert sorted(x.piste.numero for x in clore(scrutin).lignes) == [1, 2]


@pytest.mark.parametrize("n", [1, 12])
def test_results_cost_three_queries_whatever_the_size(espace, n, django_assert_num_queries):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, n))
    f.faire_voter(scrutin, "salaries", 5 + n, {scrutin.pistes.first(): 1})
    scrutin = actions.clore_scrutin(scrutin=scrutin, par=None)
    with django_assert_num_queries(3):
        lus = lectures.resultats(scrutin)
        assert len([ligne.piste.axe for ligne in lus.lignes]) == n


@pytest.mark.parametrize("n", [1, 9])
def test_closing_costs_the_same_whatever_the_size(espace, n, django_assert_num_queries):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, n))
    f.faire_voter(scrutin, "salaries", 5 + n, {scrutin.pistes.first(): 1})
    # Six for the act (its transaction, the vote, the journal, the room); eight to count and decide what may be
    # shown, and to keep it; seven to read what stands and retain its pistes. Once in the life of a vote.
    with django_assert_num_queries(21):
        actions.clore_scrutin(scrutin=scrutin, par=None)


def test_some_details_are_drawn_to_be_hidden_so_that_hiding_says_nothing(espace, settings):
    settings.DETAILS_TUS_SUR_CENT = 100
    pistes = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, pistes)
    for signe in ("salaries", "permanents"):
        f.faire_voter(scrutin, signe, 5, {pistes[0]: 1})
        f.faire_voter(scrutin, signe, 5, {pistes[1]: 1})
    lignes = clore(scrutin).lignes
    assert [(x.total, x.parts) for x in lignes] == [("10 personnes sur 20", ())] * 2
    assert lignes[0].sans_detail.startswith("Le détail par collège n’est pas montré")


def test_only_those_known_before_a_closed_roll_opened_may_vote(espace):
    scrutin = f.creer_scrutin(espace, ouvert=False, liste_close=True)
    [ici] = f.creer_participants(espace.consultation, 1)
    scrutin = actions.ouvrir_scrutin(scrutin=scrutin, par=None)
    [tard] = f.creer_participants(espace.consultation, 1)
    choix = {scrutin.pistes.first().pk: 1}
    actions.voter(scrutin=scrutin, participant=ici, choix=choix)
    with pytest.raises(Refus) as refus:
        actions.voter(scrutin=scrutin, participant=tard, choix=choix)
    assert (refus.value.code, refus.value.statut) == ("liste_close", 403)
    assert [b.participant for b in scrutin.bulletins.all()] == [ici]


def test_with_an_open_roll_latecomers_vote(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 1, {scrutin.pistes.first(): 1})
    assert scrutin.bulletins.count() == 1


def test_votes_closed_before_tables_were_kept_get_theirs(espace):
    """The migration, on the votes of the last release."""
    scrutin, _pistes, _gens = vote_clos(espace)
    table = scrutin.proclamation.tableau
    Proclamation.objects.all().delete()
    alors = MigrationExecutor(connection).loader.project_state(("consultation", "0010_proclamation")).apps
    import_module("consultation.migrations.0010_proclamation").proclamer(alors, None)
    assert Proclamation.objects.get().tableau == table


def test_no_figure_by_college_is_kept_in_floats(espace):
    scrutin, _pistes, _gens = vote_clos(espace)
    assert "." not in json.dumps(scrutin.proclamation.tableau)


#: Who may read tallies by college. Everything else reads the table.
LECTEURS_DE_DECOMPTES = {
    "ateliers/lectures/bulletins.py",  # how many answered each piste, all together: which to ask next
    "ateliers/actions/repetition.py",
    "consultation/actions/comptage.py",
    "consultation/decomptes/depouillement.py",
    "consultation/lectures/coherence.py",
    "consultation/models/__init__.py",
    "consultation/models/scrutins.py",
}
#: Who may follow or write a join.
LECTEURS_DE_JOINTES = {
    "consultation/actions/pistes.py",
    "consultation/actions/regroupements.py",
    "consultation/actions/urne.py",
    "consultation/decomptes/depouillement.py",
    "consultation/decomptes/familles.py",
    "consultation/lectures/coherence.py",
    "consultation/models/pistes.py",
}


def sources():
    racine = Path(__file__).parents[2]
    for dossier in ("ateliers", "consultation", "contenus", "site"):
        for chemin in (racine / dossier).rglob("*.py"):
            if "migrations" not in chemin.parts:
                yield chemin.relative_to(racine).as_posix(), chemin.read_text()


def test_nothing_but_the_closing_reads_tallies_by_college():
    assert {nom for nom, texte in sources() if "Decompte" in texte or "decomptes__" in texte} == (
        LECTEURS_DE_DECOMPTES
    )


def test_nothing_else_follows_joined_pistes():
    assert {nom for nom, texte in sources() if "fusionnee_dans" in texte} == LECTEURS_DE_JOINTES


def test_the_table_is_made_by_one_function():
    assert {nom for nom, texte in sources() if "secret import" in texte and "etablir" in texte} == {
        "consultation/decomptes/depouillement.py",
        "consultation/questions/comptage.py",  # the same rules, for questionnaires
    }
    assert secret.VERSION == 1


def test_look_alikes_are_suggested_and_nothing_is_joined(espace):
    textes = ["Apprendre à deux avec un ancien", "Visiter une autre structure", "Apprendre à deux, avec quelqu’un"]
    propositions = [f.creer_proposition(espace, texte) for texte in textes]
    assert lectures.suggestions(espace) == [[propositions[0], propositions[2]]]
    assert Piste.objects.count() == 0
