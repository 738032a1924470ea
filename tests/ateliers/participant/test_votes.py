"""Votes sent from a phone: kept and confirmed, or refused with what was chosen."""

import re

import pytest

from consultation import actions as actions_consultation
from consultation.models import Bulletin, Scrutin, Voix

from ..fabriques_salle import (
    faire_atelier,
    faire_participant,
    faire_pistes,
)
from .gestes import JSON, Salle, telephone_de, texte, titre

pytestmark = pytest.mark.django_db


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

    def test_dots_on_a_piste_set_aside_are_counted_back(self, salle):
        un = salle.pistes[0]
        salle.voter({un.pk: 3})
        actions_consultation.ecarter_piste(piste=un, par=None)
        merci, encore = texte(salle.voir()), texte(salle.voir("?voter=1"))
        assert "0 gommette posée sur 3." in merci
        assert "Il vous reste 3 gommettes" in encore
        for vu in (merci, encore):
            assert "La piste n°\u00a01 a été mise de côté. 3 gommettes vous sont rendues." in vu

    def test_whoever_came_after_a_closed_list_opened_is_told_so_before_choosing(self, salle):
        Scrutin.objects.update(liste_close=True)
        assert titre(salle.voir()) == "Posez vos 3 gommettes"
        tard = telephone_de(faire_participant(salle.atelier, prenom="Karim"))
        vue = tard.get("/a/K7P4M2/")
        assert (titre(vue), "arrivées avant son ouverture" in texte(vue)) == ("Un vote est en cours", True)
        vote = {f"piste-{salle.pistes[0].pk}": 1, "cle": "t" * 32}
        assert (tard.post("/a/K7P4M2/voter/", vote).status_code, Bulletin.objects.count()) == (403, 0)

    def test_a_script_is_answered_with_the_votes_that_are_kept(self, salle):
        un = salle.pistes[0].pk
        premier = salle.voter({un: 2}, **JSON).json()
        tardif = self.envoyer(salle, {un: 3}, ordre="2000000000000", cle="t" * 32)
        depasse = self.envoyer(salle, {un: 1}, ordre="1000", cle="u" * 32)
        assert [(dit["votes"], dit["depasse"]) for dit in (premier, tardif, depasse)] == [
            ({str(un): 2}, False),
            ({str(un): 3}, False),
            ({str(un): 3}, True),
        ]
        assert premier["ordre"] < tardif["ordre"] == depasse["ordre"]
        assert f'data-ordre="{tardif["ordre"]}"' in salle.voir().content.decode()

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


def test_a_secret_ballot_whose_answer_was_lost_is_in_already_and_nothing_tells_what_it_holds(chemin):
    salle = Salle("vote", "discussion", secret=True)
    salle.ouvrir("vote")
    un = salle.pistes[0].pk
    scrutin = Scrutin.objects.get()
    envoi = {f"piste-{un}": 2, "cle": "v" * 32, "scrutin": scrutin.pk}
    recus = [salle.telephone.post("/a/K7P4M2/voter/", envoi, **JSON).json() for _fois in range(2)]
    salle.clore("vote")
    recus.append(salle.telephone.post("/a/K7P4M2/voter/", envoi, **JSON).json())
    assert recus == [{"votes": {}, "depasse": False, "ordre": 0}] * 3
    assert (Bulletin.objects.count(), Voix.objects.count()) == (1, 0)
    assert chemin.prises in (0, 3)
