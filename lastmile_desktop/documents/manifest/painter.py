"""The one routine that draws manifests: on a PDF, on a printer, and for the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPainter, QPen

from lastmile_desktop.documents import page_text
from lastmile_desktop.documents.manifest.compose import manifests, not_planned
from lastmile_desktop.documents.manifest.layout import lay_out, lay_out_not_planned, lay_out_nothing
from lastmile_desktop.documents.manifest.map_painter import draw_mini_map
from lastmile_desktop.documents.manifest.mini_map import Ground, LegLine, straight_line
from lastmile_desktop.documents.manifest.page_format import UNITS_PER_INCH, PageFormat
from lastmile_desktop.documents.manifest.qr import qr_rectangles
from lastmile_desktop.documents.manifest.sheet import Box, Code, Mark, Page, Picture, Rule, Text
from lastmile_desktop.model import DayState

_MM_PER_INCH = 25.4


class PrintingStopped(Exception):
    """Somebody asked to stop; what was painted so far is incomplete."""


class PrinterRefused(OSError):
    """The printer or its driver did not take the job or a page of it."""


def never() -> bool:
    """The answer of a caller that never wants to stop."""
    return False


def silent(done: int, total: int) -> None:
    """For callers that do not watch the progress."""


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of one driver; ``vehicle_key`` is None for the orders on no route and for an empty day."""

    vehicle_key: str | None
    pages: list[Page]


def lay_out_parts(
    state: DayState,
    paper: PageFormat,
    *,
    vehicle_keys: Sequence[str] | None = None,
    line: LegLine = straight_line,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = never,
) -> list[Part]:
    """The pages of the chosen drivers (None = all, and last the orders on no route); at least one page.

    Raises PrintingStopped when ``should_stop`` says so between two drivers.
    """
    parts: list[Part] = []
    for manifest in manifests(state, vehicle_keys):
        if should_stop():
            raise PrintingStopped
        parts.append(Part(manifest.vehicle_key, lay_out(manifest, paper, line, ground)))
    left_out = not_planned(state) if vehicle_keys is None else None
    if left_out is not None:
        parts.append(Part(None, lay_out_not_planned(left_out, paper)))
    if parts:
        return parts
    date = state.day.date
    nothing = lay_out_nothing(page_text.long_date(date), page_text.short_date(date), paper)
    return [Part(None, nothing)]


def paint_manifests(
    device: QPagedPaintDevice,
    state: DayState,
    *,
    vehicle_keys: Sequence[str] | None = None,
    line: LegLine = straight_line,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] = silent,
) -> int:
    """Draw the manifests on a QPdfWriter or QPrinter, laid out for the paper it has; gives the pages drawn.

    As `paint_parts`, for the chosen vehicles (None = all). Raises PrintingStopped and PrinterRefused.
    """
    parts = lay_out_parts(
        state,
        paper_of(device),
        vehicle_keys=vehicle_keys,
        line=line,
        ground=ground,
        should_stop=should_stop,
    )
    return paint_parts(device, parts, should_stop=should_stop, on_progress=on_progress)


def paint_parts(
    device: QPagedPaintDevice,
    parts: Sequence[Part],
    *,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] = silent,
) -> int:
    """Draw pages that were laid out for the paper of ``device``; gives their number.

    The device's margins are set to none: the pages bring their own 10 mm. On a printer that cannot print so
    near to the edge the same pages come out a little smaller. Works on any thread. Raises PrintingStopped
    when ``should_stop`` says so, PrinterRefused when the device does not take the job.
    """
    paper, pages = paper_of(device), [page for part in parts for page in part.pages]
    printable = _fill_paper(device)
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterRefused("The printer did not accept the job. Check that it is on and connected.")
    try:
        for index, page in enumerate(pages):
            if should_stop():
                raise PrintingStopped
            if index and not device.newPage():
                raise PrinterRefused(f"The printer stopped before page {index + 1} of {len(pages)}.")
            paint_page(painter, page, paper, printable, device.logicalDpiX())
            on_progress(index + 1, len(pages))
    finally:
        painter.end()
    return len(pages)


def paint_page(
    painter: QPainter, page: Page, paper: PageFormat, printable: QRectF, dots_per_inch: float
) -> None:
    """Draw one page; ``printable`` is what the device can reach of the paper, in millimetres."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    dots_per_mm = dots_per_inch / _MM_PER_INCH
    fit, left, top = fitted(paper, printable)
    painter.translate(left * dots_per_mm, top * dots_per_mm)
    zoom = dots_per_inch / UNITS_PER_INCH * paper.scale * fit
    painter.scale(zoom, zoom)
    for mark in page.marks:
        _draw(painter, mark)
    painter.restore()


def paper_of(device: QPagedPaintDevice) -> PageFormat:
    """The paper that the device is set to, as it lies."""
    layout = device.pageLayout()
    size = layout.fullRect(QPageLayout.Unit.Millimeter).size()
    return PageFormat(layout.pageSize().name(), size.width(), size.height())


def _fill_paper(device: QPagedPaintDevice) -> QRectF:
    """Take the whole paper as canvas, and say which part of it (in mm) the device can reach."""
    layout = device.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    least = layout.minimumMargins()
    whole = layout.fullRect(QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    return QRectF(
        QPointF(least.left(), least.top()),
        QSizeF(whole.width() - least.left() - least.right(), whole.height() - least.top() - least.bottom()),
    )


def fitted(paper: PageFormat, printable: QRectF) -> tuple[float, float, float]:
    """The factor by which the page shrinks to be reached whole, and where its content begins in mm."""
    margin = paper.margin / 100 * paper.scale
    content = QRectF(margin, margin, paper.width_mm - 2 * margin, paper.height_mm - 2 * margin)
    if printable.contains(content):
        return 1.0, content.left(), content.top()
    fit = min(1.0, printable.width() / content.width(), printable.height() / content.height())
    left = min(max(content.left(), printable.left()), printable.right() - content.width() * fit)
    top = min(max(content.top(), printable.top()), printable.bottom() - content.height() * fit)
    return fit, left, top


def _draw(painter: QPainter, mark: Mark) -> None:
    match mark:
        case Text():
            painter.setPen(QColor(mark.colour))
            mark.block.draw(painter, mark.x, mark.y)
        case Rule():
            painter.setPen(
                QPen(QColor(mark.colour), mark.weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            )
            painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
        case Box():
            area = QRectF(mark.x, mark.y, mark.width, mark.height)
            if mark.fill is not None:
                painter.fillRect(area, QColor(mark.fill))
            if mark.stroke is not None:
                painter.setPen(QPen(QColor(mark.stroke), mark.weight))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area)
        case Code():
            _draw_code(painter, mark)
        case Picture():
            painter.save()
            painter.translate(mark.x, mark.y)
            draw_mini_map(painter, mark.map)
            painter.restore()
        case _:
            assert_never(mark)


def _draw_code(painter: QPainter, mark: Code) -> None:
    areas, modules = qr_rectangles(mark.text)
    painter.save()
    painter.translate(mark.x, mark.y)
    painter.scale(mark.size / modules, mark.size / modules)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # grey edges would blur small modules
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#000000"))
    painter.drawRects(list(areas))
    painter.restore()
