"""Addresses looked up in a region, for commands that are given one."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from lastmile_desktop.cli.console import CANNOT_READ, CommandError, say
from lastmile_desktop.model import DayState, ImportReport, Order
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.model.wording import count
from lastmile_desktop.pipeline.places import FoundPlaces


def add_address_option(sub: Any) -> None:
    """The option of a command that looks and does not plan."""
    sub.add_argument(
        "--region", type=Path, metavar="FILE", help="look up addresses without a position in this region file"
    )


def placed_report(report: ImportReport, options: argparse.Namespace) -> tuple[ImportReport, FoundPlaces]:
    """The report with positions from the named region, and what was found.

    Raises CommandError for a region that has no addresses.
    """
    from lastmile_desktop.pipeline.places import NO_PLACES, find_places, report_with_places

    if options.region is None or not report.ok:
        return report, NO_PLACES
    places = find_places(report.orders, str(options.region), depots=report.depots, on_progress=_say_progress)
    if places.trouble:
        raise CommandError(CANNOT_READ, places.trouble)
    return report_with_places(report, places), places


def placed_day(state: DayState) -> DayState:
    """The day with positions from its region for orders that wait for one; what is unsure is said."""
    from lastmile_desktop.pipeline.places import UNSURE, find_places, with_places

    day = state.day
    places = find_places(day.orders, day.settings.region, depots=day.depots, on_progress=_say_progress)
    if places.trouble:
        say(places.trouble)
    placed = with_places(state, places)
    if places.answers:
        say(_summary(placed.day.orders, places))
    for problem in placed.problems:
        if problem.category == UNSURE:
            say(f"{problem.sheet}, row {problem.row}: {problem.message}")
    return placed


def with_place_entries(document: dict[str, Any], report: ImportReport, places: FoundPlaces) -> dict[str, Any]:
    """The ``inspect`` document with how each order was placed, and its candidates, under "place"."""
    for entry, order in zip(document["orders"], report.orders, strict=True):
        placing, answer = order.placing, places.of(order)
        if placing is None:
            continue
        entry["place"] = {
            "level": placing.level.value,
            "source": placing.source.value,
            "score": placing.score,
            "spread_m": placing.spread_m,
            "found": placing.found,
            "reason": placing.reason,
            "candidates": [
                {
                    "text": candidate.text,
                    "level": candidate.level.value,
                    "score": candidate.score,
                    "lat": round(candidate.location.lat, 7),
                    "lon": round(candidate.location.lon, 7),
                }
                for candidate in (answer.candidates if answer is not None else ())
            ],
        }
    return document


def _summary(orders: tuple[Order, ...], places: FoundPlaces) -> str:
    levels = Counter(
        order.placing.level for order in orders if order.placing is not None and places.of(order) is not None
    )
    words = {
        PlaceLevel.HOUSE: "to the house",
        PlaceLevel.STREET: "to the street",
        PlaceLevel.AREA: "to the postcode",
        PlaceLevel.NOT_FOUND: "not found",
    }
    parts = [f"{levels[level]:,} {word}" for level, word in words.items() if levels[level]]
    return f"{count(sum(levels.values()), 'order')} looked up in the region: {', '.join(parts)}."


def _say_progress(done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        say(f"addresses: {done:,} of {total:,}")
