"""How long and how far it is between places: the interface that an estimate or a road network fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lastmile_desktop.model.location import Location

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class TravelMatrix:
    """Travel between n locations; entry [i, j] leads from location i to location j.

    ``duration_s`` and ``distance_m`` are int32 arrays of shape (n, n) with zeros on the diagonal;
    a negative duration means that there is no way. ``source`` is the contract's word for where the
    figures come from: "straight-line" or "region:NAME". ``estimated`` (n, n) marks the legs for which a
    region had to fall back to the estimate; None where all legs are what ``source`` says.
    """

    locations: tuple[Location, ...]
    duration_s: NDArray[np.int32]
    distance_m: NDArray[np.int32]
    source: str
    estimated: NDArray[np.bool_] | None = None


class TravelModel(Protocol):
    """Gives travel times and distances, and the line to draw for a leg."""

    @property
    def source(self) -> str:
        """The contract's word: "straight-line" or "region:NAME"."""
        ...

    def matrix(self, locations: Sequence[Location]) -> TravelMatrix:
        """Travel between all pairs of ``locations`` (shape n x n, seconds and metres)."""
        ...

    def line(self, start: Location, end: Location) -> tuple[Location, ...]:
        """The points of the leg from ``start`` to ``end``, both included, for map and manifest."""
        ...
