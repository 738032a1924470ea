"""The printer's order: sheets that fold into a booklet, the back cover behind."""

import io

import pikepdf
import pypdf
import pytest
import typst

from contenus.impression.imposition import imposer, ordre_livret


@pytest.mark.parametrize(
    ("pages", "cotes"),
    [
        (4, [(4, 1), (2, 3)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
        (12, [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]),
        (6, [(6, 1), (2, None), (None, 3), (4, 5)]),
        (1, [(1, None), (None, None)]),
        (0, []),
    ],
)
def test_pages_are_paired_for_folding(pages, cotes):
    assert ordre_livret(pages) == cotes


def livret(pages):
    corps = "\n#pagebreak()\n".join(f"page{n}" for n in range(1, pages + 1))
    return typst.compile(f'#set document(title: "Carnet")\n#set page("a5")\n{corps}'.encode())


def test_an_imposed_booklet_is_a4_landscape_with_two_pages_a_side():
    lecteur = pypdf.PdfReader(io.BytesIO(imposer(livret(8))))
    assert [(round(p.mediabox.width), round(p.mediabox.height)) for p in lecteur.pages] == [(842, 595)] * 4
    assert [p.extract_text().split() for p in lecteur.pages] == [
        ["page8", "page1"],
        ["page2", "page7"],
        ["page6", "page3"],
        ["page4", "page5"],
    ]


def test_an_imposed_booklet_says_it_is_for_the_printer():
    assert pypdf.PdfReader(io.BytesIO(imposer(livret(4)))).metadata.title == "Carnet (à imprimer)"


def test_the_left_page_stands_on_the_left_half():
    with pikepdf.open(io.BytesIO(imposer(livret(4)))) as pdf:
        decalages = [
            round(float(operandes[4]))
            for operandes, operateur in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operateur) == "cm"
        ]
    assert decalages == [1, 422]  # A5 is a hair narrower than half an A4
