"""What surrounds every page: tokens, cookies, hosts, who was erased. Policies and caches: see `test_droits`."""

import json

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from ateliers import actions as actions_ateliers
from ateliers import identite
from consultation import actions, lectures
from consultation.models import Journal
from tests import fabriques as f

from . import monde as m
from .test_droits import DECISIONS, NOMS, PARTICIPANT, SAISIES
from .test_effacement import base_entiere

pytestmark = pytest.mark.django_db

#: They answer a POST as a GET: nothing is done there.
SANS_EFFET = ("manifeste", "contenus:flux", "connexion_gestion", "oubli_gestion", "connexion_pages")
#: One click in a letter, asked for by a mail program that holds no page of ours (RFC 8058): the key in the address
#: is the right, and all it does is stop writing to that address.
EN_UN_CLIC = ("forums:arreter", "courrier:arreter", "contenus:ne-plus-prevenir")


@pytest.mark.parametrize("nom", [nom for nom in NOMS if DECISIONS[nom][1] and nom not in SANS_EFFET + EN_UN_CLIC])
def test_nothing_is_done_without_the_token_of_the_form(monde, nom):
    acteur = "participant" if DECISIONS[nom][1] == PARTICIPANT else "organisateur"
    client, avant = monde.client(acteur, enforce_csrf_checks=True), Journal.objects.count()
    reponse = client.post(m.adresse(nom, monde.ici), SAISIES.get(nom, {}))
    assert reponse.status_code == 403
    assert Journal.objects.count() == avant


@pytest.mark.parametrize("chemin", ["/rien-ici/", "/a/ZZZZZZ/", "/impression/fil/99.pdf", "/moi/effacer/1/"])
def test_an_error_carries_them_too(client, chemin):
    reponse = client.get(chemin)
    assert reponse.status_code == 404
    assert "default-src 'none'" in reponse["Content-Security-Policy"]


def test_the_cookie_of_a_phone_is_out_of_reach_of_scripts_and_of_other_sites(monde):
    reponse = monde.client("anonyme").get(m.adresse("appareil", monde.ici))
    biscuit = reponse.cookies[identite.COOKIE]
    assert (biscuit["httponly"], biscuit["samesite"]) == (True, "Lax")


def test_a_session_given_beforehand_is_not_the_one_signed_in(client):
    compte = f.creer_compte(password="mot de passe")
    client.get(reverse("account_login"))
    session = client.session
    session["posee"] = "par un autre"
    session.save()
    avant = session.session_key
    client.cookies["sessionid"] = avant
    client.post(reverse("account_login"), {"login": compte.email, "password": "mot de passe"})
    assert client.session.get("_auth_user_id") == str(compte.pk)
    assert client.session.session_key != avant


@pytest.mark.parametrize("vers", ["https://mal.test/", "//mal.test", "/\\mal.test", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, vers):
    compte = f.creer_compte(password="mot de passe")
    adresse = reverse("account_login") + f"?next={vers}"
    reponse = client.post(adresse, {"login": compte.email, "password": "mot de passe", "next": vers})
    assert reponse.status_code == 302
    assert reponse["Location"].startswith("/animer/")


def test_a_forged_host_is_in_no_letter(client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["germoir.exemple.test"]
    compte = f.creer_compte()
    adresse = reverse("account_reset_password")
    assert client.post(adresse, {"email": compte.email}, HTTP_HOST="mal.test").status_code == 400
    assert mailoutbox == []


def test_the_address_of_a_device_is_kept_nowhere_beside_what_it_said(monde):
    """Someone comes in, writes, votes, mistypes a code: every table, session and cache is searched."""
    ici, d_ou = monde.ici, "203.0.113.77"
    client = monde.client("participant", REMOTE_ADDR=d_ou)
    actions_ateliers.ouvrir_etape(etape=ici.etapes[1], par=None)
    dit = client.post(m.adresse("proposer", ici), {"texte": "Une adresse que nul ne garde", "cle": "ip-1"})
    client.get("/m/ZZZZZZZ2/")
    anonyme = monde.client("anonyme", REMOTE_ADDR=d_ou)
    anonyme.post(reverse("rejoindre"), {"code": "ZZZZZ2"})
    assert dit.status_code in (200, 302)
    base = base_entiere()
    assert "Une adresse que nul ne garde" in base
    assert d_ou not in base + str(getattr(cache, "_cache", ""))


def test_someone_erased_is_named_nowhere_and_the_count_stands(monde):
    ici = monde.ici
    actions.voter(scrutin=ici.scrutin, participant=ici.participant, choix={ici.pistes[0].pk: 2})
    code, votes = ici.participant.code_personnel, ici.scrutin.bulletins.count()
    actions.effacer_participant(participant=ici.participant)
    assert lectures.participant_par_code(code) is None
    assert ici.scrutin.bulletins.count() == votes
    for nom in ("gestion_ateliers:inscriptions", "gestion:journal", "gestion:propositions", "console", "synthese"):
        texte = monde.client("organisateur").get(m.adresse(nom, ici)).content.decode()
        assert (m.SECRET in texte, "Quatrelivres" in texte, code in texte) == (False, False, False), nom
    journal = json.dumps(list(Journal.objects.values_list("details", "motif")))
    assert (m.SECRET in journal, code in journal) == (False, False)
    assert monde.client("participant").get(m.adresse("salle", ici)).status_code == 302
    call_command("verifier")
