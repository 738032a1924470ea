"""The public pages of a forum: what anyone reads, in how many queries, and what stays hidden."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers import actions as actions_ateliers
from consultation import actions
from consultation.models import Consultation, Piste
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, poser_phase, proposer

from .test_participer import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer")


def test_the_home_page_has_its_question_its_door_its_calendar_and_what_is_checked(client, forum):
    proposer(forum)
    poser_phase(forum, "discuter")
    page = client.get(adresse(forum, "accueil")).content.decode()
    for dit in (
        "Qu’est-ce qui vous aiderait à travailler ici", "Proposez une idée", "Où en est-on", "Carte postale",
        "Chaque code sert à une seule personne.", "«\u202fUn minibus le matin entre les villages.\u202f»",
    ):  # fmt: skip
        assert dit in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("nom", ["accueil", "propositions"])
def test_pages_cost_the_same_whatever_is_said(client, forum, nom, django_assert_max_num_queries):
    f.creer_axe(consultation=forum.consultation)
    proposer(forum)
    client.get(adresse(forum, nom))
    with django_assert_max_num_queries(60) as avant:
        client.get(adresse(forum, nom))
    for n in range(4):
        proposer(forum, f"Idée {n}")
    with django_assert_max_num_queries(len(avant)):
        client.get(adresse(forum, nom))


def test_the_list_is_filtered_searched_and_its_address_keeps_every_choice(client, forum):
    axe = f.creer_axe(consultation=forum.consultation, titre="Se déplacer")
    dite = proposer(forum, axe=axe)
    proposer(forum, "Un garage solidaire.", participant=entrer(forum, "salaries"))
    vers = adresse(forum, "propositions")

    def lues(**choix):
        return [p.pk for p in client.get(vers, choix).context["page"]]

    assert len(lues()) == 2
    assert lues(axe=axe.pk) == lues(mots="MINIBUS") == lues(college=dite.college_id) == [dite.pk]
    assert lues(mots="introuvable") == []
    assert "Essayez avec un mot de moins" in client.get(vers, {"mots": "introuvable"}).content.decode()
    assert client.get(vers, {"page": "x", "axe": "x", "college": "99999999999999999999"}).status_code == 200


def test_what_waits_is_refused_or_not_agreed_to_is_not_there(client, forum):
    attend = proposer(forum, "Attend", affichee=False)
    tue = proposer(forum, "Sans accord", participant=entrer(forum, accord=False))
    for texte in (attend, tue):
        assert client.get(adresse(forum, "proposition", texte.pk)).status_code == 404
    page = client.get(adresse(forum, "propositions")).content.decode()
    assert ("Attend" in page, "Sans accord" in page) == (False, False)


def test_a_forum_being_prepared_is_read_by_its_team_alone(client, forum):
    Consultation.objects.filter(pk=forum.consultation_id).update(etat="preparation")
    assert client.get(adresse(forum, "accueil")).status_code == 404
    assert "Travailler ici" not in client.get(reverse("forums:liste")).content.decode()
    client.force_login(f.creer_organisateur(forum.consultation))
    assert client.get(adresse(forum, "accueil")).status_code == 200


def test_the_rules_are_numbered_and_the_log_has_neither_names_nor_words(client, forum):
    lea = f.creer_animateur(forum.espace, f.creer_compte(first_name="Léa", last_name="Baudry"))
    texte = proposer(forum, "Mot secret", affichee=False)
    actions.moderer(texte=texte, sens="refusee", regle=2, motif="Retirez le nom.", par=lea)
    page = client.get(adresse(forum, "regles")).content.decode()
    assert ("On ne vise pas une personne" in page, "refusée, règle 2" in page) == (True, True)
    assert [mot for mot in ("Mot secret", "Léa", "Baudry", "Retirez le nom") if mot in page] == []


def test_results_are_read_by_college_once_the_vote_is_closed(client, forum):
    dite = proposer(forum)
    poser_phase(forum, "voter")
    scrutin = actions.ouvrir_vote(consultation=forum.consultation, par=None)
    dite.refresh_from_db()
    for signe in ("habitants", "salaries"):
        f.faire_voter(scrutin, signe, 6, {dite.piste_id: 4})
        f.faire_voter(scrutin, signe, 4, {dite.piste_id: 1})
    actions.fermer_vote(consultation=forum.consultation, par=None)
    page = client.get(adresse(forum, "resultats"))
    assert page.context["tableau"].votants == 20
    lu = page.content.decode()
    assert [dit for dit in ("20 personnes ont voté", dite.texte, "12 personnes sur 20") if dit not in lu] == []
    page = client.get(adresse(forum, "proposition", dite.pk))
    assert page.context["ligne"].piste.id == dite.piste_id
    Piste.objects.update(texte="Reformulée depuis")
    forum.consultation.colleges.filter(signe="habitants").update(nom_court="Gens d’ici")
    lu = client.get(adresse(forum, "resultats")).content.decode()
    assert ("Reformulée depuis" in lu, "Gens d’ici" in lu, dite.texte in lu) == (True, True, False)


def test_the_poster_carries_the_square(client, forum):
    reponse = client.get(adresse(forum, "affiche"))
    assert (reponse["Content-Type"], reponse.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_evening_is_announced_and_what_it_says_counts_with_the_rest(client, forum):
    consultation = forum.consultation
    debut = timezone.now() - timedelta(days=2)
    temps = consultation.temps.create(titre="Soirée", debut=debut, fin=debut + timedelta(hours=2))
    atelier = actions_ateliers.creer_atelier(
        consultation=consultation, temps=temps, titre="Garder son travail", par=None
    )
    dite = f.creer_proposition(atelier.espace, participant=entrer(forum))
    actions.relire_proposition(proposition=dite, decision="afficher", par=None)
    page = client.get(adresse(forum, "accueil"))
    assert [(soir.titre, passee, soir.idees) for soir, passee in page.context["soirees"]] == [
        ("Garder son travail", True, 1)
    ]
    assert [p.pk for p in page.context["dernieres"]] == [dite.pk]
