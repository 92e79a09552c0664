"""The columns of the orders table as data: what each shows, sorts by, and takes when typed into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.model import Location, Order, OrderKind, Priority
from lastmile_desktop.model.wording import windows
from lastmile_desktop.pipeline import typed_values
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError

#: Fields of an order and their new values, for ``dataclasses.replace``.
Values = Mapping[str, Any]
#: Reads what was typed; gets the position the day's work is near to. Raises NotUnderstoodError.
Parse = Callable[[str, Location | None], Values]

PRIORITY_WORDS = {Priority.HIGH: "High", Priority.NORMAL: "Normal", Priority.LOW: "Low"}
KIND_WORDS = {OrderKind.DELIVERY: "Delivery", OrderKind.PICKUP: "Pickup"}
_LONGEST_TEXT = 2000
_LAST = 10**6


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``parse`` None = read only; ``choices`` are the only texts it takes, if any.

    ``field`` names the column in code, ``noun`` in the middle of a sentence; ``hint`` says what to type.
    """

    field: str
    title: str
    noun: str
    width: int
    text: Callable[[Order], str]
    sort_key: Callable[[Order], Any]
    parse: Parse | None = None
    numeric: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


def _text_column(field: str, title: str, noun: str, width: int, hint: str, required: str = "") -> Column:
    def parse(typed: str, _near: Location | None) -> Values:
        plain = typed.strip() if field == "notes" else " ".join(typed.split())
        if required and not plain:
            raise NotUnderstoodError(required)
        if len(plain) > _LONGEST_TEXT:
            raise NotUnderstoodError(f"This text is longer than {_LONGEST_TEXT} signs. Please shorten it.")
        return {field: plain}

    def text(order: Order) -> str:
        value: str = getattr(order, field)
        return value

    return Column(field, title, noun, width, text, lambda order: text(order).casefold(), parse, hint=hint)


def _amount_column(
    field: str,
    title: str,
    noun: str,
    width: int,
    per_unit: int,
    read: Callable[[str], int | None],
    hint: str,
    required: str = "",
) -> Column:
    def parse(typed: str, _near: Location | None) -> Values:
        amount = read(typed)
        if amount is None and required:
            raise NotUnderstoodError(required)
        return {field: amount}

    def text(order: Order) -> str:
        return typed_values.amount_text(getattr(order, field), per_unit)

    def sort_key(order: Order) -> int:
        amount: int | None = getattr(order, field)
        return -1 if amount is None else amount

    return Column(field, title, noun, width, text, sort_key, parse, numeric=True, hint=hint)


def _choice_column(field: str, title: str, width: int, words: Mapping[Any, str]) -> Column:
    by_word = {word.lower(): value for value, word in words.items()}
    rank = {value: place for place, value in enumerate(words)}

    def parse(typed: str, _near: Location | None) -> Values:
        value = by_word.get(typed.strip().lower())
        if value is None:
            raise NotUnderstoodError(f"“{typed.strip()}” is not one of these: {', '.join(words.values())}.")
        return {field: value}

    return Column(
        field,
        title,
        title.lower(),
        width,
        lambda order: words[getattr(order, field)],
        lambda order: rank[getattr(order, field)],
        parse,
        choices=tuple(words.values()),
    )


def _parse_phone(typed: str, _near: Location | None) -> Values:
    plain = " ".join(typed.split())
    if plain and not any(sign.isdigit() for sign in plain):
        raise NotUnderstoodError(f"“{plain[:40]}” has no digit, so it is no phone number.")
    return {"phone": plain[:_LONGEST_TEXT]}


def _parse_email(typed: str, _near: Location | None) -> Values:
    plain = typed.strip()
    name, _, host = plain.partition("@")
    if plain and (not name or "." not in host or " " in plain):
        raise NotUnderstoodError(f"“{plain[:40]}” is no e-mail address. Write it like name@firm.com.")
    return {"email": plain[:_LONGEST_TEXT]}


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
    _text_column("id", "Order", "order number", 92, "The order number", "An order needs a number."),
    _text_column("name", "Name", "name", 170, "Who gets it"),
    _text_column("address", "Address", "address", 230, "Street and number, postcode and town"),
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
        "windows",
        "Window",
        "window",
        168,
        lambda order: windows(order.windows) or "any time",
        _window_key,
        lambda typed, _near: {"windows": typed_values.read_windows(typed)},
        hint="09:00-12:00, until 11:00 or from 13:00",
    ),
    _amount_column(
        "quantity_milli",
        "Pieces",
        "number of pieces",
        68,
        1000,
        typed_values.read_quantity_milli,
        "How many pieces",
        "Please write how many pieces, 0 when there is nothing to carry.",
    ),
    _amount_column(
        "weight_g",
        "kg",
        "weight",
        64,
        1000,
        typed_values.read_weight_g,
        "Weight in kilograms, empty = unknown",
    ),
    _amount_column(
        "volume_cm3",
        "m³",
        "volume",
        60,
        1_000_000,
        typed_values.read_volume_cm3,
        "Volume in cubic metres, empty = unknown",
    ),
    _amount_column(
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
    _choice_column("priority", "Priority", 84, PRIORITY_WORDS),
    _choice_column("kind", "Kind", 84, KIND_WORDS),
    _text_column("notes", "Notes", "notes", 220, "What the driver should know"),
    Column("source", "From", "source", 136, _source_text, _source_key),
)
COLUMN_OF: Mapping[str, int] = {column.field: index for index, column in enumerate(COLUMNS)}
