"""Start-up and end: what is loaded before the window is seen, the picture for build machines, the log."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QImage

from lastmile_desktop.ui.crash_log import LOG_NAME, CrashLog

HEAVY = (
    "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "folium", "ortools", "pandas", "openpyxl",
    "pyqtgraph", "numpy",
)  # fmt: skip
FIRST_LOOK = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lastmile_desktop.ui import app, main_window
shown = main_window.MainWindow.showEvent
def note(self, event):
    shown(self, event)
    print("loaded:", [name for name in {HEAVY!r} if name in sys.modules], flush=True)
    QTimer.singleShot(200, self.close)
main_window.MainWindow.showEvent = note
raise SystemExit(app.run_window())
"""


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "LASTMILE_HOME": str(home)}


def test_nothing_heavy_is_loaded_before_the_window_is_seen(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FIRST_LOOK],
        capture_output=True, text=True, env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert "loaded: []" in answer.stdout, answer.stderr
    assert answer.returncode == 0, answer.stderr


def test_a_data_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("a file, not a folder", encoding="utf-8")
    code = "from lastmile_desktop.ui.app import run_window; raise SystemExit(run_window())"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, env=environment(in_the_way), timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 3
    assert "cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_surprises_go_to_the_log_and_to_the_person(qapp: object, tmp_path: Path) -> None:
    log = CrashLog(tmp_path)
    told: list[str] = []
    log.surprises.happened.connect(told.append)
    level = logging.getLogger().level
    log.install()
    try:
        try:
            raise ValueError("secret detail")
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        qWarning("a word from Qt")
    finally:
        log.close()
        logging.getLogger().setLevel(level)
    text = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "secret detail" in text
    assert "a word from Qt" in text
    assert len(told) == 1
    assert "secret" not in told[0]


@pytest.mark.slow
def test_a_sheet_is_planned_drawn_and_photographed(tmp_path: Path) -> None:
    from lastmile_desktop.sheets.sample import write_sample_workbook

    sheet = tmp_path / "sample.xlsx"
    write_sample_workbook(sheet)
    code = (
        "import sys; from pathlib import Path; from lastmile_desktop.ui.app import run_window\n"
        "if __name__ == '__main__':\n"
        "    out = Path(sys.argv[2])\n"
        "    raise SystemExit(run_window(Path(sys.argv[1]), quit_when_done=out, plan_seconds=3))\n"
    )
    script = tmp_path / "start.py"
    script.write_text(code, encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, str(script), str(sheet), str(tmp_path / "out")],
        capture_output=True, text=True, env=environment(tmp_path / "home"), timeout=120, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    picture = QImage(str(tmp_path / "out" / "window.png"))
    assert picture.width() >= 1024
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width() // 3, picture.width(), 4)
        for y in range(150, picture.height() // 2, 4)
    }
    assert len(colours) > 12  # routes in their colours, not an empty map
    log = (tmp_path / "home" / "logs" / LOG_NAME).read_text(encoding="utf-8")
    assert "Traceback" not in log


def test_cycles_are_cleared_on_the_gui_thread_only(qapp: object) -> None:
    import gc
    import threading
    import weakref

    from lastmile_desktop.ui.garbage import GuiGarbage

    class Cycle:
        def __init__(self) -> None:
            self.me = self

    garbage = GuiGarbage()
    try:
        gone_on: list[str] = []
        kept = [Cycle() for _ in range(3000)]
        weakref.finalize(kept[0], lambda: gone_on.append(threading.current_thread().name))
        kept.clear()
        worker = threading.Thread(target=lambda: [[] for _ in range(50_000)])
        worker.start()
        worker.join()
        assert gone_on == []  # a worker that makes many objects clears nothing
        garbage.look()
        assert gone_on == [threading.main_thread().name]
    finally:
        garbage.stop()
        gc.disable()
