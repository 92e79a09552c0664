"""Three columns beside the user's own: route, position and arrival of each row's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lastmile_desktop.documents.workbook_copy.cells import cell
from lastmile_desktop.documents.workbook_copy.styles import Styles
from lastmile_desktop.documents.workbook_copy.xml_edit import (
    Edit,
    Element,
    NotExtendableError,
    appended,
    column_letter,
    column_number,
    tag_end,
    walk,
    with_attribute,
    with_edits,
)

HEADINGS = ("Planned route", "Planned stop", "Planned arrival")
_KINDS = ("text", "count", "clock")
_WIDTHS = (24.0, 13.0, 15.0)
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What stands beside one row: the route, the number of the stop, the arrival as Excel has times."""

    route: str
    stop: int | None = None
    arrival: float | None = None


@dataclass(slots=True)
class _Cell:
    start: int
    end: int
    column: int
    style: int
    filled: bool = False


@dataclass(slots=True)
class _Row:
    element: Element
    number: int
    end: int = 0
    cells: list[_Cell] = field(default_factory=list)


def with_planned_columns(
    part: bytes, styles: Styles, header_row: int | None, planned: Mapping[int, PlannedRow]
) -> tuple[bytes, str] | None:
    """The worksheet with three more columns, and the letter of the first; None where there is no room.

    ``planned`` has what stands beside each row (from 1). They come right behind the headings, or behind
    whatever else is in their way. Raises NotExtendableError.
    """
    sheet = _Sheet(part, {*planned, *([header_row] if header_row else [])})
    first = sheet.free_columns(header_row, len(HEADINGS))
    if first is None:
        return None
    edits: list[Edit] = []
    for row in sheet.rows:
        values: Sequence[object] = ()
        if row.number == header_row:
            values = HEADINGS
        elif row.number in planned:
            entry = planned[row.number]
            values = (entry.route, entry.stop, entry.arrival)
        if values:
            edits += sheet.beside(row, first, values, styles, heading=row.number == header_row)
    edits += sheet.widened(first)
    return with_edits(part, edits), column_letter(first)


class _Sheet:
    """The rows of a worksheet that matter, where they stand, and which columns are used."""

    def __init__(self, part: bytes, wanted: set[int]) -> None:
        self._part, self._wanted = part, wanted
        self.rows: list[_Row] = []
        self._used: dict[int, int] = {}
        self._header_cells: dict[int, int] = {}
        self._cols: list[Element] = []
        self._cols_end = 0
        self._parts: dict[str, Element] = {}
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._number = self._column = 0
        self._prefix = ""
        self._read()
        if "sheetData" not in self._parts:
            raise NotExtendableError("its order sheet has no cells")

    def _read(self) -> None:
        handlers = {
            "row": self._on_row,
            "c": self._on_cell,
            "mergeCell": self._on_merged,
            "col": self._cols.append,
        }
        contents = ("v", "f", "t")

        def on_start(element: Element) -> None:
            local = element.local
            if element.depth == 0:
                self._prefix = element.name[: -len(local)]
            if local in handlers:
                handlers[local](element)
            elif local in contents and self._cell is not None:
                self._cell.filled = True
            elif local in ("sheetData", "dimension", "cols"):
                self._parts[local] = element

        walk(self._part, on_start, self._on_end)

    def _on_row(self, element: Element) -> None:
        self._number = int(element.attributes.get("r", self._number + 1))
        self._column = 0
        self._row = _Row(element, self._number)

    def _on_cell(self, element: Element) -> None:
        given = element.attributes
        self._column = column_number(given.get("r", "")) or self._column + 1
        self._cell = _Cell(element.start, 0, self._column, int(given.get("s", "0")))

    def _on_merged(self, element: Element) -> None:
        self._use(column_number(element.attributes.get("ref", "").rpartition(":")[2]))

    def _on_end(self, local: str, at: int) -> None:
        if local == "c" and self._cell is not None and self._row is not None:
            self._cell.end = tag_end(self._part, at)
            self._keep(self._row, self._cell)
            self._cell = None
        elif local == "row" and self._row is not None:
            self._row.end = at
            if self._row.number in self._wanted:
                self.rows.append(self._row)
            self._row = None
        elif local == "cols":
            self._cols_end = at

    def _keep(self, row: _Row, found: _Cell) -> None:
        if found.filled:
            self._use(found.column)
        if row.number in self._wanted:
            row.cells.append(found)
            if found.filled:
                self._header_cells[row.number] = max(self._header_cells.get(row.number, 0), found.column)

    def _use(self, column: int) -> None:
        self._used[column] = self._used.get(column, 0) + 1

    def free_columns(self, header_row: int | None, count: int) -> int | None:
        """The first of ``count`` columns without any content, behind the headings (or behind everything)."""
        column = self._header_cells.get(header_row or 0, max(self._used, default=0)) + 1
        while any(column + n in self._used for n in range(count)):
            column += 1
        return column if column + count - 1 <= _LAST_COLUMN else None

    def beside(
        self, row: _Row, first: int, values: Sequence[object], styles: Styles, *, heading: bool
    ) -> list[Edit]:
        """The edits that put ``values`` into a row; empty cells that are formatted there give way."""
        beside = [one.style for one in row.cells if one.column < first and (one.filled or not heading)]
        style = beside[-1] if beside else None
        texts: list[tuple[int, str]] = []
        for n, (value, kind) in enumerate(zip(values, _KINDS, strict=True)):
            kind = "text" if heading or isinstance(value, str) else kind
            number = styles.own[kind] if style is None else styles.like(style, kind)
            if kind == "clock" and isinstance(value, float) and value >= 1:
                number = styles.own["clock_next"]
            texts.append((first + n, cell(self._prefix, first + n, row.number, value, number)))
        replaced = [
            Edit(one.start, one.end, "") for one in row.cells if first <= one.column < first + len(values)
        ]
        behind = [one for one in row.cells if one.column >= first + len(values)]
        text = "".join(written for _, written in texts)
        if behind:
            return [*replaced, Edit(behind[0].start, behind[0].start, text), *self._unspanned(row)]
        if row.end == row.element.start:  # <row .../>
            return [appended(self._part, row.element, row.end, text)]
        return [*replaced, Edit(row.end, row.end, text), *self._unspanned(row)]

    def _unspanned(self, row: _Row) -> list[Edit]:
        """``spans`` is a hint about the used columns; a wrong one makes Excel repair the file."""
        if "spans" not in row.element.attributes:
            return []
        after = tag_end(self._part, row.element.start)
        tag = self._part[row.element.start : after].decode("utf-8")
        return [Edit(row.element.start, after, with_attribute(tag, "spans", f"1:{_LAST_COLUMN}"))]

    def widened(self, first: int) -> list[Edit]:
        """Widths for the new columns; a width that was said for a range around them stays for the others."""
        last = first + len(_WIDTHS) - 1
        p = self._prefix
        own = [
            f'<{p}col min="{first + n}" max="{first + n}" width="{width}" customWidth="1"/>'
            for n, width in enumerate(_WIDTHS)
        ]
        edits = [self._dimension_edit(self._parts["dimension"], last)] if "dimension" in self._parts else []
        if "cols" not in self._parts:
            where = self._parts["sheetData"].start
            return [*edits, Edit(where, where, f"<{p}cols>{''.join(own)}</{p}cols>")]
        placed = False
        for col in self._cols:
            low, high = int(col.attributes.get("min", "1")), int(col.attributes.get("max", "1"))
            after = tag_end(self._part, col.start)
            tag = self._part[col.start : after].decode("utf-8")
            if high < first or low > last:
                if low > last and not placed:
                    edits.append(Edit(col.start, col.start, "".join(own)))
                    placed = True
                continue
            tag = tag if tag.endswith("/>") else f"{tag[:-1]}/>"
            left = (
                with_attribute(with_attribute(tag, "min", str(low)), "max", str(first - 1))
                if low < first
                else ""
            )
            right = (
                with_attribute(with_attribute(tag, "min", str(last + 1)), "max", str(high))
                if high > last
                else ""
            )
            middle = "" if placed else "".join(own)
            placed = True
            closing = after
            if not self._part[col.start : after].endswith(b"/>"):
                closing = tag_end(self._part, self._part.index(b"</", after))
            edits.append(Edit(col.start, closing, left + middle + right))
        if not placed:
            edits.append(appended(self._part, self._parts["cols"], self._cols_end, "".join(own)))
        return edits

    def _dimension_edit(self, dimension: Element, last: int) -> Edit:
        after = tag_end(self._part, dimension.start)
        tag = self._part[dimension.start : after].decode("utf-8")
        start, _, end = dimension.attributes.get("ref", "A1").partition(":")
        end = end or start
        row = end.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or "1"
        widest = column_letter(max(column_number(end), last))
        return Edit(dimension.start, after, with_attribute(tag, "ref", f"{start}:{widest}{row}"))
