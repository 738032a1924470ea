"""`manage.py repeter` against the product really served: what it plays, tells, finds, refuses and leaves."""

import io
import json
import os
import shutil
import signal
from collections import Counter
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from ateliers import actions
from ateliers.management.commands import repeter
from ateliers.models import Atelier, Repetition
from ateliers.repetition import telephone
from consultation.models import Consultation, Journal, Participant, Scrutin
from plateforme import polices
from tests import serveurs

GENS = 20


def lancer(vers, participants=GENS, **options):
    """Run the command; return what it printed. Raises CommandError."""
    sortie = options.pop("stdout", io.StringIO())
    options = {"duree": 1, "vers": vers, "stdout": sortie, **options}
    try:
        call_command("repeter", participants=participants, **options)
    except CommandError as erreur:
        erreur.sortie = sortie.getvalue()
        raise
    return sortie.getvalue()


def refus_de(vers="http://127.0.0.1:9", **options):
    """Run the command, which refuses; return its sentence."""
    with pytest.raises(CommandError) as erreur:
        lancer(vers, **options)
    return str(erreur.value)


@pytest.fixture
def sans_attendre(monkeypatch):
    """Phones that fetch their new page at once: what is looked at is elsewhere."""
    monkeypatch.setattr(telephone, "ETALEMENT", 0.1)


def salles():
    """What rehearsals have left: rehearsals, their people, their accounts, their sessions."""
    return (
        Repetition.objects.count(),
        Participant.objects.filter(consultation__slug__startswith="repetition").count(),
        get_user_model().objects.filter(email__endswith="germoir.invalid").count(),
        Session.objects.count(),
    )


# The whole, once, against a real server


@pytest.fixture(scope="module")
def jouee(serveur, tmp_path_factory):
    """A rehearsal from end to end, kept so that what it did can be read in the base."""
    for nom in polices.GRAISSES:  # a site in service has them since `collectstatic`
        polices.fabriquer(nom)
    fichier = tmp_path_factory.mktemp("mesures") / "mesures.json"
    sortie = lancer(serveur.url, json=fichier, garder=True)
    return SimpleNamespace(sortie=sortie, mesures=json.loads(fichier.read_text()))


def test_everyone_came_in_said_something_and_voted_as_phones_do(jouee):
    atelier = Atelier.objects.get(repetition=True)
    assert atelier.places_prises.presentes().count() == GENS
    assert sorted(atelier.espace.propositions.values_list("auteur__prenom", flat=True)) == sorted(
        f"P{rang}" for rang in range(GENS)
    )
    assert set(atelier.espace.propositions.values_list("moderation", flat=True)) == {"affichee"}
    ranges = atelier.espace.propositions.exclude(axe=None)
    assert ranges.count() == sum(rang % 3 > 0 for rang in range(GENS))
    scrutin = atelier.espace.scrutins.get()
    assert (scrutin.etat, scrutin.bulletins.count()) == (Scrutin.Etat.CLOS, GENS)
    assert sum(scrutin.voix.values_list("valeur", flat=True)) == 3 * GENS
    assert Counter(atelier.etapes.values_list("etat", flat=True)) == {"fermee": 2, "a_venir": 1}
    verbes = Counter(Journal.objects.filter(consultation=atelier.consultation).values_list("verbe", flat=True))
    assert (verbes["inscrire"], verbes["deposer_proposition"], verbes["ouvrir_etape"]) == (GENS, GENS, 2)
    # Nine in ten voted at their own pace, then everyone at once: those changed their mind.
    assert verbes["voter"] == GENS + int(GENS * 0.9)


def test_the_facilitator_s_acts_are_those_of_the_account_made_for_it(jouee):
    repetition = Repetition.objects.get()
    ouvertures = Journal.objects.filter(
        consultation=repetition.consultation, verbe__in=("ouvrir_etape", "clore_etape")
    )
    assert set(ouvertures.values_list("compte", flat=True)) == {repetition.animateur_id}


def test_it_tells_its_progress_then_a_table_then_what_it_checked(jouee):
    lignes = jouee.sortie.splitlines()
    assert lignes[0].startswith("Salle préparée\u202f: Répétition générale du ")
    assert lignes[1:5] == ["· Entrées (20)", "    5 sur 20", "    10 sur 20", "    15 sur 20"]
    tableau = lignes[next(rang for rang, ligne in enumerate(lignes) if ligne.startswith("Ce qui a été joué")) :]
    assert tableau[0].split() == ["Ce", "qui", "a", "été", "joué", "mesuré", "limite", "verdict"]
    entree = next(ligne for ligne in tableau if ligne.startswith("Entrer dans la salle\u202f: 95 sur 100"))
    assert "500 ms" in entree
    assert entree.endswith(("tient", "NE TIENT PAS"))
    assert any(ligne.startswith("Reçu, puis perdu ou changé") and ligne.endswith("tient") for ligne in tableau)
    assert f"Vérifié dans la base\u202f: {GENS} idées et {GENS} votes reçus y sont tous, une seule fois." in lignes
    assert "Salle gardée jusqu’à la prochaine répétition." in lignes


def test_the_measures_are_written_as_json_each_with_its_limit_and_verdict(jouee):
    par_nom = {mesure["name"]: mesure for mesure in jouee.mesures}
    assert all(mesure.keys() == {"name", "value", "unit", "limite", "tient"} for mesure in jouee.mesures)
    assert par_nom["perdus"] == {"name": "perdus", "value": 0, "unit": "", "limite": 0, "tient": True}
    assert par_nom["echecs"]["value"] == 0, jouee.sortie
    vagues = ("entrees", "prises", "ouvrir_ideation", "propositions", "ouvrir_vote", "votes", "pointe", "retours")
    assert [f"{nom}.duree" for nom in (*vagues, "resultats") if f"{nom}.duree" not in par_nom] == []
    for nom in (
        "entrees.entree",
        "entrees.fichiers",
        "propositions.recu",
        "propositions.vue",
        "pointe.recu",
        "resultats.ecran",
    ):
        moitie, presque, tous = (par_nom[f"{nom}.{chiffre}"]["value"] for chiffre in ("p50", "p95", "max"))
        assert 0 < moitie <= presque <= tous < 60
    entree = par_nom["entrees.entree.p95"]
    assert (entree["unit"], entree["limite"], entree["tient"]) == ("s", 0.5, entree["value"] <= 0.5)
    assert par_nom["pointe.debit"]["value"] > 0
    assert 0 < par_nom["generateur"]["value"] <= 100


def test_kept_or_killed_the_room_before_is_cleared_by_the_next_rehearsal_which_clears_its_own(
    serveur, jouee, sans_attendre
):
    gardee, tuee = Repetition.objects.get(), actions.preparer_repetition()
    avant = Consultation.objects.filter(repetition_generale__isnull=True).count()
    sortie = lancer(serveur.url, participants=2)
    assert "Salle effacée." in sortie.splitlines()
    assert salles() == (0, 0, 0, 0)
    assert Consultation.objects.count() == avant
    assert not Consultation.objects.filter(pk__in=[gardee.consultation_id, tuee.consultation_id]).exists()


#: A server that loses a vote when the vote closes, and rewrites words when it opens.
FAUTES = {
    "perdre": "WHEN NEW.etat = 'clos' BEGIN DELETE FROM consultation_voix "
    "WHERE id = (SELECT max(id) FROM consultation_voix WHERE scrutin_id = NEW.id); END",
    "changer": "WHEN NEW.etat = 'ouvert' BEGIN UPDATE consultation_proposition SET texte = 'autre chose' "
    "WHERE id = (SELECT max(id) FROM consultation_proposition); END",
}


def test_a_vote_lost_and_words_changed_once_acknowledged_are_found_and_told(serveur, sans_attendre):
    with connection.cursor() as base:
        for nom, faute in FAUTES.items():
            base.execute(f"CREATE TRIGGER {nom} AFTER UPDATE OF etat ON consultation_scrutin {faute}")
    try:
        with pytest.raises(CommandError) as erreur:
            lancer(serveur.url, participants=6)
    finally:
        with connection.cursor() as base:
            for nom in FAUTES:
                base.execute(f"DROP TRIGGER {nom}")
    assert (erreur.value.returncode, str(erreur.value)) == (1, "Quelque chose de reçu n’est pas dans la base.")
    lignes = erreur.value.sortie.splitlines()
    fautes = [ligne for ligne in lignes if ligne.startswith("  - ")]
    # The tally no longer agrees with the votes either.
    assert [
        quoi for quoi in ("La proposition n°", "Le vote de la personne n°", "scrutin") if quoi in str(fautes)
    ] == [
        "La proposition n°",
        "Le vote de la personne n°",
        "scrutin",
    ]
    assert f"PERDU\u202f: {len(fautes)} fautes dans la base, sur 6 idées et 6 votes reçus." in lignes
    perdus = next(ligne for ligne in lignes if ligne.startswith("Reçu, puis perdu ou changé"))
    assert perdus.split()[-5:] == [str(len(fautes)), "0", "NE", "TIENT", "PAS"]
    assert salles() == (0, 0, 0, 0)


class Coupure(io.StringIO):
    """Someone presses Ctrl-C when they read that people come in."""

    def write(self, texte):
        if "Entrées" in texte:
            os.kill(os.getpid(), signal.SIGINT)
        return super().write(texte)


@pytest.fixture
def clavier():
    """Ctrl-C as at a terminal: a session started in the background inherits that it is ignored."""
    avant = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, avant)


def test_interrupted_it_clears_its_room(serveur, clavier):
    sortie = Coupure()
    with pytest.raises(CommandError) as erreur:
        lancer(serveur.url, participants=2, stdout=sortie, garder=True)
    assert (str(erreur.value), erreur.value.returncode) == ("Répétition interrompue. Sa salle est effacée.", 130)
    assert "Ce qui a été joué" not in sortie.getvalue()
    assert salles() == (0, 0, 0, 0)


def test_it_stops_at_its_time_limit_and_says_so(serveur, monkeypatch):
    monkeypatch.setattr(repeter, "MINUTE", 0.02)
    with pytest.raises(CommandError) as erreur:
        lancer(serveur.url, participants=3, limite=60)
    assert erreur.value.returncode == 1
    assert "La répétition s’est arrêtée avant la fin\u202f: la limite de temps est passée" in erreur.value.sortie
    assert "pas joué" in erreur.value.sortie
    assert salles() == (0, 0, 0, 0)


# Another server, or none


def test_a_server_on_another_base_is_told_apart(base_modele, base_du_serveur, tmp_path):
    autre = shutil.copy(base_modele, tmp_path / "autre.sqlite3")
    with serveurs.lancer(f"sqlite:///{autre}", tmp_path) as etranger:
        assert "Il n’utilise sans doute pas la même base." in refus_de(etranger.url)
    assert salles() == (0, 0, 0, 0)


def test_no_server_is_said_plainly(base_du_serveur):
    assert refus_de(f"http://127.0.0.1:{serveurs.port_libre()}").startswith("Aucun serveur ne répond à l’adresse ")
    assert salles() == (0, 0, 0, 0)
