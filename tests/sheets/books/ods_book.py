"""An .ods made by hand, as LibreOffice writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from tests.sheets.books.cells import Cell, Code, Dressed, Fault, Rows, Sum
from tests.sheets.books.xlsx_book import Sheet, zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "style", "text", "table", "number")
)
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    attributes, text = _described(value)
    return f"<table:table-cell {attributes}>{_paragraphs(text)}</table:table-cell>"


def _described(value: Cell) -> tuple[str, str]:
    if isinstance(value, Fault):
        kind = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" '
        return f'{kind}calcext:value-type="error"', value.text
    if isinstance(value, Sum):
        formula = f'table:formula="of:={escape(value.text)}"'
        if value.value is None:
            return formula, ""
        if isinstance(value.value, str):
            return f'{formula} office:value-type="string"', value.value
        return f'{formula} office:value-type="float" office:value="{value.value}"', str(value.value)
    if isinstance(value, str):
        return 'office:value-type="string"', value
    if isinstance(value, bool):
        return f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"', str(value).upper()
    if isinstance(value, time | timedelta):
        length = value if isinstance(value, timedelta) else datetime.combine(date.min, value) - datetime.min
        minutes = int(length.total_seconds()) // 60
        iso = f"PT{minutes // 60:02d}H{minutes % 60:02d}M00S"
        return (
            f'office:value-type="time" office:time-value="{iso}"',
            f"{minutes // 60:02d}:{minutes % 60:02d}",
        )
    if isinstance(value, date):
        return f'office:value-type="date" office:date-value="{value.isoformat()}"', value.strftime("%d.%m.%Y")
    if isinstance(value, Code):
        shown = str(value.number).zfill(value.width)
        return f'office:value-type="float" office:value="{value.number}"', shown
    if isinstance(value, Dressed):
        return f'office:value-type="percentage" office:value="{value.number}"', f"{value.number:.0%}"
    return f'office:value-type="float" office:value="{value}"', str(value)


def _row(number: int, row: list[Cell], sheet: Sheet) -> str:
    hidden = ""
    if number in sheet.hidden_rows:
        hidden = f' table:visibility="{"filter" if sheet.filtered else "collapse"}"'
    padding = "<table:table-cell/>" * (sheet.first_column - 1)
    cells = "".join(_cell(value) for value in row)
    rest = '<table:table-cell table:number-columns-repeated="16000"/>'
    return f"<table:table-row{hidden}>{padding}{cells}{rest}</table:table-row>"


def ods_parts(sheets: Mapping[str, Sheet | Rows]) -> dict[str, bytes]:
    """The parts of an .ods by name."""
    tables = []
    for name, given in sheets.items():
        sheet = given if isinstance(given, Sheet) else Sheet(given)
        style = "shown" if sheet.state == "visible" else "hidden"
        collapsed = ' table:visibility="collapse"'
        columns = "".join(
            f"<table:table-column{collapsed if n in sheet.hidden_columns else ''}/>" for n in range(1, 12)
        )
        above = (
            f'<table:table-row table:number-rows-repeated="{sheet.first_row - 1}"><table:table-cell/>'
            "</table:table-row>"
        )
        rows = "".join(_row(number, row, sheet) for number, row in enumerate(sheet.rows, sheet.first_row))
        last = (
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables.append(
            f'<table:table table:name="{escape(name)}" table:style-name="{style}">{columns}'
            f"{above if sheet.first_row > 1 else ''}{rows}{last}</table:table>"
        )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties '
        f'table:display="{shown}"/></style:style>'
        for name, shown in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} xmlns:calcext="{_CALC}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{MIME.decode()}"/></manifest:manifest>'
    )
    return {"mimetype": MIME, "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}


def ods(sheets: Mapping[str, Sheet | Rows]) -> bytes:
    """A whole .ods."""
    return zipped(ods_parts(sheets))
