"""What a way's tags say about driving on it: access, direction, class, limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from lastmile_desktop.regions.road_codes import ROAD_CLASSES, StreetFlag

_CLASS_CODE = {name: code for code, name in enumerate(ROAD_CLASSES)}

#: The most specific key decides.
_ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
_CLOSED = frozenset(
    ("no", "agricultural", "forestry", "agricultural;forestry", "emergency", "psv", "bus", "foot", "bicycle")
)
_DESTINATION = frozenset(("destination", "delivery", "customers", "private", "permit", "residents"))
_BYWAYS = frozenset(("driveway", "alley", "parking_aisle", "drive-through", "drive-thru", "parking"))

#: A barrier closes a road to cars unless it is one of these, or says otherwise.
_OPEN_BARRIERS = frozenset(
    {
        *("gate", "lift_gate", "swing_gate", "sliding_gate", "entrance", "cattle_grid", "toll_booth"),
        *("border_control", "sally_port", "no", "height_restrictor", "arch", "kerb"),
    }
)

_MPH_KMH = 1.609344
#: Limits by a word or by a country's rule ("DE:urban", "RO:rural"); km/h.
_WORD_LIMITS = {"none": 130, "walk": 7, "urban": 50, "rural": 90, "motorway": 120, "living_street": 10}

#: What a surface or its state allows at most, km/h.
_SURFACE_CAPS = {
    "cement": 80, "compacted": 80, "fine_gravel": 80, "paving_stones": 60, "metal": 60, "bricks": 60,
    "grass": 40, "wood": 40, "sett": 40, "grass_paver": 40, "gravel": 40, "unpaved": 40, "ground": 40,
    "dirt": 40, "pebblestone": 40, "cobblestone": 30, "clay": 30, "earth": 20, "stone": 20, "rocky": 20,
    "sand": 20, "mud": 10,
}  # fmt: skip
_SMOOTHNESS_CAPS = {"intermediate": 80, "bad": 40, "very_bad": 20, "horrible": 10, "very_horrible": 5}

_NUMBER = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(mph|km/h|kmh|kph|knots)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d+)(?::(\d+))?$")


class Tags(Protocol):
    """What osmium's tag list and a plain dict have in common."""

    def get(self, key: str, default: str) -> str:
        """The value of a key."""
        ...


@dataclass(frozen=True, slots=True)
class RoadFacts:
    """One way as a road. Limits and ``cap_kmh`` in km/h, 0 = not known; ``duration_s`` of ferries."""

    road_class: int
    flags: int
    limit_forward_kmh: int = 0
    limit_backward_kmh: int = 0
    cap_kmh: int = 0
    duration_s: int = 0
    name: str = ""


def road_facts(tags: Tags) -> RoadFacts | None:
    """The way as a road for cars and vans, None when it is none."""
    kind = tags.get("highway", "")
    if not kind and tags.get("route", "") == "ferry":
        return _ferry(tags)
    code = _CLASS_CODE.get(kind)
    if code is None or kind == "ferry" or tags.get("area", "") == "yes":
        return None
    access = _access(tags)
    if (
        access in _CLOSED
        or tags.get("impassable", "") == "yes"
        or tags.get("service", "") == "emergency_access"
    ):
        return None
    flags = _direction(kind, tags)
    if not flags:
        return None
    if access in _DESTINATION:
        if kind == "service" and access == "private":
            return None  # somebody's driveway: the driver stops at the street
        flags |= StreetFlag.RESTRICTED
    if tags.get("service", "") in _BYWAYS:
        flags |= StreetFlag.BYWAY
    if tags.get("junction", "") in ("roundabout", "circular"):
        flags |= StreetFlag.ROUNDABOUT
    if tags.get("hgv", "") in _CLOSED or any(
        tags.get(key, "") for key in ("maxweight", "maxheight", "maxwidth")
    ):
        flags |= StreetFlag.HEAVY_LIMIT
    both = limit_kmh(tags.get("maxspeed", ""))
    return RoadFacts(
        code,
        int(flags),
        limit_kmh(tags.get("maxspeed:forward", "")) or both,
        limit_kmh(tags.get("maxspeed:backward", "")) or both,
        _cap(tags),
        name=tags.get("name", "") or tags.get("ref", ""),
    )


def limit_kmh(text: str) -> int:
    """A speed limit as typed in the map, km/h; of several the first; 0 when it says nothing."""
    first = text.split(";")[0].strip()
    found = _NUMBER.match(first)
    if found is None:
        return _WORD_LIMITS.get(first.rpartition(":")[2].lower(), 0)
    value = float(found.group(1).replace(",", "."))
    unit = (found.group(2) or "").lower()
    factor = _MPH_KMH if unit == "mph" else 1.852 if unit == "knots" else 1.0
    return min(round(value * factor), 250)


def closes_road(tags: Tags) -> bool:
    """Whether a barrier on the road keeps cars from passing."""
    barrier = tags.get("barrier", "")
    if not barrier:
        return False
    access = _access(tags)
    if access:
        return access in _CLOSED
    return barrier not in _OPEN_BARRIERS and tags.get("bollard", "") != "rising"


def _access(tags: Tags) -> str:
    return next((value for key in _ACCESS_KEYS if (value := tags.get(key, ""))), "")


def _direction(kind: str, tags: Tags) -> StreetFlag:
    both = StreetFlag.FORWARD | StreetFlag.BACKWARD
    oneway = tags.get("oneway:motor_vehicle", "") or tags.get("oneway", "")
    if oneway in ("yes", "1", "true"):
        return StreetFlag.FORWARD
    if oneway in ("-1", "reverse"):
        return StreetFlag.BACKWARD
    if oneway in ("reversible", "alternating"):
        return StreetFlag(0) if oneway == "reversible" else both
    implied = kind == "motorway" or tags.get("junction", "") in ("roundabout", "circular")
    return StreetFlag.FORWARD if not oneway and implied else both


def _cap(tags: Tags) -> int:
    caps = (
        _SURFACE_CAPS.get(tags.get("surface", ""), 0),
        _SMOOTHNESS_CAPS.get(tags.get("smoothness", ""), 0),
    )
    return min((cap for cap in caps if cap), default=0)


def _ferry(tags: Tags) -> RoadFacts | None:
    access = _access(tags)
    if access in _CLOSED:
        return None
    flags = StreetFlag.FORWARD | StreetFlag.FERRY
    if tags.get("oneway", "") not in ("yes", "1", "true"):
        flags |= StreetFlag.BACKWARD
    found = _CLOCK.match(tags.get("duration", "").strip())
    duration_s = 0
    if found is not None:
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        duration_s = hours * 3600 + minutes * 60 + seconds
    return RoadFacts(_CLASS_CODE["ferry"], int(flags), duration_s=duration_s, name=tags.get("name", ""))
