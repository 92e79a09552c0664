"""What the numbers in a region's road tables mean: shared by the pass that writes and the room that reads."""

from __future__ import annotations

from enum import IntFlag

#: Classes of roads; a street's class is its place in this list.
ROAD_CLASSES = (
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "road",
    "living_street",
    "service",
    "ferry",
)


class StreetFlag(IntFlag):
    """Facts of a street. A street runs from junction to junction along one way of the extract.

    FORWARD, BACKWARD: may be driven along, against its points. RESTRICTED: only to reach places on it
    (destination, delivery, customers, private). BYWAY: driveway, alley, parking aisle. ISLAND: joined to the
    other roads by a guess only. TRAP: can only be entered or only be left, as where an extract was cut.
    HEAVY_LIMIT: closed to, or limited for, high or heavy vehicles: noted, and not applied to a van.
    """

    FORWARD = 1
    BACKWARD = 2
    RESTRICTED = 4
    ROUNDABOUT = 8
    FERRY = 16
    BYWAY = 32
    HEAVY_LIMIT = 64
    ISLAND = 128
    TRAP = 256


#: ``arc_street`` of arcs that are no street: a turn within a junction, a guessed way to an island.
TURN = -1
BRIDGE = -2

#: Price of driving into, and of driving out of, streets that are for their own places only; it keeps
#: through traffic out. Who starts or ends there gets it back (roads/network.py).
ZONE_PRICE_MS = 300_000

#: Positions in road tables are whole ten-millionths of a degree, as in the extract.
DEGREE_UNITS = 10_000_000
