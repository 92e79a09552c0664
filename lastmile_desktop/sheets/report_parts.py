"""A report on its way from the reader child, in parts: taking 20,000 orders apart at once stops the window.

Unpickling holds Python's lock, so one message of that size would keep the window still for a tenth of a
second and more; between parts it goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lastmile_desktop.model import ImportReport

_PART = 500


@dataclass(frozen=True, slots=True)
class ReportPart:
    """Some of the items of one of the report's long lists."""

    name: str
    items: tuple[Any, ...]


def in_parts(report: ImportReport) -> Iterator[ReportPart | ImportReport]:
    """The long lists in parts, then the rest of the report, which ends it."""
    for name in ("orders", "problems"):
        items = getattr(report, name)
        for start in range(0, len(items), _PART):
            yield ReportPart(name, items[start : start + _PART])
    yield replace(report, orders=(), problems=())


@dataclass
class PartsTogether:
    """Puts what arrives together again."""

    _items: dict[str, list[Any]] = field(default_factory=lambda: {"orders": [], "problems": []})

    def add(self, part: ReportPart) -> None:
        """One more part."""
        self._items[part.name].extend(part.items)

    def whole(self, last: ImportReport) -> ImportReport:
        """The report as it was sent."""
        return replace(last, orders=tuple(self._items["orders"]), problems=tuple(self._items["problems"]))
