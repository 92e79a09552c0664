"""Dates in words, and sheet text made fit for paper and cells."""

from __future__ import annotations

from datetime import date

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """The date in full: "Monday 23 November 2026" (English whatever the system's locale is)."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """The date for a footer: "Mon 23 Nov 2026"."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def one_line(text: str) -> str:
    """Sheet text without line breaks, control characters or runs of blanks."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Sheet text without characters that no page or workbook can hold; line breaks and tabs stay.

    Control characters become blanks. Lone surrogates become the replacement character: they cannot be
    written as UTF-8. Direction overrides are dropped: they could make a row read as another one.
    """
    return text.replace("\r\n", "\n").translate(_UNPRINTABLE)


def _unprintable() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*range(32), *range(0x7F, 0xA0)), " ")
    table |= {ord("\t"): "\t", ord("\n"): "\n", ord("\r"): "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    table |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
    return table | dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF), None)


_UNPRINTABLE = _unprintable()
