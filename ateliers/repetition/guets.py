"""Waiting until everyone has seen something, without looking at everyone all the time."""

import asyncio
import time


class Guet:
    """`heures` {phone: when `vu(phone)` first held}, in perf_counter seconds. Watches while in its `with`."""

    def __init__(self, telephones, vu):
        self._vu, self.restent, self.heures = vu, set(telephones), {}
        self._tous = asyncio.Event()
        self._telephones = list(telephones)
        for telephone in self._telephones:
            telephone.guets.append(self)
            self.regarder(telephone)

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        for telephone in self._telephones:
            telephone.guets.remove(self)

    def regarder(self, telephone):
        if telephone in self.restent and self._vu(telephone):
            self.restent.discard(telephone)
            self.heures[telephone] = time.perf_counter()
            if not self.restent:
                self._tous.set()

    async def attendre(self, delai):
        """Wait until everyone has seen it, `delai` seconds at most. Whoever has not is in `restent`."""
        if self.restent:
            try:
                async with asyncio.timeout(delai):
                    await self._tous.wait()
            except TimeoutError:
                pass

    def depuis(self, debut):
        """Seconds that each took after `debut`; never less than none."""
        return [max(0.0, heure - debut) for heure in self.heures.values()]


class Parution:
    """When a screen showed what came last: [(perf_counter seconds, key of the newest proposition)]."""

    def __init__(self, telephone):
        self.telephone, self.vues = telephone, []
        telephone.guets.append(self)

    def fermer(self):
        self.telephone.guets.remove(self)

    def regarder(self, telephone):
        dernieres = telephone.etat.get("propositions", {}).get("dernieres", ())
        plus_neuve = max((proposition["id"] for proposition in dernieres), default=0)
        if not self.vues or plus_neuve > self.vues[-1][1]:
            self.vues.append((time.perf_counter(), plus_neuve))

    def heure(self, numero):
        """When the screen had caught up with this proposition, or None. Screens show the newest five only."""
        return next((heure for heure, plus_neuve in self.vues if plus_neuve >= numero), None)
