"""Layouts that a person chose or accepted earlier, as headers; and the layout of what was found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from lastmile_desktop.model import SheetLayout
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.grid import Grid, Row, column_letter
from lastmile_desktop.sheets.header import SEARCH_ROWS, Column, Header, headers_at
from lastmile_desktop.sheets.heading_lines import HeadingLines, heading_variants, row_texts
from lastmile_desktop.sheets.headless import header_by_content
from lastmile_desktop.sheets.text import heading_name

_FINGERPRINT_SIGNS = 16


def fingerprint(kind: str, headings: Mapping[int, str]) -> str:
    """The same for sheets of a kind with the same headings in the same columns, wherever the heading lies."""
    parts = [f"{column}:{' '.join(heading_name(text).full)}" for column, text in sorted(headings.items())]
    text = "|".join([kind, *parts])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_FINGERPRINT_SIGNS]


def layout_of(grid: Grid, kind: str, header: Header, *, visible_only: bool) -> SheetLayout:
    """What was used to read a sheet, ready to be changed and given back."""
    return SheetLayout(
        sheet=grid.name,
        header_row=None if header.is_missing else header.row,
        first_row=header.last_row + 1,
        columns=tuple((column_letter(column.number), column.field) for column in header.columns),
        visible_only=visible_only,
        fingerprint="" if header.is_missing else fingerprint(kind, header.headings),
    )


def chosen_header(grid: Grid, layout: SheetLayout) -> Header | None:
    """The header that a person's layout describes; None when nothing can be read with it."""
    if not layout.columns:
        if layout.header_row is None:
            return header_by_content(grid)
        found = headers_at(grid, layout.header_row, matcher_for("orders"))
        return max(found, key=lambda header: header.score, default=None)
    if layout.header_row is None:
        header = Header(layout.first_row, layout.first_row - 1, 1.0, is_missing=True)
    else:
        lines = _lines_between(grid, layout.header_row, max(layout.header_row, layout.first_row - 1))
        header = _bare(grid, lines)
    header.columns = _columns(layout, header.headings)
    return header


def remembered_header(grid: Grid, remembered: Sequence[SheetLayout]) -> tuple[Header, SheetLayout] | None:
    """A heading line that was accepted earlier, with the columns as they were accepted."""
    known = {layout.fingerprint: layout for layout in remembered if layout.fingerprint}
    if not known:
        return None
    for number, _ in zip(list(grid.rows), range(SEARCH_ROWS), strict=False):
        for lines in heading_variants(grid, number):
            layout = known.get(fingerprint("orders", lines.texts))
            if layout is not None:
                header = _bare(grid, lines)
                header.columns = _columns(layout, header.headings)
                return header, layout
    return None


def with_overrides(grid: Grid, overrides: Mapping[tuple[int, int], str]) -> None:
    """Put corrected texts into the cells of a grid."""
    for (number, column), text in overrides.items():
        row: Row = grid.rows.setdefault(number, {})
        if text.strip():
            row[column] = text
        else:
            row.pop(column, None)
        if not row:
            del grid.rows[number]
        else:
            grid.rows[number] = dict(sorted(row.items()))
    grid.rows = dict(sorted(grid.rows.items()))


def column_number(letter: str) -> int:
    """A -> 1, AA -> 27; 0 for what is no column letter."""
    number = 0
    for sign in letter.upper():
        if not "A" <= sign <= "Z":
            return 0
        number = 26 * number + ord(sign) - 64
    return number


def _lines_between(grid: Grid, first: int, last: int) -> HeadingLines:
    for lines in heading_variants(grid, first):
        if lines.last_row == last:
            return lines
    texts: dict[int, str] = {}
    for number in range(first, min(last, first + 3) + 1):
        for column, text in row_texts(grid, number).items():
            texts[column] = f"{texts[column]} {text}" if column in texts else text
    return HeadingLines(first, last, texts, {}, {})


def _bare(grid: Grid, lines: HeadingLines) -> Header:
    header = Header(lines.row, lines.last_row, 100.0, headings=dict(lines.texts))
    header.lines = tuple(row_texts(grid, number) for number in range(lines.row, lines.last_row + 1))
    return header


def _columns(layout: SheetLayout, headings: Mapping[int, str]) -> list[Column]:
    columns = []
    for letter, field in layout.columns:
        number = column_number(letter)
        if number and field:
            heading = headings.get(number, "")
            columns.append(Column(number, field, heading_name(heading).unit, heading, 100))
    return sorted(columns, key=lambda column: column.number)
