"""150 people come in behind the very address of a script that guesses codes as fast as it can, on one server.

Each phone opens the room's address, does the proof when it is asked, fills in the form and is in; they come spread
over half a minute. The script's tries and the phones' proofs are worked out on the same two cores as the server.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests import modele, serveurs

from .votes import COMMANDE

PHONES, ETALES, SCRIPTS = 150, 30, 2
CODE = "K7P4M2"


def mesurer(phones=PHONES):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About a minute."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        college = _remplir(f"sqlite:///{base}")
        with serveurs.lancer(f"sqlite:///{base}", dossier, options=("--log-level", "warning")) as serveur:
            fin, tries = threading.Event(), []
            scripts = [threading.Thread(target=_deviner, args=(serveur.url, fin, tries)) for _ in range(SCRIPTS)]
            for script in scripts:
                script.start()
            time.sleep(5)
            debut = time.monotonic()
            with ThreadPoolExecutor(phones) as phones_la:
                attentes = sorted(
                    phones_la.map(lambda rang: _venir(serveur.url, rang, phones, college), range(phones))
                )
            duree = time.monotonic() - debut
            fin.set()
            for script in scripts:
                script.join()
    lus = {
        "all inside after": (duree, 60),
        "one phone, p95, its proof included": (attentes[int(phones * 0.95)], 5),
        "tries of the script a second": (len(tries) / (duree + 5), None),
        "tries looked up a minute": (60 * tries.count(404) / (duree + 5), None),
    }
    return [
        {
            "name": f"{quoi}, {phones} people behind a guessing script's address",
            "value": round(valeur, 2),
            "unit": "" if "tries" in quoi else "s",
            "baseline": but,
            "ratio": round(valeur / but, 2) if but else None,
            "command": COMMANDE,
        }
        for quoi, (valeur, but) in lus.items()
    ]


def _remplir(url):
    """Make the room in a process of its own. Return the key of a college."""
    faire = (
        "from tests.ateliers.fabriques_salle import faire_atelier, faire_etapes; a = faire_atelier();"
        "faire_etapes(a); print(a.consultation.colleges.first().pk)"
    )
    commande = [sys.executable, "manage.py", "shell", "-v0", "-c", faire]
    env = serveurs._environnement(url, "", "tests.reglages")
    sortie = subprocess.run(commande, cwd=serveurs.RACINE, env=env, check=True, capture_output=True, text=True)
    return sortie.stdout.strip()


def _deviner(url, fin, tries):
    with httpx.Client(base_url=url) as client:
        while not fin.is_set():
            client.cookies.clear()
            tries.append(client.get("/m/ZZZZZZZ2/").status_code)


def _venir(url, rang, phones, college):
    """Come in as one phone; return the seconds it took."""
    from ateliers.epreuve import resoudre

    time.sleep(ETALES * rang / phones)
    debut = time.monotonic()
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as telephone:
        page = telephone.get(f"/r/{CODE}/")
        if page.status_code == 429:
            texte, bits = re.search(r'name="defi" value="([^"]+)" data-bits="(\d+)"', page.text).groups()
            jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
            champs = {
                "code": CODE,
                "defi": texte,
                "preuve": resoudre(texte, int(bits)),
                "csrfmiddlewaretoken": jeton,
            }
            page = telephone.post("/rejoindre/", data=champs)
        assert page.status_code == 200, page.status_code
        envoi = {"prenom": f"P{rang}", "college": college, "cle": f"cle-{rang}"}
        entetes = {"Accept": "application/json", "Origin": url}
        envoi["csrfmiddlewaretoken"] = telephone.cookies["csrftoken"]
        entree = telephone.post(f"/a/{CODE}/entrer/", data=envoi, headers=entetes)
        assert json.loads(entree.text) == {"suite": f"/a/{CODE}/mon-code/"}, entree.text[:200]
    return time.monotonic() - debut
