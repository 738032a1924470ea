"""From the bytes of a spreadsheet or a CSV file to sheets of numbered rows of text. Knows nothing of participants.

The file comes from a stranger: its size, its rows, its columns and what it unzips to are all bounded.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultation.erreurs import Refus
from consultation.textes import nettoyer

from .classeur import COLONNES_MAX, Illisible, lire_classeur

TAILLE_MAX = 2 * 1024 * 1024
#: An honest list of 2,000 people unzips to well under a megabyte.
TAILLE_DEPLIEE_MAX = 30 * 1024 * 1024
LIGNES_MAX = 2000
CELLULE_MAX = 500
SEPARATEURS = (";", "\t", ",")
#: What spreadsheets show when a calculation fails, in English and in French: nobody is called "#N/A".
ERREURS = {
    "#n/a", "#na", "#ref!", "#nom?", "#name?", "#div/0!", "#valeur!", "#value!", "#nombre!", "#num!", "#null!",
    "#nul!",
}  # fmt: skip


@dataclass(frozen=True)
class Feuille:
    """`lignes`: (number as the spreadsheet shows it, cells), empty rows left out. A CSV is one unnamed sheet."""

    nom: str
    lignes: tuple[tuple[int, tuple[str, ...]], ...]
    fusions: int = 0


@dataclass(frozen=True)
class Classeur:
    """`feuilles`: those that are seen and hold something. `cachees`: names of the hidden ones, never read."""

    feuilles: tuple[Feuille, ...]
    cachees: tuple[str, ...] = ()


def lire(octets, cellule_max=CELLULE_MAX):
    """Return the `Classeur` held by `octets`; raise Refus with a sentence saying what to do otherwise.

    `cellule_max`: letters kept of a cell, the rest being left out.
    """
    _refuser_le_poids(octets)
    if _est_un_classeur(octets):
        return _du_tableur(octets, cellule_max)
    return Classeur((_feuille("", _lignes_csv(octets, cellule_max)),))


def lire_feuilles(octets):
    """Return {sheet: rows of cells}, hidden sheets too, of a workbook used as it is. Raises Refus otherwise."""
    _refuser_le_poids(octets)
    if not _est_un_classeur(octets):
        raise _illisible(_("Ce fichier n’est pas un classeur. Enregistrez-le en .xlsx."))
    return {feuille["nom"]: feuille["lignes"] for feuille in _ouvrir(octets)}


def _refuser_le_poids(octets):
    if len(octets) > TAILLE_MAX:
        raise Refus(
            "fichier_trop_lourd", _("Ce fichier dépasse 2 Mo. Gardez seulement la liste."), champ="fichier"
        )


def _est_un_classeur(octets):
    return octets[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def _ouvrir(octets):
    if octets[:2] == b"PK":
        _refuser_bombe(octets)
    try:
        return lire_classeur(octets)
    except Illisible as erreur:
        raise _illisible(_mots_de(str(erreur))) from erreur


def _du_tableur(octets, cellule_max):
    lues = _ouvrir(octets)
    visibles = [
        (f["nom"], f["lignes"], f["fusions"])
        for f in lues
        if not f["cachee"] and any(map(any, (_cellules(ligne, cellule_max) for ligne in f["lignes"])))
    ]
    if not visibles:
        raise _illisible(_("Ce fichier est vide."))
    feuilles = (
        _feuille(nom, enumerate((_cellules(ligne, cellule_max) for ligne in lignes), start=1), n)
        for nom, lignes, n in visibles
    )
    return Classeur(tuple(feuilles), tuple(f["nom"] for f in lues if f["cachee"]))


def _mots_de(cause):
    return {
        "protege": _("Ce fichier est protégé par un mot de passe. Enlevez-le dans votre tableur, puis revenez."),
        "lourd": _("Ce fichier est trop lourd. Copiez la liste seule dans un fichier neuf."),
        "abime": _("Ce fichier est abîmé. Ouvrez-le dans votre tableur et enregistrez-le à nouveau."),
    }[cause]


def _feuille(nom, lignes, fusions=0):
    remplies = []
    for numero, cellules in lignes:
        if any(cellules):
            remplies.append((numero, cellules))
        if len(remplies) > LIGNES_MAX + 1:
            message = _("Ce fichier a plus de 2 000 lignes. Coupez-le en deux.")
            raise Refus("trop_de_lignes", message, champ="fichier")
    if not remplies:
        raise _illisible(_("Ce fichier est vide."))
    return Feuille(nom, tuple(remplies), fusions)


def _illisible(message):
    return Refus("fichier_illisible", message, champ="fichier")


def _lignes_csv(octets, cellule_max):
    texte = _decoder(octets)
    separateur, saut = _separateur(texte)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        # The number of the record, not of the line of text: it is what the spreadsheet shows in its margin.
        for numero, cellules in enumerate(lecteur, start=1 - saut):
            if numero > 0:
                yield numero, _cellules(cellules, cellule_max)
    except csv.Error as erreur:
        raise _illisible(_("Ce fichier CSV est abîmé. Enregistrez-le à nouveau.")) from erreur


def _separateur(texte):
    """Return (separator, 1 when the file says it itself on a first line "sep=;" that is no row).

    Otherwise the sign found as often on most lines: a title above the header may hold a comma.
    """
    if dit := re.match(r"sep=(.)\r?\n", texte, re.IGNORECASE):
        return dit[1], 1
    lignes = [ligne for ligne in texte.splitlines()[:40] if ligne.strip()]
    return max(SEPARATEURS, key=lambda s: (sum(s in ligne for ligne in lignes), "".join(lignes).count(s))), 0


def _decoder(octets):
    """UTF-8 with or without its mark, UTF-16 with it, else the Windows page that old spreadsheets write."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", errors="replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    if sum(1 for c in texte[:2000] if ord(c) < 32 and c not in "\r\n\t") > 5:
        raise _illisible(_("Ce fichier n’est ni un tableau (.xlsx, .ods, .xls), ni un fichier .csv."))
    return texte


def _refuser_bombe(octets):
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
            deplie = sum(membre.file_size for membre in membres)
            noms = {membre.filename for membre in membres}
    except zipfile.BadZipFile as erreur:
        raise _illisible(_mots_de("abime")) from erreur
    if deplie > TAILLE_DEPLIEE_MAX or len(membres) > 500:
        raise _illisible(_mots_de("lourd"))
    if not noms & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise _illisible(_("Ce fichier n’est ni un tableau (.xlsx, .ods, .xls), ni un fichier .csv."))


def _cellules(valeurs, cellule_max):
    """Text of each cell: whole numbers without ".0", dates as written in France; empty cells at the end go."""
    textes = [_texte(valeur, cellule_max) for valeur in list(valeurs)[:COLONNES_MAX]]
    while textes and not textes[-1]:
        textes.pop()
    return tuple(textes)


def _texte(valeur, cellule_max):
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return _("oui") if valeur else _("non")
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    texte = nettoyer(str(valeur))[:cellule_max]
    return "" if texte.casefold() in ERREURS else texte
