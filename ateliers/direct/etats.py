"""Rendered states, kept while the room does not move: a thousand late joiners cost one rendering."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import time

from consultation.requetes import Prete
from consultation.textes import cle_de_code

from ..identite import verifier_jeton
from ..models import Atelier
from . import cadres, sections
from .acces import tient
from .cadres import AUDIENCES, CONSOLE
from .reserve import garde, garder, oublier, une_fois

__all__ = ["EtatDePage", "Instantane", "corps_du_snapshot", "encoder", "instantane", "instantane_vu", "oublier"]

_de_code = Prete(
    lambda cle: Atelier.objects.filter(code_cle=cle).order_by().values_list("pk", "sequence", "acces")
)
TYPE_JSON = "application/json; charset=utf-8"


def encoder(valeur):
    """Return compact JSON text."""
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"))


def corps_du_snapshot(atelier_id, audience):
    """Return (sequence, body as bytes) of the whole state, rendered at most once per sequence.

    (None, b"") if there is no such room. One query when the state is already known.
    """
    sequence = Atelier.objects.filter(pk=atelier_id).values_list("sequence", flat=True).first()
    if sequence is None:
        return None, b""
    corps = garde(atelier_id, audience, sequence)
    if corps is not None:
        return sequence, corps
    sequence, etats = cadres.rendre(atelier_id, (audience,))
    if sequence is None:
        return None, b""
    corps = encoder({"seq": sequence, **etats[audience]}).encode()
    garder(atelier_id, audience, sequence, corps)
    return sequence, corps


class EtatDePage(Mapping):
    """The state of a room as a page reads it: the sections it shows and no other, made once while nothing moves.

    `atelier`: just read, with its espace.
    """

    def __init__(self, atelier, audience):
        self.salle, self.audience = cadres.Salle.de(atelier), audience

    def __getitem__(self, nom):
        if nom == "seq":
            return self.salle.sequence
        if nom not in cadres.sections_de(self.audience):
            raise KeyError(nom)
        salle, quoi = self.salle, (self.audience, nom)
        return une_fois(salle.atelier_id, quoi, salle.sequence, lambda: salle.section(nom, self.audience))

    @property
    def a_preciser(self):
        """The ids of what waits to be reworded: asked for by each page, most of which show no proposition."""
        salle = self.salle
        lues = partial(sections.a_preciser, salle.espace_id)
        return une_fois(salle.atelier_id, "a_preciser", salle.sequence, lues)

    def __iter__(self):
        return iter(("seq", *cadres.sections_de(self.audience)))

    def __len__(self):
        return 1 + len(cadres.sections_de(self.audience))


@dataclass(frozen=True)
class Instantane:
    """The whole state of a room for one audience, as it is served at its address."""

    atelier: int
    pour: str
    sequence: int
    corps: bytes | None
    acces: int = 0

    @property
    def etag(self):
        return f'"{self.atelier}-{self.pour}-{self.sequence}"'

    def est_connu(self, etags):
        """Whether a browser that sends `etags` (If-None-Match) already has it, compressed on its way or not."""
        return self.etag in etags.replace("W/", "")

    def peut_lire(self, jeton):
        """Whether the bearer of `jeton` may: what a room shows is for all, its console for those who lead it.

        False too when someone's access has ended since it was signed: `peut_encore_lire` then looks whose it is.
        """
        if self.pour != CONSOLE:
            return True
        lu = verifier_jeton(jeton)
        return self._ouvre(lu) and lu.acces >= self.acces

    def peut_encore_lire(self, jeton):
        """The same, asking the database when the token is older than the last access that ended."""
        lu = verifier_jeton(jeton)
        return self.peut_lire(jeton) or (self._ouvre(lu) and tient(lu))

    def _ouvre(self, lu):
        return lu is not None and (lu.atelier_id, lu.audience) == (self.atelier, CONSOLE)

    def entetes(self):
        """Never kept without asking again; the server's time goes along, for phones whose clock is wrong."""
        maintenant = str(round(time() * 1000))
        return {"ETag": self.etag, "Cache-Control": "no-cache", "X-Maintenant": maintenant}


def instantane(code, pour):
    """Return the Instantane of the room of this code, or None if there is no such room or audience."""
    vu = instantane_vu(code, pour)
    if vu is None or vu.corps is not None:
        return vu
    sequence, corps = corps_du_snapshot(vu.atelier, pour)
    return None if sequence is None else replace(vu, sequence=sequence, corps=corps)


def instantane_vu(code, pour):
    """The same without rendering: `corps` is None when the room moved since it was last rendered. One query."""
    cle = cle_de_code(code)
    if not cle or pour not in AUDIENCES:
        return None
    lignes = _de_code(cle)
    if not lignes:
        return None
    atelier, sequence, acces = lignes[0]
    return Instantane(atelier, pour, sequence, garde(atelier, pour, sequence), acces)
