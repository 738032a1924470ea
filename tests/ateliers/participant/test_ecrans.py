"""The room on a phone: each moment has its screen, and its clock."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ateliers.models import Etape
from ateliers.views import mots
from consultation.models import Participant

from ..fabriques_salle import (
    faire_participant,
)
from .gestes import JSON, Salle, texte, titre

pytestmark = pytest.mark.django_db


class TestEcrans:
    def test_before_anything_opens_one_waits_and_sees_who_is_there(self):
        salle = Salle("ideation")
        faire_participant(salle.atelier, "permanents")
        vue = salle.voir()
        assert titre(vue) == "Bienvenue, ça commence bientôt"
        assert "2 personnes sont là." in texte(vue)

    @pytest.mark.parametrize(
        ("nature", "attendu"),
        [
            ("accueil", "Bienvenue"),
            ("ideation", "Qu’est-ce qui vous aiderait à mieux apprendre votre métier\u202f?"),
            ("regroupement", "Les idées se rassemblent"),
            ("discussion", "On en parle ensemble"),
            ("synthese", "On écrit ensemble ce qui ressort"),
            ("pause", "C’est la pause"),
        ],
    )
    def test_each_step_has_its_screen(self, nature, attendu):
        salle = Salle(nature)
        salle.ouvrir(nature)
        vue = salle.voir()
        assert (vue.status_code, titre(vue)) == (200, attendu)
        assert vue.content.decode().count("<h1") == 1
        assert "Étape 1 sur 1" in texte(vue)

    @pytest.mark.parametrize(
        ("mode", "attendu"), [("gommettes", "Posez vos 3 gommettes"), ("adhesion", "Êtes-vous")]
    )
    def test_each_way_of_voting_has_its_screen(self, mode, attendu):
        salle = Salle("vote", mode=mode)
        salle.ouvrir("vote")
        assert titre(salle.voir()).startswith(attendu)

    def test_between_two_steps_one_listens(self):
        salle = Salle("ideation", "discussion")
        salle.ouvrir("ideation")
        salle.clore("ideation")
        assert titre(salle.voir()) == "Écoutez la salle"

    def test_at_the_end_one_learns_where_to_follow_one_s_words(self):
        salle = Salle("ideation")
        salle.ouvrir("ideation")
        salle.clore("ideation")
        vue = salle.voir()
        assert titre(vue) == "Merci, Sonia. L’atelier est terminé."
        assert 'href="/moi/"' in vue.content.decode()
        assert salle.sonia.code_lisible in texte(vue)

    def test_what_the_organisers_wrote_is_typeset_and_escaped(self):
        salle = Salle("ideation")
        salle.atelier.espace.question = "Et <b>vous</b> ?"
        salle.atelier.espace.save()
        salle.ouvrir("ideation")
        assert titre(salle.voir()) == "Et &lt;b&gt;vous&lt;/b&gt;\u202f?"

    def test_the_page_carries_no_inline_style_nor_script(self):
        salle = Salle("ideation", "vote")
        salle.ouvrir("vote")
        page = salle.voir().content.decode()
        assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", page) == []


class TestTemps:
    @pytest.mark.parametrize(
        ("secondes", "attendu"),
        [
            (601, "Il reste 11 minutes"),
            (600, "Il reste 10 minutes"),
            (61, "Il reste 2 minutes"),
            (60, "Il reste 1 minute"),
            (59, "Il reste moins d’une minute"),
            (0, "Le temps est passé"),
        ],
    )
    def test_time_left_is_said_in_whole_minutes(self, secondes, attendu):
        assert mots.temps_restant(secondes) == attendu

    def test_the_clock_of_an_open_step(self):
        maintenant = timezone.now()
        etape = Etape(etat="ouverte", duree=10, echeance=maintenant + timedelta(minutes=4))
        assert mots.reste(etape, maintenant) == mots.Reste(
            texte="Il reste 4 minutes",
            part=40,
            secondes=240,
            duree=600,
            echeance_ms=round(etape.echeance.timestamp() * 1000),
            en_pause=False,
        )

    def test_the_clock_of_a_paused_step_stands_still(self):
        assert mots.reste(Etape(etat="en_pause", duree=10, restant=300)) == mots.Reste(
            texte="En pause", part=50, secondes=300, duree=600, echeance_ms=None, en_pause=True
        )

    @pytest.mark.parametrize(
        ("depuis", "attendu"), [(30, "à l’instant"), (61, "il y a 1 min"), (7300, "il y a 2 h")]
    )
    def test_how_long_ago(self, depuis, attendu):
        maintenant = timezone.now()
        assert mots.il_y_a(maintenant - timedelta(seconds=depuis), maintenant) == attendu


def test_the_page_and_the_live_state_speak_of_the_same_screen():
    salle = Salle("ideation")
    salle.ouvrir("ideation")
    etat = json.loads(salle.telephone.get("/a/K7P4M2/etat.json").content)
    assert f'data-ecran="{etat["ecran"]}"' in salle.voir().content.decode()


def test_the_lane_answers_the_plain_case_when_it_is_there_and_only_then(chemin):
    salle = Salle("vote")
    salle.ouvrir("vote")
    salle.voir()
    salle.voter({salle.pistes[0].pk: 1}, **JSON)
    salle.voter({salle.pistes[0].pk: 2})
    assert salle.voix == {salle.pistes[0].pk: 2}
    assert chemin.prises == (2 if chemin.voie else 0)


def test_nobody_else_s_name_is_on_the_page():
    salle = Salle("ideation")
    faire_participant(salle.atelier, prenom="Wilhelmine")
    salle.ouvrir("ideation")
    assert Participant.objects.count() == 2
    assert "Wilhelmine" not in salle.voir().content.decode()
