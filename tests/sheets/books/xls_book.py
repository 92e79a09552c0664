"""An .xls made by hand: BIFF8 records in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from tests.sheets.books.cells import Cell, Code, Dressed, Fault, Rows, Sum, serial
from tests.sheets.books.xlsx_book import Sheet

_FAULTS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _string(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


class _Book:
    def __init__(self, from_1904: bool) -> None:
        self.from_1904 = from_1904
        self.codes = ["General"]

    def style(self, code: str) -> int:
        """Number of the XF record: 16 default ones come first."""
        if code not in self.codes:
            self.codes.append(code)
        return 15 + self.codes.index(code)

    def cell(self, row: int, column: int, value: Cell) -> bytes:
        at = struct.pack("<HHH", row, column, 15)
        if value is None:
            return b""
        if isinstance(value, Fault):
            return _record(0x0205, at + bytes([_FAULTS[value.text], 1]))
        if isinstance(value, Sum):
            return self._formula(at, value)
        if isinstance(value, str):
            return _record(0x0204, at + _string(value, "<H"))
        if isinstance(value, bool):
            return _record(0x0205, at + bytes([value, 0]))
        number, code = self._number(value)
        return _record(0x0203, struct.pack("<HHHd", row, column, self.style(code), number))

    def _number(self, value: Cell) -> tuple[float, str]:
        if isinstance(value, Code | Dressed):
            return value.number, value.format
        if isinstance(value, timedelta):
            return serial(value), "[h]:mm"
        if isinstance(value, time):
            return serial(value), "hh:mm"
        if isinstance(value, date):
            code = "dd.mm.yyyy hh:mm" if isinstance(value, datetime) else "dd.mm.yyyy"
            return serial(value, from_1904=self.from_1904), code
        assert isinstance(value, int | float)
        return value, "General"

    @staticmethod
    def _formula(at: bytes, value: Sum) -> bytes:
        tokens = b"\x1e\x01\x00"  # the number 1: what stands there does not matter here
        tail = struct.pack("<HIH", 0 if value.value is not None else 3, 0, len(tokens)) + tokens
        if isinstance(value.value, str):
            if not value.value:
                return _record(0x0006, at + b"\x03\0\0\0\0\0\xff\xff" + tail)
            text = _record(0x0207, _string(value.value, "<H"))
            return _record(0x0006, at + b"\0\0\0\0\0\0\xff\xff" + tail) + text
        return _record(0x0006, at + struct.pack("<d", value.value or 0.0) + tail)

    def sheet(self, sheet: Sheet) -> bytes:
        records = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 1, 1997, 0, 6))]
        records.extend(
            _record(0x007D, struct.pack("<6H", column - 1, column - 1, 2000, 15, 1, 0))
            for column in sheet.hidden_columns
        )
        width = max(map(len, sheet.rows), default=0) + sheet.first_column
        records.append(
            _record(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows) + sheet.first_row, 0, width, 0))
        )
        if sheet.filtered:
            records.append(_record(0x009B))
        for number, row in enumerate(sheet.rows, sheet.first_row - 1):
            flags = 0x20 if number + 1 in sheet.hidden_rows else 0
            records.append(
                _record(0x0208, struct.pack("<8H", number, 0, width, 255, 0, 0, 0x100 | flags, 15))
            )
            for column, value in enumerate(row, sheet.first_column - 1):
                records.append(self.cell(number, column, value))
        if sheet.merges:
            areas = b"".join(_area(text) for text in sheet.merges)
            records.append(_record(0x00E5, struct.pack("<H", len(sheet.merges)) + areas))
        records.append(_record(0x000A))
        return b"".join(records)

    def globals(self, names: Mapping[str, Sheet], offsets: list[int], extra: bytes = b"") -> bytes:
        records = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 1, 1997, 0, 6)), extra]
        records.append(_record(0x0042, struct.pack("<H", 1200)))
        if self.from_1904:
            records.append(_record(0x0022, struct.pack("<H", 1)))
        records.extend(
            _record(0x041E, struct.pack("<H", 164 + n) + _string(code, "<H"))
            for n, code in enumerate(self.codes)
        )
        formats = [(0, 0xFFF5)] * 15 + [(164 + n if n else 0, 1) for n in range(len(self.codes))]
        records.extend(
            _record(0x00E0, struct.pack("<HHH", 0, number, parent) + bytes(14)) for number, parent in formats
        )
        for (name, sheet), offset in zip(names.items(), offsets, strict=True):
            head = struct.pack("<IBB", offset, _STATES[sheet.state], 0)
            records.append(_record(0x0085, head + _string(name, "<B")))
        records.append(_record(0x000A))
        return b"".join(records)


def _area(text: str) -> bytes:
    first, last = text.split(":")
    columns = [ord(cell[0]) - 65 for cell in (first, last)]
    rows = [int(cell[1:]) - 1 for cell in (first, last)]
    return struct.pack("<4H", rows[0], rows[1], columns[0], columns[1])


def xls_stream(sheets: Mapping[str, Sheet | Rows], *, from_1904: bool = False, extra: bytes = b"") -> bytes:
    """The records of a workbook. ``extra`` records go to the front."""
    named = {name: sheet if isinstance(sheet, Sheet) else Sheet(sheet) for name, sheet in sheets.items()}
    book = _Book(from_1904)
    bodies = [book.sheet(sheet) for sheet in named.values()]
    offset = len(book.globals(named, [0] * len(named), extra))
    offsets = []
    for body in bodies:
        offsets.append(offset)
        offset += len(body)
    return book.globals(named, offsets, extra) + b"".join(bodies)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file; every stream is kept in whole sectors (padded to at least 4096 bytes)."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = []
    for name, content in streams.items():
        size = max(len(content), 4096)
        padded = content.ljust(-(-size // _SECTOR) * _SECTOR, b"\0")
        first = len(sectors)
        count = len(padded) // _SECTOR
        sectors.extend(padded[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count))
        table.extend([*range(first + 1, first + count), _END])
        entries.append(_entry(name, 2, first, size))
    directory = b"".join([_entry("Root Entry", 5, _END, 0, child=1), *entries])
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    first_directory = len(sectors)
    count = len(directory) // _SECTOR
    sectors.extend(directory[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count))
    table.extend([*range(first_directory + 1, first_directory + count), _END])
    tables = 1
    while (len(table) + tables) * 4 > tables * _SECTOR:
        tables += 1
    if tables > 109:
        raise ValueError("too large for a test book")
    positions = list(range(len(sectors), len(sectors) + tables))
    table.extend([_FAT] * tables)
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, first_directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *positions, *([_FREE] * (109 - tables)))
    return header + b"".join(sectors) + packed


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    right = _FREE
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + bytes(36) + struct.pack("<III", start, size, 0)


def xls(sheets: Mapping[str, Sheet | Rows], *, from_1904: bool = False) -> bytes:
    """A whole .xls."""
    return compound({"Workbook": xls_stream(sheets, from_1904=from_1904)})
