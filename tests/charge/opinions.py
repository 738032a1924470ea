"""The map of opinions and the agreement of groups, beside red-dwarf's whole pipeline on the same votes."""

import resource
import time

import numpy as np

from consultation.analyse import accord, carte
from tests.consultation.test_analyse_accord import conversation


def mesurer():
    votes = conversation(1, personnes=1000, pistes=120)
    nous, eux = [], []
    for _tour in range(5):
        nous.append(_temps(lambda: _comme_dwarf(votes)))
        eux.append(_temps(lambda: _dwarf(votes)))
    grande = conversation(2, personnes=10_000, pistes=1_000, trous=0.95)
    longue = _temps(lambda: _comme_dwarf(grande))
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    tenue = _temps(lambda: carte.dessiner(votes))
    return [
        _ligne("map of 1,000 people × 120 pistes", float(np.median(nous)), "s", np.median(nous) / np.median(eux)),
        _ligne("map of 10,000 × 1,000, 5 % filled", longue, "s"),
        _ligne("memory of the process, at most", memoire, "GB"),
        _ligne("1,000 × 120 with its 500 draws", tenue, "s"),
    ]


def _comme_dwarf(votes):
    hasard = np.random.default_rng(0)
    projection = carte.projeter(votes)
    etiquettes, _nettete = carte.grouper(projection.personnes, hasard)
    etiquettes = np.zeros(len(votes), dtype=int) if etiquettes is None else etiquettes
    comptes = accord.compter(votes, etiquettes)
    return accord.consensus(comptes), accord.representatives(comptes)


def _dwarf(votes):
    from reddwarf.implementations.polis import run_pipeline

    lignes = [
        {"participant_id": qui, "statement_id": quoi, "vote": int(votes[qui, quoi]), "modified": 0}
        for qui, quoi in np.argwhere(~np.isnan(votes)).tolist()
    ]
    return run_pipeline(votes=lignes, random_state=0)


def _temps(quoi):
    debut = time.perf_counter()
    quoi()
    return time.perf_counter() - debut


def _ligne(nom, valeur, unite, rapport=None):
    return {
        "name": nom,
        "value": round(valeur, 3),
        "unit": unite,
        "ratio": None if rapport is None else round(float(rapport), 3),
    }
