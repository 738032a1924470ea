"""A thousand votes at once, by real HTTP: written in batches, and one transaction each, in the same run.

Each of N phones sends one ballot of three dots, all at the same instant, each over its connection. The phones live
in this process, the server in its own. Measured: the time until the last is acknowledged, each one's own wait, the
moment the final tally is on a screen, and that the base then holds exactly what was acknowledged.
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from tests import modele, serveurs

PHONES = 1000
POINTS = 3
COMMANDE = "python -m tests.charge"
PATIENCE = 120  # seconds
SORTES = {"batched": "plateforme.asgi:application", "one transaction each": "tests.charge._un_par_un:application"}


def mesurer(phones=PHONES):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About a minute."""
    lus = {sorte: _mesurer(sorte, phones) for sorte in SORTES}
    base = lus["one transaction each"]
    return [
        {
            "name": f"{sorte}: {quoi}, {phones} phones",
            "value": round(valeur, 3),
            "unit": unite,
            "baseline": round(base[quoi][0], 3),
            "ratio": round(valeur / base[quoi][0], 2) if base[quoi][0] else None,
            "command": COMMANDE,
        }
        for sorte, lu in lus.items()
        for quoi, (valeur, unite) in lu.items()
    ]


def _mesurer(sorte, phones):
    with salle_en_marche(phones, SORTES[sorte]) as (serveur, salle):
        lu = asyncio.run(pointe([serveur], salle))
        verifier(lire_la_base(salle["base"]), phones)
    return lu


def verifier(ecrits, phones):
    """Every ballot acknowledged is in the base, once, and the tally agrees."""
    assert ecrits == {"bulletins": phones, "points": phones * POINTS, "decompte": phones * POINTS}, ecrits


@contextlib.contextmanager
def salle_en_marche(phones, application=SORTES["batched"]):
    """A room with an open vote and `phones` people in it, served. Yields (Serveur, {base, code, …})."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        url = f"sqlite:///{base}"
        salle = preparer(url, dossier, phones) | {"base": base}
        options = ("--log-level", "warning")
        with serveurs.lancer(url, dossier, options=options, application=application) as serveur:
            yield serveur, salle


def preparer(url, dossier, *combien):
    """Fill a migrated base in a process of its own: this one may hold other bases.

    `combien`: people, then rooms between which they are shared out. Return the room, or the list of rooms.
    """
    env = serveurs._environnement(url, "", "tests.reglages")
    dit = serveurs.jouer("tests.charge._salle", *map(str, combien), env=env, dossier=dossier)
    return json.loads(dit.splitlines()[-1])


COMPTES = {
    "bulletins": "SELECT count(*) FROM consultation_bulletin",
    "points": "SELECT sum(valeur) FROM consultation_voix",
    "decompte": "SELECT sum(valeur * votants) FROM consultation_decompte",
}


def lire_la_base(base):
    with contextlib.closing(sqlite3.connect(base)) as lue:
        return {nom: lue.execute(sql).fetchone()[0] or 0 for nom, sql in COMPTES.items()}


def votants(base):
    """The participants whose ballot is in the base."""
    with contextlib.closing(sqlite3.connect(base)) as lue:
        return {pk for (pk,) in lue.execute("SELECT participant_id FROM consultation_bulletin")}


def actes(base):
    """How many votes the journal tells of: a ballot delivered twice is one."""
    with contextlib.closing(sqlite3.connect(base)) as lue:
        return lue.execute("SELECT count(*) FROM consultation_journal WHERE verbe = 'voter'").fetchone()[0]


class Telephone:
    """One person's phone: a cookie, and connections as needed. `voter` returns (status, seconds)."""

    def __init__(self, port, salle, rang):
        self.port, self.salle, self.rang = port, salle, rang
        self.cookie, self.moi = salle["cookies"][rang], salle["participants"][rang]
        pistes = salle["pistes"]
        self.choix = {pistes[(rang + n) % len(pistes)]: 1 for n in range(POINTS)}
        self.flux = None

    def requete(self, ordre=None):
        """The bytes of a ballot sent by fetch, with its form token and its key."""
        jeton = "x" * 32
        champs = {f"piste-{pk}": valeur for pk, valeur in self.choix.items()}
        champs |= {"csrfmiddlewaretoken": jeton, "cle": f"cle-{self.rang}", "moi": self.moi}
        champs |= {"scrutin": self.salle["scrutin"], "ordre": ordre or 1_700_000_000_000 + self.rang}
        corps = "&".join(f"{nom}={valeur}" for nom, valeur in champs.items())
        entetes = {
            "Host": "127.0.0.1",
            "Origin": "http://127.0.0.1",
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": len(corps),
            "Cookie": f"germoir_participant={self.cookie}; csrftoken={jeton}",
        }
        lignes = [f"{nom}: {valeur}" for nom, valeur in entetes.items()]
        return "\r\n".join([f"POST /a/{self.salle['code']}/voter/ HTTP/1.1", *lignes, "", corps]).encode()

    async def brancher(self):
        self.flux = await asyncio.open_connection("127.0.0.1", self.port)

    async def voter(self):
        """Send the ballot. Return (status, seconds); (None, seconds) when the server went away."""
        debut = time.monotonic()
        try:
            if self.flux is None:
                await self.brancher()
            lecture, ecriture = self.flux
            ecriture.write(self.requete())
            entete = await lecture.readuntil(b"\r\n\r\n")
            statut = int(entete.split(b" ", 2)[1])
            longueur = re.search(rb"\r\ncontent-length: (\d+)", entete, re.IGNORECASE)
            await lecture.readexactly(int(longueur[1]) if longueur else 0)
        except (OSError, asyncio.IncompleteReadError):
            self.flux, statut = None, None
        return statut, time.monotonic() - debut

    def fermer(self):
        if self.flux is not None:
            self.flux[1].close()


async def pointe(serveurs, salle):
    """Everyone at once, shared out between `serveurs`; the screen is with the first. {what: (value, unit)}."""
    ports = [int(serveur.url.rsplit(":", 1)[1]) for serveur in serveurs]
    phones = [Telephone(ports[rang % len(ports)], salle, rang) for rang in range(len(salle["cookies"]))]
    for phone in phones:
        await phone.brancher()
    ecran = asyncio.create_task(_attendre_le_total(serveurs[0], salle, len(phones)))
    await asyncio.sleep(0.5)
    avant, debut, cpu = _processeurs(serveurs), time.monotonic(), time.process_time()
    reponses = await asyncio.wait_for(asyncio.gather(*(phone.voter() for phone in phones)), PATIENCE)
    duree = time.monotonic() - debut
    sien, notre = _processeurs(serveurs) - avant, time.process_time() - cpu
    vu = await asyncio.wait_for(ecran, PATIENCE) - debut - duree
    for phone in phones:
        phone.fermer()
    assert {statut for statut, _s in reponses} == {200}, {statut for statut, _s in reponses}
    attentes = sorted(s for _statut, s in reponses)
    return {
        "dots a second": (len(phones) * POINTS / duree, "/s"),
        "acknowledged, p50": (attentes[len(attentes) // 2], "s"),
        "acknowledged, p95": (attentes[int(len(attentes) * 0.95)], "s"),
        "final tally on a screen, after the last acknowledgement": (max(0.0, vu), "s"),
        "server CPU per ballot": (sien * 1000 / len(phones), "ms"),
        "generator CPU per ballot": (notre * 1000 / len(phones), "ms"),
    }


async def _attendre_le_total(serveur, salle, votants):
    """Return the time at which the projector's socket tells that everyone has voted."""
    from websockets.asyncio.client import connect

    adresse = f"{serveur.ws}/ws/a/{salle['code']}/?pour=projection&jeton={salle['projection']}"
    async with connect(adresse, proxy=None) as prise:
        async for texte in prise:
            scrutin = json.loads(texte).get("scrutin")
            if scrutin and scrutin["votants"] == votants:
                return time.monotonic()
    raise AssertionError("The socket closed before the final tally.")


def _processeurs(serveurs):
    return sum(processeur(serveur.pid) for serveur in serveurs)


def processeur(pid):
    """CPU seconds used by a process so far."""
    champs = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")
