"""What every filled line of an orders sheet is: an order, an item of the order above, a total, a note."""

from __future__ import annotations

from collections.abc import Collection

from lastmile_desktop.model import LineKind
from lastmile_desktop.sheets.column_values import ColumnValues
from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.grid import Row
from lastmile_desktop.sheets.lines import (
    PLACE_FIELDS,
    WHO_FIELDS,
    has_any,
    is_footer,
    is_only_numbers,
    is_repeated_heading,
    is_section,
    is_total,
)
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import HeadingName, heading_name
from lastmile_desktop.sheets.values.plain import as_text

_AMOUNTS = ("quantity", "weight", "volume")
_ADDRESS_FIELDS = frozenset(["address", "street", "address_2", "town", "postcode", "notes"])
#: A longer text is no second line of an address.
_LONGEST_LINE = 60
#: A merged cell across this many columns is a heading, whatever it says.
_WIDE_MERGE = 3
_ALMOST_ALL = 0.8


class LineSorter:
    """Sorts the lines of one orders sheet by kind.

    ``addressed`` collects lines that only carry on the address of the order above; ``doubtful_sums`` lines
    of bare numbers amid the orders.
    """

    def __init__(self, table: Table, *, visible_only: bool, set_aside: Collection[int]) -> None:
        self.table = table
        self.addressed: set[int] = set()
        self.doubtful_sums: list[int] = []
        self._visible_only = visible_only
        self._set_aside = frozenset(set_aside)
        mapped = {column.number for column in table.header.columns}
        self._mapped = mapped
        self._item_columns = self._find_item_columns(mapped)
        self._id_is_rule = self._filled("id")
        self._wide = {
            first_row
            for first_row, first_column, _, last_column in table.grid.merges
            if last_column - first_column + 1 >= _WIDE_MERGE
        }

    def _find_item_columns(self, mapped: set[int]) -> set[int]:
        """Columns of the table that name goods, or that nobody reads: an item line fills one of them."""
        matcher = matcher_for("orders")
        return {
            number
            for number, text in self.table.header.headings.items()
            if number not in mapped or matcher.is_foreign(heading_name(text))
        }

    def _filled(self, field: str) -> bool:
        """True when nearly all lines with a place fill the field, so that a blank one says something."""
        columns = self.table.columns.get(field)
        if not columns:
            return False
        below = self.table.header.last_row
        rows = [
            row
            for number, row in self.table.grid.rows.items()
            if number > below and len(row) > 2 and has_any(self.table, row, PLACE_FIELDS)
        ]
        filled = sum(columns[0].number in row for row in rows)
        return bool(rows) and filled >= _ALMOST_ALL * len(rows)

    def sort(self) -> dict[int, LineKind]:
        """Line number -> kind, for every filled line."""
        header, grid = self.table.header, self.table.grid
        kinds: dict[int, LineKind] = {}
        previous = LineKind.HEADER
        for number, row in grid.rows.items():
            if number <= header.last_row:
                kinds[number] = LineKind.TITLE if number < header.row else LineKind.HEADER
                continue
            if number in self._set_aside:
                kinds[number] = LineKind.SET_ASIDE
            elif self._visible_only and number in grid.hidden_rows:
                kinds[number] = LineKind.HIDDEN
            else:
                kinds[number] = self._kind(number, row, previous)
                previous = kinds[number]
        self._judge_the_end(kinds)
        return kinds

    def _kind(self, number: int, row: Row, previous: LineKind) -> LineKind:
        table = self.table
        if is_repeated_heading(table, row):
            return LineKind.REPEATED_HEADER
        if is_total(table, row):
            if is_only_numbers(row):
                self.doubtful_sums.append(number)
            return LineKind.TOTAL
        if previous in (LineKind.ORDER, LineKind.ITEM):
            if self._is_item(row):
                return LineKind.ITEM
            if self._carries_on_address(row):
                self.addressed.add(number)
                return LineKind.ITEM
        return self._heading_or_note(number, row) or LineKind.ORDER

    def _is_item(self, row: Row) -> bool:
        """Another item of the order above: goods or an amount, but nobody and nowhere."""
        if has_any(self.table, row, PLACE_FIELDS) or has_any(self.table, row, WHO_FIELDS):
            return False
        goods = [number for number in self._item_columns if as_text(row.get(number))]
        if not any(any(sign.isalpha() for sign in as_text(row[number])) for number in goods):
            return False
        named = any(matcher_for("orders").is_foreign(self._heading(number)) for number in goods)
        return has_any(self.table, row, _AMOUNTS) or (named and not self.table.columns.get("quantity"))

    def _heading(self, number: int) -> HeadingName:
        return heading_name(self.table.header.headings.get(number, ""))

    def _carries_on_address(self, row: Row) -> bool:
        """The second line of an address: nothing but a piece of address where orders have numbers."""
        if not self._id_is_rule or len(row) > 2:
            return False
        fields = {column.field for column in self.table.header.columns if column.number in row}
        if not fields or not fields <= _ADDRESS_FIELDS or not fields & {"address", "street"}:
            return False
        if any(number not in self._mapped for number in row):
            return False
        text = next(
            as_text(row[column.number])
            for column in self.table.header.columns
            if column.number in row and column.field in ("address", "street")
        )
        if not text or len(text) > _LONGEST_LINE:
            return False
        values = ColumnValues([text])
        return not is_section(text) and (values.share("digits") == 0 or values.share("postcode") == 1.0)

    def _heading_or_note(self, number: int, row: Row) -> LineKind | None:
        """A heading of rows, a legend, a foot of a page; None when the line may be an order."""
        texts = [text for value in row.values() if (text := as_text(value))]
        mapped = [column.number for column in self.table.header.columns if column.number in row]
        has_place = has_any(self.table, row, PLACE_FIELDS)
        if not texts:
            return None
        if len(texts) == 1 and number in self._wide:
            return LineKind.SECTION
        if has_place:
            if all("_" in text or ":" in text for text in texts) and is_footer(texts[0]):
                return LineKind.NOTE
            if len(texts) != 1 or len(self.table.header.columns) <= 2:
                return None
            named = is_section(texts[0]) and not any(sign.isdigit() for sign in texts[0].split(" ")[-1][2:])
            return LineKind.SECTION if named or is_footer(texts[0]) else None
        if len(mapped) <= 1:
            return LineKind.SECTION if is_section(texts[0]) else LineKind.NOTE
        if all(isinstance(value, str) for value in row.values()):
            if is_footer(texts[0]):
                return LineKind.NOTE
            if is_section(texts[0]) and not has_any(self.table, row, _AMOUNTS):
                return LineKind.SECTION
        return None

    def _judge_the_end(self, kinds: dict[int, LineKind]) -> None:
        """Below the last order, after a gap: lines without a place are notes, unless they have a number."""
        grid = self.table.grid
        numbers = [number for number in grid.rows if number > self.table.header.last_row]
        placed = [
            number
            for number in numbers
            if kinds[number] is LineKind.ORDER and has_any(self.table, grid.rows[number], PLACE_FIELDS)
        ]
        last = placed[-1] if placed else 0
        gap = False
        before = last
        for number in numbers:
            if number <= last:
                continue
            gap = gap or number - before > 1 or kinds[number] is not LineKind.ORDER
            before = number
            if kinds[number] is LineKind.ORDER and gap and not self._has_own_number(grid.rows[number]):
                kinds[number] = LineKind.NOTE
        self.doubtful_sums = [number for number in self.doubtful_sums if number < last]

    def _has_own_number(self, row: Row) -> bool:
        columns = self.table.columns.get("id", [])
        return any(any(sign.isdigit() for sign in as_text(row.get(column.number))) for column in columns)
