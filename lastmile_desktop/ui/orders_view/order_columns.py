"""The columns of the orders table as data."""

from __future__ import annotations

from collections.abc import Mapping

from lastmile_desktop.model import Location, Order, OrderKind, Priority
from lastmile_desktop.model.wording import windows
from lastmile_desktop.pipeline import typed_values
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.ui.orders_view.column_kinds import (
    LONGEST_TEXT,
    amount_column,
    choice_column,
    text_column,
)
from lastmile_desktop.ui.orders_view.column_kinds import Column as Column
from lastmile_desktop.ui.orders_view.column_kinds import Values as Values
from lastmile_desktop.ui.orders_view.place_words import place_key, place_text
from lastmile_desktop.ui.orders_view.rule_columns import RULE_COLUMNS

PRIORITY_WORDS = {Priority.HIGH: "High", Priority.NORMAL: "Normal", Priority.LOW: "Low"}
KIND_WORDS = {OrderKind.DELIVERY: "Delivery", OrderKind.PICKUP: "Pickup"}
_LAST = 10**6


def _parse_phone(typed: str, _near: Location | None) -> Values:
    plain = " ".join(typed.split())
    if plain and not any(sign.isdigit() for sign in plain):
        raise NotUnderstoodError(f"“{plain[:40]}” has no digit, so it is no phone number.")
    return {"phone": plain[:LONGEST_TEXT]}


def _parse_email(typed: str, _near: Location | None) -> Values:
    plain = typed.strip()
    name, _, host = plain.partition("@")
    if plain and (not name or "." not in host or " " in plain):
        raise NotUnderstoodError(f"“{plain[:40]}” is no e-mail address. Write it like name@firm.com.")
    return {"email": plain[:LONGEST_TEXT]}


def _source_text(order: Order) -> str:
    return "added by hand" if order.source is None else f"{order.source.sheet}, row {order.source.row}"


def _source_key(order: Order) -> tuple[str, int]:
    return ("\uffff", 0) if order.source is None else (order.source.sheet.casefold(), order.source.row)


def _window_key(order: Order) -> tuple[int, int]:
    if not order.windows:
        return _LAST, _LAST
    first = order.windows[0]
    return first.start_s or 0, _LAST if first.end_s is None else first.end_s


def _position_key(order: Order) -> tuple[bool, float, float]:
    if order.location is None:
        return False, 0.0, 0.0
    return True, order.location.lat, order.location.lon


def _status_text(_order: Order) -> str:
    return ""  # filled in by the model: it follows from the plan, not from the order


COLUMNS: tuple[Column, ...] = (
    Column("status", "Status", "status", 200, _status_text, _status_text),
    text_column("id", "Order", "order number", 92, "The order number", "An order needs a number."),
    text_column("name", "Name", "name", 170, "Who gets it"),
    text_column("address", "Address", "address", 230, "Street and number, postcode and town"),
    Column(
        "location",
        "Position",
        "position",
        146,
        lambda order: typed_values.position_text(order.location),
        _position_key,
        lambda typed, near: {"location": typed_values.read_position(typed, near)},
        hint="Latitude, longitude: paste 51.0543, 3.7174",
    ),
    Column(
        "placing",
        "Place",
        "place",
        112,
        place_text,
        place_key,
        hint="How sure the position is; sort by it to see the worst first",
    ),
    Column(
        "windows",
        "Window",
        "window",
        168,
        lambda order: windows(order.windows) or "any time",
        _window_key,
        lambda typed, _near: {"windows": typed_values.read_windows(typed)},
        hint="09:00-12:00, until 11:00 or from 13:00",
    ),
    amount_column(
        "quantity_milli",
        "Pieces",
        "number of pieces",
        68,
        1000,
        typed_values.read_quantity_milli,
        "How many pieces",
        "Please write how many pieces, 0 when there is nothing to carry.",
    ),
    amount_column(
        "weight_g",
        "kg",
        "weight",
        64,
        1000,
        typed_values.read_weight_g,
        "Weight in kilograms, empty = unknown",
    ),
    amount_column(
        "volume_cm3",
        "m³",
        "volume",
        60,
        1_000_000,
        typed_values.read_volume_cm3,
        "Volume in cubic metres, empty = unknown",
    ),
    amount_column(
        "service_s",
        "Service min",
        "service minutes",
        92,
        60,
        typed_values.read_service_s,
        "Minutes at the door",
        "Please write the minutes at the door, like 5.",
    ),
    Column(
        "phone",
        "Phone",
        "phone number",
        128,
        lambda order: order.phone,
        lambda order: order.phone,
        _parse_phone,
        hint="Phone number",
    ),
    Column(
        "email",
        "E-mail",
        "e-mail address",
        180,
        lambda order: order.email,
        lambda order: order.email.casefold(),
        _parse_email,
        hint="name@firm.com",
    ),
    Column(
        "skills",
        "Skills",
        "skills",
        110,
        lambda order: typed_values.skills_text(order.skills),
        lambda order: typed_values.skills_text(order.skills) or "\uffff",
        lambda typed, _near: {"skills": typed_values.read_skills(typed)},
        hint="What the van needs, with commas: lift, cool",
    ),
    choice_column("priority", "Priority", 84, PRIORITY_WORDS),
    choice_column("kind", "Kind", 84, KIND_WORDS),
    *RULE_COLUMNS,
    text_column("notes", "Notes", "notes", 220, "What the driver should know"),
    Column("source", "From", "source", 136, _source_text, _source_key),
)
COLUMN_OF: Mapping[str, int] = {column.field: index for index, column in enumerate(COLUMNS)}
