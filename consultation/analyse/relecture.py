"""What deserves a second look before a text goes on the wall. Signs only: a person always decides.

No Django here: plain strings in, plain strings out.
"""

import re
import unicodedata
from functools import lru_cache

LONGUEUR_COURTE = 8
_TELEPHONE = re.compile(r"(?<!\d)(?:\+\s?\d{2}|0033|0)(?:[\s.\-/]*\d){9}(?!\d)")
_COURRIEL = re.compile(r"[^\s@]+\s?(?:@|\(at\)|\[at\])\s?[^\s@]+\.[a-zA-Z]{2,}")
_MOT = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.UNICODE)
#: First names that are also everyday words: they count only with a capital inside a sentence.
AMBIGUS = frozenset(
    re.findall(
        r"\w+",
        """
    rose pierre claire marine aime jean fleur violette olive ange prune ambre aurore victoire constance
    prudence france marguerite iris capucine clemence desire parfait juste lune soleil will mai avril luc
    blanche brune grace esperance noel pascal modeste franc guy
""",
    )
)


def sans_accents(texte):
    """Return `texte` in lower case without diacritics nor ligatures: "Élodie" and "elodie" compare equal."""
    texte = texte.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


def prenoms_cites(texte, prenoms):
    """Return the words of `texte` that are first names among `prenoms`, in order, each once.

    A first name counts in any case, except those of `AMBIGUS`, which need a capital and a word before them in the
    sentence. First names of fewer than three letters are never looked for.
    """
    connus = set().union(*map(_parties, prenoms))
    trouves = {}
    for mot in _MOT.finditer(texte):
        for brut in {mot.group(), *re.split(r"[’'-]", mot.group())}:
            simple = sans_accents(brut)
            if simple in connus and (simple not in AMBIGUS or _est_un_nom(texte, mot.start(), brut)):
                trouves.setdefault(simple, brut)
    return list(trouves.values())


@lru_cache(4096)
def _parties(prenom):
    """Kept: each text is compared with the first names of everyone there, and texts come by the hundred."""
    simple = sans_accents(prenom)
    return {partie for partie in (simple, *simple.split()) if len(partie) >= 3}


def _est_un_nom(texte, debut, mot):
    """A capital inside a sentence marks a name; at its beginning any word has one; in a shout nothing does."""
    avant = texte[:debut].rstrip(' \u00a0\u202f«"“')
    return mot[0].isupper() and not texte.isupper() and bool(avant) and avant[-1] not in ".!?\n:"


def crie(texte):
    """True when most letters of a text of more than a dozen letters are capitals."""
    lettres = [c for c in texte if c.isalpha()]
    return len(lettres) > 12 and sum(c.isupper() for c in lettres) > 0.7 * len(lettres)


def signes(texte, prenoms=()):
    """Return what deserves a look, in stable words: court, telephone, courriel, prenom, crie, repete."""
    trouves = []
    if sum(c.isalnum() for c in texte) < LONGUEUR_COURTE:
        trouves.append("court")
    if _TELEPHONE.search(texte):
        trouves.append("telephone")
    if _COURRIEL.search(texte):
        trouves.append("courriel")
    if prenoms_cites(texte, prenoms):
        trouves.append("prenom")
    if crie(texte):
        trouves.append("crie")
    if re.search(r"(\w)\1{4,}", texte):
        trouves.append("repete")
    return trouves
