"""The fields of the two forms of the fleet page, as data."""

from __future__ import annotations

from lastmile_desktop.model import Location
from lastmile_desktop.pipeline import typed_values
from lastmile_desktop.ui.field_form.fields import Field, FieldKind, Group


def _name(text: str) -> str:
    return " ".join(text.split())


def _time(text: str) -> int:
    time_s = typed_values.read_time(text)
    if time_s is None:
        raise typed_values.NotUnderstoodError("Please write a time, like 08:00.")
    return time_s


def _end_time(text: str) -> int:
    time_s = typed_values.read_time(text, as_end=True)
    if time_s is None:
        raise typed_values.NotUnderstoodError("Please write a time, like 17:00.")
    return time_s


def _closing_time(text: str) -> int | None:
    return typed_values.read_time(text, as_end=True)


def _position(text: str) -> Location | None:
    return typed_values.read_position(text)


_LIMIT, _AMOUNT = FieldKind.LIMIT, FieldKind.AMOUNT

VEHICLE_GROUPS: tuple[Group, ...] = (
    Group(
        "",
        (
            Field("name", "Name", read=_name, hint="How you call it: Van 1, the white Crafter", single=True),
            Field("driver", "Driver", read=_name, hint="Who drives today", single=True),
        ),
    ),
    Group(
        "Working day",
        (
            Field(
                "shift_start_s",
                "Shift from",
                read=_time,
                text=typed_values.time_text,
                hint="Leaves at the earliest",
                noun="shift start",
            ),
            Field(
                "shift_end_s",
                "Shift to",
                read=_end_time,
                text=typed_values.time_text,
                hint="Back at the latest",
                noun="shift end",
            ),
            Field(
                "start_depot",
                "Starts at",
                FieldKind.DEPOT,
                hint="Where the route begins",
                noun="start depot",
            ),
            Field(
                "end_depot",
                "Ends at",
                FieldKind.DEPOT_OR_OPEN,
                none_text="the last stop",
                hint="Where the route ends",
                noun="end depot",
            ),
            Field(
                "break_s",
                "Break",
                _LIMIT,
                unit=" min",
                per_unit=60,
                most=480,
                step=5,
                none_text="no break",
                hint="Length of the break",
            ),
            Field(
                "break_earliest_s",
                "Break from",
                read=_time,
                text=typed_values.time_text,
                hint="Begins at the earliest",
                noun="break start",
            ),
            Field(
                "break_latest_s",
                "Break until",
                read=_time,
                text=typed_values.time_text,
                hint="Begins at the latest",
                noun="latest break start",
            ),
        ),
    ),
    Group(
        "Carries at most",
        (
            Field(
                "quantity_milli",
                "Pieces",
                _LIMIT,
                unit=" pcs",
                per_unit=1000,
                decimals=1,
                none_text="no limit",
                hint="How many pieces fit",
                noun="capacity in pieces",
            ),
            Field(
                "weight_g",
                "Weight",
                _LIMIT,
                unit=" kg",
                per_unit=1000,
                decimals=1,
                step=10,
                none_text="no limit",
                hint="How many kilograms it may carry",
                noun="capacity in kg",
            ),
            Field(
                "volume_cm3",
                "Volume",
                _LIMIT,
                unit=" m³",
                per_unit=1_000_000,
                decimals=2,
                most=1000,
                step=0.5,
                none_text="no limit",
                hint="How many cubic metres fit",
                noun="capacity in m³",
            ),
            Field(
                "skills",
                "Skills",
                read=typed_values.read_skills,
                text=typed_values.skills_text,
                hint="With commas: lift, cool",
            ),
        ),
    ),
    Group(
        "Costs",
        (
            Field(
                "fixed_cost_cents",
                "Per day",
                _AMOUNT,
                unit=" {currency}",
                per_unit=100,
                decimals=2,
                step=5,
                hint="What it costs to use it at all",
                noun="cost per day",
            ),
            Field(
                "cost_per_km_cents",
                "Per km",
                _AMOUNT,
                unit=" {currency}",
                per_unit=100,
                decimals=2,
                step=0.05,
                hint="Fuel, tyres, wear",
                noun="cost per km",
            ),
            Field(
                "cost_per_hour_cents",
                "Per hour",
                _AMOUNT,
                unit=" {currency}",
                per_unit=100,
                decimals=2,
                hint="The driver's hour",
                noun="cost per hour",
            ),
        ),
    ),
    Group(
        "Overtime and second trips",
        (
            Field(
                "overtime_s",
                "Overtime",
                _AMOUNT,
                unit=" min",
                per_unit=60,
                most=720,
                step=15,
                hint="How long after the shift it may still be under way",
                noun="allowed overtime",
            ),
            Field(
                "overtime_cents_per_hour",
                "Extra",
                _AMOUNT,
                unit=" {currency} / h",
                per_unit=100,
                decimals=2,
                hint="What an hour of overtime costs on top of the usual hour",
                noun="price of overtime",
            ),
            Field(
                "max_trips",
                "Trips",
                _AMOUNT,
                least=1,
                most=20,
                hint="How often it may load in a day; 2 = it may come back once",
                noun="trips a day",
            ),
            Field(
                "reload_s",
                "Loading",
                _AMOUNT,
                unit=" min",
                per_unit=60,
                most=720,
                step=5,
                hint="How long loading again takes at the depot",
                noun="time for loading again",
            ),
        ),
    ),
    Group(
        "Limits for a route",
        (
            Field(
                "max_stops",
                "Stops",
                _LIMIT,
                unit=" stops",
                none_text="no limit",
                most=5000,
                hint="Most stops",
                noun="most stops",
            ),
            Field(
                "max_distance_m",
                "Distance",
                _LIMIT,
                unit=" km",
                per_unit=1000,
                decimals=1,
                step=10,
                most=10_000,
                none_text="no limit",
                hint="Most kilometres, the way back included",
                noun="most km",
            ),
            Field(
                "max_duration_s",
                "Duration",
                _LIMIT,
                unit=" h",
                per_unit=3600,
                decimals=2,
                step=0.5,
                most=48,
                none_text="no limit",
                hint="Most hours from leaving to coming back",
                noun="most hours",
            ),
        ),
    ),
)

DEPOT_GROUPS: tuple[Group, ...] = (
    Group(
        "",
        (
            Field("name", "Name", read=_name, hint="How you call it: Warehouse"),
            Field("address", "Address", read=_name, hint="Street and number, postcode and town"),
            Field(
                "location",
                "Position",
                read=_position,
                text=typed_values.position_text,
                hint="Latitude, longitude: 51.0543, 3.7174",
            ),
            Field(
                "opens_s",
                "Opens",
                read=typed_values.read_time,
                text=typed_values.time_text,
                hint="Empty = always open",
            ),
            Field(
                "closes_s",
                "Closes",
                read=_closing_time,
                text=typed_values.time_text,
                hint="Empty = always open",
            ),
        ),
    ),
)
