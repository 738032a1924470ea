"""What the site does by itself: each task at its hour, by one worker, whatever happens to the others."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from contenus.amorce import poser_arborescence
from contenus.models import PagePlaine
from tests.patience import PATIENCE
from tests.serveurs import RACINE, _environnement
from travail import actions, lectures, registre
from travail.models import Passage


@dataclass
class Essai:
    """Two tasks instead of the product's, what they did, and whether the first breaks down."""

    faits: list = field(default_factory=list)
    panne: bool = False

    @property
    def connus(self):
        minute, heure = timedelta(minutes=1), timedelta(hours=1)
        taches = [
            registre.Travail("chancelante", minute, self.chanceler),
            registre.Travail("stable", heure, lambda: self.faits.append("stable")),
        ]
        return {tache.nom: tache for tache in taches}

    def chanceler(self):
        if self.panne:
            raise OSError("Sonia, 06 00 00 00 00")
        self.faits.append("chancelante")

    def tourner(self, maintenant):
        return actions.tourner(maintenant=maintenant, connus=self.connus)


@pytest.fixture
def essai(db):
    return Essai()


def test_every_task_of_the_product_is_found():
    assert {nom: travail.periode for nom, travail in registre.travaux().items()} == {
        "effacer-les-adresses": timedelta(days=1),
        "effacer-les-reponses": timedelta(days=1),
        "prevenir-les-auteurs": timedelta(hours=1),
        "tirer-les-carnets": timedelta(seconds=5),
        "oublier-les-tirages": timedelta(days=1),
        "publier-a-l-heure": timedelta(minutes=1),
        "oublier-les-seances": timedelta(days=1),
        "oublier-les-gens-a-terme": timedelta(days=1),
        "tenir-les-votes-des-forums": timedelta(minutes=1),
        "tenir-les-fiches-de-recherche": timedelta(minutes=1),
        "dessiner-les-opinions-reprises": timedelta(minutes=5),
        "ecrire-les-classeurs": timedelta(seconds=5),
        "oublier-les-classeurs": timedelta(days=1),
        "ecrire-aux-abonnes-des-forums": timedelta(hours=1),
        "effacer-les-immersions": timedelta(hours=6),
        "envoyer-le-courrier": timedelta(seconds=5),
        "lire-les-retours": timedelta(minutes=10),
        "tenir-les-abonnements": timedelta(hours=6),
    }


def etats(essai, quand):
    return [(etat.nom, etat.en_retard, etat.echecs) for etat in lectures.etats(quand, essai.connus)]


def test_a_task_runs_when_its_hour_has_come_and_not_before(essai):
    midi = timezone.now()
    assert essai.tourner(midi) == ["chancelante", "stable"]
    assert essai.tourner(midi + timedelta(seconds=59)) == []
    assert essai.tourner(midi + timedelta(seconds=60)) == ["chancelante"]
    assert essai.faits == ["chancelante", "stable", "chancelante"]


def test_a_task_that_fails_is_counted_logged_and_stops_no_other(essai, caplog):
    essai.panne = True
    midi = timezone.now()
    assert essai.tourner(midi) == ["chancelante", "stable"]
    assert essai.faits == ["stable"]
    essai.tourner(midi + timedelta(minutes=1))
    passage = Passage.objects.get(nom="chancelante")
    assert (passage.echecs, passage.erreur, passage.reussi_le) == (2, "OSError", None)
    assert [trace.message for trace in caplog.records] == ["Periodic task chancelante failed"] * 2
    assert etats(essai, midi) == [("chancelante", False, 2), ("stable", False, 0)]
    essai.panne = False
    essai.tourner(midi + timedelta(minutes=2))
    passage.refresh_from_db()
    assert (passage.echecs, passage.erreur) == (0, "")
    assert etats(essai, midi) == [("chancelante", False, 0), ("stable", False, 0)]


def test_a_worker_that_is_gone_is_seen(essai, django_assert_num_queries):
    midi = timezone.now()
    assert etats(essai, midi) == [("chancelante", True, 0), ("stable", True, 0)]
    essai.tourner(midi)
    with django_assert_num_queries(1):
        bientot = etats(essai, midi + timedelta(minutes=5))
    assert bientot == [("chancelante", False, 0), ("stable", False, 0)]
    assert etats(essai, midi + timedelta(minutes=7)) == [("chancelante", True, 0), ("stable", False, 0)]


@pytest.mark.django_db
def test_one_turn_says_what_it_did(capsys):
    call_command("travailler", une_fois=True)
    assert capsys.readouterr().out.split() == list(registre.travaux())


def _prevoir(parent, titre, **champs):
    page = PagePlaine(title=titre, slug=titre.lower(), live=False, **champs)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _attendre(condition):
    fin = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < fin, "nothing happened in time"
        time.sleep(0.1)


def test_a_real_worker_publishes_at_the_hour_takes_away_and_stops_when_asked(base_du_serveur):
    accueil = poser_arborescence().accueil
    prevue = _prevoir(accueil, "Prevue", go_live_at=timezone.now() + timedelta(seconds=2))
    finie = _prevoir(accueil, "Finie", expire_at=timezone.now() + timedelta(seconds=1))
    lointaine = _prevoir(accueil, "Lointaine", go_live_at=timezone.now() + timedelta(days=1))
    assert [page.live for page in (prevue, finie, lointaine)] == [False, True, False]
    time.sleep(2.1)
    environnement = _environnement(f"sqlite:///{base_du_serveur}", "", "tests.reglages")
    commande = [sys.executable, str(RACINE / "manage.py"), "travailler", "--pause", "0.2"]
    travailleur = subprocess.Popen(commande, env=environnement, cwd=os.sep, stdout=subprocess.PIPE, text=True)
    try:
        _attendre(lambda: PagePlaine.objects.get(pk=prevue.pk).live)
        _attendre(lambda: not PagePlaine.objects.get(pk=finie.pk).live)
        _attendre(lambda: not any(e.en_retard or e.echecs or e.reussi_le is None for e in lectures.etats()))
        assert not PagePlaine.objects.get(pk=lointaine.pk).live
        travailleur.send_signal(signal.SIGTERM)
        assert travailleur.wait(PATIENCE) == 0
    finally:
        travailleur.kill()


def test_every_way_of_running_the_product_runs_its_worker():
    lieux = (".ci/demo", "docs/exploitation.md", "docs/exploitation/compose.yaml")
    lieux += ("docs/exploitation/germoir-travail.service",)
    assert [lieu for lieu in lieux if "manage.py travailler" not in (RACINE / lieu).read_text()] == []
