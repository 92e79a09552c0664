"""The card at the right: everything about the selection, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.card.facts import CardContent, Fact, order_content, route_content
from lastmile_desktop.ui.icons import pixmap, set_icon
from lastmile_desktop.ui.order_actions import NO_EDITS_WHILE_PLANNING, OrderActions
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Change
from lastmile_desktop.ui.shown_day import ShownDay

WIDTH_PX = 304


class CardPanel(QWidget):
    """Shows the selected order or route of the shown day; hidden when nothing is selected."""

    shown_or_hidden = Signal(bool)

    def __init__(
        self, shown: ShownDay, selection: Selection, actions: OrderActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown, self._selection, self._actions = shown, selection, actions
        self.content: CardContent | None = None
        self._for: tuple[str | None, str | None] = (None, None)
        self.setObjectName("card")
        self.setAccessibleName("Details of the selection")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")
        self.setFixedWidth(WIDTH_PX)
        self._build_frame()
        selection.changed.connect(self.refresh)
        shown.changed.connect(self._day_changed)
        actions.enabled_changed.connect(lambda _on: self.refresh())
        actions.customers_changed.connect(self.refresh)
        theme.watcher().changed.connect(self._force)
        self.hide()

    def refresh(self) -> None:
        """Show what is selected now."""
        content = self._content()
        selected = (self._selection.order_key, self._selection.vehicle_key)
        was_visible = not self.isHidden()
        self.setVisible(content is not None)
        if content is not None:
            if content != self.content or selected != self._for:
                self._fill(content)
            self._refresh_buttons()
        self.content, self._for = content, selected
        if was_visible != (content is not None):
            self.shown_or_hidden.emit(content is not None)

    def _force(self) -> None:
        self.content = None
        self.refresh()

    def _day_changed(self, _change: Change) -> None:
        self.refresh()

    def _content(self) -> CardContent | None:
        state, chosen = self._shown.state, self._selection
        if chosen.order_key is not None and chosen.order_key in state.day.order_by_key:
            return order_content(state, chosen.order_key, self._actions.customer_of(chosen.order_key))
        if chosen.vehicle_key is not None and chosen.vehicle_key in state.day.vehicle_by_key:
            return route_content(state, chosen.vehicle_key)
        return None

    # ---- the frame ----------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        self._chip = QFrame(self)
        self._chip.setFixedSize(12, 12)
        chip_place = QVBoxLayout()
        chip_place.setContentsMargins(0, 5, 0, 0)
        chip_place.addWidget(self._chip)
        chip_place.addStretch(1)
        self._title = _label("", "heading", wrap=True)
        self._title.setObjectName("card-title")
        self._subtitle = _label("", "muted", wrap=True)
        close = QToolButton(self)
        close.setObjectName("card-close")
        close.setToolTip("Close (select nothing)")
        close.setAccessibleName("Close the details")
        theme.set_role(close, "quiet")
        set_icon(close, "close", "text_muted")
        close.clicked.connect(self._selection.clear)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 4)
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._subtitle)
        head.addLayout(chip_place)
        head.addLayout(names, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("card-scroll")
        self._scroll.setAccessibleName("Details")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 8, 12, 12)
        grid.setSpacing(6)
        self._lock = self._button("card-lock", "Lock", lambda key: self._actions.toggle_lock([key]))
        self._unassign = self._button("card-unassign", "Unassign", lambda key: self._actions.unassign([key]))
        self._move = self._button("card-move", "Move to…", None)
        self._move_menu = QMenu(self._move)
        self._move_menu.aboutToShow.connect(self._fill_move_menu)
        self._move.setMenu(self._move_menu)
        self._place = self._button("card-place", "Place on map…", self._actions.place_requested.emit)
        self._edit = self._button("card-edit", "Edit order", self._actions.edit_requested.emit)
        self._reveal = self._button("card-reveal", "Show in list", self._actions.list_requested.emit)
        for at, button in enumerate(
            (self._lock, self._unassign, self._move, self._place, self._edit, self._reveal)
        ):
            grid.addWidget(button, at // 2, at % 2)
        self._forget = self._button("card-forget", "Forget customer", self._actions.forget_customer)
        self._forget.setToolTip("Next time the sheet alone says where this customer is and what to know")
        grid.addWidget(self._forget, 3, 0, 1, 2)
        self._buttons = box
        return box

    def _button(self, name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text.rstrip("…"))
        button.setStyleSheet("QPushButton { padding-left: 6px; padding-right: 6px; }")
        if callable(run):
            button.clicked.connect(lambda: self._with_order(run))
        return button

    def _with_order(self, run: object) -> None:
        if self._selection.order_key is not None and callable(run):
            run(self._selection.order_key)

    def _fill_move_menu(self) -> None:
        self._move_menu.clear()
        if self._selection.order_key is not None:
            self._actions.fill_move_menu(self._move_menu, [self._selection.order_key])

    def _refresh_buttons(self) -> None:
        key = self._selection.order_key
        self._buttons.setVisible(key is not None)
        if key is None:
            return
        self._forget.setVisible(self._actions.customer_of(key) is not None)
        planned = key in self._actions.planned_keys()
        locked = planned and self._actions.all_locked([key])
        self._lock.setText("Unlock" if locked else "Lock to vehicle")
        self._lock.setAccessibleName(self._lock.text())
        changes = self._actions.enabled
        vehicles = any(vehicle.active for vehicle in self._shown.state.day.vehicles)
        for button, possible, tip in (
            (self._lock, planned, "Keep the order on this vehicle when planning again"),
            (self._unassign, planned, "Take the order off its route (Del)"),
            (self._move, vehicles, "Put the order on another route, where it fits best"),
            (self._place, True, "Click the right place on the map"),
        ):
            button.setEnabled(possible and changes)
            button.setToolTip(tip if changes else NO_EDITS_WHILE_PLANNING)

    # ---- the content --------------------------------------------------------------------------------

    def _fill(self, content: CardContent) -> None:
        self._title.setText(content.title)
        self._subtitle.setText(content.subtitle)
        self._subtitle.setVisible(bool(content.subtitle))
        self._chip.setVisible(content.colour >= 0)
        if content.colour >= 0:
            colour = QColor(theme.current().route(content.colour)).name()
            self._chip.setStyleSheet(f"background: {colour}; border-radius: 3px; ")
        body = QWidget()
        body.setAccessibleName("Details")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 4, 12, 12)
        column.setSpacing(12)
        for kind, text in content.alerts:
            column.addWidget(self._alert(kind, text))
        for section in content.sections:
            column.addLayout(_section(section.title, section.facts))
        column.addStretch(1)
        self._scroll.setWidget(body)

    def _alert(self, kind: str, text: str) -> QWidget:
        box = QWidget()
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(box, f"notice-{kind}")
        row = QHBoxLayout(box)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        sign = QLabel()
        sign.setPixmap(pixmap(kind, getattr(theme.current(), kind), 16, self.devicePixelRatioF()))
        sign.setAccessibleName("Problem" if kind == "danger" else "Please check")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_label(text, "", wrap=True), 1)
        return box


def _section(title: str, facts: tuple[Fact, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, 76)
    grid.setColumnStretch(1, 1)
    heading = _label(title.upper(), "muted")
    font = heading.font()
    font.setPixelSize(12)
    font.setLetterSpacing(font.SpacingType.PercentageSpacing, 106)
    font.setWeight(font.Weight.DemiBold)
    heading.setFont(font)
    grid.addWidget(heading, 0, 0, 1, 2)
    for at, fact in enumerate(facts, start=1):
        label = _label(fact.label, "muted")
        value = _label(fact.value, fact.role, wrap=True)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, at, 1)
    return grid


def _label(text: str, role: str, wrap: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.tabular_font(label.font()))
    if wrap:
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if role:
        label.setProperty("role", role)
    return label
