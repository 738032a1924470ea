"""Groups of texts that look alike, kept by what the texts say, and made beside whoever asks.

Comparing four hundred texts takes half a second, and a console asks at each move of its room. No Django here: the
thread that compares touches no base.
"""

from collections import OrderedDict
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from . import ressemblance

#: Seconds for which one waits for the groups of what was just said, when earlier ones can be shown meanwhile.
PATIENCE = 0.3
#: Places to speak whose groups are kept.
GARDES_MAX = 64
_fil = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voisinages")
_gardes: OrderedDict[object, "_Voisinage"] = OrderedDict()
_verrou = Lock()


@dataclass
class _Voisinage:
    """The texts last compared or being compared, {id: text}, and the last groups known."""

    textes: dict
    suite: Future
    connus: list = field(default_factory=list)


def groupes(lieu, textes, patience=PATIENCE, comparer=ressemblance.groupes):
    """Return lists of ids of `textes` ({id: text}) that look alike, the tightest first.

    The first time in a `lieu`, and whenever it takes less than `patience` seconds, they are those of these very
    texts; otherwise the last ones known, without what is gone, and the new ones are for whoever asks next.
    `comparer`: what groups a list of texts, by rank.
    """
    with _verrou:
        avant = _gardes.get(lieu)
        if avant is None or avant.textes != textes:
            connus = avant.connus if avant else []
            if avant and not avant.suite.cancel() and avant.suite.done() and not avant.suite.exception():
                connus = avant.suite.result()
            _gardes[lieu] = avant = _Voisinage(textes, _fil.submit(_comparer, comparer, dict(textes)), connus)
        _gardes.move_to_end(lieu)
        while len(_gardes) > GARDES_MAX:
            _gardes.popitem(last=False)
    try:
        return avant.suite.result(patience if avant.connus else None)
    except (TimeoutError, CancelledError):  # not yet, or something newer was said meanwhile
        restants = ([pk for pk in groupe if pk in textes] for groupe in avant.connus)
        return [groupe for groupe in restants if len(groupe) > 1]


def _comparer(comparer, textes):
    numeros = list(textes)
    return [[numeros[rang] for rang in groupe] for groupe in comparer(list(textes.values()))]
