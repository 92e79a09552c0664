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
    """Sheet text without characters that no page or workbook can hold; line breaks stay.

    Control characters become blanks. Lone surrogates become the replacement character: they cannot be
    written as UTF-8. Direction overrides are dropped: they could make a row read as another one.
    """
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        code = ord(char)
        if char == "\n":
            kept.append(char)
        elif code < 32 or 0x7F <= code < 0xA0:
            kept.append(" ")
        elif 0xD800 <= code < 0xE000:
            kept.append("�")
        elif 0x202A <= code <= 0x202E or code in (0xFFFE, 0xFFFF):
            continue
        else:
            kept.append("\n" if code in (0x2028, 0x2029) else char)
    return "".join(kept)
