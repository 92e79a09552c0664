"""The curve of a plan getting cheaper while the planner searches."""

from __future__ import annotations

import importlib
import logging
import os
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lastmile_desktop.ui import theme
from lastmile_desktop.ui.jobs import Jobs

log = logging.getLogger(__name__)


class CostCurve(QWidget):
    """Cost of the best plan so far over the seconds of the search: a step down is a better plan.

    Costs are in any one unit; ``unit`` names it on the axis, e.g. "EUR". Points may be added before the
    curve is on the screen. The last cost holds until the next point.
    """

    def __init__(self, jobs: Jobs, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._unit = jobs, unit
        self._points: list[tuple[float, float]] = []
        self._plot: Any = None
        self._curve: Any = None
        self._started = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._words = QLabel("Searching for a first plan …", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._words, "muted")
        self._layout.addWidget(self._words)
        self.setMinimumHeight(96)
        self.setAccessibleName("Cost of the plan over time")
        theme.watcher().changed.connect(self._recolour)

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """(seconds since the start, cost) as they were added."""
        return tuple(self._points)

    def add(self, elapsed_s: float, cost: float) -> None:
        """Add the best cost known ``elapsed_s`` seconds after the start."""
        self._points.append((elapsed_s, cost))
        self._draw()

    def clear(self) -> None:
        """Forget all points, before the next search."""
        self._points.clear()
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """The first time on the screen, load pyqtgraph."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
            QTimer.singleShot(0, self._load)

    def _load(self) -> None:
        self._jobs.run(lambda _job: importlib.import_module("pyqtgraph"), self._make_plot, self._failed)

    def _failed(self, error: Exception) -> None:
        log.error("the cost curve cannot be shown: %r", error)
        self._words.setText("The curve cannot be shown on this computer. Planning works without it.")

    def _make_plot(self, pg: Any) -> None:
        self._plot = pg.PlotWidget(enableMenu=False)
        self._plot.setFrameStyle(0)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._plot.getPlotItem()
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.15)
        self._left, self._bottom = item.getAxis("left"), item.getAxis("bottom")
        for axis in (self._left, self._bottom):
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-4, maxTickLevel=0)
        self._curve = self._plot.plot([], [], stepMode="right")
        self._layout.addWidget(self._plot)
        self._recolour()

    def _recolour(self) -> None:
        if self._plot is None:
            return
        colours = theme.current()
        self._plot.setBackground(QColor(colours.surface))
        font = theme.tabular_font()
        font.setPixelSize(11)
        for axis in (self._left, self._bottom):
            axis.setPen(QColor(colours.border))
            axis.setTextPen(QColor(colours.text_muted))
            axis.setTickFont(font)
        style = {"color": colours.text_muted, "font-size": "11px"}
        self._left.setLabel(f"Cost ({self._unit})" if self._unit else "Cost", **style)
        self._bottom.setLabel("Seconds", **style)
        pen = QPen(QColor(colours.accent), 2)
        pen.setCosmetic(True)
        self._curve.setPen(pen)
        self._draw()

    def _draw(self) -> None:
        if self._curve is None:
            return
        self._words.setVisible(not self._points)
        self._plot.setVisible(bool(self._points))
        if self._points:
            times = [point[0] for point in self._points]
            self._curve.setData(times, [point[1] for point in self._points])
            self._plot.setXRange(0, max(times[-1], 1.0), padding=0.02)
