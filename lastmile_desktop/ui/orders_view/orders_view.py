"""The Orders page: the day's orders, corrected in place, and the remarks on their sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import Location, Order, Severity, SheetProblem
from lastmile_desktop.model.wording import count
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.orders_view import order_edits
from lastmile_desktop.ui.orders_view.filter_bar import FilterBar
from lastmile_desktop.ui.orders_view.head_line import head_line
from lastmile_desktop.ui.orders_view.order_changes import OrderChanges
from lastmile_desktop.ui.orders_view.order_columns import COLUMN_OF, COLUMNS, Column, Values
from lastmile_desktop.ui.orders_view.order_form import OrderForm
from lastmile_desktop.ui.orders_view.order_menu import order_menu
from lastmile_desktop.ui.orders_view.order_status import OrderFilter
from lastmile_desktop.ui.orders_view.orders_filter import OrdersFilter
from lastmile_desktop.ui.orders_view.orders_model import OrdersModel
from lastmile_desktop.ui.orders_view.orders_table import OrdersTable
from lastmile_desktop.ui.orders_view.problem_panel import ProblemPanel
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Change, Session
from lastmile_desktop.ui.table_parts.message_strip import MessageStrip, MinutesStrip


class OrdersView(QWidget):
    """The Orders page. It reads the session and asks it for edits; it keeps no data of its own."""

    place_requested = Signal(str)
    """Key of an order whose position the person wants to point out on the map."""
    find_requested = Signal(str)
    """Key of an order whose address the person wants to look for."""
    find_waiting_requested = Signal()
    """All orders without a position shall be looked up."""
    open_requested = Signal()
    """The person wants to open an order sheet."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self._following = False
        self.changes = OrderChanges(session)
        self.model = OrdersModel(self)
        self.shown = OrdersFilter(self.model, self)
        self.table = OrdersTable(self.model, self.shown, self)
        self.filter_bar = FilterBar(self)
        self.message = MessageStrip(self)
        self.minutes = MinutesStrip(self)
        self.problems = ProblemPanel(self)
        self.form = OrderForm(self.model, self)
        self.form.hide()
        self.head = QLabel(self)
        theme.set_role(self.head, "heading")
        self.pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._take(Change.EVERYTHING)

    # ---- making it -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head_row = QHBoxLayout()
        head_row.setContentsMargins(12, 8, 12, 0)
        head_row.setSpacing(theme.GRID_PX)
        head_row.addWidget(self.head, 1)
        self.find_all_button = self._button(
            "Look up addresses",
            "Look for every order that waits for a position in the region",
            self.find_waiting_requested.emit,
        )
        self.find_button = self._button(
            "Find address…", "Say where the chosen order is by its address", self._find
        )
        self.place_button = self._button("Place on map", "Point out where the chosen order is", self._place)
        self.add_button = self._button("Add order…", "Type in an order that came by phone", self.add_order)
        self.export_button = self._button("Export…", "Save the rows shown as a csv file", self._ask_export)
        buttons = (
            self.find_all_button,
            self.find_button,
            self.place_button,
            self.add_button,
            self.export_button,
        )
        for button in buttons:
            head_row.addWidget(button)
        upper = QWidget(self)
        theme.set_role(upper, "panel")
        upper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(theme.GRID_PX)
        above.addLayout(head_row)
        above.addWidget(self.filter_bar)
        above.addWidget(self.table, 1)
        strips = QVBoxLayout()
        strips.setContentsMargins(12, 0, 12, 8)
        strips.addWidget(self.message)
        strips.addWidget(self.minutes)
        above.addLayout(strips)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.problems)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([440, 190])
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.splitter, 1)
        row.addWidget(self.form)
        self.pages.addWidget(self._make_empty_page())
        self.pages.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _button(self, text: str, tip: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: run())
        return button

    def _make_empty_page(self) -> QWidget:
        page = QWidget(self)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(page, "panel")
        sentence = QLabel("This day has no orders yet. Open an order sheet to fill it.", page)
        theme.set_role(sentence, "heading")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = self._button(
            "Open an order sheet…", "Choose an order sheet", self.open_requested.emit
        )
        theme.set_role(self.open_button, "primary")
        self.first_order_button = self._button("Add an order by hand…", "Type in an order", self.add_order)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.first_order_button)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setSpacing(2 * theme.GRID_PX)
        column.addStretch(2)
        column.addWidget(sentence)
        column.addLayout(row)
        column.addStretch(3)
        return page

    def _connect(self) -> None:
        self._session.changed.connect(self._take)
        self._session.day_replaced.connect(self._forget)
        self._selection.changed.connect(self._follow_selection)
        self.table.chosen_changed.connect(self._announce_selection)
        self.table.said.connect(self.message.refuse)
        self.table.delete_wanted.connect(self.delete_chosen)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.filter_bar.changed.connect(self._filter)
        self.model.edited.connect(self._edit_cell)
        self.model.refused.connect(self.message.refuse)
        self.minutes.given.connect(lambda seconds: self.change_chosen("service_s", {"service_s": seconds}))
        self.minutes.closed.connect(self.table.setFocus)
        self.problems.jumped.connect(self.jump_to)
        self.problems.looked_at.connect(self.changes.mark_problems)
        self.problems.add_wanted.connect(self._add_left_out)
        self.form.submitted.connect(self._add)
        self.form.cancelled.connect(self._close_form)
        theme.watcher().changed.connect(self.table.viewport().update)

    # ---- following the session and the selection -----------------------------------------------------

    def _take(self, change: Change) -> None:
        state = self._session.state
        if change & (Change.ORDERS | Change.FLEET | Change.PLAN | Change.PROBLEMS | Change.SETTINGS):
            self.model.set_state(state)
            self.filter_bar.set_counts(self._counts())
            self.head.setText(head_line(state))
            self.problems.set_problems(order_edits.open_problems(state))
            waits = any(order.location is None and order.address for order in state.day.orders)
            self.find_all_button.setVisible(waits and bool(state.day.settings.region))
        empty = not state.day.orders and not state.problems and self.form.isHidden()
        self.pages.setCurrentIndex(0 if empty else 1)
        self._follow_selection()

    def _forget(self) -> None:
        self._close_form()
        self.message.clear()
        self.filter_bar.reset()

    def _counts(self) -> dict[OrderFilter, int]:
        orders, book = self._session.state.day.orders, self.model.book
        return {chosen: sum(book.accepts(order, chosen) for order in orders) for chosen in OrderFilter}

    def _follow_selection(self) -> None:
        key = self._selection.order_key
        if key != self.table.current_key() and key not in self.table.chosen_keys():
            self._following = True
            self.table.show_order(key)
            self._following = False
        self._update_buttons()

    def _announce_selection(self) -> None:
        if self._following:
            return
        key = self.table.current_key()
        if key is not None:
            self._selection.select_order(key)
        self._update_buttons()

    def _update_buttons(self) -> None:
        self.place_button.setEnabled(self.table.current_key() is not None)
        self.find_button.setEnabled(self.table.current_key() is not None)

    def _filter(self, text: str, chosen: OrderFilter) -> None:
        self._following = True  # rows that leave the view do not change what is selected elsewhere
        self.shown.set_filter(text, chosen)
        self.table.show_order(self._selection.order_key)
        self._following = False
        self._update_buttons()

    # ---- edits ---------------------------------------------------------------------------------------

    def _edit_cell(self, order_key: str, column: Column, values: Values) -> None:
        order = self._session.state.day.order_by_key[order_key]
        after = partial(self._after_address, order_key, order) if column.field == "address" else None
        self._change(f"Change {column.noun} of {order.id}", [order_key], values, after)

    def change_chosen(self, field: str, values: Values) -> None:
        """Give all selected orders new values in one field."""
        keys = self.table.chosen_keys()
        if keys:
            noun = COLUMNS[COLUMN_OF[field]].noun
            self._change(f"Change {noun} of {self.changes.called(keys)}", keys, values)

    def set_position(self, order_key: str, location: Location) -> None:
        """A person pointed out where an order is; it is remembered for this customer."""
        order = self._session.state.day.order_by_key[order_key]
        self._change(f"Place {order.id}", [order_key], {"location": location})

    def _change(
        self, name: str, keys: Sequence[str], values: Values, after: Callable[[], None] | None = None
    ) -> None:
        self.message.clear()
        self.changes.change(name, keys, values, after)

    def _after_address(self, order_key: str, before: Order) -> None:
        order = self._session.state.day.order_by_key.get(order_key)
        if order is not None and order_edits.address_needs_look(before, order):
            self.message.tell(
                f"The address of {order.id} is new, its position is still the old one.",
                "Place it on the map",
                lambda: self.place_requested.emit(order_key),
                warn=True,
            )

    def delete_chosen(self) -> None:
        """Delete the selected orders; the message offers to take it back."""
        keys = self.table.chosen_keys()
        if keys:
            done = f"Deleted {self.changes.called(keys)}."
            self.changes.delete(keys, lambda: self.message.tell(done, "Undo", self.changes.undo))

    def mark_looked_at(self) -> None:
        """The selected orders have been checked by a person."""
        keys = self.table.chosen_keys()
        if keys:
            self.changes.mark_looked_at(keys)

    def unassign_chosen(self) -> None:
        """Take the selected orders off their routes."""
        keys = self.table.chosen_keys()
        if keys:
            self.changes.unassign(keys)

    # ---- adding --------------------------------------------------------------------------------------

    def add_order(self, number: str = "", why: str = "") -> None:
        """Open the form for a new order."""
        settings = self._session.state.day.settings
        self.pages.setCurrentIndex(1)
        self.form.show()
        self.form.start(number or self._next_number(), settings.default_service_s, why)

    def _next_number(self) -> str:
        taken = {order.id for order in self._session.state.day.orders}
        return next(text for n in range(1, len(taken) + 2) if (text := f"PHONE-{n}") not in taken)

    def _add(self, order: Order) -> None:
        self._close_form()
        self.changes.add(order, partial(self._show_added, order.key))

    def _show_added(self, order_key: str) -> None:
        added = self._session.state.day.order_by_key.get(order_key)
        if added is None:
            return
        self._selection.select_order(order_key)
        if self.table.current_key() != order_key:
            self.filter_bar.reset()
        if added.location is not None:
            self.message.tell(f"{added.id} is added.")
            return
        self.message.tell(
            f"{added.id} is added. It can be planned once it has a position.",
            "Place it on the map",
            lambda: self.place_requested.emit(order_key),
            warn=True,
        )

    def _add_left_out(self, problem: SheetProblem) -> None:
        where = f"{problem.sheet}, row {problem.row}: " if problem.row > 0 else ""
        taken = any(order.id == problem.order_id for order in self._session.state.day.orders)
        self.add_order("" if taken else problem.order_id, f"{where}{problem.message}")

    def _close_form(self) -> None:
        self.form.hide()
        self.table.setFocus()
        self._take(Change(0))

    # ---- going places --------------------------------------------------------------------------------

    def jump_to(self, problem: SheetProblem) -> None:
        """Go to the cell that a remark is about; a row that was left out has none."""
        order = self._order_of(problem)
        if order is None:
            left_out = problem.severity is Severity.ERROR
            self.message.tell(
                "That row was left out, so it has no order here. Add it by hand if it is needed."
                if left_out
                else "This remark is about no single order."
            )
            return
        field = order_edits.field_of(problem) or "name"
        if not self.table.show_order(order.key, COLUMN_OF[field]):
            self.filter_bar.reset()
            self.table.show_order(order.key, COLUMN_OF[field])
        self.table.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the filter box, for the window's Find."""
        self.filter_bar.focus_box()

    def show_filter(self, chosen: OrderFilter) -> None:
        """Show only the orders of a quick filter."""
        self.filter_bar.choose(chosen)

    def _order_of(self, problem: SheetProblem) -> Order | None:
        for order in self._session.state.day.orders:
            source = order.source
            if source is not None and (source.sheet, source.row) == (problem.sheet, problem.row):
                return order
        return None

    def _find(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.find_requested.emit(key)

    def _place(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.place_requested.emit(key)

    def _open_menu(self, position: QPoint) -> None:
        if self.table.chosen_keys():
            menu = order_menu(self)
            menu.popup(self.table.viewport().mapToGlobal(position))

    # ---- export --------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        day = self._session.state.day
        path, _ = QFileDialog.getSaveFileName(
            self, "Export the orders shown", f"Orders {day.date.isoformat()}.csv", "Comma-separated (*.csv)"
        )
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the rows shown to a csv file, away from the GUI thread."""
        rows = self.table.visible_rows()
        done = f"Exported {count(len(rows) - 1, 'order')} to {path.name}."
        self.changes.export(path, rows, lambda: self.message.tell(done))
