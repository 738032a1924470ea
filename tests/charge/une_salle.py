"""What each thing a room asks costs alone: its pages, coming in, a proposition, its state, its results.

Counted: the processor of the server, request after request over one connection, nobody else being there.
`GERMOIR_AVANT=/path/of/another/checkout`, which has a .venv of its own, is measured in the same run, in turn with
this one: the ratios are against it.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path
from statistics import median

LECTURES, ACTES, TOURS = 300, 60, 5
CODES = {"ideation": "K7P4A2", "vote": "K7P4B2", "discussion": "K7P4C2"}
COMMANDE = "python -m tests.charge --seulement une_salle"
OPTIONS = ("--log-level", "warning")


def mesurer(tours=TOURS):
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. A minute each way."""
    from tests import serveurs

    versions = {"now": serveurs.RACINE}
    if avant := os.environ.get("GERMOIR_AVANT"):
        versions = {"before": Path(avant).resolve(), **versions}
    lus = {version: [] for version in versions}
    for _tour in range(tours):
        for version, siens in lus.items():
            siens.append(_dans(versions[version]))
    return [_ligne(version, quoi, lus) for version in lus for quoi in lus[version][0]]


def _ligne(version, quoi, lus):
    valeurs = [lu[quoi] for lu in lus[version]]
    avant = [lu[quoi] for lu in lus.get("before", ())]
    return {
        "name": f"{version}: {quoi} ({min(valeurs):.2f} – {max(valeurs):.2f})",
        "value": round(median(valeurs), 2),
        "unit": "ms",
        "baseline": round(median(avant), 2) if avant else None,
        "ratio": round(median(valeurs) / median(avant), 2) if avant else None,
        "command": COMMANDE,
    }


def _dans(racine):
    """One round of the product found at `racine`, by its own interpreter and tools. {what: ms of processor}."""
    python = racine / ".venv" / "bin" / "python"
    fait = subprocess.run(
        # -P: the benches beside this one bear the names of applications.
        [str(python if python.exists() else sys.executable), "-P", str(Path(__file__).resolve()), "un_tour"],
        cwd=racine,
        env={**os.environ, "PYTHONPATH": f"{racine}{os.pathsep}{racine / 'site'}"}
        | {"DJANGO_SETTINGS_MODULE": "tests.reglages"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(fait.stdout.splitlines()[-1])


def un_tour():
    from tests import modele, serveurs
    from tests.charge import votes

    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        url = f"sqlite:///{base}"
        env = serveurs._environnement(url, "", "tests.reglages") | {"PYTHONPATH": os.environ["PYTHONPATH"]}
        dit = subprocess.check_output(
            [sys.executable, "-P", __file__, "remplir"], env=env, cwd=serveurs.RACINE, text=True
        )
        salle = json.loads(dit.splitlines()[-1])
        with serveurs.lancer(url, dossier, options=OPTIONS) as serveur:
            return _demander_tout(serveur.url, salle, lambda: votes.processeur(serveur.pid))


def _demander_tout(url, salle, processeur):
    lien = http.client.HTTPConnection(url.removeprefix("http://"))
    lus = {}
    for quoi, demande in _demandes(salle):
        fois = LECTURES if demande(0)[0] == "GET" else ACTES
        for rang in range(8):  # what a process does once
            _demander(lien, *demande(rang))
        avant = processeur()
        for rang in range(8, 8 + fois):
            _demander(lien, *demande(rang))
        lus[quoi] = (processeur() - avant) * 1000 / fois
    lien.close()
    return lus


def _demandes(salle):
    """Yield (what is asked, call that gives the request of the n-th phone)."""
    ideation, vote, discussion = (f"/a/{CODES[nature]}/" for nature in ("ideation", "vote", "discussion"))
    moi = salle["participants"]

    def lire(chemin):
        return lambda rang: ("GET", chemin, salle["cookies"][rang % len(moi)])

    yield "the way in", lambda rang: ("GET", f"/r/{CODES['ideation']}/", "")
    entree = {"college": salle["college"]}
    yield (
        "coming in",
        lambda rang: ("POST", f"{ideation}entrer/", "", entree | {"prenom": f"P{rang}", "cle": f"venue-{rang}"}),
    )
    yield "the page to write", lire(ideation)
    yield (
        "a proposition",
        lambda rang: (
            "POST",
            f"{ideation}proposer/",
            salle["cookies"][rang],
            {"texte": f"Un temps pour se former ensemble, groupe {rang}", "cle": f"mot-{rang}", "moi": moi[rang]},
        ),
    )
    yield "the page to vote", lire(vote)
    yield "the page of results", lire(discussion)
    yield "the state of a room", lire(f"{vote}etat.json")


def _demander(lien, methode, chemin, cookie, champs=None):
    jeton = "x" * 32
    entetes = {"Accept": "text/html", "Accept-Encoding": "gzip", "Origin": f"http://{lien.host}:{lien.port}"}
    entetes["Cookie"] = f"csrftoken={jeton}" + (f"; germoir_participant={cookie}" if cookie else "")
    corps = None
    if champs is not None:
        corps = urllib.parse.urlencode(champs | {"csrfmiddlewaretoken": jeton})
        entetes |= {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    lien.request(methode, chemin, corps, entetes)
    reponse = lien.getresponse()
    lu = reponse.read()
    assert reponse.status in (200, 201), (methode, chemin, reponse.status, lu[:300])


def remplir():
    """Three rooms of one consultation, 80 people in each: one writes, one votes, one reads what 60 chose."""
    from django.core import signing
    from django.utils import timezone

    from ateliers import actions, identite
    from ateliers.models import Place
    from consultation.models import Participant
    from tests.ateliers.fabriques_salle import faire_atelier, faire_consultation, faire_etapes, faire_pistes

    consultation = faire_consultation()
    colleges = list(consultation.colleges.all())
    gens = Participant.objects.bulk_create(
        Participant(consultation=consultation, college=colleges[n % 3], prenom=f"P{n}", code_personnel=f"{n:08}")
        for n in range(80)
    )
    for rang, (nature, code) in enumerate(CODES.items()):
        atelier = faire_atelier(consultation, code=code, titre=nature)
        Place.objects.bulk_create(Place(atelier=atelier, participant=p, entre_le=timezone.now()) for p in gens)
        if nature == "ideation":
            actions.ouvrir_etape(etape=faire_etapes(atelier, nature)[0], par=None)
            continue
        pistes = faire_pistes(atelier, 12, debut=1 + rang * 12)
        etapes = faire_etapes(atelier, "vote", "discussion")
        actions.ouvrir_etape(etape=etapes[0], par=None)
        if nature == "discussion":
            for n, personne in enumerate(gens[:60]):
                choix = {pistes[(n + pas) % 12].pk: 1 for pas in range(3)}
                actions.voter(atelier=atelier, participant=personne, choix=choix)
            actions.ouvrir_etape(etape=etapes[1], par=None)
    cookies = [signing.dumps({p.consultation_id: (p.pk, p.generation)}, salt=identite._SEL_COOKIE) for p in gens]
    return {"college": colleges[0].pk, "participants": [p.pk for p in gens], "cookies": cookies}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"un_tour": un_tour, "remplir": remplir}[sys.argv[1]]()))
