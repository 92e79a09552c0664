"""The region file: one SQLite database with the roads, addresses and map of a firm's area.

Everything in it comes from an extract and can be made again: it never holds the only copy of anything. It
is opened read-only, by any number of threads and processes at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.service_area import ServiceArea

#: "LMRG" in the database header, so that a region is told from a day file or any other database.
APPLICATION_ID = 0x4C4D5247

#: Raised whenever a pass changes its tables so that older programs would misread them.
FORMAT_VERSION = 1

ATTRIBUTION = "© OpenStreetMap contributors, Open Database License (ODbL)"

#: The name of a pass -> what the dispatcher calls it.
PART_WORDS: Mapping[str, str] = {"roads": "roads", "addresses": "addresses", "features": "map"}

_HEADER = b"SQLite format 3\x00"
_BUILD_AGAIN = "Build it again from its extract."


@dataclass(frozen=True)
class RegionInfo:
    """What a region file says of itself.

    ``made`` and ``source_time`` are texts in ISO 8601 ("" = unknown); ``area`` is what was cut out of the
    extract (None: all of it). ``counts`` are each pass's figures by the pass's name: a pass that is not in
    it was not run. ``bounds`` is the box of what is really inside, None when it is empty.
    """

    name: str
    made: str
    source_name: str
    source_time: str
    area: ServiceArea | None
    bounds: ServiceArea | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    attribution: str = ATTRIBUTION

    @property
    def source(self) -> str:
        """The contract's word for road times from this region."""
        return f"region:{self.name}"


@dataclass(frozen=True)
class RegionFile:
    """A region file that was found sound when it was opened."""

    path: Path
    info: RegionInfo

    @classmethod
    def open(cls, path: Path) -> RegionFile:
        """Check a file and read what it says of itself. Raises RegionError with one sentence.

        Cheap: header, version, length and description. Damage further inside shows when it is read; readers
        turn ``sqlite3.DatabaseError`` into ``damaged(path)``.
        """
        _check_header(path)
        try:
            with_database = connect(path)
        except sqlite3.Error as error:
            raise damaged(path) from error
        try:
            return cls(path, _checked_info(path, with_database))
        except sqlite3.DatabaseError as error:
            raise damaged(path) from error
        finally:
            with_database.close()

    def connect(self) -> sqlite3.Connection:
        """A read-only connection of the caller's own; one for each thread. Raises RegionError."""
        try:
            return connect(self.path)
        except sqlite3.Error as error:
            raise damaged(self.path) from error

    def has(self, part: str) -> bool:
        """Whether the pass of that name was run when the region was built."""
        return part in self.info.counts

    def require(self, part: str) -> None:
        """Raise RegionError, in words, when the region was built without that pass."""
        if not self.has(part):
            raise RegionError(
                f"The region {self.path.name} has no {PART_WORDS.get(part, part)} inside. {_BUILD_AGAIN}"
            )

    @property
    def fingerprint(self) -> tuple[int, int]:
        """Changes whenever the file is replaced: its size and the moment of its last change."""
        facts = self.path.stat()
        return facts.st_size, facts.st_mtime_ns


def connect(path: Path) -> sqlite3.Connection:
    """Open a region read-only; no file is created or changed beside it. Raises sqlite3.Error."""
    # immutable: a region is only ever replaced whole, so that it can lie on a read-only medium.
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)


def damaged(path: Path) -> RegionError:
    """The sentence for a file that began well and cannot be read further."""
    return RegionError(f"The region file {path.name} is damaged. {_BUILD_AGAIN}")


def write_info(database: sqlite3.Connection, info: RegionInfo) -> None:
    """Stamp a database as a complete region. The last step of a build: without it, it is no region."""
    database.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    rows = {
        "name": info.name,
        "made": info.made,
        "source_name": info.source_name,
        "source_time": info.source_time,
        "area": _box_text(info.area),
        "bounds": _box_text(info.bounds),
        "counts": json.dumps(info.counts),
        "attribution": info.attribution,
    }
    database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows.items())
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
    database.commit()


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
            length = path.stat().st_size
    except FileNotFoundError as error:
        raise RegionError(f"The region file {path} is not there any more.") from error
    except OSError as error:
        raise RegionError(f"The region file {path} cannot be read: {error.strerror or error}.") from error
    if len(header) < 100 or not header.startswith(_HEADER):
        raise RegionError(f"{path.name} is not a region file. {_extract_hint(path)}")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise RegionError(f"{path.name} is not a region file. {_extract_hint(path)}")
    page = int.from_bytes(header[16:18])
    expected = (65536 if page == 1 else page) * int.from_bytes(header[28:32])
    if length < expected:
        raise RegionError(
            f"The region file {path.name} is cut off: it was not copied to its end. Copy it again."
        )
    version = int.from_bytes(header[60:64])
    if version > FORMAT_VERSION:
        raise RegionError(
            f"The region {path.name} was built by a newer version of this program. "
            "Update the program, or build the region again with this one."
        )
    if version < FORMAT_VERSION:
        raise RegionError(f"The region {path.name} was built by an older version. {_BUILD_AGAIN}")


def _extract_hint(path: Path) -> str:
    if path.name.lower().endswith((".pbf", ".osm", ".osm.bz2", ".osm.gz")):
        return "It looks like an extract: build a region from it first."
    return "Choose a file that was made with Build a region."


def _checked_info(path: Path, database: sqlite3.Connection) -> RegionInfo:
    rows = dict(database.execute("SELECT key, value FROM meta"))
    try:
        return RegionInfo(
            name=rows["name"],
            made=rows["made"],
            source_name=rows["source_name"],
            source_time=rows["source_time"],
            area=_box(rows["area"]),
            bounds=_box(rows["bounds"]),
            counts=json.loads(rows["counts"]),
            attribution=rows["attribution"],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(path) from error


def _box_text(area: ServiceArea | None) -> str:
    return "" if area is None else f"{area.south!r},{area.west!r},{area.north!r},{area.east!r}"


def _box(text: str) -> ServiceArea | None:
    if not text:
        return None
    south, west, north, east = (float(part) for part in text.split(","))
    return ServiceArea(south, west, north, east)
