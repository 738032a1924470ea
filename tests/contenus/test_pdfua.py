"""Our own reading of a PDF finds what is missing: one sound document, spoiled in one way at a time."""

import io

import pikepdf
import pytest

from contenus.impression import composer
from tests import pdfua


@pytest.fixture(scope="module")
def sain():
    """A sheet with a title, a part, a table, a picture, a list and a link, over two pages."""
    source = """
        #set document(title: "Essai")
        #set text(lang: "fr")
        = Titre
        == Partie
        #table(columns: 2, table.header([Salle], [Places]), [Tilleul], [20])
        - un
        #let carre = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='9'/></svg>"
        #image(bytes(carre), format: "svg", alt: "Un rond")
        #link("https://exemple.test/")[Une adresse]
        #pagebreak()
        Fin.
    """
    return composer._compiler_source(source.encode())


def elements(document, sorte):
    return [element for element, lue, _dessus in pdfua.parcourir(document.Root.StructTreeRoot, ()) if lue == sorte]


def sans(sorte, nom):
    """Take one entry away from the first element of a type."""

    def gater(document):
        del elements(document, sorte)[0][nom]

    return gater


def rebaptiser(sorte, autre):
    def gater(document):
        elements(document, sorte)[0].S = pikepdf.Name(f"/{autre}")

    return gater


def sans_langue(document):
    del document.Root.Lang


def sans_titre(document):
    del document.Root.ViewerPreferences
    with document.open_metadata() as dites:
        del dites["dc:title"]


def sans_signets(document):
    del document.Root.Outlines


def sans_ordre(document):
    del document.pages[0].Tabs


def lien_muet(document):
    del document.pages[0].Annots[0].Contents


def encre_nue(document):
    document.pages[1].contents_add(b"0 0 9 9 re f")


def sans_arbre(document):
    del document.Root.StructTreeRoot


@pytest.mark.parametrize(
    ("gater", "dites"),
    [
        (lambda document: None, []),
        (sans_arbre, ["no structure tree"]),
        (sans_langue, ["no language"]),
        (sans_titre, ["no title", "the window shows the name of the file"]),
        (
            rebaptiser("H1", "H2"),
            ["the first heading is not an H1: [2, 2]", "bookmarks [1, 2] for headings [2, 2]"],
        ),
        (
            rebaptiser("H2", "H3"),
            ["a level of heading is skipped: [1, 3]", "bookmarks [1, 2] for headings [1, 3]"],
        ),
        (sans_signets, ["bookmarks [] for headings [1, 2]"]),
        (sans("Figure", "/Alt"), ["a Figure without words, in Document"]),
        (sans("TH", "/A"), ["a header of a table without scope, in Document/Table/THead/TR"]),
        (sans("TH", "/ID"), ["a TD whose header is not there"]),
        (rebaptiser("LBody", "Div"), ["a line of a list without its body"]),
        (sans_ordre, ["page 1: the tab key does not follow the order of reading"]),
        (lien_muet, ["page 1: a link that does not say where it leads"]),
        (encre_nue, ["page 2: ink (f) that is neither tagged nor an artifact"]),
    ],
)
def test_what_is_missing_for_whoever_cannot_see_is_told(sain, gater, dites):
    with pikepdf.open(io.BytesIO(sain)) as document:
        gater(document)
        assert [*pdfua.lire(document)] == dites


def test_both_readings_speak(sain):
    with pikepdf.open(io.BytesIO(sain)) as document, io.BytesIO() as gate:
        sans("Figure", "/Alt")(document)
        document.save(gate)
        (sienne, notre) = pdfua.fautes(gate.getvalue())
    assert (sienne.split()[0], notre) == (
        "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
        "a Figure without words, in Document",
    )


def feuillets(*pages):
    """A document of so many sheets, under one title."""
    source = '#set document(title: "Essai")\n#set text(lang: "fr")\n= Titre\n' + "\n#pagebreak()\n".join(pages)
    return [*pdfua.mise_en_page(composer._compiler_source(source.encode()))]


def test_a_heading_left_alone_and_a_last_page_of_a_line_are_told():
    assert feuillets("Un mot.\n== Partie", "Fin.") == [
        "a heading at the foot of page 1",
        "1 piece of text on the last page",
    ]
    assert feuillets("Un mot.", "== Partie\n" + "\n\n".join("abc")) == []
    assert feuillets("Un mot.") == []
