"""Folding in the base: `nom__plie__contains=plier("Bréhat")`, `order_by("nom__plie")`.

SQLite calls `textes.plier` itself. PostgreSQL says the same of the letters of Europe with built-in, immutable
functions: no extension to install, whatever its locale, and an index on the expression may be made
where a table grows large.
"""

import unicodedata
from functools import cache

from django.db.backends.signals import connection_created
from django.db.models import CharField, F, TextField, Transform, Value
from django.db.models.functions import Coalesce, NullIf

from .textes import plier

#: Latin with its accents, and the signs that fold to one letter or to two.
_BLOCS = ((0x41, 0x5B), (0xA0, 0x250), (0x2B0, 0x300), (0x1E00, 0x1F00), (0x2010, 0x2030))
_SIGNES = [chr(code) for debut, fin in _BLOCS for code in range(debut, fin)]
#: Marks that `plier` drops too: of this block, one joins letters and is none (U+034F), one is a letter (U+0345).
_COMBINANTS = "".join(c for c in map(chr, range(0x300, 0x370)) if unicodedata.combining(c) and not plier(c))


@cache
def _tables():
    """Return (signs, the letter each becomes, {sign: letters}) for PostgreSQL's translate and replace."""
    un, deux = {}, {}
    for signe in (*_SIGNES, "\u202f", "\u0345"):
        plie = plier(signe)
        if plie != signe:
            (un if len(plie) == 1 else deux)[signe] = plie
    return "".join(un), "".join(un.values()), deux


class Plie(Transform):
    lookup_name = "plie"
    function = "plier"

    def as_postgresql(self, compiler, connection, **contexte):
        sql, valeurs = compiler.compile(self.lhs)
        signes, lettres, deux = _tables()
        for signe, plie in deux.items():
            sql, valeurs = f"replace({sql}, %s, %s)", (*valeurs, signe, plie)
        return f"translate({sql}, %s, %s)", (*valeurs, signes + _COMBINANTS, lettres)


def par_personne(prefixe=""):
    """Return what to give to order_by: people by name, then first name; by first name where there is no name.

    `prefixe`: "participant__" from a place to its person.
    """
    nom, prenom = F(f"{prefixe}nom"), F(f"{prefixe}prenom")
    return Plie(Coalesce(NullIf(nom, Value("")), prenom)), Plie(prenom)


def brancher():
    for champ in (CharField, TextField):
        champ.register_lookup(Plie)
    connection_created.connect(_apprendre, dispatch_uid="consultation.pliage")


def _apprendre(connection, **_):
    if connection.vendor == "sqlite":
        connection.connection.create_function("plier", 1, _plier_ou_rien, deterministic=True)


def _plier_ou_rien(texte):
    """Nothing stays nothing, so that "last when there is none" means the same on both bases."""
    return None if texte is None else plier(texte)
