"""The delivery dates of a sheet: read cell by cell, decided by the whole column and the sheet's title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from lastmile_desktop.model import Severity
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.values.dates import (
    DateHabits,
    date_habits,
    find_date,
    has_time_of_day,
    is_slashed,
    parse_date,
    weekday_of,
)
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_NO_DATE = "The order is kept without a date."
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_DAYS_NAMED = 5


class DateReader:
    """Reads the dates of one sheet. ``date_order`` is "dmy" or "mdy" when a person chose one."""

    def __init__(self, table: Table, date_order: str = "") -> None:
        self.title = title_date(table)
        columns = table.columns.get("date", [])
        counts = Counter(
            value
            for column in columns[:1]
            for value in table.grid.column_values(column.number, table.header.last_row, limit=10**9)
        )
        values = list(counts)
        habits = date_habits(values, self.title)
        self.was_guessed = (
            habits.day_first is None and not date_order and any(is_slashed(value) for value in values)
        )
        if date_order or (habits.day_first is None and _is_american(table)):
            habits = DateHabits(
                date_order != "mdy" if date_order else False, False, habits.known, habits.year
            )
        self.habits = habits
        weekdays = {day for value in values if (day := weekday_of(value)) is not None}
        only = len(weekdays) == 1 and habits.known is None and None not in map(weekday_of, values)
        self.only_weekday = next(iter(weekdays)) if only else None
        self.may_be_exchanged = _may_be_exchanged(counts)

    @property
    def known_day(self) -> date | None:
        """The day that the sheet names, for cells that only name a part of it."""
        return self.habits.known

    def read(self, row: SheetRow) -> date | None:
        """The date of a row, None without one; what cannot be read is remarked on."""
        value = row.raw("date")
        if value is None or (self.only_weekday is not None and weekday_of(value) is not None):
            return None
        found = row.parse("date", self._parse, "bad_date", _NO_DATE, "date")
        if found is not None and has_time_of_day(value):
            row.remark("date", "unused_time", f"Of “{row.text('date')}” only the date is used, not the time.")
        return found

    def _parse(self, value: CellValue) -> date | None:
        return parse_date(value, self.habits)

    def remarks(self) -> list[tuple[str, str, Severity]]:
        """Sentences about the whole column as (category, sentence, severity)."""
        found = []
        if self.was_guessed:
            order = "month/day" if self.habits.day_first is False else "day/month"
            other = "day/month" if self.habits.day_first is False else "month/day"
            found.append(
                (
                    "date_order",
                    f"Dates such as 03/04 are read as {order}. Check the dates if they are {other}.",
                    Severity.INFO,
                )
            )
        if self.only_weekday is not None:
            found.append(
                (
                    "weekday_only",
                    f"The date column only says {_WEEKDAYS[self.only_weekday]}, so the orders have no date.",
                    Severity.INFO,
                )
            )
        if self.may_be_exchanged:
            found.append(
                (
                    "date_order",
                    "Some dates of this column are texts and some are Excel dates, all of them early in the "
                    "month. Excel may have exchanged day and month when the file was opened; please check.",
                    Severity.ATTENTION,
                )
            )
        return found


def days_remark(dates: Mapping[date, int], without: int) -> str:
    """How many orders each day has; "" when there are not several days."""
    if len(dates) < 2:
        return ""
    first = sorted(dates.items())
    shown = [f"{day.isoformat()}: {count}" for day, count in first[:_MOST_DAYS_NAMED]]
    if len(first) > _MOST_DAYS_NAMED:
        shown.append(f"{len(first) - _MOST_DAYS_NAMED} more days")
    if without:
        shown.append(f"no date: {without}")
    return f"The sheet holds orders for {len(first)} days ({', '.join(shown)})."


def title_date(table: Table) -> date | None:
    """A date in a line above the heading, None without one."""
    for number, cells in table.grid.rows.items():
        if number >= table.header.row:
            break
        for value in cells.values():
            if isinstance(value, date):
                return date(value.year, value.month, value.day)
            found = find_date(value) if isinstance(value, str) else None
            if found is not None:
                return found
    return None


def _is_american(table: Table) -> bool:
    """True for a sheet in pounds: then 03/04 is in March."""
    return table.unit("weight") in ("lb", "oz") or any(
        "lb" in column.heading.lower().split() or "lbs" in column.heading.lower()
        for column in table.header.columns
    )


def _may_be_exchanged(values: Mapping[CellValue, int]) -> bool:
    """Excel of one country opens dates of another: what it could not turn round stays a text.

    Then every text has a part above 12, and no real date is later than the 12th.
    """
    kinds: Counter[str] = Counter()
    for value, count in values.items():
        if isinstance(value, date):
            kinds["early" if value.day <= 12 else "late"] += count
        elif isinstance(value, str) and is_slashed(value):
            try:
                parse_date(value, DateHabits(mixed=True))
                kinds["certain text"] += 1
            except UnreadableValueError:
                kinds["open text"] += 1
    return kinds["early"] >= 2 and kinds["certain text"] >= 1 and not kinds["late"] and not kinds["open text"]
