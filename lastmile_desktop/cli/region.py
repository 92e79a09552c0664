"""`lastmile region build` and `info`, and the options of other commands that name a region."""

from __future__ import annotations

import argparse
import json
import re
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lastmile_desktop.cli.console import OK, WRONG_USAGE, CommandError, say
from lastmile_desktop.model import DaySettings, Location

if TYPE_CHECKING:
    from lastmile_desktop.regions.region_file import RegionFile
    from lastmile_desktop.regions.service_area import ServiceArea

_STEP_PERCENT = 10
_NEGATIVE = re.compile(r"-\d")
#: Options whose value may begin with a minus sign: south and west.
_PLACES = ("--around", "--box")


def add_region(subs: Any, name: str) -> None:
    """Add the command to the parser."""
    sub = subs.add_parser(
        name, help="make a region file (roads, addresses, map) from an extract, or look at one"
    )
    actions = sub.add_subparsers(metavar="ACTION")
    make = actions.add_parser("build", help="build a region file from an OpenStreetMap extract (.osm.pbf)")
    make.add_argument("file", type=Path, metavar="FILE")
    make.add_argument("--out", type=Path, required=True, metavar="FILE")
    make.add_argument("--around", type=_place, metavar="LAT,LON", help="middle of the service area")
    make.add_argument("--km", type=_kilometres, metavar="N", help="how far the area reaches from there (20)")
    make.add_argument("--box", type=_box, metavar="S,W,N,E", help="the service area as a box, in degrees")
    make.add_argument("--name", default="", help="what the region is called (the file's name)")
    make.set_defaults(command=build)
    look = actions.add_parser("info", help="what a region file holds")
    look.add_argument("file", type=Path, metavar="FILE")
    look.add_argument("--json", action="store_true")
    look.set_defaults(command=info)


def add_road_options(sub: Any) -> None:
    """Options of a command that plans."""
    sub.add_argument("--region", type=Path, metavar="FILE", help="drive on the roads of this region file")
    sub.add_argument("--drive-as", choices=["van", "car"], help="how fast, on the region's roads (van)")
    sub.add_argument("--ferries", action="store_true", help="ferries may be taken")


def with_roads(settings: DaySettings, options: argparse.Namespace) -> DaySettings:
    """The settings with the region that was named. Raises RegionError when it cannot be used."""
    if options.region is not None:
        from lastmile_desktop.regions.region_file import RegionFile

        RegionFile.open(options.region).require("roads")
        settings = replace(settings, region=str(options.region.resolve()))
    if options.drive_as is not None:
        settings = replace(settings, drive_as=options.drive_as)
    return replace(settings, ferries=True) if options.ferries else settings


def say_of_roads(settings: DaySettings) -> None:
    """Say it when the region that the day remembers cannot be used."""
    from lastmile_desktop.pipeline.road_travel import travel_note

    note = travel_note(settings)
    if note:
        say(note)


def with_joined_places(arguments: Sequence[str]) -> list[str]:
    """``--around -33.9,18.4`` as one word: a southern latitude is no option."""
    joined: list[str] = []
    for word in arguments:
        if joined and joined[-1] in _PLACES and _NEGATIVE.match(word):
            joined[-1] = f"{joined[-1]}={word}"
        else:
            joined.append(word)
    return joined


def build(options: argparse.Namespace) -> int:
    """Build a region file; Ctrl-C or a request to end leaves nothing behind."""
    from lastmile_desktop.regions.build.driver import build_region

    signal.signal(signal.SIGTERM, _as_interrupt)
    built = build_region(
        options.file, options.out, area=_area(options), name=options.name, on_progress=_Progress().show
    )
    print(region_text(built))
    return OK


def info(options: argparse.Namespace) -> int:
    """Print what a region file says of itself."""
    from lastmile_desktop.regions.region_file import RegionFile

    region = RegionFile.open(options.file)
    if options.json:
        print(json.dumps(region_document(region), ensure_ascii=False, indent=1))
    else:
        print(region_text(region))
    return OK


def region_document(region: RegionFile) -> dict[str, object]:
    """The region as plain values; boxes are [south, west, north, east] in degrees or null."""
    facts = region.info
    return {
        "name": facts.name,
        "file": region.path.name,
        "size_bytes": region.path.stat().st_size,
        "made": facts.made,
        "source": {"name": facts.source_name, "time": facts.source_time},
        "area": _corners(facts.area),
        "bounds": _corners(facts.bounds),
        "parts": {part: dict(counts) for part, counts in facts.counts.items()},
        "attribution": facts.attribution,
    }


def region_text(region: RegionFile) -> str:
    """The region in a few lines."""
    from lastmile_desktop.regions.region_file import PART_WORDS

    facts = region.info
    size = region.path.stat().st_size / 1_000_000
    made = f"made {facts.made[:10]} from {facts.source_name}"
    lines = [f"{region.path.name}: region {facts.name}, {size:,.1f} MB, {made}."]
    for part, counts in facts.counts.items():
        figures = ", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in counts.items())
        lines.append(f"  {PART_WORDS.get(part, part)}: {figures}")
    if facts.bounds is not None:
        box = facts.bounds
        lines.append(f"  from {box.south:.4f}, {box.west:.4f} to {box.north:.4f}, {box.east:.4f}")
    lines.append(f"  {facts.attribution}")
    return "\n".join(lines)


def _corners(area: ServiceArea | None) -> list[float] | None:
    return None if area is None else [area.south, area.west, area.north, area.east]


def _area(options: argparse.Namespace) -> ServiceArea | None:
    from lastmile_desktop.regions.service_area import ServiceArea

    if options.box is not None and options.around is not None:
        raise CommandError(WRONG_USAGE, "Name the service area once: with --around or with --box.")
    if options.km is not None and options.around is None:
        raise CommandError(WRONG_USAGE, "--km says how far the area reaches: name its middle with --around.")
    if options.around is not None:
        reach_km = 20.0 if options.km is None else options.km
        return ServiceArea.around([options.around], reach_km * 1000)
    return None if options.box is None else ServiceArea(*options.box)


class _Progress:
    """Lines on standard error, a part's share each ten percent."""

    def __init__(self) -> None:
        self._shown: tuple[str, int] = ("", -1)

    def show(self, part: str, share: float) -> None:
        from lastmile_desktop.regions.region_file import PART_WORDS

        percent = int(share * 100) // _STEP_PERCENT * _STEP_PERCENT
        if (part, percent) != self._shown:
            self._shown = (part, percent)
            say(f"{PART_WORDS.get(part, part)}: {percent} %")


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _place(text: str) -> Location:
    try:
        lat, lon = (float(part) for part in text.split(","))
        return Location(lat, lon)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a latitude and a longitude, such as 52.52,13.40"
        ) from error


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        south, west, north, east = (float(part) for part in text.split(","))
        Location(south, west), Location(north, east)
    except ValueError:
        south = west = north = east = 0.0
    if not (south < north and west < east):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not south,west,north,east in degrees, such as 52.4,13.2,52.6,13.6"
        )
    return south, west, north, east


def _kilometres(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 2000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of kilometres above 0")
    return value
