"""A reader reports, a moderator takes back, the organiser answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation import actions
from consultation.models import Decision, ReponsePublique, Signalement
from tests import fabriques as f
from tests.consultation.fabriques_forum import creer_forum, entrer, proposer

from .test_participer import adresse

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return creer_forum("proposer", "discuter")


@pytest.fixture
def moderatrice(forum):
    return f.creer_animateur(forum.espace)


def test_anyone_reports_a_text_it_comes_to_the_queue_with_the_reason_and_leaves_it_once_read(
    client, forum, moderatrice
):
    dite = proposer(forum, "Le chef Verdal refuse.")
    vers = adresse(forum, "signaler", f"p{dite.pk}")
    assert client.post(vers, {"mots": "Un nom !"}).status_code == 422
    assert "Un nom !" in client.post(vers, {"mots": "Un nom !"}).content.decode()
    assert client.post(vers, {"regle": "2", "mots": "Un nom !"}).status_code == 302
    assert client.post(vers, {"regle": "2", "mots": "Encore"}).status_code == 302  # the same rule twice is once
    assert [(s.regle, s.mots) for s in Signalement.objects.all()] == [(2, "Un nom !")]
    client.force_login(moderatrice)
    page = client.get(adresse(forum, "moderer"))
    assert (page.context["combien"], "Un lecteur dit" in page.content.decode()) == (1, True)
    client.post(
        adresse(forum, "decider", f"p{dite.pk}"),
        {"sens": "masquee", "mots": "Verdal", "derniere": str(dite.decisions.first().pk)},
    )
    assert client.get(adresse(forum, "moderer")).context["combien"] == 0
    client.post(vers, {"regle": "2"})
    assert client.get(adresse(forum, "moderer")).context["combien"] == 0  # read already, for that rule
    client.post(vers, {"regle": "4"})
    assert client.get(adresse(forum, "moderer")).context["combien"] == 1


def test_what_may_not_be_read_cannot_be_reported(client, forum):
    cachee = proposer(forum, "Cachée", affichee=False)
    argument = actions.contribuer(
        proposition=proposer(forum), participant=entrer(forum), nature="pour", texte="Oui."
    )
    for cle in (f"p{cachee.pk}", f"c{argument.pk}", "p999999", "r1", "x", "p"):
        assert client.get(adresse(forum, "signaler", cle)).status_code == 404


@pytest.mark.parametrize(
    "champs",
    [
        {"sens": "affichee"},
        {"sens": "refusee", "regle": "1", "motif": "Non."},
        {"sens": "masquee", "mots": "chef"},
    ],
)
@pytest.mark.parametrize("genre", ["p", "c"])
def test_a_decision_is_taken_back_within_ten_minutes_and_the_text_is_as_before(
    client, forum, moderatrice, champs, genre
):
    client.force_login(moderatrice)
    texte = proposer(forum, "Le chef dit non.", affichee=False)
    if genre == "c":
        montree = proposer(forum, "Un bus.")
        texte = actions.contribuer(
            proposition=montree, participant=entrer(forum), nature="pour", texte="Le chef dit non."
        )
    client.post(adresse(forum, "decider", f"{genre}{texte.pk}"), champs)
    decision = texte.decisions.get()
    assert f"moderer/{decision.pk}/annuler/" in client.get(adresse(forum, "moderer")).content.decode()
    reponse = client.post(adresse(forum, "annuler", decision.pk), follow=True)
    texte.refresh_from_db()
    assert (texte.moderation, texte.masques, texte.motif) == ("a_relire", [], "")
    assert (texte.decisions.count(), reponse.context["lue"].texte) == (0, texte)


def test_too_late_someone_else_s_or_appealed_a_decision_stands(client, forum, moderatrice):
    texte = proposer(forum, "Hors sujet.", affichee=False)
    decision = actions.moderer(texte=texte, sens="refusee", regle=1, motif="Non.", par=moderatrice)
    client.force_login(f.creer_animateur(forum.espace))
    assert client.post(adresse(forum, "annuler", decision.pk)).status_code == 403
    client.force_login(moderatrice)
    Decision.objects.update(le=timezone.now() - timedelta(minutes=11))
    assert client.post(adresse(forum, "annuler", decision.pk)).status_code == 409
    Decision.objects.update(le=timezone.now())
    actions.demander_recours(texte=texte, participant=texte.auteur)
    assert client.post(adresse(forum, "annuler", decision.pk)).status_code == 409
    texte.refresh_from_db()
    assert texte.moderation == "ecartee"


def test_the_organiser_answers_everyone_reads_it_and_it_goes_when_emptied(client, forum, moderatrice):
    dite = proposer(forum)
    vers = adresse(forum, "repondre", dite.pk)
    client.force_login(moderatrice)
    assert client.post(vers, {"texte": "Oui."}).status_code == 403
    client.force_login(f.creer_organisateur(forum.consultation))
    trop = client.post(vers, {"texte": "é" * 1501})
    assert (trop.status_code, "é" * 1501 in trop.content.decode()) == (422, True)
    client.post(vers, {"texte": "Un minibus en mars. Voir https://exemple.fr <script>"})
    client.logout()
    page = client.get(adresse(forum, "proposition", dite.pk)).content.decode()
    assert ("nofollow" in page, "&lt;script&gt;" in page, "Réponse publiée" in page) == (True, True, True)
    client.force_login(f.creer_organisateur(forum.consultation))
    client.post(vers, {"texte": " "})
    assert ReponsePublique.objects.count() == 0
