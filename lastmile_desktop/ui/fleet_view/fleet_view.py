"""The Fleet page: vehicles and depots, each changed in a short form and remembered for tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lastmile_desktop.model import DayState, Location, Vehicle
from lastmile_desktop.model.wording import count
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.field_form.field_form import FieldForm
from lastmile_desktop.ui.field_form.fields import WrongFieldError
from lastmile_desktop.ui.fleet_view import fleet_edits
from lastmile_desktop.ui.fleet_view.fleet_fields import DEPOT_GROUPS, VEHICLE_GROUPS
from lastmile_desktop.ui.fleet_view.fleet_notice import FleetNotice
from lastmile_desktop.ui.fleet_view.fleet_table import FleetModel, FleetTable
from lastmile_desktop.ui.fleet_view.vehicle_columns import DEPOT_COLUMNS, VEHICLE_COLUMNS
from lastmile_desktop.ui.session import Change, Session
from lastmile_desktop.ui.table_parts.message_strip import MessageStrip

_FORM_WIDTH_PX = 356
_LABELS = {field.name: field.what for group in VEHICLE_GROUPS for field in group.fields}


class FleetView(QWidget):
    """The Fleet page. It reads the session and asks it for edits; the firm's memory follows every change."""

    place_requested = Signal(str)
    """Key of a depot whose position the person wants to point out on the map."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._edited = False
        day = session.state.day
        currency = day.settings.currency
        self.vehicles = FleetModel(VEHICLE_COLUMNS, day, self)
        self.depots = FleetModel(DEPOT_COLUMNS, day, self)
        self.vehicle_table = FleetTable(self.vehicles, "Vehicles", self)
        self.depot_table = FleetTable(self.depots, "Depots", self)
        self.vehicle_form = FieldForm("", VEHICLE_GROUPS, currency, self)
        self.depot_form = FieldForm("", DEPOT_GROUPS, currency, self)
        self.notice = FleetNotice(self)
        self.message = MessageStrip(self)
        self.head = QLabel(self)
        theme.set_role(self.head, "heading")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._take(Change.EVERYTHING)

    # ---- making it -----------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        def button(text: str, tip: str, run: Callable[[], None]) -> QPushButton:
            made = QPushButton(text, self)
            made.setToolTip(tip)
            made.setAccessibleName(tip)
            made.clicked.connect(lambda: run())
            return made

        self.add_button = button("Add", "Add a vehicle", self.add_vehicle)
        self.duplicate_button = button("Duplicate", "Add a vehicle like the chosen one", self.duplicate)
        self.remove_button = button("Remove", "Remove the chosen vehicles", self.remove_vehicles)
        self.add_depot_button = button("Add depot", "Add a depot", self.add_depot)
        self.remove_depot_button = button("Remove depot", "Remove the chosen depot", self.remove_depot)
        self.place_button = button("Place on map", "Point out the depot on the map", self._place)

    def _lay_out(self) -> None:
        vehicles = self._section(
            self.head, (self.add_button, self.duplicate_button, self.remove_button), self.vehicle_table
        )
        heading = QLabel("Depots", self)
        theme.set_role(heading, "heading")
        depots = self._section(heading, (self.add_depot_button, self.remove_depot_button), self.depot_table)
        tables = QSplitter(Qt.Orientation.Vertical, self)
        tables.setChildrenCollapsible(False)
        tables.addWidget(vehicles)
        tables.addWidget(depots)
        tables.setStretchFactor(0, 1)
        tables.setSizes([440, 190])
        self.depot_form.column.insertWidget(1, self.place_button)
        self.forms = QStackedWidget(self)
        self.forms.setFixedWidth(_FORM_WIDTH_PX)
        self.forms.addWidget(self.vehicle_form)
        self.forms.addWidget(self.depot_form)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        strips = QVBoxLayout()
        strips.setContentsMargins(12, 8, 12, 0)
        strips.addWidget(self.notice)
        strips.addWidget(self.message)
        left.addLayout(strips)
        left.addWidget(tables, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(1)
        whole.addLayout(left, 1)
        whole.addWidget(self.forms)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_role(self, "panel")

    def _section(self, heading: QLabel, buttons: tuple[QPushButton, ...], table: FleetTable) -> QWidget:
        section = QWidget(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 0)
        bar.addWidget(heading, 1)
        for button in buttons:
            bar.addWidget(button)
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID_PX)
        column.addLayout(bar)
        column.addWidget(table, 1)
        return section

    def _connect(self) -> None:
        self._session.changed.connect(self._take)
        self._session.day_replaced.connect(self._forget)
        self.vehicles.ticked.connect(self._tick)
        self.vehicle_table.chosen_changed.connect(self._choose_vehicle)
        self.vehicle_table.clicked.connect(lambda _index: self._choose_vehicle())
        self.vehicle_table.field_wanted.connect(partial(self._focus_field, self.vehicle_form))
        self.vehicle_table.delete_wanted.connect(self.remove_vehicles)
        self.depot_table.chosen_changed.connect(self._choose_depot)
        self.depot_table.clicked.connect(lambda _index: self._choose_depot())
        self.depot_table.field_wanted.connect(partial(self._focus_field, self.depot_form))
        self.depot_table.delete_wanted.connect(self.remove_depot)
        self.vehicle_form.changed.connect(self._change_vehicles)
        self.depot_form.changed.connect(self._change_depot)
        self.notice.kept.connect(lambda: self._do("Keep the suggested vans", fleet_edits.keep_offered))
        self.notice.recalled.connect(lambda: self._do("Use the fleet of last time", lambda state: state))
        theme.watcher().changed.connect(self.vehicle_table.viewport().update)

    # ---- following the session -----------------------------------------------------------------------

    def _forget(self) -> None:
        self._edited = False
        self.message.clear()

    def _take(self, change: Change) -> None:
        day = self._session.state.day
        if change & (Change.FLEET | Change.SETTINGS):
            self.vehicles.set_rows(day.vehicles, day)
            self.depots.set_rows(day.depots, day)
            self._choose_first()
            used = sum(vehicle.active for vehicle in day.vehicles)
            self.head.setText(f"{count(used, 'vehicle')} today, of {len(day.vehicles):,}")
            remembered = bool(not day.vehicles and not day.depots and self._session.firm.fleet().depots)
            self.notice.set_fleet(day.vehicles, day.depots, remembered=remembered)
            self._show_forms()
        if change & Change.FLEET and self._edited:
            self._remember()

    def _remember(self) -> None:
        """Keep the fleet for tomorrow, also after undo; on the session's worker, as no step of its own."""
        firm = self._session.firm

        def work(state: DayState) -> DayState:
            firm.save_fleet(state.day.vehicles, state.day.depots)
            return state

        self._session.do("Remember the fleet", work)

    def _choose_first(self) -> None:
        day = self._session.state.day
        form = self.forms.currentIndex()
        if not self.vehicle_table.chosen_keys() and day.vehicles:
            self.vehicle_table.choose(self.vehicles.key_at(0))
        if not self.depot_table.chosen_keys() and day.depots:
            self.depot_table.choose(self.depots.key_at(0))
        self.forms.setCurrentIndex(form)

    # ---- the forms -----------------------------------------------------------------------------------

    def _choose_vehicle(self) -> None:
        self.forms.setCurrentWidget(self.vehicle_form)
        self._show_forms()

    def _choose_depot(self) -> None:
        self.forms.setCurrentWidget(self.depot_form)
        self._show_forms()

    def _show_forms(self) -> None:
        self._show_vehicle()
        self._show_depot()
        self.duplicate_button.setEnabled(bool(self.vehicle_table.chosen_keys()))
        self.remove_button.setEnabled(bool(self.vehicle_table.chosen_keys()))
        self.add_button.setEnabled(bool(self._session.state.day.depots))
        self.remove_depot_button.setEnabled(bool(self.depot_table.chosen_keys()))

    def _show_vehicle(self) -> None:
        day = self._session.state.day
        keys = [key for key in self.vehicle_table.chosen_keys() if key in day.vehicle_by_key]
        self.vehicle_form.setEnabled(bool(keys))
        if not keys:
            self.vehicle_form.title.setText("No vehicle chosen")
            return
        chosen = [day.vehicle_by_key[key] for key in keys]
        many = len(chosen) > 1

        def check(changes: dict[str, Any]) -> None:
            for vehicle in chosen:
                fleet_edits.with_changes(vehicle, changes)

        self.vehicle_form.show_values(
            count(len(chosen), "vehicle") if many else chosen[0].name,
            partial(fleet_edits.value_of, chosen[0]),
            check,
            depots=day.depots,
            currency=day.settings.currency,
        )
        self.vehicle_form.note.setText("What you change here changes for all of them. Shown: the first one.")
        self.vehicle_form.note.setVisible(many)
        self._adapt_vehicle_form(chosen[0], many)

    def _adapt_vehicle_form(self, vehicle: Vehicle, many: bool) -> None:
        for editor in self.vehicle_form.editors.values():
            editor.setEnabled(not (many and editor.field.single))
        for name in ("break_earliest_s", "break_latest_s"):
            self.vehicle_form.editors[name].setEnabled(bool(vehicle.breaks))
        for name in ("cost_per_km_cents", "cost_per_hour_cents"):
            if fleet_edits.suggested_price(name, fleet_edits.value_of(vehicle, name)):
                self.vehicle_form.editors[name].say("suggested price", "muted")

    def _show_depot(self) -> None:
        day = self._session.state.day
        keys = [key for key in self.depot_table.chosen_keys() if key in day.depot_by_key]
        self.depot_form.setEnabled(bool(keys))
        if not keys:
            self.depot_form.title.setText("No depot chosen")
            return
        depot = day.depot_by_key[keys[0]]

        def check(changes: dict[str, Any]) -> None:
            fleet_edits.depot_with_changes(depot, changes)

        self.depot_form.show_values(depot.name, lambda name: getattr(depot, name), check)

    def _focus_field(self, form: FieldForm, field: str) -> None:
        self.forms.setCurrentWidget(form)
        form.editors[field].entry.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- edits ---------------------------------------------------------------------------------------

    def _do(
        self, name: str, edit: Callable[[DayState], DayState], after: Callable[[], None] | None = None
    ) -> None:
        self._edited = True
        self.message.clear()
        firm = self._session.firm

        def work(state: DayState) -> DayState:
            if not state.day.vehicles and not state.day.depots:
                kept = firm.fleet()
                state = fleet_edits.with_remembered(state, kept.vehicles, kept.depots)
            return edit(state)

        self._session.do(name, work, after)

    def _change_vehicles(self, changes: dict[str, Any]) -> None:
        keys = self.vehicle_table.chosen_keys()
        what = _LABELS[next(iter(changes))] if len(changes) == 1 else "fields"
        self._do(
            f"Change {what} of {self._called(keys)}",
            lambda state: fleet_edits.change_vehicles(state, keys, changes),
        )

    def _change_depot(self, changes: dict[str, Any]) -> None:
        keys = self.depot_table.chosen_keys()
        if keys:
            name = self._session.state.day.depot_by_key[keys[0]].name
            self._do(f"Change {name}", lambda state: fleet_edits.change_depot(state, keys[0], changes))

    def set_depot_position(self, depot_key: str, location: Location) -> None:
        """A person pointed out where a depot is."""
        name = self._session.state.day.depot_by_key[depot_key].name
        self._do(
            f"Place {name}", lambda state: fleet_edits.change_depot(state, depot_key, {"location": location})
        )

    def _tick(self, key: str, active: bool) -> None:
        name = self._session.state.day.vehicle_by_key[key].name
        self._do(
            f"Use {name} today" if active else f"Leave {name} at home",
            lambda state: fleet_edits.change_vehicles(state, [key], {"active": active}),
        )

    def add_vehicle(self) -> None:
        """Add a vehicle like the last one and go to its name."""
        key = fleet_edits.new_key("vehicle")
        self._do("Add a vehicle", lambda state: fleet_edits.add_vehicle(state, key), lambda: self._begin(key))

    def duplicate(self) -> None:
        """Add a copy of the chosen vehicle and go to its name."""
        keys = self.vehicle_table.chosen_keys()
        if keys:
            key = fleet_edits.new_key("vehicle")
            self._do(
                f"Duplicate {self._called(keys[:1])}",
                lambda state: fleet_edits.duplicate_vehicle(state, keys[0], key),
                lambda: self._begin(key),
            )

    def _begin(self, key: str) -> None:
        self.vehicle_table.clearSelection()
        self.vehicle_table.choose(key)
        self._focus_field(self.vehicle_form, "name")

    def remove_vehicles(self) -> None:
        """Remove the chosen vehicles; the message offers to take it back."""
        keys = self.vehicle_table.chosen_keys()
        if keys:
            called = self._called(keys)
            self._do(
                f"Remove {called}",
                lambda state: fleet_edits.remove_vehicles(state, keys),
                lambda: self.message.tell(f"Removed {called}.", "Undo", self._session.undo),
            )

    def add_depot(self) -> None:
        """Add a depot and go to its name."""
        key = fleet_edits.new_key("depot")

        def begin() -> None:
            self.depot_table.choose(key)
            self._focus_field(self.depot_form, "name")

        self._do("Add a depot", lambda state: fleet_edits.add_depot(state, key), begin)

    def remove_depot(self) -> None:
        """Remove the chosen depot; its vehicles use the first one left."""
        keys = self.depot_table.chosen_keys()
        if not keys:
            return
        state = self._session.state
        name = state.day.depot_by_key[keys[0]].name
        try:
            fleet_edits.remove_depot(state, keys[0])
        except WrongFieldError as error:
            self.message.refuse(str(error))
            return

        def tell() -> None:
            left = self._session.state.day.depots
            where = f" Its vehicles use {left[0].name} now." if left else ""
            self.message.tell(f"Removed {name}.{where}", "Undo", self._session.undo)

        self._do(f"Remove {name}", lambda newest: fleet_edits.remove_depot(newest, keys[0]), tell)

    def showEvent(self, event: QShowEvent) -> None:
        """A button that nobody listens to is not shown."""
        signal = QMetaMethod.fromSignal(self.place_requested)
        self.place_button.setVisible(self.isSignalConnected(signal))
        super().showEvent(event)

    def _place(self) -> None:
        keys = self.depot_table.chosen_keys()
        if keys:
            self.place_requested.emit(keys[0])

    def _called(self, keys: list[str]) -> str:
        if len(keys) == 1:
            return self._session.state.day.vehicle_by_key[keys[0]].name
        return count(len(keys), "vehicle")
