"""When an order may be brought: the window cells and From / To cells of one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.clocks import DAY_S, LAST_DOUBTFUL_HOUR, ZERO_DAYS, Clock, clock_text
from lastmile_desktop.sheets.values.times import cell_date, parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_tokens import DayMonth, folded_lines, tokens_of
from lastmile_desktop.sheets.values.windows import (
    DayParts,
    DayWindows,
    WindowHabits,
    WindowReading,
    merged,
    parse_day_windows,
    written,
)

_NO_WINDOW = "The order is kept without a time window and the text is put into its notes."
_NUMBERS = ("", "_2", "_3")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_DISTINCT = 4000


@dataclass(frozen=True, slots=True)
class RowTimes:
    """What a row says about time. ``day`` is a date that stood beside a time, None without one."""

    windows: tuple[TimeWindow, ...] = ()
    urgent: bool = False
    day: date | None = None


class WindowReader:
    """Reads the times of each row of one sheet; holds what only the whole columns can tell."""

    def __init__(self, table: Table, known_day: date | None, parts: DayParts) -> None:
        self._known_day = known_day
        texts = _window_texts(table)
        self.habits = replace(_habits(texts), parts=parts)
        self._common_days = _common_days(texts)
        fields = table.columns.keys()
        self._numbers = [
            number
            for number in _NUMBERS
            if f"window{number}" in fields
            or f"window{number}_start" in fields
            or f"window{number}_end" in fields
        ]

    def read(self, row: SheetRow, day: date | None) -> RowTimes:
        """The windows of a row whose date is ``day``; never raises for what the row holds."""
        found: list[TimeWindow] = []
        urgent = False
        other_day: date | None = None
        for number in self._numbers:
            pair, pair_day = self._read_pair(row, number, day)
            cell, cell_day = self._read_one_cell(row, f"window{number}", day or pair_day)
            other_day = other_day or pair_day or cell_day
            urgent = urgent or pair.urgent or cell.urgent
            found.extend(self._together(row, number, pair.windows, cell.windows))
        found = _without_break(found)
        return RowTimes(merged(found) if found else (), urgent, other_day)

    def _together(
        self, row: SheetRow, number: str, pair: Sequence[TimeWindow], cell: Sequence[TimeWindow]
    ) -> Sequence[TimeWindow]:
        """Both a window cell and From / To: both hold, so only what they have in common is open."""
        if not pair or not cell or tuple(pair) == tuple(cell):
            return [*pair, *cell]
        common = _in_both(pair, cell)
        if tuple(common) not in (tuple(pair), tuple(cell)):
            if not common:
                row.kept_texts.append(f"{written(cell)}; {written(pair)}")
            row.attend(
                f"window{number}",
                "bad_time",
                f"The time window {written(cell)} and the times {written(pair)} beside it do not fit "
                f"together. {'Their common part is used.' if common else _NO_WINDOW}",
            )
        return common

    def _read_one_cell(self, row: SheetRow, name: str, day: date | None) -> tuple[WindowReading, date | None]:
        reading = row.parse(name, self._window_cell, "bad_time", _NO_WINDOW, "time", keep_text=True)
        if reading is None:
            return WindowReading(), None
        return self._settled(row, name, reading, day)

    def _window_cell(self, value: CellValue) -> WindowReading:
        if isinstance(value, str):
            return parse_day_windows(value, self.habits)
        if isinstance(value, datetime) and value.date() in ZERO_DAYS:
            raise UnreadableValueError("it names one time, not a period")
        if isinstance(value, date) and not (isinstance(value, datetime) and (value.hour or value.minute)):
            low, high = sorted((value.day, value.month))
            raise UnreadableValueError(
                "Excel turned it into a date",
                f"{low:02d}:00-{high:02d}:00" if low < high and low >= 6 else "",
            )
        raise UnreadableValueError("it names one time, not a period")

    def _settled(
        self, row: SheetRow, name: str, reading: WindowReading, day: date | None
    ) -> tuple[WindowReading, date | None]:
        """The reading for the order's day, with the remarks that a person should see."""
        if reading.urgent:
            row.remark(name, "urgent", "Read as urgent: high priority, as soon as possible.")
        for folded, start, end in reading.parts:
            word = row.text(name) if len(reading.windows) == 1 else folded
            row.remark(name, "day_part", f"“{word}” is read as {clock_text(start)} to {clock_text(end)}.")
        if not reading.for_days:
            return reading, None
        windows, found_day = self._on_day(row, name, reading.for_days, day)
        return WindowReading(windows, reading.urgent, reading.parts), found_day

    def _on_day(
        self, row: SheetRow, name: str, groups: Sequence[DayWindows], day: date | None
    ) -> tuple[tuple[TimeWindow, ...], date | None]:
        own_day = _only_date(groups)
        known = day or self._known_day or own_day
        if known is not None:
            fitting = [window for group in groups if group.is_for(known) for window in group.windows]
            if any(group.is_for(known) for group in groups):
                return (merged(fitting) if fitting else ()), (own_day if day is None else None)
            row.kept_texts.append(row.text(name))
            row.attend(
                name,
                "other_day",
                f"The time “{row.text(name)}” is not for {_WEEKDAYS[known.weekday()]} "
                f"{known.day}.{known.month}.{known.year}, the day of the order. {_NO_WINDOW}",
            )
            return (), None
        if self._common_days and len(groups) == 1 and _days_of(groups[0]) >= self._common_days:
            row.remark(name, "window_day", f"The time “{row.text(name)}” is read without its day.")
            return groups[0].windows, None
        row.attend(
            name,
            "other_day",
            f"The time “{row.text(name)}” is for certain days only, and the sheet names no date. "
            + ("Check that it is for the day that is planned." if len(groups) == 1 else _NO_WINDOW),
        )
        if len(groups) == 1:
            return groups[0].windows, None
        row.kept_texts.append(row.text(name))
        return (), None

    # -- From and To

    def _read_pair(self, row: SheetRow, number: str, day: date | None) -> tuple[WindowReading, date | None]:
        start_field, end_field = f"window{number}_start", f"window{number}_end"
        if not row.has(start_field) and not row.has(end_field):
            return WindowReading(), None
        whole = self._whole_window_in_one_side(row, start_field, end_field, day)
        if whole is not None:
            return whole
        before = len(row.problems)
        start = row.parse(start_field, self._start, "bad_time", _NO_WINDOW, "time", keep_text=True)
        end = row.parse(end_field, self._end, "bad_time", _NO_WINDOW, "time", keep_text=True)
        if len(row.problems) > before or (start is None and end is None):
            return WindowReading(), None
        dated = self._day_of_pair(row, start_field, end_field, day)
        if len(row.problems) > before:
            return WindowReading(), None
        if start is not None and end is not None and end <= start:
            self._tell_backward(row, start_field, end_field, start, end)
            return WindowReading(), dated
        if not start and (end is None or end >= DAY_S - 60):
            return WindowReading(), dated
        return WindowReading((TimeWindow(start, end),)), dated

    def _start(self, value: CellValue) -> int | None:
        return parse_time(value, in_doubt=not self.habits.as_written)

    def _end(self, value: CellValue) -> int | None:
        return parse_time(value, as_end=True, in_doubt=not self.habits.as_written)

    def _tell_backward(self, row: SheetRow, start_field: str, end_field: str, start: int, end: int) -> None:
        texts = f"{row.text(start_field)} to {row.text(end_field)}"
        row.kept_texts.append(texts)
        how = "ends before it starts" if end < start else "has no length"
        noon = DAY_S // 2
        fix = ""
        if start < end + noon <= 22 * 3600 and end < start:
            fix = clock_text(end + noon)
        elif start >= 16 * 3600 and end <= 6 * 3600:
            fix = "24:00"
        row.attend(
            end_field,
            "bad_time",
            f"The time window {texts} {how}. {_NO_WINDOW}",
            {end_field: fix} if fix else None,
        )

    def _day_of_pair(self, row: SheetRow, start_field: str, end_field: str, day: date | None) -> date | None:
        """The date that stands beside the times; a remark when it is another than the order's."""
        for field in (start_field, end_field):
            value = row.raw(field)
            found = None if value is None else cell_date(value)
            if found is None:
                continue
            wanted = day or self._known_day
            if wanted is not None and found != wanted:
                row.kept_texts.append(row.text(field))
                row.attend(
                    field,
                    "other_day",
                    f"The time “{row.text(field)}” is for another day than the order "
                    f"({wanted.isoformat()}). {_NO_WINDOW}",
                )
                return None
            day = found
        return day

    def _whole_window_in_one_side(
        self, row: SheetRow, start_field: str, end_field: str, day: date | None
    ) -> tuple[WindowReading, date | None] | None:
        """Some people write "9-12" into From and leave To empty."""
        if row.has(start_field) == row.has(end_field):
            return None
        name = start_field if row.has(start_field) else end_field
        value = row.raw(name)
        if not isinstance(value, str):
            return None
        try:
            reading = parse_day_windows(value, self.habits)
        except UnreadableValueError:
            return None
        if not (reading.windows or reading.urgent or reading.for_days):
            return None
        return self._settled(row, name, reading, day)


def _window_texts(table: Table) -> Counter[str]:
    texts: Counter[str] = Counter()
    for number in _NUMBERS:
        for name in (f"window{number}", f"window{number}_start", f"window{number}_end"):
            for column in table.columns.get(name, ()):
                for value in table.grid.column_values(column.number, table.header.last_row, limit=10**9):
                    if isinstance(value, str):
                        texts[value] += 1
    return texts


def _habits(texts: Counter[str]) -> WindowHabits:
    """Languages of the columns, and whether 2:00 is meant as it is written."""
    languages: set[str] = set()
    night = day = 0
    afternoon = padded = False
    for text, count in texts.most_common(_MOST_DISTINCT):
        try:
            tokens, found = tokens_of(folded_lines(text))
        except UnreadableValueError:
            continue
        languages |= found
        for token in tokens:
            if not isinstance(token, Clock) or token.bare or token.half:
                continue
            afternoon = afternoon or token.hour >= 13
            padded = padded or (token.hour < 10 and not token.short)
            if token.short and 1 <= token.hour <= LAST_DOUBTFUL_HOUR:
                night += count
            else:
                day += count
    return WindowHabits(frozenset(languages), as_written=(afternoon and not padded) or night > day)


def _days_of(group: DayWindows) -> frozenset[object]:
    """The days of a group as things that can be compared: weekdays and (day, month)."""
    dates = {(found.day, found.month) for found in group.dates}
    return frozenset(dates) if dates else frozenset(group.weekdays)


def _common_days(texts: Iterable[str]) -> frozenset[object]:
    """The one day that all windows with days have in common; empty when there is none or several."""
    common: frozenset[object] | None = None
    for text in texts:
        if not any(sign.isalpha() or sign in "./" for sign in fold(text)):
            continue
        try:
            reading = parse_day_windows(text)
        except UnreadableValueError:
            continue
        if reading.for_days:
            days = frozenset(day for group in reading.for_days for day in _days_of(group))
            common = days if common is None else common & days
    return common if common is not None and len(common) == 1 else frozenset()


def _only_date(groups: Sequence[DayWindows]) -> date | None:
    """The one full date that a cell names."""
    dates: set[DayMonth] = {found for group in groups for found in group.dates}
    if len(dates) != 1:
        return None
    found = next(iter(dates))
    if found.year is None:
        return None
    try:
        return date(found.year, found.month, found.day)
    except ValueError:
        return None


def _in_both(first: Sequence[TimeWindow], second: Sequence[TimeWindow]) -> list[TimeWindow]:
    """The periods that lie in both."""
    common = []
    for one in first:
        for other in second:
            starts = [start for start in (one.start_s, other.start_s) if start is not None]
            ends = [end for end in (one.end_s, other.end_s) if end is not None]
            start, end = max(starts, default=None), min(ends, default=None)
            if start is None or end is None or start < end:
                common.append(TimeWindow(start, end))
    return common


def _without_break(windows: list[TimeWindow]) -> list[TimeWindow]:
    """Open 1 at nine, close 2 at four and nothing between: open from nine to four, not all day."""
    if len(windows) != 2:
        return windows
    first, second = windows
    if first.end_s is None and second.start_s is None and (first.start_s or 0) < (second.end_s or 0):
        return [TimeWindow(first.start_s, second.end_s)]
    return windows
