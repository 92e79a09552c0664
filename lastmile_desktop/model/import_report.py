"""What an import found out about a file: the rows it took, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lastmile_desktop.model.fleet import Vehicle
from lastmile_desktop.model.location import Depot
from lastmile_desktop.model.order import Order
from lastmile_desktop.model.sheet_layout import SheetLayout, SheetPreview


class Severity(StrEnum):
    """ERROR: the row is left out. ATTENTION: kept, a person must look. INFO: a remark."""

    ERROR = "error"
    ATTENTION = "attention"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class CellFix:
    """What to write into a cell of the problem's row so that the problem is gone."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One remark about one cell or row. ``column`` is the letter, "" when the whole row is meant.

    ``order_id`` is the order number as the sheet has it, "" when there is none. ``found`` is the text as it
    stood in the cell. ``fix`` is what probably was meant, as cells to write; none where only a person knows.
    """

    sheet: str
    row: int
    column: str
    order_id: str
    severity: Severity
    category: str
    message: str
    found: str = ""
    fix: tuple[CellFix, ...] = ()


class SheetKind(StrEnum):
    """What a worksheet holds."""

    ORDERS = "orders"
    VEHICLES = "vehicles"
    DEPOTS = "depots"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """How one worksheet was understood; ``columns`` maps column letters to field names.

    ``layout`` is the layout that was used, ready to be changed and given back; ``confidence`` how sure its
    columns are (letter, 0-100; 100 for what a person said). ``known`` says that it came from memory or from
    a person. ``preview`` is None unless it was asked for. ``ignored`` are (letter, heading) of
    the columns that hold something and are not read.
    """

    name: str
    kind: SheetKind
    header_row: int | None
    columns: tuple[tuple[str, str], ...] = ()
    layout: SheetLayout | None = None
    confidence: tuple[tuple[str, int], ...] = ()
    known: bool = False
    hidden_sheet: bool = False
    preview: SheetPreview | None = None
    ignored: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """All that an import took from a file, and all that it has to say about it.

    ``status`` "error" means that the whole file is refused; then ``message`` says why in one sentence and
    the rest is empty. ``skipped_lines`` counts lines that are no orders (titles, blanks, totals). The
    vehicles' depots refer to ``depots`` by key; a vehicle with an empty ``start_depot`` takes the day's
    first depot. ``sheet_date`` is a date found for the whole sheet (a title line, or the one delivery date).

    ``encoding`` and ``delimiter`` are those used for a text file, "" for a workbook. A refused file may still
    come with ``sheets`` that have a preview, for a person to say where the orders are; and
    ``filled_block_offered`` says that it can be read with ``ImportOptions.filled_block_only``.
    """

    file_name: str
    status: str = "ok"
    message: str = ""
    sheets: tuple[SheetSummary, ...] = ()
    orders: tuple[Order, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    depots: tuple[Depot, ...] = ()
    problems: tuple[SheetProblem, ...] = field(default=())
    skipped_lines: int = 0
    sheet_date: date | None = None
    encoding: str = ""
    delimiter: str = ""
    filled_block_offered: bool = False

    @property
    def ok(self) -> bool:
        """True when the file could be read."""
        return self.status == "ok"
