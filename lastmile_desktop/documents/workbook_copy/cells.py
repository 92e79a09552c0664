"""Cells, rows and sheets as SpreadsheetML: user text always as text, times and numbers as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lastmile_desktop.documents.workbook_copy.xml_edit import column_letter, escaped
from lastmile_desktop.documents.workbook_tables import Column, row_height

#: The content type of a worksheet.
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def cell(prefix: str, column: int, row: int, value: object, style: int) -> str:
    """One cell; None and "" give an empty one. ``prefix`` is that of the document ("" or "x:")."""
    where = f'r="{column_letter(column)}{row}" s="{style}"'
    if value is None or value == "":
        return f"<{prefix}c {where}/>"
    if isinstance(value, str):
        text = f'<{prefix}t xml:space="preserve">{escaped(value)}</{prefix}t>'
        return f'<{prefix}c {where} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'
    return f"<{prefix}c {where}><{prefix}v>{value!r}</{prefix}v></{prefix}c>"


def table_sheet(
    namespace: str,
    title: str,
    remark: str,
    columns: Sequence[Column],
    rows: Sequence[object],
    styles: Mapping[str, int],
) -> bytes:
    """A whole worksheet: title, remark, a table with a filter. ``styles``: style numbers of the workbook."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(columns, start=1)
    )
    lines = [
        f'<row r="1" ht="24" customHeight="1">{cell("", 1, 1, title, styles["title"])}</row>',
        f'<row r="2">{cell("", 1, 2, remark, styles["remark"])}</row>',
        f'<row r="4" ht="22" customHeight="1">{_heading(columns, styles)}</row>',
    ]
    lines += [_row(number, columns, row, styles) for number, row in enumerate(rows, start=5)]
    last = f"{column_letter(len(columns))}{4 + len(rows)}"
    table = f'<autoFilter ref="A4:{last}"/>' if rows else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(lines)}</sheetData>'
        f'{table}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return text.encode("utf-8")


def _heading(columns: Sequence[Column], styles: Mapping[str, int]) -> str:
    return "".join(
        cell("", n, 4, column.title, styles["head" if column.style == "text" else "head_right"])
        for n, column in enumerate(columns, start=1)
    )


def _row(number: int, columns: Sequence[Column], row: object, styles: Mapping[str, int]) -> str:
    values = [column.value(row) for column in columns]
    cells = "".join(
        cell("", n, number, value, styles[_style(column.style, value)])
        for n, (column, value) in enumerate(zip(columns, values, strict=True), start=1)
    )
    return f'<row r="{number}" ht="{row_height(columns, values):g}" customHeight="1">{cells}</row>'


def _style(style: str, value: object) -> str:
    """A clock time beyond midnight says so: Excel alone would show 25:10 as 01:10."""
    return "clock_next" if style == "clock" and isinstance(value, float) and value >= 1 else style
