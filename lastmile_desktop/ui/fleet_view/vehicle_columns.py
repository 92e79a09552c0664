"""The columns of the fleet's two tables as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.model import Day, Depot, Vehicle
from lastmile_desktop.model.wording import clock
from lastmile_desktop.pipeline.typed_values import amount_text, position_text, skills_text, time_text


@dataclass(frozen=True, slots=True)
class FleetColumn:
    """One column; ``field`` is the form field that a double click leads to."""

    title: str
    width: int
    field: str
    text: Callable[[Any, Day], str]
    sort_key: Callable[[Any, Day], Any]
    numeric: bool = False


def _amount(title: str, width: int, field: str, per_unit: int, none_text: str = "") -> FleetColumn:
    from lastmile_desktop.ui.fleet_view.fleet_edits import value_of

    def text(vehicle: Vehicle, _day: Day) -> str:
        value = value_of(vehicle, field)
        if value is None:
            return none_text
        return f"{value / 100:,.2f}" if per_unit == 100 else amount_text(value, per_unit)

    def sort_key(vehicle: Vehicle, _day: Day) -> float:
        value = value_of(vehicle, field)
        return float("inf") if value is None else value

    return FleetColumn(title, width, field, text, sort_key, numeric=True)


def _depot_name(day: Day, key: str | None) -> str:
    if key is None:
        return "ends at last stop"
    depot = day.depot_by_key.get(key)
    return depot.name if depot is not None else ""


def _breaks(vehicle: Vehicle, _day: Day) -> str:
    return ", ".join(
        f"{amount_text(rest.duration_s, 60)} min {clock(rest.earliest_s)}–{clock(rest.latest_s)}"
        for rest in vehicle.breaks
    )


def _named(title: str, width: int, field: str, text: Callable[[Any, Day], str]) -> FleetColumn:
    return FleetColumn(title, width, field, text, lambda item, day: text(item, day).casefold())


VEHICLE_COLUMNS: tuple[FleetColumn, ...] = (
    FleetColumn("Today", 58, "name", lambda _vehicle, _day: "", lambda vehicle, _day: not vehicle.active),
    _named("Vehicle", 150, "name", lambda vehicle, _day: vehicle.name),
    _named("Driver", 100, "driver", lambda vehicle, _day: vehicle.driver),
    _amount("Pieces", 70, "quantity_milli", 1000),
    _amount("kg", 64, "weight_g", 1000),
    _amount("m³", 56, "volume_cm3", 1_000_000),
    FleetColumn(
        "Shift",
        112,
        "shift_start_s",
        lambda vehicle, _day: f"{clock(vehicle.shift_start_s)}–{clock(vehicle.shift_end_s)}",
        lambda vehicle, _day: (vehicle.shift_start_s, vehicle.shift_end_s),
    ),
    _named("Starts at", 132, "start_depot", lambda vehicle, day: _depot_name(day, vehicle.start_depot)),
    _named("Ends at", 132, "end_depot", lambda vehicle, day: _depot_name(day, vehicle.end_depot)),
    _named("Break", 152, "break_s", _breaks),
    _named("Skills", 90, "skills", lambda vehicle, _day: skills_text(vehicle.skills)),
    _amount("Per day", 76, "fixed_cost_cents", 100),
    _amount("Per km", 72, "cost_per_km_cents", 100),
    _amount("Per hour", 80, "cost_per_hour_cents", 100),
    _amount("Most stops", 88, "max_stops", 1),
    _amount("Most km", 76, "max_distance_m", 1000),
    _amount("Most hours", 90, "max_duration_s", 3600),
    _amount("Overtime min", 104, "overtime_s", 60),
    _amount("Trips", 60, "max_trips", 1),
)


def _used_by(depot: Depot, day: Day) -> int:
    return sum(depot.key in (vehicle.start_depot, vehicle.end_depot) for vehicle in day.vehicles)


DEPOT_COLUMNS: tuple[FleetColumn, ...] = (
    _named("Depot", 190, "name", lambda depot, _day: depot.name),
    _named("Address", 240, "address", lambda depot, _day: depot.address),
    _named("Position", 150, "location", lambda depot, _day: position_text(depot.location) or "! no position"),
    FleetColumn(
        "Opens",
        64,
        "opens_s",
        lambda depot, _day: time_text(depot.opens_s),
        lambda depot, _day: depot.opens_s or 0,
    ),
    FleetColumn(
        "Closes",
        64,
        "closes_s",
        lambda depot, _day: time_text(depot.closes_s),
        lambda depot, _day: depot.closes_s or 10**6,
    ),
    FleetColumn("Vehicles", 76, "name", lambda depot, day: str(_used_by(depot, day)), _used_by, numeric=True),
)
