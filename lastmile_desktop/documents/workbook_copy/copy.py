"""Writes a copy of a workbook with the plan in it; the original is only ever read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lastmile_desktop.documents.sheet_names import SheetNames
from lastmile_desktop.documents.workbook_copy.cells import table_sheet
from lastmile_desktop.documents.workbook_copy.order_sheet import PlannedRow, with_planned_columns
from lastmile_desktop.documents.workbook_copy.package import Package
from lastmile_desktop.documents.workbook_copy.plan_sheets import plan_sheets
from lastmile_desktop.documents.workbook_copy.styles import Styles
from lastmile_desktop.model import DayState
from lastmile_desktop.system.atomic import replaced_file


class SameFileError(Exception):
    """The copy would take the place of the user's own workbook."""

    for_dispatcher = True


@dataclass(frozen=True, slots=True)
class OrderRows:
    """The worksheet that holds orders: its name, its heading line, and what stands beside each row."""

    sheet: str
    header_row: int | None
    planned: Mapping[int, PlannedRow]


@dataclass(frozen=True, slots=True)
class CopyMade:
    """What the copy holds: the new sheets, and for each order sheet the letter of the first new column."""

    sheets: tuple[str, ...]
    columns: Mapping[str, str]


def write_workbook_copy(source: Path, target: Path, state: DayState, order_rows: list[OrderRows]) -> CopyMade:
    """Copy ``source`` to ``target`` with the plan in it; whole or not at all.

    Every part that is not extended (charts, pictures, macros, formats, formulas) is copied as it is. Raises
    SameFileError, NotExtendableError when the workbook cannot be extended, OSError.
    """
    refuse_same_file(source, target)
    columns: dict[str, str] = {}
    changed: dict[str, bytes] = {}
    with Package(source) as package:
        styles = Styles(package.part(package.styles))
        parts = {sheet.name: sheet.part for sheet in package.sheets}
        for rows in order_rows:
            if rows.sheet not in parts:
                continue
            part = parts[rows.sheet]
            made = with_planned_columns(package.part(part), styles, rows.header_row, rows.planned)
            if made is not None:
                changed[part], columns[rows.sheet] = made
        names = SheetNames()
        for sheet in package.sheets:
            names.take(sheet.name)
        sheets = {
            names.take(one.name): table_sheet(
                package.namespace, one.title, one.remark, one.columns, one.rows, styles.own
            )
            for one in plan_sheets(state)
        }
        changed |= package.with_sheets(sheets)
        changed[package.styles] = styles.part()
        with replaced_file(target) as temporary:
            package.write_copy(temporary, changed)
    return CopyMade(tuple(sheets), columns)


def refuse_same_file(source: Path, target: Path) -> None:
    """Raises SameFileError when both are one file, however they are written."""
    same = os.path.normcase(os.path.abspath(source)) == os.path.normcase(os.path.abspath(target))
    if not same and target.exists():
        same = os.path.samefile(source, target)
    if same:
        raise SameFileError(
            f"{source.name} is your own workbook and is never written over. Choose another name for the copy."
        )
