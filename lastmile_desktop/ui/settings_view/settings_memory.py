"""Keeps for new days what was changed in the settings, also when the change is undone later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from lastmile_desktop.model import DayState
from lastmile_desktop.ui.session import Change, Session


class SettingsMemory(QObject):
    """Lives as long as the session: the dialog may be closed before a change is taken or undone.

    ``map_changed``: what is behind the routes was chosen anew and is kept.
    """

    map_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._names: set[str] = set()
        session.changed.connect(self._take)
        session.day_replaced.connect(self._names.clear)

    @classmethod
    def of(cls, session: Session) -> SettingsMemory:
        """The one memory of a session."""
        known = session.findChild(cls)
        return known if isinstance(known, cls) else cls(session)

    def follow(self, names: Collection[str]) -> None:
        """From now on keep these fields of the day's settings for new days, whenever they change."""
        self._names.update(names)

    def keep_theme(self, choice: str) -> None:
        """Keep "system", "light" or "dark" for the next start."""
        from lastmile_desktop.store.app_settings import Theme

        firm = self._session.firm

        def work(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), theme=Theme(choice)))
            return state

        self._session.do("Remember the appearance", work)

    def keep_cluster(self, address: str) -> None:
        """Keep which cluster helps with large days, "" for none."""
        firm = self._session.firm

        def work(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), cluster_address=address))
            return state

        self._session.do("Remember the cluster", work)

    def keep_day_parts(self, text: str) -> None:
        """Keep what morning, afternoon and evening mean in sheets, "" for the usual."""
        firm = self._session.firm

        def work(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), day_parts=text))
            return state

        self._session.do("Remember the parts of the day", work)

    def keep_map(self, values: Mapping[str, str]) -> None:
        """Keep what is behind the routes: "map_picture" and what goes with it, by the settings' names."""
        from lastmile_desktop.store.app_settings import MapPicture

        firm = self._session.firm
        wanted: dict[str, Any] = {**values, "map_picture": MapPicture(values["map_picture"])}

        def work(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), **wanted))
            return state

        self._session.do("Remember the map", work, self.map_changed.emit)

    def keep_online(self, values: Mapping[str, str]) -> None:
        """Keep who is asked for addresses online: "online_addresses" and what goes with it."""
        from lastmile_desktop.store.app_settings import AddressService

        firm = self._session.firm
        wanted: dict[str, Any] = {**values, "online_addresses": AddressService(values["online_addresses"])}

        def work(state: DayState) -> DayState:
            firm.save_settings(replace(firm.settings(), **wanted))
            return state

        self._session.do("Remember the address service", work)

    def _take(self, change: Change) -> None:
        if not change & Change.SETTINGS or not self._names:
            return
        firm, names = self._session.firm, tuple(self._names)

        def work(state: DayState) -> DayState:
            of_day = {name: getattr(state.day.settings, name) for name in names}
            firm.save_settings(replace(firm.settings(), **of_day))  # what others keep there stays
            return state

        self._session.do("Remember the settings", work)
