"""A text table (CSV and its cousins) -> a grid: encoding, separator and quoting are found out."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from lastmile_desktop.model.sheet_layout import ImportOptions
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.decoding import decode
from lastmile_desktop.sheets.grid import MAX_CELL_CHARACTERS, MAX_ROWS, Grid, Row, UnreadableCell
from lastmile_desktop.sheets.header import find_header
from lastmile_desktop.sheets.refusal import RefusedFileError
from lastmile_desktop.sheets.workbooks.marks import MAX_COLUMNS
from lastmile_desktop.sheets.workbooks.values import TEXT_ERRORS

_SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_RECORDS = 60
_SEP_LINE = re.compile(r"\"?sep=(.)\"?[ \t,;|]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_END_MARK = "\x1eend of file\x1e"

#: Nothing was chosen by a person.
AS_FOUND = ImportOptions()
Progress = Callable[[int, int], None]


def read_text_table(path: Path, on_progress: Progress, options: ImportOptions = AS_FOUND) -> list[Grid]:
    """The table of a text file as one grid whose header is row 1. Raises RefusedFileError."""
    text, encoding = decode(path.read_bytes(), path.name, options.encoding)
    grid = table_of_text(text, path.stem, path.name, on_progress, options)
    grid.encoding = encoding
    if encoding not in ("utf-8", "utf-16") and not options.encoding:
        grid.remarks.append(
            (
                1,
                "encoding",
                f"The text is read as {encoding}. If letters look wrong, choose another encoding, or save "
                "the file as UTF-8 and import it again.",
            )
        )
    if "\ufffd" in text:
        grid.remarks.append(
            (
                1,
                "encoding",
                f"Some letters cannot be read as {encoding} and are shown as “\ufffd”. Choose another "
                "encoding.",
            )
        )
    return [grid]


def table_of_text(
    text: str, sheet: str, file_name: str, on_progress: Progress, options: ImportOptions = AS_FOUND
) -> Grid:
    """The table of a text, of a file or from the clipboard. Raises RefusedFileError."""
    csv.field_size_limit(16 * 1024 * 1024)
    text = text.removeprefix("\ufeff")
    separator, text = _separator(text)
    separator = options.delimiter if len(options.delimiter) == 1 else separator
    if separator in '"\r\n':
        raise RefusedFileError(f"“{file_name}” cannot be divided at line ends or quotation marks.")
    lengths: dict[int, int] = {}
    grid = _grid(sheet, text, separator, file_name, on_progress, lengths)
    grid.delimiter = separator
    _number_from_header(grid, lengths)
    return grid


def _separator(text: str) -> tuple[str, str]:
    told = _SEP_LINE.match(text)
    if told:
        return told.group(1), text[told.end() :]
    best, best_score = ",", -1.0
    for separator in _SEPARATORS:
        score = _score(text, separator)
        if score > best_score:
            best, best_score = separator, score
    return best, text


def _score(text: str, separator: str) -> float:
    """How much a separator makes of the first records: recognised headings first, then even widths."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE_RECORDS])
    grid = Grid("sample")
    widths: list[int] = []
    try:
        for number, record in enumerate(
            csv.reader(sample.splitlines(keepends=True), delimiter=separator), start=1
        ):
            row: Row = {column: cell for column, cell in enumerate(record, start=1) if cell.strip()}
            if row:
                grid.rows[number] = row
                widths.append(len(record))
    except csv.Error:
        return 0.0
    if not widths or max(widths) == 1:
        return 0.0
    usual = max(set(widths), key=widths.count)
    evenness = widths.count(usual) / len(widths) if usual > 1 else 0.0
    headers = [find_header(grid, matcher_for(kind)) for kind in ("orders", "vehicles")]
    return evenness + max((header.score for header in headers if header), default=0.0)


def _grid(
    sheet: str, text: str, separator: str, name: str, on_progress: Progress, lengths: dict[int, int]
) -> Grid:
    lines = _lines(text)
    grid = Grid(sheet, is_text_file=True)
    try:
        complete = _fill(grid, lines, separator, csv.QUOTE_MINIMAL, on_progress, lengths)
        if not complete:
            grid = Grid(sheet, is_text_file=True)
            _fill(grid, lines, separator, csv.QUOTE_NONE, on_progress, lengths)
            grid.remarks.append(
                (
                    1,
                    "quotes",
                    "A quotation mark in this file is opened and never closed; the quotation marks "
                    "are read as plain text.",
                )
            )
    except csv.Error as error:
        raise RefusedFileError(
            f"“{name}” is not a table that can be read: one of its lines is far too long."
        ) from error
    return grid


def _lines(text: str) -> list[str]:
    """The text's lines with their ends, and a mark behind them that only an open quotation can swallow."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line + "\n" for line in text.split("\n")]
    if lines and lines[-1] == "\n":
        lines.pop()
    lines.append(_END_MARK)
    return lines


def _fill(
    grid: Grid,
    lines: Sequence[str],
    separator: str,
    quoting: int,
    on_progress: Progress,
    lengths: dict[int, int],
) -> bool:
    """Read all records; False when a quotation mark swallowed lines that are records of their own.

    ``lengths`` becomes the number of values of each record, blank ones included.
    """
    lengths.clear()
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    last: list[str] = []
    width = lines[0].count(separator)
    line = wide = 0
    for number, record in enumerate(reader, start=1):
        last = record
        if record == [_END_MARK]:
            break
        if (
            reader.line_num - line > 1
            and width
            and _are_records(lines[line : reader.line_num], separator, width)
        ):
            return False
        line = reader.line_num
        row: Row = {}
        if len(record) > MAX_COLUMNS:
            wide = wide or number
            record = record[:MAX_COLUMNS]
        for column, cell in enumerate(record, start=1):
            if cell and (stripped := cell.strip()):
                cell = stripped.strip('"') if quoting == csv.QUOTE_NONE else cell
                is_error = stripped[0] == "#" and stripped in TEXT_ERRORS
                row[column] = UnreadableCell(stripped) if is_error else cell[:MAX_CELL_CHARACTERS]
        if not row:
            continue
        if len(grid.rows) >= MAX_ROWS:
            grid.truncated_after_row = grid.last_row
            return True
        grid.rows[number] = row
        lengths[number] = len(record)
        if len(grid.rows) % 2000 == 0:
            on_progress(0, len(grid.rows))
    if wide:
        grid.remarks.append(
            (1, "stray_cells", f"Values beyond the {MAX_COLUMNS}th of a line were not read (line {wide}).")
        )
    return last == [_END_MARK]


def _are_records(lines: Sequence[str], separator: str, width: int) -> bool:
    """True when each of these lines alone has as many values as the first line of the file."""
    return all(line.count(separator) == width for line in lines)


def _number_from_header(grid: Grid, lengths: dict[int, int]) -> None:
    """Count records with the header as 1: lines above it get numbers below 1. Note too long records."""
    headers = [find_header(grid, matcher_for(kind)) for kind in ("orders", "vehicles", "depots")]
    best = max((header for header in headers if header), key=lambda header: header.score, default=None)
    if best is None:
        return
    usual = max(Counter(lengths.values()).items(), key=lambda item: item[1])[0]
    most = max(usual, lengths.get(best.row, 0))
    shift = best.row - 1
    grid.long_rows = frozenset(
        number - shift for number, length in lengths.items() if length > most and number > best.row
    )
    if shift == 0:
        return
    grid.rows = {number - shift: row for number, row in grid.rows.items()}
    if grid.truncated_after_row is not None:
        grid.truncated_after_row -= shift
