"""Every piste answered, read by anyone: boards, the trail of a piste, and what it must not tell."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from consultation import actions
from consultation.actions.suites import Dite
from contenus import actions as actions_contenus
from contenus import regles
from contenus.lectures import accueil
from contenus.lectures import suites as lectures
from tests.fabriques import (
    creer_consultation,
    creer_editeur,
    creer_espace,
    creer_participant,
    creer_participants,
    creer_piste,
    creer_proposition,
    creer_territoire,
)

from .fabriques_contenus import creer_page_publiee, creer_synthese, creer_synthese_votee, publier
from .test_moi import telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def espace(arborescence):
    return creer_espace()


def decider(piste, etat="en_cours", **champs):
    champs = {"raison": "Huit structures l’essaient.", "decidee_par": "le groupe régional", **champs}
    le = champs.pop("le", timezone.localdate())
    return actions.decider_suite(piste=piste, dite=Dite(etat=etat, le=le, **champs), par=None)


def paru(espace, *pistes):
    return creer_page_publiee(creer_synthese(espace.consultation, pistes))


def lire(client, piste):
    return client.get(f"/reponses/{piste.consultation.slug}/{piste.numero}/")


def simple(texte):
    """With ordinary spaces."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def noeuds(piste):
    vue = lectures.presenter(lectures.piste_publique(piste.consultation, piste.numero))
    return [(noeud.genre, noeud.etat) for noeud in vue.noeuds]


def test_nothing_is_read_before_a_synthesis_is_out(client, espace):
    piste = creer_piste(espace)
    decider(piste)
    page = creer_page_publiee(creer_synthese(espace.consultation, [piste]))
    assert lire(client, piste).status_code == 200
    page.unpublish()
    assert lire(client, piste).status_code == 404
    assert client.get(f"/reponses/{espace.consultation.slug}/").status_code == 404
    assert "Aucune synthèse n’est encore publiée." in client.get("/reponses/").text


def test_a_piste_of_a_page_taken_back_is_no_longer_read(client, espace):
    retiree, lue = creer_piste(espace), creer_piste(espace)
    page = paru(espace, retiree)
    paru(espace, lue)
    page.unpublish()
    assert [lire(client, piste).status_code for piste in (retiree, lue)] == [404, 200]


def test_a_piste_that_no_synthesis_cites_is_read_once_answered(client, espace):
    citee, autre = creer_piste(espace), creer_piste(espace)
    paru(espace, citee)
    assert lire(client, autre).status_code == 404
    decider(autre)
    assert lire(client, autre).status_code == 200


def test_the_trail_goes_from_the_first_words_to_the_last_answer(client, arborescence):
    synthese = creer_synthese_votee()
    creer_page_publiee(synthese)
    piste = synthese.consultation.pistes.first()
    essai = decider(piste, "retenue", le=timezone.localdate() - timedelta(days=9))
    actions.corriger_suite(
        suite=essai, dite=Dite("en_cours", timezone.localdate(), "On essaie.", "le groupe"), par=None
    )
    assert noeuds(piste) == [
        ("suite", "fait"), ("synthese", "fait"), ("vote", "fait"), ("depart", "fait"), ("suite", "stop"),
    ]  # fmt: skip
    page = lire(client, piste).text
    assert [mot in page for mot in ("On essaie.", "16 personnes sur 24", "Corrigée le")] == [True] * 3


def test_a_joined_piste_leads_to_the_one_that_stands(client, espace):
    a, b = creer_piste(espace), creer_piste(espace)
    paru(espace, a)
    actions.regrouper(espace=espace, par=None, pistes=[a], dans=b)
    reponse = lire(client, a)
    assert (reponse.status_code, reponse["Location"]) == (302, f"/reponses/{espace.consultation.slug}/{b.numero}/")
    assert lire(client, b).status_code == 200


def test_words_are_read_with_their_authors_leave_alone(client, espace):
    oui = creer_participant(espace.consultation, accord_publication=True)
    non = creer_participant(espace.consultation, accord_publication=False)
    partie = creer_participant(espace.consultation, accord_publication=True)
    dites = [
        creer_proposition(espace, mots, qui)
        for mots, qui in (("Apprendre à deux", oui), ("Un secret de Zoé", non), ("Des mots repris", partie))
    ]
    piste = creer_piste(espace, "Apprendre en binôme", dites)
    paru(espace, piste)
    actions.effacer_participant(participant=partie)
    page = lire(client, piste).text
    assert [mots in page for mots in ("Apprendre à deux", "Un secret de Zoé", "Des mots repris")] == [
        True, False, False,
    ]  # fmt: skip
    assert "1 proposition n’est pas citée" in page
    assert "1 proposition a été retirée à la demande de son auteur." in page


def test_a_piste_in_someones_very_words_says_so_when_they_did_not_agree(client, espace):
    qui = creer_participant(espace.consultation, accord_publication=False)
    actions.semer_orphelines(espace=creer_proposition(espace, "Un secret de Zoé", qui).espace, par=None)
    piste = espace.pistes.get()
    paru(espace, piste)
    for adresse in (f"/reponses/{espace.consultation.slug}/", f"/reponses/{espace.consultation.slug}/1/"):
        page = client.get(adresse).text
        assert ("Un secret" in page, "(mots d’une personne qui n’a pas donné son accord" in page) == (False, True)


@pytest.mark.parametrize(
    ("auteurs", "dits"),
    [
        ({"salaries": 6, "permanents": 5}, {"salaries", "permanents"}),
        # The only small one would be known by its silence: the next smallest is silent with it.
        ({"salaries": 6, "permanents": 5, "partenaires": 1}, {"salaries"}),
        ({"salaries": 6, "permanents": 2, "partenaires": 3}, {"salaries"}),
        ({"salaries": 4}, set()),
    ],
)
def test_a_college_stands_beside_words_when_five_people_of_it_wrote(espace, auteurs, dits):
    for signe, n in auteurs.items():
        for personne in creer_participants(espace.consultation, n, signe, accord_publication=True):
            creer_proposition(espace, participant=personne)
    piste = creer_piste(espace, propositions=list(espace.propositions.all()))
    decider(piste)
    vue = lectures.presenter(lectures.piste_publique(espace.consultation, piste.numero))
    depart = next(noeud for noeud in vue.noeuds if noeud.genre == "depart")
    assert {mot.college.signe for mot in depart.contenu["mots"] if mot.college} == dits
    assert len(depart.contenu["mots"]) == sum(auteurs.values())


def test_the_file_of_a_private_collection_is_not_offered(client, espace):
    piste = creer_piste(espace)
    paru(espace, piste)
    coffre = Collection.get_first_root_node().add_child(name="Coffre")
    document = Document.objects.create(title="La fiche", file=ContentFile(b"%PDF", name="fiche.pdf"))
    decider(piste, document=document)
    assert "La fiche (PDF," in lire(client, piste).text
    document.collection = coffre
    document.save()
    CollectionViewRestriction.objects.create(collection=coffre, restriction_type="login")
    assert "La fiche" not in lire(client, piste).text


def test_the_board_tells_what_was_answered_and_filters(client, espace):
    a, b = creer_piste(espace, "Apprendre en binôme"), creer_piste(espace, "Un vestiaire pour chacun")
    page = paru(espace, a, b)
    adresse = f"/reponses/{espace.consultation.slug}/"
    assert "2 pistes attendent une réponse." in client.get(adresse).text
    decider(a, "ecartee", raison="Une association le fait déjà.")
    page.synthese.publiee_le = timezone.localtime() - timedelta(days=95)
    page.synthese.save()
    texte = simple(client.get(adresse).text)
    assert [m in texte for m in ("1 sur 2", "95 jours", "La raison :", "Celles qui attendent trop")] == [True] * 4
    seules = client.get(adresse, {"etat": "ecartee"}).text.split('id="tou"')[1]
    assert ("Apprendre en binôme" in seules, "Un vestiaire" in seules) == (True, False)
    assert client.get(adresse, {"etat": "n’importe quoi", "page": "zéro"}).status_code == 200


def test_its_author_reads_the_answer_with_the_code_alone(espace):
    sonia = creer_participant(espace.consultation, prenom="Sonia")
    mienne = creer_proposition(espace, "Apprendre à deux", sonia)
    piste = creer_piste(espace, "Apprendre en binôme", [mienne])
    decider(piste, "realisee", raison="Le livret est imprimé.")
    page = telephone(sonia).get(f"/moi/proposition/{mienne.pk}/").text
    assert ("Le livret est imprimé." in page, "/reponses/" in page) == (True, False)
    assert "Réponse à la piste n° 1 : réalisée." in simple(telephone(sonia).get("/moi/").text)
    paru(espace, piste)
    lien = f'href="/reponses/{espace.consultation.slug}/{piste.numero}/"'
    assert lien in telephone(sonia).get(f"/moi/proposition/{mienne.pk}/").text


def test_board_and_trail_cost_the_same_queries_whatever_they_hold(client, espace, django_assert_max_num_queries):
    pistes = [creer_piste(espace) for _ in range(6)]
    paru(espace, *pistes)
    for piste in pistes:
        decider(piste)
        decider(piste, "realisee")
    actions.regrouper(espace=espace, par=None, pistes=pistes[1:5], dans=pistes[0])
    with django_assert_max_num_queries(20):
        client.get(f"/reponses/{espace.consultation.slug}/")
    with django_assert_max_num_queries(38):
        lire(client, pistes[0])


def test_a_piste_taken_over_in_a_region_is_followed_there_and_the_map_shows_it(client, arborescence):
    france = creer_territoire(nom="France", niveau="nation")
    bretagne = creer_territoire(nom="Bretagne", niveau="region", parent=france)
    espace = creer_espace(consultation=creer_consultation(territoire=france))
    national, piste = espace.consultation, creer_piste(espace, "Apprendre en binôme")
    paru(espace, piste)
    demain = timezone.localdate() + timedelta(days=1)
    (suivi,) = actions.ouvrir_suivis(consultation=national, territoires=[bretagne], attendue_le=demain, par=None)
    (prise,) = actions.emporter_pistes(suivi=suivi, pistes=[piste], par=None)
    assert noeuds(piste)[0] == ("en_region", "fait")
    page = actions_contenus.faire_page(synthese=creer_synthese(suivi.regionale, [prise]), par=None)
    for compte, publie in ((creer_editeur(national), True), (creer_editeur(suivi.regionale), False)):
        assert (regles.peut_ecrire(compte, page), regles.peut_publier(compte, page)) == (True, publie)
        assert regles.pages_visibles(compte).filter(pk=page.pk).exists()
    assert "Elle est dans la synthèse régionale" not in lire(client, piste).text
    publier(page)
    assert "Elle est dans la synthèse régionale : Bretagne" in simple(lire(client, piste).text)
    case = next(case for case in accueil.accueil(RequestFactory().get("/")).tuiles if case.nom == "Bretagne")
    assert (case.etat, case.mention) == ("pub", "1 piste publiée")
