"""The steps that several commands share: read, plan, write, reopen."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lastmile_desktop.cli.console import (
    CANNOT_PLAN,
    CANNOT_READ,
    NOT_DONE,
    WRONG_USAGE,
    CommandError,
    Interrupted,
    folder_sentence,
    say,
)
from lastmile_desktop.model import DayState, ImportReport
from lastmile_desktop.model.sheet_layout import ImportOptions

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.planning import Planner
    from lastmile_desktop.pipeline.quality import Quality

_DAY_SUFFIX = ".lastmile"
#: Nothing was chosen by a person.
AS_FOUND = ImportOptions()


def read_report(path: Path, options: ImportOptions = AS_FOUND, *, needs_orders: bool = True) -> ImportReport:
    from lastmile_desktop.pipeline.importing import import_file

    say(f"Reading {path.name} ...")
    report = import_file(path, options=options)
    if report.ok and needs_orders and not report.orders:
        report = without_orders(report)
    if not report.ok:
        raise CommandError(CANNOT_READ, report.message)
    for problem in report.problems:
        if problem.severity != "info":
            say(f"{path.name}, {problem.sheet}, row {problem.row}: {problem.message}")
    return report


def without_orders(report: ImportReport) -> ImportReport:
    """A file that reads well but holds no order is refused whole, saying what was seen in it."""
    sheets = ", ".join(f"{sheet.name} ({sheet.kind})" for sheet in report.sheets)
    seen = f" Sheets found: {sheets}." if sheets else ""
    return ImportReport(
        file_name=report.file_name,
        status="error",
        message=f"{report.file_name} holds no orders.{seen}",
    )


def day_of(reports: Sequence[ImportReport]) -> DayState:
    from lastmile_desktop.pipeline.importing import day_from_reports

    return day_from_reports(reports, today=date.today())


def day_of_files(files: Sequence[Path], options: ImportOptions = AS_FOUND) -> DayState:
    days = [path for path in files if path.suffix.lower() == _DAY_SUFFIX]
    if not days:
        reports = [read_report(path, options) for path in files]
        _say_of_several(reports)
        return day_of(reports)
    if len(files) > 1:
        raise CommandError(WRONG_USAGE, f"{days[0].name} is a whole day; plan it without other files.")
    from lastmile_desktop.store.day_file import read_day_file

    return read_day_file(days[0])


def _say_of_several(reports: Sequence[ImportReport]) -> None:
    """Of several sheets only one fleet drives, and two of them may use one order number."""
    for what, holders in (
        ("vehicles", [report.file_name for report in reports if report.vehicles]),
        ("depots", [report.file_name for report in reports if report.depots]),
    ):
        if len(holders) > 1:
            say(f"The {what} of {holders[0]} are used; those of {', '.join(holders[1:])} are not.")
    first_file: dict[str, str] = {}
    for report in reports:
        for order in report.orders:
            other = first_file.setdefault(order.id, report.file_name)
            if other != report.file_name:
                say(f"Order number {order.id} stands in {other} and in {report.file_name}. Both are kept.")


def planned(
    state: DayState,
    seconds: float,
    interrupted: Interrupted,
    *,
    workers: int | None = None,
    iterations: int | None = None,
    cluster_address: str = "",
    engine: str = "auto",
) -> tuple[DayState, Planner]:
    from lastmile_desktop.engine.solve import Progress, SolveParams, Stop
    from lastmile_desktop.pipeline.planning import CannotPlanError, Planner

    planner = Planner()
    params = SolveParams(
        seconds=seconds,
        seed=state.day.settings.seed,
        workers=workers or usual_workers(iterations),
        iterations=iterations,
        engine=engine,
    )

    def on_progress(progress: Progress) -> None:
        say(
            f"{progress.elapsed_s:5.1f} s  cost {progress.cost_cents / 100:,.2f}"
            f"  left out {progress.unassigned}"
        )

    try:
        result = planner.plan(
            state,
            params,
            on_progress=on_progress,
            stop=lambda: Stop.FINISH if interrupted.asked else Stop.GO,
            cluster_address=cluster_address,
        )
    except CannotPlanError as error:
        raise CommandError(CANNOT_PLAN, f"{state.day.source_name}: {error}") from error
    if result.message:
        say(result.message)
    return result.state, planner


def usual_workers(iterations: int | None) -> int:
    """All cores but one; one where the plan must be the same on every computer."""
    from lastmile_desktop.system.cores import search_workers

    return 1 if iterations is not None else search_workers()


def ready_to_write(folder: Path) -> None:
    """Make the folder and try it, before anyone waits for a plan that could not be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CommandError(NOT_DONE, folder_sentence(folder, error)) from error


def measured(state: DayState, planner: Planner, seconds: float, interrupted: Interrupted) -> Quality | None:
    """How good the plan is; None where nobody wants to wait for that."""
    from lastmile_desktop.pipeline.quality import measure, measuring_seconds

    if interrupted.asked:
        return None
    return measure(planner, state, measuring_seconds(seconds), should_stop=lambda: interrupted.asked)


def write(
    state: DayState,
    folder: Path,
    planner: Planner,
    interrupted: Interrupted,
    quality: Quality | None = None,
) -> list[Path]:
    from lastmile_desktop.pipeline.outputs import write_outputs

    interrupted.writing = True
    try:
        paths = write_outputs(
            state,
            folder,
            planner.travel_for(state.day),
            before_each=interrupted.before_a_file,
            quality=quality,
        )
    except OSError as error:
        raise CommandError(NOT_DONE, folder_sentence(folder, error)) from error
    for path in paths:
        say(f"Written: {path}")
    return paths


def saved_plan(path: Path) -> DayState:
    from lastmile_desktop.store.day_file import read_day_file

    state = read_day_file(path)
    if state.assignment is None or state.timetable is None:
        raise CommandError(CANNOT_PLAN, f"{path.name} has not been planned yet: plan it first.")
    return state
