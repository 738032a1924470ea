"""Whoever listens to a table on paper hears which row and which column each figure is of."""

import io

import pikepdf

from contenus.impression import composer
from contenus.impression.tableaux import GABARITS, nommer_les_lignes
from tests import pdfua

SOURCE = """
    #set document(title: "Essai")
    #set text(lang: "fr")
    = Titre
    #table(columns: 2, table.header([Salle], [Places]), [Tilleul], [20], [Hêtre], [40], [], [60])
"""


def cases(pdf):
    """[(type, words it is named by, scope, what names it)] of each cell, in the order of reading."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements = pdfua.parcourir(document.Root.StructTreeRoot, ())
        return [
            (
                sorte,
                str(element.get("/ID", "")),
                str(pdfua._attribut(element, "/Scope")),
                [str(tete) for tete in pdfua._attribut(element, "/Headers")],
            )
            for element, sorte, _dessus in elements
            if sorte in ("TH", "TD")
        ]


def test_the_first_cell_of_a_row_names_the_others_unless_it_is_empty():
    pdf = nommer_les_lignes(composer._compiler_source(SOURCE.encode()))
    assert pdfua.fautes(pdf) == []
    assert cases(pdf) == [
        ("TH", "U1x0y0", "/Column", []),
        ("TH", "U1x1y0", "/Column", []),
        ("TH", "L0", "/Row", ["U1x0y0"]),
        ("TD", "", "", ["U1x1y0", "L0"]),
        ("TH", "L1", "/Row", ["U1x0y0"]),
        ("TD", "", "", ["U1x1y0", "L1"]),
        ("TD", "", "", ["U1x0y0"]),
        ("TD", "", "", ["U1x1y0"]),
    ]


def test_the_names_of_rows_are_found_from_the_root_of_the_document():
    pdf = nommer_les_lignes(composer._compiler_source(SOURCE.encode()))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        noms = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)
        assert sorted(noms) == ["L0", "L1", "U1x0y0", "U1x1y0"]
        assert str(noms["L1"].S) == "/TH"


def test_a_document_without_a_table_is_given_back_as_it_was():
    pdf = composer._compiler_source(b'#set document(title: "x")\n#set text(lang: "fr")\n= Titre')
    assert nommer_les_lignes(pdf) is pdf


def test_the_documents_whose_tables_have_rows_with_a_name_are_templates_of_ours():
    assert {nom for nom in GABARITS if not (composer.GABARITS / f"{nom}.typ").exists()} == set()
