"""What a driver's papers say: text and figures, without a page or a painter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lastmile_desktop.model import Location

ESTIMATE_REMARK = "Times and distances are estimates (straight-line), not measured on roads."
#: The same for the foot of every page.
ESTIMATE_NOTE = "Times are straight-line estimates"


class RowKind(StrEnum):
    """What a line of the stop table is: a stop with all its boxes, or one slim line across the page."""

    STOP = "stop"
    LINE = "line"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the stop table. Only a STOP has a number, a load and a navigation link.

    ``remarks`` are short warnings (late, waiting, priority, pick up, skills), ``notes`` the sheet's own.
    """

    kind: RowKind
    time: str
    title: str
    number: int | None = None
    windows: tuple[str, ...] = ()
    address: str = ""
    contact: str = ""
    order_ids: str = ""
    load: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class LoadingLine:
    """One stop's goods in the loading list."""

    number: int
    name: str
    order_ids: str
    load: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadingList:
    """What is loaded for one trip, in loading order: the last stop's goods first, deepest in the van."""

    title: str
    lines: tuple[LoadingLine, ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteDrawing:
    """The places of a route in driving order: ``points`` hold the stop's number, None for a depot."""

    points: tuple[tuple[int | None, Location], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All pages of one driver."""

    vehicle_key: str
    title: str
    subtitle: str
    places: str
    date: str
    short_date: str
    figures: tuple[tuple[str, str], ...]
    remark: str
    drawing: RouteDrawing
    rows: tuple[Row, ...]
    loading: tuple[LoadingList, ...]

    @property
    def caption(self) -> str:
        """Who and when, for the foot of every page."""
        return " · ".join(part for part in (self.title, self.subtitle, self.short_date) if part)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One order on no route, for the dispatcher's last page."""

    order_id: str
    name: str
    address: str
    phone: str
    windows: tuple[str, ...]
    load: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NotPlanned:
    """The page of orders that nobody brings today."""

    date: str
    short_date: str
    orders: tuple[LeftOut, ...]
