"""Which objects of OpenStreetMap the map shows, as what, and from which zoom on.

The kinds are the map's own words; the painter gives each a colour and a width. What is not named here is not
on the map: a delivery map needs the streets, what one sees from them, and nothing to shop for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A word of the map, and the first zoom at which it is shown."""

    name: str
    min_zoom: int


#: Zoom from which small areas are shown, by their size on the ground: (least square metres, zoom).
_ZOOM_BY_SIZE = ((20_000_000.0, 8), (2_000_000.0, 10), (200_000.0, 12), (20_000.0, 13), (0.0, 14))

_ROADS = {
    "motorway": Kind("motorway", 7),
    "motorway_link": Kind("motorway_link", 11),
    "trunk": Kind("trunk", 8),
    "trunk_link": Kind("trunk_link", 12),
    "primary": Kind("primary", 9),
    "primary_link": Kind("primary", 13),
    "secondary": Kind("secondary", 10),
    "secondary_link": Kind("secondary", 13),
    "tertiary": Kind("tertiary", 11),
    "tertiary_link": Kind("tertiary", 13),
    "unclassified": Kind("street", 12),
    "residential": Kind("street", 13),
    "living_street": Kind("street", 13),
    "road": Kind("street", 13),
    "pedestrian": Kind("pedestrian", 14),
    "service": Kind("service", 15),
    "track": Kind("track", 14),
    "path": Kind("path", 15),
    "footway": Kind("path", 15),
    "cycleway": Kind("path", 15),
    "bridleway": Kind("path", 15),
    "steps": Kind("path", 16),
}
_RAILS = {
    "rail": Kind("rail", 10),
    "light_rail": Kind("tram", 12),
    "tram": Kind("tram", 14),
    "subway": Kind("tram", 13),
}
_WATERWAYS = {"river": Kind("river", 9), "canal": Kind("river", 11), "stream": Kind("stream", 13)}

_AREAS: dict[str, dict[str, str]] = {
    "natural": {"water": "water", "bay": "water", "wood": "wood", "scrub": "scrub", "heath": "scrub",
                "grassland": "grass", "beach": "sand", "sand": "sand", "wetland": "wetland"},
    "landuse": {"forest": "wood", "grass": "grass", "meadow": "grass", "village_green": "grass",
                "recreation_ground": "park", "farmland": "farmland", "farm": "farmland", "orchard": "scrub",
                "vineyard": "scrub", "allotments": "scrub", "residential": "residential",
                "retail": "commercial", "commercial": "commercial",
                "industrial": "industrial", "railway": "industrial",
                "cemetery": "cemetery", "reservoir": "water", "basin": "water", "quarry": "industrial"},
    "leisure": {"park": "park", "garden": "park", "golf_course": "park", "nature_reserve": "wood",
                "pitch": "pitch", "playground": "pitch", "sports_centre": "pitch", "stadium": "pitch",
                "swimming_pool": "water", "common": "grass"},
    "waterway": {"riverbank": "water", "dock": "water"},
    "amenity": {"grave_yard": "cemetery", "school": "school", "university": "school", "college": "school",
                "hospital": "school", "kindergarten": "school", "parking": "parking"},
    "aeroway": {"aerodrome": "industrial", "runway": "parking", "apron": "parking"},
    "highway": {"pedestrian": "pedestrian_area"},
}  # fmt: skip
_AREA_KEYS = ("natural", "waterway", "leisure", "amenity", "landuse", "aeroway", "highway")
_LATE_AREAS = {"parking": 15, "pitch": 15, "pedestrian_area": 15, "school": 14}

_PLACES = {
    "city": Kind("city", 6),
    "town": Kind("town", 9),
    "village": Kind("village", 11),
    "suburb": Kind("suburb", 12),
    "quarter": Kind("suburb", 13),
    "hamlet": Kind("hamlet", 13),
    "neighbourhood": Kind("hamlet", 14),
    "isolated_dwelling": Kind("hamlet", 15),
}


def line_kind(tags: Mapping[str, str]) -> Kind | None:
    """What a way is drawn as, or None. Roads under construction are not there yet."""
    if tags.get("area") == "yes":
        return None
    kind = _ROADS.get(tags.get("highway", ""))
    if kind is not None and kind.name == "service" and tags.get("service") in ("parking_aisle", "driveway"):
        return Kind("service", 16)
    kind = kind or _WATERWAYS.get(tags.get("waterway", ""))
    if kind is None and (rail := _RAILS.get(tags.get("railway", ""))) is not None:
        return Kind(rail.name, 13) if "service" in tags else rail
    return kind


def area_kind(tags: Mapping[str, str], size_m2: float) -> Kind | None:
    """What an area of ``size_m2`` is drawn as, or None."""
    if tags.get("building", "no") != "no":
        return Kind("building", 15 if size_m2 < 1_500 else 14)
    for key in _AREA_KEYS:
        name = _AREAS[key].get(tags.get(key, ""))
        if name is not None:
            by_size = next(zoom for least, zoom in _ZOOM_BY_SIZE if size_m2 >= least)
            return Kind(name, max(by_size, _LATE_AREAS.get(name, 0)))
    return None


def place_kind(tags: Mapping[str, str]) -> Kind | None:
    """What the name of a town or village is written as, or None."""
    return _PLACES.get(tags.get("place", "")) if tags.get("name") else None


def level_of(tags: Mapping[str, str]) -> int:
    """1 for a bridge, -1 for a tunnel, 0 on the ground."""
    if tags.get("tunnel", "no") not in ("no", "") or tags.get("covered") == "yes":
        return -1
    return 1 if tags.get("bridge", "no") not in ("no", "") else 0
