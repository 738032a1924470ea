"""Pages of questions: who may answer, what is kept, who reads it and takes it away, when it is erased."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from consultation.models import Journal
from contenus import actions
from contenus.models import FormulairePage, Question
from tests import fabriques as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("arborescence")]


@pytest.fixture
def consultation(db):
    cache.clear()
    return f.creer_consultation()


@pytest.fixture
def page(arborescence, consultation):
    page = FormulairePage(
        title="Vos visites", slug="vos-visites", consultation=consultation, usage="Pour préparer les visites.",
        form_fields=[
            Question(label="Votre prénom", field_type="singleline", required=True),
            Question(label="Ce qui vous aiderait", field_type="multiline"),
            Question(label="Quel jour ?", field_type="radio", choices="Lundi\nMardi"),
            Question(label="Combien serez-vous ?", field_type="number"),
            Question(label="Votre courriel", field_type="email"),
            Question(label="Venir quand", field_type="date"),
        ],
    )  # fmt: skip
    arborescence.accueil.add_child(instance=page)
    page.save_revision().publish()
    return FormulairePage.objects.get(pk=page.pk)


def repondre(client, page, **reponses):
    return client.post(page.url, {"votre_prenom": "Awa", **reponses})


def gardees(page):
    return [reponse.form_data for reponse in page.get_submissions().order_by("pk")]


def test_an_answer_is_kept_thanked_and_told_in_the_journal_without_its_words(client, page):
    dits = {"ce_qui_vous_aiderait": " Un bus\u200b ", "quel_jour": "Mardi", "venir_quand": "14/10/2027"}
    envoi = repondre(client, page, **dits)
    assert (envoi.status_code, envoi["Location"]) == (302, "/vos-visites/?merci")
    assert "Merci. Votre réponse est arrivée." in client.get(envoi["Location"]).content.decode()
    assert gardees(page) == [
        {
            "votre_prenom": "Awa", "ce_qui_vous_aiderait": "Un bus\u200b", "quel_jour": "Mardi",
            "combien_serez_vous": None, "votre_courriel": "", "venir_quand": "2027-10-14",
        }
    ]  # fmt: skip
    entree = Journal.objects.get(verbe="recevoir_reponse")
    assert (entree.consultation_id, entree.compte_id, entree.participant_id, entree.details) == (
        page.consultation_id, None, None, {"reponse": page.get_submissions().get().pk},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("champ", "saisie", "dit"),
    [
        ("votre_prenom", "\u200b \u2800", "Il manque une réponse ici."),
        ("votre_courriel", "awa@", "Cette adresse n’est pas complète. Exemple : prenom@exemple.fr"),
        ("venir_quand", "le 3", "Cette date n’est pas claire. Écrivez-la ainsi : 14/10/2027."),
        ("ce_qui_vous_aiderait", "a" * 4001, "4000"),
        ("quel_jour", "Dimanche", "Dimanche"),
    ],
)
def test_what_is_unclear_is_said_beside_its_field_with_what_was_typed_and_nothing_is_kept(
    client, page, champ, saisie, dit
):
    reponse = repondre(client, page, **{"ce_qui_vous_aiderait": "Mes mots", champ: saisie})
    html = reponse.content.decode().replace("\u202f", " ")
    assert (reponse.status_code, gardees(page), dit in html) == (422, [], True)
    assert champ == "ce_qui_vous_aiderait" or "Mes mots" in html


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(client, page):
    assert repondre(client, page, site_web="https://exemple.org").status_code == 302
    assert gardees(page) == []


def test_past_the_limits_an_answer_costs_a_proof_and_its_words_stay(client, page, monkeypatch):
    monkeypatch.setattr("ateliers.essais.ENTREES_APPAREIL", 2)
    for _ in range(2):
        assert repondre(client, page).status_code == 302
    reponse = repondre(client, page, ce_qui_vous_aiderait="Un troisième mot")
    html = reponse.content.decode()
    assert (reponse.status_code, len(gardees(page)), 'name="defi"' in html) == (429, 2, True)
    assert "Un troisième mot" in html


@pytest.mark.parametrize("ferme", [{"jusqu_au": "2020-01-01"}, {"reponses_max": 1}])
def test_closed_questions_say_so_and_give_back_what_was_typed(client, page, ferme):
    repondre(client, page)
    FormulairePage.objects.update(**ferme)
    assert "Ces questions sont closes." in client.get(page.url).content.decode()
    reponse = repondre(client, page, ce_qui_vous_aiderait="Trop tard")
    assert (reponse.status_code, len(gardees(page))) == (409, 1)
    assert "Trop tard" in reponse.content.decode()


def test_answers_are_read_by_those_who_publish_for_the_seminar_and_by_nobody_else(client, page, consultation):
    repondre(client, page)
    liste = reverse("wagtailforms:list_submissions", args=[page.pk])
    lus = {}
    for nom, compte in (
        ("editeur", f.creer_editeur(consultation)),
        ("organisateur", f.creer_organisateur(consultation)),
        ("ailleurs", f.creer_editeur(f.creer_consultation())),
        ("rapporteur", f.creer_mandat("rapporteur", consultation)),
    ):
        client.force_login(compte)
        lus[nom] = client.get(liste).status_code == 200
    assert lus == {"editeur": True, "organisateur": True, "ailleurs": False, "rapporteur": False}


def test_answers_are_taken_away_as_tables_that_no_spreadsheet_runs(client, page, consultation):
    repondre(client, page, ce_qui_vous_aiderait="=1+1;@cmd", quel_jour="Lundi", combien_serez_vous="4")
    client.force_login(f.creer_editeur(consultation))
    reponse = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]), {"export": "csv"})
    entetes, ligne = csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";")
    assert entetes[1:5] == ["Votre prénom", "Ce qui vous aiderait", "Quel jour ?", "Combien serez-vous ?"]
    assert ligne[1:] == ["Awa", "'=1+1;'@cmd", "Lundi", "4", "", ""]


def test_answers_are_erased_when_their_time_is_over(page):
    for age in (10, 181):
        reponse = actions.recevoir_reponse(page=page, reponses={"votre_prenom": str(age)})
        FormSubmission.objects.filter(pk=reponse.pk).update(submit_time=timezone.now() - timedelta(days=age))
    assert actions.effacer_reponses_echues() == 1
    assert gardees(page) == [{"votre_prenom": "10"}]
    assert Journal.objects.get(verbe="effacer_reponses_echues").details == {"lignes": 1}
    assert actions.effacer_reponses_echues() == 0
