"""What the map draws, as plain JSON values: one document for the whole day, one part for each route.

The page draws text with textContent and canvas only, so names go in as they are. Parts are cached by what
they are made of: a change of one route builds one route.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.documents.map_colours import route_colours
from lastmile_desktop.documents.visit_facts import common_windows
from lastmile_desktop.model import (
    Assignment,
    Day,
    Depot,
    Location,
    Order,
    RouteTimetable,
    Timetable,
    TimeWindow,
    Vehicle,
    wording,
)

LegLine = Callable[[Location, Location], tuple[Location, ...]]
RouteColours = Callable[[int], tuple[str, str]]

#: Said where no base map is, so that nobody takes the lines for roads.
ESTIMATE_NOTE = "Straight-line estimate, no base map"

LABELS = {
    "stop": "Stop",
    "planned": "Planned",
    "window": "Window",
    "late": "late",
    "locked": "Locked to this route",
    "unassigned": "Unassigned",
    "unplanned": "Not planned yet",
    "depot": "Depot",
    "place": "Click where this order is:",
    "drag": "Drag the pin, or click where this order is:",
    "cancel": "Esc cancels",
    "empty": "Nothing has a position yet",
    "fit": "Show everything",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "waiting_one": "1 order has no position",
    "waiting_many": "{n} orders have no position",
    "all": "All routes",
    "stops": "stops",
}


def straight_line(start: Location, end: Location) -> tuple[Location, ...]:
    """The leg as the crow flies."""
    return (start, end)


def route_document(
    vehicle: Vehicle,
    colour: tuple[str, str],
    stops: Sequence[PlannedStop],
    start: Location | None,
    end: Location | None,
    line: LegLine,
) -> dict[str, Any]:
    """One route as JSON values.

    ``out`` and ``back`` are the legs from and to the depot, ``points`` the line between the first and the
    last stop, each a list of [latitude, longitude]. ``late`` is in minutes, rounded up.
    """
    places = [stop.location for stop in stops]
    return {
        "id": vehicle.key,
        "name": vehicle.name,
        "driver": vehicle.driver,
        "colour": {"light": colour[0], "dark": colour[1]},
        "out": _points(line(start, places[0])) if start and places else [],
        "points": _path(places, line),
        "back": _points(line(places[-1], end)) if end and places else [],
        "stops": [stop.document() for stop in stops],
    }


def map_document(
    day: Day,
    timetable: Timetable | None,
    line: LegLine = straight_line,
    colours: RouteColours = route_colours,
    assignment: Assignment | None = None,
) -> dict[str, Any]:
    """The whole day as JSON values: routes, depots, unassigned orders, and how many wait for a position."""
    parts = MapParts()
    parts.update(day, timetable, assignment, line, colours)
    return {"routes": [json.loads(text) for text in parts.routes.values()], **json.loads(parts.rest)}


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A visit as the map needs it; times are None while there is no timetable."""

    orders: tuple[Order, ...]
    location: Location
    number: int
    start_s: int | None
    late_s: int
    locked: bool

    def document(self) -> dict[str, Any]:
        first = self.orders[0]
        more = f" +{len(self.orders) - 1}" if len(self.orders) > 1 else ""
        return {
            "key": first.key,
            "keys": [order.key for order in self.orders],
            "id": ", ".join(order.id for order in self.orders if order.id),
            **_position(self.location),
            "number": self.number,
            "name": (first.name or first.address or first.id) + more,
            "time": "" if self.start_s is None else wording.clock(self.start_s),
            "window": _windows_text(common_windows(self.orders)),
            "late": -(-self.late_s // 60),
            "locked": self.locked,
        }


class MapParts:
    """The day's map as JSON texts, kept from one state of the day to the next.

    ``routes`` has the text of each route with stops by vehicle key, in the fleet's order; ``rest`` is the
    text of everything else. ``built`` counts the routes built by the last update.
    """

    def __init__(self) -> None:
        self.routes: dict[str, str] = {}
        self.rest = "{}"
        self.built = 0
        self._sources: dict[str, tuple[Any, ...]] = {}

    def update(
        self,
        day: Day,
        timetable: Timetable | None,
        assignment: Assignment | None,
        line: LegLine,
        colours: RouteColours = route_colours,
    ) -> None:
        """Bring the texts up to this state; routes made of the same things as before are kept."""
        routes: dict[str, str] = {}
        sources: dict[str, tuple[Any, ...]] = {}
        self.built = 0
        for index, vehicle in enumerate(day.vehicles):
            source = (
                vehicle,
                colours(index),
                _planned_stops(day, vehicle, timetable, assignment),
                _depot_place(day, vehicle.start_depot),
                _depot_place(day, vehicle.end_depot),
                line,
            )
            if not source[2]:
                continue
            sources[vehicle.key] = source
            if self._sources.get(vehicle.key) == source:
                routes[vehicle.key] = self.routes[vehicle.key]
            else:
                routes[vehicle.key] = json.dumps(route_document(*source))
                self.built += 1
        self.routes, self._sources = routes, sources
        self.rest = json.dumps(_rest_document(day, timetable, assignment))

    @property
    def whole(self) -> str:
        """The text of the whole document."""
        return f'{{"routes": [{", ".join(self.routes.values())}], {self.rest[1:]}'


def _planned_stops(
    day: Day, vehicle: Vehicle, timetable: Timetable | None, assignment: Assignment | None
) -> tuple[PlannedStop, ...]:
    locked = assignment.locked if assignment else frozenset()
    route = timetable.route_by_vehicle.get(vehicle.key) if timetable else None
    if route is not None:
        return tuple(_stops_with_times(day, route, locked))
    if timetable is not None or assignment is None:
        return ()
    keys = next((route.order_keys for route in assignment.routes if route.vehicle_key == vehicle.key), ())
    orders = [day.order_by_key[key] for key in keys if key in day.order_by_key]
    return tuple(
        PlannedStop((order,), order.location, number, None, 0, order.key in locked)
        for number, order in enumerate(orders, start=1)
        if order.location is not None
    )


def _stops_with_times(day: Day, route: RouteTimetable, locked: frozenset[str]) -> Iterable[PlannedStop]:
    number = 0
    for visit in route.visits:
        orders = tuple(day.order_by_key[key] for key in visit.order_keys if key in day.order_by_key)
        if not orders:
            continue
        number += 1
        location = visit.location or orders[0].location
        if location is not None:
            is_locked = any(order.key in locked for order in orders)
            yield PlannedStop(orders, location, number, visit.start_s, visit.late_s, is_locked)


def _depot_place(day: Day, depot_key: str | None) -> Location | None:
    depot = day.depot_by_key.get(depot_key) if depot_key is not None else None
    return depot.location if depot else None


def _rest_document(day: Day, timetable: Timetable | None, assignment: Assignment | None) -> dict[str, Any]:
    planned = _planned_keys(timetable, assignment)
    reasons = {entry.order_key: entry.message for entry in timetable.unassigned} if timetable else {}
    left = [order for order in day.orders if order.key not in planned]
    roads = timetable.roads if timetable else "straight-line"
    return {
        "order": [vehicle.key for vehicle in day.vehicles],
        "depots": [_depot_document(depot) for depot in day.depots if depot.location is not None],
        "unassigned": [
            _left_document(order, order.location, reasons.get(order.key, ""))
            for order in left
            if order.location
        ],
        "waiting": sum(1 for order in day.orders if order.location is None),
        "note": ESTIMATE_NOTE if roads == "straight-line" else f"Roads: {roads.removeprefix('region:')}",
        "labels": LABELS,
    }


def _planned_keys(timetable: Timetable | None, assignment: Assignment | None) -> frozenset[str]:
    if timetable is not None:
        return frozenset(key for route in timetable.routes for key in route.order_keys)
    return assignment.order_keys if assignment else frozenset()


def _left_document(order: Order, location: Location, reason: str) -> dict[str, Any]:
    return {
        "key": order.key,
        "id": order.id,
        **_position(location),
        "name": order.name or order.address or order.id,
        "window": _windows_text(order.windows),
        "reason": reason,
    }


def _depot_document(depot: Depot) -> dict[str, Any]:
    position = _position(depot.location) if depot.location else {}
    return {"key": depot.key, "name": depot.name, **position}


def _windows_text(windows: Sequence[TimeWindow]) -> str:
    return wording.windows(windows) or "any time"


def _position(location: Location) -> dict[str, float]:
    return {"lat": round(location.lat, 6), "lon": round(location.lon, 6)}


def _points(places: Iterable[Location]) -> list[list[float]]:
    return [[round(place.lat, 6), round(place.lon, 6)] for place in places]


def _path(places: Sequence[Location], line: LegLine) -> list[list[float]]:
    points = _points(places[:1])
    for start, end in itertools.pairwise(places):
        points += _points(line(start, end)[1:])
    return points
