"""Ten minutes of a thousand people in one room who come, go and vote: whether memory stays flat.

Left out of `make bench` unless asked for: `make bench ARGS="--seulement endurance"`.
"""

import asyncio
import os
import random

from tests.charge.pleniere import memoire
from tests.charge.votes import salle_en_marche

LONGUE = True
PHONES, MINUTES, VOTES_PAR_SECONDE, COUPURES_PAR_SECONDE = 1000, 10, 10, 3
RELEVE = 30  # seconds between two readings of the memory
COMMANDE = "python -m tests.charge --seulement endurance"
SECRET = "x" * 32


def mesurer(phones=PHONES, minutes=MINUTES):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    import django

    django.setup()
    with salle_en_marche(phones) as (serveur, salle):
        vide = memoire(serveur.pid)
        releves, votes = asyncio.run(_vivre(serveur, salle, minutes * 60))
    par_personne = [(kilos - vide) / phones for kilos in releves]
    # The first reading is taken once everyone is in; what the process keeps for good has mostly come by then.
    lignes = [
        ("kB per participant at first", par_personne[0], 60),
        ("kB per participant at the end", par_personne[-1], par_personne[0]),
        ("kB per participant at most", max(par_personne), par_personne[0]),
        ("votes meanwhile", votes, None),
    ]
    return [
        {
            "name": f"soak of {minutes} min, {phones} people: {quoi}",
            "value": round(valeur, 1),
            "unit": "kB" if quoi.startswith("kB") else "",
            "baseline": base and round(base, 1),
            "ratio": round(valeur / base, 2) if base else None,
            "command": COMMANDE,
        }
        for quoi, valeur, base in lignes
    ]


async def _vivre(serveur, salle, secondes):
    """Return ([kB of the server, every RELEVE seconds], votes acknowledged)."""
    from ateliers import identite
    from ateliers.repetition import vagues
    from ateliers.repetition.cible import Cible
    from ateliers.repetition.telephone import Telephone

    cible = Cible.locale(int(serveur.url.rsplit(":", 1)[1]))
    gens = [
        Telephone(cible, salle["code"], rang, cookies={identite.COOKIE: cookie, "csrftoken": SECRET})
        for rang, cookie in enumerate(salle["cookies"])
    ]
    await vagues.ouvertures(gens)
    await vagues.prises(gens)
    fin = asyncio.get_running_loop().time() + secondes
    mouvements = [_sans_fin(gens, fin, VOTES_PAR_SECONDE, vagues._voter)]
    mouvements.append(_sans_fin(gens, fin, COUPURES_PAR_SECONDE, _couper))
    (votes, _coupures), releves = await asyncio.gather(asyncio.gather(*mouvements), _relever(serveur.pid, fin))
    for telephone in gens:
        telephone.arreter()
    return releves, votes


async def _sans_fin(gens, fin, par_seconde, acte):
    """Have people taken at random do `acte` until `fin`; return how many did."""
    boucle, faits = asyncio.get_running_loop(), 0
    while boucle.time() < fin:
        await asyncio.sleep(1 / par_seconde)
        await acte(random.choice(gens))
        faits += 1
    return faits


async def _couper(telephone):
    telephone.suivi.couper()


async def _relever(pid, fin):
    boucle, releves = asyncio.get_running_loop(), [memoire(pid)]
    while boucle.time() < fin:
        await asyncio.sleep(min(RELEVE, max(0.1, fin - boucle.time())))
        releves.append(memoire(pid))
        print(f"    {releves[-1] // 1024} MB", flush=True)
    return releves
