"""One worksheet part of an .xlsx -> its marks, in one pass over its XML that keeps no cell."""

from __future__ import annotations

import re
from typing import IO
from xml.parsers import expat

from lastmile_desktop.sheets.workbooks.marks import MAX_CELLS, SheetMarks
from lastmile_desktop.sheets.workbooks.xlsx_parts import BookParts

_PIECE_BYTES = 1024 * 1024
#: Cells that are only formatted, and rows without cells: a phantom used range consists of millions of them.
#: Only those with an address of their own, since others count for their neighbours.
_FORMAT_ONLY = re.compile(rb'<(?:c|row) r="[A-Z]{0,3}\d{1,7}"[^<>]*/>')
_MOST_MERGES = 5000
_ERROR_TYPE = "e"


class TooManyCellsError(Exception):
    """The sheet holds more filled cells than any day's orders."""


class TooWideError(Exception):
    """So many cells lie far to the right that nothing else needs to be known; ``marks`` are those so far."""

    def __init__(self, marks: SheetMarks) -> None:
        super().__init__()
        self.marks = marks


def scan_sheet(source: IO[bytes], book: BookParts, most_far: int = MAX_CELLS) -> SheetMarks:
    """The marks of a worksheet. Raises expat.ExpatError for broken XML, TooManyCellsError and TooWideError.

    ``most_far`` is how many cells beyond MAX_COLUMNS are worth looking at.
    """
    scan = _Scan(book, most_far)
    tail = b""
    while piece := source.read(_PIECE_BYTES):
        piece = _FORMAT_ONLY.sub(b"", tail + piece)
        # A tag may be cut in two: what follows the last "<" waits for the next piece.
        cut = piece.rfind(b"<")
        tail = b"" if cut < 0 or len(piece) - cut > 4096 else piece[cut:]
        scan.feed(piece[: len(piece) - len(tail)])
    scan.feed(tail, last=True)
    return scan.marks


class _Scan:
    """expat's callbacks. Speed matters: one call for every cell and one for every value."""

    def __init__(self, book: BookParts, most_far: int) -> None:
        self._most_far = most_far
        self.marks = SheetMarks()
        self._book = book
        self._columns: dict[str, int] = {}
        self._prefix: str | None = None
        self._row = self._column = 0
        self._row_text = ""
        self._cell: list[str] | None = None
        self._text = ""
        self._in_value = self._has_formula = False
        self._count = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._data
        self._parser = parser

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        self._parser.Parse(piece, last)
        if last:
            self._finish_cell()
            self.marks.has_filter = self.marks.has_filter and bool(self.marks.hidden_rows)

    def _start(self, name: str, attributes: list[str]) -> None:
        if self._prefix is None:
            self._prefix = name[: name.index(":") + 1] if ":" in name else ""
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "v" or name == "t":
            self._in_value = True
            return
        self._in_value = False
        if name == "c":
            if self._cell is not None:
                self._finish_cell()
            self._cell = attributes
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._finish_cell()
            self._start_row(attributes)
        elif name not in ("is", "r"):
            self._other(name, attributes)

    def _data(self, data: str) -> None:
        if self._in_value and not data.isspace():
            self._text += data

    def _start_row(self, attributes: list[str]) -> None:
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        number = named.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._row_text = str(self._row)
        self._column = 0
        if named.get("hidden") in ("1", "true") or named.get("ht") == "0":
            self.marks.hidden_rows.add(self._row)

    def _finish_cell(self) -> None:
        attributes, text, has_formula = self._cell, self._text, self._has_formula
        if attributes is None:
            return
        self._cell, self._text, self._has_formula = None, "", False
        kind = style = address = ""
        for at in range(0, len(attributes), 2):
            key = attributes[at]
            if key == "r":
                address = attributes[at + 1]
            elif key == "s":
                style = attributes[at + 1]
            elif key == "t":
                kind = attributes[at + 1]
        self._place(address)
        if text or has_formula:
            self._judge(kind, style, text, has_formula)

    def _place(self, address: str) -> None:
        """The cell's column, and its row where it says another one than its row element."""
        letters = address.rstrip("0123456789")
        if not letters:
            self._column += 1
            return
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._columns[letters] = column
        self._column = column
        number = address[len(letters) :]
        if number != self._row_text and number:  # it contradicts its row: its own address counts
            self._row, self._row_text = int(number), number

    def _judge(self, kind: str, style: str, text: str, has_formula: bool) -> None:
        marks, position = self.marks, (self._row, self._column)
        if has_formula and not text:
            if kind == "str":
                return  # calculated, and its result is an empty text
            marks.lost.add(position)
        elif has_formula and text == "0" and self._book.uncalculated:
            marks.lost.add(position)
        elif kind == "s" and int(text) >= self._book.strings:
            marks.errors[position] = "#REF!"  # a text that the workbook does not hold
        elif kind == _ERROR_TYPE:
            marks.errors[position] = text.strip()
        marks.fill(*position)
        self._count += 1
        if self._count > MAX_CELLS:
            raise TooManyCellsError
        if marks.far_count > self._most_far:
            raise TooWideError(marks)
        code = self._book.styles.get(style)
        if code is not None and kind in ("", "n"):
            marks.dress(position, code)

    def _other(self, name: str, attributes: list[str]) -> None:
        self._finish_cell()
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if name == "col":
            first, last = named.get("min", ""), named.get("max", "")
            hidden = named.get("hidden") in ("1", "true") or named.get("width") == "0"
            if hidden and first.isdecimal() and last.isdecimal():
                self.marks.hidden_columns.update(range(int(first), min(int(last), 16384) + 1))
        elif name == "filterColumn":
            self.marks.has_filter = True
        elif name == "mergeCell" and len(self.marks.merges) < _MOST_MERGES:
            area = re.fullmatch(
                r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", named.get("ref", "")
            )
            if area:
                first_row, last_row = int(area.group(2)), int(area.group(4))
                self._column = 0
                columns = [self._column_of(area.group(1)), self._column_of(area.group(3))]
                self.marks.merges.append((first_row, columns[0], last_row, columns[1]))

    def _column_of(self, letters: str) -> int:
        self._place(letters + "1")
        return self._column
