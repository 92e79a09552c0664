"""The timeline in the window. pyqtgraph is loaded on a worker thread once the window stands."""

from __future__ import annotations

import html
import importlib
import logging
import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollBar, QStackedLayout, QToolTip, QWidget

from lastmile_desktop.model import Day, Timetable, wording
from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.timeline.row_names import RowNames
from lastmile_desktop.ui.timeline.rows import Block, BlockKind, Row, timeline_rows, windows_of

if TYPE_CHECKING:
    from lastmile_desktop.ui.timeline.chart import RoutesItem, TimeAxis, TimeBox

log = logging.getLogger(__name__)

_CLICK_REACH_PX = 4
_NOW_EVERY_MS = 30_000
_NO_VEHICLES = "No vehicle is used today. Tick one under Fleet, and its day appears here."
_NO_CHART = "The timeline cannot be shown on this computer. Everything else works without it."
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Minus: 1.25}
_BUSY_WORDS = {
    BlockKind.DRIVE: "Driving",
    BlockKind.SETUP: "Finding the door",
    BlockKind.WAIT: "Waiting",
    BlockKind.BREAK: "Break",
    BlockKind.RELOAD: "Loading again at the depot",
}


class TimelineView(QWidget):
    """A row for each route: driving, waiting, service, breaks, and lateness in red with a sign.

    A click on a stop or a name selects it everywhere; arrow keys walk along the stops. ``drawn`` is
    emitted when the chart exists and has taken a day.
    """

    drawn = Signal()

    def __init__(self, selection: Selection, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection, self._jobs = selection, jobs
        self._day: Day | None = None
        self._rows: tuple[Row, ...] = ()
        self._started = self._moved_by_hand = False
        self._plot: Any = None
        self._box: TimeBox | None = None
        self._item: RoutesItem | None = None
        self._axis: TimeAxis | None = None
        self._panels = QStackedLayout(self)
        self._panels.setContentsMargins(0, 0, 0, 0)
        self._words = QLabel("The timeline is loading …", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._words, "muted")
        self._panels.addWidget(self._words)
        self._clock = QTimer(self)
        self._clock.setInterval(_NOW_EVERY_MS)
        self._clock.timeout.connect(self._show_now)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline of the routes")
        selection.changed.connect(self._show_selection)
        theme.watcher().changed.connect(self._recolour)

    def show_day(self, day: Day, timetable: Timetable | None) -> None:
        """Show this state of the day. The person's zoom stays, but for another day."""
        if self._day is None or (day.date, day.source_name) != (self._day.date, self._day.source_name):
            self._moved_by_hand = False
        self._day = day
        self._rows = timeline_rows(day, timetable)
        self._refresh()

    def fit(self) -> None:
        """Show the whole day."""
        self._moved_by_hand = False
        self._show_whole_day()

    # ---- the chart, made late

    def showEvent(self, event: QShowEvent) -> None:
        """The first time on the screen, load pyqtgraph."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
            QTimer.singleShot(0, self._load)

    def _load(self) -> None:
        self._jobs.run(lambda _job: importlib.import_module("pyqtgraph"), self._make_chart, self._failed)

    def _failed(self, error: Exception) -> None:
        log.error("the timeline cannot be shown: %r", error)
        self._words.setText(
            "The timeline cannot be shown on this computer. Everything else works without it."
        )

    def _make_chart(self, pg: Any) -> None:
        from lastmile_desktop.ui.timeline.chart import AXIS_HEIGHT_PX, RoutesItem, TimeAxis, TimeBox

        self._axis = TimeAxis("top")
        self._axis.setHeight(AXIS_HEIGHT_PX)
        self._axis.setStyle(tickLength=-4, tickTextOffset=5)
        self._box = TimeBox()
        self._plot = pg.PlotWidget(viewBox=self._box, axisItems={"top": self._axis})
        plot_item = self._plot.getPlotItem()
        plot_item.layout.setContentsMargins(0, 0, 0, 0)
        plot_item.layout.setSpacing(0)
        plot_item.hideButtons()
        plot_item.hideAxis("left")
        plot_item.hideAxis("bottom")
        plot_item.showAxis("top")
        self._plot.setFrameStyle(0)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._item = RoutesItem(self._axis)
        self._box.addItem(self._item)
        self._names = RowNames(AXIS_HEIGHT_PX, self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._panels.addWidget(self._put_together())
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        self._connect()
        self._words.clear()
        self._recolour()
        self._refresh()

    def _put_together(self) -> QWidget:
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self._names, self._plot, self._bar):
            row.addWidget(part)
        return whole

    def _connect(self) -> None:
        assert self._box is not None
        self._names.row_clicked.connect(self._row_was_clicked)
        self._names.scrolled.connect(self._scroll_by)
        self._bar.valueChanged.connect(self._scrolled)
        self._box.clicked.connect(self._was_clicked)
        self._box.scrolled.connect(self._scroll_by)
        self._box.moved_by_hand.connect(self._note_move)
        self._clock.start()

    # ---- drawing

    def _refresh(self) -> None:
        if self._item is None or self._day is None:
            return
        self._words.setText(_NO_VEHICLES)
        self._panels.setCurrentIndex(1 if self._rows else 0)
        self._item.set_rows(self._rows)
        self._names.show_rows(self._rows)
        self._show_now()
        self._fit_rows()
        if not self._moved_by_hand:
            self._show_whole_day()
        self._show_selection()
        self.drawn.emit()

    def _show_whole_day(self) -> None:
        if self._box is not None:
            from lastmile_desktop.ui.timeline.chart import span_s

            start, end = span_s(self._rows)
            self._box.setLimits(xMin=start - 3600, xMax=end + 3600, minXRange=900)
            self._box.setXRange(start, end, padding=0)

    def _fit_rows(self) -> None:
        if self._box is None:
            return
        seen_px = max(self._plot.height() - self._names_top(), 1)
        whole_px = len(self._rows) * theme.ROW_HEIGHT_PX
        self._bar.setRange(0, max(whole_px - seen_px, 0))
        self._bar.setPageStep(seen_px)
        self._bar.setSingleStep(theme.ROW_HEIGHT_PX)
        self._bar.setVisible(whole_px > seen_px)
        self._scrolled(self._bar.value())

    def _names_top(self) -> int:
        from lastmile_desktop.ui.timeline.chart import AXIS_HEIGHT_PX

        return AXIS_HEIGHT_PX

    def _scrolled(self, offset_px: int) -> None:
        if self._box is not None:
            seen_px = max(self._plot.height() - self._names_top(), 1)
            top = offset_px / theme.ROW_HEIGHT_PX
            self._box.setYRange(top, top + seen_px / theme.ROW_HEIGHT_PX, padding=0)
            self._names.scroll_to(offset_px)

    def _scroll_by(self, pixels: int) -> None:
        self._bar.setValue(self._bar.value() + pixels)

    def _note_move(self) -> None:
        self._moved_by_hand = True

    def _show_now(self) -> None:
        if self._item is not None and self._day is not None:
            now = datetime.now()
            is_today = self._day.date == date.today()
            self._item.now_s = now.hour * 3600 + now.minute * 60 + now.second if is_today else None
            self._item.update()

    def _recolour(self) -> None:
        if self._item is None or self._axis is None:
            return
        colours = theme.current()
        self._plot.setBackground(QColor(colours.surface))
        self._axis.setPen(QColor(colours.border))
        self._axis.setTextPen(QColor(colours.text_muted))
        font = theme.tabular_font()
        font.setPixelSize(12)
        self._axis.setTickFont(font)
        self._item.recolour()
        self._names.update()

    def _show_selection(self) -> None:
        if self._item is None or self._day is None:
            return
        order_key, vehicle_key = self._selection.order_key, self._selection.vehicle_key
        row, stop = self._find(order_key)
        if row < 0 and vehicle_key is not None:
            row = next((at for at, one in enumerate(self._rows) if one.vehicle.key == vehicle_key), -1)
        self._item.selected_order = order_key
        self._item.selected_row = row
        self._item.windows = windows_of(self._day, stop) if stop is not None else ()
        self._item.update()
        self._names.set_bold_row(row)

    def _find(self, order_key: str | None) -> tuple[int, Block | None]:
        if order_key is not None:
            for index, row in enumerate(self._rows):
                stop = row.stop_of(order_key)
                if stop is not None:
                    return index, stop
        return -1, None

    # ---- mouse and keys

    def _row_was_clicked(self, row: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._selection.select_vehicle(self._rows[row].vehicle.key)

    def _was_clicked(self, time_s: float, y: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        stop = self._stop_at(time_s, y)
        if stop is not None:
            self._selection.select_order(stop.order_keys[0])
        elif 0 <= y < len(self._rows):
            self._selection.select_vehicle(self._rows[int(y)].vehicle.key)
        else:
            self._selection.clear()

    def _stop_at(self, time_s: float, y: float) -> Block | None:
        if self._box is None or not 0 <= y < len(self._rows):
            return None
        return self._rows[int(y)].stop_at(time_s, _CLICK_REACH_PX * self._box.viewPixelSize()[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tooltips follow the mouse over the chart; the rows follow the chart's height."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._show_tip(event.position(), event.globalPosition().toPoint(), bool(event.buttons()))
        elif event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self._fit_rows)
        return super().eventFilter(watched, event)

    def _show_tip(self, at: QPointF, on_screen: QPoint, is_dragging: bool) -> None:
        if self._box is None or self._item is None or is_dragging:
            return
        place = self._box.mapSceneToView(self._plot.mapToScene(at.toPoint()))
        stop = self._stop_at(place.x(), place.y())
        row = self._rows[int(place.y())] if 0 <= place.y() < len(self._rows) else None
        block = stop or (row.block_at(place.x()) if row is not None else None)
        text = self._tip(row, block) if row is not None and block is not None else ""
        self._plot.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if stop is not None else Qt.CursorShape.ArrowCursor
        )
        QToolTip.showText(on_screen, text, self._plot.viewport())

    def _tip(self, row: Row, block: Block) -> str:
        """What the block is about, as HTML; text from sheets is escaped."""
        assert self._day is not None
        times = f"{wording.clock(block.start_s)}–{wording.clock(block.end_s)}"
        if block.kind is not BlockKind.SERVICE:
            return f"{_BUSY_WORDS[block.kind]} {times} ({wording.duration(block.end_s - block.start_s)})"
        orders = [self._day.order_by_key[key] for key in block.order_keys if key in self._day.order_by_key]
        names = ", ".join(order.name or order.address or order.id for order in orders)
        windows = wording.windows(windows_of(self._day, block)) or "any time"
        lines = [
            f"<b>{html.escape(names)}</b>",
            f"{html.escape(row.vehicle.name)} · Stop {block.number}",
            f"Planned {times}",
            f"Window {windows}",
        ]
        if block.late_s:
            lines.append(f"<b>! {wording.duration(block.late_s)} late</b>")
        return "<br>".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along the stops and rows; + and - zoom, 0 shows the whole day."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._walk(*_STEPS[key])
        elif key in _ZOOMS and self._box is not None:
            self._moved_by_hand = True
            self._box.scaleBy(x=_ZOOMS[key], y=1.0)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _walk(self, rows: int, stops: int) -> None:
        if self._item is None or not self._rows:
            return
        row, stop = self._find(self._selection.order_key)
        if row < 0:
            row = max(self._item.selected_row, 0)
        row = min(max(row + rows, 0), len(self._rows) - 1)
        services = self._rows[row].stops
        if not services:
            self._selection.select_vehicle(self._rows[row].vehicle.key)
        elif stop is None:
            self._selection.select_order(services[0].order_keys[0])
        elif stops:
            at = min(max(services.index(stop) + stops, 0), len(services) - 1)
            self._selection.select_order(services[at].order_keys[0])
        else:
            nearest = min(services, key=lambda one: abs(one.start_s - stop.start_s))
            self._selection.select_order(nearest.order_keys[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many rows as there is room for."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._fit_rows)
