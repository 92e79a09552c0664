"""Searches of one region on a thread of their own, so that typing never waits for one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from lastmile_desktop.addresses.index import AddressIndex


class Searcher(QObject):
    """Gives candidates for a text; only the answer to the last question is announced."""

    answered = Signal(object, str)
    """The candidates, and a sentence when the region could not be asked."""
    _told = Signal(int, object, str)

    def __init__(self, region: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._region = region
        self._index: AddressIndex | None = None
        self._asked = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="addresses")
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def ask(self, text: str) -> None:
        """Look for ``text``; `answered` follows unless another question comes first."""
        self._asked += 1
        self._thread.submit(self._look, self._asked, text)

    def close(self) -> None:
        """End the searches; blocking for as long as one takes."""
        self._asked += 1
        self._thread.submit(self._close_index)
        self._thread.shutdown(wait=True)

    # ---- on the thread ------------------------------------------------------------------------------

    def _look(self, number: int, text: str) -> None:
        from lastmile_desktop.addresses.index import AddressIndex
        from lastmile_desktop.addresses.suggest import suggest
        from lastmile_desktop.regions.errors import RegionError

        if number != self._asked:
            return  # more was typed meanwhile
        try:
            if self._index is None:
                self._index = AddressIndex(Path(self._region))
            self._told.emit(number, suggest(text, self._index), "")
        except RegionError as error:
            self._told.emit(number, (), str(error))

    def _close_index(self) -> None:
        if self._index is not None:
            self._index.close()

    # ---- on the window's thread ---------------------------------------------------------------------

    def _hear(self, number: int, candidates: object, trouble: str) -> None:
        if number == self._asked:
            self.answered.emit(candidates, trouble)
