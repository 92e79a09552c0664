"""The made-up town as an extract in OpenStreetMap's format, so that it goes the way of every region."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from lastmile_desktop.regions.sample_town.ground import Spot, degrees
from lastmile_desktop.regions.sample_town.houses import House, all_houses
from lastmile_desktop.regions.sample_town.network import Network, Piece, joined
from lastmile_desktop.regions.sample_town.streets import all_streets
from lastmile_desktop.regions.sample_town.surroundings import all_things, places


def town() -> tuple[Network, list[House]]:
    """Streets and houses; the same every time. Takes about half a second."""
    network = joined(all_streets())
    return network, all_houses(network)


def write_town(path: Path) -> None:
    """Write the extract to ``path`` (``.osm.pbf``), which must not be there yet. Raises OSError."""
    import osmium

    network, houses = town()
    writer = osmium.SimpleWriter(str(path))
    try:
        objects = _Objects()
        for spot, tags in places():
            objects.node(spot, tags)
        street_nodes = [objects.node(spot) for spot in network.spots]
        for piece in _long_pieces(network):
            objects.ways.append(([street_nodes[node] for node in piece.nodes], _street_tags(piece)))
        for thing in all_things():
            objects.way(thing.line, thing.tags)
        for house in houses:
            objects.way(house.outline, _house_tags(house))
        objects.write(writer)
    finally:
        writer.close()


class _Objects:
    """Nodes and ways in the order of their numbers, as readers of the format expect."""

    def __init__(self) -> None:
        self.nodes: list[tuple[Spot, dict[str, str]]] = []
        self.ways: list[tuple[list[int], dict[str, str]]] = []

    def node(self, spot: Spot, tags: dict[str, str] | None = None) -> int:
        """A new node; gives its number."""
        self.nodes.append((spot, tags or {}))
        return len(self.nodes)

    def way(self, line: list[Spot], tags: dict[str, str]) -> None:
        """A new way with nodes of its own; a closed line shares its first node."""
        is_closed = len(line) > 3 and line[0] == line[-1]
        numbers = [self.node(spot) for spot in (line[:-1] if is_closed else line)]
        self.ways.append(([*numbers, numbers[0]] if is_closed else numbers, tags))

    def write(self, writer: Any) -> None:
        """Nodes first, then ways."""
        from osmium.osm import mutable

        for number, (spot, tags) in enumerate(self.nodes, 1):
            lat, lon = degrees(spot)
            writer.add_node(mutable.Node(id=number, version=1, location=(lon, lat), tags=tags))
        for number, (nodes, tags) in enumerate(self.ways, 1):
            writer.add_way(mutable.Way(id=number, version=1, nodes=nodes, tags=tags))


def _long_pieces(network: Network) -> list[Piece]:
    """Pieces of a street that follow each other as one way, up to a bridge."""
    by_street: dict[int, list[Piece]] = defaultdict(list)
    for piece in network.pieces:
        by_street[id(piece.street)].append(piece)
    ways: list[Piece] = []
    for pieces in by_street.values():
        run = pieces[0]
        for piece in pieces[1:]:
            if piece.nodes[0] == run.nodes[-1] and piece.bridge == run.bridge:
                run = Piece(run.street, run.nodes + piece.nodes[1:], run.bridge)
            else:
                ways.append(run)
                run = piece
        ways.append(run)
    return ways


def _street_tags(piece: Piece) -> dict[str, str]:
    street = piece.street
    tags = {"highway": street.kind, **street.tags}
    if street.name:
        tags["name"] = street.name
    if street.ref:
        tags["ref"] = street.ref
    if street.oneway:
        tags["oneway"] = "yes"
    if street.kind == "pedestrian":
        tags["motor_vehicle"] = "delivery"
    if piece.bridge:
        tags |= {"bridge": "yes", "layer": "1"}
    return tags


def _house_tags(house: House) -> dict[str, str]:
    return {
        "building": house.kind,
        "addr:street": house.street,
        "addr:housenumber": house.number,
        "addr:postcode": house.postcode,
        "addr:city": house.town,
    }
