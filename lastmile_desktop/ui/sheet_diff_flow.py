"""Takes a sheet into a day that has orders: shows what it changes, then changes it as one step."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject

from lastmile_desktop.model import DayState, ImportReport, wording
from lastmile_desktop.pipeline import edits
from lastmile_desktop.pipeline.customers import everybody
from lastmile_desktop.pipeline.importing import merge_vehicles
from lastmile_desktop.pipeline.places import FoundPlaces, with_places
from lastmile_desktop.pipeline.replanning import fit_in
from lastmile_desktop.pipeline.sheet_diff import SheetDiff, SheetMode, compare_sheet
from lastmile_desktop.pipeline.sheet_update import apply_sheet
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.notices import NoticeAction, NoticeStrip
from lastmile_desktop.ui.session import Notice, Session
from lastmile_desktop.ui.sheet_diff_view import diff_words
from lastmile_desktop.ui.sheet_diff_view.sheet_diff_view import SheetDiffView


class SheetDiffFlow(QObject):
    """Makes the page and does what it asks for. ``result_key`` is where the result line stands."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        notices: NoticeStrip,
        look: Callable[[], None],
        result_key: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._notices, self._look, self._key = session, notices, look, result_key
        self._jobs = jobs

    def page_for(self, diff: SheetDiff, compared_with: DayState) -> SheetDiffView:
        """A page of the sheet against the day; it keeps up with what happens to the day meanwhile."""
        page = SheetDiffView(lambda: self._session.state, diff, compared_with, self._jobs)
        self._session.changed.connect(page.follow)
        return page

    def take(
        self, report: ImportReport, mode: SheetMode, chosen: Collection[str], places: FoundPlaces
    ) -> None:
        """Change the day as ticked: one step to undo; routes, locks and sequence of the rest stay."""
        firm, before = self._session.firm, self._session.state
        done: list[SheetDiff] = []

        def edit(state: DayState) -> DayState:
            diff = compare_sheet(state, report, mode)
            done.append(diff)
            after = apply_sheet(state, diff, chosen, firm.position_of, everybody(firm.customers))
            after = with_places(after, places)
            return _with_fleet(after, report) if mode is SheetMode.REPLACE else after

        name = f"Take {report.file_name} into the day"
        self._session.do(name, edit, after=lambda: self._say(done[0], chosen, before))

    def _say(self, diff: SheetDiff, chosen: Collection[str], before: DayState) -> None:
        state = self._session.state
        here = {order.key for order in before.day.orders}
        new = [order for order in state.day.orders if order.key not in here]
        text = diff_words.result_line(diff, chosen)
        waiting = sum(order.location is None for order in new)
        attention = sum(order.attention for order in new)
        if waiting:
            text += f" {waiting:,} {'waits' if waiting == 1 else 'wait'} for a position."
        if attention:
            text += f" {attention:,} {'needs' if attention == 1 else 'need'} attention."
        actions = []
        loose = [order.key for order in new if order.location is not None]
        if loose and state.timetable is not None and state.assignment is not None:
            put = f"Put {wording.count(len(loose), 'new order')} on routes"
            actions.append(NoticeAction(put, lambda: self._fit_in(loose), primary=True))
        if waiting or attention:
            actions.append(NoticeAction("Look at them", self._look))
        kind = "warning" if waiting or attention else "ok"
        self._notices.show_notice(Notice(text, kind), actions, key=self._key)

    def _fit_in(self, keys: list[str]) -> None:
        """Late orders go where each fits best; nothing that is planned moves."""

        def edit(state: DayState) -> DayState:
            return fit_in(
                self._session.planner, state, [key for key in keys if key in state.day.order_by_key]
            )

        self._session.do(
            f"Put {wording.count(len(keys), 'new order')} on routes",
            edit,
            after=lambda: self._say_fitted(keys),
        )

    def _say_fitted(self, keys: list[str]) -> None:
        state = self._session.state
        planned = state.assignment.order_keys if state.assignment else frozenset()
        left = [key for key in keys if key not in planned and key in state.day.order_by_key]
        text = f"{wording.count(len(keys) - len(left), 'new order')} put on routes; nothing else moved."
        for item in state.timetable.unassigned if state.timetable else ():
            if left and item.order_key == left[0]:
                more = f" And {len(left) - 1:,} more." if len(left) > 1 else ""
                text += f" Not planned: {item.message}{more}"
        self._notices.show_notice(Notice(text, "warning" if left else "ok"), key=self._key)


def _with_fleet(state: DayState, report: ImportReport) -> DayState:
    """The whole day anew takes the sheet's vehicles and depots too, where it has any."""
    if not (report.vehicles or report.depots):
        return state
    day = merge_vehicles(state, report).day
    return edits.change_fleet(state, day.vehicles, day.depots)
