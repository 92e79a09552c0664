"""The main window. It only puts the parts together and tells them of each other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from lastmile_desktop.model import DayState, Location
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.ui.address_search.flow import AddressFlow
from lastmile_desktop.ui.commands import Commands
from lastmile_desktop.ui.day_files import DayFiles
from lastmile_desktop.ui.drop import dropped_file
from lastmile_desktop.ui.export_flow import ExportFlow
from lastmile_desktop.ui.header.header_bar import HeaderBar, Step
from lastmile_desktop.ui.import_flow import RESULT_KEY, WAITING_KEY, ImportFlow
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_ground import MapGround
from lastmile_desktop.ui.notices import NoticeAction, NoticeStrip
from lastmile_desktop.ui.order_actions import OrderActions, order_name
from lastmile_desktop.ui.pages import Pages
from lastmile_desktop.ui.plan_page import PlanPage
from lastmile_desktop.ui.planning.controller import PlanningController
from lastmile_desktop.ui.planning.quality_meter import QualityMeter
from lastmile_desktop.ui.planning.strip import PlanningStrip
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Change, Notice, Session
from lastmile_desktop.ui.shown_day import ShownDay
from lastmile_desktop.ui.status_line import StatusLine
from lastmile_desktop.ui.welcome.page import WelcomePage
from lastmile_desktop.ui.window_commands import WindowCommands
from lastmile_desktop.ui.window_memory import WindowMemory
from lastmile_desktop.ui.workbook_flow import WorkbookFlow

_FIRST_SIZE = (1366, 740)
#: A laptop of 1366 x 768 at 125 % has 1092 x 614, less the task bar and the title.
_SMALLEST = (1024, 540)
#: Marks a depot among the keys that the map is asked to place.
_DEPOT = "depot|"
_PLAN_RESULT = "plan-result"


class MainWindow(QMainWindow):
    """One window, one day."""

    def __init__(self, session: Session, folders: Folders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.folders = session, folders
        self.jobs = Jobs(self)
        self.memory = WindowMemory(folders.root)
        self.selection = Selection(self)
        self.shown = ShownDay(session, self)
        self.notices = NoticeStrip(self)
        self.actions_ = OrderActions(session, self.shown, self)
        self.planning = PlanningController(session, self.shown, self.jobs, self)
        self.quality = QualityMeter(session, self.jobs, self)
        self.imports = ImportFlow(session, self.jobs, self.notices, folders, self)
        self.files = DayFiles(session, self.jobs, self.imports, self)
        self.exports = ExportFlow(session, self.jobs, self.notices, self)
        self.workbooks = WorkbookFlow(session, self.jobs, self.notices, self)
        self.addresses = AddressFlow(session, self.jobs, self.notices, folders, self)
        self._plan_seconds: float | None = None
        self._finished = False
        self._build()
        self.command_wiring = WindowCommands(self, self.commands)
        self._connect()
        self._show_day(Change.EVERYTHING)
        self.pages.show_welcome()

    def _build(self) -> None:
        self.setObjectName("main-window")
        self.setAccessibleName("Lastmile")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self.menuBar().setAccessibleName("Menus")
        self.commands = Commands(self)
        self.header = HeaderBar(self.commands.plan_menu, self)
        self.strip = PlanningStrip(self.planning, self.session, self.jobs, self)
        self.welcome = WelcomePage(self)
        self.plan_page = PlanPage(
            self.session, self.shown, self.selection, self.actions_, self.jobs, self.memory, self
        )
        self.pages = Pages(self.welcome, self.plan_page, self.session, self.selection, self.jobs, self)
        self.ground = MapGround(self.session, self.jobs, self)
        self.ground.changed.connect(self.plan_page.set_ground)
        self.ground.notice.connect(self.notices.show_notice)
        self.status = StatusLine(self.session, self.shown, self)
        self.planning.finished.connect(self.quality.plan_finished)
        self.quality.measured.connect(self.status.show_quality)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.strip, self.notices):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        if not self.memory.restore_window(self):
            self.resize(QSize(*_FIRST_SIZE).boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._show_day)
        session.day_replaced.connect(self._day_replaced)
        session.status_changed.connect(self._show_title)
        session.notice.connect(self.notices.show_notice)
        self.planning.notice.connect(self.notices.show_notice)
        self.planning.result.connect(self._say_plan_result)
        self.planning.started.connect(lambda _seconds: self._set_planning(True))
        self.planning.finished.connect(lambda _planned: self._set_planning(False))
        self.imports.page_opened.connect(self._open_import)
        self.imports.page_closed.connect(self.pages.close_import)
        self.imports.look_requested.connect(self.look_at_problems)
        self.imports.plan_requested.connect(self.plan_now)
        self.imports.fleet_requested.connect(lambda: self.go(Step.FLEET))
        self.header.step_chosen.connect(self._step_pressed)
        self.header.date.chosen.connect(self.files.change_date)
        self.pages.step_shown.connect(lambda _step: self._show_frame())
        self.pages.step_shown.connect(lambda _step: self._show_waiting())
        self.pages.place_requested.connect(self.place)
        self.pages.place_depot_requested.connect(self.place_depot)
        self.pages.open_requested.connect(self.files.choose)
        self.plan_page.position_picked.connect(self._position_picked)
        self.plan_page.work_list.tree.activated_order.connect(self.show_on_map)
        self.actions_.place_requested.connect(self.place)
        self.actions_.find_requested.connect(self.addresses.open)
        self.pages.find_requested.connect(self.addresses.open)
        self.pages.find_waiting_requested.connect(self.addresses.find_waiting)
        self.addresses.map_wanted.connect(self.place)
        self.actions_.edit_requested.connect(self.edit_order)
        self.actions_.map_requested.connect(self.show_on_map)
        self.actions_.list_requested.connect(self.plan_page.work_list.reveal)
        welcome = self.welcome
        welcome.open_requested.connect(self.files.choose)
        welcome.paste_requested.connect(self.files.paste)
        welcome.sample_requested.connect(self.imports.read_sample)
        welcome.recent_requested.connect(self.open_path)
        welcome.recover_requested.connect(self.files.recover)
        welcome.discard_requested.connect(self.files.discard)
        self.files.recent_changed.connect(welcome.show_recent)
        self.files.recoverable_changed.connect(welcome.show_recoverable)

    # ---- what others ask of the window --------------------------------------------------------------

    def prepare(self) -> None:
        """After the window is on the screen: what takes time, so that the first click finds it ready."""
        QTimer.singleShot(300, self, self.plan_page.prepare)
        self.files.refresh_recent()
        self.files.look_for_recoverable()
        if self.session.firm.notice:
            self.notices.show_notice(Notice(self.session.firm.notice, "warning"))
        self.jobs.run(lambda _job: _load_web_engine(), lambda _done: None, lambda _error: None)

    def open_path(self, path: Path, plan_seconds: float | None = None) -> None:
        """Open a day file or read an order sheet."""
        if self.planning.running:
            self.notices.show_notice(Notice(f"{path.name} was not opened: stop planning first.", "warning"))
            return
        self._plan_seconds = plan_seconds
        self.files.open(path, then_plan=plan_seconds is not None)

    def plan_now(self, keep_plan: bool = False) -> None:
        """Plan the day and show it."""
        self.go(Step.PLAN)
        self.planning.plan(keep_plan, self._plan_seconds)

    def go(self, step: Step) -> None:
        """Open a step's page; without orders the plan's place is the welcome page."""
        if step is Step.PLAN and not self._has_day():
            self.pages.show_welcome()
        else:
            self.pages.show_step(step)

    def show_unassigned(self) -> None:
        """Open the list of the orders that could not be planned, with the first one selected."""
        self.go(Step.PLAN)
        timetable = self.session.state.timetable
        if timetable is not None and timetable.unassigned:
            self.selection.select_order(timetable.unassigned[0].order_key)
            self.plan_page.work_list.reveal(timetable.unassigned[0].order_key)
            self.plan_page.work_list.tree.setFocus()

    def look_at_problems(self) -> None:
        """Open the orders that need attention."""
        from lastmile_desktop.ui.orders_view.order_status import OrderFilter

        self.go(Step.ORDERS)
        orders = self.session.state.day.orders
        if any(order.attention for order in orders):
            self.pages.orders.show_filter(OrderFilter.ATTENTION)
        elif any(order.location is None for order in orders):
            self.pages.orders.show_filter(OrderFilter.WAITING)

    def show_on_map(self, order_key: str) -> None:
        """Zoom to an order."""
        self.go(Step.PLAN)
        self.selection.select_order(order_key)
        self.plan_page.fit_selection()

    def edit_order(self, order_key: str) -> None:
        """Open the order in the sheet view."""
        self.go(Step.ORDERS)
        self.selection.select_order(order_key)

    def place(self, order_key: str) -> None:
        """Let the person click where an order is."""
        order = self.session.state.day.order_by_key.get(order_key)
        if order is not None:
            self.go(Step.PLAN)
            self.plan_page.start_placing(order_key, order_name(order), order.location)

    def place_depot(self, depot_key: str) -> None:
        """Let the person click where a depot is."""
        depot = self.session.state.day.depot_by_key.get(depot_key)
        if depot is not None:
            self.pages.show_step(Step.PLAN)
            self.plan_page.start_placing(_DEPOT + depot_key, depot.name, depot.location)

    def say_surprise(self, text: str) -> None:
        """Something went wrong that nobody expected."""
        self.notices.show_notice(Notice(text, "danger"), key="surprise")

    def finish(self) -> None:
        """Let go of everything; blocking, once, at the very end. Unsaved changes stay recoverable."""
        if self._finished:
            return
        self._finished = True
        self.planning.discard()
        if self.plan_page.map is not None:
            self.plan_page.map.close_page()
        self.jobs.close()
        self.session.close(discard=not self.session.state.day.orders)

    # ---- keeping the parts in step ------------------------------------------------------------------

    def _show_day(self, change: Change) -> None:
        if change & (Change.PLAN | Change.ORDERS):
            self.notices.drop(_PLAN_RESULT)  # its figures are not the day's any more
        if change & Change.ORDERS:
            self.notices.drop(RESULT_KEY)
        has_day = self._has_day()
        step = self.pages.step
        if (has_day and step is None) or (step is Step.PLAN and not has_day):
            self.go(Step.PLAN)
        self._show_frame()
        self._show_steps()
        self._show_title()

    def _show_frame(self) -> None:
        """Header and status line; without orders only while a page other than the welcome is open."""
        in_use = self._has_day() or self.pages.step is not None
        self.header.show_day(self.session.state if in_use else None)
        self.status.setVisible(in_use)
        self._show_steps()

    def _day_replaced(self) -> None:
        self.selection.clear()
        self.notices.clear()
        self.plan_page.work_list.start_over()
        self.go(Step.PLAN)

    def _has_day(self) -> bool:
        return bool(self.session.state.day.orders)

    def _show_steps(self) -> None:
        following = None if self.planning.running else next_step(self.session.state)
        self.header.show_page(self.pages.step, following)

    def _show_title(self) -> None:
        status = self.session.status
        name = status.path.stem if status.path else (self.session.state.day.source_name or "New day")
        title = f"{name}[*] — Lastmile" if self._has_day() else "Lastmile[*]"
        self.setWindowTitle(title)
        self.setWindowModified(self._has_day() and not status.saved)

    def _set_planning(self, planning: bool) -> None:
        if planning:
            self.notices.drop_good_news()
            self.notices.drop(RESULT_KEY)
        self.actions_.set_enabled(not planning)
        self.header.set_planning(planning)
        self._show_steps()

    def _step_pressed(self, step: Step) -> None:
        on_page = self.pages.step is Step.PLAN
        never_planned = self.session.state.timetable is None
        if step is Step.PLAN and (on_page or never_planned):
            self.plan_now()
        else:
            self.go(step)

    def _say_plan_result(self, notice: Notice) -> None:
        timetable = self.session.state.timetable
        left_out = len(timetable.unassigned) if timetable is not None else 0
        text = "Show it" if left_out == 1 else "Show them"
        show = [NoticeAction(text, self.show_unassigned)] if left_out else []
        self.notices.show_notice(notice, show, key=_PLAN_RESULT)

    def _position_picked(self, order_key: str, lat: float, lon: float) -> None:
        if order_key.startswith(_DEPOT):
            self._depot_picked(order_key.removeprefix(_DEPOT), Location(lat, lon))
            return
        order = self.session.state.day.order_by_key.get(order_key)
        if order is None:
            return
        from lastmile_desktop.ui.orders_view.order_changes import OrderChanges

        place = {"location": Location(lat, lon)}
        OrderChanges(self.session).change(f"Place {order_name(order)}", [order_key], place)

    def _depot_picked(self, depot_key: str, location: Location) -> None:
        from lastmile_desktop.ui.fleet_view import fleet_edits

        depot = self.session.state.day.depot_by_key.get(depot_key)
        if depot is not None:
            self.session.do(
                f"Place {depot.name}",
                lambda state: fleet_edits.change_depot(state, depot_key, {"location": location}),
            )

    def _open_import(self, page: QWidget) -> None:
        self.pages.open_import(page)
        page.table.setFocus()  # type: ignore[attr-defined]

    def _show_waiting(self) -> None:
        """A sheet that was left half-way is not forgotten: a line leads back to it."""
        page = self.imports.page
        if page is None or self.pages.shows_import:
            self.notices.drop(WAITING_KEY)
            return
        text = f"{page.name} is not in the day yet: it waits to be checked."
        actions = [
            NoticeAction("Go on", self.pages.show_import, primary=True),
            NoticeAction("Drop it", self.imports.close_page),
        ]
        self.notices.show_notice(Notice(text, "warning"), actions, key=WAITING_KEY)

    # ---- dropping a file ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.welcome.drop_area.set_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.welcome.drop_area.set_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.welcome.drop_area.set_active(False)
        path = dropped_file(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if path is None:
            self.notices.show_notice(Notice("Drop one file at a time, from this computer.", "warning"))
        else:
            self.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.memory.keep_window(self)
        self.plan_page.keep_sizes()
        self.memory.sync()
        super().closeEvent(event)


def next_step(state: DayState) -> Step | None:
    """What the day needs next."""
    day = state.day
    if not day.orders:
        return None
    if state.timetable is not None:
        return Step.PRINT
    has_fleet = any(vehicle.active for vehicle in day.vehicles) and any(
        depot.location for depot in day.depots
    )
    if not has_fleet:
        return Step.FLEET
    if not any(order.location for order in day.orders):
        return Step.ORDERS
    return Step.PLAN


def _load_web_engine() -> None:
    """Import the web engine on a worker, so that making the map does not hold the window up."""
    import importlib

    importlib.import_module("PySide6.QtWebEngineWidgets")
