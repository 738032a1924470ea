"""A questionnaire on a phone, with plain forms: begun by anyone, one question a screen, taken up again, sent."""

import json
import random

import pytest
from django.test import Client

from consultation import actions
from consultation.models import CopieGrille, Participant
from consultation.questions import Nature
from tests import fabriques as f
from tests.consultation.test_grilles import TROIS, contenu
from tests.consultation.test_questions import question

pytestmark = pytest.mark.django_db


def en_ligne(*les_questions, **cadre):
    consultation = f.ConsultationFactory(**cadre)
    grille = actions.creer_grille(
        consultation=consultation, titre="Mon parcours", contenu=contenu(*les_questions), par=None
    )
    actions.mettre_en_ligne(grille=grille, par=None)
    return grille


@pytest.fixture
def grille():
    return en_ligne(*TROIS)


def commencer(client, grille, signe="salaries"):
    college = f.college(grille.consultation, signe)
    return client.post(f"/g/{grille.code}/commencer/", {"college": college.pk, "cle": "k1"})


def repondre(client, grille, cle, *valeurs, case=""):
    return client.post(f"/g/{grille.code}/q/{cle}/", {f"r:{case}": list(valeurs)})


def chemin(grille, suite):
    return f"/g/{grille.code}/{suite}"


def test_someone_nobody_knows_answers_without_a_name_and_gets_a_code(client, grille):
    assert "3" not in commencer(client, grille).content.decode()
    assert repondre(client, grille, "accueil", "souvent").url == chemin(grille, "q/formation/")
    assert repondre(client, grille, "formation", "non").url == chemin(grille, "q/aide/")
    assert repondre(client, grille, "aide", "Un livret").url == chemin(grille, "relire/")
    assert client.post(chemin(grille, "envoyer/")).url == chemin(grille, "merci/")
    qui = Participant.objects.get()
    assert (qui.prenom, qui.origine, qui.college.signe) == ("", "grille", "salaries")
    assert qui.code_lisible in client.get(chemin(grille, "merci/")).content.decode()
    assert CopieGrille.objects.get().valeurs == {
        "accueil": {"": "souvent"},
        "formation": {"": "non"},
        "aide": {"": "Un livret"},
    }


def test_a_condition_opens_its_question_and_the_count_follows(client, grille):
    commencer(client, grille)
    page = client.get(chemin(grille, "q/accueil/")).content.decode()
    assert "Question 1 sur 3" in page
    assert repondre(client, grille, "formation", "oui").url == chemin(grille, "q/heures/")
    assert "Question 3 sur 4" in client.get(chemin(grille, "q/heures/")).content.decode()


def test_a_number_that_cannot_be_read_stays_in_its_box_and_the_way_out_is_said(client, grille):
    commencer(client, grille)
    repondre(client, grille, "formation", "oui")
    reponse = repondre(client, grille, "heures", "une dizaine")
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Nous ne lisons pas «\u202fune dizaine\u202f»" in page
    assert 'value="une dizaine"' in page
    assert 'aria-invalid="true"' in page
    assert "heures" not in CopieGrille.objects.get().valeurs


def test_who_comes_back_takes_up_where_they_stopped_on_another_phone_with_their_code(client, grille):
    commencer(client, grille)
    repondre(client, grille, "accueil", "souvent")
    autre = Client()
    assert "Bonjour de nouveau" not in autre.get(chemin(grille, "")).content.decode()
    autre.post("/rejoindre/", {"code": Participant.objects.get().code_personnel})
    page = autre.get(chemin(grille, "")).content.decode()
    assert "Vous avez déjà répondu à 1 question." in page
    assert chemin(grille, "q/formation/") in page
    assert autre.post(chemin(grille, "commencer/")).url == chemin(grille, "q/formation/")


def test_sending_too_soon_leads_to_what_is_missing(client, grille):
    commencer(client, grille)
    repondre(client, grille, "aide", "Le bus")
    reponse = client.post(chemin(grille, "envoyer/"))
    assert reponse.status_code == 422
    assert "Il manque une réponse" in reponse.content.decode()
    assert chemin(grille, "q/accueil/") in reponse.content.decode()
    assert client.get(chemin(grille, "merci/")).url == chemin(grille, "relire/")


def test_the_form_sent_twice_makes_one_person(client, grille):
    commencer(client, grille)
    commencer(Client(), grille)
    assert (Participant.objects.count(), CopieGrille.objects.count()) == (1, 1)


def test_without_a_college_one_is_asked_again(client, grille):
    reponse = client.post(chemin(grille, "commencer/"), {"cle": "k2"})
    assert reponse.status_code == 422
    assert "Choisissez qui vous êtes" in reponse.content.decode()


def test_where_codes_are_personal_nobody_unknown_begins(client):
    grille = en_ligne(*TROIS, acces="personnel")
    assert "Commencer" not in client.get(chemin(grille, "")).content.decode()
    assert commencer(client, grille).status_code == 403
    assert Participant.objects.count() == 0


def test_a_closed_one_says_so_and_keeps_what_was_answered(client, grille):
    commencer(client, grille)
    actions.clore_grille(grille=grille, par=None)
    grille.refresh_from_db()
    assert "Ce questionnaire est terminé" in client.get(chemin(grille, "")).content.decode()
    assert "Ce questionnaire est terminé" in Client().get(chemin(grille, "")).content.decode()


def test_one_takes_one_s_answers_away_after_being_asked(client, grille):
    commencer(client, grille)
    repondre(client, grille, "accueil", "souvent")
    assert "Effacer toutes vos réponses" in client.get(chemin(grille, "effacer/")).content.decode()
    assert CopieGrille.objects.count() == 1
    assert "Vos réponses sont effacées" in client.post(chemin(grille, "effacer/")).content.decode()
    assert CopieGrille.objects.count() == 0


def test_lines_and_times_lists_and_ranks_are_all_asked_without_a_script(client):
    grille = en_ligne(
        question("metier", lignes="peindre ranger", deux_temps=True),
        question("gene", "plusieurs", choix="bus sante garde"),
        question("ordre", "rang", choix="bus sante garde"),
        question("niveau", "niveau", lignes="peindre"),
    )
    commencer(client, grille)
    page = client.get(chemin(grille, "q/metier/")).content.decode()
    assert page.count("<textarea") == 4
    client.post(chemin(grille, "q/metier/"), {"r:peindre/aujourdhui": "Un mur", "r:ranger/demain": "Tout"})
    repondre(client, grille, "gene", "garde", "bus")
    repondre(client, grille, "ordre", "sante", "", "bus")
    repondre(client, grille, "niveau", "acquis", case="peindre")
    assert CopieGrille.objects.get().valeurs == {
        "metier": {
            "peindre/aujourdhui": "Un mur",
            "peindre/demain": None,
            "ranger/aujourdhui": None,
            "ranger/demain": "Tout",
        },
        "gene": {"": ["bus", "garde"]},
        "ordre": {"": ["sante", "bus"]},
        "niveau": {"peindre": "acquis"},
    }


@pytest.mark.parametrize("nature", list(Nature))
def test_each_nature_of_question_has_its_screen(client, nature):
    deux = question("deux", nature.value, choix="a b", deux_temps=True)
    grille = en_ligne(question("une", nature.value, choix="bus velo"), deux)
    commencer(client, grille)
    for cle in ("une", "deux"):
        page = client.get(chemin(grille, f"q/{cle}/")).content.decode()
        assert page.count("<h1") == 1
        assert 'name="r:' in page


@pytest.mark.parametrize("suite", ["", "q/accueil/", "relire/", "merci/", "effacer/"])
def test_a_grille_never_put_online_is_not_there(client, suite):
    consultation = f.ConsultationFactory()
    grille = actions.creer_grille(consultation=consultation, titre="À venir", contenu=contenu(*TROIS), par=None)
    assert client.get(chemin(grille, suite)).status_code == 404


def test_a_screen_costs_the_same_whatever_the_grille_holds(client, grille, django_assert_max_num_queries):
    longue = en_ligne(*[question(f"q{n}") for n in range(100)])
    for une, cle in ((grille, "accueil"), (longue, "q50")):
        commencer(client, une)
        with django_assert_max_num_queries(4):
            client.get(chemin(une, f"q/{cle}/"))


def test_a_flood_of_newcomers_is_asked_for_a_proof_and_keeps_what_was_chosen(client, grille, monkeypatch):
    monkeypatch.setattr("ateliers.essais.ENTREES_APPAREIL", 0)
    reponse = commencer(client, grille)
    page = reponse.content.decode()
    college = f.college(grille.consultation, "salaries").pk
    assert reponse.status_code == 429
    assert 'name="defi"' in page
    assert f'value="{college}" required checked' in page
    assert Participant.objects.count() == 0


def test_wrong_codes_in_the_address_are_counted_like_those_of_the_rooms(client, grille, monkeypatch):
    monkeypatch.setattr("ateliers.essais.PAR_APPAREIL", 2)
    client.get("/rejoindre/")
    statuts = [client.get("/g/XXXXX9/").status_code for _ in range(3)]
    assert statuts == [404, 404, 429]


def test_the_one_field_for_codes_opens_a_questionnaire_too(client, grille):
    assert client.post("/rejoindre/", {"code": grille.code_lisible.lower()}).url == chemin(grille, "")


def test_my_page_leads_back_to_what_was_begun(client, grille):
    commencer(client, grille)
    page = client.get("/moi/").content.decode()
    assert "Reprendre où j’en étais" in page
    assert f'href="{chemin(grille, "")}"' in page


def garder(client, grille, cle, reponses, ordre, **champs):
    donnees = {"question": cle, "reponses": json.dumps(reponses), "ordre": ordre, **champs}
    return client.post(chemin(grille, "garder/"), donnees, headers={"accept": "application/json"})


@pytest.mark.parametrize("graine", range(3))
def test_whatever_the_network_repeats_or_delays_the_last_answer_acknowledged_stands(client, grille, graine):
    commencer(client, grille)
    hasard, dernieres, recus = random.Random(graine), {}, []
    for ordre in range(1, 25):
        cle, valeur = hasard.choice([("accueil", "jamais"), ("accueil", "souvent"), ("aide", f"Mot {ordre}")])
        dernieres[cle] = {"": valeur}
        recus += [(cle, valeur, ordre), *hasard.choices(recus or [(cle, valeur, ordre)], k=hasard.randint(0, 2))]
    reponses = [garder(client, grille, cle, {"": valeur}, ordre) for cle, valeur, ordre in recus]
    assert {reponse.status_code for reponse in reponses} == {200}
    assert [copie.valeurs for copie in CopieGrille.objects.all()] == [dernieres]


def test_a_script_is_refused_in_json_what_a_form_is_refused_in_words(client, grille):
    assert garder(client, grille, "aide", {"": "Moi"}, 1).json()["code"] == "pas_commencee"
    commencer(client, grille)
    refus = [
        garder(client, grille, "heures", {"": "beaucoup"}, 1),
        garder(client, grille, "zzz", {"": "x"}, 1),
        garder(client, grille, "aide", ["x"], 1),
        garder(client, grille, "aide", {"": "x"}, 1, moi=10**6),
        client.post(chemin(grille, "garder/"), {"question": "aide", "reponses": "[[[" * 900}),
    ]
    assert [(r.status_code, r.json()["code"]) for r in refus] == [
        (422, "reponse_illisible"),
        (400, "question_inconnue"),
        (400, "question_inconnue"),
        (403, "autre_personne"),
        (400, "reponse_abimee"),
    ]
    assert CopieGrille.objects.get().valeurs == {}


def test_every_screen_comes_at_once_in_a_constant_number_of_queries(client, grille, django_assert_max_num_queries):
    commencer(client, grille)
    with django_assert_max_num_queries(4):
        page = client.get(chemin(grille, "ecrans/")).content.decode()
    assert [cle in page for cle in ("ecran-accueil", "ecran-formation", "ecran-heures", "ecran-aide")] == [
        True
    ] * 4
