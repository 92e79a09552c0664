"""The addresses of one region file, opened for looking up names, towns, postcodes and house numbers."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.region_file import RegionFile, damaged
from lastmile_desktop.regions.street_names import NAMES_VERSION, plain_words, town_key

_METRES_PER_DEGREE = 111_195.0
_MOST_CANDIDATES = 40
_MOST_NEAR = 20
#: More distinct names than this are not gone through one by one for a mistyped one.
_MOST_SCANNED = 400_000
_USUAL_SHAPES = frozenset(
    ("00000", "0000", "00-000", "0000-000", "0000 AA", "AA0 0AA", "A0 0AA", "A00 0AA", "AA00 0AA", "000 00")
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A street's name as the map has it. ``core`` tells it from others; see ``regions.street_names``."""

    id: int
    name: str
    core: str
    words: tuple[str, ...]
    kind: str
    side: str


@dataclass(frozen=True, slots=True)
class Street:
    """One name in one town; pieces with the same ``group`` lie side by side. Degrees and metres."""

    id: int
    name: str
    group: int
    town_id: int
    postcode: str
    lat: float
    lon: float
    spread_m: int
    houses: int


@dataclass(frozen=True, slots=True)
class House:
    """A house number with its position; ``exact`` False when the map counts it between two others."""

    street: Street
    number: int
    suffix: str
    postcode: str
    exact: bool
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Area:
    """A town or a postcode: its middle, and the distance that nearly all of it lies within."""

    id: int
    name: str
    lat: float
    lon: float
    spread_m: int
    state: str = ""


class AddressIndex:
    """Reads only; one per thread, as SQLite connections are. Close it, or use ``with``."""

    def __init__(self, path: Path) -> None:
        """Open a region file. Raises RegionError when it is none, or holds no addresses of this version."""
        region = RegionFile.open(path)
        region.require("addresses")
        self.path = path
        self._database = region.connect()
        try:
            facts = dict(self._database.execute("SELECT name, value FROM address_fact"))
            tables = {name for (name,) in self._database.execute("SELECT name FROM sqlite_schema")}
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise damaged(path) from error
        if facts.get("names_version") != str(NAMES_VERSION):
            self._database.close()
            raise RegionError(
                f"The addresses of {path.name} were made by another version of this program. "
                "Build the region again from its extract."
            )
        self._has_text_index = "street_text" in tables and self._can_match()

    def __enter__(self) -> AddressIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the use; harmless when closed already."""
        self._database.close()

    # ---- towns and postcodes ----------------------------------------

    @cached_property
    def towns(self) -> dict[int, Area]:
        """Towns by number."""
        rows = self._database.execute("SELECT id, name, lat, lon, spread_m, state FROM town")
        return {row[0]: Area(*row) for row in rows}

    @cached_property
    def town_ids(self) -> dict[str, tuple[int, ...]]:
        """Towns by the comparable forms of their names."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for key, town_id in self._database.execute("SELECT key, town_id FROM town_name"):
            found[key].append(town_id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def postcodes(self) -> dict[str, Area]:
        """Postcodes by their comparable form."""
        rows = self._database.execute("SELECT code, lat, lon, spread_m, coalesce(town_id, 0) FROM postcode")
        return {
            postcode_key(code): Area(town_id, code, lat, lon, spread)
            for code, lat, lon, spread, town_id in rows
        }

    @cached_property
    def postcode_shapes(self) -> frozenset[str]:
        """How postcodes look here: "00000", "00-000", "0000 AA"; where the map has none, as anywhere."""
        return frozenset(shape(area.name.upper()) for area in self.postcodes.values()) or _USUAL_SHAPES

    @cached_property
    def states(self) -> frozenset[str]:
        """The states that the region's towns lie in, lower case; empty where maps name none."""
        return frozenset(area.state.casefold() for area in self.towns.values() if area.state)

    def towns_called(self, text: str) -> list[Area]:
        """The towns of that name, however it is spelt."""
        return [self.towns[number] for number in self.town_ids.get(town_key(text), ())]

    # ---- streets ----------------------------------------

    def names_with_core(self, core: str) -> list[KnownName]:
        """The names whose distinctive letters are these."""
        return self._names("WHERE core = ?", core)

    def names_beginning(self, core: str, most: int = 60) -> list[KnownName]:
        """Names that begin so, the shortest first."""
        return self._names(
            "WHERE core >= ? AND core < ? ORDER BY length(core), core LIMIT ?", core, core + "\uffff", most
        )

    def names_like(self, core: str) -> list[KnownName]:
        """Names that share pieces of three letters with ``core``, those that share the rarest first."""
        pieces = sorted({core[i : i + 3] for i in range(len(core) - 2)})
        if not pieces:
            return []
        if self._has_text_index:
            query = " OR ".join(f'"{piece}"' for piece in pieces)
            rows = self._database.execute(
                "SELECT rowid FROM street_text WHERE street_text MATCH ? ORDER BY rank LIMIT ?",
                (query, _MOST_CANDIDATES),
            )
            return self.names_by_id(row[0] for row in rows)
        escaped = [piece.replace("\\", "").replace("%", "").replace("_", "") for piece in pieces[:60]]
        shared = " + ".join("(core LIKE ?)" for _ in escaped)
        return self._names(
            f"WHERE {shared} > 0 ORDER BY {shared} DESC LIMIT ?",
            *(f"%{piece}%" for piece in escaped * 2),
            _MOST_CANDIDATES,
        )

    def names_by_id(self, ids: Iterable[int]) -> list[KnownName]:
        """Names by number, in this order."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        known = {name.id: name for name in self._names(f"WHERE id IN ({marks})", *wanted)}
        return [known[number] for number in wanted if number in known]

    def names_near(self, core: str, most: int) -> list[KnownName]:
        """Names with at most ``most`` wrong signs, the nearest first; none if there are too many to try."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near: list[tuple[int, int]] = []
        for length in range(max(1, len(core) - most), len(core) + most + 1):
            texts, ids = self._cores.get(length, ((), ()))
            found = process.extract(core, texts, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEAR)
            near += [(int(distance), ids[place]) for _, distance, place in found]
        return self.names_by_id(number for _, number in sorted(near)[:_MOST_NEAR])

    @cached_property
    def _cores(self) -> dict[int, tuple[tuple[str, ...], tuple[int, ...]]]:
        """All distinctive letters with the names' numbers, by length: to be gone through in C, not in SQL."""
        count = self._database.execute("SELECT count(*) FROM street_name").fetchone()[0]
        if count > _MOST_SCANNED:
            return {}
        by_length: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for core, number in self._database.execute("SELECT core, id FROM street_name"):
            by_length[len(core)].append((core, number))
        return {
            length: (tuple(core for core, _ in pairs), tuple(number for _, number in pairs))
            for length, pairs in by_length.items()
        }

    def streets_named(self, names: Sequence[KnownName]) -> list[tuple[KnownName, Street]]:
        """The streets of these names; a second name gives the streets of the first."""
        by_id = {name.id: name for name in names}
        marks = ",".join("?" * len(by_id))
        rows = self._database.execute(
            "SELECT n.id, s.id, m.name, s.grp, coalesce(s.town_id, 0), s.postcode, s.lat, s.lon, s.spread_m, "
            "s.houses FROM street_name n JOIN street s ON s.name_id IN (n.id, n.same_as) "
            f"JOIN street_name m ON m.id = s.name_id WHERE n.id IN ({marks})",
            list(by_id),
        )
        return [(by_id[row[0]], Street(*row[1:])) for row in rows]

    def houses(self, streets: Sequence[Street], low: int, high: int) -> list[House]:
        """The houses of these streets with numbers from ``low`` to ``high``."""
        by_id = {street.id: street for street in streets}
        marks = ",".join("?" * len(by_id))
        rows = self._database.execute(
            "SELECT street_id, number, suffix, postcode, exact, lat, lon FROM house "
            f"WHERE street_id IN ({marks}) AND number BETWEEN ? AND ? ORDER BY number, suffix",
            [*by_id, low, high],
        )
        return [House(by_id[row[0]], row[1], row[2], row[3], bool(row[4]), row[5], row[6]) for row in rows]

    def _names(self, where: str, *values: object) -> list[KnownName]:
        rows = self._database.execute(
            f"SELECT id, name, core, words, kind, side FROM street_name {where}", values
        )
        return [KnownName(row[0], row[1], row[2], tuple(row[3].split()), row[4], row[5]) for row in rows]

    def _can_match(self) -> bool:
        """Whether this SQLite has the full-text search that the file was written with."""
        try:
            self._database.execute("SELECT rowid FROM street_text WHERE street_text MATCH '\"abc\"' LIMIT 1")
        except sqlite3.OperationalError:
            return False
        return True


def postcode_key(text: str) -> str:
    """A postcode for comparing: letters and digits only; of ZIP+4 the first five."""
    plain = "".join(plain_words(text)).upper()
    return plain[:5] if re.fullmatch(r"\d{9}", plain) else plain


def shape(text: str) -> str:
    """Digits as 0, letters as A: how a code looks."""
    return "".join("0" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in text)


def metres_between(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Distance on a flat map; good enough within a region."""
    wide = (lon_1 - lon_2) * math.cos(math.radians((lat_1 + lat_2) / 2))
    return math.hypot(lat_1 - lat_2, wide) * _METRES_PER_DEGREE
