"""Rows of a depot sheet -> depots."""

from __future__ import annotations

from lastmile_desktop.model import Depot, SheetProblem
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.lines import is_repeated_heading
from lastmile_desktop.sheets.places import read_address, read_position
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.values.times import parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import parse_windows

_NO_POSITION = "The depot is kept without a position; place it before planning."


def read_depots(table: Table) -> tuple[list[Depot], list[SheetProblem]]:
    """All depots of a sheet, and what a person should know about them."""
    depots: list[Depot] = []
    problems: list[SheetProblem] = []
    keys: set[str] = set()
    for number, cells in table.grid.rows.items():
        if number <= table.header.last_row or is_repeated_heading(table, cells):
            continue
        row = SheetRow(table, number, cells)
        depot = _read_depot(row, keys)
        if depot is not None:
            keys.add(depot.key)
            depots.append(depot)
            problems.extend(row.problems)
    return depots, problems


def _read_depot(row: SheetRow, keys: set[str]) -> Depot | None:
    name, address = row.text("name"), read_address(row)
    has_position = row.has("lat") or row.has("lon") or row.has("coordinates")
    if not address and not has_position:
        return None  # a legend or a sum: a depot is a place
    name = name or f"Depot {len(keys) + 1}"
    row.id = name
    position = read_position(row, _NO_POSITION)
    location = None
    if position is not None:
        shown = f"{position.lat:g}, {position.lon:g}"
        if position.is_zero:
            row.attend(
                "lat",
                "bad_coords",
                f"Depot {name} stands at 0, 0 in the sea off Africa, which is no real position. "
                f"{_NO_POSITION}",
            )
        elif not position.possible and position.exchanged.possible:
            location = position.exchanged.location
            row.remark(
                "lat",
                "bad_coords",
                f"Latitude and longitude of depot {name} were exchanged ({shown}); they are used the "
                "other way round.",
            )
        elif not position.possible:
            row.attend(
                "lat",
                "bad_coords",
                f"The position {shown} of depot {name} is not on the earth. {_NO_POSITION}",
            )
        else:
            location = position.location
    elif not row.attention:
        row.remark(
            "",
            "waiting_for_position",
            f"Depot {name} has an address but no position yet. Place it before planning.",
        )
    opens, closes = _read_opening(row)
    key, copy = name, 2
    while key in keys:
        key, copy = f"{name} ({copy})", copy + 1
    return Depot(key, name, location, address, opens, closes)


def _read_opening(row: SheetRow) -> tuple[int | None, int | None]:
    ignored = "The opening time is left out."
    opens = row.parse("opens", parse_time, "bad_time", ignored, "opening time")
    closes = row.parse("closes", _end_time, "bad_time", ignored, "closing time")
    hours = row.parse("opening_hours", _hours, "bad_time", ignored, "opening time")
    if hours is not None and opens is None and closes is None:
        opens, closes = hours
    if opens is not None and closes is not None and closes <= opens:
        row.attend("closes", "bad_time", "The depot closes before it opens. Its opening times are left out.")
        return None, None
    return opens, closes


def _end_time(value: CellValue) -> int | None:
    return parse_time(value, as_end=True)


def _hours(value: CellValue) -> tuple[int | None, int | None] | None:
    if not isinstance(value, str):
        raise UnreadableValueError("it names one time, not a period")
    windows = parse_windows(value).windows
    if not windows:
        return None
    if len(windows) > 1:
        raise UnreadableValueError("only one opening period can be used")
    return windows[0].start_s, windows[0].end_s
