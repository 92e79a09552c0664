"""What every pass over an extract gets and gives; roads, addresses and map features are one pass each.

Each pass creates and fills tables of its own and nobody else's, so that the file's parts can be read,
checked and replaced on their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lastmile_desktop.regions.service_area import ServiceArea

#: Called now and then with the share of the pass that is done (0 to 1).
#: Raises BuildCancelled when the user said stop.
Report = Callable[[float], None]


class BuildCancelled(Exception):
    """The user stopped the build; the unfinished file is removed."""


@dataclass(frozen=True, slots=True)
class Source:
    """The extract (``.osm.pbf``), sorted, and the part of it to keep (None: all of it).

    ``scratch`` is a folder for what a pass must put aside, None: the system's own. Whoever runs the passes
    empties it, also when they are killed.
    """

    path: Path
    area: ServiceArea | None
    scratch: Path | None = None


class Pass(Protocol):
    """One subject of the region file. Stateless: all state lives in the database."""

    name: str

    def run(self, source: Source, database: sqlite3.Connection, report: Report) -> dict[str, int]:
        """Create and fill this pass's tables; counts of what was found, for ``lastmile region info``.

        Memory stays under some 20 MB per MB of extract. Raises BuildCancelled through ``report``.
        """
        ...
