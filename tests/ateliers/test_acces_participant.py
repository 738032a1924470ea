"""Coming in: the two codes, the welcome form, the shut doors, and the limit on guessed personal codes."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ateliers import epreuve, essais
from ateliers.models import Place
from consultation.models import Participant

from .fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compteurs_vides():
    cache.clear()


@pytest.fixture
def atelier():
    atelier = faire_atelier()
    faire_etapes(atelier)
    return atelier


def formulaire(atelier, **champs):
    college = atelier.consultation.colleges.get(signe="salaries")
    return {"prenom": "Sonia", "college": college.pk, "cle": "a" * 32, **champs}


def texte(reponse):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode()))


def preuve(reponse):
    """The fields with which a script answers the challenge of a page."""
    defi = reponse.context["refus"].defi
    return {"defi": defi.texte, "preuve": epreuve.resoudre(defi.texte, defi.bits)}


def telephone_de(participant):
    """A browser that speaks as someone."""
    navigateur = Client()
    navigateur.get(f"/m/{participant.code_personnel}/")
    return navigateur


class TestCode:
    @pytest.mark.parametrize("saisie", ["K7P4M2", "k7p4m2", " k7p 4m2 ", "K7P-4M2", "K7P.4M2"])
    def test_the_workshop_code_is_read_as_people_type_it(self, client, atelier, saisie):
        reponse = client.post("/rejoindre/", {"code": saisie})
        assert (reponse.status_code, reponse.headers["Location"]) == (302, "/r/K7P4M2/")

    def test_letters_taken_for_digits_are_forgiven(self, client):
        faire_atelier(code="A0B1CD")
        assert client.post("/rejoindre/", {"code": "aoblcd"}).headers["Location"] == "/r/A0B1CD/"

    @pytest.mark.parametrize("saisie", ["K7P 4N", "ZZZZZZ", "ZZZZZZZZ", "<b>x</b>", "é", "x" * 300, "\x00", ""])
    def test_a_wrong_code_says_so_and_keeps_what_was_typed(self, client, atelier, saisie):
        reponse = client.post("/rejoindre/", {"code": saisie})
        assert reponse.status_code == 404
        assert "Ce code ne marche pas." in texte(reponse)
        assert reponse.context["saisie"] == saisie.replace("\x00", "")[:40]

    def test_what_was_typed_cannot_inject_a_tag(self, client):
        assert b"<b>x</b>" not in client.post("/rejoindre/", {"code": '"><b>x</b>'}).content

    @pytest.mark.parametrize(
        "adresse", ["/r/ZZZZZZ/", "/a/ZZZZZZ/", "/a/ZZZZZZ/mon-code/", "/m/ZZZZZZZZ/", "/m/x/"]
    )
    def test_an_unknown_address_offers_to_type_the_code_again(self, client, adresse):
        reponse = client.get(adresse)
        assert (reponse.status_code, "Quel est votre code" in texte(reponse)) == (404, True)

    @pytest.mark.parametrize("adresse", ["entrer", "sortir", "proposer", "voter"])
    def test_acts_in_an_unknown_room_are_not_found(self, client, adresse):
        assert client.post(f"/a/ZZZZZZ/{adresse}/").status_code == 404

    @pytest.mark.parametrize("adresse", ["entrer", "sortir", "proposer", "voter"])
    def test_acts_are_never_done_by_following_a_link(self, client, atelier, adresse):
        assert client.get(f"/a/{atelier.code}/{adresse}/").status_code == 405

    def test_a_form_without_its_token_is_refused(self, atelier):
        strict = Client(enforce_csrf_checks=True)
        reponses = [
            strict.post("/rejoindre/", {"code": "K7P4M2"}),
            strict.post("/a/K7P4M2/entrer/", formulaire(atelier)),
            strict.post("/a/K7P4M2/proposer/", {"texte": "Bonjour"}),
        ]
        assert [r.status_code for r in reponses] == [403, 403, 403]
        assert Participant.objects.count() == 0


class TestEntree:
    def test_the_welcome_form_names_the_room_and_the_colleges_and_ticks_nothing(self, client, atelier):
        reponse = client.get("/r/k7p4m2/")
        page = reponse.content.decode()
        assert reponse.status_code == 200
        assert [c.nom_court for c in reponse.context["colleges"]] == [
            "En parcours",
            "Équipe permanente",
            "Conseil d’administration",
        ]
        assert "checked" not in page
        assert 'type="email"' not in page

    def test_a_first_name_and_a_college_are_enough(self, client, atelier):
        reponse = client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        sonia = Participant.objects.get()
        assert (reponse.status_code, reponse.headers["Location"]) == (302, "/a/K7P4M2/mon-code/")
        assert (sonia.prenom, sonia.college.signe, sonia.accord_publication, sonia.origine) == (
            "Sonia",
            "salaries",
            False,
            "salle",
        )
        assert Place.objects.presentes().filter(atelier=atelier, participant=sonia).count() == 1
        assert sonia.code_lisible in texte(client.get("/a/K7P4M2/mon-code/"))

    def test_consent_is_kept_when_it_is_given(self, client, atelier):
        client.post("/a/K7P4M2/entrer/", formulaire(atelier, accord="on"))
        assert Participant.objects.get().accord_publication is True

    def test_the_same_form_sent_twice_makes_one_person(self, atelier):
        premier, second = Client(), Client()
        premier.post("/a/K7P4M2/entrer/", formulaire(atelier))
        second.post("/a/K7P4M2/entrer/", formulaire(atelier))
        assert Participant.objects.count() == 1

    def test_a_script_is_told_the_way_and_what_is_missing(self, atelier):
        entete = {"HTTP_ACCEPT": "application/json"}
        telephone = Client()
        manque = telephone.post("/a/K7P4M2/entrer/", formulaire(atelier, prenom=""), **entete)
        assert (manque.status_code, manque.json()["champ"]) == (422, "prenom")
        reponse = telephone.post("/a/K7P4M2/entrer/", formulaire(atelier), **entete)
        assert reponse.json() == {"suite": "/a/K7P4M2/mon-code/"}
        encore = telephone.post("/a/K7P4M2/entrer/", formulaire(atelier), **entete)
        assert encore.json() == {"suite": "/a/K7P4M2/"}
        perdue = Client().post("/a/K7P4M2/entrer/", formulaire(atelier), **entete)
        assert (perdue.json(), Participant.objects.count()) == ({"suite": "/a/K7P4M2/mon-code/"}, 1)

    def test_going_back_and_choosing_otherwise_on_a_fresh_phone_is_another_person(self, atelier):
        Client().post("/a/K7P4M2/entrer/", formulaire(atelier))
        Client().post("/a/K7P4M2/entrer/", formulaire(atelier, prenom="Karim"))
        assert sorted(Participant.objects.values_list("prenom", flat=True)) == ["Karim", "Sonia"]

    @pytest.mark.parametrize(
        ("champs", "attendu"),
        [
            ({"prenom": ""}, "Écrivez votre prénom, ou un surnom."),
            ({"prenom": " \x00 "}, "Écrivez votre prénom, ou un surnom."),
            ({"prenom": "x" * 41}, "C’est un peu long"),
            ({"college": ""}, "Touchez une case"),
            ({"college": "999999"}, "Touchez une case"),
            ({"college": "x' OR 1=1"}, "Touchez une case"),
            ({"college": "9" * 40}, "Touchez une case"),
        ],
    )
    def test_what_is_missing_is_said_and_the_rest_is_kept(self, client, atelier, champs, attendu):
        reponse = client.post("/a/K7P4M2/entrer/", formulaire(atelier, accord="on", **champs))
        assert reponse.status_code == 422
        assert attendu in texte(reponse)
        assert reponse.content.decode().count(" checked") == (2 if "prenom" in champs else 1)
        assert Participant.objects.count() == 0

    def test_the_college_of_another_consultation_is_refused(self, client, atelier):
        ailleurs = faire_consultation(slug="ailleurs").colleges.get(signe="salaries")
        assert client.post("/a/K7P4M2/entrer/", formulaire(atelier, college=ailleurs.pk)).status_code == 422

    @pytest.mark.parametrize("prenom", ["ليلى", "👩🏽‍🌾 Ana", "<img src=x onerror=alert(1)>", "Anne-Élise d’Œ"])
    def test_any_name_is_welcome_and_shown_as_it_was_written(self, client, atelier, prenom):
        client.post("/a/K7P4M2/entrer/", formulaire(atelier, prenom=prenom))
        page = client.get("/a/K7P4M2/").content.decode()
        assert Participant.objects.get().prenom == prenom
        assert "<img src=x" not in page
        assert f'<strong dir="auto">{prenom}</strong>' in page or "&lt;img src=x" in page

    def test_a_full_room_says_so_and_makes_nobody(self, client):
        atelier = faire_atelier(capacite=0)
        reponse = client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        assert (reponse.status_code, Participant.objects.count()) == (409, 0)
        assert "complet" in texte(reponse)
        assert reponse.context["formulaire"]["prenom"].value() == "Sonia"

    def test_a_known_phone_goes_straight_in(self, atelier):
        sonia = faire_participant(atelier)
        reponse = telephone_de(sonia).get("/r/K7P4M2/")
        assert (reponse.status_code, reponse.headers["Location"]) == (302, "/a/K7P4M2/")

    def test_a_known_phone_takes_its_seat_in_another_room_of_the_seminar(self, atelier):
        sonia = faire_participant(atelier)
        plenum = faire_atelier(atelier.consultation, code="PPPPP2")
        assert telephone_de(sonia).get("/a/PPPPP2/", follow=True).status_code == 200
        assert Place.objects.presentes().filter(atelier=plenum, participant=sonia).count() == 1

    def test_sending_the_welcome_form_again_with_the_cookie_does_not_make_a_double(self, client, atelier):
        client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        reponse = client.post("/a/K7P4M2/entrer/", formulaire(atelier, cle="b" * 32))
        assert (reponse.headers["Location"], Participant.objects.count()) == ("/a/K7P4M2/", 1)

    def test_a_shared_phone_can_be_handed_over(self, client, atelier):
        client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        assert client.post("/a/K7P4M2/sortir/").headers["Location"] == "/r/K7P4M2/"
        client.post("/a/K7P4M2/entrer/", formulaire(atelier, prenom="Karim", cle="b" * 32))
        assert sorted(Participant.objects.values_list("prenom", flat=True)) == ["Karim", "Sonia"]

    def test_a_stranger_sent_to_the_room_meets_the_welcome_form(self, client, atelier):
        assert client.get("/a/K7P4M2/").headers["Location"] == "/r/K7P4M2/"
        assert client.get("/a/K7P4M2/mon-code/").headers["Location"] == "/r/K7P4M2/"


class TestPortes:
    @pytest.mark.parametrize(
        ("champs", "statut", "attendu"),
        [
            ({"etat": "close"}, 410, "C’est terminé"),
            ({"etat": "preparation"}, 409, "Pas encore ouvert"),
            ({"acces": "personnel"}, 403, "Il faut votre code personnel"),
            ({"acces": "compte"}, 403, "Il faut vous connecter"),
        ],
    )
    def test_a_shut_door_says_why(self, client, champs, statut, attendu):
        atelier = faire_atelier(faire_consultation(**champs))
        vue = client.get("/r/K7P4M2/")
        envoi = client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        assert (vue.status_code, envoi.status_code) == (statut, statut)
        assert attendu in texte(vue)
        assert Participant.objects.count() == 0

    def test_whoever_comes_by_the_square_may_ask_for_english_there(self, client):
        """The choice of a language was at the foot of public pages, which whoever scans the square never sees."""
        atelier = faire_atelier(faire_consultation())
        for adresse, titre in (("/rejoindre/", "What is your code?"), ("/r/K7P4M2/", "Welcome to the workshop")):
            assert f'name="next" value="{adresse}"' in client.get(adresse).content.decode()
            client.post("/langue/", {"language": "en", "next": adresse})
            assert titre in client.get(adresse).content.decode()
            client.cookies.pop("django_language")
        refusee = client.post("/a/K7P4M2/entrer/", formulaire(atelier) | {"prenom": ""})
        assert (refusee.status_code, 'action="/langue/"' in refusee.content.decode()) == (422, False)

    def test_the_personal_code_opens_where_it_is_asked(self):
        atelier = faire_atelier(faire_consultation(acces="personnel"))
        sonia = faire_participant(atelier, entre=False)
        assert telephone_de(sonia).get("/r/K7P4M2/").headers["Location"] == "/a/K7P4M2/"

    def test_an_account_opens_where_it_is_asked(self, client, django_user_model):
        atelier = faire_atelier(faire_consultation(acces="compte"))
        compte = django_user_model.objects.create(email="sonia@example.org")
        client.force_login(compte)
        client.post("/a/K7P4M2/entrer/", formulaire(atelier))
        assert Participant.objects.get().compte == compte
        ailleurs = Client()
        ailleurs.force_login(compte)
        assert ailleurs.get("/r/K7P4M2/").headers["Location"] == "/a/K7P4M2/"

    def test_who_was_there_still_finds_the_last_screen_once_it_is_over(self):
        atelier = faire_atelier()
        telephone = telephone_de(faire_participant(atelier))
        absent = telephone_de(faire_participant(atelier, prenom="Karim", entre=False))
        atelier.consultation.etat = "close"
        atelier.consultation.save()
        assert "L’atelier est terminé." in texte(telephone.get("/r/K7P4M2/", follow=True))
        assert absent.get("/r/K7P4M2/").status_code == 410


class TestCodePersonnel:
    def test_it_leads_to_one_s_page_and_makes_the_phone_theirs(self, client, atelier):
        sonia = faire_participant(atelier, accord_publication=False)
        reponse = client.get(f"/m/{sonia.code_lisible.lower()}/")
        assert (reponse.status_code, reponse.headers["Location"]) == (302, "/moi/")
        assert client.get("/a/K7P4M2/").status_code == 200

    def test_typed_during_the_workshop_it_leads_back_to_the_room(self, client, atelier):
        sonia = faire_participant(atelier, accord_publication=False)
        assert client.post("/rejoindre/", {"code": sonia.code_lisible}).headers["Location"] == "/moi/"
        atelier.etapes.filter(nature="ideation").update(etat="ouverte")
        assert client.post("/rejoindre/", {"code": sonia.code_lisible}).headers["Location"] == "/r/K7P4M2/"

    def test_a_device_that_tries_many_codes_proves_its_good_will_before_the_next(self, client, atelier):
        sonia = faire_participant(atelier, accord_publication=False)
        client.get("/rejoindre/")
        statuts = [
            client.post("/rejoindre/", {"code": "ZZZZZZZ2"}).status_code for _ in range(essais.PAR_APPAREIL)
        ]
        assert statuts == [404] * essais.PAR_APPAREIL
        assert client.get("/m/ZZZZZZZ3/").status_code == 429
        arrete = client.post("/rejoindre/", {"code": sonia.code_personnel})
        assert (arrete.status_code, arrete.context["saisie"]) == (429, sonia.code_personnel)
        assert client.post("/rejoindre/", {"code": sonia.code_personnel, **preuve(arrete)}).status_code == 302

    def test_one_device_s_mistakes_do_not_stop_the_phone_next_to_it(self, client, atelier):
        sonia = faire_participant(atelier)
        client.get("/rejoindre/")
        for _ in range(essais.PAR_APPAREIL):
            client.post("/rejoindre/", {"code": "ZZZZZZZ2"})
        voisin = Client(REMOTE_ADDR="127.0.0.1")
        assert voisin.post("/rejoindre/", {"code": sonia.code_personnel}).status_code == 302

    def test_a_reissued_code_lets_the_old_one_go(self, client, atelier):
        sonia = faire_participant(atelier)
        telephone, ancien = telephone_de(sonia), sonia.code_personnel
        sonia.code_personnel, sonia.generation = "NNNNNNN2", 2
        sonia.save()
        assert client.get(f"/m/{ancien}/").status_code == 404
        assert telephone.get("/a/K7P4M2/").headers["Location"] == "/r/K7P4M2/"


def test_the_code_page_offers_to_go_back_to_the_rooms_one_is_in(atelier):
    telephone = telephone_de(faire_participant(atelier))
    assert [place.atelier for place in telephone.get("/rejoindre/").context["places"]] == [atelier]


def test_what_is_kept_is_said_without_being_asked_who_one_is(client):
    assert "Ce que nous ne gardons pas" in texte(client.get("/ce-que-nous-gardons/"))


def test_pages_that_know_someone_are_not_kept_by_a_shared_cache(atelier):
    telephone = telephone_de(faire_participant(atelier))
    for adresse in ("/a/K7P4M2/", "/a/K7P4M2/mon-code/", "/rejoindre/"):
        assert "no-store" in telephone.get(adresse).headers["Cache-Control"]
