"""Traffic by the hour: when a drive that begins now ends, and by when it must begin to end in time.

Driving is work done at a speed that changes at given moments (Ichoua, Gendreau and Potvin 2003), so who
leaves later never arrives earlier. All numbers are whole: a second of usual driving is ``scale`` units of
work, and each period has a whole rate of units a second, exact while the percentages have a small common
multiple.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.scales import NO_WAY_S, Ints

#: Rates are exact while the least common multiple of all percentages is at most this, else rounded to it.
#: Work until the last moment a plan knows (scales.FAR_S) stays below the end of 64-bit numbers.
_LARGEST_SCALE = 10**8


class Clock:
    """The traffic of a day. Without any, a drive takes as long as usual at any time."""

    def __init__(self, steps: Sequence[tuple[int, int]]) -> None:
        """``steps`` as ``Problem.traffic``: (from second, percent of the driving time), ascending from 0."""
        self.moments = [moment for moment, _ in steps]
        self.scale = min(math.lcm(*(percent for _, percent in steps)), _LARGEST_SCALE) if steps else 1
        self.rates = [(100 * self.scale + percent // 2) // percent for _, percent in steps]

    @property
    def steady(self) -> bool:
        """True without traffic."""
        return not self.moments

    def arrive(self, time_s: int, usual_s: int) -> int:
        """First whole second at which a drive of ``usual_s`` that begins at ``time_s`` is over."""
        if not self.moments or usual_s <= 0 or usual_s >= NO_WAY_S:
            return time_s + usual_s
        work = usual_s * self.scale
        period = max(bisect_right(self.moments, time_s) - 1, 0)
        while period + 1 < len(self.moments):
            possible = (self.moments[period + 1] - time_s) * self.rates[period]
            if work <= possible:
                break
            work -= possible
            period += 1
            time_s = self.moments[period]
        return time_s - -work // self.rates[period]

    def arrive_all(self, times_s: Ints, usual_s: NDArray[np.int32]) -> Ints:
        """``arrive`` for arrays of the same length."""
        if not self.moments:
            return times_s + usual_s
        moments, rates = np.array(self.moments, dtype=np.int64), np.array(self.rates, dtype=np.int64)
        done = np.concatenate([[0], np.cumsum(np.diff(moments) * rates[:-1])])
        period = np.maximum(np.searchsorted(moments, times_s, side="right") - 1, 0)
        work = done[period] + (times_s - moments[period]) * rates[period]
        work += usual_s.astype(np.int64) * self.scale
        period = np.maximum(np.searchsorted(done, work, side="right") - 1, 0)
        real: Ints = moments[period] - -(work - done[period]) // rates[period]
        return np.where((usual_s <= 0) | (usual_s >= NO_WAY_S), times_s + usual_s, real)

    def depart(self, arrive_by_s: int, usual_s: int) -> int:
        """Last whole second at which a drive of ``usual_s`` may begin to be over by ``arrive_by_s``."""
        if not self.moments or usual_s <= 0 or usual_s >= NO_WAY_S:
            return arrive_by_s - usual_s
        work, time_s = usual_s * self.scale, arrive_by_s
        period = max(bisect_left(self.moments, time_s) - 1, 0)
        while period > 0:
            possible = (time_s - self.moments[period]) * self.rates[period]
            if work <= possible:
                break
            work -= possible
            time_s = self.moments[period]
            period -= 1
        return time_s - -(-work // self.rates[period])
