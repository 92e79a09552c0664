"""Which row of a sheet is its heading, and which field each column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lastmile_desktop.sheets.columns import ColumnMatcher
from lastmile_desktop.sheets.evidence import evidence
from lastmile_desktop.sheets.grid import Grid
from lastmile_desktop.sheets.text import UNITS, HeadingName, fold, heading_name
from lastmile_desktop.sheets.values.plain import as_text

#: Headings are looked for among this many filled rows from the top.
SEARCH_ROWS = 40
#: A heading scored below this is not taken for a field.
LEAST_SCORE = 55
#: Fields that several columns may fill together.
SHARED_FIELDS = frozenset(["notes"])
_MAX_HEADING_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A recognised column: its field, its heading's unit ("" when there is none) and its heading."""

    number: int
    field: str
    unit: str
    heading: str


@dataclass(slots=True)
class Header:
    """A recognised heading line. ``last_row`` is its lower line when it has two."""

    row: int
    last_row: int
    score: float
    columns: list[Column] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The fields found."""
        return frozenset(column.field for column in self.columns)

    def first(self, name: str) -> Column | None:
        """The first column of a field."""
        return next((column for column in self.columns if column.field == name), None)


def find_header(grid: Grid, matcher: ColumnMatcher) -> Header | None:
    """The best heading line (or pair of lines) near the top of the sheet; None when no row looks like one."""
    candidates: list[Header] = []
    numbers = [number for number, _ in zip(grid.rows, range(SEARCH_ROWS), strict=False)]
    for number in numbers:
        single = _row_texts(grid, number)
        if not single or _share_of_words(single) < 0.5:
            continue
        candidates.append(_judge(grid, number, number, single, matcher))
        below = _row_texts(grid, number + 1)
        if below and _is_second_line(below):
            joined = _joined(grid, number, single, below)
            pair = _judge(grid, number, number + 1, joined, matcher)
            only_units = all(_is_unit(text) for text in below.values())
            pair.score += 0.5 if only_units else -0.5
            candidates.append(pair)
    candidates = [header for header in candidates if _is_enough(header)]
    return max(candidates, key=lambda header: (header.score, -header.row), default=None)


def _is_enough(header: Header) -> bool:
    fields = header.fields - {"notes"}
    return len(fields) >= 2 or bool(fields & {"address", "coordinates", "street"})


def _row_texts(grid: Grid, number: int) -> dict[int, str]:
    row = grid.rows.get(number, {})
    return {column: as_text(value) for column, value in row.items() if as_text(value)}


def _share_of_words(texts: Mapping[int, str]) -> float:
    """The share of cells that can be headings: short and with letters (or a lone number sign)."""
    good = sum(
        1
        for text in texts.values()
        if len(text) <= _MAX_HEADING_LENGTH
        and (any(sign.isalpha() for sign in text) or text.strip() in ("#", "№", "€/km", "€/h"))
        and sum(sign.isdigit() for sign in text) <= max(2, len(text) // 3)
    )
    return good / len(texts)


def _is_second_line(texts: Mapping[int, str]) -> bool:
    return _share_of_words(texts) == 1.0 and all(len(text) <= 25 for text in texts.values())


def _is_unit(text: str) -> bool:
    return fold(text).strip("()[]. ") in UNITS


def _joined(grid: Grid, number: int, above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, str]:
    """Two heading lines as one: an upper cell reaches over the columns it is merged across."""
    reach: dict[int, str] = dict(above)
    merged = False
    for first_row, first_column, last_row, last_column in grid.merges:
        if first_row <= number <= last_row and first_column in above:
            merged = merged or last_column > first_column
            for column in range(first_column, min(last_column, first_column + 30) + 1):
                reach.setdefault(column, above[first_column])
    if not merged:
        current = ""
        for column in range(min(above), max([*above, *below]) + 1):
            current = above.get(column, current)
            if column not in above and column in below:
                reach[column] = current
    texts: dict[int, str] = {}
    for column in sorted({*reach, *below}):
        texts[column] = " ".join(part for part in (reach.get(column, ""), below.get(column, "")) if part)
    return texts


def _judge(grid: Grid, row: int, last_row: int, texts: Mapping[int, str], matcher: ColumnMatcher) -> Header:
    names = {
        column: heading_name(text) for column, text in texts.items() if len(text) <= 2 * _MAX_HEADING_LENGTH
    }
    scored = _all_candidates(grid, last_row, names, matcher)
    header = Header(row, last_row, 0.0, headings=dict(texts))
    taken_columns: set[int] = set()
    taken_fields: set[str] = set()
    for score, column, found in sorted(scored, key=lambda entry: (-entry[0], entry[1])):
        if (
            score < LEAST_SCORE
            or column in taken_columns
            or (found in taken_fields and found not in SHARED_FIELDS)
        ):
            continue
        taken_columns.add(column)
        taken_fields.add(found)
        header.columns.append(Column(column, found, names[column].unit, texts[column]))
        header.score += score / 100
    header.score -= 0.1 * (len(texts) - len(taken_columns))
    header.columns.sort(key=lambda entry: entry.number)
    return header


def _all_candidates(
    grid: Grid, last_row: int, names: Mapping[int, HeadingName], matcher: ColumnMatcher
) -> Sequence[tuple[float, int, str]]:
    scored: list[tuple[float, int, str]] = []
    best_of: dict[int, str] = {}
    for column in sorted(names):
        candidates = matcher.candidates(names[column])
        below = grid.column_values(column, last_row, limit=200)
        values = [value for value in below if heading_name(as_text(value)[:80]) != names[column]]
        left = best_of.get(column - 1, "")
        adjusted = evidence(matcher.kind, names[column], candidates, values, left)
        for found, score in adjusted.items():
            scored.append((score, column, found))
        if adjusted:
            best_of[column] = max(adjusted, key=lambda key: adjusted[key])
    return scored
