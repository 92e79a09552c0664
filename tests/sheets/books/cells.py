"""Cells that a plain Python value cannot name, for the writers of test books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Fault:
    """An error such as #N/A."""

    text: str = "#N/A"


@dataclass(frozen=True)
class Sum:
    """A formula; ``value`` is its stored result, None when it was never calculated."""

    text: str
    value: float | str | None = None


@dataclass(frozen=True)
class Code:
    """A number that its format shows with leading zeros."""

    number: int
    width: int = 5

    @property
    def format(self) -> str:
        return "0" * self.width


@dataclass(frozen=True)
class Dressed:
    """A number with a format that shows more than it."""

    number: float
    format: str


Cell = str | int | float | bool | datetime | date | time | timedelta | Fault | Sum | Code | Dressed | None
Rows = list[list[Cell]]


def serial(value: date | datetime | time | timedelta, *, from_1904: bool = False) -> float:
    """A date or time as Excel counts it."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    return (moment - start).total_seconds() / 86400
