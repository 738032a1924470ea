"""Tables to take away, as CSV or XLSX, that no spreadsheet runs as a formula."""

import csv
import io

from django.http import HttpResponse
from django.utils.text import slugify

#: A cell beginning with one of these is a formula for some spreadsheet (OWASP, "CSV injection").
DANGEREUX = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def cellule_sure(valeur):
    """Return what may be written in a cell: numbers as they are, text never read as a formula.

    >>> cellule_sure("=1+1")
    "'=1+1"
    """
    if valeur is None:
        return ""
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        texte = str(valeur)
        return f"'{texte}" if texte.lstrip(" ").startswith(DANGEREUX) else texte
    return valeur


def en_csv(feuilles):
    """Return the bytes of a CSV that French spreadsheets open at once: semicolons, UTF-8 with its mark.

    `feuilles`: [(title, headers, rows)]; several follow one another, each under its title.
    """
    sortie = io.StringIO(newline="")
    plume = csv.writer(sortie, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    for rang, (titre, entetes, lignes) in enumerate(feuilles):
        if len(feuilles) > 1:
            plume.writerows([[]] * (rang > 0) + [[cellule_sure(titre)]])
        plume.writerow([cellule_sure(entete) for entete in entetes])
        plume.writerows([cellule_sure(valeur) for valeur in ligne] for ligne in lignes)
    return sortie.getvalue().encode("utf-8-sig")


def en_xlsx(feuilles):
    """Return the bytes of an XLSX, one sheet each; text is stored as text, whatever it begins with."""
    import openpyxl

    classeur = openpyxl.Workbook(write_only=True)
    for titre, entetes, lignes in feuilles:
        feuille = classeur.create_sheet("".join(c for c in str(titre) if c not in "[]:*?/\\")[:31])
        feuille.freeze_panes = "A2"
        for ligne in [entetes, *lignes]:
            feuille.append([cellule_sure(valeur) for valeur in ligne])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def telechargement(feuilles, nom, forme="csv"):
    """Return the HTTP answer that saves the sheets under `nom` (a few words, made safe), as "csv" or "xlsx"."""
    reponse = HttpResponse({"csv": en_csv, "xlsx": en_xlsx}[forme](feuilles), content_type=TYPES[forme])
    reponse["Content-Disposition"] = f'attachment; filename="{slugify(nom) or "germoir"}.{forme}"'
    reponse["Cache-Control"] = "private, no-store"
    return reponse
