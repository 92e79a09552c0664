"""A plan: who drives where in which order (decided), and what follows from it (computed)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lastmile_desktop.model.blocking import BlockingSet
from lastmile_desktop.model.load import Load
from lastmile_desktop.model.location import Location

NOTHING = Load()


@dataclass(frozen=True, slots=True)
class RouteOrders:
    """The orders of one vehicle in driving order."""

    vehicle_key: str
    order_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The decision: which vehicle serves which orders in which order. Orders on no route are unassigned.

    ``locked`` holds the keys of orders that must stay on their vehicle, and in their order among the
    locked ones there, when the day is planned again. Where a route begins with ``frozen`` orders, this
    beginning stays as it is: nothing joins or leaves it.
    """

    routes: tuple[RouteOrders, ...] = ()
    locked: frozenset[str] = frozenset()
    frozen: frozenset[str] = frozenset()

    @property
    def order_keys(self) -> frozenset[str]:
        """Keys of all orders on a route."""
        return frozenset(key for route in self.routes for key in route.order_keys)


class VisitKind(StrEnum):
    """What a vehicle does at a visit."""

    DELIVERY = "delivery"
    PICKUP = "pickup"
    BREAK = "break"
    RELOAD = "reload"


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop in a timetable. Times are seconds after midnight of the day.

    The leg that leads here (``drive_s``, ``distance_m``) starts at the visit before, or at the start depot.
    ``arrive_s`` + ``setup_s`` (to park and find the door) <= ``start_s`` (service starts; the difference is
    waiting) <= ``leave_s``. ``late_s`` is how far the start lies beyond the end of the chosen window.
    ``load`` is what is on board on leaving. On the roads of a region, ``estimated`` marks a leg that they do
    not cover, ``access_estimated`` a stop whose last stretch is a guess.
    """

    kind: VisitKind
    order_keys: tuple[str, ...]
    location: Location | None
    drive_s: int
    distance_m: int
    arrive_s: int
    start_s: int
    leave_s: int
    late_s: int = 0
    load: Load = NOTHING
    setup_s: int = 0
    estimated: bool = False
    access_estimated: bool = False

    @property
    def wait_s(self) -> int:
        """Waiting before service, in seconds."""
        return self.start_s - self.arrive_s - self.setup_s

    @property
    def service_s(self) -> int:
        """Time of service (or of the break), in seconds."""
        return self.leave_s - self.start_s


@dataclass(frozen=True, slots=True)
class RouteTimetable:
    """One vehicle's day. ``last_*`` is the leg back to the end depot (0 on an open route).

    ``start_load`` is on board at the start; ``peak_load`` is the most in each dimension at any moment.
    ``overtime_s`` is how long the day goes on after the shift, where that is allowed at a price.
    ``last_estimated`` marks the leg back as ``Visit.estimated`` does.
    """

    vehicle_key: str
    visits: tuple[Visit, ...]
    start_s: int
    end_s: int
    last_drive_s: int
    last_distance_m: int
    start_load: Load
    peak_load: Load
    cost_cents: int
    overtime_s: int = 0
    last_estimated: bool = False

    @property
    def order_keys(self) -> tuple[str, ...]:
        """Keys of the orders in driving order."""
        return tuple(key for visit in self.visits for key in visit.order_keys)

    @property
    def stop_count(self) -> int:
        """Number of visits that serve orders."""
        return sum(1 for visit in self.visits if visit.order_keys)

    @property
    def distance_m(self) -> int:
        """Metres driven, the way back included."""
        return sum(visit.distance_m for visit in self.visits) + self.last_distance_m

    @property
    def drive_s(self) -> int:
        """Seconds driven, the way back included."""
        return sum(visit.drive_s for visit in self.visits) + self.last_drive_s

    @property
    def service_s(self) -> int:
        """Seconds of service at customers, set-up included."""
        at_customers = sum(visit.service_s for visit in self.visits if visit.order_keys)
        return at_customers + sum(visit.setup_s for visit in self.visits)

    @property
    def reload_s(self) -> int:
        """Seconds of loading again at the depot."""
        return sum(visit.service_s for visit in self.visits if visit.kind == VisitKind.RELOAD)

    @property
    def break_s(self) -> int:
        """Seconds of breaks."""
        return sum(visit.service_s for visit in self.visits if visit.kind == VisitKind.BREAK)

    @property
    def wait_s(self) -> int:
        """Seconds of waiting."""
        return sum(visit.wait_s for visit in self.visits)

    @property
    def late_s(self) -> int:
        """Sum of lateness at customers, in seconds."""
        return sum(visit.late_s for visit in self.visits)

    @property
    def duration_s(self) -> int:
        """Length of the day, start to end, in seconds."""
        return self.end_s - self.start_s


class UnassignedReason(StrEnum):
    """Why an order is on no route: the rule that binds."""

    SKILL = "skill"
    CAPACITY = "capacity"
    WINDOW = "window"
    SHIFT = "shift"
    DISTANCE = "distance"
    UNREACHABLE = "unreachable"
    WAITING_FOR_POSITION = "waiting_for_position"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An order on no route, the rule that keeps it off, and a sentence for the dispatcher.

    ``blocked``: what would have to give way for which vehicle, the best first; from here repairs are offered.
    Empty when nothing is in the way, when there was no time to find out, or when no vehicle could help.
    """

    order_key: str
    reason: UnassignedReason
    message: str
    blocked: tuple[BlockingSet, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, as the independent checker found it."""

    code: str
    message: str
    vehicle_key: str | None = None
    order_key: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The day's key figures."""

    orders: int
    planned: int
    unassigned: int
    routes: int
    distance_m: int
    drive_s: int
    service_s: int
    wait_s: int
    late_s: int
    late_visits: int
    duration_s: int
    cost_cents: int


@dataclass(frozen=True)
class Timetable:
    """What follows from an assignment: times, loads and costs of every route, and who is left out.

    Only ``engine.schedule.evaluate`` makes one. ``roads`` says where travel times come from, in the
    contract's words ("straight-line" or "region:NAME").
    """

    routes: tuple[RouteTimetable, ...]
    unassigned: tuple[Unassigned, ...]
    roads: str
    violations: tuple[Violation, ...] = field(default=())

    @cached_property
    def route_by_vehicle(self) -> Mapping[str, RouteTimetable]:
        """Routes by vehicle key."""
        return {route.vehicle_key: route for route in self.routes}

    @cached_property
    def estimated_legs(self) -> int:
        """Legs that the region of ``roads`` does not cover; 0 on plain estimates, where all are one."""
        return sum(
            sum(visit.estimated for visit in route.visits) + route.last_estimated for route in self.routes
        )

    @cached_property
    def access_estimated(self) -> int:
        """Stops whose last stretch by road is a guess."""
        return sum(visit.access_estimated for route in self.routes for visit in route.visits)

    @cached_property
    def totals(self) -> Totals:
        """The day's key figures, summed over the routes."""
        planned = sum(len(route.order_keys) for route in self.routes)
        return Totals(
            orders=planned + len(self.unassigned),
            planned=planned,
            unassigned=len(self.unassigned),
            routes=sum(1 for route in self.routes if route.stop_count),
            distance_m=sum(route.distance_m for route in self.routes),
            drive_s=sum(route.drive_s for route in self.routes),
            service_s=sum(route.service_s for route in self.routes),
            wait_s=sum(route.wait_s for route in self.routes),
            late_s=sum(route.late_s for route in self.routes),
            late_visits=sum(1 for route in self.routes for visit in route.visits if visit.late_s > 0),
            duration_s=sum(route.duration_s for route in self.routes),
            cost_cents=sum(route.cost_cents for route in self.routes),
        )
