"""Manifests as one PDF file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPdfWriter

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.manifest.mini_map import Ground, LegLine, straight_line
from lastmile_desktop.documents.manifest.page_format import A4, LETTER, PageFormat
from lastmile_desktop.documents.manifest.painter import (
    PrintingStopped,
    lay_out_parts,
    never,
    paint_parts,
    paper_of,
    silent,
)
from lastmile_desktop.model import DayState
from lastmile_desktop.system.atomic import write_bytes

_RESOLUTION_DPI = 1200
_STANDARD_SIZES = {A4.name: QPageSize.PageSizeId.A4, LETTER.name: QPageSize.PageSizeId.Letter}
#: Keeps the application alive that was made for fonts alone.
_own_application: list[QGuiApplication] = []


def write_manifest_pdf(
    path: Path,
    state: DayState,
    *,
    vehicle_keys: Sequence[str] | None = None,
    page: PageFormat = A4,
    line: LegLine = straight_line,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] = silent,
) -> int:
    """Write the manifests to ``path``, whole or not at all; gives the number of pages.

    ``vehicle_keys`` None = every route with a stop in the timetable's order, and last the orders on no
    route; else only these vehicles. A day without any stop gives one page that says so. When ``should_stop``
    says so the file is left as it was and 0 is returned. ``on_progress`` hears (pages drawn, all pages).
    Works on any thread and without a screen. Raises OSError naming the file when it cannot be written.
    """
    try:
        made = manifest_pdf(
            state,
            vehicle_keys=vehicle_keys,
            page=page,
            line=line,
            ground=ground,
            should_stop=should_stop,
            on_progress=on_progress,
        )
    except PrintingStopped:
        return 0
    write_bytes(path, made.content)
    return made.page_count


@dataclass(frozen=True, slots=True)
class ManifestPdf:
    """A PDF in memory; ``parts`` says in page order whose pages follow: (vehicle key or None, pages)."""

    content: bytes
    parts: tuple[tuple[str | None, int], ...]

    @property
    def page_count(self) -> int:
        """Number of all pages."""
        return sum(pages for _, pages in self.parts)


def manifest_pdf(
    state: DayState,
    *,
    vehicle_keys: Sequence[str] | None = None,
    page: PageFormat = A4,
    line: LegLine = straight_line,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] = silent,
) -> ManifestPdf:
    """The PDF in memory, with each driver's pages counted; as `write_manifest_pdf`.

    Raises PrintingStopped when ``should_stop`` says so.
    """
    ensure_fonts()
    content = QByteArray()
    buffer = QBuffer(content)  # in memory: a full disk shows when the file is written, with a proper error
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION_DPI)
    writer.setTitle(f"Manifests {page_text.long_date(state.day.date)}")
    writer.setCreator("Lastmile Desktop")
    writer.setPageLayout(page_layout(page))
    parts = lay_out_parts(
        state,
        paper_of(writer),
        vehicle_keys=vehicle_keys,
        line=line,
        ground=ground,
        should_stop=should_stop,
    )
    paint_parts(writer, parts, should_stop=should_stop, on_progress=on_progress)
    buffer.close()
    return ManifestPdf(bytes(content.data()), tuple((part.vehicle_key, len(part.pages)) for part in parts))


def manifest_pdf_of(
    state: DayState,
    vehicle_keys: Sequence[str] | None,
    page: PageFormat,
    line: LegLine,
    ground: Ground | None,
    on_progress: Callable[[int, int], None] = silent,
) -> ManifestPdf:
    """`manifest_pdf` by position, for a call in another process."""
    return manifest_pdf(
        state, vehicle_keys=vehicle_keys, page=page, line=line, ground=ground, on_progress=on_progress
    )


def page_layout(page: PageFormat) -> QPageLayout:
    """Qt's description of the paper, without margins: the pages bring their own."""
    known = _STANDARD_SIZES.get(page.name)
    size = (
        QPageSize(QSizeF(page.width_mm, page.height_mm), QPageSize.Unit.Millimeter, page.name)
        if known is None
        else QPageSize(known)
    )
    return QPageLayout(
        size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter
    )


def ensure_fonts() -> None:
    """Make sure that text can be measured: without a window the program has no Qt application yet.

    The one made here must stay the only one: a program that goes on to open a window makes its own
    QApplication before it writes documents. On Linux it needs no display.
    """
    existing = QCoreApplication.instance()
    if isinstance(existing, QGuiApplication):
        return
    if existing is not None:
        raise RuntimeError("a QCoreApplication without fonts exists; make a QGuiApplication instead")
    arguments = ["lastmile"]
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        arguments += ["-platform", "offscreen"]
    _own_application.append(QGuiApplication(arguments))
