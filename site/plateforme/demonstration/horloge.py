"""Acts of the past, done at their own date: only the demonstration may turn the clock, and only in debug."""

import contextlib
from datetime import datetime, timedelta
from itertools import count
from unittest import mock

from dateutil.easter import easter
from django.conf import settings
from django.utils import timezone

#: Between two readings of a turned clock: acts keep their order, and a day of them lasts a few minutes.
PAS = timedelta(milliseconds=50)
#: The public holidays of France (Code du travail, art. L. 3133-1): (month, day), then days after Easter.
FERIES = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
APRES_PAQUES = {1, 39, 50}
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


def jour_ouvre(jour, sens=1):
    """Return `jour`, or the first day after it (before it: `sens` -1) that is neither of a weekend nor a holiday.

    >>> from datetime import date
    >>> jour_ouvre(date(2026, 12, 25)), jour_ouvre(date(2026, 12, 26), -1), jour_ouvre(date(2026, 4, 4))
    (datetime.date(2026, 12, 28), datetime.date(2026, 12, 24), datetime.date(2026, 4, 7))
    """
    while (
        jour.weekday() > 4 or (jour.month, jour.day) in FERIES or (jour - easter(jour.year)).days in APRES_PAQUES
    ):
        jour += timedelta(days=sens)
    return jour


def moment_ouvre(jours, heure, minute=0, *, depuis=None):
    """Return `jour_a` on a day on which people work: later when it is to come, earlier when it is past."""
    jour = jour_ouvre(jour_a(jours, heure, depuis=depuis).date(), 1 if jours > 0 else -1)
    return jour_a(0, heure, minute, depuis=jour)
