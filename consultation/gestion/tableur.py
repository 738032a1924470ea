"""Tables to take away, as CSV or XLSX, that no spreadsheet runs as a formula."""

import csv
import io
import re
from dataclasses import dataclass
from itertools import chain

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

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


@dataclass(frozen=True)
class Dessin:
    """Bars drawn from a sheet: its place among them, the columns there of names and of numbers (0 is the first),
    the first and last of the rows (0 is that under the headers)."""

    titre: str
    feuille: int
    noms: int
    valeurs: int
    premiere: int
    derniere: int

    @property
    def hauteur(self):
        """Pixels: room for each bar, within what a screen can scroll."""
        return min(120 + 22 * (self.derniere - self.premiere + 1), 3000)


def en_xlsx(feuilles, dessins=()):
    """Return the bytes of an XLSX, one sheet each; text is stored as text, with the words as written.

    `dessins`: Dessins, on a last sheet, one under the other; they follow the cells they are drawn from.
    """
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        gras = classeur.add_format({"bold": True})
        for titre, entetes, lignes in feuilles:
            for _rang in _remplir(classeur, gras, titre, entetes, lignes):
                pass
        if dessins:
            _dessiner(classeur, [_nom_de_feuille(titre) for titre, *_reste in feuilles], dessins)
    return sortie.getvalue()


def ecrire_xlsx(chemin, feuilles, dessins_de, avance):
    """Write an XLSX row by row at `chemin`: memory holds one row, whatever their number; its folder, the rest.

    `feuilles`: calls without argument, each made in its turn, that give (title, headers, rows); rows may be drawn
    one by one. `dessins_de(rank, title, rows)`: the Dessins of a sheet. `avance(sheets, rows)`: told of each row,
    headers aside; what it raises stops all.
    """
    with xlsxwriter.Workbook(chemin, {"constant_memory": True, "tmpdir": str(chemin.parent)}) as classeur:
        gras = classeur.add_format({"bold": True})
        noms, dessins, lignes_ecrites = [], [], 0
        for rang, feuille in enumerate(feuilles):
            titre, entetes, lignes = feuille()
            for siennes in _remplir(classeur, gras, titre, entetes, lignes):
                avance(rang, lignes_ecrites + siennes)
            lignes_ecrites += siennes
            noms.append(_nom_de_feuille(titre))
            dessins += dessins_de(rang, titre, lignes)
        avance(len(noms), lignes_ecrites)
        if dessins:
            _dessiner(classeur, noms, dessins)


def _remplir(classeur, gras, titre, entetes, lignes):
    """Write one sheet, in the order of its rows; yield how many are written, headers aside."""
    feuille = classeur.add_worksheet(_nom_de_feuille(titre))
    feuille.freeze_panes(1, 0)
    for rang, ligne in enumerate(chain([entetes], lignes)):
        for colonne, valeur in enumerate(ligne):
            _ecrire(feuille, rang, colonne, valeur, gras if rang == 0 else None)
        yield rang


def _nom_de_feuille(titre):
    return "".join(c for c in str(titre) if c not in "[]:*?/\\").strip("'")[:31]


def _dessiner(classeur, noms, dessins):
    page, rang = classeur.add_worksheet(_nom_de_feuille(_("Graphiques"))), 0
    for dessin in dessins:
        barres = classeur.add_chart({"type": "bar"})
        lignes = (dessin.premiere + 1, dessin.derniere + 1)

        def zone(colonne, nom=noms[dessin.feuille], lignes=lignes):
            return [nom, lignes[0], colonne, lignes[1], colonne]

        barres.add_series(
            {
                "name": dessin.titre,
                "categories": zone(dessin.noms),
                "values": zone(dessin.valeurs),
                "fill": {"color": "#0f4a36"},
                "data_labels": {"value": True, "num_format": "0;;"},
                "gap": 40,
            }
        )
        barres.set_title({"name": dessin.titre, "name_font": {"size": 12}})
        barres.set_legend({"none": True})
        barres.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        barres.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": False}})
        barres.set_size({"width": 900, "height": dessin.hauteur})
        page.insert_chart(rang, 0, barres, {"description": dessin.titre})
        rang += dessin.hauteur // 20 + 2  # a row is 20 pixels high


def _ecrire(feuille, rang, colonne, valeur, format_):
    if isinstance(valeur, int | float) and not isinstance(valeur, bool):
        feuille.write_number(rang, colonne, valeur, format_)
    elif valeur not in (None, ""):
        feuille.write_string(rang, colonne, str(valeur)[:SIGNES_MAX], format_)


def telechargement(feuilles, nom, forme="csv", dessins=()):
    """Return the HTTP answer that saves the sheets under `nom` (a few words, made safe), as "csv" or "xlsx".

    `dessins`: what an XLSX shows besides; a CSV has no drawing.
    """
    octets = en_xlsx(feuilles, dessins) if forme == "xlsx" else en_csv(feuilles)
    reponse = HttpResponse(octets, content_type=TYPES[forme])
    reponse["Content-Disposition"] = f'attachment; filename="{slugify(nom) or "germoir"}.{forme}"'
    reponse["Cache-Control"] = "private, no-store"
    return reponse
