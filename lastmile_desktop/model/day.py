"""One day's work: everything a plan is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lastmile_desktop.model.doors import Door, doors_of, own_doors
from lastmile_desktop.model.fleet import Vehicle
from lastmile_desktop.model.goals import CHEAPEST, Goals, TrafficPeriod, check_periods
from lastmile_desktop.model.location import Depot
from lastmile_desktop.model.order import Order


@dataclass(frozen=True, slots=True)
class DaySettings:
    """What holds for the whole day.

    ``drive_time_percent`` scales every estimated driving time (the user's own experience; 100 = as
    estimated), ``traffic`` by the time of day. ``default_service_s`` was used for orders whose sheet gave no
    service time. ``preference_cents`` is how much dearer a plan may be so that an order goes with the driver
    it prefers. With ``same_door`` orders for one door are one stop. ``region`` is the path of the region file
    whose roads are driven ("" = travel is estimated), ``drive_as`` "van" or "car", ``ferries`` whether they
    may be taken. Raises ValueError for traffic periods out of order or a negative preference.
    """

    currency: str = "EUR"
    default_service_s: int = 300
    drive_time_percent: int = 100
    plan_seconds: int = 20
    seed: int = 1
    traffic: tuple[TrafficPeriod, ...] = ()
    goals: Goals = CHEAPEST
    preference_cents: int = 500
    same_door: bool = True
    region: str = ""
    drive_as: str = "van"
    ferries: bool = False

    def __post_init__(self) -> None:
        check_periods(self.traffic)
        if self.preference_cents < 0:
            raise ValueError("a preference cannot cost less than nothing")


@dataclass(frozen=True)
class Day:
    """Orders, fleet and depots of one date: immutable, and all that planning ever reads.

    Raises ValueError when two orders, vehicles or depots share a key, or a vehicle names a depot that the
    day does not have.
    """

    date: date
    orders: tuple[Order, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    depots: tuple[Depot, ...] = ()
    settings: DaySettings = DaySettings()
    source_name: str = ""

    def __post_init__(self) -> None:
        for what, keys in (
            ("orders", [order.key for order in self.orders]),
            ("vehicles", [vehicle.key for vehicle in self.vehicles]),
            ("depots", [depot.key for depot in self.depots]),
        ):
            twice = [key for key, count in Counter(keys).items() if count > 1]
            if twice:
                raise ValueError(f"two {what} share the key {twice[0]!r}")
        known = {depot.key for depot in self.depots}
        for vehicle in self.vehicles:
            for depot_key in (vehicle.start_depot, vehicle.end_depot):
                if depot_key is not None and depot_key not in known:
                    raise ValueError(f"vehicle {vehicle.name!r} names the unknown depot {depot_key!r}")

    @cached_property
    def order_by_key(self) -> Mapping[str, Order]:
        """Orders by key."""
        return {order.key: order for order in self.orders}

    @cached_property
    def doors(self) -> Mapping[str, Door]:
        """The door of each order that has a position, by order key (docs/rules.md, "same door")."""
        return doors_of(self.orders) if self.settings.same_door else own_doors(self.orders)

    @cached_property
    def vehicle_by_key(self) -> Mapping[str, Vehicle]:
        """Vehicles by key."""
        return {vehicle.key: vehicle for vehicle in self.vehicles}

    @cached_property
    def depot_by_key(self) -> Mapping[str, Depot]:
        """Depots by key."""
        return {depot.key: depot for depot in self.depots}
