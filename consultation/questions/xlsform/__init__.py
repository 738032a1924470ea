"""A grille as an XLSForm and back (https://xlsform.org): sheets as rows of cells, no file, no query."""

from .ecrire import vers_xlsform
from .lire import Formulaire, Perte, depuis_xlsform

__all__ = ["Formulaire", "Perte", "depuis_xlsform", "vers_xlsform"]
