"""What people type: cleaned of what no screen can show, never reworded."""

import re
import secrets
import unicodedata

#: Codes shown on a wall have neither 0/O nor 1/I/L, nor letters easily taken for digits (S, B, Z) or U/V.
ALPHABET = "2345679ACDEFGHJKMNPQRTVWXY"
LONGUEUR_CODE = 6
LONGUEUR_CODE_PERSONNEL = 8
_EQUIVALENTS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CONTROLES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def nettoyer(texte):
    """Return `texte` without control characters or outer blanks, in Unicode NFC; words are untouched.

    Line breaks are kept as "\\n", tabs become spaces. Emoji and right-to-left text pass as they are.
    """
    texte = (texte or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _CONTROLES.sub("", texte)).strip()


def nettoyer_ligne(texte):
    """The same, on one line: for names and titles."""
    return re.sub(r"\s+", " ", nettoyer(texte))


def tirer_code(longueur=LONGUEUR_CODE):
    """Draw a code from `ALPHABET` with a cryptographic source; 26**8 personal codes is about 2e11."""
    return "".join(secrets.choice(ALPHABET) for _ in range(longueur))


def cle_de_code(saisie):
    """Return the key under which a code is compared: case, blanks and dashes ignored, O=0, I=L=1."""
    brut = unicodedata.normalize("NFKC", saisie or "").upper().translate(_EQUIVALENTS)
    return "".join(c for c in brut if c.isascii() and c.isalnum())[:32]


def espacer_code(code):
    """Return the code as people read it: "K7P 4M2", "K7P4 M2XD"."""
    moitie = (len(code) + 1) // 2
    return f"{code[:moitie]} {code[moitie:]}" if len(code) > 4 else code


_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "})


def plier(texte):
    """Return `texte` as it is searched and sorted in French: no accent, no capital, œ as oe, ’ as '.

    The base folds the same way: `consultation.pliage`.
    """
    decompose = unicodedata.normalize("NFKD", (texte or "").casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c)).translate(_LIGATURES)
