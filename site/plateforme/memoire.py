"""The shared caches (attempts counted, the sites' roots; pages kept), and what stands in while Redis is away."""

import logging
import time
from math import inf

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: Seconds during which a Redis that failed is not asked again: the pages do not wait for it one by one.
REPIT = 5.0


class RedisOuIci(RedisCache):
    """Redis; this process's own memory as long as Redis cannot be reached.

    Logging in and personal codes go through the limits on attempts, which are counted here: without this, a Redis
    that stops would shut both. The limits then hold for each process instead of for all.
    """

    _pas_avant = -inf  # one for the process: Django makes a cache object for each thread

    def __init__(self, serveur, parametres):
        super().__init__(serveur, parametres)
        self._ici = LocMemCache(f"sans-redis {parametres.get('KEY_PREFIX', '')}", {**parametres, "OPTIONS": {}})

    def _demander(self, nom, *arguments, **options):
        if time.monotonic() >= RedisOuIci._pas_avant:
            try:
                return getattr(super(), nom)(*arguments, **options)
            except RedisError as erreur:
                RedisOuIci._pas_avant = time.monotonic() + REPIT
                logger.warning("Redis is out of reach, each process counts by itself: %s", erreur)
        return getattr(self._ici, nom)(*arguments, **options)


def _ou_ici(nom):
    def methode(self, *arguments, **options):
        return self._demander(nom, *arguments, **options)

    return methode


for _nom in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(RedisOuIci, _nom, _ou_ici(_nom))
