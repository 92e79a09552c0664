"""Raw cells with their addresses, the same for workbooks and text files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

#: A cell longer than this is cut; Excel itself allows no more.
MAX_CELL_CHARACTERS = 32_767
#: Orders beyond this row count are left out, and the report says so.
MAX_ROWS = 50_000


#: Columns found inside the cells of a column count on from here, one multiple each.
VIRTUAL_COLUMNS = 100_000


@dataclass(frozen=True, slots=True)
class UnreadableCell:
    """A cell whose value is lost: a formula that was never calculated, or an error such as #N/A.

    ``text`` is the error as Excel shows it, "" for a formula without a stored value.
    """

    text: str = ""

    @property
    def category(self) -> str:
        """The report's word for it."""
        return "cell_error" if self.text else "formula"


CellValue = str | int | float | bool | datetime | date | time | timedelta | UnreadableCell
Row = dict[int, CellValue]


@dataclass(slots=True)
class Grid:
    """One sheet: ``rows`` maps 1-based row numbers (ascending) to {1-based column: value}; no blanks.

    ``merges`` are (first row, first column, last row, last column). ``remarks`` are sentences about the
    whole sheet as (row, category, sentence).

    What the cells' kind is, their Python type says (an UnreadableCell is an error or a formula that was
    never calculated); ``formats`` adds the number format's code of cells that Excel shows otherwise than
    their value is ("0%", '0.0" kg"', "€ 0.00"). Formats of dates, times and zero-padded codes are not there:
    those are in the value already. ``hidden_rows`` includes filtered ones; ``has_filter`` says that a
    filter is set and hides some. ``is_hidden`` sheets are for a person to choose, not read by default.
    ``encoding`` and ``delimiter`` are those of a text file, ``long_rows`` its records with more values than
    its heading line and most others: a separator within a value has probably shifted the rest.
    """

    name: str
    rows: dict[int, Row] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_text_file: bool = False
    remarks: list[tuple[int, str, str]] = field(default_factory=list)
    truncated_after_row: int | None = None
    hidden_columns: frozenset[int] = frozenset()
    has_filter: bool = False
    is_hidden: bool = False
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    long_rows: frozenset[int] = frozenset()

    def column_values(self, column: int, below_row: int, limit: int = 300) -> Iterator[CellValue]:
        """The first ``limit`` values of a column below a row."""
        found = 0
        for number, row in self.rows.items():
            if number > below_row and column in row:
                yield row[column]
                found += 1
                if found >= limit:
                    return

    @property
    def last_row(self) -> int:
        """Number of the last row with a value, 0 for an empty sheet."""
        return next(reversed(self.rows), 0)


def column_letter(column: int) -> str:
    """1 -> A, 27 -> AA; a column found inside another has that one's letter."""
    letters = ""
    column %= VIRTUAL_COLUMNS
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
