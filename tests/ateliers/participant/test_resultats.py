"""What a phone shows of the results, and what a screen costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ateliers import actions

from ..fabriques_salle import (
    faire_participant,
    faire_pistes,
    faire_proposition,
)
from .gestes import Salle, texte

pytestmark = pytest.mark.django_db


class TestResultats:
    def voter_a_plusieurs(self, salle, signes, choix):
        for signe in signes:
            participant = faire_participant(salle.atelier, signe)
            actions.voter(atelier=salle.atelier, participant=participant, choix=choix)

    def test_bars_by_college_show_once_the_vote_is_closed(self):
        salle = Salle("vote", "discussion", pistes=1)
        salle.ouvrir("vote")
        piste = salle.pistes[0]
        self.voter_a_plusieurs(salle, ["salaries"] * 5 + ["permanents"] * 6, {piste.pk: 2})
        salle.clore("vote")
        tableau = salle.voir().context["tableau"]
        assert (tableau["votants"], tableau["explication"]) == (11, "")
        assert [
            [(college.signe, points) for college, points in ligne["segments"]] for ligne in tableau["lignes"]
        ] == [[("salaries", 10), ("permanents", 12)]]

    def test_small_colleges_are_drawn_together_and_the_screen_says_why(self):
        salle = Salle("vote", "discussion", pistes=1)
        salle.ouvrir("vote")
        self.voter_a_plusieurs(
            salle, ["salaries"] * 6 + ["permanents"] * 6 + ["administrateurs"] * 2, {salle.pistes[0].pk: 1}
        )
        salle.clore("vote")
        vue = salle.voir()
        ligne = vue.context["tableau"]["lignes"][0]
        visibles = {college.signe for college, _points in ligne["segments"] if college}
        assert "administrateurs" not in visibles
        assert sum(points for _college, points in ligne["segments"]) == 14
        assert "Groupes cachés" in texte(vue)
        assert vue.context["tableau"]["explication"] in texte(vue)

    def test_agreement_shows_a_share_by_college(self):
        salle = Salle("vote", "discussion", pistes=1, mode="adhesion")
        salle.ouvrir("vote")
        piste = salle.pistes[0].pk
        self.voter_a_plusieurs(salle, ["salaries"] * 5, {piste: 4})
        self.voter_a_plusieurs(salle, ["permanents"] * 5, {piste: 1})
        salle.ouvrir("discussion")
        ligne = salle.voir().context["tableau"]["lignes"][0]
        assert (ligne["nombre"], [(c.signe, part) for c, part in ligne["segments"]]) == (
            "50\u202f% d’accord",
            [("salaries", 100), ("permanents", 0)],
        )


def requetes(salle, suite=""):
    salle.voir(suite)
    with CaptureQueriesContext(connection) as vues:
        salle.voir(suite)
    return len(vues)


class TestRequetes:
    """One or many: the same number of queries, whoever looks."""

    def test_the_screen_of_ideas(self):
        salle = Salle("ideation")
        salle.ouvrir("ideation")
        salle.proposer("Une.")
        une = requetes(salle)
        for n in range(30):
            salle.proposer(f"Idée {n}")
            faire_proposition(salle.atelier, f"Autre {n}")
        assert requetes(salle) == une
        assert une <= 7

    @pytest.mark.parametrize(
        ("mode", "suite"), [("gommettes", "?voter=1"), ("adhesion", "?voter=1"), ("gommettes", "")]
    )
    def test_the_ballot(self, mode, suite):
        salle = Salle("vote", mode=mode, pistes=1)
        salle.ouvrir("vote")
        salle.voter({salle.pistes[0].pk: 1})
        une = requetes(salle, suite)
        salle.etapes["vote"].scrutin.pistes.add(*faire_pistes(salle.atelier, 39, debut=2))
        assert requetes(salle, suite) == une
        assert une <= 11
