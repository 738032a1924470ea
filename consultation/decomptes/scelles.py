"""The counts of a secret ballot while it is open: how many chose what, by college, sealed with the site's key.

Kept in one row (`UrneScellee`), written whole each time, always as long: neither an order of rows, nor a row that
did not move, nor a length says what the last one chose. Sealed (Fernet: AES-128-CBC and HMAC-SHA256, with a key of
each vote derived from SECRET_KEY), so that two copies of the base taken around one ballot say nothing either to
whoever has the base and not the key.
"""

import base64
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..erreurs import Refus

#: Digits on which each count is written, whatever it is: up to a million people.
CHIFFRES = 6


@dataclass
class Urne:
    """Counts of people. `bulletins` and `exprimes` (those that choose something): {college id: n}; `choix`:
    {(piste id, college id, value): n}."""

    bulletins: Counter = field(default_factory=Counter)
    exprimes: Counter = field(default_factory=Counter)
    choix: Counter = field(default_factory=Counter)

    @classmethod
    def vide(cls, colleges, pistes, valeurs):
        """A box in which every count that may be is written, as 0."""
        choix = Counter({(p, c, v): 0 for p in pistes for c in colleges for v in valeurs})
        return cls(Counter(dict.fromkeys(colleges, 0)), Counter(dict.fromkeys(colleges, 0)), choix)

    def glisser(self, college, choix):
        """Put one ballot in: {piste id: value}, 0 for nothing."""
        poses = {piste: valeur for piste, valeur in choix.items() if valeur}
        self.bulletins[college] += 1
        self.exprimes[college] += bool(poses)
        self.choix.update((piste, college, valeur) for piste, valeur in poses.items())

    def par_piste(self, pistes):
        """{piste: {college: {value: people}}} of `pistes`, without what nobody chose."""
        lues: dict[int, dict] = {piste: {} for piste in pistes}
        for (piste, college, valeur), n in self.choix.items():
            if n and piste in lues:
                lues[piste].setdefault(college, Counter())[valeur] = n
        return lues


def sceller(scrutin_id: int, urne: Urne) -> str:
    """Return the counts of a box as they may be kept: as long whatever they say."""
    dits = {
        "bulletins": _sur_autant_de_chiffres(urne.bulletins),
        "exprimes": _sur_autant_de_chiffres(urne.exprimes),
        "choix": _sur_autant_de_chiffres({":".join(map(str, cle)): n for cle, n in urne.choix.items()}),
    }
    return _sceau(scrutin_id).encrypt(json.dumps(dits, sort_keys=True).encode()).decode()


def _sur_autant_de_chiffres(comptes: dict[Any, int]) -> dict[str, str]:
    return {str(cle): f"{n:0{CHIFFRES}d}" for cle, n in comptes.items()}


def desceller(scrutin_id: int, comptes: str) -> Urne:
    """Return what `sceller` was given. Raises Refus "urne_illisible" 503 when the key of the site is another."""
    try:
        dits = json.loads(_sceau(scrutin_id).decrypt(comptes.encode()))
    except InvalidToken as erreur:
        message = _("L’urne de ce vote ne s’ouvre pas. Prévenez la personne qui tient le site.")
        raise Refus("urne_illisible", message, statut=503) from erreur
    return Urne(
        Counter({int(college): int(n) for college, n in dits["bulletins"].items()}),
        Counter({int(college): int(n) for college, n in dits["exprimes"].items()}),
        Counter({tuple(map(int, cle.split(":"))): int(n) for cle, n in dits["choix"].items()}),
    )


def urne_de(scrutin, modeles=apps):
    """Return the Urne of an open secret ballot, None once it is emptied. One query. Raises as `desceller`."""
    scellees = modeles.get_model("consultation", "UrneScellee").objects.filter(scrutin_id=scrutin.pk)
    comptes = scellees.values_list("comptes", flat=True).first()
    return comptes and desceller(scrutin.pk, comptes)


def _sceau(scrutin_id: int) -> MultiFernet:
    """Keys of SECRET_KEY_FALLBACKS still open what they sealed."""
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(
                salted_hmac("consultation.urne", str(scrutin_id), secret=cle, algorithm="sha256").digest()
            )
        )
        for cle in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
