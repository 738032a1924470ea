"""The connections of threads that live as long as the process: the writer's, the hub's, the fast lane's."""

import threading
import time
from contextlib import contextmanager

from django.db import close_old_connections

#: Seconds during which a connection that answered is believed to answer still: asking it is a statement more.
CONFIANCE = 1.0
JAMAIS = float("-inf")
_vues = threading.local()


@contextmanager
def connexion_sure():
    """Give the block a connection that answered less than a second ago, or a new one.

    Within that second a connection may be cut under it: the block fails, and the next one is given another.
    """
    maintenant = time.monotonic()
    if maintenant - getattr(_vues, "le", JAMAIS) >= CONFIANCE:
        close_old_connections()
        _vues.le = maintenant
    try:
        yield
    except Exception:
        _vues.le = JAMAIS
        raise
