"""The colours of the map as a document: the exported page has no window to ask.

The window's theme uses the same values (a test compares them), so that a route has one colour on the
screen and in the file that was sent on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

_ROUTES_LIGHT = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#3A9BDC", "#7A5195", "#8C5A00",
    "#004B75", "#8F3F00", "#006B4E", "#8A4C70", "#5B8C00", "#1B7F9C", "#B03060", "#5C6BC0",
)  # fmt: skip
_ROUTES_DARK = (
    "#4DA3D9", "#FF8A3D", "#2BC79A", "#E6A0C6", "#F2B632", "#7CC4F5", "#B48AD3", "#C99A3F",
    "#2E86C1", "#D9722B", "#1FA37C", "#C27BA5", "#9CCB3B", "#4FB8D6", "#E0709A", "#93A0F0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapPalette:
    """What the map page paints with besides the routes, as "#rrggbb"."""

    ground: str
    grid: str
    surface: str
    border: str
    text: str
    muted: str
    accent: str
    danger: str
    warning: str

    def as_dict(self) -> dict[str, str]:
        """The colours by name, for JSON."""
        return asdict(self)


LIGHT = MapPalette(
    ground="#EEF1F4", grid="#D5DBE2", surface="#FFFFFF", border="#D9DEE5", text="#1A2230",
    muted="#5A6676", accent="#1F5FBF", danger="#B3261E", warning="#8A5A00",
)  # fmt: skip
DARK = MapPalette(
    ground="#1A1E25", grid="#2A303A", surface="#1D2128", border="#363D49", text="#E8ECF2",
    muted="#9AA5B4", accent="#5B9BF0", danger="#FF8A80", warning="#F2C14E",
)  # fmt: skip


def route_colours(index: int) -> tuple[str, str]:
    """The light and the dark colour of the route of the vehicle at ``index`` of the day's fleet."""
    return _ROUTES_LIGHT[index % len(_ROUTES_LIGHT)], _ROUTES_DARK[index % len(_ROUTES_DARK)]
