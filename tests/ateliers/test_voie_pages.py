"""The fast lane: pages and states that are to the letter Django's, for the plain case, and nothing else."""

import gzip
import json
import re
from collections import Counter
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ateliers import actions, annonces, essais, identite
from ateliers.voie import moules
from consultation import actions as actes
from consultation.models import Consultation, Participant, Scrutin, Voix

from .fabriques_salle import faire_participant
from .salle_rapide import SECRET, monter, sans_ce_qui_change

__all__ = ["monter"]
pytestmark = pytest.mark.usefixtures("base_partagee")


def entetes_utiles(entetes):
    return {
        n.lower(): v for n, v in entetes.items() if n.lower() not in ("content-length", "set-cookie", "expires")
    }


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize(
    "nature", ["accueil", "ideation", "regroupement", "vote", "discussion", "synthese", "pause", None]
)
def test_the_page_is_to_the_letter_the_one_django_makes(monter, nature, langue):
    salle = monter(nature or "vote")
    if nature:
        salle.ouvrir(nature)
    recue = salle.page(cookies=salle.cookies(django_language=langue))
    faite = salle.page_de_django(django_language=langue)
    assert salle.derriere.recus == []
    assert recue.statut == faite.status_code == 200
    assert sans_ce_qui_change(recue.texte) == sans_ce_qui_change(faite.texte)
    assert entetes_utiles(recue.entetes) == entetes_utiles(faite.headers)


def test_the_results_and_the_last_screen_with_one_s_code_are_the_same_too(monter):
    salle = monter("vote", "discussion")
    salle.ouvrir("vote")
    for rang in range(6):
        personne = faire_participant(salle.atelier, prenom=f"P{rang}")
        actions.voter(atelier=salle.atelier, participant=personne, choix={salle.pistes[0].pk: 2})
    for ferme in (False, True):
        salle.ouvrir("discussion") if not ferme else actions.clore_etape(
            etape=salle.etapes["discussion"], par=None
        )
        assert sans_ce_qui_change(salle.page().texte) == sans_ce_qui_change(
            salle.page_de_django().content.decode()
        )
    assert salle.sonia.code_lisible in salle.page().texte
    assert salle.derriere.recus == []


def test_one_s_code_just_after_coming_in_is_the_same_too(monter):
    salle = monter("accueil")
    page = salle.page("mon-code/").texte
    faite = salle.navigateur().get(f"/a/{salle.atelier.code}/mon-code/").content.decode()
    assert salle.derriere.recus == []
    assert sans_ce_qui_change(page) == sans_ce_qui_change(faite)
    assert salle.sonia.code_lisible in page
    neuve = faire_participant(salle.atelier, prenom="Odile", entre=False)
    assert salle.page("mon-code/", salle.cookies(neuve)).statut == 418
    actions.entrer(atelier=salle.atelier, participant=neuve)
    assert neuve.code_lisible in salle.page("mon-code/", salle.cookies(neuve)).texte


def test_while_ideas_are_gathered_each_sees_where_theirs_went(monter):
    salle = monter("ideation", "regroupement")
    salle.ouvrir("ideation")
    autre = faire_participant(salle.atelier, prenom="Karim")
    for qui in (salle.sonia, autre):
        phrase = actions.proposer(atelier=salle.atelier, participant=qui, texte=f"Apprendre un métier {qui.pk}")
        actes.regrouper(espace=salle.atelier.espace, par=None, propositions=[phrase], texte=f"Piste {qui.pk}")
    salle.ouvrir("regroupement")
    for qui in (salle.sonia, autre):
        page = salle.page(cookies=salle.cookies(qui)).texte
        assert sans_ce_qui_change(page) == sans_ce_qui_change(salle.page_de_django(qui).texte)
        assert page.count("Votre idée est ici.") == 1
    assert salle.derriere.recus == []


def test_those_who_came_after_a_closed_list_never_get_the_ballot_of_the_others(monter):
    salle = monter("vote")
    salle.ouvrir("vote")
    Scrutin.objects.update(liste_close=True)
    tard = faire_participant(salle.atelier, prenom="Odile")
    with transaction.atomic():
        annonces.avancer(salle.atelier.pk)
    assert list(Scrutin.objects.get().tardifs()) == [tard]
    assert (salle.page().statut, salle.page(cookies=salle.cookies(tard)).statut) == (200, 418)


def sans_date(cookie):
    return {nom: str(dit) for nom, dit in cookie.items() if nom != "expires"}


@pytest.mark.parametrize("connu", [True, False])
def test_newcomers_are_welcomed_as_django_does(monter, connu):
    salle = monter("accueil")
    cookies = {"csrftoken": SECRET} if connu else {}
    entetes = {"cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in cookies.items())}
    recue, encore = (salle.demander(("GET", f"/r/{salle.atelier.code}/", b"", entetes))[0] for _fois in range(2))
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(cookies)
    faite = client.get(f"/r/{salle.atelier.code}/")
    assert salle.derriere.recus == []
    assert sans_ce_qui_change(recue.texte) == sans_ce_qui_change(faite.content.decode())
    assert entetes_utiles(recue.entetes) == entetes_utiles(faite.headers)
    assert ("set-cookie" in recue.entetes) is not connu
    if not connu:
        pose, pose_par_django = SimpleCookie(recue.entetes["set-cookie"]), faite.cookies
        assert pose["csrftoken"].value != SimpleCookie(encore.entetes["set-cookie"])["csrftoken"].value
        assert sans_date(pose["csrftoken"]) == sans_date(pose_par_django["csrftoken"])
        client.cookies["csrftoken"] = pose["csrftoken"].value
    champs = {
        nom: re.search(f'name="{nom}" value="([^"]+)"', recue.texte)[1] for nom in ("csrfmiddlewaretoken", "cle")
    }
    champs |= {"prenom": "Karim", "college": salle.sonia.college_id}
    assert client.post(f"/a/{salle.atelier.code}/entrer/", champs).status_code == 302
    assert Participant.objects.filter(prenom="Karim").count() == 1


def test_who_is_known_or_may_not_come_in_is_for_django(monter):
    salle = monter("accueil")
    chemin = f"/r/{salle.atelier.code}/"
    connue = {"cookie": f"{identite.COOKIE}={salle.cookies()[identite.COOKIE]}"}
    assert salle.demander(("GET", chemin, b"", connue))[0].statut == 418
    assert salle.demander(("GET", chemin, b"", {}))[0].statut == 200
    Consultation.objects.update(etat="close")
    salle.voie._memoires.oublier()
    assert salle.demander(("GET", chemin, b"", {}))[0].statut == 418


def test_a_thousand_who_change_screen_together_cost_a_few_readings(monter, monkeypatch):
    salle = monter("accueil", "vote")
    salle.ouvrir("vote")
    lectures = []
    lire = salle.voie._memoires.lire
    monkeypatch.setattr(salle.voie._memoires, "lire", lambda code: lectures.append(code) or lire(code))
    entetes = {"cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in salle.cookies().items())}
    pages = salle.demander(*[("GET", f"/a/{salle.atelier.code}/", b"", entetes)] * 200)
    assert {page.statut for page in pages} == {200}
    assert len(lectures) <= 4
    assert len({re.search(r'name="cle" value="([^"]+)"', page.texte)[1] for page in pages}) == 200


def test_while_a_room_fills_only_what_shows_it_is_made_again(monter, monkeypatch):
    salle = monter("accueil")
    salle.ouvrir("accueil")
    faites, cuire = [], moules._requete
    monkeypatch.setattr(moules, "RETARD", 0)
    monkeypatch.setattr(moules, "_requete", lambda chemin, *reste: faites.append(chemin) or cuire(chemin, *reste))
    for rang in range(3):
        faire_participant(salle.atelier, prenom=f"P{rang}")
        annonces.avancer(salle.atelier.pk)
        for chemin, cookies in (("r", {"csrftoken": SECRET}), ("a", salle.cookies())):
            entetes = {"cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in cookies.items())}
            assert salle.demander(("GET", f"/{chemin}/{salle.atelier.code}/", b"", entetes))[0].statut == 200
        assert salle.page("mon-code/").statut == 200
    code = salle.atelier.code
    assert Counter(faites) == {f"/r/{code}/": 1, f"/a/{code}/": 3, f"/a/{code}/mon-code/": 1}


def test_a_step_that_changes_changes_the_very_next_page(monter):
    salle = monter("accueil", "vote")
    for nature, dit in (("accueil", "Bienvenue"), ("vote", "Posez vos 3"), ("accueil", "Bienvenue")):
        actions.ouvrir_etape(etape=salle.etapes[nature], par=None)
        assert dit in salle.page().texte
    assert salle.derriere.recus == []


def test_who_has_something_of_their_own_gets_a_page_of_their_own(monter):
    salle = monter("ideation", "vote")
    salle.ouvrir("ideation")
    actions.proposer(atelier=salle.atelier, participant=salle.sonia, texte="La mienne")
    assert salle.page().statut == 418
    salle.ouvrir("vote")
    assert salle.page().statut == 200
    salle.voter({salle.pistes[0].pk: 1})
    assert salle.page().statut == 418


@pytest.mark.parametrize("qui", ["inconnu", "reemis", "efface", "pas_entre", "sans_jeton", "connecte", "question"])
def test_what_is_not_plain_goes_to_django_as_it_came(monter, qui, monkeypatch):
    salle = monter("accueil")
    salle.ouvrir("accueil")
    cookies, suite = salle.cookies(), ""
    if qui == "inconnu":
        cookies[identite.COOKIE] = "faux"
    elif qui == "reemis":
        assert salle.page().statut == 200
        monkeypatch.setattr("ateliers.voie.memoire.VIE", 0)
        actes.reemettre_code(participant=salle.sonia, par=None)
    elif qui == "efface":
        actes.effacer_participant(participant=salle.sonia)
    elif qui == "pas_entre":
        cookies = salle.cookies(faire_participant(salle.atelier, entre=False))
    elif qui == "sans_jeton":
        del cookies["csrftoken"]
    elif qui == "connecte":
        cookies["sessionid"] = "x"
    else:
        suite = "?voter=1"
    assert salle.page(suite, cookies).statut == 418
    assert salle.derriere.recus == [("GET", f"/a/{salle.atelier.code}/", b"")]


def test_the_form_of_the_page_is_accepted_by_django(monter):
    salle = monter("vote")
    salle.ouvrir("vote")
    page = salle.page().texte
    client = Client(enforce_csrf_checks=True)
    for nom, valeur in salle.cookies().items():
        client.cookies[nom] = valeur
    champs = {nom: re.search(f'name="{nom}" value="([^"]+)"', page)[1] for nom in ("csrfmiddlewaretoken", "cle")}
    reponse = client.post(f"/a/{salle.atelier.code}/voter/", {**champs, f"piste-{salle.pistes[0].pk}": 2})
    assert reponse.status_code == 302
    assert Voix.objects.get().valeur == 2


def test_pages_and_states_are_compressed_when_the_browser_can(monter):
    salle = monter("accueil")
    nue, serree = salle.page(), salle.page(**{"accept-encoding": "gzip, br"})
    assert "content-encoding" not in nue.entetes
    assert sans_ce_qui_change(gzip.decompress(serree.corps).decode()) == sans_ce_qui_change(nue.texte)
    assert int(serree.entetes["content-length"]) == len(serree.corps) < len(nue.corps) / 2


def test_a_host_that_is_not_ours_is_django_s_to_refuse(monter, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    salle = monter("accueil")
    assert salle.page(host="ailleurs.example").statut == 418
    assert salle.page(host="").statut == 418


def test_the_state_is_the_same_as_django_s_and_known_ones_are_not_sent_again(monter):
    salle = monter("accueil")
    chemin = f"/a/{salle.atelier.code}/etat.json?pour=projection"
    (recu,) = salle.demander(("GET", chemin, b"", {}))
    faite = Client().get(chemin)
    assert json.loads(recu.texte) == faite.json()
    assert recu.entetes["etag"] == faite["ETag"]
    assert recu.entetes["cache-control"] == faite["Cache-Control"]
    (connu,) = salle.demander(("GET", chemin, b"", {"if-none-match": f"W/{recu.entetes['etag']}"}))
    assert (connu.statut, connu.corps) == (304, b"")
    salle.ouvrir("accueil")
    (suite,) = salle.demander(("GET", chemin, b"", {"if-none-match": recu.entetes["etag"]}))
    assert (suite.statut, json.loads(suite.texte)["etape"]["nature"]) == (200, "accueil")


def test_the_console_s_state_needs_its_token(monter):
    salle = monter("accueil")
    chemin = f"/a/{salle.atelier.code}/etat.json?pour=console&jeton="
    jetons = [identite.jeton_direct(qui, salle.atelier) for qui in ("console", "projection")]
    reponses = [salle.demander(("GET", chemin + jeton, b"", {}))[0].statut for jeton in jetons]
    assert reponses == [200, 418]
    assert salle.demander(("GET", "/a/ZZZZZZ/etat.json", b"", {}))[0].statut == 418


def test_what_breaks_in_the_lane_goes_the_ordinary_way(monter, monkeypatch):
    salle = monter("vote")
    salle.ouvrir("vote")
    monkeypatch.setattr("ateliers.voie.application.actions.voter_ensemble", lambda depots: 1 / 0)
    monkeypatch.setattr(salle.voie._memoires, "lire", lambda code: 1 / 0)
    assert [salle.page().statut, salle.voter({salle.pistes[0].pk: 1}).statut] == [418, 418]
    assert [chemin for _methode, chemin, _corps in salle.derriere.recus] == [
        f"/a/{salle.atelier.code}/",
        f"/a/{salle.atelier.code}/voter/",
    ]


def test_while_codes_are_guessed_strangers_are_left_to_django_and_those_inside_are_not(monter):
    salle = monter("accueil")
    cache.set("essais:maison", essais.PAR_MAISON)
    champs = {"prenom": "Karim", "college": salle.sonia.college_id, "cle": "k"}
    etat = f"/a/{salle.atelier.code}/etat.json"
    reponses = salle.demander(
        ("GET", f"/r/{salle.atelier.code}/", b"", {}),
        ("GET", etat, b"", {}),
        ("GET", etat, b"", {"cookie": f"{identite.COOKIE}=faux"}),
        salle.envoi("entrer", champs, {"csrftoken": SECRET}),
    )
    assert [reponse.statut for reponse in reponses] == [418] * 4
    connue = "; ".join(f"{nom}={valeur}" for nom, valeur in salle.cookies().items())
    assert salle.demander(("GET", etat, b"", {"cookie": connue}))[0].statut == salle.page().statut == 200


def test_past_the_limits_a_newcomer_is_asked_for_a_proof_which_django_checks(monter):
    salle = monter("accueil")
    cache.set(f"entrees:salle:{salle.atelier.code_cle}", 10_000)
    cache.set(f"entrees:{salle.atelier.code_cle}:{essais.Visiteur({}, '127.0.0.1').adresse}", 10_000)
    cookies = {"csrftoken": SECRET}
    champs = {"prenom": "Karim", "college": salle.sonia.college_id, "cle": "k"}
    arret = salle.demander(salle.envoi("entrer", champs, cookies))[0]
    assert (arret.statut, json.loads(arret.texte)["code"], salle.derriere.recus) == (429, "epreuve", [])
    texte = json.loads(arret.texte)["defi"]["texte"]
    envoi = salle.envoi("entrer", {**champs, "defi": texte, "preuve": "0.0.0.0"}, cookies)
    assert (salle.demander(envoi)[0].statut, Participant.objects.filter(prenom="Karim").count()) == (418, 0)
