"""One row of a recognised sheet, read field by field, and the remarks made on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from lastmile_desktop.model import CellFix, Severity, SheetProblem
from lastmile_desktop.sheets.grid import CellValue, Grid, Row, UnreadableCell, column_letter
from lastmile_desktop.sheets.header import Column, Header
from lastmile_desktop.sheets.text import word_set
from lastmile_desktop.sheets.values.numbers import uses_decimal_comma
from lastmile_desktop.sheets.values.plain import as_code, as_text
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

T = TypeVar("T")
#: Fields whose cells show how the sheet writes fractions. Not times and dates: 9.30 is no decimal point.
_AMOUNT_FIELDS = word_set(
    "quantity weight volume service setup max_late skip_price late_price capacity capacity_kg capacity_m3 "
    "fixed_cost cost_per_km cost_per_hour overtime_price max_distance max_duration"
)


class Table:
    """A grid with its header: what all rows of a sheet share."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid = grid
        self.header = header
        self.columns: dict[str, list[Column]] = defaultdict(list)
        for column in header.columns:
            self.columns[column.field].append(column)
        self._decimal_commas: dict[str, bool | None] = {}

    def decimal_comma(self, field: str) -> bool | None:
        """How a field's column writes fractions: True with a comma, None when neither it nor others show it.

        Its own cells decide, else the other columns of amounts. Coordinates only speak for the comma: a
        sheet of decimal commas has its positions copied from a map, with points.
        """
        if field not in self._decimal_commas:
            own = uses_decimal_comma(_texts(self.grid, self.header, self.columns.get(field, ())))
            self._decimal_commas[field] = self._of_other_amounts() if own is None else own
        return self._decimal_commas[field]

    def _of_other_amounts(self) -> bool | None:
        amounts = (column for column in self.header.columns if column.field in _AMOUNT_FIELDS)
        found = uses_decimal_comma(_texts(self.grid, self.header, amounts))
        if found is None:
            places = (column for column in self.header.columns if column.field in ("lat", "lon"))
            found = uses_decimal_comma(_texts(self.grid, self.header, places)) or None
        return found

    def unit(self, field: str) -> str:
        """The unit in the heading of a field's column, "" when there is none."""
        columns = self.columns.get(field)
        return columns[0].unit if columns else ""


def _texts(grid: Grid, header: Header, columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        for value in grid.column_values(column.number, header.last_row, limit=2000):
            if isinstance(value, str):
                yield value


class SheetRow:
    """Reads the cells of one row; what cannot be read becomes a remark and marks the row for attention."""

    def __init__(self, table: Table, number: int, cells: Row) -> None:
        self.table = table
        self.number = number
        self.cells = cells
        self.id = ""
        self.attention = False
        self.problems: list[SheetProblem] = []
        self.kept_texts: list[str] = []
        self._told: set[int] = set()

    def raw(self, field: str) -> CellValue | None:
        """The first non-blank cell of a field. A lost value is remarked on and counts as blank."""
        for column in self.table.columns.get(field, ()):
            value = self.cells.get(column.number)
            if isinstance(value, UnreadableCell):
                self._tell_lost(column, value)
            elif value is not None:
                return value
        return None

    def number_format(self, field: str) -> str:
        """The number format of the field's cell where Excel shows it otherwise than its value is, else ""."""
        column = self._column(field)
        return self.table.grid.formats.get((self.number, column.number), "") if column else ""

    def has(self, field: str) -> bool:
        """True when the field has a column and the cell is not blank."""
        # No generator: asked a dozen times for every row.
        for column in self.table.columns.get(field, ()):  # noqa: SIM110
            if column.number in self.cells:
                return True
        return False

    def text(self, field: str) -> str:
        """The field as text, "" when blank."""
        return as_text(self.raw(field))

    def code(self, field: str) -> str:
        """The field as an order number, phone number or postcode, "" when blank."""
        return as_code(self.raw(field))

    def texts(self, field: str) -> list[str]:
        """The texts of all columns of a shared field."""
        found = []
        for column in self.table.columns.get(field, ()):
            value = self.cells.get(column.number)
            if isinstance(value, UnreadableCell):
                self._tell_lost(column, value)
            elif value is not None and as_text(value):
                found.append(as_text(value))
        return found

    def parse(
        self,
        field: str,
        parser: Callable[[CellValue], T | None],
        category: str,
        consequence: str,
        what: str,
        *,
        keep_text: bool = False,
    ) -> T | None:
        """Read a field with ``parser``; on failure remark on it, with the ``consequence``, and give None."""
        value = self.raw(field)
        if value is None:
            return None
        try:
            return parser(value)
        except UnreadableValueError as reason:
            text = as_text(value)
            if keep_text and text:
                self.kept_texts.append(text)
            sentence = f"The {what} “{_short(text)}” cannot be used: {reason}. {consequence}"
            self.attend(field, category, sentence, {field: reason.fix} if reason.fix else None)
            return None

    def attend(self, field: str, category: str, message: str, fix: Mapping[str, str] | None = None) -> None:
        """Remark that a person must look at."""
        self.attention = True
        self.remark(field, category, message, Severity.ATTENTION, fix)

    def remark(
        self,
        field: str,
        category: str,
        message: str,
        severity: Severity = Severity.INFO,
        fix: Mapping[str, str] | None = None,
    ) -> None:
        """Add a remark about a field's cell (``field`` "" = the whole row); ``fix`` maps fields to texts."""
        column = self._column(field)
        fixes = tuple(CellFix(self._letter(name), text) for name, text in (fix or {}).items())
        self.problems.append(
            SheetProblem(
                self.table.grid.name,
                self.number,
                self._letter(field),
                self.id,
                severity,
                category,
                message,
                as_text(self.cells.get(column.number)) if column else "",
                fixes,
            )
        )

    def _column(self, field: str) -> Column | None:
        """The field's first column with anything in this row, else its first column."""
        columns = self.table.columns.get(field, [])
        filled = (column for column in columns if column.number in self.cells)
        return next(filled, columns[0] if columns else None)

    def _letter(self, field: str) -> str:
        column = self._column(field)
        return column_letter(column.number) if column else ""

    def _tell_lost(self, column: Column, value: UnreadableCell) -> None:
        if column.number in self._told:
            return
        self._told.add(column.number)
        self.attention = True
        message = (
            f"The cell holds the error {value.text} instead of a value. Mend it in the sheet, or fill "
            "it in here."
            if value.text
            else "The formula in this cell was never calculated, so its value is missing. "
            "Open the file in Excel, save it and import it again."
        )
        self.problems.append(
            SheetProblem(
                self.table.grid.name,
                self.number,
                column_letter(column.number),
                self.id,
                Severity.ATTENTION,
                value.category,
                message,
                value.text,
            )
        )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
