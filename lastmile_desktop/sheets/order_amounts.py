"""How much an order is, and how long it takes at the door: pieces, weight, volume, service time, price."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.text import UNITS, fold, word_set
from lastmile_desktop.sheets.values import numbers
from lastmile_desktop.sheets.values.clocks import DAY_S
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.volumes import parse_volume_cm3

DEFAULT_SERVICE_S = 300
_LONGEST_USUAL_SERVICE_S = 240 * 60
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_DUTCH = word_set("aantal dozen kratten stuks klant adres straat plaats bezorgtijd tijdvak gewicht opmerking")
_UNKNOWN = "The {} counts as unknown until somebody corrects it."


def read_quantity(row: SheetRow) -> int:
    """Thousandths of a piece; one piece when the cell is blank or cannot be read."""
    comma = row.table.decimal_comma("quantity")

    def pieces(value: CellValue) -> int | None:
        if isinstance(value, str) and "dozen" in value.lower() and not _is_dutch(row.table):
            raise UnreadableValueError("a dozen is twelve in English and boxes in Dutch")
        return numbers.parse_quantity_milli(_as_shown(row, "quantity", value), decimal_comma=comma)

    quantity = row.parse(
        "quantity",
        pieces,
        "bad_number",
        "It counts as 1 until somebody corrects it.",
        "quantity",
    )
    return 1000 if quantity is None else quantity


def _is_dutch(table: Table) -> bool:
    """True when the headings are Dutch."""
    return any(word in _DUTCH for text in table.header.headings.values() for word in fold(text).split())


def read_weight(row: SheetRow) -> int | None:
    """Grams; None when unknown."""
    unit, comma = row.table.unit("weight"), row.table.decimal_comma("weight")
    return row.parse(
        "weight",
        lambda value: _weight(
            _as_shown(row, "weight", value), unit if unit in numbers.GRAMS else "kg", comma
        ),
        "bad_number",
        _UNKNOWN.format("weight"),
        "weight",
    )


def _weight(value: CellValue, unit: str, comma: bool | None) -> int | None:
    if isinstance(value, datetime | date):  # 12.5 in a sheet that takes points for dates
        raise UnreadableValueError("Excel turned it into a date", f"{value.day}.{value.month}")
    return numbers.parse_measure(value, numbers.GRAMS, unit, decimal_comma=comma)


def read_volume(row: SheetRow) -> int | None:
    """Cubic centimetres; None when unknown."""
    unit, comma = row.table.unit("volume"), row.table.decimal_comma("volume")
    return row.parse(
        "volume",
        lambda value: parse_volume_cm3(_as_shown(row, "volume", value), unit, decimal_comma=comma),
        "bad_number",
        _UNKNOWN.format("volume"),
        "volume",
    )


def read_skip_price(row: SheetRow) -> int | None:
    """The price of leaving the order out, in cents; None when it must be planned."""
    comma = row.table.decimal_comma("skip_price")
    return row.parse(
        "skip_price",
        lambda value: numbers.parse_cents(value, decimal_comma=comma),
        "bad_number",
        "The order has no price for leaving it out.",
        "price",
    )


def _as_shown(row: SheetRow, field: str, value: CellValue) -> CellValue:
    """The number with the unit that its format shows: 500 formatted as 0 "g" is 500 g.

    Raises UnreadableValueError for a percentage.
    """
    if isinstance(value, str | bool) or not isinstance(value, int | float):
        return value
    code = row.number_format(field).split(";")[0]
    if not code:
        return value
    shown = "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(code)).strip()
    if "%" in _QUOTED.sub("", code):
        raise UnreadableValueError("it is a percentage", f"{Decimal(repr(value)) * 100:f}")
    unit = UNITS.get(fold(shown).strip(". "))
    return value if unit is None else f"{Decimal(repr(value)):f} {unit}"


def read_service(row: SheetRow) -> int:
    """Seconds at the door; the usual ones when the cell is blank or cannot be read."""
    unit = service_unit(row.table)
    seconds = row.parse(
        "service",
        lambda value: parse_duration(value, unit),
        "bad_time",
        f"{DEFAULT_SERVICE_S // 60} minutes are assumed.",
        "service time",
    )
    if seconds is None:
        return DEFAULT_SERVICE_S
    if seconds > DAY_S:
        row.attend(
            "service",
            "bad_time",
            f"The service time of {seconds // 3600} hours cannot be right. 5 minutes are assumed.",
            _in_smaller_unit(seconds, unit),
        )
        return DEFAULT_SERVICE_S
    if seconds > _LONGEST_USUAL_SERVICE_S:
        row.attend(
            "service",
            "bad_time",
            f"The service time of {seconds // 60} minutes is unusually long. Please check it.",
            _in_smaller_unit(seconds, unit),
        )
    return seconds


def service_unit(table: Table) -> str:
    """The unit of bare numbers in the service column, "" for minutes."""
    unit = table.unit("service")
    return unit if unit in ("min", "s", "h") else ""


def _in_smaller_unit(seconds: int, unit: str) -> dict[str, str]:
    """5:00 was probably five minutes, 300 were probably seconds."""
    return {"service": f"{seconds // 3600} min"} if unit != "s" and seconds % 3600 == 0 else {}
