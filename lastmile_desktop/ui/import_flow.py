"""From a dropped, opened or pasted sheet to a day on the table, with progress, cancel and a result line."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.model import DaySettings, DayState, ImportOptions, ImportReport, wording
from lastmile_desktop.pipeline.customers import everybody
from lastmile_desktop.pipeline.importing import AS_FOUND, day_from_reports, import_file, merge_vehicles
from lastmile_desktop.pipeline.places import NO_PLACES, FoundPlaces, find_places, with_places
from lastmile_desktop.pipeline.sheet_choices import mapping_of, orders_sheet
from lastmile_desktop.pipeline.typed_values import read_day_parts
from lastmile_desktop.store.firm import FirmMemory
from lastmile_desktop.store.folders import Folders
from lastmile_desktop.system import atomic
from lastmile_desktop.system.beside import BesideStopped
from lastmile_desktop.ui.import_view.rows_file import ask_for_rows_file
from lastmile_desktop.ui.import_view.shown_sheet import Reading, reading_of
from lastmile_desktop.ui.import_words import assumed, import_result
from lastmile_desktop.ui.jobs import Job, Jobs
from lastmile_desktop.ui.notices import NoticeAction, NoticeStrip
from lastmile_desktop.ui.session import Notice, Session
from lastmile_desktop.ui.sheet_diff_flow import SheetDiffFlow

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.sheet_diff import SheetDiff, SheetMode
    from lastmile_desktop.ui.import_view.import_view import ImportView
    from lastmile_desktop.ui.sheet_diff_view.sheet_diff_view import SheetDiffView

log = logging.getLogger(__name__)
RESULT_KEY = "import-result"
#: The line that leads back to a page that was left open.
WAITING_KEY = "import-waiting"
_ASSUMED = "import-assumed"


@dataclass(frozen=True)
class _Read:
    """What the worker found in a file, and the new day that it would make."""

    path: Path
    reading: Reading
    fresh: DayState | None
    places: FoundPlaces = NO_PLACES

    @property
    def report(self) -> ImportReport:
        """What the reader said."""
        return self.reading.report


class ImportFlow(QObject):
    """Reads sheets on a worker and puts them on the table; shows what it changes when the day has orders."""

    page_opened = Signal(object)
    """An `ImportView` or a `SheetDiffView`: a sheet must be looked at before its orders enter the day."""
    page_closed = Signal()
    look_requested = Signal()
    plan_requested = Signal()
    fleet_requested = Signal()

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        notices: NoticeStrip,
        folders: Folders,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._notices, self._folders = session, jobs, notices, folders
        self._generation = 0
        self.page: ImportView | SheetDiffView | None = None
        self._diffs = SheetDiffFlow(session, jobs, notices, self.look_requested.emit, RESULT_KEY, self)
        self.last_path: Path | None = None

    def read(self, path: Path, then_plan: bool = False) -> None:
        """Read an order sheet; a day with orders is not touched without being asked for."""
        self._start(f"Reading {path.name}", lambda job: self._read(job, path, then_plan=then_plan), then_plan)

    def check(self, path: Path) -> None:
        """Read an order sheet and show the page on which its columns can be changed, come what may."""
        self._start(f"Reading {path.name}", lambda job: self._read(job, path), then_plan=False, look=True)

    def _read_filled_block(self, path: Path) -> None:
        chosen = ImportOptions(filled_block_only=True)
        self._start(f"Reading {path.name}", lambda job: self._read(job, path, chosen=chosen), then_plan=False)

    def check_again(self) -> None:
        """Show that page for the sheet that was taken last."""
        if self.last_path is not None:
            self.check(self.last_path)

    def read_sample(self) -> None:
        """Make the sample workbook, read it and plan it."""

        def work(job: Job) -> _Read:
            from lastmile_desktop.pipeline.sample_region import on_sample_roads
            from lastmile_desktop.sheets.sample import write_sample_workbook

            path = self._folders.root / "Sample orders.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_sample_workbook(path)
            read = self._read(job, path, remember=False, then_plan=True)
            return read if read.fresh is None else replace(read, fresh=on_sample_roads(read.fresh))

        self._start("Preparing the sample day", work, then_plan=True)

    def read_pasted(self, text: str) -> None:
        """Read rows that were copied from a spreadsheet (cells separated by tabs)."""
        if not text.strip():
            self._notices.show_notice(
                Notice(
                    "The clipboard is empty. Copy the rows with their title line in Excel first.", "warning"
                )
            )
            return

        def work(job: Job) -> _Read:
            # As it came: the reader of text files knows what Excel does with quotation marks.
            path = self._folders.root / "Pasted orders.tsv"
            atomic.write_text(path, text)
            return self._read(job, path, remember=False)

        self._start("Reading the pasted rows", work, then_plan=False)

    # ---- the worker's side --------------------------------------------------------------------------

    def _read(
        self,
        job: Job,
        path: Path,
        remember: bool = True,
        then_plan: bool = False,
        chosen: ImportOptions = AS_FOUND,
    ) -> _Read:
        firm = self._session.firm
        options = replace(
            chosen,
            remembered=tuple(mapping.layout for mapping in firm.mappings()),
            same_door=firm.settings().same_door,
            with_preview=not then_plan,
            day_parts=read_day_parts(firm.settings().day_parts),
        )
        report = import_file(
            path,
            options=options,
            should_stop=job.should_stop,
            on_progress=lambda done, total: job.report((done, total)),
        )
        if remember and report.ok and report.orders:
            firm.add_recent(path)
        reading = reading_of(options, report)
        if not reading.doubts:
            self._remember(reading, only_known=True)
        return self._with_day(job, path, reading)

    def _with_day(self, job: Job, path: Path, reading: Reading) -> _Read:
        """Look up the addresses that need it, and make the new day of the reading."""
        if not reading.report.ok or not reading.report.orders:
            return _Read(path, reading, None)
        from lastmile_desktop.sheets import ReadCancelled

        firm = self._session.firm
        try:
            places = find_places(
                reading.report.orders,
                firm.settings().region,
                depots=reading.report.depots,
                position_of=firm.position_of,
                should_stop=job.should_stop,
                on_progress=lambda done, total: job.report((done, total)),
            )
        except BesideStopped as error:
            raise ReadCancelled from error
        return _Read(path, reading, self._fresh_day(reading, places), places)

    def _fresh_day(self, reading: Reading, places: FoundPlaces) -> DayState:
        firm = self._session.firm
        fleet = firm.fleet()
        fresh = day_from_reports(
            [reading.report],
            today=date.today(),
            remembered_vehicles=fleet.vehicles,
            remembered_depots=fleet.depots,
            settings=replace(day_settings(firm), same_door=reading.options.same_door),
            position_of=firm.position_of,
            known=everybody(firm.customers),
            offer_fleet=True,
            places=places,
        )
        return with_places(fresh, places)  # the depots too

    def _accept(self, job: Job, path: Path, reading: Reading, remember: bool) -> _Read:
        """On a worker: what a person said yes to, and the day that it makes."""
        self._remember(reading, only_known=not remember)
        return self._with_day(job, path, reading)

    def _remember(self, reading: Reading, *, only_known: bool) -> None:
        """Keep what the columns hold; of a sheet that is ``only_known`` already, when it was used last."""
        sheet = orders_sheet(reading.report)
        if sheet is None or sheet.layout is None:
            return
        known = {layout.fingerprint for layout in reading.options.remembered}
        if not only_known or (sheet.known and sheet.layout.fingerprint in known):
            mapping = mapping_of(sheet, reading.report.file_name, date.today())
            self._session.firm.remember_mapping(mapping)

    # ---- the window's side --------------------------------------------------------------------------

    def _start(
        self,
        text: str,
        work: Callable[[Job], _Read],
        then_plan: bool,
        look: bool = False,
        taken: bool = False,
    ) -> None:
        """Run ``work``; then ``taken`` goes on into the day, anything else may be shown first."""
        self._generation += 1
        generation = self._generation
        self._notices.drop(RESULT_KEY)
        line = self._notices.begin_work(text)

        def done(read: _Read) -> None:
            self._notices.end_work(line)
            if generation == self._generation:
                if taken:
                    self._hand_over(read, then_plan)
                else:
                    self._take(read, then_plan, look)

        def failed(error: Exception) -> None:
            self._notices.end_work(line)
            if generation == self._generation:
                self._notices.show_notice(_failure(error))

        job = self._jobs.run(work, done, failed, lambda at: line.show_progress(*at))
        line.cancelled.connect(job.cancel)

    def _take(self, read: _Read, then_plan: bool, look: bool) -> None:
        """Show the page when a person must look (or wants to); else the orders go on into the day."""
        has_preview = read.reading.sheet.summary is not None and bool(read.reading.sheet.rows)
        wanted = look or (read.report.ok and bool(read.reading.doubts))
        only_fleet = read.report.ok and not read.report.orders and bool(read.report.vehicles)
        if wanted and has_preview and not then_plan and not only_fleet:
            self._open_page(read)
        else:
            self._hand_over(read, then_plan)

    def _say_refused(self, read: _Read) -> None:
        """One sentence; what may help is offered, not forced on someone who dropped the wrong file."""
        ways = []
        if read.report.filled_block_offered:
            ways.append(
                NoticeAction("Read the filled block only", lambda: self._read_filled_block(read.path))
            )
        if read.reading.doubts.refused:
            ways.append(NoticeAction("Show the sheet…", lambda: self._open_page(read)))
        self._notices.show_notice(Notice(read.report.message, "danger"), ways, key=RESULT_KEY)

    def _open_page(self, read: _Read) -> None:
        from lastmile_desktop.ui.import_view.import_view import ImportView
        from lastmile_desktop.ui.import_view.sheet_reader import SheetReader

        self.close_page()
        self._notices.drop(RESULT_KEY)
        page = ImportView(SheetReader(self._jobs, read.path, read.reading))
        page.reader.setParent(page)
        page.accepted.connect(lambda reading, remember: self._accepted(read.path, reading, remember))
        page.cancelled.connect(self._cancelled)
        # A rule of the day: with orders on the table it is theirs already, and the settings change it.
        page.choices.same_door.setVisible(not self._session.state.day.orders)
        page.save_rows_wanted.connect(
            lambda reading: ask_for_rows_file(page, reading, self._session, self._jobs)
        )
        self.page = page
        self.page_opened.emit(page)

    def close_page(self) -> None:
        """Leave the page without taking anything; harmless when there is none."""
        page, self.page = self.page, None
        if page is not None:
            page.stop()
            self._notices.drop(WAITING_KEY)
            self.page_closed.emit()

    def _cancelled(self) -> None:
        name = self.page.name if self.page is not None else "The sheet"
        self.close_page()
        self._notices.show_notice(Notice(f"{name} was not taken; the day is as it was."))

    def _accepted(self, path: Path, reading: Reading, remember: bool) -> None:
        self.close_page()
        self._start(
            f"Taking the orders of {path.name}",
            lambda job: self._accept(job, path, reading, remember),
            then_plan=False,
            taken=True,
        )

    def _hand_over(self, read: _Read, then_plan: bool) -> None:
        """A reading that is accepted: fleet only, orders for the day on the table, or a day of its own."""
        report = read.report
        if report.ok and read.fresh is not None:
            self.last_path = read.path
        if read.places.trouble:
            self._notices.show_notice(Notice(read.places.trouble, "warning"))
        if not report.ok:
            self._say_refused(read)
        elif not report.orders and (report.vehicles or report.depots):
            self._take_fleet(report)
        elif read.fresh is None:
            text = f"{report.file_name} holds no orders. Check that its columns have a title line."
            self._notices.show_notice(Notice(text, "warning"))
        elif self._session.state.day.orders and not then_plan:
            self._compare(read, read.fresh)
        else:
            self._new_day(report, read.fresh, then_plan)

    def _compare(self, read: _Read, fresh: DayState) -> None:
        """Work out, on a worker, what the sheet would do to the day on the table; then show it."""
        self.close_page()
        state, report = self._session.state, read.report
        generation = self._generation
        line = self._notices.begin_work(f"Comparing {report.file_name} with the day")

        def done(diff: SheetDiff) -> None:
            self._notices.end_work(line)
            if job.should_stop():
                self._cancelled()
            elif generation == self._generation:
                self._show_changes(read, fresh, diff, state)

        def failed(error: Exception) -> None:
            self._notices.end_work(line)
            if generation == self._generation:
                self._notices.show_notice(_failure(error))

        from lastmile_desktop.pipeline.sheet_diff import compare_sheet

        job = self._jobs.run(lambda _: compare_sheet(state, report), done, failed)
        line.cancelled.connect(job.cancel)

    def _show_changes(self, read: _Read, fresh: DayState, diff: SheetDiff, compared_with: DayState) -> None:
        self.close_page()
        report, places = read.report, read.places
        page = self._diffs.page_for(diff, compared_with)

        def take(mode: SheetMode, chosen: frozenset[str]) -> None:
            self.close_page()
            self._diffs.take(report, mode, chosen, places)

        def start_anew() -> None:
            self.close_page()
            self._new_day(report, fresh, False)

        page.accepted.connect(take)
        page.new_day_wanted.connect(start_anew)
        page.cancelled.connect(self._cancelled)
        self.page = page
        self.page_opened.emit(page)

    def _new_day(self, report: ImportReport, fresh: DayState, then_plan: bool) -> None:
        self._session.start_day(fresh, f"Open {report.file_name}")
        self._session.do("", lambda state: state, after=lambda: self._after_new_day(report, then_plan))

    def _after_new_day(self, report: ImportReport, then_plan: bool) -> None:
        self._say_result(report)
        self._say_assumed()
        if then_plan and self._session.state.day.orders:
            self.plan_requested.emit()

    def _say_assumed(self) -> None:
        """Nothing is invented in silence: a depot or vans that stand in change every time and distance."""
        text = assumed(self._session.state)
        if text:
            action = NoticeAction("Open Fleet", self.fleet_requested.emit)
            self._notices.show_notice(Notice(text, "warning"), [action], key=_ASSUMED)

    def _take_fleet(self, report: ImportReport) -> None:
        text = (
            f"{report.file_name} holds no orders; its {wording.count(len(report.vehicles), 'vehicle')} and "
            f"{wording.count(len(report.depots), 'depot')} were taken over for this day."
        )
        self._session.do(
            f"Import {report.file_name}",
            lambda state: merge_vehicles(state, report),
            after=lambda: self._notices.show_notice(Notice(text, "ok")),
        )

    def _say_result(self, report: ImportReport) -> None:
        notice = import_result(report, self._session.state)
        look = [] if notice.kind == "ok" else [NoticeAction("Look at them", self.look_requested.emit)]
        self._notices.show_notice(notice, look, key=RESULT_KEY)


def day_settings(firm: FirmMemory) -> DaySettings:
    """The settings that a new day starts with."""
    kept = firm.settings()
    return DaySettings(
        currency=kept.currency,
        default_service_s=kept.default_service_s,
        drive_time_percent=kept.drive_time_percent,
        plan_seconds=kept.plan_seconds,
        traffic=kept.traffic,
        goals=kept.goals,
        preference_cents=kept.preference_cents,
        same_door=kept.same_door,
        region=kept.region,
        drive_as=kept.drive_as,
        ferries=kept.ferries,
    )


def _failure(error: Exception) -> Notice:
    from lastmile_desktop.sheets import ReadCancelled

    if isinstance(error, ReadCancelled):
        return Notice("Reading was cancelled; the day is as it was.")
    if getattr(error, "for_dispatcher", False):
        return Notice(str(error), "danger")
    if isinstance(error, OSError):
        return Notice(f"The file could not be read: {error.strerror or error}.", "danger")
    log.error("import failed", exc_info=error)
    return Notice(
        "The file could not be read. The details are in the log folder (Help, Show log folder).", "danger"
    )
