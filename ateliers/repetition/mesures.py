"""What a wave took."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Repartition:
    """How long `n` people waited, in seconds."""

    n: int
    p50: float
    p95: float
    max: float

    @classmethod
    def de(cls, durees):
        """Return the Repartition of `durees`, or None when there is none."""
        if not durees:
            return None
        rangees = sorted(durees)
        n = len(rangees)
        return cls(n, rangees[(n - 1) // 2], rangees[min(n - 1, int(n * 0.95))], rangees[-1])


@dataclass(frozen=True)
class Vague:
    """One wave. `nombre`: phones in it; `duree`: seconds from its first act to its last answer.

    `attentes` {what: Repartition}; `echecs` {why: how many}; `processeur`: seconds of CPU that playing the phones
    took in this process; `nombres` {what: number}, for what is not a wait.
    """

    nom: str
    nombre: int
    duree: float
    processeur: float
    attentes: dict = field(default_factory=dict)
    echecs: dict = field(default_factory=dict)
    nombres: dict = field(default_factory=dict)

    @property
    def rates(self):
        """How many did not get through."""
        return sum(self.echecs.values())

    @property
    def part_du_processeur(self):
        """How much of one core this process used, from 0 to 1: near 1, it is the generator that was slow."""
        return self.processeur / self.duree if self.duree else 0.0


class Chronometre:
    """Seconds, and seconds of CPU of this process, since it was made."""

    def __init__(self):
        self._debut, self._processeur = time.perf_counter(), time.process_time()

    @property
    def duree(self):
        return time.perf_counter() - self._debut

    @property
    def processeur(self):
        return time.process_time() - self._processeur
