"""One look for all tables: rows of 28 pixels, figures of equal width, cells below their headings."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from lastmile_desktop.ui import theme

#: Cells begin where their headings begin; no white square where the scroll bars meet.
_CELL_STYLE = (
    "QTableView::item { padding: 0 5px; border: none; }"
    " QAbstractScrollArea::corner { background: transparent; border: none; }"
)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def make_plain(table: QTableView) -> None:
    """Give a table of whole rows its look; sorting is on, and nothing is sorted yet."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setFont(theme.tabular_font(table.font()))
    table.setStyleSheet(_CELL_STYLE)
    rows = table.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(theme.ROW_HEIGHT_PX)
    rows.setDefaultSectionSize(theme.ROW_HEIGHT_PX)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSortIndicatorClearable(False)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)


def plain_tooltip(text: str) -> str:
    """Sheet text for a tooltip: escaped, so that nothing in it is taken for markup."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""
