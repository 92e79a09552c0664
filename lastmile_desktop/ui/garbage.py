"""Reference cycles are cleared on the GUI thread only.

Python clears them on whatever thread happens to allocate next. A cycle with a widget or another Qt object
would then be destroyed on a worker while Qt still uses it on the GUI thread: a crash without a traceback.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 1000


class GuiGarbage(QObject):
    """Switches Python's own collector off and does its work from a timer of the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._settled = False
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                self._settle(generation)
                return

    def _settle(self, generation: int) -> None:
        """After the first full round, what the start has loaded is never looked at again: shorter rounds."""
        if generation == 2 and not self._settled:
            self._settled = True
            gc.freeze()

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
