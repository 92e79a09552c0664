"""How an import stands: counts that add up to the lines of the sheet, and whether a person must look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lastmile_desktop.model import ImportReport, LineKind, Severity, SheetKind, SheetProblem, SheetSummary
from lastmile_desktop.pipeline.sheet_choices import order_sheet_names, orders_sheet, preview_of_sheet

#: A column that was recognised with less than this (of 100) is shown before it is believed.
SURE = 80
_TABLE_COLUMNS = 3
_ORDER_LINES = frozenset([LineKind.ORDER, LineKind.ITEM, LineKind.LEFT_OUT, LineKind.SET_ASIDE])


@dataclass(frozen=True)
class ImportCounts:
    """Every line of the orders sheet once. ``items`` are further lines of orders counted already.

    ``ignored`` says by kind which lines are no orders; ``blank`` lines lie between filled ones.
    """

    ready: int = 0
    waiting: int = 0
    attention: int = 0
    left_out: int = 0
    set_aside: int = 0
    items: int = 0
    blank: int = 0
    ignored: Mapping[LineKind, int] = field(default_factory=dict)

    @property
    def orders(self) -> int:
        """Orders that will be taken."""
        return self.ready + self.waiting + self.attention

    @property
    def ignored_lines(self) -> int:
        """Lines that are no orders: titles, headings, totals, notes, blanks."""
        return sum(self.ignored.values()) + self.blank

    @property
    def lines(self) -> int:
        """All lines down to the last filled one; the other counts add up to it."""
        return self.orders + self.left_out + self.set_aside + self.items + self.ignored_lines


def count_lines(report: ImportReport) -> ImportCounts:
    """The counts of a report, over all sheets that orders were read from.

    Without a preview the ignored lines are known as a sum only (as blanks).
    """
    sheet = orders_sheet(report)
    attention = sum(order.attention for order in report.orders)
    waiting = sum(order.location is None and not order.attention for order in report.orders)
    ready = len(report.orders) - attention - waiting
    if sheet is None or sheet.preview is None or sheet.kind is not SheetKind.ORDERS:
        left_out = len({(p.sheet, p.row) for p in report.problems if p.severity is Severity.ERROR})
        return ImportCounts(ready, waiting, attention, left_out, blank=report.skipped_lines)
    previews = [preview_of_sheet(report, name) for name in order_sheet_names(report)]
    kinds = Counter(kind for preview in previews for kind in preview.kinds)
    return ImportCounts(
        ready,
        waiting,
        attention,
        kinds[LineKind.LEFT_OUT],
        kinds[LineKind.SET_ASIDE],
        kinds[LineKind.ITEM],
        blank=sum(preview.rows[-1] - len(preview.rows) for preview in previews if preview.rows),
        ignored={kind: count for kind, count in kinds.items() if kind not in _ORDER_LINES},
    )


@dataclass(frozen=True)
class Doubts:
    """Why a person must look before the orders enter the day; nothing = they are taken without a question."""

    problems: int = 0
    unsure_columns: tuple[str, ...] = ()
    hidden_rows: int = 0
    other_sheets: tuple[str, ...] = ()
    refused: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.problems or self.unsure_columns or self.hidden_rows or self.other_sheets or self.refused
        )


def doubts_about(report: ImportReport) -> Doubts:
    """What is doubtful about a reading.

    What is clear is read without a question, also the first time: a screen that only ever wants "yes" is
    clicked away unread. So a sheet that nobody has accepted before is shown when a column was guessed, when
    rows are hidden or when another sheet could be meant as well; a sheet with known headings only when a row
    needs attention or was left out. An order that waits for its position is not doubtful: most sheets have
    addresses only.
    """
    if not report.ok:
        return Doubts(refused=any(sheet.preview is not None for sheet in report.sheets))
    problems = sum(is_doubtful(problem) for problem in report.problems)
    sheet = orders_sheet(report)
    if sheet is None or sheet.kind is not SheetKind.ORDERS or sheet.known:
        return Doubts(problems)
    unsure = tuple(letter for letter, sure in sheet.confidence if sure < SURE)
    hidden = 0
    if sheet.preview is not None:
        taken = {LineKind.ORDER, LineKind.ITEM, LineKind.LEFT_OUT, LineKind.HIDDEN}
        hidden = sum(
            row in sheet.preview.hidden_rows and kind in taken
            for row, kind in zip(sheet.preview.rows, sheet.preview.kinds, strict=True)
        )
    others = tuple(p.sheet for p in report.problems if p.category == "other_sheet")
    others += tuple(other.name for other in report.sheets if _may_hold_more(other, sheet))
    return Doubts(problems, unsure, hidden, others)


def _may_hold_more(other: SheetSummary, orders: SheetSummary) -> bool:
    """True for a sheet that was understood as nothing, though it is a table longer than the orders."""
    if other.kind is not SheetKind.IGNORED or other.hidden_sheet:
        return False
    if other.preview is None or orders.preview is None:
        return False
    is_table = other.preview.column_count >= _TABLE_COLUMNS
    return is_table and len(other.preview.rows) > len(orders.preview.rows)


def is_doubtful(problem: SheetProblem) -> bool:
    """True for what a person must look at."""
    return problem.severity is not Severity.INFO
