"""Positions on the earth and the places where vehicles start and end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A position in decimal degrees, WGS84.

    Raises ValueError when a coordinate lies outside the earth's range or is not a number.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90.0 <= self.lat <= 90.0:
            raise ValueError(f"latitude {self.lat} is not between -90 and 90")
        if not -180.0 <= self.lon <= 180.0:
            raise ValueError(f"longitude {self.lon} is not between -180 and 180")


@dataclass(frozen=True, slots=True)
class Depot:
    """A place where vehicles may start or end: the warehouse, a shop, a driver's home.

    ``key`` is unique within a day; ``opens_s``/``closes_s`` bound departures and returns
    (seconds after midnight, None = no bound).
    """

    key: str
    name: str
    location: Location | None = None
    address: str = ""
    opens_s: int | None = None
    closes_s: int | None = None
