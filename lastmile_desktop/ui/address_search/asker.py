"""The address service that the settings name, asked on a worker and only when a person presses the button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.addresses.online import OnlineError, OnlineSearch, OnlineService
from lastmile_desktop.addresses.search import Candidate
from lastmile_desktop.store.app_settings import AddressService, AppSettings
from lastmile_desktop.ui.jobs import Job, Jobs

_CACHE = "addresses-online.json"
#: One search for each service, so that all its windows together keep to a request a second.
_searches: dict[tuple[OnlineService, Path], OnlineSearch] = {}


def service_of(settings: AppSettings) -> OnlineService | None:
    """The service that may be asked; None while asking online is off or nothing is named."""
    if settings.online_addresses is AddressService.PUBLIC:
        return OnlineService("", settings.online_contact)
    if settings.online_addresses is AddressService.OWN and settings.online_server:
        return OnlineService(settings.online_server, settings.online_contact)
    return None


class OnlineAsker(QObject):
    """Asks for one line at a time; `answered` carries candidates, and a sentence when there was trouble."""

    answered = Signal(object, str)

    def __init__(
        self, service: OnlineService, folder: Path, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._service, self._cache, self._jobs = service, folder / _CACHE, jobs
        self._asked = 0

    def ask(self, line: str) -> None:
        """Ask the service on a worker; only the answer to the last question is announced."""
        self.stop()
        number = self._asked

        def work(_job: Job) -> tuple[Candidate, ...]:
            key = (self._service, self._cache)
            if key not in _searches:
                _searches[key] = OnlineSearch(self._service, self._cache)
            return _searches[key].find(line)

        def tell(found: tuple[Candidate, ...], trouble: str) -> None:
            if number == self._asked:
                self.answered.emit(found, trouble)

        def done(found: tuple[Candidate, ...]) -> None:
            tell(found, "" if found else "The address service does not know this address.")

        def failed(error: Exception) -> None:
            known = isinstance(error, OnlineError)
            tell((), str(error) if known else "The address service could not be asked.")

        self._jobs.run(work, done, failed)

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        self._asked += 1
