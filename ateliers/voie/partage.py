"""Readings shared by all who ask at the same moment, none of whom gets anything older than their question."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from consultation.connexions import connexion_sure


class Fil:
    """The one thread of the lane that reads the base, on a connection that is kept but checked."""

    _fil = None

    async def lire(self, lecture, *arguments):
        self._fil = self._fil or ThreadPoolExecutor(max_workers=1, thread_name_prefix="voie")
        return await asyncio.get_running_loop().run_in_executor(self._fil, _lire, lecture, *arguments)

    def fermer(self):
        if self._fil is not None:
            self._fil.submit(connections.close_all)
            self._fil.shutdown(wait=False)
            self._fil = None


def _lire(lecture, *arguments):
    with connexion_sure():
        return lecture(*arguments)


class Commune:
    """Answers to one kind of question, by key. Whoever asks waits for a reading begun after they asked.

    Two readings of a key begin at least `pas` seconds apart, so a thousand who ask at once cost one or two.
    """

    def __init__(self, lire, pas):
        """`lire(cle)`: coroutine function."""
        self._lire, self._pas = lire, pas
        self._prochaines, self._debuts = {}, {}

    async def demander(self, cle):
        prochaine = self._prochaines.get(cle)
        if prochaine is None:
            prochaine = self._prochaines[cle] = asyncio.get_running_loop().create_task(self._tour(cle))
        return await asyncio.shield(prochaine)

    async def _tour(self, cle):
        boucle = asyncio.get_running_loop()
        try:
            await asyncio.sleep(self._debuts.get(cle, float("-inf")) + self._pas - boucle.time())
        finally:
            del self._prochaines[cle]  # whoever asks from now on needs the next one
        self._debuts[cle] = boucle.time()
        boucle.call_later(self._pas, self._oublier, cle, self._debuts[cle])
        return await self._lire(cle)

    def _oublier(self, cle, debut):
        if self._debuts.get(cle) == debut:
            del self._debuts[cle]
