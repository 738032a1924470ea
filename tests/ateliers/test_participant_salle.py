"""The room on a phone: each moment has its screen, acts keep what was typed, the number of queries is fixed."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ateliers import actions
from ateliers.direct import etats
from ateliers.models import Etape
from ateliers.views import mots
from consultation import actions as actions_consultation
from consultation.models import Bulletin, Participant, Proposition, Voix

from .fabriques_salle import (
    faire_atelier,
    faire_etapes,
    faire_participant,
    faire_pistes,
    faire_proposition,
)

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _etats_oublies():
    """Rooms of different tests may bear the same number; the kept snapshots do not know it."""
    etats._gardes.clear()


def telephone_de(participant):
    navigateur = Client()
    navigateur.get(f"/m/{participant.code_personnel}/")
    return navigateur


def texte(reponse):
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode()))


def titre(reponse):
    return re.sub(r"[ \n]+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", reponse.content.decode(), re.S)[1]).strip()


class Salle:
    """A room, Sonia in it, and her phone."""

    def __init__(self, *natures, mode="gommettes", pistes=3, gommettes=3):
        self.atelier = faire_atelier()
        self.etapes = {etape.nature: etape for etape in faire_etapes(self.atelier, *natures)}
        self.sonia = faire_participant(self.atelier)
        self.telephone = telephone_de(self.sonia)
        if "vote" in self.etapes:
            self.pistes = faire_pistes(self.atelier, pistes)
            self.etapes["vote"].scrutin = actions_consultation.preparer_scrutin(
                espace=self.atelier.espace, titre="Vote", mode=mode, gommettes=gommettes, par=None
            )
            self.etapes["vote"].save()

    def ouvrir(self, nature):
        actions.ouvrir_etape(etape=self.etapes[nature], par=None)

    def clore(self, nature):
        actions.clore_etape(etape=self.etapes[nature], par=None)

    def voir(self, suite=""):
        return self.telephone.get(f"/a/K7P4M2/{suite}")

    def proposer(self, mots_ecrits, cle="c" * 32, **entetes):
        return self.telephone.post("/a/K7P4M2/proposer/", {"texte": mots_ecrits, "cle": cle}, **entetes)

    def voter(self, choix, cle="v" * 32, **entetes):
        donnees = {f"piste-{piste}": valeur for piste, valeur in choix.items()}
        return self.telephone.post("/a/K7P4M2/voter/", {**donnees, "cle": cle}, **entetes)

    @property
    def voix(self):
        return dict(Voix.objects.filter(participant=self.sonia).values_list("piste", "valeur"))


class TestEcrans:
    def test_before_anything_opens_one_waits_and_sees_who_is_there(self):
        salle = Salle("ideation")
        faire_participant(salle.atelier, "permanents")
        vue = salle.voir()
        assert titre(vue) == "Bienvenue, ça commence bientôt"
        assert "2 personnes sont entrées." in texte(vue)

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


class TestProposer:
    @pytest.fixture
    def salle(self):
        salle = Salle("ideation", "vote")
        salle.ouvrir("ideation")
        return salle

    def test_a_form_is_answered_by_a_page_that_says_thank_you(self, salle):
        reponse = salle.proposer("Apprendre à deux.")
        proposition = Proposition.objects.get()
        assert (reponse.status_code, reponse.headers["Location"]) == (302, f"/a/K7P4M2/?envoyee={proposition.pk}")
        vue = salle.voir(f"?envoyee={proposition.pk}")
        assert titre(vue) == "Merci, Sonia. Votre piste est arrivée."
        assert "«\u202fApprendre à deux.\u202f»" in vue.content.decode()
        assert (proposition.texte, proposition.auteur, proposition.origine) == (
            "Apprendre à deux.",
            salle.sonia,
            "telephone",
        )

    def test_a_script_is_answered_with_what_became_of_the_words(self, salle):
        reponse = salle.proposer("Apprendre à deux.", **JSON)
        proposition = Proposition.objects.get()
        assert (reponse.status_code, reponse.json()) == (
            201,
            {
                "proposition": {
                    "id": proposition.pk,
                    "texte": "Apprendre à deux.",
                    "etat": "affichee",
                    "mot": "Affichée dans la salle.",
                    "suivre": f"/moi/proposition/{proposition.pk}/",
                }
            },
        )

    def test_the_same_form_sent_twice_is_one_proposition(self, salle):
        adresses = {salle.proposer("Apprendre à deux.").headers["Location"] for _ in range(3)}
        assert (len(adresses), Proposition.objects.count()) == (1, 1)

    def test_the_same_form_brought_back_with_other_words_is_another_one(self, salle):
        salle.proposer("Apprendre à deux.")
        salle.proposer("Apprendre à trois.")
        assert list(Proposition.objects.values_list("texte", flat=True)) == [
            "Apprendre à deux.",
            "Apprendre à trois.",
        ]

    @pytest.mark.parametrize(
        ("saisi", "attendu"),
        [("", "Écrivez votre idée"), (" \x00\n ", "Écrivez votre idée"), ("x" * 281, "281 signes")],
    )
    def test_what_cannot_be_taken_says_why(self, salle, saisi, attendu):
        for entetes in ({}, JSON):
            reponse = salle.proposer(saisi, **entetes)
            assert reponse.status_code == 422
            assert attendu in (reponse.json()["message"] if entetes else texte(reponse))
        assert Proposition.objects.count() == 0

    def test_what_was_typed_stays_in_the_field(self, salle):
        page = salle.proposer("<b>" + "x" * 300).content.decode()
        assert re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1] == "&lt;b&gt;" + "x" * 300

    @pytest.mark.parametrize(
        "mots_ecrits", ["أريد أن أتعلم", "🌱🤝", "<script>alert(1)</script>", "Un\nDeux", "x" * 280]
    )
    def test_any_words_are_kept_as_they_were_written(self, salle, mots_ecrits):
        salle.proposer(mots_ecrits)
        assert Proposition.objects.get().texte == mots_ecrits
        assert "<script>alert" not in salle.voir().content.decode()

    def test_a_key_of_any_shape_never_breaks_the_act(self, salle):
        for cle in ("", "é" * 40, "x" * 500, "\x00"):
            assert salle.proposer(f"Avec la clé {cle[:3]!r}", cle=cle).status_code == 302

    def test_one_sees_what_became_of_each_of_one_s_own_words(self, salle):
        faire_proposition(salle.atelier, "Vue.", salle.sonia)
        faire_proposition(salle.atelier, "À lire.", salle.sonia, moderation="a_relire")
        faire_proposition(salle.atelier, "Non.", salle.sonia, moderation="ecartee", motif="Un nom y est cité.")
        piste = faire_pistes(salle.atelier, 1, debut=12)[0]
        faire_proposition(salle.atelier, "Réunie.", salle.sonia, piste=piste)
        faire_proposition(salle.atelier, "D’une autre personne.")
        assert [(p["texte"], p["mot"]) for p in salle.voir().context["miennes"]] == [
            ("Réunie.", "Réunie avec d’autres dans la piste n°\u00a012."),
            ("Non.", "Pas affichée. Voici pourquoi\u202f: Un nom y est cité."),
            ("À lire.", "Bien reçue. Une personne de l’équipe la lit, puis l’affiche."),
            ("Vue.", "Affichée dans la salle."),
        ]

    def test_what_is_to_be_read_first_is_not_shown_to_the_others(self, salle):
        faire_proposition(salle.atelier, "Secrète.", moderation="a_relire")
        faire_proposition(salle.atelier, "Publique.")
        page = texte(salle.voir())
        assert ("Publique." in page, "Secrète." in page) == (True, False)

    def test_once_the_step_is_closed_the_words_are_refused_and_given_back(self, salle):
        salle.ouvrir("vote")
        Etape.objects.filter(nature="ideation").update(fermee_le=timezone.now() - timedelta(minutes=1))
        reponse = salle.proposer("Trop tard, hélas.")
        assert reponse.status_code == 409
        assert "Trop tard, hélas." in texte(reponse)
        assert Proposition.objects.count() == 0

    def test_the_last_seconds_count(self, salle):
        salle.ouvrir("vote")
        assert salle.proposer("Juste à temps.").status_code == 302

    def test_a_phone_that_is_no_longer_known_gets_its_words_back(self, salle):
        inconnu = Client()
        reponse = inconnu.post("/a/K7P4M2/proposer/", {"texte": "Mes mots à moi"})
        assert (reponse.status_code, "Mes mots à moi" in texte(reponse)) == (403, True)
        assert inconnu.post("/a/K7P4M2/proposer/", {"texte": "x"}, **JSON).json()["code"] == "pas_entre"

    def test_who_has_no_seat_in_this_room_cannot_write_in_it(self, salle):
        karim = faire_participant(salle.atelier, prenom="Karim", entre=False)
        assert telephone_de(karim).post("/a/K7P4M2/proposer/", {"texte": "Bonjour"}).status_code == 403

    def test_someone_else_s_proposition_cannot_be_shown_as_just_sent(self, salle):
        autre = faire_proposition(salle.atelier, "Secrète.", moderation="a_relire")
        assert "Secrète." not in texte(salle.voir(f"?envoyee={autre.pk}"))


class TestVoter:
    @pytest.fixture
    def salle(self):
        salle = Salle("vote", "discussion")
        salle.ouvrir("vote")
        return salle

    def test_dots_are_kept_and_confirmed(self, salle):
        un, deux, trois = [piste.pk for piste in salle.pistes]
        reponse = salle.voter({un: 2, deux: 0, trois: 1})
        assert (reponse.status_code, salle.voix) == (302, {un: 2, trois: 1})
        vue = salle.voir()
        assert titre(vue) == "Merci, Sonia. Vos votes sont arrivés."
        assert "3 gommettes posées sur 3." in texte(vue)
        assert titre(salle.voir("?voter=1")) == "Posez vos 3 gommettes"
        assert "Il vous reste 0 gommette" in texte(salle.voir("?voter=1"))

    def test_a_script_is_answered_with_the_votes_that_are_kept(self, salle):
        un = salle.pistes[0].pk
        assert salle.voter({un: 2}, **JSON).json() == {"votes": {str(un): 2}, "depasse": False}
        tardif = self.envoyer(salle, {un: 3}, ordre="2000000000000", cle="t" * 32)
        assert tardif == {"votes": {str(un): 3}, "depasse": False}
        assert self.envoyer(salle, {un: 1}, ordre="1000", cle="u" * 32) == {"votes": {str(un): 3}, "depasse": True}

    @staticmethod
    def envoyer(salle, choix, **champs):
        donnees = {f"piste-{piste}": valeur for piste, valeur in choix.items()}
        return salle.telephone.post("/a/K7P4M2/voter/", {**donnees, **champs}, **JSON).json()

    def test_a_page_left_open_does_not_speak_for_whom_the_phone_was_handed_to(self, salle):
        un = salle.pistes[0].pk
        refus = self.envoyer(salle, {un: 1}, moi=str(salle.sonia.pk + 1))
        assert (refus["code"], salle.voix) == ("autre_personne", {})
        assert self.envoyer(salle, {un: 1}, moi=str(salle.sonia.pk))["votes"] == {str(un): 1}

    def test_a_room_whose_code_has_changed_says_so_to_what_was_waiting(self, salle):
        reponse = salle.telephone.post("/a/ZZZZZ2/voter/", {"piste-1": "1"}, **JSON)
        assert (reponse.status_code, reponse.json()["code"]) == (404, "code_change")

    def test_numbers_no_script_of_ours_would_send_are_left_aside(self, salle):
        un = salle.pistes[0].pk
        for valeur in ("-1", "un", "9" * 40, "²"):
            assert self.envoyer(salle, {un: 1}, ordre=valeur, scrutin=valeur)["votes"] == {str(un): 1}

    def test_more_dots_than_one_has_are_refused_and_stay_chosen(self, salle):
        un, deux, _trois = [piste.pk for piste in salle.pistes]
        reponse = salle.voter({un: 3, deux: 3})
        assert (reponse.status_code, salle.voix, Bulletin.objects.count()) == (422, {}, 0)
        choisis = re.findall(r'id="g-(\d+)-(\d)" value="\d" checked', reponse.content.decode())
        assert [(int(piste), int(n)) for piste, n in choisis][:2] == [(un, 3), (deux, 3)]

    @pytest.mark.parametrize(
        ("nom", "valeur", "statut"),
        [
            ("piste-{}", "99", 422),
            ("piste-{}", "-1", 400),
            ("piste-{}", "deux", 400),
            ("piste-{}", "1" * 30, 400),
            ("piste-x", "1", 400),
            ("piste-999999", "1", 422),
            ("piste-", "1", 400),
        ],
    )
    def test_a_ballot_that_no_form_of_ours_sends_is_refused(self, salle, nom, valeur, statut):
        donnees = {nom.format(salle.pistes[0].pk): valeur}
        for entetes in ({}, JSON):
            assert salle.telephone.post("/a/K7P4M2/voter/", donnees, **entetes).status_code == statut
        assert Voix.objects.count() == 0

    def test_a_piste_of_another_room_cannot_be_voted_on(self, salle):
        autre = faire_atelier(salle.atelier.consultation, code="PPPPP2")
        ailleurs = faire_pistes(autre, 1, debut=50)[0]
        assert salle.voter({ailleurs.pk: 1}).status_code == 422

    def test_once_the_vote_is_closed_it_is_refused_and_the_results_show(self, salle):
        salle.clore("vote")
        reponse = salle.voter({salle.pistes[0].pk: 1})
        assert (reponse.status_code, salle.voix) == (409, {})
        assert titre(reponse) == "Voici les résultats"

    def test_votes_on_a_piste_joined_meanwhile_show_on_the_one_it_joined(self, salle):
        un, deux, trois = salle.pistes
        salle.voter({un.pk: 1, deux.pk: 1})
        actions_consultation.regrouper(espace=salle.atelier.espace, par=None, pistes=[deux], dans=un)
        assert [(p.pk, valeur) for p, valeur in salle.voir("?voter=1").context["bulletins"]] == [
            (un.pk, 2),
            (trois.pk, None),
        ]

    def test_four_levels_are_kept_and_passing_counts_as_having_answered(self):
        salle = Salle("vote", "discussion", mode="adhesion")
        salle.ouvrir("vote")
        un, deux, trois = [piste.pk for piste in salle.pistes]
        salle.voter({un: 4, deux: 1, trois: 0})
        assert salle.voix == {un: 4, deux: 1}
        assert "2 avis donnés sur 3." in texte(salle.voir())

    def test_nothing_of_the_result_is_shown_before_the_vote_closes(self, salle):
        salle.voter({salle.pistes[0].pk: 3})
        for suite in ("", "?voter=1"):
            assert salle.voir(suite).context.get("tableau") is None


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
        assert une <= 10


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


def test_nobody_else_s_name_is_on_the_page():
    salle = Salle("ideation")
    faire_participant(salle.atelier, prenom="Wilhelmine")
    salle.ouvrir("ideation")
    assert Participant.objects.count() == 2
    assert "Wilhelmine" not in salle.voir().content.decode()
