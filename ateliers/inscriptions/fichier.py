"""From the bytes of an XLSX or CSV file to numbered rows of text. Knows nothing of participants.

The file comes from a stranger: its size, its rows, its columns and what it unzips to are all bounded.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from consultation.erreurs import Refus
from consultation.textes import nettoyer

TAILLE_MAX = 2 * 1024 * 1024
#: An honest list of 2,000 people unzips to well under a megabyte.
TAILLE_DEPLIEE_MAX = 30 * 1024 * 1024
LIGNES_MAX = 2000
COLONNES_MAX = 40
CELLULE_MAX = 500
SEPARATEURS = (";", "\t", ",")


@dataclass(frozen=True)
class Tableau:
    """`entetes`: the cells of the first filled row. `lignes`: (number as the spreadsheet shows it, cells)."""

    entetes: tuple[str, ...]
    lignes: tuple[tuple[int, tuple[str, ...]], ...]


def lire_tableau(octets):
    """Return the `Tableau` held by `octets`; raise Refus with a sentence saying what to do otherwise."""
    if len(octets) > TAILLE_MAX:
        raise Refus(
            "fichier_trop_lourd", _("Ce fichier dépasse 2 Mo. Gardez seulement la liste."), champ="fichier"
        )
    if octets[:4] == b"\xd0\xcf\x11\xe0":
        raise _illisible(_("C’est un ancien fichier Excel. Enregistrez-le au format .xlsx ou .csv."))
    lignes = _lignes_xlsx(octets) if octets[:4] == b"PK\x03\x04" else _lignes_csv(octets)
    remplies = []
    for numero, cellules in lignes:
        if any(cellules):
            remplies.append((numero, cellules))
        if len(remplies) > LIGNES_MAX + 1:
            raise Refus(
                "trop_de_lignes",
                _("Ce fichier a plus de 2 000 lignes. Coupez-le en deux."),
                champ="fichier",
            )
    if not remplies:
        raise _illisible(_("Ce fichier est vide."))
    return Tableau(entetes=remplies[0][1], lignes=tuple(remplies[1:]))


def _illisible(message):
    return Refus("fichier_illisible", message, champ="fichier")


def _lignes_csv(octets):
    texte = _decoder(octets)
    premiere = next((ligne for ligne in texte.splitlines() if ligne.strip()), "")
    separateur = max(SEPARATEURS, key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        # The number of the record, not of the line of text: it is what the spreadsheet shows in its margin.
        for numero, cellules in enumerate(lecteur, start=1):
            yield numero, _cellules(cellules)
    except csv.Error as erreur:
        raise _illisible(_("Ce fichier CSV est abîmé. Enregistrez-le à nouveau.")) from erreur


def _decoder(octets):
    """UTF-8 with or without its mark, UTF-16 with it, else the Windows page that old spreadsheets write."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", errors="replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    if sum(1 for c in texte[:2000] if ord(c) < 32 and c not in "\r\n\t") > 5:
        raise _illisible(_("Ce fichier n’est ni un tableau .xlsx, ni un fichier .csv."))
    return texte


def _lignes_xlsx(octets):
    import openpyxl  # heavy, and only the import page needs it

    _refuser_bombe(octets)
    try:
        classeur = openpyxl.load_workbook(io.BytesIO(octets), read_only=True, data_only=True, keep_links=False)
        feuille = classeur.worksheets[0]
        # What a sheet says of its own size may be wrong, or meant to make us loop for long.
        feuille.reset_dimensions()
        lignes = feuille.iter_rows(max_col=COLONNES_MAX, max_row=LIGNES_MAX * 5, values_only=True)
        for numero, cellules in enumerate(lignes, start=1):
            yield numero, _cellules(cellules)
    except Refus:
        raise
    except Exception as erreur:  # openpyxl raises anything from KeyError to ParseError on a damaged file
        raise _illisible(_("Ce fichier Excel est abîmé. Ouvrez-le et enregistrez-le à nouveau.")) from erreur


def _refuser_bombe(octets):
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = archive.infolist()
            deplie = sum(membre.file_size for membre in membres)
            noms = {membre.filename for membre in membres}
    except zipfile.BadZipFile as erreur:
        raise _illisible(_("Ce fichier Excel est abîmé. Ouvrez-le et enregistrez-le à nouveau.")) from erreur
    if deplie > TAILLE_DEPLIEE_MAX or len(membres) > 500:
        raise _illisible(_("Ce fichier Excel est trop lourd. Copiez la liste seule dans un fichier neuf."))
    if "xl/workbook.xml" not in noms:
        raise _illisible(_("Ce fichier n’est ni un tableau .xlsx, ni un fichier .csv."))


def _cellules(valeurs):
    """Text of each cell: whole numbers without ".0", dates as written in France; empty cells at the end go."""
    textes = [_texte(valeur) for valeur in list(valeurs)[:COLONNES_MAX]]
    while textes and not textes[-1]:
        textes.pop()
    return tuple(textes)


def _texte(valeur):
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return _("oui") if valeur else _("non")
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    if isinstance(valeur, datetime | date):
        valeur = valeur.strftime("%d/%m/%Y")
    return nettoyer(str(valeur))[:CELLULE_MAX]
