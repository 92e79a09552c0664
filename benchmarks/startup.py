"""How long until the window is on the screen, warm, as a whole process.

    python -m benchmarks.startup [--runs 7]

Starts the program in a process of its own that ends as soon as its window has been painted, and beside it
a bare Qt window, in turn; prints one JSON document with the medians in seconds and their ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("bare")
label.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, app.quit))
app.exec()
"""
_OURS = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from lastmile_desktop.ui import app, main_window
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: QApplication.instance().quit())
        return False
painted = Painted()
prepare = main_window.MainWindow.showEvent
def shown(self, event):
    self.installEventFilter(painted)
    prepare(self, event)
main_window.MainWindow.showEvent = shown
main_window.MainWindow.prepare = lambda self: None
sys.exit(app.run_window(None))
"""


def _seconds(code: str, home: str) -> float:
    environment = {**os.environ, "LASTMILE_HOME": home}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, stderr=subprocess.DEVNULL, timeout=60
    )
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        _seconds(_OURS, home)  # warms the file cache and the byte code
        pairs = [(_seconds(_OURS, home), _seconds(_BARE, home)) for _ in range(runs)]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(own / plain for own, plain in pairs)
    figures = {"runs": runs, "window_s": ours, "bare_qt_s": bare, "ratio": ratio}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
