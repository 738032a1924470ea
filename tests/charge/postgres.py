"""A thousand votes at once on PostgreSQL and Redis, with one process and with two, against SQLite in the same run.

PostgreSQL waits for the disk at each commit, as SQLite does. The phones are shared out between the processes; the
screen that waits for the final tally is on the first one, and hears of the others by Redis.
"""

import asyncio
import contextlib
import tempfile

from tests import modele, serveurs
from tests.charge import votes

PHONES = 1000
COMMANDE = "python -m tests.charge --seulement postgres"
REFERENCE, OPTIONS = "SQLite, 1 process", ("--log-level", "warning")


def mesurer(phones=PHONES):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About a minute."""
    with votes.salle_en_marche(phones) as (serveur, salle):
        lus = {REFERENCE: asyncio.run(votes.pointe([serveur], salle))}
        votes.verifier(votes.lire_la_base(salle["base"]), phones)
    if all(map(serveurs.programme, ("initdb", "postgres", "psql", "pg_dump", "redis-server"))):
        for nombre, mot in ((1, "process"), (2, "processes")):
            lus[f"PostgreSQL + Redis, {nombre} {mot}"] = _mesurer(phones, nombre)
    else:
        print("  PostgreSQL or Redis is not installed: only SQLite was measured.")
    return [_ligne(montage, quoi, lus) for montage, lu in lus.items() for quoi in lu]


def _mesurer(phones, nombre):
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier, contextlib.ExitStack() as pile:
        donnees = pile.enter_context(tempfile.TemporaryDirectory())
        maitre = pile.enter_context(serveurs.lancer_postgres(donnees, sur_disque=True))
        redis = pile.enter_context(serveurs.lancer_redis(dossier))
        serveurs.dire_a_postgres(maitre, "CREATE DATABASE charge")
        url = serveurs.autre_base(maitre, "charge")
        modele.remplir_postgres(url)
        salle = votes.preparer(url, dossier, phones)
        lances = [
            pile.enter_context(serveurs.lancer(url, dossier, redis_url=redis, options=OPTIONS))
            for _rang in range(nombre)
        ]
        lu = asyncio.run(votes.pointe(lances, salle))
        votes.verifier(
            {nom: int(serveurs.dire_a_postgres(url, sql)) for nom, sql in votes.COMPTES.items()}, phones
        )
    debit, unite = lu["dots a second"]
    return lu | {"dots a second": (debit / nombre, f"{unite} and process")}


def _ligne(montage, quoi, lus):
    (valeur, unite), (base, _unite) = lus[montage][quoi], lus[REFERENCE][quoi]
    return {
        "name": f"{montage}: {quoi}",
        "value": round(valeur, 3),
        "unit": unite,
        "baseline": round(base, 3),
        "ratio": round(valeur / base, 2) if base else None,
        "command": COMMANDE,
    }
