"""What the fast lane gains: the same phones ask the same of the product with it and without, in the same run.

At the same instant each phone asks for the room's page, then sends its ballot, then asks for the room's state.
Rounds alternate with and without; the median of each figure is kept. The writer of votes serves both.
"""

import asyncio
import contextlib
import os
import re
import time
from statistics import median

from .votes import COMMANDE, Telephone, lire_la_base, processeur, salle_en_marche, verifier

PHONES, TOURS = 200, 3
SANS, AVEC = "without the lane", "with it"


def mesurer(phones=PHONES, tours=TOURS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About two minutes."""
    lus = {SANS: [], AVEC: []}
    for _tour in range(tours):
        for sorte, tous in lus.items():
            tous.append(_mesurer(phones, sorte == AVEC))
    milieux = {sorte: {quoi: median(lu[quoi] for lu in tous) for quoi in tous[0]} for sorte, tous in lus.items()}
    return [
        {
            "name": f"{' '.join(quoi)}, {phones} phones at once, {sorte}",
            "value": round(valeur, 2),
            "unit": "ms",
            "baseline": round(milieux[SANS][quoi], 2),
            "ratio": round(valeur / milieux[SANS][quoi], 2) if milieux[SANS][quoi] else None,
            "command": COMMANDE,
        }
        for sorte, milieu in milieux.items()
        for quoi, valeur in milieu.items()
    ]


def _mesurer(phones, par_la_voie):
    with _reglage("GERMOIR_VOIE_RAPIDE", str(int(par_la_voie))), salle_en_marche(phones) as (serveur, salle):
        lu = asyncio.run(_jouer(serveur, salle))
        verifier(lire_la_base(salle["base"]), phones)
    return lu


@contextlib.contextmanager
def _reglage(nom, valeur):
    avant = os.environ.get(nom)
    os.environ[nom] = valeur
    try:
        yield
    finally:
        os.environ.pop(nom) if avant is None else os.environ.update({nom: avant})


async def _jouer(serveur, salle):
    """{(what, figure): ms}: the server's processor per request, and when nineteen in twenty had their answer."""
    port, code = int(serveur.url.rsplit(":", 1)[1]), salle["code"]
    gens = [Telephone(port, salle, rang) for rang in range(len(salle["cookies"]))]
    demandes = {
        "page": lambda telephone: _lire(telephone, f"/a/{code}/", "text/html"),
        "vote": Telephone.requete,
        "state": lambda telephone: _lire(telephone, f"/a/{code}/etat.json?pour=participants", "application/json"),
    }
    lu = {}
    for quoi, requete in demandes.items():
        for telephone in gens:
            await telephone.brancher()
        avant = processeur(serveur.pid)
        attentes = sorted(await asyncio.gather(*(_demander(telephone, requete(telephone)) for telephone in gens)))
        lu[quoi, "processor each"] = (processeur(serveur.pid) - avant) * 1000 / len(gens)
        lu[quoi, "p95"] = attentes[int(len(attentes) * 0.95)] * 1000
        for telephone in gens:
            telephone.fermer()
    return lu


def _lire(telephone, chemin, type_voulu):
    entetes = {"Host": "127.0.0.1", "Accept": type_voulu}
    entetes["Cookie"] = f"germoir_participant={telephone.cookie}; csrftoken={'x' * 32}"
    lignes = [f"{nom}: {valeur}" for nom, valeur in entetes.items()]
    return "\r\n".join([f"GET {chemin} HTTP/1.1", *lignes, "", ""]).encode()


async def _demander(telephone, requete):
    """Seconds until the whole answer, which must be a 200."""
    lecture, ecriture = telephone.flux
    debut = time.monotonic()
    ecriture.write(requete)
    entete = await lecture.readuntil(b"\r\n\r\n")
    assert b" 200 " in entete.split(b"\r\n", 1)[0] + b" ", entete[:200]
    longueur = re.search(rb"\r\ncontent-length: (\d+)", entete, re.IGNORECASE)
    await lecture.readexactly(int(longueur[1]))
    return time.monotonic() - debut
