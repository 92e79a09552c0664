"""Opens the dialog for one order, and looks up all orders that wait for a position."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.model.wording import count
from lastmile_desktop.pipeline.places import FoundPlaces, find_places, with_places
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.system.beside import BesideStopped
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.notices import NoticeStrip
from lastmile_desktop.ui.session import Change, Notice, Session

if TYPE_CHECKING:
    from lastmile_desktop.ui.address_search.dialog import AddressDialog

log = logging.getLogger(__name__)
_RESULT = "addresses-result"


class AddressFlow(QObject):
    """`map_wanted` carries the key of an order whose place shall be pointed out on the map."""

    map_wanted = Signal(str)

    def __init__(
        self, session: Session, jobs: Jobs, notices: NoticeStrip, folders: Folders, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._jobs, self._notices, self._folders = session, jobs, notices, folders
        self._window = window
        self.dialog: AddressDialog | None = None
        self._region = session.state.day.settings.region
        session.changed.connect(self._take)
        session.day_replaced.connect(self._follow)

    def _follow(self) -> None:
        """Another day: its orders were looked up when they were read."""
        self._region = self._session.state.day.settings.region

    def _take(self, change: Change) -> None:
        """A region that was chosen just now knows addresses that orders may wait for."""
        region = self._session.state.day.settings.region
        if not change & Change.SETTINGS or region == self._region:
            return
        self._region = region
        orders = self._session.state.day.orders
        if region and any(order.location is None and order.address for order in orders):
            self.find_waiting()

    def open(self, order_key: str) -> None:
        """Let the person say where an order is, by its address."""
        from lastmile_desktop.ui.address_search.asker import OnlineAsker, service_of
        from lastmile_desktop.ui.address_search.dialog import AddressDialog
        from lastmile_desktop.ui.orders_view.order_changes import OrderChanges

        order = self._session.state.day.order_by_key.get(order_key)
        if order is None:
            return
        service = service_of(self._session.firm.settings())
        online = OnlineAsker(service, self._folders.root, self._jobs) if service is not None else None
        dialog = AddressDialog(order, self._session.state.day.settings.region, self._window, online)
        changes = OrderChanges(self._session)
        dialog.chosen.connect(lambda candidate: changes.choose_place(order_key, candidate))
        dialog.map_wanted.connect(lambda: self.map_wanted.emit(order_key))
        self.dialog = dialog
        dialog.open()

    def find_waiting(self) -> None:
        """Look up every order that waits for a position, on a worker, as one step that can be undone."""
        state = self._session.state
        if not state.day.settings.region:
            text = "No region is chosen, so no address can be looked up. Choose one with Edit, Region."
            self._notices.show_notice(Notice(text, "warning"), key=_RESULT)
            return
        line = self._notices.begin_work("Looking up addresses")
        firm = self._session.firm

        def work(job: Job) -> FoundPlaces:
            return find_places(
                state.day.orders,
                state.day.settings.region,
                depots=state.day.depots,
                position_of=firm.position_of,
                should_stop=job.should_stop,
                on_progress=lambda done, total: job.report((done, total)),
            )

        def done(places: FoundPlaces) -> None:
            self._notices.end_work(line)
            if places.trouble:
                self._notices.show_notice(Notice(places.trouble, "warning"), key=_RESULT)
            elif places.answers:
                self._session.do(
                    "Look up addresses",
                    lambda now: with_places(now, places),
                    after=lambda: self._say(places),
                )
            else:
                self._notices.show_notice(Notice("No order waits for a position."), key=_RESULT)

        def failed(error: Exception) -> None:
            self._notices.end_work(line)
            if isinstance(error, BesideStopped):
                text = "Looking up addresses was cancelled; the orders are as they were."
                self._notices.show_notice(Notice(text), key=_RESULT)
                return
            log.error("looking up addresses failed", exc_info=error)
            text = "The addresses could not be looked up. The details are in the log folder."
            self._notices.show_notice(Notice(text, "danger"), key=_RESULT)

        job = self._jobs.run(work, done, failed, lambda at: line.show_progress(*at))
        line.cancelled.connect(job.cancel)

    def _say(self, places: FoundPlaces) -> None:
        levels = Counter(answer.level for answer in places.answers.values())
        words = {
            PlaceLevel.HOUSE: "to the house",
            PlaceLevel.STREET: "to the street, please check",
            PlaceLevel.AREA: "to the postcode, please check",
            PlaceLevel.NOT_FOUND: "not found",
        }
        parts = [f"{levels[level]:,} {word}" for level, word in words.items() if levels[level]]
        text = f"{count(len(places.answers), 'address', 'addresses')} looked up: {', '.join(parts)}."
        kind = "ok" if set(levels) == {PlaceLevel.HOUSE} else "warning"
        self._notices.show_notice(Notice(text, kind), key=_RESULT)
