"""Tables to take away, as CSV or XLSX, that no spreadsheet runs as a formula."""

import csv
import io
import re

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

#: A cell beginning with one of these is a formula for some spreadsheet (OWASP, "CSV injection").
DANGEREUX = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
#: Opened with the other separator, a cell is cut there: what follows must not start a formula either.
_APRES_SEPARATEUR = re.compile(r"([,;\t\r\n] *)([=+\-@|%])")
#: What one cell of a spreadsheet can hold (the format's own limit).
SIGNES_MAX = 32_767
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def cellule_sure(valeur):
    """Return what may be written in a cell of a CSV: numbers as they are, text never read as a formula.

    A CSV file has no types: the shield, an apostrophe, is said beside the button. XLSX has them, and needs none.

    >>> cellule_sure("=1+1")
    "'=1+1"
    """
    if valeur is None:
        return ""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        texte = _APRES_SEPARATEUR.sub(r"\1'\2", str(valeur))
        return f"'{texte}" if texte.lstrip(" ").startswith(DANGEREUX) else texte
    return valeur


def en_csv(feuilles):
    """Return the bytes of a CSV that French spreadsheets open at once: semicolons, UTF-8 with its mark.

    Every text is between quotation marks, and a sign that starts a formula is shielded after each separator too:
    whichever one the spreadsheet believes in, no cell is a formula.
    `feuilles`: [(title, headers, rows)]; several follow one another, each under its title.
    """
    sortie = io.StringIO(newline="")
    plume = csv.writer(sortie, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    for rang, (titre, entetes, lignes) in enumerate(feuilles):
        if len(feuilles) > 1:
            plume.writerows([[]] * (rang > 0) + [[cellule_sure(titre)]])
        plume.writerow([cellule_sure(entete) for entete in entetes])
        plume.writerows([cellule_sure(valeur) for valeur in ligne] for ligne in lignes)
    return sortie.getvalue().encode("utf-8-sig")


def en_xlsx(feuilles):
    """Return the bytes of an XLSX, one sheet each; text is stored as text, with the words as written."""
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        gras = classeur.add_format({"bold": True})
        for titre, entetes, lignes in feuilles:
            feuille = classeur.add_worksheet("".join(c for c in str(titre) if c not in "[]:*?/\\").strip("'")[:31])
            feuille.freeze_panes(1, 0)
            for rang, ligne in enumerate([entetes, *lignes]):
                for colonne, valeur in enumerate(ligne):
                    _ecrire(feuille, rang, colonne, valeur, gras if rang == 0 else None)
    return sortie.getvalue()


def _ecrire(feuille, rang, colonne, valeur, format_):
    if isinstance(valeur, int | float) and not isinstance(valeur, bool):
        feuille.write_number(rang, colonne, valeur, format_)
    elif valeur not in (None, ""):
        feuille.write_string(rang, colonne, str(valeur)[:SIGNES_MAX], format_)


def telechargement(feuilles, nom, forme="csv"):
    """Return the HTTP answer that saves the sheets under `nom` (a few words, made safe), as "csv" or "xlsx"."""
    reponse = HttpResponse({"csv": en_csv, "xlsx": en_xlsx}[forme](feuilles), content_type=TYPES[forme])
    reponse["Content-Disposition"] = f'attachment; filename="{slugify(nom) or "germoir"}.{forme}"'
    reponse["Cache-Control"] = "private, no-store"
    return reponse
