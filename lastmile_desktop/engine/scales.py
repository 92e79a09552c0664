"""Numbers with a meaning of their own in every search: no limit, never, no way, a fraction of a cent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Stands for "no limit" in every int64 array of limits.
NO_LIMIT = 2**50
#: A time later than any plan (seconds after midnight).
FAR_S = 10**9
#: Travel time that stands for "no way there": longer than any shift, small enough to add up in int32.
NO_WAY_S = 10**7
#: Costs are held exactly as integers: cents per km times metres, and cents per hour times seconds, both
#: come out whole in this fraction of a cent.
COST_UNITS_PER_CENT = 18_000

Ints = NDArray[np.int64]
#: Closed intervals of seconds after midnight, ascending, apart from each other.
Windows = tuple[tuple[int, int], ...]
