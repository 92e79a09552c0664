"""The pages of the window: made when they are first shown, told about the day only while they are visible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from lastmile_desktop.ui.header.header_bar import Step
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.plan_page import PlanPage
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.session import Session
from lastmile_desktop.ui.welcome.page import WelcomePage

if TYPE_CHECKING:
    from lastmile_desktop.ui.orders_view import OrdersView
    from lastmile_desktop.ui.print_view.view import PrintView


class Pages(QStackedWidget):
    """Welcome, and one page for each step."""

    step_shown = Signal(object)
    """Emitted with the `Step` that is open now, None for the welcome page."""
    place_requested = Signal(str)
    find_requested = Signal(str)
    find_waiting_requested = Signal()
    place_depot_requested = Signal(str)
    open_requested = Signal()

    def __init__(
        self,
        welcome: WelcomePage,
        plan: PlanPage,
        session: Session,
        selection: Selection,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._jobs = session, selection, jobs
        self.setObjectName("pages")
        self.setAccessibleName("Pages")
        self.welcome, self.plan = welcome, plan
        self._made: dict[Step, QWidget] = {Step.PLAN: plan}
        self._makers: dict[Step, Callable[[], QWidget]] = {
            Step.ORDERS: self._make_orders,
            Step.FLEET: self._make_fleet,
            Step.PRINT: self._make_print,
        }
        self.step: Step | None = None
        self._import_page: QWidget | None = None
        self.addWidget(welcome)
        self.addWidget(plan)
        session.changed.connect(lambda _change: self._feed_print())

    @property
    def orders(self) -> OrdersView:
        """The Orders page (made now if need be)."""
        return self._page(Step.ORDERS)  # type: ignore[return-value]

    @property
    def printing(self) -> PrintView:
        """The Print page (made now if need be)."""
        return self._page(Step.PRINT)  # type: ignore[return-value]

    def show_welcome(self) -> None:
        """Show the page for a window without a day."""
        self._show(self.welcome, None)

    @property
    def importing(self) -> QWidget | None:
        """The page of a sheet that is on its way into the day."""
        return self._import_page

    @property
    def shows_import(self) -> bool:
        """True while that page is on the screen."""
        return self._import_page is not None and self.currentWidget() is self._import_page

    def open_import(self, page: QWidget) -> None:
        """Show the page of a sheet that must be looked at."""
        self.close_import()
        self._import_page = page
        self.addWidget(page)
        self.show_import()

    def show_import(self) -> None:
        """Show that page again."""
        if self._import_page is not None:
            self._show(self._import_page, self.step)

    def close_import(self) -> None:
        """Take that page away and show what was there before."""
        page, self._import_page = self._import_page, None
        if page is None:
            return
        if self.currentWidget() is page:
            self._show(self._page(self.step) if self.step is not None else self.welcome, self.step)
        self.removeWidget(page)
        page.hide()
        page.deleteLater()

    def show_step(self, step: Step) -> None:
        """Show a step's page."""
        page = self._page(step)
        if step is Step.PLAN:
            self.plan.prepare()
        self._show(page, step)
        if step is Step.PRINT:
            self._feed_print()

    def _show(self, page: QWidget, step: Step | None) -> None:
        self.setCurrentWidget(page)
        if step != self.step:
            self.step = step
        self.step_shown.emit(step)

    def _page(self, step: Step) -> QWidget:
        page = self._made.get(step)
        if page is None:
            page = self._makers[step]()
            page.setObjectName(f"{step.value.lower()}-page")
            page.setAccessibleName(step.value)
            self._made[step] = page
            self.addWidget(page)
        return page

    def _make_orders(self) -> QWidget:
        from lastmile_desktop.ui.orders_view import OrdersView

        view = OrdersView(self._session, self._selection, self)
        view.place_requested.connect(self.place_requested)
        view.find_requested.connect(self.find_requested)
        view.find_waiting_requested.connect(self.find_waiting_requested)
        view.open_requested.connect(self.open_requested)
        return view

    def _make_fleet(self) -> QWidget:
        from lastmile_desktop.ui.fleet_view import FleetView

        view = FleetView(self._session, self)
        view.place_requested.connect(self.place_depot_requested)
        return view

    def _make_print(self) -> QWidget:
        from lastmile_desktop.ui.print_view.view import PrintView

        return PrintView(self._jobs.run, parent=self)

    def _feed_print(self) -> None:
        view = self._made.get(Step.PRINT)
        if view is not None:
            view.set_state(self._session.state, self._session.travel.line)  # type: ignore[attr-defined]
