"""The region dialog's sentences, and what is typed there as an area."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.model import Day, Location, wording
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError
from lastmile_desktop.regions.region_file import PART_WORDS, RegionFile
from lastmile_desktop.regions.service_area import ServiceArea

WHERE_FROM = (
    "A region is made from an extract of OpenStreetMap: a file that ends in .osm.pbf, which map services "
    "offer free of charge for countries, states and cities. Download it on any computer and bring it here; "
    "this program fetches nothing by itself, and the finished region needs no network."
)
NO_REGION = "No region is chosen: driving times are straight-line estimates."

DEPOT_AND_ORDERS, DEPOT, BOX, WHOLE = "depot_and_orders", "depot", "box", "whole"
AREAS = (
    (DEPOT_AND_ORDERS, "Around the depot and today's orders"),
    (DEPOT, "Around the depot"),
    (BOX, "A box, drawn or in degrees"),
    (WHOLE, "All of the extract"),
)


def chosen_area(kind: str, reach_km: float, box: str, day: Day) -> ServiceArea | None:
    """The service area, None for the whole extract. Raises NotUnderstoodError with what to do."""
    if kind == WHOLE:
        return None
    if kind == BOX:
        return _box(box)
    places = [depot.location for depot in day.depots if depot.location is not None]
    if not places:
        raise NotUnderstoodError("No depot has a position yet: set it in Fleet, or draw a box.")
    if kind == DEPOT_AND_ORDERS:
        places += [order.location for order in day.orders if order.location is not None]
    return ServiceArea.around(places, reach_km * 1000)


def _box(text: str) -> ServiceArea:
    try:
        south, west, north, east = (float(part) for part in text.replace(";", ",").split(","))
        corners = Location(south, west), Location(north, east)
    except ValueError as error:
        raise NotUnderstoodError(
            "Draw a box on the map, or write four numbers: south, west, north, east, in degrees."
        ) from error
    if corners[0].lat >= corners[1].lat or corners[0].lon >= corners[1].lon:
        raise NotUnderstoodError("South must be less than north, and west less than east.")
    return ServiceArea(south, west, north, east)


def box_text(area: ServiceArea) -> str:
    """A box as it is typed; ten metres are fine enough."""
    return ", ".join(f"{number:.4f}" for number in (area.south, area.west, area.north, area.east))


def region_lines(region: RegionFile) -> str:
    """What a region holds, in a few lines."""
    info = region.info
    made = f"made {info.made[:10]} from {info.source_name}"
    lines = [f"{info.name}, {made}"]
    roads = info.counts.get("roads")
    if roads:
        lines.append(
            f"Roads: {roads.get('km', 0):,} km, {wording.count(roads.get('junctions', 0), 'junction')}"
        )
        islands = roads.get("streets_on_islands", 0)
        if islands:
            count = wording.count(islands, "street")
            lines.append(f"{count} without a known link to the rest: access there is estimated")
    addresses = info.counts.get("addresses")
    if addresses:
        houses, streets = addresses.get("houses", 0), addresses.get("streets", 0)
        lines.append(f"Addresses: {wording.count(houses, 'house')}, {wording.count(streets, 'street')}")
    missing = [word for part, word in PART_WORDS.items() if part not in info.counts]
    if missing:
        lines.append(f"Not in it: {', '.join(missing)}")
    if info.bounds is not None:
        box = info.bounds
        lines.append(f"From {box.south:.3f}, {box.west:.3f} to {box.north:.3f}, {box.east:.3f}")
    lines.append(info.attribution)
    return "\n".join(lines)


def progress_words(part: str, share: float) -> str:
    """What a build is at: "Roads: 40 %"."""
    word = {"extract": "Looking the extract over"}.get(part, PART_WORDS.get(part, part).capitalize())
    return f"{word}: {share * 100:.0f} %"


def overall(part: str, share: float, parts: Sequence[str]) -> int:
    """Percent of the whole build, all parts counted alike."""
    steps = ["extract", *parts]
    done = steps.index(part) if part in steps else 0
    return int(100 * (done + share) / len(steps))
