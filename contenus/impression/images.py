"""An image of the library, made ready for paper."""

import base64
import logging

journal = logging.getLogger(__name__)
#: Pixels: 240 to the inch at the width of an A5 page, and what a print shop asks for line drawings in colour.
LARGEUR = 1200


def image_svg(image):
    """Return (SVG that holds the image as JPEG, width / height), or None when its file is missing or broken."""
    try:
        rendu = image.get_rendition(f"width-{LARGEUR}|format-jpeg|bgcolor-ffffff")
        with rendu.file.open("rb") as fichier:
            donnees = base64.b64encode(fichier.read()).decode()
    except Exception:  # a missing or broken file must not sink the document: any storage error counts
        journal.warning("Image %s left out of a PDF", getattr(image, "pk", "?"))
        return None
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rendu.width} {rendu.height}">'
        f'<image width="{rendu.width}" height="{rendu.height}" href="data:image/jpeg;base64,{donnees}"/></svg>'
    )
    return svg, rendu.width / rendu.height
