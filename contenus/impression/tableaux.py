"""The first cell of a row names it: whoever listens to a table hears it before each figure.

The compiler marks the heads of columns alone: those of rows (`pdf.header-cell`) are among what it still tries,
and its Python package gives no way to ask for that. They are written in the structure of the document that it
has made (ISO 32000-1, 14.8.4.3.4 and table 349; PDF/UA-1, 7.5).
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

#: Templates with tables whose first column names the row.
GABARITS = {
    "carnet",
    "conducteur",
    "fiches",
    "fil",
    "grille",
    "immersions-bord",
    "publication",
    "synthese",
    "visite",
}


def nommer_les_lignes(pdf):
    """Return the bytes of a tagged PDF, the first cell of each row of its tables being the head of that row.

    A row that begins with an empty cell has no name, and stays as it is.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        racine = document.Root.StructTreeRoot
        rangs = [rang for corps in _trouver(racine, "/TBody") for rang in _trouver(corps, "/TR")]
        if not rangs:
            return pdf
        noms = NameTree(racine.IDTree)
        for n, rang in enumerate(rangs):
            _nommer(rang, f"L{n}", noms)
        tampon = BytesIO()
        document.save(tampon, deterministic_id=True)
        return tampon.getvalue()


def _trouver(element, sorte):
    """Each element of that type under `element`, in the order of reading; none inside another."""
    enfants = element.get("/K", Array())
    for enfant in enfants if isinstance(enfants, Array) else [enfants]:
        if isinstance(enfant, Dictionary) and enfant.get("/S") == sorte:
            yield enfant
        elif isinstance(enfant, Dictionary) and "/S" in enfant:
            yield from _trouver(enfant, sorte)


def _nommer(rang, nom, noms):
    tete, *suite = rang.K
    if tete.get("/S") != Name.TD or not len(tete.get("/K", Array())):
        return
    tete.S, tete.ID = Name.TH, String(nom)
    _de_tableau(tete).Scope = Name.Row
    noms[nom] = tete
    for case in suite:
        _de_tableau(case).Headers.append(String(nom))


def _de_tableau(case):
    """What a cell says of itself as a cell."""
    return next(dite for dite in case.A if dite.get("/O") == Name.Table)
