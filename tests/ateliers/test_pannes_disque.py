"""A disk that fills up in mid-workshop: said plainly, nothing acknowledged is lost, reading goes on."""

import contextlib
import json
import re
import resource
import shutil
import sqlite3
import subprocess
from functools import partial
from html import unescape

import httpx
import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from websockets.sync.client import connect

from ateliers import actions, identite
from consultation.models import Bulletin, Mandat, Participant, Proposition, Voix
from tests import serveurs
from tests.patience import PATIENCE

from .conftest import brancher
from .fabriques_ateliers import faire_atelier, faire_compte, faire_etapes, faire_participant, faire_pistes

pytestmark = pytest.mark.services

PHRASE = "Le site ne peut rien enregistrer pour le moment. Attendez un peu, puis envoyez à nouveau."
MOTS = "Apprendre à deux,\net prendre le temps."
JETON = "x" * 32


class Disque:
    """A small disk of its own, that `remplir` fills to the last byte and `vider` frees."""

    nom = "no space left"

    def __init__(self, dossier):
        self.dossier = dossier / "disque"
        self.dossier.mkdir()
        commande = ["mount", "-t", "tmpfs", "-o", "size=16m", "none", self.dossier]
        monte = subprocess.run(commande, capture_output=True, text=True)
        if monte.returncode:
            pytest.skip(f"A small disk cannot be mounted here: {monte.stderr.strip()}")
        self.bourre = self.dossier / "bourre"

    def remplir(self, _pid):
        with contextlib.suppress(OSError), self.bourre.open("wb", buffering=0) as flux:
            while flux.write(b"x" * 4096):
                pass

    def vider(self, _pid):
        self.bourre.unlink()

    def fermer(self):
        subprocess.run(["umount", "--lazy", self.dossier], check=True)


class Limite:
    """A limit on the size of the files the server writes: SQLite then meets an input/output error."""

    nom = "input/output error"

    def __init__(self, dossier):
        self.dossier = dossier

    def remplir(self, pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))

    def vider(self, pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def fermer(self):
        pass


class Seminaire:
    """Two rooms of one seminar, one writing and one voting, on a server whose disk may be full."""

    def __init__(self, serveur, disque, base):
        self.serveur, self.disque, self.base = serveur, disque, base
        self.ecriture, self.vote = faire_atelier(), None
        self.vote = faire_atelier(self.ecriture.consultation, code="VVVVV2", titre="Vote")
        self.pistes = faire_pistes(self.vote, 2)
        self.etapes = faire_etapes(self.ecriture, "ideation", "discussion")
        actions.ouvrir_etape(etape=self.etapes[0], par=None)
        actions.ouvrir_etape(etape=faire_etapes(self.vote, "vote")[0], par=None)
        self.sonia, self.karim = faire_participant(self.ecriture), faire_participant(self.vote)
        self.animatrice = faire_compte(self.ecriture.consultation, Mandat.Role.ORGANISATEUR)
        self.animatrice.set_password("Un-bon-mot-2026")
        self.animatrice.save()
        session = Client()
        session.force_login(self.animatrice)
        self.session = session.cookies["sessionid"].value

    def cookie(self, participant):
        jeton = {participant.consultation_id: (participant.pk, participant.generation)}
        return {"germoir_participant": signing.dumps(jeton, salt=identite._SEL_COOKIE)}

    def demander(self, methode, chemin, champs=None, accept="text/html", **cookies):
        with httpx.Client(
            base_url=self.serveur.url, cookies={"csrftoken": JETON, **cookies}, timeout=PATIENCE
        ) as client:
            suite = {"data": {"csrfmiddlewaretoken": JETON, **champs}} if champs is not None else {}
            return client.request(methode, chemin, headers={"accept": accept}, **suite)

    def proposer(self, **suite):
        champs = {"cle": "cle-de-sonia", "texte": MOTS}
        return self.demander("POST", "/a/K7P4M2/proposer/", champs, **self.cookie(self.sonia), **suite)

    def voter(self, piste=0, **suite):
        champs = {"cle": f"cle-de-karim-{piste}", f"piste-{self.pistes[piste].pk}": "1"}
        return self.demander("POST", "/a/VVVVV2/voter/", champs, **self.cookie(self.karim), **suite)

    def entrer(self, **suite):
        college = self.ecriture.consultation.colleges.first().pk
        champs = {"cle": "cle-d-odile", "prenom": "Odile", "college": college}
        return self.demander("POST", "/a/K7P4M2/entrer/", champs, **suite)

    def ouvrir_la_suite(self, **suite):
        chemin = reverse("agir_etape", args=[self.ecriture.pk, self.etapes[1].pk, "ouvrir"])
        champs = {"courante": self.etapes[0].pk}
        return self.demander("POST", chemin, champs, sessionid=self.session, **suite)

    def remplir(self):
        """Fill the disk, after what was written has left SQLite's journal: it has no room left of its own."""
        with contextlib.closing(sqlite3.connect(self.base)) as autre:
            assert autre.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
        self.disque.remplir(self.serveur.pid)

    def vider(self):
        self.disque.vider(self.serveur.pid)


@pytest.fixture(scope="module", params=[Disque, Limite], ids=lambda sorte: sorte.nom)
def seminaire(request, base_modele, tmp_path_factory, django_db_blocker):
    dossier = tmp_path_factory.mktemp("disque")
    disque = request.param(dossier)
    try:
        base = shutil.copy(base_modele, disque.dossier / "germoir.sqlite3")
        with (
            django_db_blocker.unblock(),
            brancher(NAME=str(base)),
            serveurs.lancer(f"sqlite:///{base}", dossier, options=("--log-level", "warning")) as serveur,
        ):
            yield Seminaire(serveur, disque, base)
    finally:
        disque.fermer()


def renvoyer(seminaire, page, **cookies):
    """Press the button of the page that says to send again. Return the answer."""
    chemin = re.search(r'<form method="post" action="([^"]*)"', page)[1]
    champs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return seminaire.demander("POST", unescape(chemin), {n: unescape(v) for n, v in champs[1:]}, **cookies)


def test_while_the_disk_is_full_acts_are_put_off_and_pages_are_read(seminaire):
    s = seminaire
    chemin = f"{s.serveur.ws}/ws/a/K7P4M2/?pour=projection&jeton={identite.jeton_direct('projection', s.ecriture)}"
    with connect(chemin, proxy=None) as projecteur:
        assert json.loads(projecteur.recv(timeout=PATIENCE))["etape"]["nature"] == "ideation"
        assert s.voter(0, accept="application/json").status_code == 200
        s.remplir()
        for acte in (s.proposer, s.entrer, partial(s.voter, 1)):
            refus = acte(accept="application/json")
            assert (refus.status_code, refus.json().keys()) == (503, {"code", "message", "champ"})
            assert int(refus.headers["retry-after"]) in (2, 5)
        assert s.proposer(accept="application/json").json()["message"] == PHRASE
        page = s.proposer()
        assert (page.status_code, PHRASE in page.text, MOTS.split("\n")[0] in page.text) == (503, True, True)
        entree, console = s.entrer(), s.ouvrir_la_suite()
        assert [(p.status_code, PHRASE in p.text) for p in (entree, console)] == [(503, True)] * 2
        for lu in ("/", "/rejoindre/", "/r/K7P4M2/", "/projeter/K7P4M2/", "/a/K7P4M2/etat.json"):
            assert (lu, s.demander("GET", lu).status_code) == (lu, 200)
        s.vider()
        assert renvoyer(s, page.text, **s.cookie(s.sonia)).status_code == 302
        assert s.proposer(accept="application/json").status_code == 201  # the phone's outbox, with the same key
        assert renvoyer(s, entree.text).status_code == s.entrer().status_code == 302
        assert renvoyer(s, console.text, sessionid=s.session).status_code == 302
        assert [s.voter(rang, accept="application/json").status_code for rang in (0, 1)] == [200, 200]
        while (json.loads(projecteur.recv(timeout=PATIENCE)).get("etape") or {}).get("nature") != "discussion":
            pass
    assert list(Proposition.objects.values_list("texte", flat=True)) == [MOTS]
    assert Participant.objects.filter(prenom="Odile").count() == Bulletin.objects.count() == 1
    assert Voix.objects.count() == 2
    assert "Traceback" not in s.proposer().text


def test_a_password_is_not_written_in_the_page_that_says_to_wait(seminaire):
    champs = {"login": seminaire.animatrice.email, "password": "Un-bon-mot-2026"}
    seminaire.remplir()
    page = seminaire.demander("POST", "/compte/login/", champs)
    assert (page.status_code, PHRASE in page.text, "Un-bon-mot" in page.text) == (503, True, False)
    seminaire.vider()
    assert seminaire.demander("POST", "/compte/login/", champs).status_code == 302
