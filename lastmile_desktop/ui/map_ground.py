"""Which picture is behind the routes: the day's region, the user's own tiles, or an allowed server."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.ui.jobs import Jobs
from lastmile_desktop.ui.session import Change, Notice, Session
from lastmile_desktop.ui.settings_view.settings_memory import SettingsMemory

if TYPE_CHECKING:
    from lastmile_desktop.basemap.sources import TileSource

log = logging.getLogger(__name__)

#: What decides the source: the picture's sort and the file or address that goes with it.
_Choice = tuple[str, str, str]
_NOTHING: _Choice = ("none", "", "")


class MapGround(QObject):
    """Follows the day and the settings. ``changed`` carries the new source of tiles, None for no picture."""

    changed = Signal(object)
    notice = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._choice: _Choice = _NOTHING
        session.changed.connect(self._day_changed)
        session.day_replaced.connect(self.look_again)
        SettingsMemory.of(session).map_changed.connect(self.look_again)
        self.look_again()

    def look_again(self) -> None:
        """Ask the settings what is wanted, and open it when it is not what is shown."""
        choice = self._wanted()
        if choice == self._choice:
            return
        self._choice = choice
        if choice == _NOTHING:
            self.changed.emit(None)
            return
        self._jobs.run(
            lambda _job: open_source(*choice),
            lambda source: self._opened(choice, source),
            lambda error: self._failed(choice, error),
        )

    def _wanted(self) -> _Choice:
        from lastmile_desktop.store.app_settings import MapPicture

        settings = self._session.firm.settings()
        region = self._session.state.day.settings.region
        if settings.map_picture == MapPicture.REGION and region:
            return ("region", region, "")
        if settings.map_picture == MapPicture.FILE and settings.map_file:
            return ("file", settings.map_file, "")
        if settings.map_picture == MapPicture.ONLINE and settings.map_address:
            return ("online", settings.map_address, settings.map_credit)
        return _NOTHING

    def _day_changed(self, change: Change) -> None:
        if change & Change.SETTINGS:
            self.look_again()

    def _opened(self, choice: _Choice, source: TileSource | None) -> None:
        if choice == self._choice:
            self.changed.emit(source)
        elif source is not None:
            source.close()

    def _failed(self, choice: _Choice, error: Exception) -> None:
        if choice != self._choice:
            return
        self.changed.emit(None)
        if getattr(error, "for_dispatcher", False):
            self.notice.emit(Notice(str(error), "warning"))
        else:
            log.error("the map's picture could not be opened: %r", error)
            self.notice.emit(
                Notice("The map's picture could not be opened; the plan is not affected.", "warning")
            )


def open_source(sort: str, place: str, credit: str) -> TileSource | None:
    """Open a source of tiles; blocking. A region without a map gives None; its roads are told elsewhere.

    Raises MapSourceError with a sentence for the dispatcher.
    """
    from lastmile_desktop import __version__
    from lastmile_desktop.basemap.sources import MbTiles, OnlineTiles, RegionTiles
    from lastmile_desktop.regions.errors import RegionError
    from lastmile_desktop.regions.region_file import RegionFile

    if sort == "file":
        return MbTiles(Path(place))
    if sort == "online":
        return OnlineTiles(place, credit, f"LastmileDesktop/{__version__}")
    try:
        region = RegionFile.open(Path(place))
    except RegionError:
        return None  # the plan's own sentence says what is wrong with the file
    return RegionTiles(region.path, region.info.attribution) if region.has("features") else None
