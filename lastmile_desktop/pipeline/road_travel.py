"""Which travel model a day has: the roads of its region file, or the estimate when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from lastmile_desktop.model import Day, DaySettings, Location, RouteTimetable, Timetable, TravelModel

_Key = tuple[str, int, str, bool, tuple[int, int]]
_OPENED: dict[_Key, tuple[TravelModel, str]] = {}
_MOST_OPENED = 8


def travel_of(settings: DaySettings) -> TravelModel:
    """The travel model for these settings; the estimate where the region file cannot be used.

    Opening a region takes a second the first time: call it off the window's thread.
    """
    return _opened(settings)[0]


def travel_note(settings: DaySettings) -> str:
    """Why the chosen region is not used, in a sentence; "" when it is, or when none was chosen."""
    return _opened(settings)[1] if settings.region else ""


def known_note(settings: DaySettings) -> str:
    """``travel_note`` as far as it is known, without opening anything: for the window's thread."""
    return _OPENED[_key(settings)][1] if settings.region and _key(settings) in _OPENED else ""


def _key(settings: DaySettings) -> _Key:
    fingerprint = _fingerprint(Path(settings.region))
    percent = settings.drive_time_percent
    return (settings.region, percent, settings.drive_as, settings.ferries, fingerprint)


def _opened(settings: DaySettings) -> tuple[TravelModel, str]:
    from lastmile_desktop.roads import RegionTravel, StraightLineTravel

    estimate = StraightLineTravel(drive_time_percent=settings.drive_time_percent)
    if not settings.region:
        return estimate, ""
    path, key = Path(settings.region), _key(settings)
    known = _OPENED.get(key)
    if known is None:
        from lastmile_desktop.regions.errors import RegionError

        try:
            travel: TravelModel = RegionTravel.open(
                path, settings.drive_time_percent, drive_as=settings.drive_as, ferries=settings.ferries
            )
            known = travel, ""
        except RegionError as error:
            known = estimate, f"{error} Until then times and distances are estimates."
        if len(_OPENED) >= _MOST_OPENED:
            _OPENED.clear()
        _OPENED[key] = known
    return known


def _fingerprint(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError:
        return (0, 0)
    return (facts.st_size, facts.st_mtime_ns)


def with_estimates_marked(day: Day, timetable: Timetable, travel: TravelModel) -> Timetable:
    """The timetable with the legs and stops marked that a region's roads do not reach.

    Also prepares the lines of all legs, so that the map and the manifest need not wait for them.
    """
    from lastmile_desktop.roads import RegionTravel

    if not isinstance(travel, RegionTravel):
        return timetable
    routes = tuple(_marked(day, route, travel) for route in timetable.routes)
    for route in routes:
        for start, end in legs(day, route):
            travel.line(start, end)
    return replace(timetable, routes=routes)


def legs(day: Day, route: RouteTimetable) -> Iterator[tuple[Location, Location]]:
    """The drives of a route from place to place, from the start depot to the end depot."""
    vehicle = day.vehicle_by_key[route.vehicle_key]
    ends = [
        day.depot_by_key[key].location if key is not None else None
        for key in (vehicle.start_depot, vehicle.end_depot)
    ]
    places = [ends[0], *(visit.location for visit in route.visits), ends[1]]
    known = [place for place in places if place is not None]
    for start, end in pairwise(known):
        if start != end:
            yield start, end


def _marked(day: Day, route: RouteTimetable, travel: TravelModel) -> RouteTimetable:
    from lastmile_desktop.roads import Access, RegionTravel

    assert isinstance(travel, RegionTravel)
    vehicle = day.vehicle_by_key[route.vehicle_key]
    here = day.depot_by_key[vehicle.start_depot].location
    visits = []
    for visit in route.visits:
        there = visit.location
        is_guess = here is not None and there is not None and travel.is_estimated(here, there)
        is_hidden = there is not None and bool(visit.order_keys) and travel.access(there) == Access.ESTIMATED
        visits.append(replace(visit, estimated=is_guess, access_estimated=is_hidden))
        here = there or here
    end = None if vehicle.end_depot is None else day.depot_by_key[vehicle.end_depot].location
    last = here is not None and end is not None and travel.is_estimated(here, end)
    return replace(route, visits=tuple(visits), last_estimated=last)
