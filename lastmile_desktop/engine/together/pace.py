"""How far a search is: by the clock, or by counted steps where the result must repeat."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: Length of a slice of a chain; between two slices it is asked whether the time is up.
SLICE_S = 0.05
SLICE_STEPS = 1_000


@dataclass(frozen=True)
class Slice:
    """One call of a chain: ``progress`` (0 to 1, of the whole budget), and ``steps`` or else ``seconds``."""

    progress: float
    steps: int | None
    seconds: float


class Turn(ABC):
    """What one worker may spend in one round, to be divided among the chains that it runs in turn."""

    @abstractmethod
    def slices(self, first: float, last: float) -> Iterator[Slice]:
        """The slices of the chain that gets this part of the turn; the whole turn is 0 to 1."""


class Pace(ABC):
    """The budget of each worker, 0 to 1, spent in rounds that end at given shares of it."""

    #: The whole budget by the clock; None where no clock decides.
    seconds: float | None = None

    @abstractmethod
    def spent(self) -> float:
        """Share of the budget that the clock has taken; 0 where no clock decides."""

    @abstractmethod
    def turn(self, begin: float, end: float) -> Turn:
        """One worker's turn in the round between two shares of the budget; the round begins now."""


class ByClock(Pace):
    """Seconds, from the moment of creation; ``clock`` may be that of the processor."""

    def __init__(self, budget_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began = clock, clock()
        self._budget_s = self.seconds = max(budget_s, 1e-3)

    def spent(self) -> float:
        return (self._clock() - self._began) / self._budget_s

    def turn(self, begin: float, end: float) -> Turn:
        until_s = self._began + self._budget_s * end
        return _ClockTurn(begin, end, self._clock(), until_s, self._clock)


class BySteps(Pace):
    """Steps of each worker."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def spent(self) -> float:
        return 0.0

    def turn(self, begin: float, end: float) -> Turn:
        return _StepTurn(begin, end, self._steps * (end - begin))


@dataclass(frozen=True)
class _ClockTurn(Turn):
    begin: float
    end: float
    from_s: float
    until_s: float
    clock: Callable[[], float]

    def slices(self, first: float, last: float) -> Iterator[Slice]:
        length_s = self.until_s - self.from_s
        from_s, until_s = max(self.clock(), self.from_s + first * length_s), self.from_s + last * length_s
        now_s = from_s
        while now_s < until_s:
            part = (now_s - from_s) / (until_s - from_s)
            yield Slice(self.begin + (self.end - self.begin) * part, None, min(SLICE_S, until_s - now_s))
            now_s = self.clock()


@dataclass(frozen=True)
class _StepTurn(Turn):
    begin: float
    end: float
    steps: float

    def slices(self, first: float, last: float) -> Iterator[Slice]:
        steps = round(self.steps * (last - first))
        for done in range(0, steps, SLICE_STEPS):
            progress = self.begin + (self.end - self.begin) * done / steps
            yield Slice(progress, min(SLICE_STEPS, steps - done), SLICE_S)
