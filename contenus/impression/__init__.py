"""Paper: booklets, badges and posters by typst, laid out for the printer by pikepdf."""

from .carnets import carnet_pdf
from .composer import EchecImpression
from .imposition import imposer
from .murs import affiches_pdf, badges_pdf

__all__ = ["EchecImpression", "affiches_pdf", "badges_pdf", "carnet_pdf", "imposer"]
