"""How the map looks: a colour and a width for each kind of thing, quiet enough that the routes stand out.

Three looks: light and dark for the screen, paper for the manifest, where little ink and no colour may be had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as "#rrggbb". ``areas`` in the order of painting; roads have a fill and a casing."""

    ground: str
    areas: Mapping[str, str]
    building_edge: str
    road_fill: Mapping[str, str]
    road_casing: Mapping[str, str]
    thin_road: str
    path: str
    rail: str
    water_line: str
    text: str
    place_text: str
    water_text: str
    green_text: str
    halo: str


#: Roads from the least to the most important: the later ones are painted on top.
ROAD_ORDER = (
    *("service", "pedestrian", "street", "tertiary", "secondary", "primary"),
    *("trunk_link", "motorway_link", "trunk", "motorway"),
)
#: Pixels at zoom 15; they grow by `_GROWTH` a zoom.
_ROAD_WIDTHS = {
    "motorway": 8.0, "trunk": 7.5, "motorway_link": 4.5, "trunk_link": 4.5, "primary": 7.0, "secondary": 6.2,
    "tertiary": 5.4, "street": 4.4, "pedestrian": 3.6, "service": 2.4,
}  # fmt: skip
_GROWTH = 1.42
#: No road gets thinner than this while it is shown.
_THINNEST = {"motorway": 2.2, "trunk": 1.9, "primary": 1.6, "secondary": 1.2}
#: From this width on a road has a casing; below it is one line.
CASED_FROM_PX = 1.5


def road_width_px(kind: str, zoom: float) -> float:
    """Width of a road's fill in pixels at a zoom."""
    width: float = _ROAD_WIDTHS[kind] * _GROWTH ** (zoom - 15)
    return max(width, _THINNEST.get(kind, 0.7))


def _roads(major: str, trunk: str, primary: str, secondary: str, street: str, service: str) -> dict[str, str]:
    links = {"motorway_link": major, "trunk_link": trunk}
    streets = {"tertiary": street, "street": street, "pedestrian": service, "service": service}
    return {"motorway": major, "trunk": trunk, "primary": primary, "secondary": secondary} | links | streets


LIGHT = Look(
    ground="#F4F2ED",
    areas={
        "residential": "#ECE9E3", "farmland": "#F2EFDF", "commercial": "#F0E7E2", "industrial": "#E7E5E9",
        "school": "#EFEBDA", "grass": "#DDEACF", "scrub": "#D8E4C8", "wood": "#CFE0C4", "wetland": "#D3E3DB",
        "sand": "#F3E9C9", "park": "#D2E7C9", "cemetery": "#D0DFCC", "pitch": "#C9E2C8", "water": "#BBD9EA",
        "parking": "#E9E8EC", "pedestrian_area": "#F3F0F0", "building": "#DCD6CD",
    },
    building_edge="#C9C2B7",
    road_fill=_roads("#F3C26B", "#F6D48C", "#FAE5AE", "#FDF3CF", "#FFFFFF", "#FCFBF9"),
    road_casing=_roads("#C88F2E", "#CBA03F", "#CDB272", "#CFC08E", "#CFCAC1", "#DAD5CC"),
    thin_road="#D8D2C8",
    path="#C2AE95",
    rail="#A8A5A0",
    water_line="#A9CDE2",
    text="#4A4742",
    place_text="#2B2A28",
    water_text="#3C7396",
    green_text="#4B7A45",
    halo="#FFFFFF",
)  # fmt: skip

DARK = Look(
    ground="#1B1F26",
    areas={
        "residential": "#20252D", "farmland": "#20241F", "commercial": "#262530", "industrial": "#23242C",
        "school": "#252722", "grass": "#1F2A22", "scrub": "#1E2921", "wood": "#1C2A21", "wetland": "#1C2B2B",
        "sand": "#2B2921", "park": "#1E2E24", "cemetery": "#1F2B25", "pitch": "#213228", "water": "#16283A",
        "parking": "#242932", "pedestrian_area": "#262B34", "building": "#2A303A",
    },
    building_edge="#363D49",
    road_fill=_roads("#7A5E2C", "#6B5630", "#57503C", "#474640", "#3A414D", "#303640"),
    road_casing=_roads("#14171C", "#14171C", "#14171C", "#14171C", "#14171C", "#171B21"),
    thin_road="#333A45",
    path="#4A4A42",
    rail="#4C5058",
    water_line="#1F3B55",
    text="#B4BCC8",
    place_text="#E2E7EE",
    water_text="#6FA3CC",
    green_text="#7FA888",
    halo="#14171C",
)  # fmt: skip

PAPER = Look(
    ground="#FFFFFF",
    areas={
        "wood": "#EFF3EC", "park": "#EFF3EC", "water": "#DCE7EE", "building": "#ECEBE8",
        "industrial": "#F6F6F7", "cemetery": "#F0F3EF",
    },
    building_edge="#DDDBD6",
    road_fill=_roads("#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"),
    road_casing=_roads("#8D8F94", "#9C9EA3", "#A9ABB0", "#B5B7BB", "#C4C6C9", "#D5D6D8"),
    thin_road="#C9CACD",
    path="#D5D2CC",
    rail="#B9BABD",
    water_line="#C3D6E2",
    text="#55585E",
    place_text="#2A2C30",
    water_text="#58809B",
    green_text="#6B8468",
    halo="#FFFFFF",
)  # fmt: skip

LOOKS = {"light": LIGHT, "dark": DARK, "paper": PAPER}
