"""A spreadsheet (XLSX, XLSM, ODS, XLS) read by a process of its own, which a hostile file can only kill itself.

python-calamine lays a sheet out whole: one cell said to be at the far corner asks for half a terabyte and ends the
process. So the reading has bounded memory and time, away from the server that holds the room (decision 0048).
Run as `python -m ateliers.inscriptions.classeur`: bytes in, JSON out. Knows nothing of Django.
"""

import json
import subprocess
import sys
from datetime import date, datetime, time
from io import BytesIO

#: Bytes of memory, then seconds, given to the reading of one file.
MEMOIRE_MAX = 1 << 30
DUREE_MAX = 20
LIGNES_LUES_MAX = 10_000
COLONNES_MAX = 40


class Illisible(Exception):
    """The message is one of "protege", "lourd", "abime"."""


def lire_classeur(octets):
    """Return [{"nom", "cachee", "lignes": [[cell as text or number]], "fusions": int}], or raise Illisible."""
    try:
        fait = subprocess.run(
            [sys.executable, "-m", "ateliers.inscriptions.classeur"],
            input=octets,
            capture_output=True,
            timeout=DUREE_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Illisible("lourd") from None
    if fait.returncode < 0 or b"memory allocation" in fait.stderr or b"MemoryError" in fait.stderr:
        raise Illisible("lourd")
    if fait.returncode:
        raise Illisible("abime")
    rendu = json.loads(fait.stdout)
    if "erreur" in rendu:
        raise Illisible(rendu["erreur"])
    return rendu["feuilles"]


def _lire(octets):
    import python_calamine as calamine

    try:
        classeur = calamine.CalamineWorkbook.from_filelike(BytesIO(octets))
    except calamine.PasswordError:
        return {"erreur": "protege"}
    except calamine.CalamineError:
        return {"erreur": "abime"}
    feuilles = [
        _feuille(classeur.get_sheet_by_name(m.name), m)
        for m in classeur.sheets_metadata
        if m.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    return {"feuilles": feuilles}


def _feuille(feuille, dit):
    lignes = [
        [_valeur(cellule) for cellule in ligne[:COLONNES_MAX]]
        for ligne in feuille.to_python(skip_empty_area=False, nrows=LIGNES_LUES_MAX)
    ]
    fusions = [zone for zone in feuille.merged_cell_ranges or () if _etendre(lignes, *zone)]
    cachee = not str(dit.visible).endswith("Visible")
    return {"nom": dit.name, "cachee": cachee, "lignes": lignes, "fusions": len(fusions)}


def _etendre(lignes, haut, bas):
    """A cell joined with those below says the same of each of their rows. Return whether it was."""
    (premiere, colonne), (derniere, _droite) = haut, bas
    if premiere >= len(lignes) or colonne >= len(lignes[premiere]) or not lignes[premiere][colonne]:
        return False
    for ligne in lignes[premiere + 1 : derniere + 1]:
        if colonne < len(ligne):
            ligne[colonne] = lignes[premiere][colonne]
    return derniere > premiere


def _valeur(valeur):
    if isinstance(valeur, datetime | date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, str | int | float | bool):
        return valeur
    return valeur.strftime("%H:%M") if isinstance(valeur, time) else str(valeur)


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_lire(sys.stdin.buffer.read()), sys.stdout)
