"""The print view: what is shown is what comes out, and the window stays alive meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lastmile_desktop.documents.manifest.mini_map import straight_line
from lastmile_desktop.documents.manifest.pdf import manifest_pdf
from lastmile_desktop.model import DayState
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.print_view.view import NO_PRINTER, PrintView

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.documents import factories

WAIT_MS = 30_000


class Desk:
    """A person who prints into a file and saves where the test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printers = ["Office"]
        self.agrees = True
        self.suggested = ""
        self.target: Path | None = None

    def printer_names(self) -> list[str]:
        return self.printers

    def choose_printer(self, printer: QPrinter, parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "printed.pdf"))
        return self.agrees

    def choose_file(self, parent: QWidget, title: str, suggested: str, file_types: str) -> Path | None:
        self.suggested = suggested
        return (self.target or self.folder / suggested) if self.agrees else None


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> Iterator[PrintView]:
    jobs = Jobs()
    made = PrintView(jobs.run, desk)
    made.set_paper("A4")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    yield made
    jobs.close()


def show(qtbot: QtBot, view: PrintView, state: DayState) -> None:
    view.set_state(state, straight_line)
    view.show()
    wait_for_pages(qtbot, view, manifest_pdf(state).page_count)


def wait_for_pages(qtbot: QtBot, view: PrintView, pages: int) -> None:
    qtbot.waitUntil(lambda: view.preview.document.pageCount() == pages, timeout=WAIT_MS)


def pages_in(path: Path) -> int:
    document = QPdfDocument()
    document.load(str(path))
    return document.pageCount()


def test_without_a_plan_it_says_the_next_step(qtbot: QtBot, view: PrintView) -> None:
    view.show()
    assert view.preview.message.startswith("Plan the day first.")
    assert not view.bar.print.isEnabled()
    assert not view.bar.pdf.isEnabled()
    assert not view.bar.workbook.isEnabled()
    assert not view.drivers.isVisible()
    view.set_state(replace(factories.planned_day(), assignment=None, timetable=None), straight_line)
    assert view.preview.message.startswith("Plan the day first.")


def test_shows_all_drivers_with_their_pages_counted(qtbot: QtBot, view: PrintView) -> None:
    state = factories.planned_day(2, 12)
    show(qtbot, view, state)
    made = manifest_pdf(state)
    assert view.drivers.lines() == [
        f"All drivers · 2 drivers · {made.page_count} pages",
        f"Sofie Lambert · Van 1 · 12 stops · {made.parts[0][1]} pages",
        f"Mehmet Yıldız · Van 2 · 12 stops · {made.parts[1][1]} pages",
    ]
    assert view.bar.details == f"Monday 23 November 2026 · {made.page_count} pages"
    assert "Sofie Lambert" in view.preview.document.getAllText(0).text()


def test_choosing_a_driver_shows_that_driver_only(qtbot: QtBot, view: PrintView) -> None:
    state = factories.planned_day(2, 12)
    show(qtbot, view, state)
    view.choose_driver("v2")
    wait_for_pages(qtbot, view, manifest_pdf(state, vehicle_keys=["v2"]).page_count)
    assert "Mehmet" in view.preview.document.getAllText(0).text()
    view.set_state(factories.planned_day(3, 12), straight_line)
    assert view.drivers.vehicle_key == "v2"  # an edit does not throw the choice away


def test_a_change_of_the_plan_changes_the_pages(qtbot: QtBot, view: PrintView) -> None:
    show(qtbot, view, factories.planned_day(2, 12))
    longer = factories.planned_day(2, 30)
    view.set_state(longer, straight_line)
    wait_for_pages(qtbot, view, manifest_pdf(longer).page_count)


def test_hidden_it_prepares_nothing_until_it_is_shown(qtbot: QtBot, view: PrintView) -> None:
    state = factories.planned_day(1, 3)
    view.set_state(state, straight_line)
    qtbot.wait(300)
    assert view.preview.document.pageCount() == 0
    view.show()
    wait_for_pages(qtbot, view, manifest_pdf(state).page_count)


def test_paper_changes_the_pages_and_is_announced(qtbot: QtBot, view: PrintView) -> None:
    show(qtbot, view, factories.planned_day(1, 3))
    assert round(view.preview.document.pagePointSize(0).width()) == 595
    with qtbot.waitSignal(view.paper_changed) as announced:
        view.bar.paper.setCurrentText("Letter")
        view.bar.paper.textActivated.emit("Letter")
    assert announced.args == ["Letter"]
    qtbot.waitUntil(lambda: round(view.preview.document.pagePointSize(0).width()) == 612, timeout=WAIT_MS)
    view.set_paper("Tabloid")
    assert view.paper == "Letter"


def test_prints_what_is_shown(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    state = factories.planned_day(2, 12)
    show(qtbot, view, state)
    view.choose_driver("v1")
    wanted = manifest_pdf(state, vehicle_keys=["v1"]).page_count
    wait_for_pages(qtbot, view, wanted)
    view.bar.print.click()
    qtbot.waitUntil(lambda: view.bar.result == f"{wanted} pages sent to the printer.", timeout=WAIT_MS)
    printed = desk.folder / "printed.pdf"
    assert pages_in(printed) == wanted
    document = QPdfDocument()
    document.load(str(printed))
    assert document.getAllText(0).text() == view.preview.document.getAllText(0).text()


def test_no_printer_is_said_with_the_way_out(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    desk.printers = []
    show(qtbot, view, factories.planned_day(1, 3))
    qtbot.waitUntil(lambda: NO_PRINTER in view.bar.hint, timeout=WAIT_MS)
    assert not view.bar.print.isEnabled()
    assert view.bar.pdf.isEnabled()


def test_saves_the_pdf_and_the_workbook(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    state = factories.planned_day(2, 12)
    show(qtbot, view, state)
    view.bar.pdf.click()
    path = desk.folder / "Manifests 2026-11-23.pdf"
    qtbot.waitUntil(lambda: view.bar.result.startswith("Saved"), timeout=WAIT_MS)
    assert view.bar.result == f"Saved {pages_in(path)} pages to {path}."
    assert pages_in(path) == manifest_pdf(state).page_count
    view.bar.workbook.click()
    book = desk.folder / "Plan 2026-11-23.xlsx"
    qtbot.waitUntil(lambda: view.bar.result == f"Saved {book}.", timeout=WAIT_MS)
    assert openpyxl.load_workbook(book).sheetnames[0] == "Summary"


def test_a_driver_name_makes_a_harmless_file_name(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    state = factories.one_route_day([factories.order(1)], driver="../..\\CON:<evil>|*?\n" + "x" * 90)
    desk.agrees = False
    show(qtbot, view, state)
    view.choose_driver("v1")
    view.save_pdf()
    assert desk.suggested == f"Manifests 2026-11-23 CONevil {'x' * 32}.pdf"


def test_markup_in_a_name_is_shown_as_text(qtbot: QtBot, view: PrintView) -> None:
    name = '<img src="x"><b>Bob</b>'
    view.set_state(factories.one_route_day([factories.order(1)], driver=name), straight_line)
    assert view.drivers.item(1).text() == name
    assert "<b>" not in view.drivers.item(1).toolTip()


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(
    qtbot: QtBot, view: PrintView, desk: Desk
) -> None:
    show(qtbot, view, factories.planned_day(1, 3))
    blocker = desk.folder / "file"
    blocker.write_text("in the way")
    desk.target = blocker / "m.pdf"
    view.bar.pdf.click()
    qtbot.waitUntil(lambda: "was not saved" in view.bar.result, timeout=WAIT_MS)
    assert view.bar.result.startswith("m.pdf was not saved: ")
    assert "Error" not in view.bar.result
    assert view.bar.pdf.isEnabled()


def test_changing_one_s_mind_does_nothing(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    show(qtbot, view, factories.planned_day(1, 3))
    desk.agrees = False
    for button in (view.bar.print, view.bar.pdf, view.bar.workbook):
        button.click()
    assert view.bar.result == ""
    assert list(desk.folder.iterdir()) == []


def test_saving_can_be_stopped_and_leaves_no_half_file(qtbot: QtBot, view: PrintView, desk: Desk) -> None:
    show(qtbot, view, factories.planned_day(1, 3))
    view.set_state(factories.planned_day(12, 30), straight_line)
    view.bar.pdf.click()
    assert not view.bar.pdf.isEnabled()
    view.bar.stop.click()
    qtbot.waitUntil(lambda: "stopped" in view.bar.result, timeout=WAIT_MS)
    assert list(desk.folder.iterdir()) == []
    assert view.bar.pdf.isEnabled()


def test_the_window_stays_alive_while_a_big_day_is_prepared(qtbot: QtBot, view: PrintView) -> None:
    """The GUI thread goes on beating meanwhile; how evenly is measured in benchmarks/heartbeat.py."""
    show(qtbot, view, factories.planned_day(1, 3))
    state = factories.planned_day(20, 30, break_after=15)
    beats: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(view.preview.document.pageCount()))
    timer.start(10)
    view.set_state(state, straight_line)
    qtbot.waitUntil(lambda: view.preview.document.pageCount() > 60, timeout=WAIT_MS)
    assert sum(pages <= 60 for pages in beats) > 10
