"""Academic instances as they stand in their files, and the conventions that distances are rounded by."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: The convention of each kind's published solutions.
DEFAULT_ROUNDING = {
    "CVRP": "euclid",
    "VRPB": "euclid",
    "VRPTW": "dimacs",
    "PCVRPTW": "dimacs",
    "MTVRPTWR": "dimacs",
    "MDVRPTW": "scaled",
    "SDVRPTW": "scaled",
    "PDPTW": "scaled",
    "HFVRP": "exact",
    "PARCELS": "euclid",
}
ROUNDINGS = ("euclid", "dimacs", "scaled", "exact")
_FACTORS = {"euclid": 1, "dimacs": 10, "scaled": 1000, "exact": 1}
#: Prices of the mixed-fleet set are hundredths in its files.
_HUNDREDTHS = ("HFVRP",)
_EARTH_RADIUS_M = 6_371_000
#: Roads are this much longer than the line through the air (the convention of the parcel set).
_DETOUR = 1.4


class InstanceError(ValueError):
    """The file cannot be read as an instance; the text says why."""


@dataclass
class Instance:
    """A file's content. Nodes are 0-based rows of the file, depots among them; ``number[node]`` is what a
    customer is called in a solution.

    ``explicit`` is a matrix of distances, where the file has one; ``metric`` else says how coordinates
    become distances. Lists that are empty do not apply: ``service``, ``windows``, ``release`` (when the goods
    reach the depot), ``prize`` (for serving an optional customer), ``backhaul`` (amount to bring back). Times
    and amounts are the file's own. ``partner`` leads from a pickup to its delivery. For each vehicle:
    ``capacity``, ``vehicle_depot``, ``unit_cost``, and where they apply ``fixed_cost``, ``max_duration``,
    ``max_distance``, ``allowed`` (nodes it may visit), ``reload_depots``, ``max_reloads``.
    """

    name: str
    kind: str
    xy: list[tuple[float, float]]
    demand: list[float]
    capacity: list[float]
    vehicle_depot: list[int]
    depots: list[int]
    unit_cost: list[float]
    service: list[float] = field(default_factory=list)
    windows: list[tuple[float, float]] = field(default_factory=list)
    release: list[float] = field(default_factory=list)
    prize: list[float] = field(default_factory=list)
    backhaul: list[float] = field(default_factory=list)
    partner: dict[int, int] = field(default_factory=dict)
    fixed_cost: list[float] = field(default_factory=list)
    max_duration: list[float] = field(default_factory=list)
    max_distance: list[float] = field(default_factory=list)
    allowed: list[frozenset[int]] = field(default_factory=list)
    reload_depots: list[tuple[int, ...]] = field(default_factory=list)
    max_reloads: list[int] = field(default_factory=list)
    metric: str = "EUC_2D"
    explicit: NDArray[np.float64] | None = None
    number: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.number = self.number or list(range(len(self.demand)))
        self.node_of = {number: node for node, number in enumerate(self.number)}

    @property
    def customers(self) -> list[int]:
        """Nodes that are no depots, in the file's order."""
        depots = set(self.depots)
        return [node for node in range(len(self.demand)) if node not in depots]

    @property
    def is_timed(self) -> bool:
        """Time plays a role: somebody has a window, a release time or a longest duration."""
        return bool(self.windows or self.max_duration or any(self.release))

    @property
    def is_mixed(self) -> bool:
        """Vehicles differ, so that it matters which one drives a route."""
        vehicles = {self.vehicle_kind(vehicle) for vehicle in range(len(self.capacity))}
        return len(vehicles) > 1

    @property
    def default_rounding(self) -> str:
        """The convention of this kind's published solutions; for kinds never seen by what the file holds."""
        if self.kind in DEFAULT_ROUNDING:
            return DEFAULT_ROUNDING[self.kind]
        if len(self.depots) > 1 or self.partner:
            return "scaled"
        return "dimacs" if self.windows else "euclid"

    def vehicle_kind(self, vehicle: int) -> tuple[object, ...]:
        """Everything about a vehicle but its number."""
        lists = (
            self.capacity,
            self.vehicle_depot,
            self.unit_cost,
            self.fixed_cost,
            self.max_duration,
            self.max_distance,
            self.allowed,
            self.reload_depots,
            self.max_reloads,
        )
        return tuple(values[vehicle] if values else None for values in lists)

    def is_optional(self, node: int) -> bool:
        """A customer that pays for being served may be left out; one without a price must be served."""
        return bool(self.prize) and self.prize[node] > 0


def exact_distances(instance: Instance) -> NDArray[np.float64]:
    """Distances before rounding, float64 (nodes, nodes). Raises InstanceError for a metric never heard of."""
    if instance.explicit is not None:
        return instance.explicit
    x, y = np.array(instance.xy, dtype=np.float64).reshape(-1, 2).T
    across, up = np.abs(x[:, None] - x), np.abs(y[:, None] - y)
    straight: NDArray[np.float64] = np.sqrt(across**2 + up**2)
    if instance.metric == "EUC_2D":
        return straight
    if instance.metric == "CEIL_2D":
        return np.ceil(straight)
    if instance.metric == "FLOOR_2D":
        return np.floor(straight)
    if instance.metric == "MAN_2D":
        return across + up
    if instance.metric == "MAX_2D":
        longest: NDArray[np.float64] = np.maximum(across, up)
        return longest
    if instance.metric == "ATT":
        scaled: NDArray[np.float64] = np.ceil(np.sqrt((across**2 + up**2) / 10))
        return scaled
    if instance.metric == "GEO":
        return _tsplib_geo(x, y)
    if instance.metric == "ROAD":
        return _DETOUR * _great_circle_m(x, y)
    raise InstanceError(f"distances of type {instance.metric} are not understood")


def _great_circle_m(lng: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Haversine distances in metres between points in degrees."""
    lng, lat = np.radians(lng), np.radians(lat)
    part = np.sin((lat[:, None] - lat) / 2) ** 2
    part += np.cos(lat[:, None]) * np.cos(lat) * np.sin((lng[:, None] - lng) / 2) ** 2
    metres: NDArray[np.float64] = 2 * _EARTH_RADIUS_M * np.arcsin(np.sqrt(part))
    return metres


def _tsplib_geo(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """TSPLIB's GEO: coordinates are degrees.minutes, distances whole kilometres."""

    def radians(values: NDArray[np.float64]) -> NDArray[np.float64]:
        degrees = np.trunc(values)
        turned: NDArray[np.float64] = 3.141592 * (degrees + 5 * (values - degrees) / 3) / 180
        return turned

    latitude, longitude = radians(x), radians(y)
    q1 = np.cos(longitude[:, None] - longitude)
    q2 = np.cos(latitude[:, None] - latitude)
    q3 = np.cos(latitude[:, None] + latitude)
    inside = np.clip(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1, 1)
    kilometres: NDArray[np.float64] = np.trunc(6378.388 * np.arccos(inside) + 1)
    np.fill_diagonal(kilometres, 0)
    return kilometres


def leg_lengths(instance: Instance, rounding: str) -> NDArray[np.float64]:
    """Distances in the convention asked for; whole numbers (as float64) unless that is ``exact``."""
    exact = exact_distances(instance)
    if rounding == "euclid":
        return np.floor(exact + 0.5)
    if rounding == "dimacs":
        return np.floor(10 * exact)
    if rounding == "scaled":
        return np.rint(1000 * exact)
    return exact


def time_value(value: float, rounding: str) -> float:
    """A time of the file in the convention's unit."""
    if rounding == "dimacs":
        return float(np.floor(10 * value))
    return float(np.rint(1000 * value)) if rounding == "scaled" else value


def price_value(instance: Instance, value: float, rounding: str) -> float:
    """A fixed cost or prize of the file in the unit of the objective."""
    return value * _FACTORS[rounding] / (100 if instance.kind in _HUNDREDTHS else 1)


def cost_per_length(instance: Instance, vehicle: int) -> float:
    """What one unit of length costs with this vehicle."""
    return instance.unit_cost[vehicle] / (100 if instance.kind in _HUNDREDTHS else 1)
