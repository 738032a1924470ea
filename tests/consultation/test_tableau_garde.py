"""The table of a closed vote is made once, kept, and stands whatever happens after; nothing else reads tallies."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consultation import actions, lectures
from consultation.decomptes import secret
from consultation.erreurs import Refus
from consultation.models import Proclamation
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace():
    return f.creer_espace()


def clore(scrutin):
    return lectures.resultats(actions.clore_scrutin(scrutin=scrutin, par=None)).tableau


def parts(ligne):
    return {part.college.signe: part.texte for part in ligne.parts}


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
    with django_assert_num_queries(22):
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
    "site/passants/gardes.py",
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
    "ateliers/lectures/pleniere.py",  # reads the column with the others, and gives it to Familles
    "consultation/actions/pistes.py",
    "consultation/actions/regroupements.py",
    "consultation/actions/urne.py",
    "consultation/decomptes/depouillement.py",
    "consultation/decomptes/familles.py",
    "consultation/lectures/coherence.py",
    "consultation/lectures/listes.py",  # the same
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
