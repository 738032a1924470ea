"""What a ballot costs the base when 100,000 votes are already stored, against 1,000: in lots of 100, and alone."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import modele, serveurs

STOCKS = (1_000, 100_000)
POINTS = 3
LOTS, LOT, SEULS = 8, 100, 60
COMMANDE = "python -m tests.charge"


def mesurer():
    """Return the measures, as dicts {name, value, unit, baseline, ratio, command}. About a minute."""
    with tempfile.TemporaryDirectory(prefix="germoir-charge-") as dossier:
        base = Path(dossier) / "germoir.sqlite3"
        shutil.copy(modele.base_migree(), base)
        sortie = subprocess.run(
            [sys.executable, "-m", "tests.charge.stock"],
            cwd=serveurs.RACINE,
            env=serveurs._environnement(f"sqlite:///{base}", "", "tests.reglages"),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    lus = json.loads(sortie.stdout.splitlines()[-1])
    return [
        {
            "name": f"{quoi}, {stock} votes stored",
            "value": round(lu[quoi], 2),
            "unit": "ms",
            "baseline": round(lus[0][quoi], 2),
            "ratio": round(lu[quoi] / lus[0][quoi], 2),
            "command": COMMANDE,
        }
        for stock, lu in zip(STOCKS, lus, strict=True)
        for quoi in lu
    ]


def _lire():
    """Fill and measure, in this process's base; print one dict per stock."""
    from consultation import actions
    from consultation.models import Participant, Scrutin, Voix
    from tests.charge._salle import remplir

    salle = remplir(len(STOCKS) * (LOTS * LOT + SEULS))
    scrutin = Scrutin.objects.get()
    gens = iter(list(Participant.objects.select_related("consultation")))

    def envois(n):
        return [
            actions.Envoi.lire(scrutin=scrutin, participant=next(gens), choix=_choix(salle["pistes"], rang))
            for rang in range(n)
        ]

    lus = []
    for stock in STOCKS:
        _stocker(scrutin, salle["pistes"], stock - Voix.objects.count())
        lots = [_duree(actions.voter_ensemble, envois(LOT)) / LOT for _lot in range(LOTS)]
        seuls = [_duree(actions.voter_ensemble, envois(1)) for _seul in range(SEULS)]
        lus.append({"a ballot in a lot of 100": _milieu(lots), "a ballot alone": _milieu(seuls)})
    print(json.dumps(lus))


def _choix(pistes, rang):
    return {pistes[(rang + n) % len(pistes)]: 1 for n in range(POINTS)}


def _stocker(scrutin, pistes, voix):
    """Put votes of other people in the same scrutin, and its tally right."""
    from consultation import actions
    from consultation.models import Bulletin, Participant, Voix

    college = scrutin.consultation.colleges.first()
    gens = Participant.objects.bulk_create(
        Participant(consultation=scrutin.consultation, college=college, prenom="S", code_personnel=None)
        for _rang in range(max(0, voix) // POINTS)
    )
    Bulletin.objects.bulk_create(Bulletin(scrutin=scrutin, participant=p, college=college) for p in gens)
    Voix.objects.bulk_create(
        Voix(scrutin=scrutin, participant=p, piste_id=piste, college=college, valeur=1)
        for rang, p in enumerate(gens)
        for piste in _choix(pistes, rang)
    )
    actions.corriger_decompte(scrutin=scrutin, par=None)


def _duree(acte, envois):
    debut = time.process_time()
    acte(envois)
    return (time.process_time() - debut) * 1000


def _milieu(durees):
    return sorted(durees)[len(durees) // 2]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    django.setup()
    _lire()
