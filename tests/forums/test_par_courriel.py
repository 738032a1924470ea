"""Coming in by a link sent to an address: one address, one voice, and the address is kept nowhere."""

import re

import pytest
from django.core.cache import cache

from consultation import actions
from consultation.models import AdresseServie, Consultation, Journal, Participant
from forums import jetons
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum

from .test_participer import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer")


def demander(client, forum, courriel, mailoutbox):
    """Ask for a link; return its path, or None if no letter left."""
    avant = len(mailoutbox)
    assert client.post(adresse(forum, "par-courriel"), {"courriel": courriel}).status_code == 200
    if len(mailoutbox) == avant:
        return None
    return re.search(r"https?://[^/]+(/forum/\S+)", mailoutbox[-1].body)[1]


def se_presenter(client, forum, lien, signe="habitants"):
    jeton = lien.rstrip("/").rsplit("/", 1)[1]
    qui = {"jeton": jeton, "college": f.college(forum.consultation, signe).pk, "accord": "on"}
    return client.post(adresse(forum, "bienvenue"), qui, follow=True)


def test_one_address_is_one_voice_whatever_its_case_plus_sign_or_device(client, forum, mailoutbox):
    lien = demander(client, forum, "Lise@exemple.test", mailoutbox)
    assert "Vous parlez comme…" in client.get(lien).content.decode()
    assert Participant.objects.count() == 0  # reading lets nobody in
    assert se_presenter(client, forum, lien).request["PATH_INFO"] == adresse(forum, "proposer")
    cache.clear()
    autre = type(client)()
    lien = demander(autre, forum, " lise+forum@EXEMPLE.test", mailoutbox)
    assert "Vous revoilà" in autre.get(lien).content.decode()
    assert autre.post(lien, follow=True).context["participant"] == Participant.objects.get()
    se_presenter(autre, forum, lien, "salaries")  # the form of the first link, sent again
    assert (Participant.objects.count(), Participant.objects.get().origine) == (1, "courriel")


def test_the_address_is_kept_nowhere(client, forum, mailoutbox):
    se_presenter(client, forum, demander(client, forum, "lise@exemple.test", mailoutbox))
    assert Participant.objects.count() == 1
    for modele in (Participant, AdresseServie, Journal):
        assert "lise" not in repr(list(modele.objects.values())).lower()


@pytest.mark.parametrize("courriel", ["", "lise", "lise@", "a@exemple.test\nBcc: b@exemple.test", "@exemple.test"])
def test_what_is_not_an_address_is_said_and_nothing_leaves(client, forum, mailoutbox, courriel):
    reponse = client.post(adresse(forum, "par-courriel"), {"courriel": courriel})
    assert (reponse.status_code, "ne marche pas" in reponse.content.decode(), mailoutbox) == (422, True, [])


def test_one_letter_at_a_time_and_none_to_a_closed_forum(client, forum, mailoutbox):
    assert demander(client, forum, "a@exemple.test", mailoutbox) is not None
    assert demander(client, forum, "a@exemple.test", mailoutbox) is None
    Consultation.objects.update(etat="close")
    assert client.post(adresse(forum, "par-courriel"), {"courriel": "b@exemple.test"}).status_code == 409
    assert len(mailoutbox) == 1


def test_a_link_cut_too_old_or_of_another_forum_lets_nobody_in(client, forum, mailoutbox, monkeypatch):
    lien = demander(client, forum, "a@exemple.test", mailoutbox)
    ailleurs = creer_forum("proposer", titre="Ailleurs")
    empreinte = actions.empreinte_de("a@exemple.test", forum.consultation)
    for faux in (lien[:-6] + "/", adresse(forum, "lien", jetons.faire(empreinte, ailleurs))):
        reponse = client.get(faux)
        assert (reponse.status_code, "Demandez-en un autre" in reponse.content.decode()) == (410, True)
    monkeypatch.setattr(jetons, "DUREE", -1)
    assert client.get(lien).status_code == 410
    assert se_presenter(client, forum, lien).status_code == 410
    assert Participant.objects.count() == 0


def test_who_is_erased_does_not_vote_again_with_the_same_address(client, forum, mailoutbox):
    lien = demander(client, forum, "a@exemple.test", mailoutbox)
    se_presenter(client, forum, lien)
    actions.effacer_participant(participant=Participant.objects.get())
    assert client.get(lien).status_code == 409
    assert se_presenter(client, forum, lien).status_code == 409
    actions.oublier_les_personnes(consultation=forum.consultation)
    assert AdresseServie.objects.count() == 0
