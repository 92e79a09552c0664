"""The record stream of an old .xls workbook (BIFF5 and BIFF8) -> the marks of its sheets.

Only what calamine does not tell: errors, formulas without a value, formats, hidden rows and columns.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from lastmile_desktop.sheets.workbooks.marks import FormatKind, SheetMarks, format_kind

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
_FORMATS_OF_BUILTINS = {9: "0%", 10: "0.00%", 22: "m/d/yyyy h:mm"}

BOF, EOF = 0x0809, 0x000A
BOUNDSHEET, FORMAT, XF, FILEPASS = 0x0085, 0x041E, 0x00E0, 0x002F
DIMENSIONS = 0x0200
ROW, COLINFO, MERGED, FILTERMODE = 0x0208, 0x007D, 0x00E5, 0x009B
FORMULA, BOOLERR, MULRK = 0x0006, 0x0205, 0x00BD
#: NUMBER, RK, LABEL, LABELSST, RSTRING: one cell with a value each.
_VALUES = frozenset([0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6])


class ProtectedBookError(Exception):
    """The records are encrypted."""


@dataclass(slots=True)
class OldSheet:
    """A worksheet of an old workbook, with the place of its records in the stream."""

    name: str
    offset: int
    state: str
    marks: SheetMarks = field(default_factory=SheetMarks)


def read_marks(stream: bytes) -> list[OldSheet]:
    """All worksheets with their marks. Raises ProtectedBookError, struct.error or IndexError."""
    sheets: list[OldSheet] = []
    codes: dict[int, str] = {}
    styles: list[int] = []
    is_new = True
    for kind, data in _records(stream, 0):
        if kind == BOF:
            is_new = struct.unpack_from("<H", data)[0] >= 0x0600
        elif kind == FILEPASS:
            raise ProtectedBookError
        elif kind == BOUNDSHEET:
            offset, state, sort = struct.unpack_from("<IBB", data)
            if sort == 0:
                sheets.append(OldSheet(_text(data, 6, 1, is_new), offset, _STATES.get(state & 3, "visible")))
        elif kind == FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2, 2 if is_new else 1, is_new)
        elif kind == XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    dressed = {}
    for number, identity in enumerate(styles):
        code = codes.get(identity) or _FORMATS_OF_BUILTINS.get(identity, "")
        if code and format_kind(code) in (FormatKind.CODE, FormatKind.DRESSED, FormatKind.CLOCK):
            dressed[number] = code
    for sheet in sheets:
        _scan(stream, sheet.offset, sheet.marks, dressed)
    return sheets


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Records up to the end of a substream; nested ones (charts) are stepped over."""
    depth = 0
    end = len(stream) - 4
    while offset <= end:
        kind, length = struct.unpack_from("<HH", stream, offset)
        data = stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        if kind == BOF:
            depth += 1
            if depth == 1:
                yield kind, data
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, data


def _text(data: bytes, at: int, count_bytes: int, is_new: bool) -> str:
    count = int.from_bytes(data[at : at + count_bytes], "little")
    at += count_bytes
    if not is_new:
        return data[at : at + count].decode("cp1252", errors="replace")
    wide = data[at] & 1
    at += 1
    return data[at : at + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _scan(stream: bytes, offset: int, marks: SheetMarks, dressed: dict[int, str]) -> None:
    for kind, data in _records(stream, offset):
        if kind in _VALUES:
            row, column, style = struct.unpack_from("<HHH", data)
            _value(marks, row + 1, column + 1, style, dressed)
        elif kind == FORMULA:
            _formula(marks, data, dressed)
        elif kind == BOOLERR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
            marks.fill(row + 1, column + 1)
            if is_error:
                marks.errors[(row + 1, column + 1)] = _ERRORS.get(value, "#N/A")
        elif kind == MULRK:
            row, first = struct.unpack_from("<HH", data)
            for number in range((len(data) - 6) // 6):
                (style,) = struct.unpack_from("<H", data, 4 + 6 * number)
                _value(marks, row + 1, first + 1 + number, style, dressed)
        elif kind == DIMENSIONS:
            _check_dimensions(data)
        elif kind in (ROW, COLINFO, MERGED, FILTERMODE):
            _outline(marks, kind, data)


def _check_dimensions(data: bytes) -> None:
    """Raise IndexError where more is claimed than the format has: calamine makes room for all of it."""
    is_new = len(data) >= 12
    _, rows, _, columns = struct.unpack_from("<IIHH" if is_new else "<4H", data)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        raise IndexError("dimensions")


def _value(marks: SheetMarks, row: int, column: int, style: int, dressed: dict[int, str]) -> None:
    marks.fill(row, column)
    code = dressed.get(style)
    if code is not None:
        marks.dress((row, column), code)


def _formula(marks: SheetMarks, data: bytes, dressed: dict[int, str]) -> None:
    row, column, style = struct.unpack_from("<HHH", data)
    position = (row + 1, column + 1)
    result, flags = data[6:14], struct.unpack_from("<H", data, 14)[0]
    if result[6:8] == b"\xff\xff":
        if result[0] == 2:
            marks.errors[position] = _ERRORS.get(result[2], "#N/A")
        elif result[0] == 3:
            return  # calculated, and its result is an empty text
    elif result == bytes(8) and flags & 3 == 3:
        marks.lost.add(position)  # a program wrote it and left the calculating to Excel
    _value(marks, *position, style, dressed)


def _outline(marks: SheetMarks, kind: int, data: bytes) -> None:
    if kind == ROW:
        row, flags = struct.unpack_from("<H", data)[0], struct.unpack_from("<H", data, 12)[0]
        if flags & 0x20:
            marks.hidden_rows.add(row + 1)
    elif kind == COLINFO:
        first, last, width, _, flags = struct.unpack_from("<5H", data)
        if flags & 1 or width == 0:
            marks.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind == MERGED:
        for at in range(2, len(data) - 7, 8):
            first_row, last_row, first_column, last_column = struct.unpack_from("<4H", data, at)
            marks.merges.append((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    else:
        marks.has_filter = True
