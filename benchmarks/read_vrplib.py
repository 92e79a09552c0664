"""Files in VRPLIB form (CVRPLIB, and the dialect of PyVRP's instance collection)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances import Instance, InstanceError

Rows = dict[int, list[float]]

#: Sections that do not change the problem.
_IGNORED = {"DISPLAY_DATA", "EDGE_WEIGHT", "DEPOT", "FIXED_EDGES"}
_BY_NODE = {
    "NODE_COORD",
    "DEMAND",
    "LINEHAUL",
    "BACKHAUL",
    "SERVICE_TIME",
    "TIME_WINDOW",
    "RELEASE_TIME",
    "PRIZE",
}
_BY_VEHICLE = {
    "CAPACITY",
    "VEHICLES_DEPOT",
    "VEHICLES_MAX_DURATION",
    "VEHICLES_MAX_DISTANCE",
    "VEHICLES_FIXED_COST",
    "VEHICLES_UNIT_DISTANCE_COST",
    "VEHICLES_RELOAD_DEPOT",
    "VEHICLES_MAX_RELOADS",
    "VEHICLES_ALLOWED_CLIENTS",
}
_KNOWN = _IGNORED | _BY_NODE | _BY_VEHICLE | {"PICKUP_AND_DELIVERY"}
#: Keys that some files write without a colon.
_HEAD_KEYS = {"NAME", "TYPE", "DIMENSION", "CAPACITY", "VEHICLES", "DISTANCE", "EDGE_WEIGHT_TYPE", "COMMENT"}


class _File:
    """Head and sections of a file; keys in capitals."""

    def __init__(self, text: str) -> None:
        self.head: dict[str, str] = {}
        self.words: dict[str, list[list[str]]] = {}
        current: list[list[str]] | None = None
        for line in text.splitlines():
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            first = words[0].rstrip(":").upper()
            if first == "EOF":
                break
            if first.endswith("_SECTION"):
                current = self.words.setdefault(first.removesuffix("_SECTION"), [])
                if len(words) > 1 and words[1] != ":":
                    current.append(words[1:])
            elif ":" in line and not _is_number(first):
                key, _, value = line.partition(":")
                self.head[key.strip().upper()] = value.strip()
            elif first in _HEAD_KEYS and len(words) > 1:
                self.head[first] = line.strip()[len(words[0]) :].strip()
            elif current is not None:
                current.append(words)

    def rows(self, section: str) -> Rows:
        """Numbers of a section's rows by the number that the row begins with."""
        found: Rows = {}
        for words in self.words.get(section, []):
            values = [_number(word, section) for word in words]
            if values[0] == -1 and len(values) == 1:
                continue
            if int(values[0]) in found:
                raise InstanceError(f"{section}_SECTION has number {int(values[0])} twice")
            found[int(values[0])] = values[1:]
        return found

    def number(self, key: str) -> float | None:
        """A number of the head; None where there is none."""
        return _number(self.head[key], key) if key in self.head else None

    def stream(self, section: str) -> list[float]:
        """All numbers of a section, whatever its lines."""
        return [_number(word, section) for words in self.words.get(section, []) for word in words]


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _number(word: str, where: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise InstanceError(f"{where}: {word[:40]!r} is no number") from None
    if not math.isfinite(value):
        raise InstanceError(f"{where}: {word!r} is no finite number")
    return value


def read_vrplib(text: str) -> Instance:
    """Parse a VRPLIB file. Raises InstanceError naming what is not understood."""
    file = _File(text)
    unknown = set(file.words) - _KNOWN
    if unknown:
        raise InstanceError(f"sections not understood: {', '.join(sorted(unknown))}")
    kind = (file.head.get("TYPE", "").split() or ["CVRP"])[0].upper()
    numbers = _node_numbers(file)
    index = {number: node for node, number in enumerate(numbers)}
    depots = _depots(file, index)
    by_node = _NodeValues(file, numbers, depots)
    pairs = _pairs(file, index)
    demand = by_node.column("DEMAND") or by_node.column("LINEHAUL") or pairs.demand or [0.0] * len(numbers)
    service = pairs.service or by_node.times("SERVICE_TIME")
    windows = pairs.windows or by_node.windows()
    fleet = _Fleet(file, index, depots, demand, free=bool(windows or "DISTANCE" in file.head))
    coordinates = file.rows("NODE_COORD")
    instance = Instance(
        name=file.head.get("NAME", "").strip('" '),
        kind=kind,
        xy=[(row[0], row[1]) for number in numbers if len(row := coordinates.get(number, [])) > 1],
        demand=demand,
        capacity=fleet.values("CAPACITY", 1e9),
        vehicle_depot=fleet.depots(),
        depots=depots,
        unit_cost=fleet.values("VEHICLES_UNIT_DISTANCE_COST", 100 if kind == "HFVRP" else 1),
        service=service,
        windows=windows,
        release=by_node.times("RELEASE_TIME"),
        prize=by_node.column("PRIZE"),
        backhaul=by_node.column("BACKHAUL"),
        partner=pairs.partner,
        fixed_cost=fleet.values("VEHICLES_FIXED_COST"),
        max_duration=fleet.values("VEHICLES_MAX_DURATION") or fleet.values("DISTANCE"),
        max_distance=fleet.values("VEHICLES_MAX_DISTANCE"),
        allowed=fleet.node_sets("VEHICLES_ALLOWED_CLIENTS"),
        reload_depots=[tuple(sorted(nodes)) for nodes in fleet.node_sets("VEHICLES_RELOAD_DEPOT")],
        max_reloads=[int(value) for value in fleet.values("VEHICLES_MAX_RELOADS")],
        metric=_metric(file),
        explicit=_matrix(file, len(numbers)),
        number=_solution_numbers(numbers, depots),
    )
    if instance.explicit is None and len(instance.xy) != len(numbers):
        raise InstanceError("NODE_COORD_SECTION does not have two numbers for each node")
    return instance


def _node_numbers(file: _File) -> list[int]:
    """The file's numbers of its nodes, in ascending order."""
    for section in ("NODE_COORD", "DEMAND", "LINEHAUL", "PICKUP_AND_DELIVERY", "TIME_WINDOW"):
        if rows := file.rows(section):
            numbers = sorted(rows)
            break
    else:
        count = file.number("DIMENSION")
        if count is None or count < 1:
            raise InstanceError("the file names no nodes")
        numbers = list(range(1, int(count) + 1))
    wanted = file.number("DIMENSION")
    if wanted is not None and int(wanted) != len(numbers):
        raise InstanceError(f"DIMENSION is {int(wanted)}, but there are {len(numbers)} nodes")
    return numbers


def _depots(file: _File, index: dict[int, int]) -> list[int]:
    depots = [int(value) for value in file.stream("DEPOT") if value != -1]
    if not depots:
        return [0]
    for number in depots:
        if number not in index:
            raise InstanceError(f"DEPOT_SECTION names node {number}, which there is not")
    return sorted({index[number] for number in depots})


def _solution_numbers(numbers: Sequence[int], depots: Sequence[int]) -> list[int]:
    """What solutions call the nodes: counted from 0 with the depots first, as published ones do; in a file
    whose depots stand elsewhere, the file's own numbers."""
    if list(depots) == list(range(len(depots))):
        return list(range(len(numbers)))
    return list(numbers)


class _NodeValues:
    """Sections with one row for each node."""

    def __init__(self, file: _File, numbers: Sequence[int], depots: Sequence[int]) -> None:
        self._file, self._numbers, self._depots = file, numbers, set(depots)

    def column(self, section: str) -> list[float]:
        """One value for each node, empty without the section; a depot may be missing there."""
        rows = self._file.rows(section)
        if not rows:
            return []
        values = []
        for node, number in enumerate(self._numbers):
            row = rows.get(number, [0.0] if node in self._depots else [])
            if len(row) != 1:
                raise InstanceError(f"{section}_SECTION: one value is wanted for node {number}")
            values.append(row[0])
        return values

    def times(self, key: str) -> list[float]:
        """The section, or the head's one value for every customer."""
        common = self._file.number(key)
        if common is None or key in self._file.words:
            return self.column(key)
        return [0.0 if node in self._depots else common for node in range(len(self._numbers))]

    def windows(self) -> list[tuple[float, float]]:
        rows = self._file.rows("TIME_WINDOW")
        if not rows:
            return []
        far = 2 * max((row[1] for row in rows.values() if len(row) == 2), default=0.0) + 1
        found = []
        for number in self._numbers:
            row = rows.get(number, [0.0, far])
            if len(row) != 2:
                raise InstanceError(f"TIME_WINDOW_SECTION: two values are wanted for node {number}")
            found.append((row[0], row[1]))
        return found


class _Pairs:
    """PICKUP_AND_DELIVERY_SECTION: demand, window, service, number of the pickup, number of the delivery."""

    def __init__(self, rows: Rows, index: dict[int, int]) -> None:
        ordered = [rows[number] for number in sorted(rows)]
        if any(len(row) != 6 for row in ordered) or (rows and set(rows) != set(index)):
            raise InstanceError("PICKUP_AND_DELIVERY_SECTION: six values are wanted for each node")
        self.demand = [row[0] for row in ordered]
        self.windows = [(row[1], row[2]) for row in ordered]
        self.service = [row[3] for row in ordered]
        self.partner = {
            index[number]: index[int(row[5])]
            for number, row in rows.items()
            if row[5] > 0 and int(row[5]) in index
        }


def _pairs(file: _File, index: dict[int, int]) -> _Pairs:
    return _Pairs(file.rows("PICKUP_AND_DELIVERY"), index)


class _Fleet:
    """What the file says of its vehicles; where it does not count them, as many as can be of use."""

    def __init__(
        self,
        file: _File,
        index: dict[int, int],
        depots: Sequence[int],
        demand: Sequence[float],
        *,
        free: bool,
    ) -> None:
        self._file, self._index, self._depots = file, index, depots
        given = file.number("VEHICLES")
        rows = [file.rows(section) for section in _BY_VEHICLE if section in file.words]
        listed = max((max(found, default=0) for found in rows), default=0)
        if given is not None:
            self.count = int(given)
        elif listed:
            self.count = listed
        else:
            capacity = file.number("CAPACITY")
            loads = [load for node, load in enumerate(demand) if node not in depots]
            bound = len(loads) if free or not capacity else fleet_bound(loads, capacity)
            self.count = bound * len(depots)
        self._is_counted = given is not None or listed > 0

    def values(self, key: str, default: float | None = None) -> list[float]:
        """One value a vehicle, from the section or the head; empty (or all ``default``) without either."""
        rows = self._file.rows(key)
        if rows:
            missing = [vehicle for vehicle in range(1, self.count + 1) if len(rows.get(vehicle, [])) != 1]
            if missing:
                raise InstanceError(f"{key}_SECTION: one value is wanted for vehicle {missing[0]}")
            return [rows[vehicle][0] for vehicle in range(1, self.count + 1)]
        common = self._file.number(key)
        if common is None:
            common = default
        return [] if common is None else [common] * self.count

    def depots(self) -> list[int]:
        """The depot of each vehicle, as a node."""
        named = [int(number) for number in self.values("VEHICLES_DEPOT")]
        if named:
            for number in named:
                if self._index.get(number) not in self._depots:
                    raise InstanceError(f"VEHICLES_DEPOT_SECTION names {number}, which is no depot")
            return [self._index[number] for number in named]
        if self._is_counted:
            return [self._depots[0]] * self.count
        each = self.count // len(self._depots)
        return [depot for depot in self._depots for _ in range(each)]

    def node_sets(self, key: str) -> list[frozenset[int]]:
        """The nodes named for each vehicle; empty without the section."""
        rows = self._file.rows(key)
        if not rows:
            return []
        return [
            frozenset(
                self._index[int(number)] for number in rows.get(vehicle, []) if int(number) in self._index
            )
            for vehicle in range(1, self.count + 1)
        ]


def fleet_bound(demand: Sequence[float], capacity: float) -> int:
    """A generous number of vehicles of this capacity: a quarter more than the load needs, and twelve; never
    fewer than one simple packing needs, never more than there are customers."""
    free: list[float] = []
    for load in sorted(demand, reverse=True):
        place = next((i for i, room in enumerate(free) if room >= load), None)
        if place is None:
            free.append(capacity - load)
        else:
            free[place] -= load
    return max(1, min(len(demand), max(len(free) + 4, math.ceil(1.25 * sum(demand) / capacity) + 12)))


def _metric(file: _File) -> str:
    kind = file.head.get("EDGE_WEIGHT_TYPE", "").upper() or "EUC_2D"
    if kind != "EXPLICIT" and "EDGE_WEIGHT" in file.words and "NODE_COORD" not in file.words:
        return "EXPLICIT"
    return kind


def _matrix(file: _File, count: int) -> NDArray[np.float64] | None:
    """The file's own distances, None where they follow from coordinates."""
    if _metric(file) != "EXPLICIT":
        return None
    values = np.array(file.stream("EDGE_WEIGHT"), dtype=np.float64)
    form = file.head.get("EDGE_WEIGHT_FORMAT", "").upper()
    if not form:
        form = "FULL_MATRIX" if values.size == count**2 else "LOWER_ROW"
    matrix = np.zeros((count, count))
    if form == "FULL_MATRIX":
        places = tuple(np.indices((count, count)).reshape(2, -1))
    else:
        # A triangle by columns is the other triangle by rows.
        lower = form in ("LOWER_ROW", "LOWER_DIAG_ROW", "UPPER_COL", "UPPER_DIAG_COL")
        if not lower and form not in ("UPPER_ROW", "UPPER_DIAG_ROW", "LOWER_COL", "LOWER_DIAG_COL"):
            raise InstanceError(f"a matrix of format {form} is not understood")
        inner = 0 if "DIAG" in form else 1
        places = np.tril_indices(count, -inner) if lower else np.triu_indices(count, inner)
    if values.size != places[0].size:
        raise InstanceError(f"EDGE_WEIGHT_SECTION has {values.size} numbers, {places[0].size} are wanted")
    matrix[places] = values
    if form != "FULL_MATRIX":
        matrix = np.maximum(matrix, matrix.T)
    np.fill_diagonal(matrix, 0)
    if (matrix < 0).any():
        raise InstanceError("EDGE_WEIGHT_SECTION has a negative distance")
    return matrix
