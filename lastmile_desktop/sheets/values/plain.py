"""Text values: numbers that are names (order numbers, phones, postcodes), and free text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from lastmile_desktop.sheets.grid import MAX_CELL_CHARACTERS, CellValue, UnreadableCell
from lastmile_desktop.sheets.text import clean


def as_text(value: CellValue | None) -> str:
    """The cell as text: 10001.0 becomes 10001, never an exponent; "" for a blank or unreadable cell."""
    if isinstance(value, str):
        return clean(value)[:MAX_CELL_CHARACTERS]
    if value is None or isinstance(value, UnreadableCell):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else f"{value:.10f}".rstrip("0")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time(0) else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def as_code(value: CellValue | None) -> str:
    """An order number, phone number or postcode: text without the apostrophe that Excel sheets carry."""
    text = as_text(value).removeprefix("'")
    if text.endswith(".0") and text[:-2].isdigit():
        return text[:-2]
    return " ".join(text.split())
