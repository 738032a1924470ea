"""Acts of the past, done at their own date: only the demonstration may turn the clock, and only in debug."""

import contextlib
from datetime import datetime, timedelta
from itertools import count
from unittest import mock

from django.conf import settings
from django.utils import timezone

#: Between two readings of a turned clock: acts keep their order, and a day of them lasts a few minutes.
PAS = timedelta(milliseconds=50)
_vraie_heure = timezone.now


@contextlib.contextmanager
def a_la_date(moment):
    """Within, `timezone.now()` starts at `moment` and advances by PAS at each reading.

    Raises RuntimeError outside debug: the journal of a real consultation is never antedated.
    """
    if not settings.DEBUG:
        raise RuntimeError("The clock is turned in a demonstration only.")
    with mock.patch.object(timezone, "now", side_effect=(moment + PAS * n for n in count())):
        yield


def jour_a(jours, heure, minute=0, *, depuis=None):
    """Return the aware datetime of `heure`:`minute`, `jours` days after `depuis` (the real today), site's zone."""
    jour = (depuis or timezone.localdate(_vraie_heure())) + timedelta(days=jours)
    return timezone.make_aware(datetime.combine(jour, datetime.min.time()).replace(hour=heure, minute=minute))
