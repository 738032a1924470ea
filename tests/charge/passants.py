"""Visitors' pages, kept and not: the processor of the server (and of PostgreSQL) for one page, gzip included.

One server keeps pages, its twin on the same base makes each anew; they are asked in turn. What an act costs more
because of the guards is told by `petits_actes`.
"""

import contextlib
import http.client
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests import modele, serveurs
from tests.charge import petits_actes, votes

FOIS, TOURS = 60, 5
COMMANDE = "python -m tests.charge --seulement passants"
OPTIONS = ("--log-level", "warning")
REGLAGE = "GERMOIR_PAGES_GARDEES"


def mesurer(tours=TOURS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. Two minutes."""
    mesures = []
    for base in petits_actes.BASES:
        if base == "PostgreSQL" and not all(map(serveurs.programme, ("initdb", "redis-server"))):
            continue
        with _en_marche(base) as (adresses, gardant, refaisant):
            lus = [(_visiter(gardant, adresses), _visiter(refaisant, adresses)) for _tour in range(tours)]
        for nom in adresses:
            gardee, refaite = (median(lu[rang][nom] for lu in lus) for rang in (0, 1))
            mesures.append(_ligne(f"{base}: {nom}, kept, against made anew", gardee, refaite))
    return mesures


def _ligne(nom, gardee, refaite):
    """`ratio`: how many times more pages the same processor gives."""
    return {
        "name": nom,
        "value": round(gardee, 2),
        "unit": "ms",
        "baseline": round(refaite, 2),
        "ratio": round(refaite / gardee, 1),
        "command": COMMANDE,
    }


@contextlib.contextmanager
def _en_marche(base):
    """Yields ({name: address}, (url, processor used so far) of the server that keeps, the same of its twin)."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier, contextlib.ExitStack() as pile:
        redis, donnees = "", None
        url = f"sqlite:///{shutil.copy(modele.base_migree(), Path(dossier) / 'germoir.sqlite3')}"
        if base == "PostgreSQL":
            donnees = pile.enter_context(tempfile.TemporaryDirectory())
            maitre = pile.enter_context(serveurs.lancer_postgres(donnees))
            serveurs.dire_a_postgres(maitre, "CREATE DATABASE charge")
            url = serveurs.autre_base(maitre, "charge")
            modele.remplir_postgres(url)
            redis = pile.enter_context(serveurs.lancer_redis(dossier))
        env = serveurs._environnement(url, "", "tests.reglages")
        adresses = json.loads(serveurs.jouer("tests.charge.passants", env=env, dossier=dossier).splitlines()[-1])
        deux = []
        for gardees in ("1", "0"):
            with _reglage(gardees):
                lance = pile.enter_context(serveurs.lancer(url, dossier, redis_url=redis, options=OPTIONS))
            deux.append((lance.url, _compteur(lance.pid, donnees)))
        yield adresses, *deux


@contextlib.contextmanager
def _reglage(valeur):
    avant = os.environ.get(REGLAGE)
    os.environ[REGLAGE] = valeur
    yield
    os.environ.pop(REGLAGE) if avant is None else os.environ.update({REGLAGE: avant})


def _compteur(pid, donnees):
    if donnees is None:
        return lambda: votes.processeur(pid)
    return lambda: votes.processeur(pid) + petits_actes._processeur_de_postgres(donnees)


def _visiter(serveur, adresses):
    """{name of a page: ms of processor to give it}."""
    url, processeur = serveur
    lien, lus = http.client.HTTPConnection(url.removeprefix("http://")), {}
    for nom, adresse in adresses.items():
        _demander(lien, adresse)
        avant = processeur()
        for _fois in range(FOIS):
            _demander(lien, adresse)
        lus[nom] = (processeur() - avant) * 1000 / FOIS
    lien.close()
    return lus


def _demander(lien, adresse):
    lien.request("GET", adresse, headers={"Accept-Encoding": "gzip"})
    reponse = lien.getresponse()
    reponse.read()
    assert reponse.status == 200, (adresse, reponse.status)


def _remplir():
    """The demonstration, whose first page is that of a network that lives, and a forum of 60 people with as many
    propositions. Return {name: address}.
    """
    from django.test import override_settings
    from django.urls import reverse
    from django.utils.translation import override

    from consultation import actions
    from consultation.models import Participant, Proposition
    from plateforme.demonstration import tout
    from tests.charge.forum import MOTS
    from tests.consultation.fabriques_forum import creer_forum

    with override("fr"), override_settings(DEBUG=True):  # the clock is turned in a demonstration only
        tout.poser(lambda _partie: None)
    forum = creer_forum("proposer", "discuter")
    consultation, colleges = forum.consultation, list(forum.consultation.colleges.all())
    gens = Participant.objects.bulk_create(
        Participant(consultation=consultation, college=colleges[n % 3], origine="carte", accord_publication=True)
        for n in range(60)
    )
    dites = Proposition.objects.bulk_create(
        Proposition(
            consultation=consultation, espace=forum.espace, auteur=qui, college=qui.college, moderation="affichee",
            texte=f"Il faut {MOTS[n % 10]}, et {MOTS[n // 10]}.",
        )
        for n, qui in enumerate(gens)
    )  # fmt: skip
    for qui in gens[:6]:
        actions.contribuer(
            proposition=dites[-1],
            participant=qui,
            nature="pour",
            texte=f"Chez nous, {MOTS[qui.pk % 10]}.",
            cle=f"k{qui.pk}",
        )
    slug = consultation.slug
    return {
        "the site's first page": "/",
        "a forum's first page": reverse("forums:accueil", args=[slug]),
        "its propositions": reverse("forums:propositions", args=[slug]),
        "one of them": reverse("forums:proposition", args=[slug, dites[-1].pk]),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_remplir()))
    sys.stdout.flush()
