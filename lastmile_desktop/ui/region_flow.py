"""The region dialog and the map: stepping aside while a service area is drawn, and coming back with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.sketch import sketch
from lastmile_desktop.ui.plan_page import PlanPage
from lastmile_desktop.ui.session import Session

if TYPE_CHECKING:
    from lastmile_desktop.regions.service_area import ServiceArea
    from lastmile_desktop.ui.settings_view.region_dialog import RegionDialog


class RegionFlow(QObject):
    """Opens the dialog, one at a time, over ``window``; ``show_plan`` brings the map to the front."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        plan_page: PlanPage,
        show_plan: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._jobs, self._plan, self._window = session, jobs, plan_page, window
        self._show_plan = show_plan
        self._dialog: RegionDialog | None = None
        self._drawing = False
        plan_page.box_drawn.connect(self._drawn)
        plan_page.placing_ended.connect(self._ended)

    def open(self) -> None:
        """Show the dialog; a box that is being drawn is given up."""
        from lastmile_desktop.ui.settings_view.region_dialog import RegionDialog

        if self._drawing:
            self._plan.stop_placing()
        if self._dialog is None:
            dialog = RegionDialog(self._session, self._jobs, self._window)
            dialog.setObjectName("region")
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(self._closed)
            dialog.draw_asked.connect(self._draw)
            self._dialog = dialog
        self._show()

    def _show(self) -> None:
        if self._dialog is not None:
            self._dialog.show()
            self._dialog.raise_()
            self._dialog.activateWindow()

    def _closed(self) -> None:
        self._dialog = None

    def _draw(self) -> None:
        if self._dialog is None:
            return
        day = self._session.state.day
        places = [depot.location for depot in day.depots if depot.location is not None]
        places += [order.location for order in day.orders if order.location is not None]
        asked = sketch(self._dialog.box_so_far(), self._dialog.extract_box, places)
        self._dialog.hide()
        self._show_plan()
        self._plan.start_drawing(asked)
        self._drawing = True

    def _drawn(self, area: ServiceArea) -> None:
        if self._dialog is not None and self._drawing:
            self._dialog.set_box(area)

    def _ended(self) -> None:
        if self._drawing:
            self._drawing = False
            self._show()
