"""The PDF itself: readable text, pages per driver, clean margins, readable codes, safe files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QFontDatabase, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from lastmile_desktop.documents.manifest.compose import manifests, navigation_link
from lastmile_desktop.documents.manifest.layout import lay_out
from lastmile_desktop.documents.manifest.mini_map import straight_line
from lastmile_desktop.documents.manifest.page_format import A4, LETTER, PageFormat
from lastmile_desktop.documents.manifest.painter import PrintingStopped, fitted
from lastmile_desktop.documents.manifest.pdf import manifest_pdf, write_manifest_pdf
from lastmile_desktop.documents.manifest.qr import QUIET_ZONE, qr_modules, qr_rectangles
from lastmile_desktop.documents.manifest.sheet import Code
from lastmile_desktop.model import DayState
from tests.documents import factories

pytestmark = pytest.mark.usefixtures("qapp")

FONT_FOLDERS = ("/usr/share/fonts", "C:/Windows/Fonts", "/System/Library/Fonts")
needs_fonts = pytest.mark.skipif(
    not any(Path(folder).exists() for folder in FONT_FOLDERS), reason="this machine has no fonts at all"
)


class Opened:
    """A PDF held open; the buffer must outlive the document."""

    def __init__(self, content: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)

    def text(self, page: int) -> str:
        return self.document.getAllText(page).text()

    def image(self, page: int, dots_per_inch: int) -> QImage:
        size = self.document.pagePointSize(page)
        wanted = QSize(round(size.width() / 72 * dots_per_inch), round(size.height() / 72 * dots_per_inch))
        picture = self.document.render(page, wanted)
        on_paper = QImage(wanted, QImage.Format.Format_RGB32)
        on_paper.fill(0xFFFFFFFF)
        painter = QPainter(on_paper)
        painter.drawImage(0, 0, picture)
        painter.end()
        return on_paper.convertToFormat(QImage.Format.Format_Grayscale8)


def opened(state: DayState, **options: object) -> Opened:
    return Opened(manifest_pdf(state, **options).content)  # type: ignore[arg-type]


@needs_fonts
def test_each_driver_begins_on_a_new_page_and_the_left_out_come_last() -> None:
    made = manifest_pdf(factories.planned_day(3, 9))
    assert [key for key, _ in made.parts] == ["v1", "v2", "v3", None]
    pdf = Opened(made.content)
    assert pdf.document.pageCount() == made.page_count
    first_page = 0
    for (key, pages), title in zip(made.parts, ("Sofie", "Mehmet", "Koen", "Not planned"), strict=True):
        assert pdf.text(first_page).lstrip().startswith(title), key
        assert f"Page 1 of {pages}" in pdf.text(first_page)
        assert f"Page {pages} of {pages}" in pdf.text(first_page + pages - 1)
        first_page += pages
    assert "F907" in pdf.text(first_page - 1)


@needs_fonts
def test_names_can_be_read_out_of_the_file() -> None:
    pdf = opened(factories.one_route_day([factories.order(n) for n in (0, 1, 2, 5, 6)]))
    said = "\n".join(pdf.text(page) for page in range(pdf.document.pageCount()))
    for words in (
        "Anna Müller",
        "Zażółć Gęślą Jaźń",
        "Ελληνικό",
        "Café Sjövägen",
        "Großmann",
        "B-1006",
        "09:00–12:30",
    ):
        assert words in said
    assert "straight-line" in said


def test_chosen_vehicles_only_and_no_page_for_the_left_out() -> None:
    state = factories.planned_day(3, 4)
    assert [key for key, _ in manifest_pdf(state, vehicle_keys=["v2"]).parts] == ["v2"]
    among_all = dict(manifest_pdf(state).parts)["v2"]
    assert among_all == manifest_pdf(state, vehicle_keys=["v2"]).page_count


@pytest.mark.parametrize(
    ("paper", "points"),
    [(A4, (595, 842)), (LETTER, (612, 792)), (PageFormat("A5", 148, 210), (420, 595))],
    ids=["A4", "Letter", "A5"],
)
def test_margins_of_ten_millimetres_stay_white(paper: PageFormat, points: tuple[int, int]) -> None:
    pdf = opened(factories.planned_day(1, 9), page=paper)
    size = pdf.document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == points
    for page in range(pdf.document.pageCount()):
        image = pdf.image(page, 72)
        margin = int(9.7 / 25.4 * 72)
        width, height = image.width(), image.height()
        dark = [
            (x, y)
            for y in range(height)
            for x in range(width)
            if (x < margin or y < margin or x >= width - margin or y >= height - margin)
            and (image.pixel(x, y) & 0xFF) < 250
        ]
        assert dark == []
        assert any((image.pixel(x, y) & 0xFF) < 128 for y in range(height // 3) for x in range(width))


def test_printed_codes_are_the_codes_module_for_module() -> None:
    state = factories.one_route_day([factories.order(n) for n in range(5)])
    page = lay_out(manifests(state)[0], A4)[0]
    codes = [mark for mark in page.marks if isinstance(mark, Code)]
    assert len(codes) >= 4
    image = opened(state).image(0, 600)
    per_unit = 600 / 2540
    for code in codes:
        wanted = segno.make(code.text, error="l", mask=0, micro=False).matrix
        pitch = code.size / (len(wanted) + 2 * QUIET_ZONE)
        for y, row in enumerate(wanted):
            for x, module in enumerate(row):
                left = (A4.margin + code.x + (x + QUIET_ZONE + 0.5) * pitch) * per_unit
                top = (A4.margin + code.y + (y + QUIET_ZONE + 0.5) * pitch) * per_unit
                assert ((image.pixel(int(left), int(top)) & 0xFF) < 128) == bool(module), (x, y)


def test_the_code_says_where_the_stop_is() -> None:
    state = factories.one_route_day([factories.order(n) for n in range(3)])
    page = lay_out(manifests(state)[0], A4)[0]
    links = [mark.text for mark in page.marks if isinstance(mark, Code)]
    places = [order.location for order in state.day.orders]
    assert links == [navigation_link(place) for place in places if place is not None]


def test_rectangles_of_a_code_cover_exactly_its_dark_modules() -> None:
    text = navigation_link(factories.order(1).location)  # type: ignore[arg-type]
    areas, size = qr_rectangles(text)
    painted = [
        (x, y)
        for area in areas
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    ]
    rows = qr_modules(text)
    dark = {
        (x + QUIET_ZONE, y + QUIET_ZONE)
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    }
    assert len(painted) == len(set(painted))
    assert set(painted) == dark
    assert size == len(rows) + 2 * QUIET_ZONE


def test_the_drawing_asks_for_the_line_of_each_leg() -> None:
    asked = []

    def line(start: object, end: object) -> tuple:
        asked.append((start, end))
        return (start, end)

    manifest_pdf(factories.one_route_day([factories.order(n) for n in range(3)]), line=line)
    assert len(asked) == 4


def test_a_day_without_stops_gives_a_page_that_says_so(tmp_path: Path) -> None:
    state = replace(factories.planned_day(), assignment=None, timetable=None)
    assert write_manifest_pdf(tmp_path / "m.pdf", state) == 1
    assert write_manifest_pdf(tmp_path / "n.pdf", factories.planned_day(), vehicle_keys=["nobody"]) == 1
    if QFontDatabase.families():
        assert "No route has a stop on Monday 23 November 2026" in Opened(
            (tmp_path / "m.pdf").read_bytes()
        ).text(0)


def test_stopping_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "manifests.pdf"
    path.write_bytes(b"old")
    heard: list[tuple[int, int]] = []
    pages = write_manifest_pdf(
        path,
        factories.planned_day(3, 9),
        should_stop=lambda: len(heard) >= 2,
        on_progress=lambda done, total: heard.append((done, total)),
    )
    assert pages == 0
    assert len(heard) == 2
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["manifests.pdf"]
    with pytest.raises(PrintingStopped):
        manifest_pdf(factories.planned_day(), should_stop=lambda: True)


def test_progress_counts_every_page() -> None:
    heard: list[tuple[int, int]] = []
    made = manifest_pdf(
        factories.planned_day(2, 9), on_progress=lambda done, total: heard.append((done, total))
    )
    assert heard == [(number + 1, made.page_count) for number in range(made.page_count)]


def test_a_full_disk_is_an_error_and_the_old_file_stays(tmp_path: Path) -> None:
    """A disk that fills up while the new file is written, by a limit on the size of files."""
    pytest.importorskip("resource")
    path = tmp_path / "manifests.pdf"
    path.write_bytes(b"old")
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.documents import factories\n"
        "from lastmile_desktop.documents.manifest.pdf import write_manifest_pdf\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    write_manifest_pdf(Path(sys.argv[1]), factories.planned_day())\n"
        "except OSError as error:\n"
        "    print('refused', error.errno)\n"
    )
    done = run_python(script, str(path))
    assert done.stdout.startswith("refused"), done.stderr
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["manifests.pdf"]


def run_python(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parents[2])
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**kept, "PYTHONPATH": root, **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_works_in_a_process_without_screen_or_application(tmp_path: Path) -> None:
    path = tmp_path / "m.pdf"
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.documents import factories\n"
        "from lastmile_desktop.documents.manifest.pdf import write_manifest_pdf\n"
        "print(write_manifest_pdf(Path(sys.argv[1]), factories.planned_day(1, 3)))\n"
        "assert not [n for n in sys.modules if 'QtWidgets' in n or 'QtPrintSupport' in n]\n"
    )
    done = run_python(script, str(path))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 2
    assert path.read_bytes().startswith(b"%PDF")


def test_two_threads_may_print_at_once() -> None:
    states = [factories.planned_day(2, 12), factories.planned_day(2, 12)]
    made: list[int] = []
    threads = [
        threading.Thread(target=lambda state=state: made.append(manifest_pdf(state).page_count))
        for state in states
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [manifest_pdf(states[0]).page_count] * 2


@pytest.mark.slow
def test_twenty_drivers_with_thirty_stops_in_seconds() -> None:
    """Three seconds on a quiet machine; four times as long on a busy one."""
    state = factories.big_day()
    started = time.perf_counter()
    made = manifest_pdf(state, line=straight_line)
    assert made.page_count > 60
    assert len(made.content) < 3_000_000
    assert time.perf_counter() - started < 12


def test_a_printer_with_wide_margins_gets_the_same_page_a_little_smaller() -> None:
    reachable = QRectF(5, 5, 200, 274)  # an ink-jet that cannot print the lowest 18 mm of A4
    fit, left, top = fitted(A4, reachable)
    assert 0.9 < fit < 1
    assert reachable.contains(QRectF(left, top, 190 * fit, 277 * fit))
    assert fitted(A4, QRectF(4, 4, 202, 289)) == (1.0, 10.0, 10.0)
