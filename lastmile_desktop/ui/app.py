"""Start-up of the window: what must come before the first widget, then the window, then everything heavy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from lastmile_desktop import __version__
from lastmile_desktop.store.folders import Folders, default_folders

if TYPE_CHECKING:
    from lastmile_desktop.ui.main_window import MainWindow

NAME = "Lastmile"
PICTURE_NAME = "window.png"
#: `--quit-when-done` gives up after this time, so that a build machine never hangs.
_GIVE_UP_S = 180
#: The map's pixels reach the window a little after it says that it has drawn.
_SETTLE_MS = 1500


class Application(QApplication):
    """Hears of files that the system wants opened (macOS sends an event, not an argument)."""

    file_wanted = Signal(object)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)


def run_window(
    path: Path | None = None,
    *,
    quit_when_done: Path | None = None,
    plan_seconds: float | None = None,
    folders: Folders | None = None,
) -> int:
    """Open the window on a day file or an order sheet; blocking until it is closed. Gives the exit code.

    With ``quit_when_done`` the day is planned (if it is not yet), the window's picture is saved to that
    folder as window.png, and the program ends. ``plan_seconds`` replaces the day's planning time.
    """
    from lastmile_desktop.ui.map_view.scheme import prepare_web_engine

    prepare_web_engine()
    sys.setswitchinterval(0.001)  # a waiting click gets the interpreter within a millisecond
    application = _application()
    from lastmile_desktop.store.errors import DayFileError
    from lastmile_desktop.store.firm import FirmMemory
    from lastmile_desktop.ui import theme
    from lastmile_desktop.ui.crash_log import CrashLog
    from lastmile_desktop.ui.garbage import GuiGarbage
    from lastmile_desktop.ui.icons import application_icon
    from lastmile_desktop.ui.main_window import MainWindow
    from lastmile_desktop.ui.session import Session

    folders = folders or default_folders()
    try:
        crash_log = CrashLog(folders.logs)
        firm = FirmMemory(folders)
    except (OSError, DayFileError) as error:
        print(f"The data folder {folders.root} cannot be used: {error}", file=sys.stderr)  # noqa: T201
        return 3
    crash_log.install()
    application.setWindowIcon(application_icon())
    theme.install(application, firm.settings().theme.value)
    garbage = GuiGarbage()
    session = Session(firm, folders)
    window = MainWindow(session, folders)
    crash_log.surprises.happened.connect(window.say_surprise)
    application.file_wanted.connect(window.open_path)
    window.show()
    QTimer.singleShot(0, window.prepare)
    if path is not None:
        QTimer.singleShot(0, lambda: window.open_path(path, plan_seconds=plan_seconds))
    watcher = _UntilDone(window, quit_when_done, plan_seconds) if quit_when_done is not None else None
    code = application.exec()
    window.finish()
    firm.close()
    garbage.stop()
    crash_log.close()
    return watcher.code if watcher is not None else code


def _application() -> Application:
    QApplication.setOrganizationName(NAME)
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("lastmile")
    running = QApplication.instance()
    if isinstance(running, Application):
        return running
    return Application(sys.argv[:1])


class _UntilDone(QObject):
    """Waits until the day is planned and the map drawn, takes the picture, and ends the program."""

    def __init__(self, window: MainWindow, folder: Path, plan_seconds: float | None) -> None:
        super().__init__(window)
        self.code = 1
        self._window, self._folder, self._seconds = window, folder, plan_seconds
        self._asked_to_plan = self._drawn = self._done = False
        window.plan_page.map_drawn.connect(self._map_was_drawn)
        self._timer = QTimer(self, interval=200)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        QTimer.singleShot(_GIVE_UP_S * 1000, self, self._give_up)

    def _map_was_drawn(self) -> None:
        self._drawn = True

    def _look(self) -> None:
        window = self._window
        state = window.session.state
        if window.planning.running or window.session.busy or not state.day.orders:
            return
        if state.timetable is None:
            if not self._asked_to_plan:
                self._asked_to_plan = True
                self._drawn = False
                window.planning.plan(seconds=self._seconds)
        elif self._drawn and not self._done:
            self._done = True
            self._timer.stop()
            QTimer.singleShot(_SETTLE_MS, self, self._take_picture)

    def _take_picture(self) -> None:
        page = self._window.plan_page.map
        if page is not None and page.waits_for_tiles:
            QTimer.singleShot(_SETTLE_MS // 3, self, self._take_picture)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        saved = self._window.grab().save(str(self._folder / PICTURE_NAME))
        self.code = 0 if saved else 1
        self._window.close()

    def _give_up(self) -> None:
        if not self._done:
            print("The window did not get to a drawn plan in time.", file=sys.stderr)  # noqa: T201
            self._window.close()
