"""A thousand people spread over eight workshops that vote at the same time: at their pace, then all at once."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import modele, serveurs
from tests.charge.votes import lire_la_base

PERSONNES, ATELIERS, DUREE, POINTS = 1000, 8, 30, 3
COMMANDE = "python -m tests.charge --seulement huit_ateliers"
SECRET = "x" * 32
#: The aims: seconds until acknowledged (19 in 20), seconds until the number of voters is on every screen.
RECU, TOTAL = 0.25, 1.0


def mesurer(personnes=PERSONNES, ateliers=ATELIERS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About a minute and a half."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    import django

    django.setup()
    with _en_marche(personnes, ateliers) as (serveur, salles, base):
        lues = asyncio.run(_jouer(serveur, salles))
        ecrits = lire_la_base(base)
    assert ecrits == {"bulletins": personnes, "points": personnes * POINTS, "decompte": personnes * POINTS}, ecrits
    return [
        {
            "name": f"{ateliers} workshops, {personnes} people: {quoi}",
            "value": round(valeur, 3),
            "unit": unite,
            "baseline": limite,
            "ratio": round(valeur / limite, 2) if limite else None,
            "command": COMMANDE,
        }
        for quoi, valeur, unite, limite in lues
    ]


@contextlib.contextmanager
def _en_marche(personnes, ateliers):
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        url = f"sqlite:///{base}"
        sortie = subprocess.run(
            [sys.executable, "-m", "tests.charge._salle", str(personnes), str(ateliers)],
            cwd=serveurs.RACINE,
            env=serveurs._environnement(url, "", "tests.reglages"),
            check=True,
            capture_output=True,
            text=True,
        )
        salles = json.loads(sortie.stdout.splitlines()[-1])
        with serveurs.lancer(url, dossier, options=("--log-level", "warning")) as serveur:
            yield serveur, salles, base


async def _jouer(serveur, salles):
    """Return [(what, value, unit, aim)]."""
    from ateliers import identite
    from ateliers.repetition import vagues
    from ateliers.repetition.cible import Cible
    from ateliers.repetition.telephone import Telephone

    cible = Cible.locale(int(serveur.url.rsplit(":", 1)[1]))
    groupes = [
        [
            Telephone(cible, salle["code"], rang, cookies={identite.COOKIE: cookie, "csrftoken": SECRET})
            for rang, cookie in enumerate(salle["cookies"])
        ]
        for salle in salles
    ]
    tous = [telephone for groupe in groupes for telephone in groupe]
    ouvertes = await vagues.ouvertures(tous)
    prises = await vagues.prises(tous)
    votes = await vagues.votes(tous, DUREE)
    pointes = await asyncio.gather(*(vagues.pointe(groupe) for groupe in groupes))
    for telephone in tous:
        telephone.arreter()
    rates = sum(vague.rates for vague in (ouvertes, prises, votes, *pointes))
    assert not rates, [vague.echecs for vague in (ouvertes, prises, votes, *pointes)]
    duree = max(pointe.attentes["recu"].max for pointe in pointes)
    return [
        ("the page of everyone, all at once, the last after", ouvertes.attentes["page"].max, "s", None),
        ("every socket, all at once, the last after", prises.attentes["direct"].max, "s", None),
        ("votes over 30 s, acknowledged p95", votes.attentes["recu"].p95, "s", RECU),
        ("votes all at once, dots a second", len(tous) * POINTS / duree, "/s", None),
        ("votes all at once, acknowledged p95", max(p.attentes["recu"].p95 for p in pointes), "s", None),
        ("final number on every screen", max(p.attentes["total"].max for p in pointes), "s", TOTAL),
        ("generator, share of a core while voting at once", pointes[0].part_du_processeur, "", None),
    ]
