"""The printer's order: A5 pages laid two by two on A4 sheets that are folded and stapled in the middle."""

import logging
from io import BytesIO

import pikepdf

logging.getLogger("pikepdf").setLevel(logging.WARNING)  # it greets at import otherwise

A4_PAYSAGE = (841.89, 595.28)  # points


def ordre_livret(pages):
    """Return the page numbers (1 to `pages`, None for a blank) by pairs, side after side of each sheet.

    The count is padded to a multiple of 4 and the back cover stays last: 12 pages give (12, 1) (2, 11) (10, 3)…
    """
    vides = -pages % 4
    suite = [*range(1, pages), *([None] * vides), pages] if pages else []
    total = len(suite)
    cotes = []
    for rang in range(total // 2):
        gauche, droite = suite[total - 1 - rang], suite[rang]
        cotes.append((gauche, droite) if rang % 2 == 0 else (droite, gauche))
    return cotes


def imposer(pdf):
    """Return the bytes of `pdf` laid out for a saddle-stitched booklet: A4 landscape, both sides, short edge.

    For the printer only: the imposed file has no tags; the reading file keeps them.
    """
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as sortie:
        largeur, hauteur = A4_PAYSAGE
        moitie = largeur / 2
        for cote in ordre_livret(len(source.pages)):
            feuille = sortie.add_blank_page(page_size=A4_PAYSAGE)
            for numero, gauche in zip(cote, (0, moitie), strict=True):
                if numero:
                    cadre = pikepdf.Rectangle(gauche, 0, gauche + moitie, hauteur)
                    feuille.add_overlay(source.pages[numero - 1], cadre)
        titre = source.docinfo.get("/Title") if source.trailer.get("/Info") is not None else None
        if titre is not None:
            sortie.docinfo["/Title"] = pikepdf.String(f"{titre} (à imprimer)")
        tampon = BytesIO()
        sortie.save(tampon, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return tampon.getvalue()
