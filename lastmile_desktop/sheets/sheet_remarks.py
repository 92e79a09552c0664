"""Remarks about a whole sheet rather than one of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.model import Severity, SheetProblem
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.field_names import field_name
from lastmile_desktop.sheets.grid import Grid, column_letter
from lastmile_desktop.sheets.header import Header, column_values, find_header
from lastmile_desktop.sheets.sheet_kinds import Candidate
from lastmile_desktop.sheets.text import heading_name
from lastmile_desktop.sheets.weekdays import is_day_name

_MOST_NAMED = 6
_SEVERAL_AMOUNTS = 2


def sheet_remark(
    grid: Grid, row: int, category: str, message: str, severity: Severity = Severity.INFO
) -> SheetProblem:
    """A remark about a sheet, shown beside its row ``row``."""
    return SheetProblem(grid.name, row, "", "", severity, category, message)


def grid_remarks(candidate: Candidate) -> list[SheetProblem]:
    """What is to be said about a sheet that is read: its columns, what was cut, what the reader saw."""
    grid, header = candidate.grid, candidate.header
    found = [sheet_remark(grid, number, category, message) for number, category, message in grid.remarks]
    if header is not None:
        found.extend(_column_remarks(grid, header, candidate.kind.value))
    if grid.truncated_after_row is not None:
        message = (
            f"Only the first {len(grid.rows):,} filled rows are read; everything below row "
            f"{grid.truncated_after_row} is left out."
        )
        found.append(sheet_remark(grid, grid.truncated_after_row, "too_many_rows", message, Severity.ERROR))
    return found


def ignored_columns(grid: Grid, header: Header) -> tuple[tuple[str, str], ...]:
    """(letter, heading) of the columns that hold something and are not read."""
    return tuple((column_letter(number), text) for number, text in _unread(grid, header).items())


def _unread(grid: Grid, header: Header) -> dict[int, str]:
    known = {column.number for column in header.columns}
    headed = {
        number: text
        for number, text in sorted(header.headings.items())
        if number not in known and _has_values(grid, header, number)
    }
    edges = [*known, *headed]
    inside = range(min(edges), _right_edge(grid, header, max(edges)) + 1) if edges else range(0)
    bare = {
        number: ""
        for number in inside
        if number not in known and number not in headed and _has_values(grid, header, number)
    }
    return dict(sorted({**headed, **bare}.items()))


def _right_edge(grid: Grid, header: Header, last: int) -> int:
    """The last column of the table: columns without a heading that touch it belong to it."""
    while _has_values(grid, header, last + 1):
        last += 1
    return last


def _has_values(grid: Grid, header: Header, number: int) -> bool:
    return any(True for _ in grid.column_values(number, header.last_row, limit=1))


def _column_remarks(grid: Grid, header: Header, kind: str) -> list[SheetProblem]:
    unread = _unread(grid, header)
    found: list[SheetProblem] = []
    if header.by_content:
        found.append(_by_content_remark(grid, header))
    sparse = _grouping_column(grid, header) if kind == "orders" else None
    if sparse is not None:
        found.append(sparse)
    weekdays = [number for number in header.weekdays if number in unread]
    if weekdays:
        what = _named({number: unread.pop(number) for number in weekdays})
        message = (
            f"{what} named after days of the week. Which day is meant cannot be known, so they are not used: "
            "choose the column of today's amounts, or leave only the orders of one day in the sheet."
        )
        found.append(sheet_remark(grid, header.row, "weekday_columns", message, Severity.ATTENTION))
    for number, field in sorted(header.rivals.items()):
        if number in unread and not matcher_for(kind).is_foreign(heading_name(unread[number])):
            found.append(_rival_remark(grid, header, number, field, unread.pop(number)))
    matcher = matcher_for(kind)
    unknown = {
        number: text
        for number, text in unread.items()
        if not text or not matcher.is_foreign(heading_name(text))
    }
    if kind == "orders" and "quantity" not in header.fields and not weekdays:
        amounts = {number: text for number, text in unknown.items() if _holds_pieces(grid, header, number)}
        if len(amounts) >= _SEVERAL_AMOUNTS:
            unknown = {number: text for number, text in unknown.items() if number not in amounts}
            message = (
                f"{_named(amounts)} full of amounts, but no column says how many pieces an order has, "
                "so each counts as 1. Choose the column that counts, or add one with the sum."
            )
            found.append(sheet_remark(grid, header.row, "amount_columns", message, Severity.ATTENTION))
    if unknown:
        timely = kind == "orders" and any(_holds_times(grid, header, number) for number in unknown)
        more = " Some of it looks like times: please check." if timely else ""
        severity = Severity.ATTENTION if timely else Severity.INFO
        message = f"{_named(unknown)} not recognised and not used.{more}"
        found.append(sheet_remark(grid, header.row, "unknown_column", message, severity))
    return found


def _grouping_column(grid: Grid, header: Header) -> SheetProblem | None:
    """A town that stands only above the first of several orders: whose it is, nobody can know."""
    town = header.first("town") or header.first("postcode")
    lines = header.first("street") or header.first("address")
    if town is None or lines is None or town.number == lines.number:
        return None
    rows = [row for number, row in grid.rows.items() if number > header.last_row and lines.number in row]
    blank = [town.number not in row for row in rows]
    if not rows or blank[0] or not 0.3 <= sum(blank) / len(rows) < 0.95:
        return None
    message = (
        f"Column {column_letter(town.number)} ({_short(town.heading)}) is blank in {sum(blank)} of "
        f"{len(rows)} orders. If a town holds for the rows below it too, write it into each of them."
    )
    return sheet_remark(grid, header.row, "sparse_town", message, Severity.ATTENTION)


def _holds_pieces(grid: Grid, header: Header, number: int) -> bool:
    heading = header.headings.get(number, "")
    values = column_values(grid, number, header.last_row)
    return bool(heading) and "(" not in heading and "[" not in heading and values.share("small") >= 0.9


def _holds_times(grid: Grid, header: Header, number: int) -> bool:
    values = column_values(grid, number, header.last_row)
    return values.share("period") >= 0.5 or values.share("clock") >= 0.7 or values.are_minutes


def _by_content_remark(grid: Grid, header: Header) -> SheetProblem:
    shown = ", ".join(
        f"{column_letter(column.number)} as {field_name(column.field)}"
        for column in header.columns
        if column.number in header.by_content
    )
    what = (
        "The sheet has no heading line, so its columns were recognised by what they hold"
        if header.is_missing
        else "The headings of some columns say nothing that is known here, so these columns were recognised "
        "by what they hold"
    )
    return sheet_remark(
        grid, header.row, "guessed_columns", f"{what}: {shown}. Please check.", Severity.ATTENTION
    )


def _rival_remark(grid: Grid, header: Header, number: int, field: str, text: str) -> SheetProblem:
    used = header.first(field)
    instead = f"; column {column_letter(used.number)} ({_short(used.heading)}) is" if used else ""
    message = (
        f"Column {column_letter(number)} ({_short(text)}) also says {field_name(field)} "
        f"and is not used{instead}."
    )
    doubtful = field == "quantity" and used is not None and _differ(grid, header, number, used.number)
    severity = Severity.ATTENTION if doubtful else Severity.INFO
    return sheet_remark(grid, header.row, "second_column", message, severity)


def _differ(grid: Grid, header: Header, one: int, other: int) -> bool:
    return any(
        one in row and row.get(one) != row.get(other)
        for number, row in grid.rows.items()
        if number > header.last_row
    )


def _named(columns: dict[int, str]) -> str:
    shown = [f"{column_letter(number)} ({_short(text) or 'no heading'})" for number, text in columns.items()]
    more = len(shown) - _MOST_NAMED
    text = ", ".join(shown[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"Column {text} is" if len(shown) == 1 else f"Columns {text} are"


def _short(text: str) -> str:
    return " ".join(text.split())[:30]


def other_sheet_remark(candidate: Candidate, chosen: Sequence[Candidate]) -> SheetProblem:
    """A sheet of orders that is not read."""
    row = candidate.header.row if candidate.header else 1
    name = candidate.grid.name
    message = f"Sheet “{name}” is not imported."
    if chosen:
        names = " and ".join(f"“{other.grid.name}”" for other in chosen[:3])
        verb = "is" if len(chosen) == 1 else "are"
        message = f"Sheet “{name}” also looks like orders; only {names} {verb} imported."
    return sheet_remark(candidate.grid, row, "other_sheet", message)


def placeless_sheet_remark(candidate: Candidate) -> SheetProblem | None:
    """A sheet of orders without any address is not read: the sheet that is may be a list of customers."""
    grid = candidate.grid
    header = find_header(grid, matcher_for("orders"))
    if header is None or grid.is_hidden or not header.fields & {"id", "quantity"}:
        return None
    if "name" not in header.fields or len(header.fields) < 3:
        return None
    message = (
        f"Sheet “{grid.name}” names orders but no addresses, so it is not read. Write the address of each "
        "order into it, or check that the sheet which is read holds orders and no mere list of customers."
    )
    return sheet_remark(grid, header.row, "other_sheet", message, Severity.ATTENTION)


def joined_sheets_remark(chosen: Sequence[Candidate]) -> SheetProblem:
    """Several sheets that were read as one list of orders."""
    names = list(dict.fromkeys(f"“{candidate.grid.name}”" for candidate in chosen))
    if len(names) < len(chosen):
        rows = " and ".join(str(candidate.header.row) for candidate in chosen if candidate.header)
        return sheet_remark(
            chosen[0].grid,
            chosen[0].header.row if chosen[0].header else 1,
            "joined_tables",
            f"There are several tables of orders, with headings in rows {rows}; the orders of all of them "
            "are imported. Please check that.",
            Severity.ATTENTION,
        )
    shown = ", ".join(names[:_MOST_NAMED]) + (" and more" if len(names) > _MOST_NAMED else "")
    days = sum(is_day_name(candidate.grid.name) for candidate in chosen) >= 2
    message = f"Sheets {shown} have the same columns; the orders of all of them are imported."
    if days:
        message += " They look like different days: choose one sheet if only one day is to be planned."
    first = chosen[0]
    row = first.header.row if first.header else 1
    severity = Severity.ATTENTION if days else Severity.INFO
    return sheet_remark(first.grid, row, "joined_sheets", message, severity)
