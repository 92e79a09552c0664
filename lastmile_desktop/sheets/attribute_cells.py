"""Cells that hold several named values ("Delivery-Date: 2026/11/23"), as shops write them into one column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lastmile_desktop.sheets.columns import SURE, matcher_for
from lastmile_desktop.sheets.grid import VIRTUAL_COLUMNS, CellValue, Row
from lastmile_desktop.sheets.header import Column
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import heading_name

_ATTRIBUTE = re.compile(r"^\s*([^:\n]{2,40}?)\s*:\s*(\S.*?)\s*$")
#: What is worth finding inside a column of notes; the rest stays a note.
_WANTED = frozenset(["date", "window", "window_start", "window_end"])
_NOTE_FIELDS = ("notes",)
_SHARE_OF_ATTRIBUTES = 0.6
_SAMPLE = 200


def attribute_cells(table: Table) -> tuple[list[Column], dict[int, Row]]:
    """Columns found inside columns of notes, and their cells by row; fields that have a column stay with it.

    A column found inside another has that one's number plus a multiple of ``VIRTUAL_COLUMNS``, so that a
    remark names the column in which the text stands.
    """
    columns: list[Column] = []
    cells: dict[int, Row] = {}
    taken = set(table.header.fields)
    for outer in [column for field in _NOTE_FIELDS for column in table.columns.get(field, ())]:
        inner = _columns_inside(table, outer, taken)
        taken |= {column.field for column in inner.values()}
        columns.extend(inner.values())
        for number, row in table.grid.rows.items():
            if number <= table.header.last_row or not inner:
                continue
            for name, value in _attributes(row.get(outer.number)):
                column = inner.get(name)
                if column is not None:
                    cells.setdefault(number, {}).setdefault(column.number, value)
    return columns, cells


def _columns_inside(table: Table, outer: Column, taken: set[str]) -> dict[str, Column]:
    values = list(table.grid.column_values(outer.number, table.header.last_row, limit=_SAMPLE))
    with_any = [value for value in values if any(True for _ in _attributes(value))]
    if not values or len(with_any) < _SHARE_OF_ATTRIBUTES * len(values):
        return {}
    names = Counter(name for value in with_any for name, _ in _attributes(value))
    matcher = matcher_for("orders")
    found: dict[str, Column] = {}
    fields = set(taken)
    for step, (name, _) in enumerate(names.most_common(20), start=1):
        candidates = matcher.candidates(heading_name(name))
        field = max(candidates, key=lambda key: candidates[key], default="")
        if field in _WANTED and field not in fields and candidates[field] >= SURE:
            fields.add(field)
            found[name] = Column(outer.number + step * VIRTUAL_COLUMNS, field, "", name, 80)
    return found


def _attributes(value: CellValue | None) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str) or ":" not in value:
        return
    for line in re.split(r"[\n|]", value):
        match = _ATTRIBUTE.match(line)
        if match:
            yield match.group(1), match.group(2)
