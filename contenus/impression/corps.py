"""The body of a page (its stream of blocks) as plain data for paper."""

import base64
import logging

from . import texte_riche

journal = logging.getLogger(__name__)


def corps(flux):
    """Return the blocks of a CorpsBloc stream, in order; what a page shows and paper cannot is left out."""
    return [bloc for enfant in flux if (bloc := _LECTEURS[enfant.block_type](enfant.value))]


def _image(valeur):
    image = valeur["image"]
    try:
        rendu = image.get_rendition("width-1200|format-jpeg")
        with rendu.file.open("rb") as fichier:
            donnees = base64.b64encode(fichier.read()).decode()
    except Exception:  # a missing or broken file must not sink the document: any storage error counts
        journal.warning("Image %s left out of a PDF", getattr(image, "pk", "?"))
        return None
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rendu.width} {rendu.height}">'
        f'<image width="{rendu.width}" height="{rendu.height}" href="data:image/jpeg;base64,{donnees}"/></svg>'
    )
    dit = getattr(image, "contextual_alt_text", "") or image.title
    return {"genre": "image", "svg_image": svg, "description": dit, "legende": valeur["legende"]}


def _lien(titre, adresse, precision=""):
    return {"genre": "lien", "titre": titre, "lien": texte_riche.adresse(adresse), "precision": precision}


_LECTEURS = {
    "titre": lambda titre: {"genre": "titre", "niveau": 2, "runs": [{"t": titre, "gras": False, "lien": ""}]},
    "texte": lambda texte: {"genre": "texte", "blocs": texte_riche.blocs(texte.source)},
    "encadre": lambda texte: {"genre": "encadre", "blocs": texte_riche.blocs(texte.source)},
    "image": _image,
    "document": lambda v: v["document"] and _lien(v["document"].title, v["document"].url, v["precision"]),
    "bouton": lambda v: _lien(v["libelle"], v["lien"]),
}
