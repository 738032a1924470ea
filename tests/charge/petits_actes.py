"""What one act alone costs: a vote by a script, by a plain form, with the page after it too, on both databases.

Counted: the processor of the server and of its database together, act after act, nobody else being there; then
with a projector that hears of each. `GERMOIR_AVANT=/path/of/another/checkout`, which has a .venv of its own, is
measured in the same run, in turn with this one: the ratios are against it.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests import modele, serveurs
from tests.charge import votes

PHONES, ACTES, TOURS = 90, 60, 5
PAUSE = 0.3  # seconds between two acts that a screen hears of: longer than a tick of the hub
COMMANDE = "python -m tests.charge --seulement petits_actes"
OPTIONS = ("--log-level", "warning")
BASES = ("SQLite", "PostgreSQL")


def mesurer(tours=TOURS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About four minutes each way."""
    versions = {"now": serveurs.RACINE}
    if avant := os.environ.get("GERMOIR_AVANT"):
        versions = {"before": Path(avant).resolve(), **versions}
    bases = [base for base in BASES if base == "SQLite" or all(map(serveurs.programme, ("initdb", "postgres")))]
    lus = {(base, version): [] for base in bases for version in versions}
    for _tour in range(tours):
        for (base, version), siens in lus.items():
            siens.append(_dans(versions[version], base))
    return [_ligne(base, version, quoi, lus) for base, version in lus for quoi in lus[base, version][0]]


def _ligne(base, version, quoi, lus):
    valeurs = [lu[quoi] for lu in lus[base, version]]
    avant = [lu[quoi] for lu in lus[base, "before"]] if (base, "before") in lus else None
    return {
        "name": f"{base}, {version}: {quoi} ({min(valeurs):.2f} – {max(valeurs):.2f})",
        "value": round(median(valeurs), 2),
        "unit": "ms",
        "baseline": round(median(avant), 2) if avant else None,
        "ratio": round(median(valeurs) / median(avant), 2) if avant else None,
        "command": COMMANDE,
    }


def _dans(racine, base):
    """One round of the product found at `racine`, by its own tools. {what: ms of processor}."""
    python = racine / ".venv" / "bin" / "python"
    fait = subprocess.run(
        # -P: the benches beside this one bear the names of applications.
        [str(python if python.exists() else sys.executable), "-P", str(Path(__file__).resolve()), base],
        cwd=racine,
        env={**os.environ, "PYTHONPATH": f"{racine}{os.pathsep}{racine / 'site'}"}
        | {"DJANGO_SETTINGS_MODULE": "tests.reglages"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(fait.stdout.splitlines()[-1])


def _un_tour(base):
    with _en_marche(base) as (serveur, salle, processeur):
        return asyncio.run(_jouer(serveur, salle, processeur))


@contextlib.contextmanager
def _en_marche(base):
    """A room in mid-vote, served. Yields (Serveur, room, call that gives the processor used so far in s)."""
    if base == "SQLite":
        with votes.salle_en_marche(PHONES * 3) as (serveur, salle):
            yield serveur, salle, lambda: votes.processeur(serveur.pid)
        return
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier, contextlib.ExitStack() as pile:
        donnees = pile.enter_context(tempfile.TemporaryDirectory())
        maitre = pile.enter_context(serveurs.lancer_postgres(donnees, sur_disque=True))
        serveurs.dire_a_postgres(maitre, "CREATE DATABASE charge")
        url = serveurs.autre_base(maitre, "charge")
        modele.remplir_postgres(url)
        salle = votes.preparer(url, dossier, PHONES * 3)
        serveur = pile.enter_context(serveurs.lancer(url, dossier, options=OPTIONS))
        yield serveur, salle, lambda: votes.processeur(serveur.pid) + _processeur_de_postgres(donnees)


def _processeur_de_postgres(donnees):
    """CPU seconds of the cluster in this folder: its first process and all those it made."""
    lus = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            champs = stat.read_text().rsplit(")", 1)[1].split()
            commande = (stat.parent / "cmdline").read_bytes().decode(errors="replace")
            lus[int(stat.parent.name)] = (int(champs[1]), int(champs[11]) + int(champs[12]), commande)
    maitres = {pid for pid, (_parent, _temps, commande) in lus.items() if donnees in commande}
    siens = {pid for pid, (parent, _temps, _c) in lus.items() if pid in maitres or parent in maitres}
    return sum(lus[pid][1] for pid in siens) / os.sysconf("SC_CLK_TCK")


async def _jouer(serveur, salle, processeur):
    port = int(serveur.url.rsplit(":", 1)[1])
    gens = iter([_Telephone(port, salle, rang) for rang in range(len(salle["cookies"]))])
    for _tour in range(8):  # what a process does once, each way
        await next(gens).agir(1)
        await next(gens).agir(3)
    lu = {}
    sortes = {"a vote by a script": 1, "a vote by a plain form": 2, "a vote by a plain form, and its page": 3}
    for quoi, comment in sortes.items():
        avant = processeur()
        for _acte in range(ACTES):
            await next(gens).agir(comment)
        lu[quoi] = (processeur() - avant) * 1000 / ACTES
    async with _ecran(serveur, salle):
        await asyncio.sleep(1)
        avant = processeur()
        for _acte in range(ACTES):
            debut = time.monotonic()
            await next(gens).agir(1)
            await asyncio.sleep(max(0, PAUSE - time.monotonic() + debut))
        lu["a vote by a script, told to a projector"] = (processeur() - avant) * 1000 / ACTES
    return lu


class _Telephone(votes.Telephone):
    async def agir(self, comment):
        """Vote: as a script (1), as a plain form (2), which then reads the page it is led to (3)."""
        if self.flux is None:
            await self.brancher()
        requete = self.requete()
        if comment > 1:
            requete = requete.replace(b"Accept: application/json", b"Accept: text/html")
        statut = await self._demander(requete)
        if comment == 3:
            entetes = f"Host: 127.0.0.1\r\nAccept: text/html\r\nCookie: germoir_participant={self.cookie}"
            page = f"GET /a/{self.salle['code']}/?vote=fait HTTP/1.1\r\n{entetes}; csrftoken={'x' * 32}\r\n\r\n"
            statut = statut, await self._demander(page.encode())
        assert statut == (200, 302, (302, 200))[comment - 1], statut
        self.fermer()

    async def _demander(self, requete):
        lecture, ecriture = self.flux
        ecriture.write(requete)
        entete = (await lecture.readuntil(b"\r\n\r\n")).lower()
        if b"content-length: " in entete:
            await lecture.readexactly(int(entete.split(b"content-length: ")[1].split(b"\r\n")[0]))
        else:  # in pieces
            while (taille := int(await lecture.readline(), 16)) > 0:
                await lecture.readexactly(taille + 2)
            await lecture.readline()
        return int(entete.split(b" ", 2)[1])


@contextlib.asynccontextmanager
async def _ecran(serveur, salle):
    """A projector's socket, which reads what it is told."""
    from websockets.asyncio.client import connect

    adresse = f"{serveur.ws}/ws/a/{salle['code']}/?pour=projection&jeton={salle['projection']}"

    async def lire(prise):
        async for _texte in prise:
            pass

    async with connect(adresse, proxy=None) as prise:
        tache = asyncio.create_task(lire(prise))
        yield
        tache.cancel()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_un_tour(sys.argv[1])))
