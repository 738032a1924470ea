"""What a monitor is told, each part broken in turn."""

import shutil
import threading
import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from consultation import guichet
from plateforme import sante
from tests import serveurs
from tests.ateliers.conftest import brancher
from tests.patience import PATIENCE
from travail import registre
from travail.models import Passage

BIEN = dict.fromkeys(("base", "migrations", "ecrivain", "redis", "travail", "disque"), "ok")


def a_l_heure(**champs):
    bientot = timezone.now() + timedelta(minutes=1)
    for nom in registre.travaux():
        Passage.objects.update_or_create(nom=nom, defaults={"prochain_le": bientot, **champs})


@pytest.fixture
def au_travail(db):
    a_l_heure()


def demander(**entetes):
    reponse = Client().get("/sante/", **entetes)
    return reponse.status_code, reponse.json()


@pytest.mark.usefixtures("au_travail")
def test_all_is_well_in_four_queries_kept_by_no_cache(client, django_assert_max_num_queries):
    demander()
    with django_assert_max_num_queries(4):
        reponse = client.get("/sante/")
    assert (reponse.status_code, reponse.json()) == (200, {"etat": "ok", "parties": BIEN})
    assert "no-store" in reponse["Cache-Control"]


@pytest.mark.usefixtures("au_travail")
def test_the_machine_itself_may_ask_without_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert demander()[0] == 200
    assert Client().get("/rejoindre/").status_code == 301


def test_a_base_out_of_reach(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), brancher(NAME=str(tmp_path)):  # a folder is no base
        statut, corps = demander()
    perdues = dict.fromkeys(("base", "migrations", "travail"), "La base de données ne répond pas.")
    assert (statut, corps) == (503, {"etat": "panne", "parties": {**BIEN, **perdues}})


@pytest.mark.usefixtures("au_travail")
def test_a_migration_not_played():
    MigrationRecorder(connection).record_unapplied("ateliers", "0001_initial")
    dit = "La base n’est pas à jour\u202f: lancez manage.py mettre_a_niveau."
    assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "migrations": dit}})


@pytest.mark.usefixtures("au_travail")
def test_a_writer_that_died():
    guichet.ouvrir()
    try:
        assert demander()[0] == 200
        ouvert = guichet._ouvert
        threading.excepthook, avant = lambda _erreur: None, threading.excepthook
        ouvert._file.put((0, -1))  # nothing a writer can read
        ouvert._fil.join(PATIENCE)
        threading.excepthook = avant
        dit = "L’écrivain des votes s’est arrêté\u202f: relancez ce processus."
        assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "ecrivain": dit}})
    finally:
        guichet._ouvert = None


@pytest.mark.usefixtures("au_travail")
def test_a_redis_that_is_away_and_one_that_answers(settings, redis_url):
    settings.REDIS_URL = redis_url
    assert demander()[0] == 200
    settings.REDIS_URL = f"redis://127.0.0.1:{serveurs.port_libre()}/0"
    dit = "Redis ne répond pas\u202f: les écrans ont quelques secondes de retard."
    assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "redis": dit}})


@pytest.mark.usefixtures("au_travail")
def test_a_worker_that_nobody_started_and_one_whose_task_fails():
    Passage.objects.filter(nom="publier-a-l-heure").delete()
    dit = "Le travail de fond n’a pas tourné à l’heure\u202f: lancez manage.py travailler."
    assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "travail": dit}})
    a_l_heure(echecs=1)
    dit = "Une tâche du travail de fond échoue\u202f: le journal du serveur dit pourquoi."
    assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "travail": dit}})


@pytest.mark.usefixtures("au_travail")
def test_a_disk_nearly_full(monkeypatch):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _dossier: Usage(10**9, 0, sante.PLACE - 1))
    dit = "Il reste moins de 200 Mo sur le disque."
    assert demander() == (503, {"etat": "panne", "parties": {**BIEN, "disque": dit}})


@pytest.mark.usefixtures("au_travail")
def test_it_costs_little():
    demander()
    debut = time.process_time()
    for _fois in range(20):
        demander()
    assert (time.process_time() - debut) / 20 < 0.05
