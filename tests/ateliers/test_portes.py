"""Doors that neither open to guessing nor close on the honest; a facilitator's hand on the door of a room."""

import random
import re
import subprocess
import sys
import time
from statistics import mean

import pytest
from django.core.cache import cache
from django.test import Client

from ateliers import actions, epreuve, essais
from ateliers.lectures.console import nouveaux
from ateliers.models import Place
from consultation.erreurs import Refus
from consultation.models import Journal, Mandat, Participant
from consultation.textes import ALPHABET, LONGUEUR_CODE, LONGUEUR_CODE_PERSONNEL
from tests.serveurs import RACINE, _environnement

from .fabriques_ateliers import faire_compte
from .fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_participant

pytestmark = pytest.mark.django_db

#: The wifi of the room, and an address elsewhere.
ICI, AILLEURS = "203.0.113.7", "198.51.100.9"
CHANGEANTS = r'(?:name="(?:defi|csrfmiddlewaretoken|cle)" value=|"texte": )"[^"]*"'
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def atelier():
    atelier = faire_atelier()
    faire_etapes(atelier)
    return atelier


def inconnu(adresse=ICI):
    return Client(REMOTE_ADDR=adresse)


def deviner(combien, adresse=ICI):
    """Wrong codes from devices that throw their cookie away; return how many were looked up."""
    return sum(inconnu(adresse).get("/m/ZZZZZZZ2/").status_code == 404 for _ in range(combien))


def epuiser(adresse=ICI, sauf=0):
    """As many wrong codes as are let by, less `sauf`, counted as the doors do: the first test says so."""
    for _rang in range(essais.PAR_MAISON + essais.PAR_ADRESSE - sauf):
        essais.compter(essais.Visiteur({}, adresse))


def venues(combien, adresse=ICI):
    """Newcomers from as many devices of one address, counted as the doors do."""
    for _rang in range(combien):
        essais.exiger_entree(essais.Visiteur({}, adresse), "K7P4M2", {})


def preuve(reponse):
    defi = reponse.json()["defi"] if "json" in reponse["Content-Type"] else reponse.context["refus"].defi.dit
    return {"defi": defi["texte"], "preuve": epreuve.resoudre(defi["texte"], defi["bits"])}


def arrivee(atelier, rang=0):
    return {"prenom": f"P{rang}", "college": atelier.consultation.colleges.first().pk, "cle": f"cle-{rang}"}


class TestDeviner:
    def test_a_script_has_so_many_tries_a_minute_and_no_more(self, monkeypatch):
        monkeypatch.setattr(essais, "FENETRE", 3600)  # a slow machine takes more than a minute to try so often
        assert deviner(essais.PAR_MAISON + essais.PAR_ADRESSE + 40) == essais.PAR_MAISON + essais.PAR_ADRESSE
        assert deviner(essais.PAR_ADRESSE + 5, AILLEURS) == essais.PAR_ADRESSE

    def test_the_honest_of_another_address_notice_nothing(self, atelier):
        sonia = faire_participant(atelier, accord_publication=False)
        epuiser()
        venues(149, AILLEURS)
        assert inconnu(AILLEURS).post("/a/K7P4M2/entrer/", arrivee(atelier), **JSON).status_code == 200
        assert inconnu(AILLEURS).get(f"/m/{sonia.code_personnel}/").status_code == 302

    def test_behind_the_script_s_own_address_a_right_code_gets_in_with_a_proof(self, atelier):
        sonia = faire_participant(atelier, accord_publication=False)
        epuiser()
        for code, suite in (("K7P4M2", "/r/K7P4M2/"), (sonia.code_personnel, "/moi/")):
            telephone, debut = inconnu(), time.process_time()
            arret = telephone.get(f"/m/{code}/" if suite == "/moi/" else f"/r/{code}/")
            assert arret.status_code == 429
            entree = telephone.post("/rejoindre/", {"code": code, **preuve(arret)})
            assert (entree.status_code, entree["Location"]) == (302, suite)
            assert telephone.get(suite).status_code == 200  # without another proof
            assert time.process_time() - debut < 5

    def test_whoever_speaks_as_someone_already_is_not_asked(self, atelier):
        connu = inconnu()
        connu.get(f"/m/{faire_participant(atelier).code_personnel}/")
        epuiser()
        assert connu.get("/a/K7P4M2/").status_code == 200
        assert [connu.get("/r/ZZZZZ2/").status_code for _ in range(3)] == [404, 404, 429]

    @pytest.mark.parametrize(
        "adresse",
        ["/r/{}/", "/a/{}/", "/a/{}/mon-code/", "/a/{}/etat.json", "/projeter/{}/", "/rejoindre/", "entrer"],
    )
    def test_a_right_code_without_a_proof_is_answered_as_a_wrong_one(self, atelier, adresse):
        epuiser()
        lus = []
        for code in ("K7P4M2", "ZZZZZ2"):
            if adresse == "/rejoindre/":
                reponse = inconnu().post(adresse, {"code": code})
            elif adresse == "entrer":
                reponse = inconnu().post(f"/a/{code}/entrer/", arrivee(atelier))
            else:
                reponse = inconnu().get(adresse.format(code))
            page = re.sub(CHANGEANTS, "", reponse.content.decode())
            lus.append((reponse.status_code, page.replace(code, "CODE")))
        assert lus[0][0] == 429
        assert lus[0] == lus[1]

    def test_the_page_about_data_does_not_tell_a_right_code_from_a_wrong_one_either(self, atelier):
        assert "/r/K7P4M2/" in inconnu().get("/ce-que-nous-gardons/?code=K7P4M2").content.decode()
        epuiser()
        assert "/r/K7P4M2/" not in inconnu().get("/ce-que-nous-gardons/?code=K7P4M2").content.decode()

    @pytest.mark.parametrize("adresse", ["/r/ZZZZZ2/", "/a/ZZZZZ2/", "/a/ZZZZZ2/etat.json", "/projeter/ZZZZZ2/"])
    def test_wrong_wall_codes_count_wherever_they_are_tried(self, adresse):
        epuiser(sauf=2)
        assert [inconnu().get(adresse).status_code for _ in range(3)] == [404, 404, 429]

    def test_phones_of_a_room_whose_code_changed_do_not_close_the_house(self, atelier):
        for rang in range(20):
            telephone = inconnu()
            telephone.get(f"/m/{faire_participant(atelier, prenom=f'P{rang}').code_personnel}/")
            assert {telephone.get("/a/ZZZZZ2/etat.json").status_code for _ in range(10)} == {404, 429}
        assert not essais.maison_tendue()

    def test_addresses_are_kept_as_a_hash_of_their_network(self):
        def cle(ip):
            return essais.Visiteur({}, ip).adresse

        assert ICI not in cle(ICI)
        assert cle("2001:db8:1:2::1") == cle("2001:db8:1:2:ffff::9") != cle("2001:db8:1:3::1")
        assert cle(ICI) != cle(AILLEURS)
        assert cle("pas une adresse") == cle("")

    def test_the_counters_are_shared_by_every_process(self, redis_url, settings):
        settings.CACHES = {"default": {"BACKEND": "plateforme.memoire.RedisOuIci", "LOCATION": redis_url}}
        epuiser(sauf=essais.PAR_ADRESSE)
        question = "from ateliers.essais import maison_tendue; print(maison_tendue())"
        commande = [sys.executable, "manage.py", "shell", "-v0", "-c", question]
        env = _environnement("sqlite:///:memory:", redis_url, "tests.reglages")
        autre = subprocess.run(commande, cwd=RACINE, env=env, capture_output=True, text=True)
        assert autre.stdout == "True\n", autre.stderr
        cache.clear()


class TestEpreuve:
    @pytest.fixture
    def defi(self):
        return epreuve.poser("ici")

    def test_a_proof_serves_once_where_it_was_asked(self, defi):
        preuve = epreuve.resoudre(defi.texte, defi.bits)
        assert epreuve.est_passee("ailleurs", defi.texte, preuve) is False
        assert epreuve.est_passee("ici", defi.texte, preuve) is True
        assert epreuve.est_passee("ici", defi.texte, preuve) is False

    @pytest.mark.parametrize(
        "preuve", ["0.0.0.0", "1", "", "²." * 4, "-1.0.0.0", "9" * 400, "0.0.0.0.0", "a.b.c.d"]
    )
    def test_anything_else_is_refused(self, defi, preuve):
        assert epreuve.est_passee("ici", defi.texte, preuve) is False

    @pytest.mark.parametrize("texte", ["", "3.abc.ici", "3.abc.ici:1a:zzz", "é", ":" * 9])
    def test_a_challenge_of_one_s_own_is_refused(self, texte):
        assert epreuve.est_passee("ici", texte, "0.0.0.0") is False

    def test_who_cannot_work_waits_and_few_do_so_at_once(self, defi, monkeypatch):
        assert epreuve.est_passee("ici", defi.texte, "") is False
        monkeypatch.setattr(epreuve, "ATTENTE", 0)  # as if it had passed
        attentes = [epreuve.est_passee("ici", epreuve.poser("ici").texte, "") for _ in range(40)]
        assert attentes == [True] * epreuve.ATTENTES_ADRESSE + [False] * (40 - epreuve.ATTENTES_ADRESSE)

    def test_the_more_proofs_an_address_gives_the_more_each_costs(self):
        bits = []
        for faites in (0, epreuve.LOT, 50 * epreuve.LOT):
            cache.set("epreuve:faites:ici", faites)
            bits.append(epreuve.poser("ici").bits)
        assert bits == [epreuve.BITS, epreuve.BITS + 1, epreuve.BITS_MAX]


class TestArrivees:
    def test_a_script_that_fills_a_room_is_slowed_and_others_still_come_in(self, atelier):
        venues(essais.ENTREES_SALLE + essais.ENTREES_ADRESSE - 2)
        statuts = [
            inconnu().post("/a/K7P4M2/entrer/", arrivee(atelier, rang), **JSON).status_code for rang in range(5)
        ]
        assert statuts == [200, 200, 429, 429, 429]
        assert Participant.objects.count() == 2
        assert inconnu(AILLEURS).post("/a/K7P4M2/entrer/", arrivee(atelier, "x"), **JSON).status_code == 200
        telephone = inconnu()
        arret = telephone.post("/a/K7P4M2/entrer/", arrivee(atelier, "y"), **JSON)
        assert (
            telephone.post("/a/K7P4M2/entrer/", arrivee(atelier, "y") | preuve(arret), **JSON).status_code == 200
        )

    def test_without_scripts_the_form_comes_back_filled_with_its_challenge(self, atelier):
        cache.set("entrees:salle:K7P4M2", 10_000)
        cache.set(f"entrees:K7P4M2:{essais.Visiteur({}, ICI).adresse}", 10_000)
        page = inconnu().post("/a/K7P4M2/entrer/", arrivee(atelier))
        assert (page.status_code, page.context["formulaire"]["prenom"].value()) == (429, "P0")
        assert 'name="defi" value="' in page.content.decode()

    def test_one_device_brings_in_a_table_and_not_a_crowd(self, atelier):
        tablette, statuts = inconnu(), []
        tablette.get("/rejoindre/")
        for rang in range(essais.ENTREES_APPAREIL + 1):
            statuts.append(tablette.post("/a/K7P4M2/entrer/", arrivee(atelier, rang), **JSON).status_code)
            tablette.post("/a/K7P4M2/sortir/")
        assert statuts == [200] * essais.ENTREES_APPAREIL + [429]

    def test_a_rehearsal_has_no_limit(self):
        atelier = faire_atelier(repetition=True)
        cache.set("entrees:salle:K7P4M2", 10_000)
        cache.set(f"entrees:K7P4M2:{essais.Visiteur({}, ICI).adresse}", 10_000)
        assert inconnu().post("/a/K7P4M2/entrer/", arrivee(atelier), **JSON).status_code == 200


class TestTenirLaPorte:
    @pytest.fixture
    def animatrice(self, atelier):
        return faire_compte(atelier.consultation, Mandat.Role.ANIMATEUR, espace=atelier.espace)

    def test_in_pause_nobody_new_comes_in_and_those_who_have_a_seat_do(self, atelier, animatrice):
        inscrite = faire_participant(atelier, prenom="Odile", entre=False)
        Place.objects.create(atelier=atelier, participant=inscrite)
        actions.suspendre_entrees(atelier=atelier, par=animatrice)
        actions.suspendre_entrees(atelier=atelier, par=animatrice)
        porte, envoi = inconnu().get("/r/K7P4M2/"), inconnu().post("/a/K7P4M2/entrer/", arrivee(atelier), **JSON)
        assert (porte.status_code, envoi.status_code, envoi.json()["code"]) == (409, 409, "entrees_suspendues")
        assert "Les entrées sont en pause" in porte.content.decode()
        with pytest.raises(Refus, match="entrees_suspendues"):
            actions.rejoindre(atelier=atelier, prenom="Karim", college=inscrite.college)
        assert Participant.objects.count() == 1
        assert actions.entrer(atelier=atelier, participant=inscrite).entre_le is not None
        actions.reprendre_entrees(atelier=atelier, par=animatrice)
        assert inconnu().post("/a/K7P4M2/entrer/", arrivee(atelier), **JSON).status_code == 200
        verbes = Journal.objects.filter(compte=animatrice).order_by("pk").values_list("verbe", flat=True)
        assert list(verbes) == ["suspendre_entrees", "reprendre_entrees"]

    def test_newcomers_of_the_last_minute_go_out_together(self, client, atelier, animatrice):
        ancienne = faire_participant(atelier, prenom="Ancienne")
        Place.objects.update(entre_le="2026-01-01T10:00:00Z")
        telephones = [inconnu() for _rang in range(3)]
        for rang, telephone in enumerate(telephones):
            telephone.post("/a/K7P4M2/entrer/", arrivee(atelier, rang), **JSON)
        assert [place.participant.prenom for place in nouveaux(atelier)] == ["P2", "P1", "P0"]
        client.force_login(animatrice)
        page = client.get(f"/animer/{atelier.pk}/").content.decode()
        coches = re.findall(r'name="participants" value="(\d+)"', page)
        fait = client.post(f"/animer/{atelier.pk}/entrees/sortir/", {"participants": coches[:2]}, follow=True)
        assert "2 personnes sont sorties." in fait.content.decode()
        presents = Place.objects.presentes().values_list("participant__prenom", flat=True)
        assert set(presents) == {ancienne.prenom, "P0"}
        assert [t.get("/a/K7P4M2/").status_code for t in telephones] == [200, 302, 302]
        assert telephones[2].get("/r/K7P4M2/").status_code == 200  # strangers again: they do not walk back in
        assert Journal.objects.filter(verbe="faire_sortir", compte=animatrice).count() == 2
        assert Participant.objects.count() == 4

    @pytest.mark.parametrize("coches", [[], ["x"], ["999999"], ["9" * 40]])
    def test_nobody_ticked_is_said(self, client, atelier, animatrice, coches):
        client.force_login(animatrice)
        reponse = client.post(f"/animer/{atelier.pk}/entrees/sortir/", {"participants": coches})
        assert (reponse.status_code, "Cochez au moins une personne" in reponse.content.decode()) == (422, True)

    def test_someone_of_another_room_does_not_go_out(self, atelier, animatrice):
        autre = faire_participant(faire_atelier(faire_consultation(slug="b"), code="BBBBB2"), prenom="Ana")
        with pytest.raises(Refus, match="personne_choisie"):
            actions.faire_sortir(atelier=atelier, participants=[autre.pk], par=animatrice)
        assert Participant.objects.get(pk=autre.pk).generation == autre.generation

    def test_the_console_has_the_buttons_of_the_moment(self, client, atelier, animatrice):
        client.force_login(animatrice)
        adresse = f"/animer/{atelier.pk}/"
        assert "Suspendre les entrées" in client.get(adresse).content.decode()
        page = client.post(f"{adresse}entrees/suspendre/", follow=True).content.decode()
        assert "Reprendre les entrées" in page
        assert "Les entrées sont en pause." in page
        assert "Suspendre les entrées" in client.post(f"{adresse}entrees/reprendre/", follow=True).content.decode()


class TestEntropie:
    """What docs/domaine.md says of guessing, from the limits themselves."""

    JOUR = 60 * 24

    @staticmethod
    def premier_succes(espace, vivants):
        """Mean number of tries before a living code is met, trying without ever trying twice."""
        return (espace + 1) / (vivants + 1)

    def test_the_mean_is_what_a_draw_gives(self):
        hasard, espace, vivants = random.Random(7), len(ALPHABET) ** 2, 5
        essais_faits = [min(hasard.sample(range(espace), vivants)) + 1 for _ in range(4000)]
        assert mean(essais_faits) == pytest.approx(self.premier_succes(espace, vivants), rel=0.05)

    @pytest.mark.parametrize(
        ("longueur", "vivants", "adresses", "dit"),
        [
            (LONGUEUR_CODE_PERSONNEL, 10_000, 1, "81 days"),
            (LONGUEUR_CODE_PERSONNEL, 1_000, 1, "805 days"),
            (LONGUEUR_CODE_PERSONNEL, 10_000, 100, "4 days"),
            (LONGUEUR_CODE, 20, 1, "57 days"),
            (LONGUEUR_CODE, 20, 100, "3 days"),
        ],
    )
    def test_the_documented_times_follow_from_the_limits(self, longueur, vivants, adresses, dit):
        attentes = min(epreuve.ATTENTES_ADRESSE * adresses, epreuve.ATTENTES_MAISON)
        par_minute = essais.PAR_MAISON + essais.PAR_ADRESSE * adresses + attentes
        jours = self.premier_succes(len(ALPHABET) ** longueur, vivants) / par_minute / self.JOUR
        assert f"{jours:.0f} days" == dit
        ligne = f"| {longueur} signs, {vivants:,} living | {adresses} | {par_minute:,} | {dit} |"
        assert ligne in (RACINE / "docs/domaine.md").read_text()
