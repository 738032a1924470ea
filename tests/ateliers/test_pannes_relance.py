"""A new release in mid-vote: the server is asked to stop, another takes its port, nobody has anything to do."""

import asyncio
import json
import shutil
import signal

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.charge import votes
from tests.patience import PATIENCE

from .test_pannes import Processus

pytestmark = pytest.mark.services

PHONES, ECRANS = 120, 40
#: Seconds between one phone's vote and the next one's: some fall while no server is there.
ECART = 0.03


@pytest.fixture
def serveur(base_modele, tmp_path):
    base = shutil.copy(base_modele, tmp_path / "germoir.sqlite3")
    url = f"sqlite:///{base}"
    lance = Processus(votes.preparer(url, tmp_path, PHONES) | {"base": base, "url": url}, tmp_path)
    lance.lancer()
    yield lance
    lance.arreter()


async def insister(phone):
    """Send one ballot, with one key, until it is acknowledged. Return what each sending was answered."""
    await asyncio.sleep(phone.rang * ECART)
    reponses = []
    while not reponses or reponses[-1] != 200:
        statut, _duree = await phone.voter()
        reponses.append(statut)
        if statut != 200:
            phone.fermer()
            phone.flux = None
            await asyncio.sleep(0.2)
    phone.fermer()
    return reponses


async def suivre(serveur, entrees, fins):
    """Follow the room as a screen does, coming back when closed, until everyone has voted."""
    adresse = f"ws://127.0.0.1:{serveur.port}/ws/a/{serveur.salle['code']}/"
    adresse += f"?pour=projection&jeton={serveur.salle['projection']}"
    while True:
        try:
            async with connect(adresse, proxy=None) as prise:
                entrees.append(prise)
                async for texte in prise:
                    scrutin = json.loads(texte).get("scrutin")
                    if scrutin and scrutin["votants"] == PHONES:
                        return
        except ConnectionClosed:
            pass
        except OSError:  # nobody listens yet
            await asyncio.sleep(0.2)
            continue
        fins.append(prise.close_code)


async def relancer_en_plein_vote(serveur):
    entrees, fins = [], []
    ecrans = [asyncio.create_task(suivre(serveur, entrees, fins)) for _rang in range(ECRANS)]
    while len(entrees) < ECRANS:
        await asyncio.sleep(0.05)
    gens = [asyncio.create_task(insister(votes.Telephone(serveur.port, serveur.salle, r))) for r in range(PHONES)]
    while not any(phone.done() for phone in gens):
        await asyncio.sleep(0.01)
    serveur.processus.send_signal(signal.SIGTERM)
    code = await asyncio.to_thread(serveur.processus.wait, PATIENCE)
    avant = votes.votants(serveur.salle["base"])
    acquis = {serveur.salle["participants"][r] for r, phone in enumerate(gens) if phone.done()}
    await asyncio.to_thread(serveur.lancer)
    reponses = await asyncio.wait_for(asyncio.gather(*gens), PATIENCE)
    await asyncio.wait_for(asyncio.gather(*ecrans), PATIENCE)
    return code, acquis, avant, reponses, len(entrees), fins


def test_a_new_release_in_mid_vote_loses_no_vote_and_costs_each_screen_one_coming_back(serveur):
    code, acquis, avant, reponses, entrees, fins = asyncio.run(relancer_en_plein_vote(serveur))
    assert code in (0, -signal.SIGTERM)
    assert acquis <= avant
    assert 0 < len(avant) < PHONES  # else it was not in the middle of anything
    assert {statut for recus in reponses for statut in recus} <= {200, None, 503}
    assert any(len(recus) > 1 for recus in reponses)
    assert (entrees, fins) == (2 * ECRANS, [1012] * ECRANS)
    base, points = serveur.salle["base"], PHONES * votes.POINTS
    assert votes.lire_la_base(base) == {"bulletins": PHONES, "points": points, "decompte": points}
    assert votes.actes(base) == PHONES
    assert "Traceback" not in serveur.journal.read_text()
