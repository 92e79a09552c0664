"""What the map shows while a service area is drawn on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lastmile_desktop.model import Location
from lastmile_desktop.regions.service_area import ServiceArea

_WHAT = "Drag a box around the area you deliver in"
_HOW = "Wheel zooms · arrow keys move · Esc cancels"
#: Nobody knows yet where the firm is: about the places that are known.
_AROUND_M = 25_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """The box so far, what the extract covers, and what to look at; None where there is none."""

    box: ServiceArea | None
    edge: ServiceArea | None
    extent: ServiceArea | None

    def told(self) -> dict[str, Any]:
        """The message to the page; boxes are [south, west, north, east] in degrees."""
        return {
            "words": {"what": _WHAT, "how": _HOW},
            "box": _corners(self.box),
            "edge": _corners(self.edge),
            "extent": _corners(self.extent),
        }


def sketch(box: ServiceArea | None, edge: ServiceArea | None, places: list[Location]) -> Sketch:
    """Look at the box so far, else around the known ``places``, else at what the extract covers."""
    around = ServiceArea.around(places, _AROUND_M) if places else None
    return Sketch(box, edge, box or around or edge)


def _corners(area: ServiceArea | None) -> list[float] | None:
    return None if area is None else [area.south, area.west, area.north, area.east]
