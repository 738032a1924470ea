"""From data to PDF, by typst: people's words go in as JSON, never as markup, so they cannot act as code."""

import json
from functools import cache
from pathlib import Path
from threading import Lock

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans_arabic
import fontpkg_noto_sans_devanagari
import fontpkg_noto_sans_tamil
import typst

from . import tableaux, textes

GABARITS = Path(__file__).parent / "gabarits"
NORMES = ["ua-1"]
#: A name is read on a badge whatever its script, as far as fonts are packaged (see decision 0013).
PAQUETS = (
    fontpkg_atkinson_hyperlegible,
    fontpkg_noto_sans_arabic,
    fontpkg_noto_sans_devanagari,
    fontpkg_noto_sans_tamil,
)
_verrou = Lock()  # one compilation at a time: threads bring nothing here, and the compiler's caches are shared


class EchecImpression(Exception):
    """One document could not be made. `nom` says which, `cause` why, in the compiler's words (for the log)."""

    def __init__(self, nom, cause):
        super().__init__(f"{nom}: {cause}")
        self.nom, self.cause = nom, cause


@cache
def polices():
    """The fonts of every document: the house's, other scripts, then what typst brings and the machine has."""
    dossiers = [str(Path(paquet.ROOT) / "files") for paquet in PAQUETS]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=dossiers)


def composer(gabarit, donnees, *, nom):
    """Return the tagged PDF/UA-1 bytes of `gabarits/<gabarit>.typ` filled with `donnees` (JSON types only).

    Texts are normalised so that no glyph is missing. If the document still fails, it is tried once more with
    nothing but letters that the house font has. Raises EchecImpression, which carries `nom`.
    """
    try:
        return _compiler(gabarit, textes.imprimable(donnees, couverte))
    except typst.TypstError:
        pass
    try:
        return _compiler(gabarit, textes.imprimable(donnees, textes.lettre_de_base))
    except typst.TypstError as erreur:
        raise EchecImpression(nom, erreur.message) from erreur


def _compiler(gabarit, donnees):
    pdf = _compiler_source(GABARITS / f"{gabarit}.typ", json.dumps(donnees, ensure_ascii=False))
    return tableaux.nommer_les_lignes(pdf) if gabarit in tableaux.GABARITS else pdf


def _compiler_source(source, donnees=""):
    with _verrou:
        return typst.compile(
            source,
            root=str(GABARITS),
            font_paths=polices(),
            format="pdf",
            sys_inputs={"donnees": donnees},
            pdf_standards=NORMES,
        )


@cache
def couverte(signe):
    """True when some font at hand can print `signe` (one character)."""
    if textes.lettre_de_base(signe):
        return True
    source = (
        '#set document(title: "x")\n#set text(font: ("Atkinson Hyperlegible", "DejaVu Sans"))\n#sys.inputs.donnees'
    )
    try:
        _compiler_source(source.encode(), signe)
    except typst.TypstError:
        return False
    return True
