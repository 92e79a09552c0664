"""The cells of one row that hold rules, read one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lastmile_desktop.model import RoutePosition
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import SheetRow
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values import numbers
from lastmile_desktop.sheets.values.clocks import DAY_S
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.plain import as_code, as_text
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

#: What an hour late costs where a sheet allows lateness and names no price (cents).
_USUAL_LATE_CENTS = 6000
_SEPARATORS = re.compile(r"[;,/+&|\n]+")
_FIRST = word_set(
    "first 1 1st start zuerst erster erste premier primero primo eerst eerste pierwszy primeiro"
)
_LAST = word_set("last end zuletzt letzter letzte dernier ultimo último laatst laatste ostatni finale")
_NOTHING = word_set("- no none any nein keine egal non nee nie n/a 0")


@dataclass(frozen=True, slots=True)
class OrderRules:
    """What a row says beyond address, window and load. ``after_ids`` are order numbers, not keys."""

    setup_s: int = 0
    late_cents_per_hour: int | None = None
    max_late_s: int | None = None
    only_vehicles: frozenset[str] = frozenset()
    barred_vehicles: frozenset[str] = frozenset()
    preferred_driver: str = ""
    shipment: str = ""
    same_van: str = ""
    position: RoutePosition = RoutePosition.ANY
    after_ids: tuple[str, ...] = ()


def read_rules(row: SheetRow) -> OrderRules:
    """The rules of one order; what cannot be read is remarked on and left out."""
    late_cents, max_late_s = _read_lateness(row)
    position = row.parse(
        "first_last",
        _position,
        "bad_choice",
        "The order may stand anywhere on its route.",
        "place on the route",
    )
    return OrderRules(
        setup_s=_read_setup(row),
        late_cents_per_hour=late_cents,
        max_late_s=max_late_s,
        only_vehicles=parse_names(row.raw("only_vehicles")),
        barred_vehicles=parse_names(row.raw("barred_vehicles")),
        preferred_driver=" ".join(row.text("preferred_driver").split()),
        shipment=row.code("pair"),
        same_van=row.code("same_van"),
        position=position or RoutePosition.ANY,
        after_ids=tuple(sorted(parse_names(row.raw("after_orders")))),
    )


def parse_names(value: CellValue | None) -> frozenset[str]:
    """Names or numbers split at ; , / + & and line ends, as they are written."""
    if value is None:
        return frozenset()
    parts = (" ".join(part.split()) for part in _SEPARATORS.split(as_code(value)))
    return frozenset(part for part in parts if part and fold(part) not in _NOTHING)


def _read_setup(row: SheetRow) -> int:
    unit = row.table.unit("setup")
    seconds = row.parse(
        "setup",
        lambda value: parse_duration(value, unit if unit in ("min", "s", "h") else "min"),
        "bad_time",
        "No set-up time is assumed.",
        "set-up time",
    )
    if seconds is not None and seconds > DAY_S // 6:
        row.attend(
            "setup", "bad_time", f"{seconds // 60} minutes of set-up time cannot be right. None is assumed."
        )
        return 0
    return seconds or 0


def _read_lateness(row: SheetRow) -> tuple[int | None, int | None]:
    """(price of an hour late, most lateness); a price alone allows any, a limit alone costs as usual."""
    strict = "The time window stays strict."
    cents = row.parse(
        "late_price",
        lambda value: numbers.parse_cents(value, decimal_comma=row.table.decimal_comma("late_price")),
        "bad_number",
        strict,
        "price of lateness",
    )
    unit = row.table.unit("max_late")
    seconds = row.parse(
        "max_late",
        lambda value: parse_duration(value, unit if unit in ("min", "s", "h") else "min"),
        "bad_time",
        strict,
        "allowed lateness",
    )
    if seconds == 0 or (cents is None and seconds is None):
        return None, None
    return _USUAL_LATE_CENTS if cents is None else cents, seconds


def _position(value: CellValue) -> RoutePosition:
    folded = fold(as_text(value))
    if folded == "" or folded in _NOTHING:
        return RoutePosition.ANY
    if folded in _FIRST:
        return RoutePosition.FIRST
    if folded in _LAST:
        return RoutePosition.LAST
    raise UnreadableValueError("it says neither first nor last")
