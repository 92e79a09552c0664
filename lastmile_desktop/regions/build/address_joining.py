"""From single houses and pieces of roads to streets, towns and postcodes."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lastmile_desktop.regions.build import address_tables
from lastmile_desktop.regions.build.outlines import REACH_M, TownFinder
from lastmile_desktop.regions.street_names import town_key

_METRES_PER_DEGREE = 111_195.0
#: Pieces of one name that lie in neighbouring cells of this size are one street.
_CELL_M = 300.0
#: Streets between two reports of progress.
_PER_REPORT = 500

Cell = tuple[int, int]


@dataclass(slots=True)
class _House:
    number: int
    suffix: str
    town: str
    postcode: str
    state: str
    exact: int
    lat: float
    lon: float


@dataclass(slots=True)
class _Spot:
    """A point of a street: of a house (index into the street's houses) or of a road (-1)."""

    lat: float
    lon: float
    postcode: str
    house: int = -1
    town: int = 0


@dataclass(slots=True)
class _Gathered:
    """Positions that belong to one town or postcode."""

    lats: array[float] = field(default_factory=lambda: array("d"))
    lons: array[float] = field(default_factory=lambda: array("d"))
    towns: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)

    def add(self, lat: float, lon: float) -> None:
        self.lats.append(lat)
        self.lons.append(lon)

    def middle(self) -> tuple[float, float]:
        """The median, which single wrong tags do not move."""
        return sorted(self.lats)[len(self.lats) // 2], sorted(self.lons)[len(self.lons) // 2]

    def spread_m(self, lat: float, lon: float) -> int:
        """The distance within which 19 of 20 lie."""
        distances = sorted(
            _metres(lat, lon, other_lat, other_lon)
            for other_lat, other_lon in zip(self.lats, self.lons, strict=True)
        )
        return round(distances[int(0.95 * (len(distances) - 1))]) if distances else 0


class _Towns:
    """Numbers for the towns, as the addresses name them and as the map has them."""

    def __init__(self, finder: TownFinder) -> None:
        self._finder = finder
        self._ids: dict[str, int] = {}
        self.names: list[str] = []
        self.gathered: list[_Gathered] = []
        self._of_text: dict[str, int] = {}

    def id_of(self, text: str) -> int:
        """The number of a town by its name, 0 for none."""
        if text not in self._of_text:
            key = town_key(text)
            if key and key not in self._ids:
                self.names.append(" ".join(text.split()))
                self.gathered.append(_Gathered())
                self._ids[key] = len(self.names)
            self._of_text[text] = self._ids.get(key, 0)
        return self._of_text[text]

    def id_at(self, lat: float, lon: float) -> int:
        """The number of the town at a position, 0 where none is near."""
        return self.id_of(self._finder.town_at(lat, lon))

    def write(self, database: sqlite3.Connection) -> int:
        """Fill the tables of towns; how many there are."""
        places: dict[int, tuple[str, float, float]] = {}
        for name, kind, lat, lon in self._finder.places:
            places.setdefault(self.id_of(name), (kind, lat, lon))
        names = {(town_key(name), number) for number, name in enumerate(self.names, start=1)}
        for name, others in self._finder.other_names.items():
            number = self.id_of(name)
            if number <= len(self.names) and number:
                names.update((town_key(other), number) for other in others)
        rows = []
        for number, (name, gathered) in enumerate(zip(self.names, self.gathered, strict=True), start=1):
            kind, lat, lon = places.get(number, ("", 0.0, 0.0))
            if not kind and not len(gathered.lats):
                continue
            lat, lon = gathered.middle() if len(gathered.lats) else (lat, lon)
            spread = max(gathered.spread_m(lat, lon), REACH_M.get(kind, 1500 if kind else 0))
            state = gathered.states.most_common(1)[0][0] if gathered.states else ""
            rows.append((number, name, kind, state, lat, lon, spread, len(gathered.lats)))
        database.executemany("INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        known = {row[0] for row in rows}
        database.executemany(
            "INSERT OR IGNORE INTO town_name VALUES (?, ?)",
            sorted((key, number) for key, number in names if key and number in known),
        )
        return len(rows)


def join_addresses(
    database: sqlite3.Connection,
    finder: TownFinder,
    outlined: list[tuple[str, float, float, int]],
    report: Callable[[float], None],
) -> dict[str, int]:
    """Fill all tables from the staging ones; counts of what is in them.

    ``outlined`` are the postcodes that the map draws: code, latitude and longitude of the middle, metres.
    """
    towns = _Towns(finder)
    postcodes: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    streets = houses = groups = 0
    total = database.execute("SELECT count(*) FROM street_name").fetchone()[0]
    for name_id, found, spots in _by_name(database):
        if name_id % _PER_REPORT == 0:
            report(name_id / (total + 1))
        for group in _side_by_side(spots):
            groups += 1
            _give_towns(group, found, towns)
            for spot in group:
                _gather(spot, found, towns, postcodes)
            for town, members in _per_town(group):
                streets += 1
                houses += _write_street(database, streets, name_id, groups, town, members, found)
    counts = {
        "houses": houses,
        "streets": streets,
        "towns": towns.write(database),
        "postcodes": _write_postcodes(database, postcodes, outlined),
    }
    address_tables.index(database)
    database.executemany(
        "INSERT INTO address_fact VALUES (?, ?)", [(key, str(count)) for key, count in counts.items()]
    )
    database.execute("DROP TABLE found_house")
    database.execute("DROP TABLE found_road")
    report(1.0)
    return counts


def _by_name(database: sqlite3.Connection) -> Iterator[tuple[int, list[_House], list[_Spot]]]:
    """Houses and points of each street's name, one name after the other."""
    houses = database.execute("SELECT * FROM found_house ORDER BY name_id, rowid")
    roads = database.execute("SELECT * FROM found_road ORDER BY name_id, rowid")
    by_house = groupby(houses, key=lambda row: row[0])
    by_road = groupby(roads, key=lambda row: row[0])
    house_name, house_rows = next(by_house, (None, None))
    road_name, road_rows = next(by_road, (None, None))
    while house_name is not None or road_name is not None:
        name_id = min(name for name in (house_name, road_name) if name is not None)
        found: list[_House] = []
        spots: list[_Spot] = []
        if house_name == name_id:
            found = [_House(*row[1:]) for row in house_rows or ()]
            spots = [_Spot(house.lat, house.lon, house.postcode, i) for i, house in enumerate(found)]
            house_name, house_rows = next(by_house, (None, None))
        if road_name == name_id:
            for _, postcode, lats, lons in road_rows or ():
                pairs = zip(array("d", lats), array("d", lons), strict=True)
                spots += [_Spot(lat, lon, postcode) for lat, lon in pairs]
            road_name, road_rows = next(by_road, (None, None))
        yield name_id, found, spots


def _cell(spot: _Spot, wide: float) -> Cell:
    return (
        math.floor(spot.lat * _METRES_PER_DEGREE / _CELL_M),
        math.floor(spot.lon * _METRES_PER_DEGREE * wide / _CELL_M),
    )


def _side_by_side(spots: list[_Spot]) -> list[list[_Spot]]:
    """The points in groups that hang together, so that two streets of one name stay two."""
    # One width of a degree for all points of a name, so that cells side by side stay side by side.
    wide = max(0.05, math.cos(math.radians(spots[0].lat)))
    cells: defaultdict[Cell, list[_Spot]] = defaultdict(list)
    for spot in spots:
        cells[_cell(spot, wide)].append(spot)
    groups = []
    while cells:
        start = next(iter(cells))
        group, waiting = cells.pop(start), [start]
        while waiting:
            row, column = waiting.pop()
            for near in [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
                if near in cells:
                    group += cells.pop(near)
                    waiting.append(near)
        groups.append(group)
    return groups


def _give_towns(group: list[_Spot], found: list[_House], towns: _Towns) -> None:
    """Each point's town: what its address says, else what the houses around it say, else where it lies."""
    wide = max(0.05, math.cos(math.radians(group[0].lat)))
    near: defaultdict[Cell, Counter[int]] = defaultdict(Counter)
    for spot in group:
        if spot.house >= 0 and found[spot.house].town:
            spot.town = towns.id_of(found[spot.house].town)
            near[_cell(spot, wide)][spot.town] += 1
    for spot in group:
        if spot.town:
            continue
        row, column = _cell(spot, wide)
        around: Counter[int] = Counter()
        for cell in [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)] if near else ():
            around += near.get(cell, Counter())
        spot.town = around.most_common(1)[0][0] if around else towns.id_at(spot.lat, spot.lon)


def _gather(spot: _Spot, found: list[_House], towns: _Towns, postcodes: dict[str, _Gathered]) -> None:
    if spot.postcode:
        postcodes[spot.postcode].add(spot.lat, spot.lon)
        postcodes[spot.postcode].towns[spot.town] += 1
    if spot.town and spot.house >= 0:
        gathered = towns.gathered[spot.town - 1]
        gathered.add(spot.lat, spot.lon)
        if found[spot.house].state:
            gathered.states[found[spot.house].state] += 1


def _per_town(group: list[_Spot]) -> Iterator[tuple[int, list[_Spot]]]:
    members: defaultdict[int, list[_Spot]] = defaultdict(list)
    for spot in group:
        members[spot.town].append(spot)
    yield from members.items()


def _write_street(
    database: sqlite3.Connection,
    street_id: int,
    name_id: int,
    group: int,
    town: int,
    spots: list[_Spot],
    found: list[_House],
) -> int:
    """One row of ``street`` and its houses; how many houses."""
    on_road = [spot for spot in spots if spot.house < 0] or spots
    mean_lat = math.fsum(spot.lat for spot in on_road) / len(on_road)
    mean_lon = math.fsum(spot.lon for spot in on_road) / len(on_road)
    middle = min(on_road, key=lambda spot: _metres(mean_lat, mean_lon, spot.lat, spot.lon))
    spread = max(_metres(middle.lat, middle.lon, spot.lat, spot.lon) for spot in spots)
    codes = Counter(spot.postcode for spot in spots if spot.postcode)
    members = [found[spot.house] for spot in spots if spot.house >= 0]
    database.execute(
        "INSERT INTO street VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            street_id,
            name_id,
            group,
            town or None,
            codes.most_common(1)[0][0] if codes else "",
            middle.lat,
            middle.lon,
            round(spread),
            len(members),
        ),
    )
    database.executemany(
        "INSERT INTO house VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (street_id, house.number, house.suffix, house.postcode, house.exact, house.lat, house.lon)
            for house in members
        ],
    )
    return len(members)


def _write_postcodes(
    database: sqlite3.Connection,
    postcodes: dict[str, _Gathered],
    outlined: list[tuple[str, float, float, int]],
) -> int:
    rows: dict[str, tuple[object, ...]] = {}
    for code, gathered in postcodes.items():
        lat, lon = gathered.middle()
        town = gathered.towns.most_common(1)[0][0]
        rows[code] = (code, town or None, lat, lon, gathered.spread_m(lat, lon), len(gathered.lats))
    for code, lat, lon, radius in outlined:
        if code not in rows:
            rows[code] = (code, None, lat, lon, radius, 0)
    database.executemany("INSERT INTO postcode VALUES (?, ?, ?, ?, ?, ?)", rows.values())
    return len(rows)


def _metres(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Distance on a flat map; good enough within a town."""
    wide = (lon_1 - lon_2) * math.cos(math.radians(lat_1))
    return math.hypot(lat_1 - lat_2, wide) * _METRES_PER_DEGREE
