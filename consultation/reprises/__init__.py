"""Another platform's proposals and votes, read from the files it gives. Nothing is written here, no query is made.

Columns that tell who people are (names, addresses, pages) are never looked at: each author and each voter is a
number that tells them apart, and is forgotten once written.
"""

from .decidim import lire_decidim
from .polis import lire_polis
from .tables import Dite, Faute, Lecture

__all__ = ["Dite", "Faute", "Lecture", "lire_decidim", "lire_polis"]
