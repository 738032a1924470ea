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

    def test_people_by_college_show_once_the_vote_is_closed(self):
        salle = Salle("vote", "discussion", pistes=2)
        salle.ouvrir("vote")
        une, deux = (piste.pk for piste in salle.pistes)
        for signe in ("salaries", "permanents"):
            self.voter_a_plusieurs(salle, [signe] * 6, {une: 2})
            self.voter_a_plusieurs(salle, [signe] * 5, {deux: 1})
        salle.clore("vote")
        vue = salle.voir()
        assert [
            (x.total, x.points, [(p.college.signe, p.texte) for p in x.parts])
            for x in vue.context["tableau"].lignes
        ] == [
            ("12 personnes sur 22", "24 gommettes", [("salaries", "6 sur 11"), ("permanents", "6 sur 11")]),
            ("10 personnes sur 22", "10 gommettes", [("salaries", "5 sur 11"), ("permanents", "5 sur 11")]),
        ]
        for mots in ("12 personnes sur 22", "6 sur 11", "Une piste est retenue si", "Ce n’est pas un sondage"):
            assert mots in texte(vue)

    def test_a_small_college_is_not_told_and_the_screen_says_why(self):
        salle = Salle("vote", "discussion", pistes=1)
        salle.ouvrir("vote")
        self.voter_a_plusieurs(
            salle, ["salaries"] * 6 + ["permanents"] * 6 + ["administrateurs"] * 2, {salle.pistes[0].pk: 1}
        )
        salle.clore("vote")
        vue = salle.voir()
        [ligne] = vue.context["tableau"].lignes
        assert (ligne.total, ligne.parts) == ("Presque tout le monde, sur 14", ())
        assert "Trop peu de personnes y ont choisi." in texte(vue)

    def test_agreement_of_whole_colleges_is_told_in_words(self):
        salle = Salle("vote", "discussion", pistes=1, mode="adhesion")
        salle.ouvrir("vote")
        piste = salle.pistes[0].pk
        self.voter_a_plusieurs(salle, ["salaries"] * 5, {piste: 4})
        self.voter_a_plusieurs(salle, ["permanents"] * 5, {piste: 1})
        salle.ouvrir("discussion")
        [ligne] = salle.voir().context["tableau"].lignes
        assert (ligne.total, [(p.college.signe, p.texte) for p in ligne.parts]) == (
            "5 personnes sur 10",
            [("salaries", "presque tous, sur 5"), ("permanents", "presque personne, sur 5")],
        )


def requetes(salle, suite=""):
    salle.voir(suite)
    with CaptureQueriesContext(connection) as vues:
        salle.voir(suite)
    return len(vues)


@pytest.mark.usefixtures("sans_vieillir")
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
        salle.etapes["vote"].scrutin.pistes.add(*faire_pistes(salle.atelier, 17, debut=2))
        assert requetes(salle, suite) == une
        assert une <= 13
