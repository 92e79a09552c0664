"""What the fleet page does to vehicles and depots, as pure functions on flat field values.

The field names are those of the forms; a shift and a break each have several, and are checked as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from lastmile_desktop.model import Break, DayState, Depot, RouteOrders, Vehicle
from lastmile_desktop.model.wording import clock
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.default_fleet import DEFAULT_COST_PER_HOUR_CENTS, DEFAULT_COST_PER_KM_CENTS
from lastmile_desktop.ui.field_form.fields import WrongFieldError

Changes = Mapping[str, Any]
_CAPACITY = ("quantity_milli", "weight_g", "volume_cm3")
_BREAK = ("break_s", "break_earliest_s", "break_latest_s")
_DEFAULT_BREAK = Break(30 * 60, 11 * 3600, 13 * 3600)
#: The key and the beginning of the name that an import gives a depot it had to assume.
ASSUMED_DEPOT = "assumed"
_ASSUMED_NAME = "Depot (assumed"
_OFFERED_KEY = "default-"


def value_of(vehicle: Vehicle, field: str) -> Any:
    """The value of one form field of a vehicle; None = no limit, no break."""
    if field in _CAPACITY:
        return getattr(vehicle.capacity, field)
    if field in _BREAK:
        first = vehicle.breaks[0] if vehicle.breaks else None
        return None if first is None else getattr(first, _BREAK_ATTRIBUTES[field])
    return getattr(vehicle, field)


_BREAK_ATTRIBUTES = {"break_s": "duration_s", "break_earliest_s": "earliest_s", "break_latest_s": "latest_s"}


def with_changes(vehicle: Vehicle, changes: Changes) -> Vehicle:
    """The vehicle with other field values. Raises WrongFieldError with a sentence."""
    plain = {name: value for name, value in changes.items() if name not in (*_CAPACITY, *_BREAK)}
    capacity = {name: value for name, value in changes.items() if name in _CAPACITY}
    if capacity:
        plain["capacity"] = replace(vehicle.capacity, **capacity)
    if any(name in changes for name in _BREAK):
        plain["breaks"] = _breaks(vehicle, changes)
    start = plain.get("shift_start_s", vehicle.shift_start_s)
    end = plain.get("shift_end_s", vehicle.shift_end_s)
    if end <= start:
        field = "shift_end_s" if "shift_end_s" in plain else "shift_start_s"
        raise WrongFieldError(
            field,
            f"The shift would end at {clock(end)} but starts at {clock(start)}. Change the other time too.",
        )
    if "name" in plain and not plain["name"]:
        raise WrongFieldError("name", "A vehicle needs a name: it is printed on the driver's sheet.")
    return replace(vehicle, **plain)


def _breaks(vehicle: Vehicle, changes: Changes) -> tuple[Break, ...]:
    """The vehicle's breaks with another first one; the others stay."""
    first = vehicle.breaks[0] if vehicle.breaks else _DEFAULT_BREAK
    duration = changes.get("break_s", first.duration_s if vehicle.breaks else None)
    if not duration:
        return vehicle.breaks[1:]
    earliest = changes.get("break_earliest_s", first.earliest_s)
    latest = changes.get("break_latest_s", first.latest_s)
    if earliest is None or latest is None:
        field = "break_earliest_s" if earliest is None else "break_latest_s"
        raise WrongFieldError(field, "Write when the break may begin, like 11:30.")
    if latest < earliest:
        field = "break_latest_s" if "break_latest_s" in changes else "break_earliest_s"
        raise WrongFieldError(
            field,
            f"The break would begin from {clock(earliest)} but not after {clock(latest)}. Swap the times.",
        )
    return (Break(duration, earliest, latest), *vehicle.breaks[1:])


def change_vehicles(state: DayState, keys: Collection[str], changes: Changes) -> DayState:
    """The day with new field values in some vehicles. Raises WrongFieldError."""
    vehicles = [
        with_changes(vehicle, changes) if vehicle.key in keys else vehicle for vehicle in state.day.vehicles
    ]
    return edits.change_fleet(state, vehicles, state.day.depots)


def add_vehicle(state: DayState, key: str) -> DayState:
    """The day with one more plain vehicle, like the last one in shift, depots and prices."""
    vehicles = state.day.vehicles
    depot = state.day.depots[0].key
    if vehicles:
        last = vehicles[-1]
        fresh = replace(last, key=key, name=free_name(state, "Van 1"), driver="", active=True)
    else:
        fresh = Vehicle(
            key=key,
            name="Van 1",
            start_depot=depot,
            end_depot=depot,
            cost_per_km_cents=DEFAULT_COST_PER_KM_CENTS,
            cost_per_hour_cents=DEFAULT_COST_PER_HOUR_CENTS,
        )
    return edits.change_fleet(state, [*vehicles, fresh], state.day.depots)


def duplicate_vehicle(state: DayState, key: str, new_key: str) -> DayState:
    """The day with a copy of a vehicle right behind it, with a name of its own and no driver."""
    source = state.day.vehicle_by_key[key]
    copy = replace(source, key=new_key, name=free_name(state, source.name), driver="")
    vehicles = list(state.day.vehicles)
    vehicles.insert(vehicles.index(source) + 1, copy)
    return edits.change_fleet(state, vehicles, state.day.depots)


def remove_vehicles(state: DayState, keys: Collection[str]) -> DayState:
    """The day without these vehicles; their orders become unassigned."""
    vehicles = [vehicle for vehicle in state.day.vehicles if vehicle.key not in keys]
    return edits.change_fleet(state, vehicles, state.day.depots)


def free_name(state: DayState, name: str) -> str:
    """A vehicle name that is not taken: "Van 3" after "Van 1" and "Van 2"."""
    taken = {vehicle.name for vehicle in state.day.vehicles}
    stem = name.rstrip("0123456789").rstrip() or name
    return next(text for n in range(1, len(taken) + 2) if (text := f"{stem} {n}") not in taken)


def new_key(kind: str) -> str:
    """A key that no vehicle or depot has."""
    return f"{kind}-{uuid4().hex}"


# ---- depots -------------------------------------------------------------------------------------------


def change_depot(state: DayState, key: str, changes: Changes) -> DayState:
    """The day with new field values in a depot. Raises WrongFieldError."""
    depots = [depot_with_changes(depot, changes) if depot.key == key else depot for depot in state.day.depots]
    return edits.change_fleet(state, state.day.vehicles, depots)


def depot_with_changes(depot: Depot, changes: Changes) -> Depot:
    """The depot with other field values. Raises WrongFieldError with a sentence."""
    after = replace(depot, **changes)
    if not after.name:
        raise WrongFieldError("name", "A depot needs a name.")
    if after.opens_s is not None and after.closes_s is not None and after.closes_s <= after.opens_s:
        field = "closes_s" if "closes_s" in changes else "opens_s"
        raise WrongFieldError(
            field,
            f"The depot would close at {clock(after.closes_s)}, before it opens at {clock(after.opens_s)}.",
        )
    placed = "location" in changes and after.location is not None
    if placed and is_assumed(depot) and "name" not in changes:
        after = replace(after, name="Depot")
    return after


def add_depot(state: DayState, key: str) -> DayState:
    """The day with one more depot, without a position yet."""
    taken = {depot.name for depot in state.day.depots}
    name = next(
        text for n in range(1, len(taken) + 2) if (text := "Depot" if n == 1 else f"Depot {n}") not in taken
    )
    return edits.change_fleet(state, state.day.vehicles, [*state.day.depots, Depot(key, name)])


def remove_depot(state: DayState, key: str) -> DayState:
    """The day without a depot; vehicles that used it use the first one left. Raises WrongFieldError."""
    depots = [depot for depot in state.day.depots if depot.key != key]
    if not depots and state.day.vehicles:
        raise WrongFieldError("name", "The vehicles need at least one depot. Change this one instead.")

    def moved(used: str | None) -> str | None:
        return depots[0].key if used == key else used

    vehicles = [
        replace(vehicle, start_depot=moved(vehicle.start_depot) or "", end_depot=moved(vehicle.end_depot))
        for vehicle in state.day.vehicles
    ]
    return edits.change_fleet(state, vehicles, depots)


# ---- what was offered ---------------------------------------------------------------------------------


def is_offered(vehicle: Vehicle) -> bool:
    """True while a vehicle is one that was suggested and nobody has changed."""
    plain = Vehicle(
        key=vehicle.key,
        name=vehicle.name,
        start_depot=vehicle.start_depot,
        end_depot=vehicle.end_depot,
        active=vehicle.active,
        cost_per_km_cents=DEFAULT_COST_PER_KM_CENTS,
        cost_per_hour_cents=DEFAULT_COST_PER_HOUR_CENTS,
    )
    return vehicle.key.startswith(_OFFERED_KEY) and vehicle == plain


def is_assumed(depot: Depot) -> bool:
    """True while a depot stands where an import assumed it."""
    return depot.key == ASSUMED_DEPOT and depot.name.startswith(_ASSUMED_NAME)


def with_remembered(state: DayState, vehicles: Sequence[Vehicle], depots: Sequence[Depot]) -> DayState:
    """The day with the remembered fleet, if it has none at all: a first change must not forget the others."""
    if state.day.vehicles or state.day.depots or not depots:
        return state
    known = {depot.key for depot in depots}
    first = depots[0].key
    placed = [
        replace(
            vehicle,
            start_depot=vehicle.start_depot if vehicle.start_depot in known else first,
            end_depot=vehicle.end_depot if vehicle.end_depot in (None, *known) else first,
        )
        for vehicle in vehicles
    ]
    return edits.change_fleet(state, placed, depots)


def keep_offered(state: DayState) -> DayState:
    """The suggested vans are right: they become the firm's own, on their routes as before."""
    names = {vehicle.key: new_key("vehicle") for vehicle in state.day.vehicles if is_offered(vehicle)}
    vehicles = [replace(vehicle, key=names.get(vehicle.key, vehicle.key)) for vehicle in state.day.vehicles]
    renamed = replace(state, day=replace(state.day, vehicles=tuple(vehicles)))
    if state.assignment is None:
        return renamed
    routes = tuple(
        RouteOrders(names.get(route.vehicle_key, route.vehicle_key), route.order_keys)
        for route in state.assignment.routes
    )
    return replace(renamed, assignment=replace(state.assignment, routes=routes))


def suggested_price(field: str, value: Any) -> bool:
    """True for a price that is the program's own suggestion."""
    suggested = {
        "cost_per_km_cents": DEFAULT_COST_PER_KM_CENTS,
        "cost_per_hour_cents": DEFAULT_COST_PER_HOUR_CENTS,
    }
    return suggested.get(field) == value
