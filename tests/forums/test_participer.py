"""A resident with a postcard: in by its code, an idea, a refusal and its appeal, an argument, a vote."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from consultation import actions
from consultation.models import Contribution, Participant, Phase, Recours, Voix
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_code, creer_forum, entrer, poser_phase, proposer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _portes_neuves():
    cache.clear()


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


def adresse(forum, nom, *args):
    return reverse(f"forums:{nom}", args=[forum.consultation.slug, *args])


def connu(client, forum, participant=None):
    """The phone of someone who came in, by their own code."""
    participant = participant or entrer(forum)
    client.post(adresse(forum, "entrer"), {"code": participant.code_lisible})
    return participant


def se_presenter(client, forum, code, **champs):
    qui = {"code": code.lisible.lower(), "college": f.college(forum.consultation, "habitants").pk, "accord": "on"}
    return client.post(adresse(forum, "bienvenue"), {**qui, **champs}, follow=True)


def test_a_card_leads_from_its_square_to_one_s_idea_and_to_a_code_of_one_s_own(client, forum):
    code = creer_code(forum)
    page = client.get(adresse(forum, "carte", code.code)).content.decode()
    assert f'value="{code.code}"' in page
    code.refresh_from_db()
    assert code.servi is False  # looking uses nothing up
    reponse = se_presenter(client, forum, code)
    personne = Participant.objects.get()
    assert reponse.request["PATH_INFO"] == adresse(forum, "proposer")
    assert personne.code_lisible in reponse.content.decode()
    client.post(adresse(forum, "proposer"), {"texte": "Un garage solidaire.", "cle": "k1"})
    page = client.post(adresse(forum, "proposer"), {"texte": "Un garage solidaire.", "cle": "k1"}, follow=True)
    assert "En attente de lecture" in page.content.decode()
    assert personne.propositions.count() == 1


def test_a_card_that_has_served_says_so_and_the_own_code_opens_on_another_device(client, forum):
    code = creer_code(forum)
    personne = entrer(forum, code=code)
    reponse = client.post(adresse(forum, "entrer"), {"code": code.lisible})
    assert (reponse.status_code, "Ce code a déjà servi." in reponse.content.decode()) == (409, True)
    reponse = client.post(adresse(forum, "entrer"), {"code": personne.code_lisible})
    assert reponse["Location"] == adresse(forum, "mes-textes")


def test_the_same_card_on_two_devices_lets_one_in(client, forum):
    code = creer_code(forum)
    client.get(adresse(forum, "carte", code.code))
    entrer(forum, code=code)
    reponse = se_presenter(client, forum, code)
    assert (reponse.status_code, Participant.objects.count()) == (409, 1)


def test_guessing_is_asked_for_a_proof_and_a_right_code_still_opens(client, forum):
    for _n in range(9):
        reponse = client.post(adresse(forum, "entrer"), {"code": "AAAA AAAA"})
    assert reponse.status_code == 429
    assert 'name="defi"' in reponse.content.decode()
    autre = type(client)(REMOTE_ADDR="198.51.100.7")
    assert autre.get(adresse(forum, "carte", creer_code(forum).code)).status_code == 200


def test_a_form_half_filled_keeps_what_was_typed_and_the_card_stays_good(client, forum):
    code = creer_code(forum)
    reponse = se_presenter(client, forum, code, college="", prenom="Nadège")
    page = reponse.content.decode()
    assert (reponse.status_code, 'value="Nadège"' in page, f'value="{code.lisible.lower()}"' in page) == (
        422,
        True,
        True,
    )
    reponse = se_presenter(client, forum, code, prenom="www.vendre.test")
    code.refresh_from_db()
    assert (reponse.status_code, code.servi) == (422, False)


def test_what_is_refused_comes_back_with_its_words(client, forum):
    connu(client, forum)
    long = "a" * 601
    reponse = client.post(adresse(forum, "proposer"), {"texte": long})
    assert (reponse.status_code, long in reponse.content.decode()) == (422, True)
    Phase.objects.all().delete()
    reponse = client.post(adresse(forum, "proposer"), {"texte": "Trop tard"})
    assert (reponse.status_code, "Trop tard" in reponse.content.decode()) == (409, True)


def test_whoever_was_writing_when_it_closed_is_told_how_long_is_left(client, forum):
    connu(client, forum)
    Phase.objects.filter(nature="proposer").update(fin=timezone.now() - timedelta(minutes=2))
    assert "Le temps pour proposer est fini depuis" in client.get(adresse(forum, "proposer")).content.decode()
    assert client.post(adresse(forum, "proposer"), {"texte": "Un garage."}).status_code == 302


def test_a_refused_text_shows_its_rule_its_reason_and_the_way_to_a_second_reading(client, forum):
    personne = connu(client, forum)
    texte = proposer(forum, "Chez Verdalou", participant=personne, affichee=False)
    actions.moderer(texte=texte, sens="refusee", regle=2, motif="Retirez le nom.", par=None)
    page = client.get(adresse(forum, "mes-textes")).content.decode()
    assert ("On ne vise pas une personne" in page, "Retirez le nom." in page) == (True, True)
    vers = adresse(forum, "recours", f"p{texte.pk}")
    client.post(vers, {"mots": "C’est l’entreprise."})
    assert Recours.objects.get().mots == "C’est l’entreprise."
    assert "Une autre personne relit" in client.get(adresse(forum, "mes-textes")).content.decode()
    autre = type(client)()
    connu(autre, forum)
    assert autre.get(vers).status_code == 404


def test_whoever_did_not_agree_reads_that_their_words_are_not_shown_before_and_after_writing(client, forum):
    """A waiting text promised an answer in 24 hours; shown, it was called so, though nobody could read it."""
    dit = "ce que vous écrivez reste dans l’équipe"
    publiee = proposer(forum)
    personne = connu(client, forum, entrer(forum, accord=False))
    proposer(forum, "Un bus le soir.", participant=personne, affichee=False)
    proposer(forum, "Un garage solidaire.", participant=personne)
    pages = [adresse(forum, "proposer"), adresse(forum, "mes-textes"), adresse(forum, "contribuer", publiee.pk)]
    assert [dit in client.get(page).content.decode() for page in pages] == [True, True, True]
    mes_textes = client.get(pages[1]).content.decode()
    assert (mes_textes.count("Gardé par l’équipe"), mes_textes.count(">Affiché<")) == (1, 0)
    assert f"personne={personne.pk}&amp;suite={pages[1]}" in mes_textes
    actions.consentir(participant=personne, accord=True)
    assert [dit in client.get(page).content.decode() for page in pages] == [False, False, False]


def test_a_stranger_is_led_to_the_door(client, forum):
    for nom, args in (
        ("proposer", ()),
        ("mes-textes", ()),
        ("voter", ()),
        ("contribuer", (1,)),
        ("recours", ("p1",)),
    ):
        assert client.get(adresse(forum, nom, *args))["Location"] == adresse(forum, "entrer")


def test_an_argument_waits_to_be_read_then_stands_in_its_list(client, forum):
    dite = proposer(forum)
    connu(client, forum)
    vers = adresse(forum, "contribuer", dite.pk)
    reponse = client.post(vers, {"texte": "Voir https://exemple.org <b>ici</b>", "nature": ""})
    assert (reponse.status_code, "&lt;b&gt;ici" in reponse.content.decode()) == (422, True)
    client.post(vers, {"texte": "Voir https://exemple.org <b>ici</b>", "nature": "pour"})
    page = adresse(forum, "proposition", dite.pk)
    assert "exemple.org" not in client.get(page).content.decode()
    actions.moderer(texte=Contribution.objects.get(), sens="affichee", par=None)
    lue = client.get(page).content.decode()
    assert '<a href="https://exemple.org" rel="nofollow">https://exemple.org</a> &lt;b&gt;ici&lt;/b&gt;' in lue


def test_one_votes_on_one_proposition_at_a_time_until_all_are_seen(client, forum):
    une, deux = proposer(forum), proposer(forum, "Un garage solidaire.")
    actions.ouvrir_vote(consultation=forum.consultation, par=None)
    poser_phase(forum, "voter")
    connu(client, forum)
    vers = adresse(forum, "voter")
    vues = []
    for donnees in ({"valeur": "4"}, {"passer": "1"}):
        page = client.get(vers)
        vues.append(page.context["piste"].pk)
        assert client.post(vers, {"piste": vues[-1]}).status_code == 422  # nothing chosen beforehand
        client.post(vers, {"piste": vues[-1], **donnees})
    une.refresh_from_db()
    deux.refresh_from_db()
    assert set(vues) == {une.piste_id, deux.piste_id}
    assert list(Voix.objects.values_list("piste", "valeur")) == [(vues[0], 4)]
    assert "C’est fait, merci" in client.get(vers).content.decode()
    assert "cachés jusqu’à la fin" in client.get(adresse(forum, "resultats")).content.decode()


def test_the_least_answered_comes_next(client, forum):
    idees = [proposer(forum, f"Idée numéro {n}") for n in range(4)]
    scrutin = actions.ouvrir_vote(consultation=forum.consultation, par=None)
    poser_phase(forum, "voter")
    for idee in idees:
        idee.refresh_from_db()
    f.faire_voter(scrutin, "habitants", 3, {idee.piste_id: 4 for idee in idees[:3]})
    connu(client, forum)
    assert client.get(adresse(forum, "voter")).context["piste"].pk == idees[3].piste_id
