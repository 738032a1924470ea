"""A base or a Redis that is not there: what people then read, and what still works."""

import contextlib
import re
import shutil
import sqlite3

import httpx
import pytest
from django.core import signing
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client

from ateliers import actions, identite
from consultation.models import Mandat, Proposition
from plateforme.pannes import passagere
from tests import serveurs
from tests.charge import votes

from .conftest import brancher
from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant
from .test_plusieurs_processus import pg_ctl

MOTS = "Apprendre à deux."
RIEN_ENREGISTRE = "Le site ne peut rien enregistrer pour le moment. Attendez un peu, puis envoyez à nouveau."
PAS_DE_REPONSE = "Le site ne répond pas pour le moment. Attendez un peu, puis rechargez la page."


@pytest.fixture
def base_impatiente(base_modele, tmp_path, django_db_blocker):
    """A SQLite file whose lock is waited for a moment only. Yields its path."""
    base = shutil.copy(base_modele, tmp_path / "germoir.sqlite3")
    options = {"OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0.2}}
    with django_db_blocker.unblock(), brancher(NAME=str(base), **options):
        yield base


def cookie(participant):
    jeton = {participant.consultation_id: (participant.pk, participant.generation)}
    return signing.dumps(jeton, salt=identite._SEL_COOKIE)


def test_a_base_held_too_long_is_said_and_keeps_the_words(base_impatiente):
    atelier = faire_atelier()
    actions.ouvrir_etape(etape=faire_etapes(atelier, "ideation")[0], par=None)
    client, chemin = Client(), f"/a/{atelier.code}/proposer/"
    client.cookies[identite.COOKIE] = cookie(faire_participant(atelier))
    champs = {"texte": MOTS, "cle": "c1"}
    with contextlib.closing(sqlite3.connect(base_impatiente, isolation_level=None)) as autre:
        autre.execute("BEGIN IMMEDIATE")
        en_json = client.post(chemin, champs, headers={"accept": "application/json"})
        en_page = client.post(chemin, champs)
        assert client.get(f"/a/{atelier.code}/").status_code == 200
        autre.execute("ROLLBACK")
    assert (en_json.status_code, en_json["Retry-After"], en_json.json()) == (
        503,
        "5",
        {"code": "indisponible", "message": RIEN_ENREGISTRE, "champ": None},
    )
    lu = en_page.content.decode()
    assert (en_page.status_code, RIEN_ENREGISTRE in lu, MOTS in lu, 'value="c1"' in lu) == (503, True, True, True)
    assert client.post(chemin, champs).status_code == 302
    assert [p.texte for p in Proposition.objects.all()] == [MOTS]


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["SELECT 1 FROM nulle_part", "SELEC 1"])
def test_a_fault_of_ours_is_not_taken_for_a_base_that_is_busy(sql):
    with pytest.raises(DatabaseError) as leve, connection.cursor() as curseur:
        curseur.execute(sql)
    assert isinstance(leve.value, OperationalError)
    assert not passagere(leve.value)


def test_what_passes_and_what_does_not():
    erreurs = [OSError(28, "No space left"), OSError(2, "No such file"), InterfaceError(), IntegrityError()]
    assert [passagere(erreur) for erreur in [*erreurs, ValueError(), None]] == [
        True,
        False,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.services
def test_postgresql_stopped_is_said_on_pages_and_acts(cluster, tmp_path):
    url, dossier = cluster
    salle = votes.preparer(url, tmp_path, 1)
    with serveurs.lancer(url, tmp_path, options=("--log-level", "warning")) as serveur:
        cookies = {"csrftoken": "x" * 32, identite.COOKIE: salle["cookies"][0]}
        with httpx.Client(base_url=serveur.url, cookies=cookies, timeout=40) as phone:
            assert phone.get(f"/a/{salle['code']}/").status_code == 200
            pg_ctl("stop", dossier)
            pages = [phone.get(chemin) for chemin in ("/", "/rejoindre/?code=x", f"/a/{salle['code']}/")]
            champs = {"csrfmiddlewaretoken": "x" * 32, "cle": "c1", f"piste-{salle['pistes'][0]}": 1}
            chemin = f"/a/{salle['code']}/voter/"
            vote = phone.post(chemin, data=champs, headers={"accept": "application/json"})
            etat = phone.get(f"/a/{salle['code']}/etat.json?pour=projection")
    assert [(p.status_code, PAS_DE_REPONSE in p.text) for p in (pages[0], pages[2])] == [(503, True)] * 2
    assert (vote.status_code, etat.status_code) == (503, 503)
    assert int(vote.headers["retry-after"]) in (2, 5)
    assert set(vote.json()) >= {"code", "message"}


@pytest.mark.services
def test_without_redis_accounts_and_personal_codes_still_open(base_modele, tmp_path, django_db_blocker):
    base = shutil.copy(base_modele, tmp_path / "germoir.sqlite3")
    with django_db_blocker.unblock(), brancher(NAME=str(base)):
        atelier = faire_atelier()
        compte = faire_compte(atelier.consultation, Mandat.Role.ORGANISATEUR)
        personne = faire_participant(atelier, accord_publication=False)
    redis = f"redis://127.0.0.1:{serveurs.port_libre()}/0"
    with (
        serveurs.lancer(f"sqlite:///{base}", tmp_path, redis_url=redis) as serveur,
        httpx.Client(base_url=serveur.url, timeout=20) as client,
    ):
        assert client.get(f"/m/{personne.code_personnel}/").headers["location"] == "/moi/"
        assert [client.get("/m/AAAAAAAA/").status_code for _essai in range(9)] == [404] * 8 + [429]
        jeton = re.search(r'csrfmiddlewaretoken" value="([^"]*)', client.get("/compte/login/").text)[1]
        champs = {"csrfmiddlewaretoken": jeton, "login": compte.email, "password": "x"}
        assert client.post("/compte/login/", data=champs).headers["location"] == "/animer/"
