"""A web page with tables, as many web programs save it under the name of a workbook -> grids of texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.decoding import decode
from lastmile_desktop.sheets.grid import MAX_CELL_CHARACTERS, MAX_ROWS, Grid
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.marks import MAX_CELLS, MAX_COLUMNS

Progress = Callable[[int, int], None]
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_NOT_SHOWN = frozenset(["script", "style", "head", "title"])
_PIECE = 256 * 1024


def read_web_page(path: Path, on_progress: Progress, options: ImportOptions) -> list[Grid]:
    """One grid for every table with a value. Raises RefusedFileError when there is none."""
    content = path.read_bytes()
    told = _CHARSET.search(content[:4096])
    text, encoding = decode(content, path.name, options.encoding or (told.group(1).decode() if told else ""))
    page = _Page(on_progress)
    for at in range(0, len(text), _PIECE):
        page.feed(text[at : at + _PIECE])
        if page.cells > MAX_CELLS:
            raise RefusedFileError(f"“{path.name}” is a web page with millions of cells, which is not read.")
    page.close()
    filled = [table for table in page.tables if table.rows]
    if not filled:
        raise RefusedFileError(
            f"“{path.name}” is a web page without a table, named like a workbook. Open it in Excel or "
            "LibreOffice, save it as .xlsx and import that."
        )
    for number, grid in enumerate(filled, start=1):
        grid.name = path.stem if len(filled) == 1 else f"Table {number}"
        grid.encoding = encoding
    return filled


class _Page(HTMLParser):
    """Tables of a page; a table within a cell is a table of its own."""

    def __init__(self, on_progress: Progress) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Grid] = []
        self.cells = 0
        self._on_progress = on_progress
        self._open: list[_Table] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_SHOWN:
            self._hidden += 1
        elif tag == "body":
            self._hidden = 0
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1].grid)
        elif self._open:
            self._within_table(tag, dict(attrs))

    def _within_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        if tag == "tr":
            table.start_row()
        elif tag in ("td", "th"):
            self.cells += 1
            table.start_cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
            if len(table.grid.rows) % 2000 == 1999:
                self._on_progress(0, len(table.grid.rows))
        elif tag in ("br", "p", "div"):
            table.add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_SHOWN:
            self._hidden = max(0, self._hidden - 1)
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].add(data)


class _Table:
    """One table in the making."""

    def __init__(self) -> None:
        self.grid = Grid("")
        self._row = self._column = 0
        self._text: list[str] | None = None
        self._spans = (1, 1)
        self._covered: dict[int, int] = {}
        self._merges: list[tuple[int, int, int, int]] = []

    def start_row(self) -> None:
        self.end_cell()
        self._row += 1
        self._column = 0

    def start_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        if self._row == 0:
            self._row = 1
        self._column += 1
        while self._covered.get(self._column, 0) >= self._row:
            self._column += 1
        self._text, self._spans = [], (columns, rows)

    def add(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data if data == "\n" else re.sub(r"[ \t\r\n]+", " ", data))

    def end_cell(self) -> None:
        if self._text is None:
            return
        text, self._text = "".join(self._text).strip(), None
        columns, rows = self._spans
        column, last = self._column, self._column + columns - 1
        if columns > 1 or rows > 1:
            self._merges.append((self._row, column, self._row + rows - 1, last))
            self.grid.merges = tuple(self._merges) if len(self._merges) < 100 else self.grid.merges
        if rows > 1:
            for covered in range(column, last + 1):
                self._covered[covered] = self._row + rows - 1
        self._column = last
        if not text or column > MAX_COLUMNS:
            return
        if self._row not in self.grid.rows and len(self.grid.rows) >= MAX_ROWS:
            self.grid.truncated_after_row = self.grid.last_row
            return
        self.grid.rows.setdefault(self._row, {})[column] = text[:MAX_CELL_CHARACTERS]


def _span(text: str | None) -> int:
    return (
        min(int(text), 1000)
        if text and text.strip().isascii() and text.strip().isdecimal() and int(text)
        else 1
    )
