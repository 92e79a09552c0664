"""The left panel: search, then the work list."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from lastmile_desktop.model import wording
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.icons import set_icon
from lastmile_desktop.ui.order_actions import OrderActions
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Change
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.work_list.rows import UNASSIGNED, groups_of, search_texts
from lastmile_desktop.ui.work_list.tree_model import WorkListModel
from lastmile_desktop.ui.work_list.tree_view import WorkTree

SEARCH_DELAY_MS = 150


class WorkListPanel(QWidget):
    """Unassigned orders and routes of the shown day."""

    def __init__(
        self, shown: ShownDay, selection: Selection, actions: OrderActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown, self._actions = shown, actions
        self._texts: dict[str, str] = {}
        self._texts_of: object = None
        self._open_before_search: list[str] | None = None
        self.setObjectName("work-list")
        self.setAccessibleName("Work list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.model = WorkListModel(self)
        self.tree = WorkTree(self.model, selection, actions, self)
        self.search = self._search_box()
        self._found = QLabel(self)
        self._found.setAccessibleName("Search result")
        theme.set_role(self._found, "muted")
        self._found.hide()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._search)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._choose_first)
        self.model.dropped.connect(self._dropped)
        actions.enabled_changed.connect(self._set_movable)
        shown.changed.connect(self._refresh)
        self._refresh(Change.EVERYTHING)

    def focus_search(self) -> None:
        """Put the cursor in the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def start_over(self) -> None:
        """Another day: no search, only the unassigned open."""
        self.search.clear()
        self._timer.stop()
        self._open_before_search = None
        self._refresh(Change.EVERYTHING)
        self.tree.expand_keys([UNASSIGNED])
        self.tree.scrollToTop()

    def reveal(self, order_key: str) -> None:
        """Show an order here: clear a search that hides it, open its route, scroll to it."""
        if self.model.group_of(order_key) is None and self.search.text():
            self.search.clear()
            self._search()
        self.tree.reveal(order_key)

    def _search_box(self) -> QLineEdit:
        box = QLineEdit(self)
        box.setObjectName("search")
        box.setPlaceholderText("Search orders")
        box.setToolTip("Search in order number, name, address, phone, notes and skills")
        box.setAccessibleName("Search orders")
        box.setClearButtonEnabled(True)
        sign = QAction(box)
        set_icon(sign, "search", "text_muted")
        box.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
        return box

    def _lay_out(self) -> None:
        self._fold = QToolButton(self)
        self._fold.setObjectName("fold-all")
        self._fold.setToolTip("Open or close all routes")
        self._fold.setAccessibleName("Open or close all routes")
        theme.set_role(self._fold, "quiet")
        set_icon(self._fold, "down", "text_muted")
        self._fold.clicked.connect(self._fold_all)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 8, 8)
        top.setSpacing(4)
        top.addWidget(self.search, 1)
        top.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        self._found.setContentsMargins(14, 0, 12, 6)
        column.addWidget(self._found)
        column.addWidget(self.tree, 1)
        QWidget.setTabOrder(self.search, self._fold)  # as the eye goes, not as they were made
        QWidget.setTabOrder(self._fold, self.tree)

    def _refresh(self, _change: Change, anew: bool = False) -> None:
        selected = self.tree.selected_orders()
        opened = self.tree.expanded_keys()
        first = not self.model.groups
        state = self._shown.state
        if self._texts_of is not state.day.orders:
            self._texts, self._texts_of = {}, state.day.orders
        needle = self._needle()
        if needle and not self._texts:
            self._texts = search_texts(state.day.orders)
        keys = [group.key for group in self.model.groups]
        self.tree.fit_scrolling(len(state.day.orders))
        self.model.show(groups_of(state, needle, self._texts), anew)
        if anew or keys != [group.key for group in self.model.groups]:
            self.tree.expand_keys([UNASSIGNED] if first else opened)
        self.tree.reselect(selected)

    def _needle(self) -> str:
        return self.search.text().strip().casefold()

    def _search(self) -> None:
        """Show what matches; the routes that were open before come back when the search is cleared."""
        self._timer.stop()
        needle = self._needle()
        if needle and self._open_before_search is None:
            self._open_before_search = self.tree.expanded_keys()
        self._refresh(Change.EVERYTHING, anew=True)
        if needle:
            self.tree.expand_keys([group.key for group in self.model.groups if group.rows])
            found = sum(len(group.rows) for group in self.model.groups)
            self._found.setText(
                f"{found:,} of {wording.count(len(self._shown.state.day.orders), 'order')} match"
                if found
                else "No order matches. Clear the search to see all."
            )
        elif self._open_before_search is not None:
            self.tree.expand_keys(self._open_before_search)
            self._open_before_search = None
        self._found.setVisible(bool(needle))

    def _choose_first(self) -> None:
        self._search()
        for group in self.model.groups:
            if group.rows:
                index = self.model.order_index(group.rows[0].order.key)
                self.tree.setCurrentIndex(index)
                self.tree.setFocus()
                return

    def _fold_all(self) -> None:
        if len(self.tree.expanded_keys()) > 1:
            self.tree.expand_keys([UNASSIGNED])
        else:
            self.tree.expand_keys([group.key for group in self.model.groups])

    def _dropped(self, keys: list[str], group_key: str, before: str | None) -> None:
        self._actions.move(keys, group_key or None, before)

    def _set_movable(self, movable: bool) -> None:
        self.model.movable = movable
