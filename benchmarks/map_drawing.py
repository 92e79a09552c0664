"""How long the map takes: first draw of 1,000 stops, an update of one route, and the window's longest pause.

Run: python -m benchmarks.map_drawing [routes stops-per-route]. Prints one line for each figure; nothing is
asserted, for times belong to a machine. Limits to hold on an ordinary one: 3,000 ms, 100 ms, 50 ms.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "ui"))

from map_factories import make_day, timed_route

from lastmile_desktop.model import Assignment, Day, Timetable
from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
from lastmile_desktop.ui.map_view.view import MapView
from lastmile_desktop.ui.selection import Selection
from lastmile_desktop.ui.timeline.view import TimelineView

_LIMIT_MS = 60_000
_UPDATES = 20


class Heartbeat:
    """The longest time the GUI thread did not come round."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.longest_ms = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now

    def restart(self) -> None:
        """Forget the longest pause so far."""
        self._last, self.longest_ms = time.perf_counter(), 0.0


def until(signal: object, act: Callable[[], None]) -> float:
    """Milliseconds from ``act`` to ``signal``."""
    loop = QEventLoop()
    signal.connect(loop.quit)  # type: ignore[attr-defined]
    QTimer.singleShot(_LIMIT_MS, loop.quit)
    start = time.perf_counter()
    act()
    loop.exec()
    signal.disconnect(loop.quit)  # type: ignore[attr-defined]
    return (time.perf_counter() - start) * 1000


def pause(ms: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def turned(day: Day, timetable: Timetable, index: int) -> Timetable:
    """The same plan with one route driven the other way round."""
    route = timetable.routes[index]
    orders = [day.order_by_key[key] for key in reversed(route.order_keys)]
    routes = list(timetable.routes)
    routes[index] = timed_route(day.vehicles[index], orders)
    return replace(timetable, routes=tuple(routes))


def measure(routes: int, stops: int) -> None:
    """Measure and print."""
    jobs, selection = Jobs(), Selection()
    view, timeline = MapView(selection, jobs), TimelineView(selection, jobs)
    beat = Heartbeat()
    for widget in (view, timeline):
        widget.resize(1366, 500)
    print(f"page ready            {until(view.ready, view.show):8.0f} ms")
    print(f"  longest pause       {beat.longest_ms:8.0f} ms")
    day, timetable, assignment = make_day(routes=routes, stops=stops, left=10)
    beat.restart()
    first = until(view.drawn, lambda: view.show_day(day, timetable, assignment))
    print(f"first draw, {routes * stops:5d}     {first:8.0f} ms")
    print(f"  longest pause       {beat.longest_ms:8.0f} ms")
    _measure_updates(view, beat, day, timetable, assignment)
    print(f"timeline loaded       {until(timeline.drawn, timeline.show):8.0f} ms")
    start = time.perf_counter()
    timeline.show_day(day, timetable)
    timeline.grab()
    print(f"timeline shown        {(time.perf_counter() - start) * 1000:8.0f} ms")
    start = time.perf_counter()
    timeline.grab()
    print(f"timeline frame        {(time.perf_counter() - start) * 1000:8.0f} ms")
    view.close_page()
    jobs.close()


def _measure_updates(
    view: MapView, beat: Heartbeat, day: Day, timetable: Timetable, assignment: Assignment
) -> None:
    beat.restart()
    times = []
    for at in range(_UPDATES):
        pause(300)  # beyond the four redraws a second that are allowed
        now = turned(day, timetable, at % len(timetable.routes))
        times.append(until(view.drawn, lambda now=now: view.show_day(day, now, assignment)))
    times.sort()
    print(f"one route, median     {times[len(times) // 2]:8.0f} ms")
    print(f"one route, worst      {times[-1]:8.0f} ms")
    print(f"  longest pause       {beat.longest_ms:8.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_web_engine()
    application = QApplication([])
    wanted = [int(text) for text in sys.argv[1:3]]
    measure(*(wanted if len(wanted) == 2 else (20, 50)))
