"""What the page has to be told: the whole plan, or only the routes that are not as it has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lastmile_desktop.documents.map_data import LegLine, MapParts
from lastmile_desktop.model import Assignment, Day, Timetable

#: Beyond this a message through the channel would hold up the window; the page fetches the plan instead.
_FETCH_FROM_CHARACTERS = 60_000


@dataclass(frozen=True)
class ShownDay:
    """What somebody wants to see on the map."""

    day: Day
    timetable: Timetable | None
    assignment: Assignment | None
    line: LegLine


@dataclass(frozen=True)
class Update:
    """The texts of one state of the day, and what differs from the state before."""

    whole: bytes
    change: str
    fetch: bool
    nothing: bool


class MapFeed:
    """Turns states of the day into updates. Not thread-safe: one caller at a time."""

    def __init__(self) -> None:
        self._parts = MapParts()

    @property
    def built(self) -> int:
        """How many routes the last update had to build."""
        return self._parts.built

    def update(self, shown: ShownDay) -> Update:
        """Build what changed. Takes 0.1 s for thousands of stops: call it off the GUI thread."""
        before, rest_before = self._parts.routes, self._parts.rest
        self._parts.update(shown.day, shown.timetable, shown.assignment, shown.line)
        after = self._parts.routes
        changed = [text for key, text in after.items() if before.get(key) != text]
        removed = [key for key in before if key not in after]
        rest = self._parts.rest if self._parts.rest != rest_before else "null"
        change = f'{{"routes": [{", ".join(changed)}], "removed": {json.dumps(removed)}, "rest": {rest}}}'
        return Update(
            whole=self._parts.whole.encode("ascii"),
            change=change,
            fetch=len(change) > _FETCH_FROM_CHARACTERS,
            nothing=not changed and not removed and rest == "null",
        )


def message(kind: str, **values: Any) -> str:
    """A message to the page."""
    return json.dumps({"type": kind, **values})


def change_message(change: str, generation: int) -> str:
    """The message with the changed routes; ``change`` is JSON already."""
    return f'{{"type": "change", "generation": {generation}, {change[1:]}'
