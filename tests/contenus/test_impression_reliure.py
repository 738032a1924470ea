"""Many documents in one file: their pages, their words and their links whole, what they share written once."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from contenus.impression.reliure import Reliure

IMAGE = bytes(range(256)) * 40
PIEGES = ["voir 1 0 R", "(2 0 R) et \\ 3 0 R)", "été 4 0 R"]


def document(mots, *, pages=1):
    """A small PDF: on each page its words, an image, and a note that says traps and knows its page."""
    pdf = pikepdf.new()
    image = Stream(pdf, IMAGE, Type=Name.XObject, Subtype=Name.Image)
    for rang in range(pages):
        page = pdf.add_blank_page(page_size=(420, 595))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, P=page.obj, Contents=String(PIEGES[rang % 3]))
        page.obj.Contents = Stream(pdf, f"({mots} {rang}) Tj".encode())
        page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
        page.obj.Annots = Array([pdf.make_indirect(note)])
    return pdf


def relies(*documents):
    flux = io.BytesIO()
    reliure = Reliure(flux)
    for pdf in documents:
        reliure.ajouter(pdf)
    reliure.finir("L’été (1 0 R)")
    return flux, reliure


def mots(page):
    return page.Contents.read_bytes().decode() if "/Contents" in page else ""


def test_each_document_begins_on_a_front_page_and_none_of_its_words_moves():
    flux, reliure = relies(document("un", pages=3), document("deux", pages=2))
    with pikepdf.open(flux) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [mots(page.obj) for page in pdf.pages] == [
            "(un 0) Tj", "(un 1) Tj", "(un 2) Tj", "", "(deux 0) Tj", "(deux 1) Tj",
        ]  # fmt: skip
        assert [str(page.obj.Annots[0].Contents) for page in pdf.pages if "/Annots" in page.obj] == [
            *PIEGES,
            *PIEGES[:2],
        ]
        assert {tuple(map(float, page.mediabox)) for page in pdf.pages} == {(0, 0, 420, 595)}
        assert (reliure.pages, str(pdf.docinfo["/Title"])) == (6, "L’été (1 0 R)")
        assert pdf.pages[4].obj.Annots[0].P.objgen == pdf.pages[4].obj.objgen


def test_what_documents_share_is_written_once_and_a_page_never_is():
    flux, _reliure = relies(*(document("le même", pages=2) for _rang in range(3)))
    with pikepdf.open(flux) as pdf:
        images = {page.obj.Resources.XObject.I.objgen for page in pdf.pages}
        assert (len(images), len({page.obj.objgen for page in pdf.pages})) == (1, 6)
        assert pdf.pages[5].obj.Resources.XObject.I.read_raw_bytes() == IMAGE


def test_a_file_of_many_documents_opens():
    flux, reliure = relies(*(document(f"n° {rang}") for rang in range(40)))
    with pikepdf.open(flux) as pdf:
        assert (pdf.check_pdf_syntax(), len(pdf.pages), reliure.pages) == ([], 80, 80)
