"""Looking an extract over before anything is built from it: one sentence instead of a bad region.

Reads the file once with osmium's own filters (some 0.1 s per MB), so that passes may rely on what it found:
a whole file in the PBF format, and whether its nodes come before its ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lastmile_desktop.model import Location
from lastmile_desktop.regions.errors import RegionError
from lastmile_desktop.regions.service_area import ServiceArea

#: From here on the positions of nodes go to a file while reading: 16 bytes a node would fill the memory.
LARGE_EXTRACT_BYTES = 400_000_000

#: Read in a third of a second.
_SAMPLED_POINTS = 100_000

_WHERE_FROM = "Choose a file whose name ends in .osm.pbf."


@dataclass(frozen=True, slots=True)
class Extract:
    """What a look over an extract found. ``made``: when its data is from, ISO 8601 ("" = it does not say).

    ``is_sorted``: points come before the ways that need them, and ways before relations.
    """

    made: str
    roads: int
    is_sorted: bool


def inspect_extract(path: Path, area: ServiceArea | None) -> Extract:
    """Read an extract through once. Raises RegionError for what no region can be built from."""
    import osmium

    _check_kind(path)
    try:
        made = _made(path)
        _check_box(path, area)
        roads, in_order = _count_roads(path)
        in_order = in_order and (_says_sorted(path) or _is_sorted(path))
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise unreadable(path) from error
    if not roads:
        raise RegionError(f"There are no roads in {path.name}: choose an extract of your own region.")
    return Extract(made, roads, in_order)


def unreadable(path: Path) -> RegionError:
    """The sentence for an extract whose reading breaks off."""
    return RegionError(f"{path.name} is damaged or was not downloaded to its end. Download it again.")


def _check_kind(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
    except FileNotFoundError as error:
        raise RegionError(f"The extract {path} does not exist.") from error
    except OSError as error:
        raise RegionError(f"The extract {path} cannot be read: {error.strerror or error}.") from error
    if not start:
        raise RegionError(f"{path.name} is empty. Download it again.")
    if start.startswith((b"BZh", b"\x1f\x8b")):
        raise RegionError(f"{path.name} is a packed file (.bz2 or .gz). {_WHERE_FROM}")
    if start.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        raise RegionError(f"{path.name} holds OpenStreetMap data as text, or a web page. {_WHERE_FROM}")
    if b"OSMHeader" not in start:
        raise RegionError(f"{path.name} is not an OpenStreetMap extract. {_WHERE_FROM}")


def _made(path: Path) -> str:
    import osmium

    reader = osmium.io.Reader(str(path), osmium.osm.NOTHING)
    try:
        return str(reader.header().get("osmosis_replication_timestamp") or "")
    finally:
        reader.close()


def extract_box(path: Path) -> ServiceArea | None:
    """What the header says that the extract covers, else about what it does; None for no extract at all.

    Call it beside: the file is not trusted.
    """
    try:
        _check_kind(path)
        return _header_box(path) or _sampled_box(path)
    except (RegionError, RuntimeError):
        return None


def _sampled_box(path: Path) -> ServiceArea | None:
    """Around the first points: they are the oldest, which lie all over an extract."""
    import osmium

    points: Any = islice(osmium.FileProcessor(str(path), osmium.osm.NODE), _SAMPLED_POINTS)
    places = [Location(one.lat, one.lon) for one in points if one.location.valid()]
    return ServiceArea.around(places, 0.0) if places else None


def _header_box(path: Path) -> ServiceArea | None:
    import osmium

    reader = osmium.io.Reader(str(path), osmium.osm.NOTHING)
    try:
        box = reader.header().box()
        if not box.valid():
            return None
        low, high = box.bottom_left, box.top_right
        return ServiceArea(low.lat, low.lon, high.lat, high.lon)
    finally:
        reader.close()


def _check_box(path: Path, area: ServiceArea | None) -> None:
    """An area beside the extract would only be noticed after minutes; the header knows at once."""
    box = _header_box(path) if area is not None else None
    if area is None or box is None:
        return
    if area.north < box.south or area.south > box.north or area.east < box.west or area.west > box.east:
        raise outside(path)


def outside(path: Path) -> RegionError:
    """The sentence for a service area that the extract does not reach."""
    return RegionError(
        f"There are no roads of {path.name} in the chosen area: "
        "choose another area, or the extract of the region you deliver in."
    )


def unsorted(path: Path) -> RegionError:
    """The sentence for an extract that cannot be read in one go and is too large to be sorted here."""
    return RegionError(
        f"{path.name} is not sorted: roads come before their positions. "
        "Use an extract as it was downloaded, or sort it with osmium sort."
    )


def sorted_copy(path: Path, folder: Path) -> Path:
    """A copy of a not sorted extract in ``folder``, in order and with each object once, of the same name.

    Takes some 15 MB of memory for each MB. Raises RegionError when that would be too much.
    """
    import osmium

    if path.stat().st_size > LARGE_EXTRACT_BYTES:
        raise unsorted(path)
    target = folder / path.name
    everything = osmium.MergeInputReader()
    everything.add_file(str(path))
    with osmium.SimpleWriter(str(target)) as writer:
        everything.apply(writer, simplify=True)
    return target


def _count_roads(path: Path) -> tuple[int, bool]:
    """Count ways that are roads, and see whether the points that have a highway tag come before them."""
    import osmium

    roads, in_order = 0, True
    item: Any
    for item in osmium.FileProcessor(str(path)).with_filter(osmium.filter.KeyFilter("highway")):
        if item.is_way():
            roads += 1
        elif item.is_node() and roads:
            in_order = False
    return roads, in_order


def _says_sorted(path: Path) -> bool:
    """Whoever writes extracts for others writes into the header that they are sorted."""
    import osmium

    reader = osmium.io.Reader(str(path), osmium.osm.NOTHING)
    try:
        return reader.header().get("sorting") == "Type_then_ID"
    finally:
        reader.close()


def _is_sorted(path: Path) -> bool:
    """Look at every object, as far as the first that is out of order."""
    import osmium

    latest = 0
    item: Any
    for item in osmium.FileProcessor(str(path)):
        rank = 0 if item.is_node() else 1 if item.is_way() else 2
        if rank < latest:
            return False
        latest = rank
    return True
