"""What an import found out about a file: the rows it took, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lastmile_desktop.model.fleet import Vehicle
from lastmile_desktop.model.location import Depot
from lastmile_desktop.model.order import Order


class Severity(StrEnum):
    """ERROR: the row is left out. ATTENTION: kept, a person must look. INFO: a remark."""

    ERROR = "error"
    ATTENTION = "attention"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One remark about one cell or row. ``column`` is the letter, "" when the whole row is meant.

    ``order_id`` is the order number as the sheet has it, "" when there is none.
    """

    sheet: str
    row: int
    column: str
    order_id: str
    severity: Severity
    category: str
    message: str


class SheetKind(StrEnum):
    """What a worksheet holds."""

    ORDERS = "orders"
    VEHICLES = "vehicles"
    DEPOTS = "depots"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """How one worksheet was understood; ``columns`` maps column letters to field names."""

    name: str
    kind: SheetKind
    header_row: int | None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """All that an import took from a file, and all that it has to say about it.

    ``status`` "error" means that the whole file is refused; then ``message`` says why in one sentence and
    the rest is empty. ``skipped_lines`` counts lines that are no orders (titles, blanks, totals). The
    vehicles' depots refer to ``depots`` by key; a vehicle with an empty ``start_depot`` takes the day's
    first depot. ``sheet_date`` is a date found for the whole sheet (a title line, or the one delivery date).
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

    @property
    def ok(self) -> bool:
        """True when the file could be read."""
        return self.status == "ok"
