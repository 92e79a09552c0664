"""Where a plan's driving times come from, in words, and how much of them is an estimate."""

from __future__ import annotations

from lastmile_desktop.model import Timetable
from lastmile_desktop.model.wording import count

STRAIGHT_LINE = "straight-line"


def roads_label(timetable: Timetable) -> str:
    """The shortest way to say it: "straight-line estimate", "roads: Ghent, 2 legs estimated"."""
    if timetable.roads == STRAIGHT_LINE:
        return "straight-line estimate"
    label = f"roads: {timetable.roads.removeprefix('region:')}"
    legs = timetable.estimated_legs
    return f"{label}, {count(legs, 'leg')} estimated" if legs else label


def roads_sentence(timetable: Timetable) -> str:
    """What is not measured on roads; "" when all of it is."""
    if timetable.roads == STRAIGHT_LINE:
        return "Times and distances are estimates from straight lines, not from roads."
    name = timetable.roads.removeprefix("region:")
    said = []
    if timetable.estimated_legs:
        is_or_are = "is an estimate" if timetable.estimated_legs == 1 else "are estimates"
        said.append(
            f"{count(timetable.estimated_legs, 'leg')} {is_or_are}: the region {name} does not reach there."
        )
    if timetable.access_estimated:
        said.append(
            f"How {count(timetable.access_estimated, 'stop')} can be reached by road is a guess: "
            "the map shows no road all the way."
        )
    return " ".join(said)
