"""Is the window alive? A 10 ms heartbeat on the GUI thread through a whole day.

    python -m benchmarks.heartbeat [--orders 2000] [--vehicles 22] [--seconds 10] [--trace FILE]

Opens the real window, imports a made-up sheet, plans, draws, shows the other pages and exports everything;
prints one JSON document with the gaps between heartbeats of each phase in milliseconds, and how long each
phase took in seconds. A gap counts from one beat to the next, so 10 is the best there is.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from lastmile_desktop.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

_BEAT_MS = 10
_PATIENCE_S = 120.0
_OVERDUE_S = 0.12
#: Done means done for this long: one piece of work may start the next.
_QUIET_S = 0.3


class Heart:
    """Beats on the GUI thread and writes down every gap, phase by phase."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.phases: dict[str, dict[str, float]] = {}
        self.all_gaps: list[float] = []
        self._gaps: list[float] = []
        self._trace: TextIO | None = None
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def watch(self, path: Path) -> None:
        """From now on write the stacks of all threads to ``path`` whenever a beat is overdue."""
        self._trace = path.open("w", encoding="utf-8")

    def _beat(self) -> None:
        if self._trace is not None:
            faulthandler.dump_traceback_later(_OVERDUE_S, file=self._trace)  # a C thread: needs no lock
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now

    def phase(self, name: str, begin: Callable[[], object], done: Callable[[], bool]) -> None:
        """Run the event loop from ``begin`` until ``done``; keep what the heart did meanwhile."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        quiet_since = 0.0

        def look() -> None:
            nonlocal quiet_since
            now = time.perf_counter()
            quiet_since = (quiet_since or now) if done() else 0.0
            if (quiet_since and now - quiet_since > _QUIET_S) or now - begun > _PATIENCE_S:
                loop.quit()

        poll = QTimer(interval=50)
        poll.timeout.connect(look)
        self._gaps.clear()
        self._last = begun = time.perf_counter()
        begin()
        poll.start()
        loop.exec()
        poll.stop()
        if not quiet_since:
            raise SystemExit(f"{name} did not end within {_PATIENCE_S:.0f} s")
        self.all_gaps += self._gaps
        ranked = sorted(self._gaps)
        self.phases[name] = {
            "seconds": round(quiet_since - begun, 2),
            "beats": len(ranked),
            "median_ms": round(ranked[len(ranked) // 2], 1),
            "p99_ms": round(ranked[int(len(ranked) * 0.99)], 1),
            "longest_ms": round(ranked[-1], 1),
        }


def _plan(heart: Heart, window: MainWindow, seconds: float, idle: Callable[[], bool]) -> float | None:
    """The phase from pressing Plan to the map of the finished plan; gives seconds to the first plan shown."""
    first_plan: list[float] = []
    drawn: list[bool] = []
    pressed = 0.0

    def note_first(_live: object) -> None:
        if not first_plan:
            first_plan.append(round(time.perf_counter() - pressed, 2))

    def press_plan() -> None:
        nonlocal pressed
        pressed = time.perf_counter()
        window.planning.plan(seconds=seconds)

    window.planning.progressed.connect(note_first)
    window.plan_page.map_drawn.connect(lambda: drawn.append(True))
    heart.phase(
        "plan",
        press_plan,
        lambda: window.session.state.timetable is not None and idle() and bool(drawn),
    )
    return first_plan[0] if first_plan else None


def run(
    orders: int, vehicles: int, seconds: float, folder: Path, trace: Path | None = None
) -> dict[str, Any]:
    """One day in the window; gives the figures of every phase."""
    from benchmarks.region_sheet import write_region_sheet
    from lastmile_desktop.store.firm import FirmMemory
    from lastmile_desktop.store.folders import Folders
    from lastmile_desktop.ui import theme
    from lastmile_desktop.ui.app import _application
    from lastmile_desktop.ui.header.header_bar import Step
    from lastmile_desktop.ui.main_window import MainWindow
    from lastmile_desktop.ui.map_view.scheme import prepare_web_engine
    from lastmile_desktop.ui.session import Session

    sheet = folder / "region.xlsx"
    write_region_sheet(sheet, orders, vehicles)
    prepare_web_engine()
    sys.setswitchinterval(0.001)
    application = _application()
    theme.install(application)
    folders = Folders(folder / "home")
    firm = FirmMemory(folders)
    session = Session(firm, folders)
    window = MainWindow(session, folders)
    window.resize(1366, 740)
    heart = Heart()
    if trace is not None:
        heart.watch(trace)

    def idle() -> bool:
        return not (session.busy or window.jobs.busy or window.planning.running)

    heart.phase("start", lambda: (window.show(), window.prepare()), lambda: window.isVisible() and idle())
    heart.phase("import", lambda: window.open_path(sheet), lambda: bool(session.state.day.orders) and idle())
    first_plan_s = _plan(heart, window, seconds, idle)
    key = session.state.day.orders[0].key
    heart.phase("select", lambda: window.selection.select_order(key), idle)
    heart.phase("unassign", lambda: window.actions_.unassign([key]), idle)
    heart.phase("undo", session.undo, idle)
    for step in (Step.ORDERS, Step.FLEET, Step.PRINT, Step.PLAN):
        heart.phase(f"show {step.name.lower()}", lambda step=step: window.go(step), idle)
    out = folder / "out"
    heart.phase(
        "export",
        lambda: window.exports.write_all_to(out),
        lambda: (out / "day.lastmile").exists() and idle(),
    )
    faulthandler.cancel_dump_traceback_later()
    window.close()
    window.finish()
    firm.close()
    ranked = sorted(heart.all_gaps)
    return {
        "orders": orders,
        "planned": session.state.timetable.totals.planned if session.state.timetable else 0,
        "first_plan_s": first_plan_s,
        "beats": len(ranked),
        "p99_gap_ms": round(ranked[int(len(ranked) * 0.99)], 1),
        "longest_gap_ms": round(ranked[-1], 1),
        "phases": heart.phases,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--orders", type=int, default=2000)
    parser.add_argument("--vehicles", type=int, default=22)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--trace", type=Path, help="write the stacks of overdue beats here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(options.orders, options.vehicles, options.seconds, Path(folder), options.trace)
        print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
