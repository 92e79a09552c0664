"""The dialog in which a person says where an order is: type, look at the candidates, pick one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import Order
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.address_search.searcher import Searcher
from lastmile_desktop.ui.orders_view.place_words import LEVEL_WORDS
from lastmile_desktop.ui.table_parts.table_look import make_plain

if TYPE_CHECKING:
    from lastmile_desktop.addresses.search import Candidate
    from lastmile_desktop.ui.address_search.asker import OnlineAsker

_PAUSE_MS = 80
_SIZE = (760, 430)
_COLUMNS = ("Address", "Town", "Found", "Score")
_WIDTHS = (360, 190, 90, 60)
_NO_REGION = "No region is chosen, so no address can be looked up. Choose one with Edit, Region."
_NOTHING = "Nothing like this is in the region. Check the spelling, or point the place out on the map."
_MOVING_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class AddressDialog(QDialog):
    """`chosen` carries the candidate that was picked, `map_wanted` that the map shall be used instead."""

    chosen = Signal(object)
    map_wanted = Signal()

    def __init__(
        self, order: Order, region: str, parent: QWidget | None = None, online: OnlineAsker | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Find the place of {order.id} {order.name}".strip())
        self.setObjectName("address-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.resize(*_SIZE)
        self._candidates: tuple[Candidate, ...] = ()
        self._searcher = Searcher(region, self) if region else None
        self._online = online
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out(order)
        if self._searcher is not None:
            self._searcher.answered.connect(self._show)
        if online is not None:
            online.setParent(self)
            online.answered.connect(self._show)
        self.finished.connect(self._end)
        self._ask()

    def _lay_out(self, order: Order) -> None:
        self.box = QLineEdit(order.address, self)
        self.box.setPlaceholderText("Street and number, postcode and town")
        self.box.setAccessibleName("Address to look for")
        self.box.setClearButtonEnabled(True)
        self.box.selectAll()
        self.box.textEdited.connect(lambda _text: self._pause.start())
        self.box.installEventFilter(self)
        self.table = self._make_table()
        self.remark = QLabel(self)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        theme.set_role(self.remark, "muted")
        self.use_button = self._button("Use this place", "The order is there, today and from now on")
        theme.set_role(self.use_button, "primary")
        self.use_button.setDefault(True)
        self.use_button.clicked.connect(self._use)
        self.map_button = self._button("Point it out on the map…", "Click where the order is")
        self.map_button.clicked.connect(self._want_map)
        self.online_button = self._button("Ask online", "Ask the address service named in Settings")
        self.online_button.setVisible(self._online is not None)
        self.online_button.clicked.connect(self._ask_online)
        self.cancel_button = self._button("Cancel", "Leave the order as it is")
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.map_button)
        buttons.addWidget(self.online_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(theme.GRID_PX)
        whose = QLabel(f"{order.id}  {order.name}".strip(), self)
        whose.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(whose, "heading")
        column.addWidget(whose)
        column.addWidget(self.box)
        column.addWidget(self.table, 1)
        column.addWidget(self.remark)
        column.addLayout(buttons)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(text.rstrip("…"))
        button.setAutoDefault(False)
        return button

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS), self)
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setAccessibleName("Places that may be meant")
        make_plain(table)
        table.setSortingEnabled(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate(_WIDTHS):
            table.setColumnWidth(section, width)
        table.itemSelectionChanged.connect(self._tell)
        table.itemDoubleClicked.connect(lambda _item: self._use())
        return table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the box move through the candidates."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _MOVING_KEYS
        ):
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    # ---- searching ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._searcher is not None:
            self._searcher.ask(self.box.text())
        else:
            self._show((), _NO_REGION)

    def _ask_online(self) -> None:
        if self._online is not None:
            self.remark.setText("Asking the address service…")
            self._online.ask(self.box.text())

    def _show(self, candidates: Sequence[Candidate], trouble: str) -> None:
        self._candidates = tuple(candidates)
        self.table.setRowCount(len(self._candidates))
        for row, candidate in enumerate(self._candidates):
            place = " ".join(part for part in (candidate.postcode, candidate.town) if part)
            texts = (candidate.label, place, LEVEL_WORDS[candidate.level], str(candidate.score))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == len(texts) - 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        if self._candidates:
            self.table.selectRow(0)
        self._tell()
        if not self._candidates:
            self.remark.setText(trouble or (_NOTHING if self.box.text().strip() else ""))

    def candidate(self) -> Candidate | None:
        """The candidate of the selected row."""
        row = self.table.currentRow()
        return self._candidates[row] if 0 <= row < len(self._candidates) else None

    def _tell(self) -> None:
        candidate = self.candidate()
        self.use_button.setEnabled(candidate is not None)
        if candidate is not None:
            off = f"It may be up to {candidate.spread_m:,} m off." if candidate.spread_m else ""
            self.remark.setText(" ".join(part for part in (candidate.remark, off) if part))

    # ---- ending -------------------------------------------------------------------------------------

    def _use(self) -> None:
        candidate = self.candidate()
        if candidate is not None:
            self.chosen.emit(candidate)
            self.accept()

    def _want_map(self) -> None:
        self.map_wanted.emit()
        self.reject()

    def _end(self) -> None:
        self._pause.stop()
        if self._online is not None:
            self._online.stop()
        if self._searcher is not None:
            self._searcher.close()
