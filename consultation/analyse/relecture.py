"""What deserves a second look before a text goes on the wall. Signs only: a person always decides.

No Django here: plain strings in, plain strings out.
"""

import re

from ..textes import MOT, cle_de_prenom, formes, sans_accents

LONGUEUR_COURTE = 8
_TELEPHONE = re.compile(r"(?<!\d)(?:\+\s?\d{2}|0033|0)(?:[\s.\-/]*\d){9}(?!\d)")
_COURRIEL = re.compile(r"[^\s@]+\s?(?:@|\(at\)|\[at\])\s?[^\s@]+\.[a-zA-Z]{2,}")
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


def prenoms_cites(texte, prenoms):
    """Return the words of `texte` that are first names among `prenoms`, in order, each once.

    A first name counts in any case, except those of `AMBIGUS`, which need a capital and a word before them in the
    sentence. First names of fewer than three letters are never looked for.
    """
    return list(_cites(texte, prenoms))


def _cites(texte, prenoms):
    """Return {word: whether it is written as a name is: with a capital inside a sentence}, in order."""
    connus = {cle_de_prenom(prenom) for prenom in prenoms} - {""}
    cites, vus = {}, {}
    for mot in MOT.finditer(texte):
        for brut in formes(mot.group()):
            simple, nomme = sans_accents(brut), bool(brut) and _est_un_nom(texte, mot.start(), brut)
            if simple in connus and (nomme or simple not in AMBIGUS):
                premier = vus.setdefault(simple, brut)
                cites[premier] = cites.get(premier, False) or nomme
    return cites


def _est_un_nom(texte, debut, mot):
    """A capital inside a sentence marks a name; at its beginning any word has one; in a shout nothing does."""
    avant = texte[:debut].rstrip(' \u00a0\u202f«"“')
    return mot[0].isupper() and not texte.isupper() and bool(avant) and avant[-1] not in ".!?\n:"


def crie(texte):
    """True when most letters of a text of more than a dozen letters are capitals."""
    lettres = [c for c in texte if c.isalpha()]
    return len(lettres) > 12 and sum(c.isupper() for c in lettres) > 0.7 * len(lettres)


def signes(texte, prenoms=()):
    """Return what deserves a look, in stable words: court, telephone, courriel, prenom, doute, crie, repete.

    "prenom": a first name among `prenoms`, written as a name. "doute": an everyday word that someone bears as a
    first name, or a name typed without its capital; it is shown to whoever leads and holds nothing back.
    """
    trouves = []
    if sum(c.isalnum() for c in texte) < LONGUEUR_COURTE:
        trouves.append("court")
    if _TELEPHONE.search(texte):
        trouves.append("telephone")
    if _COURRIEL.search(texte):
        trouves.append("courriel")
    if cites := _cites(texte, prenoms):
        trouves.append("prenom" if any(cites.values()) else "doute")
    if crie(texte):
        trouves.append("crie")
    if re.search(r"(\w)\1{4,}", texte):
        trouves.append("repete")
    return trouves
