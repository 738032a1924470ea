"""What people type: cleaned of what no screen can show, never reworded."""

import re
import secrets
import unicodedata
from datetime import date, datetime, time

#: Codes shown on a wall have neither 0/O nor 1/I/L, nor letters easily taken for digits (S, B, Z) or U/V.
ALPHABET = "2345679ACDEFGHJKMNPQRTVWXY"
LONGUEUR_CODE = 6
LONGUEUR_CODE_PERSONNEL = 8
_EQUIVALENTS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CONTROLES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
#: Letters and symbols that leave no mark: Hangul fillers, the empty braille cell. Unicode, DerivedCoreProperties.
_SANS_TRACE = frozenset("\u115f\u1160\u2800\u3164\uffa0")

#: A word, compound ones whole.
MOT = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.UNICODE)


def nettoyer(texte):
    """Return `texte` without control characters or outer blanks, in Unicode NFC; words are untouched.

    Line breaks are kept as "\\n", tabs become spaces. Emoji and right-to-left text pass as they are. A text in
    which nothing can be seen (zero-width characters, fillers, selectors of nothing) is empty.
    """
    texte = (texte or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    texte = unicodedata.normalize("NFC", _CONTROLES.sub("", texte)).strip()
    return texte if any(map(_se_voit, texte)) else ""


def _se_voit(signe):
    """Whether a character leaves a mark by itself: not a blank, a format character, nor a mark on nothing."""
    sorte = unicodedata.category(signe)
    return sorte[0] not in "ZM" and sorte not in ("Cc", "Cf") and signe not in _SANS_TRACE


def nettoyer_ligne(texte):
    """The same, on one line: for names and titles."""
    return re.sub(r"\s+", " ", nettoyer(texte))


def cle_de_mots(texte):
    """Return the key under which two wordings are the same: case, accents, punctuation and blanks do not count."""
    brut = unicodedata.normalize("NFKD", texte).casefold()
    return "".join(c for c in brut if c.isalnum()) or "".join(texte.split())


def sans_accents(texte):
    """Return `texte` in lower case without diacritics nor ligatures: "Élodie" and "elodie" compare equal."""
    texte = texte.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


def cle_de_prenom(prenom):
    """Return the key under which a first name is looked for in texts: its first word of three letters, folded.

    "" when it has none: such a name is never looked for.
    """
    return next((partie for partie in sans_accents(prenom).split() if len(partie) >= 3), "")


def mots_simples(texte):
    """Return the words of `texte`, folded, and the parts of those that are compound: what a name may be among."""
    return {sans_accents(brut) for mot in MOT.finditer(texte) for brut in formes(mot.group())} - {""}


def formes(mot):
    """A compound word and its parts, each once."""
    return dict.fromkeys((mot, *re.split(r"[’'-]", mot)))


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


def entier(saisie, au_plus=10**15):
    """Return the whole number, zero or more, that someone typed or a form sent, or None when it is not one.

    Plain digits, or digits in French groups ("1 200"); an int passes as it is. A sign, a comma, a half: None.
    """
    if isinstance(saisie, str):
        propre = saisie.strip()
        if re.fullmatch(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+", propre):
            propre = re.sub(r"\D", "", propre)
        lu = int(propre) if re.fullmatch(r"[0-9]{1,18}", propre) else None
    else:
        lu = saisie if type(saisie) is int else None
    return lu if lu is not None and 0 <= lu <= au_plus else None


def entiers(saisies):
    """Return the whole numbers among what a form sent, in its order; the rest is left out. See `entier`."""
    return [lu for saisie in saisies if (lu := entier(saisie)) is not None]


_MOIS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_JOURS = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(?:le\s+)?"


def _plat(texte):
    return re.sub(r"\s+", " ", plier(texte)).strip()


def lire_date(texte):
    """Return the date that someone wrote, or raise ValueError when it could be read two ways, or not at all.

    "14/10/2027", "14.10.2027", "14 octobre 2027", "jeudi 14 oct. 2027", "2027-10-14". The day comes first, the
    year has four figures.
    """
    plat = _plat(texte)
    if lu := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plat):
        return date(int(lu[1]), int(lu[2]), int(lu[3]))
    if lu := re.fullmatch(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", plat):
        return date(int(lu[3]), int(lu[2]), int(lu[1]))
    if lu := re.fullmatch(_JOURS + r"(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})", plat):
        mois = [rang for rang, nom in enumerate(_MOIS, start=1) if nom.startswith(lu[2])]
        if len(mois) == 1:
            return date(int(lu[3]), mois[0], int(lu[1]))
    raise ValueError(texte)


def lire_heure(texte):
    """Return the time that someone wrote, to the minute: "9h", "9 h 30", "9:30". ValueError otherwise."""
    lu = re.fullmatch(r"(\d{1,2}) ?(?:h|:|heures?) ?(\d{2})?(?: ?min)?(?::00(?:\.0+)?)?", _plat(texte))
    if not lu:
        raise ValueError(texte)
    return time(int(lu[1]), int(lu[2] or 0))


def lire_moment(texte):
    """Return the naive datetime that someone wrote: a date, then a time after "à" or "T". ValueError otherwise."""
    plat = _plat(texte)
    lu = re.fullmatch(r"(.*\d)(?: a |, | |t)(\d{1,2} ?(?:h|:).*)", plat)
    if not lu:
        raise ValueError(texte)
    return datetime.combine(lire_date(lu[1]), lire_heure(lu[2]))
