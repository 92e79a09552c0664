"""A text table (CSV and its cousins) -> a grid: encoding, separator and quoting are found out."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.grid import MAX_CELL_CHARACTERS, MAX_ROWS, Grid, Row
from lastmile_desktop.sheets.header import find_header
from lastmile_desktop.sheets.refusal import RefusedFileError

_SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_RECORDS = 60
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_END_MARK = "\x1eend of file\x1e"

Progress = Callable[[int, int], None]


def read_text_table(path: Path, on_progress: Progress) -> list[Grid]:
    """The table of a text file as one grid whose header is row 1. Raises RefusedFileError."""
    text, encoding = _decode(path.read_bytes(), path.name)
    csv.field_size_limit(16 * 1024 * 1024)
    separator, text = _separator(text)
    grid = _grid(path.stem, text, separator, path.name, on_progress)
    _number_from_header(grid)
    if encoding not in ("utf-8", "utf-16"):
        grid.remarks.append(
            (
                1,
                "encoding",
                f"The text is read as {encoding}. If letters look wrong, save the file as UTF-8 and "
                "import it again.",
            )
        )
    return [grid]


def _decode(content: bytes, name: str) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    even, odd = content[:4000:2].count(0), content[1:4000:2].count(0)
    if max(even, odd) > 0.3 * len(content[:4000:2]):
        return content.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    candidates = ["cp1252", "cp1250", "iso8859_15", "cp850", "mac_roman", "cp1251", "cp1253", "cp1254"]
    best = from_bytes(content[:200_000], cp_isolation=candidates).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding in ("cp1250", "iso8859_15", "cp1254", "cp1252"):
        encoding = _central_or_western(content)
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"
    except LookupError as error:
        raise RefusedFileError(f"“{name}” is written in an unknown encoding. Save it as UTF-8.") from error


def _central_or_western(content: bytes) -> str:
    """Short texts look alike in cp1252 and cp1250: the letters of Polish, Czech or Hungarian decide."""
    western = "äöüÄÖÜßéèêëàâçñóúíáÉôîïûùåøæœ€ºª’–"
    central = "ąćęłńśźżĄĆĘŁŃŚŹŻěščřžýůťďňŠČŘŽőűŐŰ€’–äöüÄÖÜßéóúíáÉô"
    high = bytes(byte for byte in content[:200_000] if byte >= 0x80)
    scores = {}
    for encoding, letters in (("cp1252", western), ("cp1250", central)):
        text = high.decode(encoding, errors="replace")
        scores[encoding] = sum(sign in letters for sign in text) - sum(sign not in letters for sign in text)
    return "cp1250" if scores["cp1250"] > scores["cp1252"] else "cp1252"


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


def _grid(sheet: str, text: str, separator: str, name: str, on_progress: Progress) -> Grid:
    grid = Grid(sheet, is_text_file=True)
    try:
        complete = _fill(grid, text, separator, csv.QUOTE_MINIMAL, on_progress)
        if not complete:
            grid = Grid(sheet, is_text_file=True)
            _fill(grid, text, separator, csv.QUOTE_NONE, on_progress)
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


def _fill(grid: Grid, text: str, separator: str, quoting: int, on_progress: Progress) -> bool:
    """Read all records; False when a quotation mark swallowed the end of the file."""
    lines = (
        text.splitlines(keepends=True)
        if "\x0b" not in text and "\x0c" not in text
        else re.split(r"(?<=\n)", text)
    )
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    lines.append(_END_MARK)
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    last: list[str] = []
    for number, record in enumerate(reader, start=1):
        last = record
        if record == [_END_MARK]:
            break
        row: Row = {}
        for column, cell in enumerate(record, start=1):
            if cell.strip():
                cell = cell.strip().strip('"') if quoting == csv.QUOTE_NONE else cell
                row[column] = cell[:MAX_CELL_CHARACTERS]
        if not row:
            continue
        if len(grid.rows) >= MAX_ROWS:
            grid.truncated_after_row = grid.last_row
            return True
        grid.rows[number] = row
        if len(grid.rows) % 2000 == 0:
            on_progress(0, len(grid.rows))
    return last == [_END_MARK]


def _number_from_header(grid: Grid) -> None:
    """Count records with the header as 1: lines above it get numbers below 1."""
    headers = [find_header(grid, matcher_for(kind)) for kind in ("orders", "vehicles", "depots")]
    best = max((header for header in headers if header), key=lambda header: header.score, default=None)
    if best is None or best.row == 1:
        return
    shift = best.row - 1
    grid.rows = {number - shift: row for number, row in grid.rows.items()}
    if grid.truncated_after_row is not None:
        grid.truncated_after_row -= shift
