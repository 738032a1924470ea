"""My page: mine alone, without an account; my data to see, to take away, to erase."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from ateliers import identite
from ateliers.models import Etape, Place
from consultation import actions
from consultation.models import Bulletin, Participant
from tests.fabriques import (
    college,
    creer_compte,
    creer_consultation,
    creer_espace,
    creer_participant,
    creer_piste,
    creer_proposition,
    creer_scrutin,
)

from .fabriques_carnet import programme, seminaire

pytestmark = pytest.mark.django_db


def telephone(*participants, **reglages):
    """A phone that speaks as these people."""
    requete = RequestFactory().get("/")
    for participant in participants:
        reponse = HttpResponse()
        identite.retenir(reponse, participant, cookies=requete.COOKIES)
        requete.COOKIES[identite.COOKIE] = reponse.cookies[identite.COOKIE].value
    client = Client(**reglages)
    client.cookies[identite.COOKIE] = requete.COOKIES[identite.COOKIE]
    return client


@pytest.fixture
def espace():
    return creer_espace()


@pytest.fixture
def sonia(espace):
    return creer_participant(espace.consultation, prenom="Sonia")


def test_without_anyone_the_page_asks_for_the_personal_code(client):
    reponse = client.get("/moi/")
    assert reponse.status_code == 200
    assert 'action="/rejoindre/"' in reponse.text
    assert "Quel est votre code personnel" in reponse.text


def test_someone_new_finds_kind_words_where_nothing_is_yet(sonia):
    page = telephone(sonia).get("/moi/").text
    assert "Bonjour Sonia" in page
    assert "Vous n’avez encore rien proposé." in page
    assert "Aucune place n’est notée pour vous." in page


def test_a_personal_page_is_kept_by_no_cache(sonia):
    for adresse in ("/moi/", "/moi/carnet/", "/moi/carnet.pdf"):
        assert "no-store" in telephone(sonia).get(adresse)["Cache-Control"]


def phrases(reponse):
    return [
        (mienne.rang, mienne.phrase)
        for partie in reponse.context["participations"]
        for mienne in partie.propositions
    ]


def test_each_proposition_says_where_it_stands(espace, sonia):
    seule = creer_proposition(espace, "Des vestiaires chauffés", sonia)
    attend = creer_proposition(espace, "À relire bientôt", sonia)
    ecartee = creer_proposition(espace, "À ne pas montrer", sonia)
    attend.moderation, ecartee.moderation = "a_relire", "ecartee"
    attend.save(), ecartee.save()
    jointe = creer_proposition(espace, "Apprendre à deux", sonia)
    votee = creer_proposition(espace, "Un tuteur pour chacun", sonia)
    creer_piste(espace, propositions=[jointe])
    scrutin = creer_scrutin(espace, pistes=[creer_piste(espace, propositions=[votee])])
    actions.clore_scrutin(scrutin=scrutin, par=None)
    assert seule.piste is None
    assert phrases(telephone(sonia).get("/moi/")) == [
        (3, "Le groupe a voté sur la piste n°\u00a02."),
        (2, "Elle est dans la piste n°\u00a01."),
        (1, "Elle n’est pas affichée. Lisez pourquoi."),
        (1, "Elle est arrivée. Quelqu’un va la relire."),
        (1, "Elle est arrivée, avec celles des autres."),
    ]


def test_a_proposition_cited_by_a_synthesis_says_so(espace, sonia):
    organisateur = creer_compte(is_superuser=True)
    piste = creer_piste(espace, propositions=[creer_proposition(espace, "Apprendre à deux", sonia)])
    synthese = actions.ouvrir_synthese(consultation=espace.consultation, titre="Synthèse", par=organisateur)
    section = actions.ajouter_section(synthese=synthese, titre="Apprendre", par=organisateur)
    actions.ajouter_phrase(section=section, texte="On apprend à deux.", pistes=[piste], par=organisateur)
    assert phrases(telephone(sonia).get("/moi/")) == [(3, "Elle sert à écrire une synthèse (piste n°\u00a01).")]
    actions.soumettre_synthese(synthese=synthese, par=organisateur)
    synthese.refresh_from_db()
    actions.publier_synthese(synthese=synthese, par=organisateur)
    assert phrases(telephone(sonia).get("/moi/")) == [(4, "Elle est dans la synthèse publiée (piste n°\u00a01).")]


def test_a_workshop_where_a_step_is_open_can_be_entered_at_once():
    consultation = seminaire()
    mien = programme(consultation)
    sonia = creer_participant(consultation, prenom="Sonia")
    Place.objects.create(atelier=mien, participant=sonia)
    Etape.objects.create(atelier=mien, nature="ideation", titre="Proposer", etat="ouverte")
    page = telephone(sonia).get("/moi/").text
    assert f'href="/a/{mien.code}/"' in page
    assert "Mardi 13 octobre, 14\u00a0h" in page


def test_several_consultations_on_one_phone_are_all_listed(sonia):
    ailleurs = creer_participant(creer_consultation(titre="Forum du Vallon"), prenom="Sonia")
    page = telephone(sonia, ailleurs).get("/moi/").text
    assert sonia.consultation.titre in page
    assert "Forum du Vallon" in page


def test_an_account_finds_its_participations_without_any_cookie(espace, client):
    compte = creer_compte()
    actions.inscrire(
        consultation=espace.consultation,
        college=college(espace.consultation),
        prenom="Lucette",
        compte=compte,
    )
    client.force_login(compte)
    assert "Bonjour Lucette" in client.get("/moi/").text


def test_hostile_words_are_shown_as_words(espace, sonia):
    creer_proposition(espace, '<script>alert("x")</script>', sonia)
    page = telephone(sonia).get("/moi/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_my_page_costs_the_same_queries_for_one_and_for_many(espace, sonia, django_assert_num_queries):
    creer_piste(espace, propositions=[creer_proposition(espace, participant=sonia)])
    client = telephone(sonia)
    # Who one is, what is published, what became of one's words (seven), one's words, one's rooms, one's grilles,
    # the visits to come, the scheme of immersions, the address where one asked to be told.
    with django_assert_num_queries(16):
        client.get("/moi/")
    for _ in range(12):
        creer_piste(espace, propositions=[creer_proposition(espace, participant=sonia)])
    with django_assert_num_queries(16):
        client.get("/moi/")


# Taking my data away


def test_my_data_come_as_a_file_that_holds_my_words(espace, sonia):
    creer_proposition(espace, "Apprendre à deux", sonia)
    reponse = telephone(sonia).post("/moi/donnees/")
    assert reponse["Content-Disposition"] == 'attachment; filename="mes-donnees-germoir.json"'
    assert "no-store" in reponse["Cache-Control"]
    personnes = json.loads(reponse.content)["personnes"]
    assert len(personnes) == 1
    assert "Apprendre à deux" in json.dumps(personnes, ensure_ascii=False)


def test_my_seats_are_in_my_file():
    consultation = seminaire()
    mien = programme(consultation)
    sonia = creer_participant(consultation, prenom="Sonia")
    place = Place.objects.create(atelier=mien, participant=sonia)
    reponse = telephone(sonia).post("/moi/donnees/")
    assert json.loads(reponse.content)["personnes"][0]["ateliers"] == [
        {"atelier": "Apprendre à deux", "reservee_le": place.reservee_le.isoformat(), "entre_le": None}
    ]


def test_my_data_are_not_behind_a_link(sonia):
    assert telephone(sonia).get("/moi/donnees/").status_code == 405


def test_my_data_ask_for_the_token_of_my_own_page(sonia):
    assert telephone(sonia, enforce_csrf_checks=True).post("/moi/donnees/").status_code == 403


def test_a_phone_of_nobody_takes_nothing_away(client):
    assert client.post("/moi/donnees/").status_code == 404


def test_other_peoples_words_are_not_in_my_file(espace, sonia):
    creer_proposition(espace, "Les mots de Karim", creer_participant(espace.consultation, prenom="Karim"))
    assert "Les mots de Karim" not in telephone(sonia).post("/moi/donnees/").text


# Erasing


def test_erasing_says_first_what_goes_and_what_stays(sonia):
    page = telephone(sonia).get(f"/moi/effacer/{sonia.pk}/").text
    assert "Ce qui s’efface" in page
    assert "Ce qui reste" in page
    sonia.refresh_from_db()
    assert sonia.efface_le is None


def test_erasing_forgets_me_and_leaves_the_groups_work(espace, sonia):
    proposition = creer_proposition(espace, "Apprendre à deux", sonia)
    piste = creer_piste(espace, propositions=[proposition])
    scrutin = creer_scrutin(espace, pistes=[piste])
    actions.voter(scrutin=scrutin, participant=sonia, choix={piste.pk: 1})
    client = telephone(sonia)
    reponse = client.post(f"/moi/effacer/{sonia.pk}/", follow=True)
    proposition.refresh_from_db()
    assert not Participant.objects.filter(pk=sonia.pk).exists()
    assert (proposition.texte, proposition.auteur, proposition.piste) == ("", None, piste)
    assert Bulletin.objects.filter(scrutin=scrutin).count() == 1
    assert "Nous ne savons plus qui vous êtes." in reponse.text
    assert "Quel est votre code personnel" in reponse.text


def test_nobody_erases_someone_else(espace, sonia):
    karim = creer_participant(espace.consultation, prenom="Karim")
    assert telephone(sonia).post(f"/moi/effacer/{karim.pk}/").status_code == 404
    karim.refresh_from_db()
    assert karim.efface_le is None


def test_leaving_makes_the_phone_forget_and_erases_nothing(sonia):
    client = telephone(sonia)
    reponse = client.post("/moi/quitter/", follow=True)
    sonia.refresh_from_db()
    assert sonia.efface_le is None
    assert "Ce téléphone ne vous connaît plus." in reponse.text
    assert client.get("/moi/").context.get("participations") is None
