"""The customers that are remembered: what of each, how to forget them, and as a table to take along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import DayState, wording
from lastmile_desktop.store.customers import Customer
from lastmile_desktop.system.atomic import write_bytes
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.file_places import PLACES
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.table_parts.cells_out import as_csv
from lastmile_desktop.ui.table_parts.table_look import plain_tooltip

_ROW = Qt.ItemDataRole.UserRole
_HEADINGS = ("Customer", "Address", "Latitude", "Longitude", "Service (min)", "Notes", "Since")


class KnownCustomers(QDialog):
    """A list that stays open beside the day; what is forgotten, the sheet alone says again."""

    changed = Signal(int)
    """How many customers are known now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._customers: list[Customer] = []
        self.setWindowTitle("Known customers")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        theme.set_role(self.words, "muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName("Known customers")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.forget = self._button("Forget", "Forget the chosen customers")
        self.forget.clicked.connect(self._forget)
        self.forget_all = self._button("Forget all", "Forget all customers")
        self.forget_all.clicked.connect(self._forget_all)
        self.export = self._button("Export…", "Save the customers as a csv file")
        self.export.clicked.connect(self._ask_file)
        close = self._button("Close", "Close the known customers")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self.forget, self.forget_all, self.export):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GRID_PX)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(620, 460)
        self.show_customers(list(session.firm.customers.everybody().values()))

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoDefault(False)
        return button

    def show_customers(self, customers: list[Customer]) -> None:
        """List these."""
        self._customers = customers
        self.list.clear()
        self.words.setText(
            "What you placed on the map or typed for these customers comes back with their next order, where "
            f"the sheet says nothing itself. {wording.count(len(customers), 'customer')}, kept on this "
            "computer only."
        )
        for row, customer in enumerate(customers):
            item = QListWidgetItem(customer_words(customer))
            item.setData(_ROW, row)
            item.setToolTip(plain_tooltip(customer.notes or ""))
            self.list.addItem(item)
        if not customers:
            nothing = QListWidgetItem("No customer is known yet.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self._show_buttons()
        self.changed.emit(len(customers))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._forget()
        else:
            super().keyPressEvent(event)

    def export_to(self, path: Path) -> None:
        """Write the list as a csv file."""
        rows = [_HEADINGS, *map(_cells, self._customers)]

        def work(state: DayState) -> DayState:
            write_bytes(path, as_csv(rows))
            return state

        self._session.do(f"Export to {path.name}", work)

    def _show_buttons(self) -> None:
        self.forget.setEnabled(bool(self.list.selectedItems()))
        self.forget_all.setEnabled(bool(self._customers))
        self.export.setEnabled(bool(self._customers))

    def _forget(self) -> None:
        chosen = [self._customers[int(item.data(_ROW))] for item in self.list.selectedItems()]
        book = self._session.firm.customers

        def work(state: DayState) -> DayState:
            for customer in chosen:
                book.forget(customer.name, customer.address)
            return state

        if chosen:
            self._session.do("Forget customers", work, after=self._refresh)

    def _forget_all(self) -> None:
        book = self._session.firm.customers

        def work(state: DayState) -> DayState:
            book.forget_everybody()
            return state

        self._session.do("Forget all customers", work, after=self._refresh)

    def _refresh(self) -> None:
        self.show_customers(list(self._session.firm.customers.everybody().values()))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Save the customers as")
        PLACES.prepare(dialog, self._session)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Text table (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("Customers.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()


def customer_words(customer: Customer) -> str:
    """Two lines that tell a person who this is and what is known."""
    known = []
    if customer.location is not None:
        known.append("position")
    if customer.service_s is not None:
        known.append(f"{wording.duration(customer.service_s)} at the door")
    if customer.notes:
        known.append("notes")
    since = wording.calendar_day(max(customer.since.values()))
    title = ", ".join(part for part in (customer.name, customer.address) if part.strip())
    return f"{' '.join(title.split())}\n{', '.join(known)}; last confirmed {since}"


def _cells(customer: Customer) -> tuple[str, ...]:
    at = customer.location
    return (
        customer.name,
        customer.address,
        f"{at.lat:.6f}" if at else "",
        f"{at.lon:.6f}" if at else "",
        "" if customer.service_s is None else f"{customer.service_s / 60:g}",
        customer.notes or "",
        max(customer.since.values()).isoformat(),
    )
