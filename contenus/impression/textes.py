"""Words made printable: never reworded, only freed of what would stop a PDF or run off the page."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible
from fontTools.ttLib import TTFont

MANQUE = "□"  # stands for a run of signs that no font at hand can print
MOT_LONG = 24
COUPE = "\u200b"  # zero-width space: a place where a line may break
_INVISIBLES = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_MOT_TROP_LONG = re.compile(rf"[^\s{COUPE}]{{{MOT_LONG + 6},}}")


@cache
def _alphabet():
    chemin = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files" / "AtkinsonHyperlegible-Regular.ttf"
    # The narrow no-break space and the no-break hyphen are not in the font; typst draws them without it.
    return frozenset(TTFont(chemin, lazy=True).getBestCmap()) | {0x0A, 0x202F, 0x2011}


def lettre_de_base(signe):
    """True for what Atkinson Hyperlegible prints by itself."""
    return ord(signe) in _alphabet()


def imprimable(valeur, couverte=lettre_de_base):
    """Return `valeur` (str, list, dict, number, None, nested) with every text made printable.

    Keys starting with "svg" hold drawings made by the house and pass untouched. `couverte(sign)` says what can
    be printed.
    """
    if isinstance(valeur, str):
        return _texte(valeur, couverte)
    if isinstance(valeur, dict):
        return {
            cle: contenu if cle.startswith("svg") else imprimable(contenu, couverte)
            for cle, contenu in valeur.items()
        }
    if isinstance(valeur, (list, tuple)):
        return [imprimable(contenu, couverte) for contenu in valeur]
    return valeur


def _texte(texte, couverte):
    texte = _INVISIBLES.sub("", unicodedata.normalize("NFC", str(texte))).replace("\r", "")
    lettres = (signe if couverte(signe) else MANQUE for signe in texte.replace("\t", " "))
    return couper_longs_mots(re.sub(f"{MANQUE}+", MANQUE, "".join(lettres)))


def couper_longs_mots(texte):
    """Give very long words places where a line may break."""
    return _MOT_TROP_LONG.sub(
        lambda mot: COUPE.join(re.findall(rf".{{1,{MOT_LONG}}}", mot[0])),
        texte,
    )
