"""Options that say what a good plan is: the window's three sliders, and traffic by the hour."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from lastmile_desktop.model import DaySettings, EvenBy, TrafficPeriod


def add_goal_options(sub: Any) -> None:
    """Add the options to a command; left out, the cheapest plan that keeps every rule is made."""
    group = sub.add_argument_group("what a good plan is")
    group.add_argument(
        "--balance", type=_between(-100, 100), metavar="N", help="-100 fewest vans, 0 cheapest, 100 most even"
    )
    group.add_argument(
        "--even-by", choices=[kind.value for kind in EvenBy], help="what is to be even between vans"
    )
    group.add_argument(
        "--tidiness", type=_between(0, 100), metavar="N", help="0 cheapest, 100 areas that do not overlap"
    )
    group.add_argument(
        "--flexible", type=_between(0, 1440), metavar="MIN", help="minutes that windows may be missed by"
    )
    group.add_argument(
        "--traffic",
        type=_traffic,
        metavar="TEXT",
        help="driving by the hour, in percent, like 07:00-09:00=130",
    )


def with_goals(settings: DaySettings, options: argparse.Namespace) -> DaySettings:
    """The settings with what was typed; the rest stays."""
    goals = settings.goals
    if options.balance is not None:
        goals = replace(goals, balance=options.balance)
    if options.even_by is not None:
        goals = replace(goals, even_by=EvenBy(options.even_by))
    if options.tidiness is not None:
        goals = replace(goals, tidiness=options.tidiness)
    if options.flexible is not None:
        goals = replace(goals, flexible_s=60 * options.flexible)
    traffic = settings.traffic if options.traffic is None else options.traffic
    return replace(settings, goals=goals, traffic=traffic)


def _between(least: int, most: int) -> Any:
    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = most + 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return number

    return read


def _traffic(text: str) -> tuple[TrafficPeriod, ...]:
    from lastmile_desktop.pipeline.typed_values import NotUnderstoodError, read_traffic

    try:
        return read_traffic(text)
    except NotUnderstoodError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
