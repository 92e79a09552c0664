"""How a sheet is to be read, as a person chose it, and how it was read, for a person to judge.

``ImportOptions`` goes into the reader child, ``SheetSummary`` (with a ``SheetPreview``) comes back. Both are
plain values: the import screen changes an option and reads again; nothing of a reading is ever patched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

#: Between the cells of one line of a preview; no sheet can hold it (XML and text files forbid it).
CELL_MARK = "\x1f"
#: How cell A1 of a plan begins that was written into a copy of the user's workbook, and that of a template's
#: page of instructions: such sheets hold no orders.
PLAN_SHEET_MARK, GUIDE_SHEET_MARK = "Lastmile plan", "Lastmile template"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where the table of one worksheet is, and what its columns hold.

    ``header_row`` is the first heading line (1-based, as the sheet counts), None when there is none; the
    heading reaches down to the line before ``first_row``, which is the first that can be an order.
    ``columns`` are (column letter, field name of the contract); a column that is not named is not read. No
    columns at all leave it to the reader to find them under that heading (by their contents when there is no
    heading), and a ``first_row`` of 0 to find the first line: so a person chooses a heading line.
    ``visible_only`` leaves out hidden and filtered rows. ``fingerprint`` tells sheets with the same headings
    in the same columns, "" for a sheet that cannot be known again.
    """

    sheet: str
    header_row: int | None
    first_row: int
    columns: tuple[tuple[str, str], ...]
    visible_only: bool = False
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CellOverride:
    """A cell that a person corrected in the preview: it is read as this text, typed as in a text file."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person said about one file; empty values leave the choice to the reader.

    ``layouts`` are for worksheets of this file, by name, and are taken as they are; where there are any,
    orders are read from these sheets only. ``remembered`` are layouts of earlier files: one is used, by its
    columns, wherever a heading line has its fingerprint; its rows and its sheet's name do not count.
    ``orders_sheet`` names the sheet to read orders from while the reader still finds its columns.
    ``encoding`` (a Python codec's name) and ``delimiter`` (one character) are for text files.
    ``visible_only`` is for sheets without a layout of their own. ``date_order`` is "dmy" or "mdy" for dates
    that can be read both ways. ``set_aside`` are (sheet, row) that the person takes out: no orders, no
    problems. ``with_preview`` asks for the cells of every sheet. ``day_parts`` are what morning, afternoon
    and evening mean, as (start, end) in seconds after midnight; () for 8-12, 12-17 and 17-21.
    """

    layouts: tuple[SheetLayout, ...] = ()
    remembered: tuple[SheetLayout, ...] = ()
    orders_sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    filled_block_only: bool = False
    visible_only: bool = False
    date_order: str = ""
    same_door: bool = True
    overrides: tuple[CellOverride, ...] = ()
    set_aside: tuple[tuple[str, int], ...] = ()
    with_preview: bool = False
    day_parts: tuple[tuple[int, int], ...] = ()

    def layout_of(self, sheet: str) -> SheetLayout | None:
        """The layout that a person chose for a sheet of this file."""
        return next((layout for layout in self.layouts if layout.sheet == sheet), None)

    def with_layout(self, layout: SheetLayout) -> ImportOptions:
        """These options with another layout for its sheet."""
        others = tuple(other for other in self.layouts if other.sheet != layout.sheet)
        return replace(self, layouts=(*others, layout))


class LineKind(StrEnum):
    """What a filled line of a sheet was taken for; every filled line of an orders sheet has exactly one."""

    ORDER = "order"
    #: Another line of an order that has its own line elsewhere (a shop's line items).
    ITEM = "item"
    #: Meant as an order, but it cannot be used: the problems say why.
    LEFT_OUT = "left_out"
    #: Taken out by the person.
    SET_ASIDE = "set_aside"
    #: Above the heading: a title, a date, an address of the firm.
    TITLE = "title"
    HEADER = "header"
    #: A heading line that is repeated further down.
    REPEATED_HEADER = "repeated_header"
    #: A heading of a group of rows ("Tour 1").
    SECTION = "section"
    TOTAL = "total"
    #: Anything else that is no order: a legend, a page footer, a note beside the table.
    NOTE = "note"
    #: Hidden or filtered, and left out by choice.
    HIDDEN = "hidden"


@dataclass(frozen=True)
class SheetPreview:
    """A sheet's cells as text, for the eye: the lines with anything in them, in order.

    ``rows`` are their numbers as the sheet counts, ``lines`` their cells from column A on, joined by
    ``CELL_MARK`` (texts hold no such mark), ``kinds`` what they were taken for.
    ``hidden_rows`` are those that Excel does not show. Kept as one string a line because a sheet of 20,000
    rows crosses from the reader in a few milliseconds this way, and only lines on the screen are split.
    """

    rows: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    kinds: tuple[LineKind, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    column_count: int = 0

    def cells(self, index: int) -> list[str]:
        """The texts of the line at ``index`` (not its row number), from column A on."""
        return self.lines[index].split(CELL_MARK)
