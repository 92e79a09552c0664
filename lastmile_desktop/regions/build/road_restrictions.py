"""Turn restrictions as they stand in an extract: relations of ways and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The most specific first; those for lorries, cycles or certain hours are not for a van all day.
_KEYS = ("restriction:motorcar", "restriction:motor_vehicle", "restriction")
_EXCEPTED = frozenset(("motorcar", "motor_vehicle", "vehicle", "goods"))


@dataclass(frozen=True, slots=True)
class Restriction:
    """``only``: from ``from_way`` nothing but ``to_way``; else everything but it.

    All are ids of the extract. What lies between is one node, or one way (``via_way``; the other is 0).
    """

    only: bool
    from_way: int
    to_way: int
    via_node: int = 0
    via_way: int = 0


def read_restrictions(path: Path) -> list[Restriction]:
    """All restrictions for cars in an extract. Raises RuntimeError when it cannot be read."""
    import osmium

    wanted = osmium.filter.KeyFilter(*_KEYS)
    relations = osmium.FileProcessor(str(path), osmium.osm.RELATION).with_filter(wanted)
    return [restriction for relation in relations for restriction in _restrictions(relation)]


def _restrictions(relation: Any) -> Iterator[Restriction]:
    kind = next((value for key in _KEYS if (value := relation.tags.get(key, ""))), "")
    if not kind.startswith(("no_", "only_")):
        return
    if _EXCEPTED & {word.strip() for word in relation.tags.get("except", "").split(";")}:
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    sources = [ref for role, kind_, ref in members if role == "from" and kind_ == "w"]
    targets = [ref for role, kind_, ref in members if role == "to" and kind_ == "w"]
    via_nodes = [ref for role, kind_, ref in members if role == "via" and kind_ == "n"]
    via_ways = [ref for role, kind_, ref in members if role == "via" and kind_ == "w"]
    if len(via_nodes) + len(via_ways) != 1:
        return
    for source in sources:
        for target in targets:
            yield Restriction(
                kind.startswith("only_"),
                source,
                target,
                via_nodes[0] if via_nodes else 0,
                via_ways[0] if via_ways else 0,
            )
