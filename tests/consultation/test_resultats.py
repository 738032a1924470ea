import pytest

from consultation import actions, lectures
from consultation.lectures import verdicts as verdicts_dits
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
