"""A question put to the room from the console: one act to ask, one tap to answer, small figures hidden."""

import pytest
from django.urls import reverse

from ateliers import actions
from ateliers.direct import etats
from consultation import actions as actes
from consultation.erreurs import Refus
from consultation.models import CopieGrille, Grille, Journal
from tests import fabriques as f

from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db
REPONSES = ["Oui", "Non", "Je ne sais pas"]


@pytest.fixture(autouse=True)
def _etats_oublies():
    etats.oublier()


@pytest.fixture
def atelier():
    fait = faire_atelier(f.creer_consultation())
    ideation, _vote = faire_etapes(fait, "ideation", "vote")
    actions.ouvrir_etape(etape=ideation, par=None)
    return fait


@pytest.fixture
def animatrice(client, atelier):
    compte = faire_compte(atelier.consultation, "animateur", atelier.espace)
    client.force_login(compte)
    return compte


def poser(atelier, **champs):
    champs = {"libelle": "On continue ?", "reponses": REPONSES, "par": None, **champs}
    return actions.poser_question(atelier=atelier, **champs)


def repondre(atelier, personne, reponse, grille):
    return actions.repondre_a_la_question(atelier=atelier, participant=personne, grille=grille.pk, reponse=reponse)


def deroule(atelier):
    return [(e.nature, e.etat, e.ordre) for e in atelier.etapes.all()]


def test_the_console_asks_in_one_form_and_comes_back_to_where_the_room_was(client, atelier, animatrice):
    courante = atelier.etapes.first()
    console = reverse("console", args=[atelier.pk])
    assert "Poser une question à la salle" in client.get(console).text
    champs = {"question": "On continue ?", "reponses": "Oui\nNon\n\nOui", "courante": courante.pk}
    assert client.post(reverse("poser_question", args=[atelier.pk]), champs).status_code == 302
    assert deroule(atelier) == [("ideation", "fermee", 1), ("grille", "ouverte", 2), ("vote", "a_venir", 3)]
    grille = Grille.objects.get()
    assert (
        grille.titre,
        grille.etat,
        [c["libelle"] for c in grille.brouillon["sections"][0]["questions"][0]["choix"]],
    ) == ("On continue ?", "ouverte", ["Oui", "Non"])
    page = client.get(console).text
    assert ("Fermer et montrer les réponses" in page, "Revenir à <bdi>Proposer</bdi>" in page) == (True, True)
    poser(atelier, libelle="Et maintenant ?")
    assert "Revenir à <bdi>Proposer</bdi>" in client.get(console).text  # not to the question before
    revenir = {"courante": atelier.etapes.get(nature="grille", etat="ouverte").pk}
    client.post(reverse("agir_etape", args=[atelier.pk, courante.pk, "ouvrir"]), revenir)
    assert deroule(atelier)[0] == ("ideation", "ouverte", 1)


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"libelle": " \u200b"}, "question_vide"),
        ({"reponses": ["Oui", " Oui ", ""]}, "reponses"),
        ({"reponses": list("ABCDEFG")}, "reponses"),
        ({"libelle": "x" * 161}, "invalide"),
        ({"reponses": ["Oui", "x" * 81]}, "reponses"),
    ],
)
def test_what_cannot_be_asked_leaves_nothing(atelier, champs, code):
    with pytest.raises(Refus) as refus:
        poser(atelier, **champs)
    assert (refus.value.code, refus.value.statut, Grille.objects.count()) == (code, 422, 0)
    assert deroule(atelier) == [("ideation", "ouverte", 1), ("vote", "a_venir", 2)]


def test_what_was_typed_of_a_refused_question_stays_in_its_form(client, atelier, animatrice):
    champs = {"question": "On mange ?", "reponses": "Oui", "courante": atelier.etapes.first().pk}
    reponse = client.post(reverse("poser_question", args=[atelier.pk]), champs)
    assert (reponse.status_code, 'value="On mange ?"' in reponse.text, ">Oui</textarea>" in reponse.text) == (
        422,
        True,
        True,
    )


def test_no_question_closes_a_vote_and_none_is_asked_behind_someone_s_back(atelier):
    with pytest.raises(Refus) as refus:
        poser(atelier, attendu=None)
    assert (refus.value.code, Grille.objects.count()) == ("change_entre_temps", 0)
    f.creer_pistes(atelier.espace, 2)
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="vote"), par=None)
    with pytest.raises(Refus) as refus:
        poser(atelier)
    assert (refus.value.code, refus.value.statut, Grille.objects.count()) == ("vote_en_cours", 409, 0)


def test_a_phone_answers_by_a_form_or_a_script_and_may_change_its_mind(client, atelier):
    sonia = faire_participant(atelier)
    grille = poser(atelier).grille
    client.get(f"/m/{sonia.code_personnel}/")
    salle, repondre_ici = f"/a/{atelier.code}/", f"/a/{atelier.code}/repondre/"
    assert '<h1 dir="auto">On continue' in client.get(salle).text
    assert client.post(repondre_ici, {"grille": grille.pk}).status_code == 422
    assert client.post(repondre_ici, {"grille": grille.pk, "reponse": "oui"}).url == salle
    assert "Votre réponse est arrivée" in client.get(salle).text
    champs = {"grille": grille.pk, "reponse": "non"}
    assert client.post(repondre_ici, champs, HTTP_ACCEPT="application/json").json() == {}
    copie = CopieGrille.objects.get()
    assert (copie.participant, copie.valeurs, copie.envoyee_le is not None) == (
        sonia,
        {"question": {"": "non"}},
        True,
    )
    assert client.post(repondre_ici, {"grille": grille.pk, "reponse": "peut-être"}).status_code in (400, 422)
    actions.ouvrir_etape(etape=atelier.etapes.first(), par=None)
    assert client.post(repondre_ici, champs).status_code == 409


def test_the_wall_shows_the_distribution_once_with_small_figures_hidden(client, atelier, animatrice):
    etape = poser(atelier)
    grille, mur = etape.grille, reverse("projection", args=[atelier.code])
    for reponse, combien in (("oui", 14), ("non", 9), ("je_ne_sais_pas", 1)):
        for rang in range(combien):
            repondre(
                atelier, faire_participant(atelier, signe=("salaries", "permanents")[rang % 2]), reponse, grille
            )
    avant = client.get(mur).text
    assert ("On continue" in avant, "<b>24</b>" in avant, "sur 24" in avant) == (True, True, False)
    assert "<b>24</b> réponses envoyées" in client.get(reverse("console", args=[atelier.pk])).text
    assert client.post(reverse("agir_grille", args=[atelier.pk, grille.pk, "montrer"])).status_code == 302
    apres = client.get(mur).text
    assert ("14 personnes sur 24" in apres, "1 personne sur 24" in apres) == (True, False)
    comptes = Grille.objects.get().comptes
    actes.montrer_reponses(grille=grille, par=None)
    assert (Grille.objects.get().comptes, Journal.objects.filter(verbe="montrer_reponses").count()) == (comptes, 1)
    with pytest.raises(Refus) as refus:
        repondre(atelier, faire_participant(atelier), "oui", grille)
    assert refus.value.code == "grille_close"


def test_a_question_is_that_of_its_step_alone_and_no_part_of_a_copy(client, atelier):
    poser(atelier)
    poser(atelier, libelle="Et maintenant ?")
    assert [e.grille.titre for e in atelier.etapes.filter(nature="grille")] == ["On continue ?", "Et maintenant ?"]
    page = client.get(reverse("projection", args=[atelier.code])).text
    assert ("Et maintenant" in page, "On continue" in page) == (True, False)
    copie = actions.copier_atelier(atelier=atelier, par=None)
    assert [e.nature for e in copie.etapes.all()] == ["ideation", "vote"]


def test_the_wall_says_why_nothing_is_shown_of_a_question_few_have_answered(client, atelier):
    grille = poser(atelier).grille
    repondre(atelier, faire_participant(atelier), "oui", grille)
    actes.montrer_reponses(grille=grille, par=None)
    vue = client.get(reverse("projection", args=[atelier.code])).text
    assert ("On continue" in vue, "Trop peu de personnes ont répondu" in vue, "sur 1" in vue) == (
        True,
        True,
        False,
    )
