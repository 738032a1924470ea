"""The forum's team: a desk helper, a moderator through the queue, an organiser who prepares, prints and votes."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from consultation import actions
from consultation.models import CodeDeCarte, Decision, Journal, Participant, Phase, Recours, Scrutin
from forums.travaux import tenir_les_votes
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, poser_phase, proposer

from .test_participer import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


@pytest.fixture
def moderatrice(client, forum):
    compte = f.creer_animateur(forum.espace)
    client.force_login(compte)
    return compte


def test_a_desk_writes_for_someone_both_or_neither(client, forum):
    client.force_login(f.creer_mandat("rapporteur", forum.consultation))
    vers = adresse(forum, "guichet")
    champs = {
        "college": f.college(forum.consultation, "habitants").pk, "texte": "Un garage.", "note": "Mairie de Louzy",
    }  # fmt: skip
    reponse = client.post(vers, champs)
    assert (reponse.status_code, "Un garage." in reponse.content.decode()) == (422, True)  # consent not ticked
    Phase.objects.all().delete()
    assert client.post(vers, {**champs, "accord": "on"}).status_code == 409
    assert Participant.objects.count() == 0
    poser_phase(forum, "proposer")
    reponse = client.post(vers, {**champs, "accord": "on"}, follow=True)
    personne = Participant.objects.get()
    dite = personne.propositions.get()
    assert (dite.origine, dite.origine_note, personne.origine) == ("guichet", "Mairie de Louzy", "guichet")
    page = reponse.content.decode()
    assert (personne.code_lisible in page, 'value="Mairie de Louzy"' in page) == (True, True)


def test_a_moderator_goes_through_a_queue_of_fifty_the_oldest_first(
    client, forum, moderatrice, django_assert_max_num_queries
):
    gens = [entrer(forum) for _n in range(5)]
    textes = [proposer(forum, f"Idée {n}", participant=gens[n % 5], affichee=False) for n in range(50)]
    vers = adresse(forum, "moderer")
    with django_assert_max_num_queries(25):
        page = client.get(vers)
    assert (page.context["combien"], page.context["lue"].texte) == (50, textes[0])
    for n, texte in enumerate(textes[:6]):
        lue = client.get(vers).context["lue"]
        assert lue.texte == texte
        sens = {"sens": "refusee", "regle": "1", "motif": "Hors du sujet."} if n % 2 else {"sens": "affichee"}
        assert client.post(adresse(forum, "decider", lue.cle), sens).status_code == 302
    assert client.get(vers).context["combien"] == 44
    assert set(Decision.objects.values_list("par", flat=True)) == {moderatrice.pk}


def test_a_decision_that_misses_something_comes_back_with_what_was_typed(client, forum, moderatrice):
    texte = proposer(forum, "Le chef Marc dit non", affichee=False)
    vers = adresse(forum, "decider", f"p{texte.pk}")
    reponse = client.post(vers, {"sens": "refusee", "motif": "Retirez le nom."})
    assert (reponse.status_code, "Retirez le nom." in reponse.content.decode()) == (422, True)
    reponse = client.post(vers, {"sens": "masquee", "mots": "Paul"})
    assert (reponse.status_code, "«\u202fPaul\u202f» n’est pas dans ce texte." in reponse.content.decode()) == (
        422,
        True,
    )
    client.post(vers, {"sens": "masquee", "mots": "marc\n"})
    texte.refresh_from_db()
    assert texte.texte_public == "Le chef […] dit non"


def test_two_moderators_on_one_text_the_second_is_told(client, forum, moderatrice):
    texte = proposer(forum, affichee=False)
    actions.moderer(texte=texte, sens="affichee", par=None)
    reponse = client.post(
        adresse(forum, "decider", f"p{texte.pk}"), {"sens": "refusee", "regle": "1", "motif": "Non."}
    )
    texte.refresh_from_db()
    assert (reponse.status_code, texte.moderation) == (409, "affichee")
    assert "Quelqu’un vient de relire ce texte" in reponse.content.decode()


def test_an_appeal_is_answered_by_someone_else_and_never_by_whoever_refused(client, forum, moderatrice):
    texte = proposer(forum, "Chez Verdalou", affichee=False)
    actions.moderer(texte=texte, sens="refusee", regle=2, motif="Un nom.", par=moderatrice)
    recours = actions.demander_recours(texte=texte, participant=texte.auteur, mots="C’est l’entreprise.")
    page = client.get(adresse(forum, "moderer")).content.decode()
    assert ("Une autre personne doit le relire" in page, 'value="affichee"' in page) == (True, False)
    vers = adresse(forum, "decider", f"r{recours.pk}")
    assert client.post(vers, {"sens": "affichee"}).status_code == 403
    client.force_login(f.creer_animateur(forum.espace))
    assert "C’est l’entreprise." in client.get(adresse(forum, "moderer")).content.decode()
    client.post(vers, {"sens": "affichee"})
    texte.refresh_from_db()
    assert (texte.moderation, Recours.objects.get().accepte) == ("affichee", True)


def test_an_organiser_makes_a_forum_from_the_desk(client):
    consultation = f.creer_consultation(nature="forum")
    client.force_login(f.creer_organisateur(consultation))
    preparation = reverse("gestion:preparation", args=[consultation.pk])
    assert "La question posée, les règles publiées" in client.get(preparation).content.decode()
    vers = reverse("gestion_forums:forum", args=[consultation.pk])
    champs = {
        "question": "Et ici ?",
        "regles": "Une\n\nDeux",
        "delai_lecture": 24,
        "delai_recours": 7,
        "guichets": "",
    }
    assert client.post(vers, {**champs, "regles": " "}).status_code == 422
    client.post(vers, champs)
    consultation.refresh_from_db()
    assert (consultation.forum.regles_lues, consultation.forum.espace.question) == (["Une", "Deux"], "Et ici ?")
    ajouter = reverse("gestion_forums:phases_ajouter", args=[consultation.pk])
    quand = {"nature": "proposer", "debut": "2026-11-14T08:00", "fin": "2026-12-13T20:00"}
    assert client.post(ajouter, {**quand, "fin": "2026-11-13T20:00"}).status_code == 422
    client.post(ajouter, quand)
    assert [phase.nature for phase in consultation.phases.all()] == ["proposer"]
    assert client.post(ajouter, quand).status_code == 422  # a phase is there once
    assert "1 temps." in client.get(preparation).content.decode()


def test_cards_are_drawn_then_printed_without_those_that_have_served(client, forum):
    client.force_login(f.creer_organisateur(forum.consultation))
    vers = reverse("gestion_forums:cartes", args=[forum.consultation_id])
    client.post(vers, {"libelle": "Mairie", "nombre": 12})
    entrer(forum, code=CodeDeCarte.objects.select_related("lot").first())
    lot = forum.consultation.lots_de_codes.first()
    pdf = client.post(reverse("gestion_forums:cartes_imprimer", args=[forum.consultation_id, lot.pk]))
    lu = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    servis = {code.lisible: code.servi for code in lot.codes.all()}
    assert {code: code in lu for code in servis} == {code: not servi for code, servi in servis.items()}
    assert Journal.objects.filter(verbe="tirer_codes").get().details == {"personnes": 11, "forme": "pdf"}
    CodeDeCarte.objects.update(servi=True)
    vide = client.post(reverse("gestion_forums:cartes_imprimer", args=[forum.consultation_id, lot.pk]))
    assert vide.status_code == 409


def test_the_vote_opens_and_closes_by_itself_at_the_hours_of_the_calendar(forum):
    proposer(forum)
    sans_rien = creer_forum("voter", titre="Vide")
    phase = poser_phase(forum, "voter", fin=timedelta(hours=1))
    Phase.objects.filter(pk=phase.pk).update(debut=timezone.now() + timedelta(minutes=1))
    tenir_les_votes()
    assert Scrutin.objects.count() == 0
    Phase.objects.filter(pk=phase.pk).update(debut=timezone.now())
    tenir_les_votes()
    tenir_les_votes()
    assert list(Scrutin.objects.values_list("etat", flat=True)) == ["ouvert"]
    Phase.objects.filter(pk=phase.pk).update(fin=timezone.now() - timedelta(minutes=4))
    tenir_les_votes()
    assert list(Scrutin.objects.values_list("etat", flat=True)) == ["ouvert"]  # the grace
    Phase.objects.filter(pk=phase.pk).update(fin=timezone.now() - timedelta(minutes=6))
    tenir_les_votes()
    assert list(Scrutin.objects.values_list("etat", flat=True)) == ["clos"]
    sans_rien.refresh_from_db()
    assert sans_rien.scrutin is None  # nothing to vote on kept nobody else waiting
