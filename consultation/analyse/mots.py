"""Words as they are searched: French stems, with and without their accents, so that both ways of typing meet.

Pure: the same text gives the same stems on any base.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from consultation.analyse.ressemblance import VIDES, racine
from consultation.textes import sans_accents

_MOT = re.compile(r"[^\W_]+")
#: Beyond so many words, a question is cut.
MOTS_MAX = 12


@lru_cache(50_000)
def racines(mot):
    """Return the stems under which a word is kept and asked: as it is written, and without its accents."""
    return frozenset((racine(mot.lower()), racine(sans_accents(mot))))


def _porte_un_sens(mot):
    return (len(mot) > 1 or mot.isdigit()) and sans_accents(mot) not in VIDES


def a_garder(*textes):
    """Return the stems of `textes` between blanks, each once: " covoiturag matin "."""
    gardees = dict.fromkeys(
        r for texte in textes for m in _MOT.findall(texte) if _porte_un_sens(m) for r in racines(m)
    )
    return f" {' '.join(gardees)} "


def demandes(saisie):
    """Return the words of a question that carry meaning, as they are written, each once, MOTS_MAX at most."""
    return list(dict.fromkeys(m.lower() for m in _MOT.findall(saisie) if _porte_un_sens(m)))[:MOTS_MAX]


def proche(mot, connues):
    """Return the stem of `connues` nearest to `mot` (a beginning of a word, or one or two letters wrong), or "".

    Distance of restricted edits (optimal string alignment): one under eight letters, two from there; never under
    four letters. Ties: the shorter, then by the alphabet.
    """
    voulue = racine(sans_accents(mot))
    if len(voulue) < 4:
        return ""
    suites = [r for r in connues if r.startswith(voulue)]
    if suites:
        return min(suites, key=lambda r: (len(r), r))
    permis = 1 if len(voulue) < 8 else 2
    pres = [
        (OSA.distance(voulue, r, score_cutoff=permis), len(r), r)
        for r in connues
        if abs(len(r) - len(voulue)) <= permis
    ]
    return min((p for p in pres if p[0] <= permis), default=(0, 0, ""))[2]


def en_morceaux(texte, voulues):
    """Return [(piece of `texte`, whether it is a word that was asked)], in order; joined they are the text."""
    morceaux, fin = [], 0
    for trouve in _MOT.finditer(texte):
        if racines(trouve.group()) & voulues:
            morceaux += [(texte[fin : trouve.start()], False), (trouve.group(), True)]
            fin = trouve.end()
    return [m for m in (*morceaux, (texte[fin:], False)) if m[0]]


def extrait(texte, voulues, longueur=180):
    """Return the part of `texte` around the first word asked, whole words, "…" where it is cut."""
    if len(texte) <= longueur:
        return texte
    ou = next((m.start() for m in _MOT.finditer(texte) if racines(m.group()) & voulues), 0)
    debut = texte.rfind(" ", 0, max(0, ou - longueur // 3)) + 1
    fin = len(texte) if debut + longueur >= len(texte) else texte.rfind(" ", debut, debut + longueur)
    fin = fin if fin > debut else debut + longueur
    return f"{'… ' if debut else ''}{texte[debut:fin].rstrip()}{'…' if fin < len(texte) else ''}"
