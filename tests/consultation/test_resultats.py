import pytest

from consultation import actions, lectures
from consultation.models import Piste
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def clore(scrutin):
    return lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None))


def verdicts(resultats):
    return {r.piste.numero: (r.verdict, r.motif, r.precision) for r in resultats.pistes}


def test_nothing_by_piste_is_told_before_the_ballot_closes(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 1})
    lus = lectures.resultats(scrutin)
    assert (lus.votants, lus.pistes) == (6, [])
    assert lus.explication == "Les résultats seront montrés quand le vote sera clos."


def test_results_count_for_all_and_by_college(espace):
    scrutin = f.creer_scrutin(espace, quorum_gommettes=10)
    une, deux = scrutin.pistes.all()
    f.faire_voter(scrutin, "salaries", 5, {une: 2, deux: 1})
    f.faire_voter(scrutin, "permanents", 6, {une: 1})
    lus = clore(scrutin)
    salaries, permanents = f.college(espace.consultation), f.college(espace.consultation, "permanents")
    assert [(c.college.signe, c.inscrits, c.votants, c.masque) for c in lus.colleges] == [
        ("salaries", 7, 5, False),
        ("permanents", 6, 6, False),
        ("administrateurs", 0, 0, False),
        ("partenaires", 0, 0, False),
    ]
    [premiere, seconde] = lus.pistes
    assert (premiere.piste, premiere.points, premiere.votants, premiere.accord) == (une, 16, 11, 100)
    assert premiere.par_college[salaries.pk] == lectures.PartCollege(10, 5, {2: 5}, False, 100)
    assert premiere.par_college[permanents.pk] == lectures.PartCollege(6, 6, {1: 6}, False, 100)
    assert (seconde.piste, seconde.points, seconde.accord) == (deux, 5, 45)
    assert (lus.masques, lus.explication) == (False, "")


def test_the_verdicts_of_the_wall_with_a_quorum_and_a_part_by_college(espace):
    pistes = f.creer_pistes(espace, 5)
    salaries = f.college(espace.consultation)
    scrutin = f.creer_scrutin(
        espace,
        pistes,
        gommettes=20,
        quorum_gommettes=20,
        quorums=[{"college": salaries, "part_min": 20}],
    )
    f.faire_voter(scrutin, "salaries", 5, {pistes[0]: 2, pistes[2]: 1})
    f.faire_voter(scrutin, "permanents", 6, {pistes[0]: 3, pistes[1]: 4, pistes[2]: 2, pistes[3]: 1})
    f.faire_voter(scrutin, "permanents", 1, {pistes[2]: 2})
    lus = clore(scrutin)
    assert verdicts(lus) == {
        1: ("retenue", "Quorum atteint", ""),
        2: ("a_rediscuter", "À rediscuter", "Moins de 20 % du soutien vient de ce collège\u202f: En parcours."),
        3: ("sous_quorum", "Il manque 1 gommette", ""),
        4: ("en_memoire", "Gardée en mémoire", ""),
        5: ("en_memoire", "Gardée en mémoire", ""),
    }
    assert lus.regle_en_clair == (
        "Quorum\u202f: 20 gommettes. Au moins 20 % du soutien doit venir de ce collège\u202f: En parcours."
    )


def test_a_college_short_of_voters_puts_every_piste_under_quorum(espace):
    scrutin = f.creer_scrutin(espace, quorums=[{"college": f.college(espace.consultation), "votants_min": 8}])
    f.faire_voter(scrutin, "salaries", 6, {scrutin.pistes.first(): 3})
    manque = "Il manque 2 votants dans ce collège\u202f: En parcours."
    assert set(verdicts(clore(scrutin)).values()) == {("sous_quorum", "Pas assez de votants", manque)}


def adhesion(espace, regle, seuil=50):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, 1), mode="adhesion", regle=regle, seuil=seuil)
    piste = scrutin.pistes.get()
    f.faire_voter(scrutin, "permanents", 15, {piste: 4})
    f.faire_voter(scrutin, "salaries", 2, {piste: 3})
    f.faire_voter(scrutin, "salaries", 3, {piste: 2})
    return clore(scrutin).pistes[0]


@pytest.mark.parametrize(
    ("regle", "accord", "verdict"),
    [
        ("personnes", 85, ("retenue", "Seuil atteint")),
        ("colleges_egaux", 70, ("retenue", "Seuil atteint")),
        ("tous_colleges", 40, ("a_rediscuter", "À rediscuter")),
    ],
)
def test_each_rule_counts_its_own_way(espace, regle, accord, verdict):
    lu = adhesion(espace, regle)
    assert (lu.points, lu.votants, lu.accord, (lu.verdict, lu.motif)) == (17, 20, accord, verdict)


def test_all_colleges_agree_when_each_reaches_the_threshold(espace):
    lu = adhesion(espace, "tous_colleges", seuil=40)
    assert (lu.verdict, lu.motif) == ("retenue", "Accord de tous les collèges")


def test_just_under_the_threshold_is_to_be_talked_over_again(espace):
    lu = adhesion(espace, "personnes", seuil=90)
    assert (lu.verdict, lu.precision) == ("a_rediscuter", "Il manque 5 % d’accord.")


def test_a_small_college_and_the_smallest_other_are_withheld(espace):
    scrutin = f.creer_scrutin(espace)
    piste = scrutin.pistes.first()
    for signe, n in {"salaries": 3, "permanents": 9, "administrateurs": 6}.items():
        f.faire_voter(scrutin, signe, n, {piste: 1})
    lus = clore(scrutin)
    assert [c.college.signe for c in lus.colleges if c.masque] == ["salaries", "administrateurs"]
    parts = {c.college.signe: lus.pistes[0].par_college[c.college.pk] for c in lus.colleges}
    assert parts == {
        "salaries": lectures.PartCollege(masque=True),
        "permanents": lectures.PartCollege(9, 9, {1: 9}, False, 100),
        "administrateurs": lectures.PartCollege(masque=True),
        "partenaires": lectures.PartCollege(),
    }
    assert lus.explication == (
        "Le détail de ces collèges n’est pas montré\u202f: En parcours, Administrateurs. "
        "Trop peu de personnes y ont voté."
    )


def test_a_small_college_voting_alone_shows_nothing(espace):
    scrutin = f.creer_scrutin(espace)
    f.faire_voter(scrutin, "salaries", 4, {scrutin.pistes.first(): 1})
    lus = clore(scrutin)
    assert (lus.votants, lus.pistes, lus.masques) == (4, [], True)
    assert lus.explication.startswith("Moins de 5 personnes ont voté.")


def test_a_condition_on_a_masked_college_is_not_judged_by_its_votes(espace):
    salaries = f.college(espace.consultation)
    scrutin = f.creer_scrutin(espace, quorum_gommettes=1, quorums=[{"college": salaries, "part_min": 50}])
    piste = scrutin.pistes.first()
    f.faire_voter(scrutin, "salaries", 1, {piste: 1})
    f.faire_voter(scrutin, "permanents", 9, {piste: 1})
    assert verdicts(clore(scrutin))[1] == (
        "a_rediscuter",
        "À rediscuter",
        "Trop peu de votants pour vérifier une condition par collège.",
    )


def test_a_mean_over_colleges_is_withheld_with_the_masked_ones(espace):
    scrutin = f.creer_scrutin(espace, regle="colleges_egaux")
    piste = scrutin.pistes.first()
    f.faire_voter(scrutin, "salaries", 2, {piste: 1})
    f.faire_voter(scrutin, "permanents", 9, {piste: 1})
    lus = clore(scrutin)
    assert [(r.accord, r.verdict) for r in lus.pistes] == [(None, "retenue"), (None, "en_memoire")]


def test_a_joined_piste_is_shown_as_the_one_it_was_joined_into_and_undone_ones_leave_no_line(espace):
    une, deux = f.creer_pistes(espace, 2)
    scrutin = f.creer_scrutin(espace, [une, deux])
    geste = actions.regrouper(espace=espace, par=None, pistes=[une, deux], texte="Les deux")
    f.faire_voter(scrutin, "salaries", 5, {geste.piste: 1})
    assert [(r.piste.numero, r.points) for r in clore(scrutin).pistes] == [(3, 5)]
    actions.defaire_regroupement(regroupement=geste, par=None)
    scrutin.refresh_from_db()
    assert [(r.piste.numero, r.points) for r in lectures.resultats(scrutin).pistes] == [(1, 0), (2, 0)]


@pytest.mark.parametrize("n", [1, 12])
def test_results_cost_six_queries_whatever_the_size(espace, n, django_assert_num_queries):
    scrutin = f.creer_scrutin(espace, f.creer_pistes(espace, n))
    f.faire_voter(scrutin, "salaries", 4 + n, {scrutin.pistes.first(): 1})
    scrutin = actions.clore_scrutin(scrutin=scrutin, par=None)
    with django_assert_num_queries(6):
        lus = lectures.resultats(scrutin)
        assert len([r.piste.axe for r in lus.pistes]) == n


def test_look_alikes_are_suggested_and_nothing_is_joined(espace):
    textes = ["Apprendre à deux avec un ancien", "Visiter une autre structure", "Apprendre à deux, avec quelqu’un"]
    propositions = [f.creer_proposition(espace, texte) for texte in textes]
    assert lectures.suggestions(espace) == [[propositions[0], propositions[2]]]
    assert Piste.objects.count() == 0
