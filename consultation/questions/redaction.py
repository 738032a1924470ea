"""A grille being written: questions put in, moved, taken out, and keys that stay theirs."""

import re
from dataclasses import replace

from django.utils.text import slugify

from .structure import Choix, Nature, Question, Section, Structure

_CLE_QUESTION = re.compile(r"q(\d+)\Z")


def cle_neuve(structures):
    """Return a key that no question of these structures has: what was answered never changes its question."""
    rangs = [int(lu[1]) for s in structures for q in s.questions if (lu := _CLE_QUESTION.match(q.cle))]
    return f"q{max(rangs, default=0) + 1}"


def ajouter(structure, cle, section=None):
    """Put an empty question at the end of the section of that rank, the last one by default."""
    sections = list(structure.sections) or [Section("", ())]
    rang = section if section is not None and 0 <= section < len(sections) else len(sections) - 1
    neuve = Question(cle, Nature.TEXTE, "")
    sections[rang] = replace(sections[rang], questions=(*sections[rang].questions, neuve))
    return Structure(tuple(sections))


def remplacer(structure, question):
    """Put this question in the place of the one that has its key."""
    return _questions_par(structure, lambda autre: (question if autre.cle == question.cle else autre,))


def retirer(structure, cle):
    """Take a question out. What looked at it is left looking, for `defauts` to name."""
    return _questions_par(structure, lambda question: () if question.cle == cle else (question,))


def _questions_par(structure, donner):
    return Structure(
        tuple(
            replace(section, questions=tuple(q for question in section.questions for q in donner(question)))
            for section in structure.sections
        )
    )


def deplacer(structure, cle, sens):
    """Move a question one place up (-1) or down (1), into the next section when it leaves its own."""
    listes = [list(section.questions) for section in structure.sections]
    ici = next((s for s, liste in enumerate(listes) if any(q.cle == cle for q in liste)), None)
    if ici is None:
        return structure
    liste = listes[ici]
    rang = next(rang for rang, question in enumerate(liste) if question.cle == cle)
    if 0 <= rang + sens < len(liste):
        liste[rang], liste[rang + sens] = liste[rang + sens], liste[rang]
    elif 0 <= ici + sens < len(listes):
        listes[ici + sens].insert(0 if sens > 0 else len(listes[ici + sens]), liste.pop(rang))
    sections = zip(structure.sections, listes, strict=True)
    return Structure(tuple(replace(section, questions=tuple(liste)) for section, liste in sections))


def titrer(structure, titres):
    """Give the sections these titles, in order; one more begins a section, an empty one without question ends."""
    sections = list(structure.sections) + [Section("", ())] * (len(titres) - len(structure.sections))
    nommees = [replace(section, titre=titre) for section, titre in zip(sections, titres, strict=False)]
    return Structure(tuple(section for section in nommees if section.titre or section.questions))


def choix_de(mots, anciens=()):
    """Return the Choix of these words, in order. One that was there keeps its key, and so does one reworded:
    the same number of lines, another in its place."""
    mots = [mot for mot in mots if mot]
    par_mot = {choix.libelle: choix.cle for choix in anciens}
    restantes = [choix.cle for choix in anciens if choix.libelle not in mots]
    reecrits = len(mots) == len(anciens)
    faits, prises = [], set(par_mot.values()) if not reecrits else set()
    for mot in mots:
        cle = par_mot.pop(mot, None)
        if cle is None:
            cle = restantes.pop(0) if reecrits and restantes else cle_libre(mot, prises)
        prises.add(cle)
        faits.append(Choix(cle, mot))
    return tuple(faits)


def cle_libre(mot, prises):
    """Return a key made of a word, that none of `prises` is."""
    base = slugify(mot).replace("-", "_")[:30].strip("_") or "reponse"
    base = base if base[0].isalpha() else f"r_{base}"
    libres = (base, *(f"{base}_{n}" for n in range(2, len(prises) + 3)))
    return next(cle for cle in libres if cle not in prises)
