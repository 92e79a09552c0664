"""What relations of an extract say about addresses: boundaries, buildings of several outlines, streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LEVELS = range(4, 11)
_ADDRESS_KEYS = (
    "addr:housenumber", "addr:street", "addr:place", "addr:city", "addr:postcode", "addr:state",
)  # fmt: skip

Tags = dict[str, str]


@dataclass(slots=True)
class Boundary:
    """A boundary whose outline is put together when its ways are read."""

    tags: Tags
    ways: list[int]


@dataclass(slots=True)
class Relations:
    """What is wanted of ways and nodes before they are read."""

    boundaries: list[Boundary] = field(default_factory=list)
    boundary_ways: set[int] = field(default_factory=set)
    building_tags: dict[int, Tags] = field(default_factory=dict)  # way id -> tags of its relation
    street_of: dict[tuple[str, int], Tags] = field(default_factory=dict)  # ("n" or "w", id) -> street's tags


def read_relations(path: str) -> Relations:
    """Read the relations of an extract, which are few. Raises RuntimeError for a file that is no extract."""
    import osmium

    found = Relations()
    processor = osmium.FileProcessor(path, osmium.osm.RELATION)
    for relation in processor.with_filter(osmium.filter.KeyFilter("type")):
        _take(relation, found)
    return found


def address_tags(tags: Any) -> Tags:
    """The tags of an address that an object has; cheap for the many that have none."""
    return {key: value for key in _ADDRESS_KEYS if (value := tags.get(key))}


def _take(relation: Any, found: Relations) -> None:
    tags = relation.tags
    kind = tags.get("type")
    if kind in ("associatedStreet", "street"):
        name = tags.get("name") or tags.get("addr:street")
        if name:
            street = {"addr:street": name, **address_tags(tags)}
            for member in relation.members:
                if member.type in ("n", "w") and member.role in ("house", "address"):
                    found.street_of[(member.type, member.ref)] = street
    elif kind in ("boundary", "multipolygon"):
        outer = [member.ref for member in relation.members if member.type == "w" and member.role != "inner"]
        boundary = _boundary_tags(tags)
        if boundary is not None and outer:
            found.boundaries.append(Boundary(boundary, outer))
            found.boundary_ways.update(outer)
        elif tags.get("addr:housenumber") and outer:
            found.building_tags[outer[0]] = address_tags(tags)


def _boundary_tags(tags: Any) -> Tags | None:
    kind = tags.get("boundary")
    if kind == "postal_code":
        code = tags.get("postal_code") or tags.get("ref")
        return {"postcode": code} if code else None
    level = tags.get("admin_level", "")
    if kind == "administrative" and tags.get("name") and level.isdecimal() and int(level) in _LEVELS:
        return {"level": level, "place": tags.get("place", ""), **names(tags)}
    return None


def names(tags: Mapping[str, str] | Any) -> Tags:
    """The name of an object and its other names: "name", "name 2" and so on."""
    listed = [tags.get(key) for key in ("name", "name:en", "int_name", "short_name", "alt_name", "old_name")]
    texts = [part.strip() for text in listed if text for part in text.split(";")]
    # Maps of towns with two languages write both into one name.
    texts += [part.strip() for text in texts[:1] if " - " in text or " / " in text
              for part in text.replace(" / ", " - ").split(" - ")]  # fmt: skip
    different = list(dict.fromkeys(text for text in texts if text))
    return {("name" if i == 0 else f"name {i}"): text for i, text in enumerate(different)}
