"""Frames say what changed: never the whole board, and to phones only what their screen shows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ateliers import actions
from ateliers.direct import cadres
from ateliers.direct.ecarts import ecart
from ateliers.direct.public import Public
from ateliers.repetition.regles import fusionner
from consultation import actions as actes
from consultation.models import Piste
from tests.fabriques import creer_proposition

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes


def pistes(lignes):
    return {
        "total": len(lignes),
        "liste": [{"id": pk, "numero": pk, "texte": t} for pk, t in sorted(lignes.items())],
    }


BOARDS = st.dictionaries(st.integers(1, 9), st.sampled_from("abc"), max_size=6).map(pistes)


@given(BOARDS, BOARDS)
def test_what_is_sent_leads_from_any_board_to_any_other(avant, apres):
    dit = ecart("pistes", avant, apres)
    assert fusionner({"pistes": avant}, {"seq": 2, "depuis": 1, "pistes": dit}) == {"pistes": apres}
    assert len(dit["plus"]) <= sum(ligne not in avant["liste"] for ligne in apres["liste"])


@pytest.fixture
def salle(db):
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "regroupement", "vote")
    return atelier


class Ecoute:
    """What a phone, or another screen, is sent of a room."""

    def __init__(self, atelier, audience):
        self.atelier, self.public, self.heure = atelier, Public(atelier.pk, audience), 0
        self.suivre()

    def suivre(self):
        self.heure += 60
        seq, etats = cadres.rendre(self.atelier.pk)
        trame, _attente = self.public.suivre(seq, etats[self.public.audience], self.heure)
        return trame["text"] if trame else ""


@pytest.mark.parametrize("audience", cadres.AUDIENCES)
def test_on_a_board_of_six_hundred_a_gesture_sends_what_it_changed(salle, audience):
    toutes = faire_pistes(salle, 600)
    Piste.objects.update(texte="Une piste longue comme on en écrit. " * 4)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="regroupement"), par=None)
    ecoute = Ecoute(salle, audience)
    actes.regrouper(espace=salle.espace, par=None, pistes=toutes[5:8], dans=toutes[4], texte="Ensemble")
    trame = ecoute.suivre()
    assert '"plus":[{' in trame
    assert len(trame) < 2_000


def test_opening_a_step_of_six_hundred_pistes_does_not_send_them(salle):
    faire_pistes(salle, 600)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="ideation"), par=None)
    ecoute = Ecoute(salle, cadres.PARTICIPANTS)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="regroupement"), par=None)
    trame = ecoute.suivre()
    assert '"pistes":{"total":600,"plus":[],"moins":[]}' in trame
    assert len(trame) < 2_000


def test_phones_whose_screen_shows_no_piste_are_told_their_number_only(salle):
    toutes = faire_pistes(salle, 3)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="ideation"), par=None)
    telephone, mur = Ecoute(salle, cadres.PARTICIPANTS), Ecoute(salle, cadres.PROJECTION)
    actes.formuler_piste(piste=toutes[0], texte="Redite autrement", par=None)
    assert (telephone.suivre(), "Redite autrement" in mur.suivre()) == ("", True)
    assert "Une" not in telephone.public.entier()["text"]


@pytest.mark.parametrize("audience", cadres.AUDIENCES)
def test_a_page_made_before_what_it_was_told_hears_that_the_room_moved(salle, audience):
    """The sequence is read first: someone may write before the rest is, and the next rendering says the same."""
    lue = cadres.Salle.lire(salle.pk)
    creer_proposition(salle.espace)
    public = Public(salle.pk, audience)
    public.suivre(lue.sequence, {nom: lue.section(nom, audience) for nom in cadres.sections_de(audience)}, 0)
    seq, etats = cadres.rendre(salle.pk)
    trame, _attente = public.suivre(seq, etats[audience], 60)
    seule = None if audience == cadres.PARTICIPANTS else {"quoi": "suite", "seq": 1, "depuis": 0}
    assert (lue.sequence, seq, dite(trame)) == (0, 1, seule)
    assert public.suivre(seq, etats[audience], 120) == (None, None)


def dite(trame):
    return trame and {nom: valeur for nom, valeur in json.loads(trame["text"]).items() if nom != "maintenant"}


def test_a_proposition_brings_itself_and_not_the_last_five(salle):
    personne = faire_participant(salle)
    actions.ouvrir_etape(etape=salle.etapes.get(nature="ideation"), par=None)
    for rang in range(6):
        actions.proposer(atelier=salle, participant=personne, texte=f"Une idée dite avant, numéro {rang}")
    ecoute = Ecoute(salle, cadres.PARTICIPANTS)
    actions.proposer(atelier=salle, participant=personne, texte="Celle qui arrive maintenant")
    trame = ecoute.suivre()
    assert (trame.count("Une idée dite avant"), trame.count("Celle qui arrive maintenant")) == (0, 1)
