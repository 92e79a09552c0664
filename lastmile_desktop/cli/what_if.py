"""The command that plans a day with different numbers of vehicles."""

from __future__ import annotations

import argparse
import json
import re
from typing import TYPE_CHECKING, Any

from lastmile_desktop.cli.console import CANNOT_PLAN, OK, CommandError, first_interrupt_finishes, say
from lastmile_desktop.cli.steps import day_of_files, usual_workers
from lastmile_desktop.model.wording import count

if TYPE_CHECKING:
    from lastmile_desktop.pipeline.what_if import WhatIf

#: The most plans that one call makes, and the most vehicles of one.
_MOST_PLANS, _MOST_VEHICLES = 100, 2_000
_COUNTS = re.compile(r"\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*")


def counts(text: str) -> list[int]:
    """Numbers of vehicles from "3-8" or "4,6,9". Raises argparse.ArgumentTypeError."""
    found: set[int] = set()
    if _COUNTS.fullmatch(text):
        for part in text.split(","):
            first, _, last = part.partition("-")
            found |= set(range(int(first), int(last or first) + 1))
    if not found or min(found) < 1 or max(found) > _MOST_VEHICLES or len(found) > _MOST_PLANS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a list of numbers of vehicles such as 3-8 or 4,6,9 (at most {_MOST_PLANS})"
        )
    return sorted(found)


def what_if(options: argparse.Namespace) -> int:
    """Plan with each number, say what comes out."""
    from lastmile_desktop.engine.executors import WorkLostError, executor_for
    from lastmile_desktop.engine.solve import SolveParams
    from lastmile_desktop.pipeline.planning import CannotPlanError
    from lastmile_desktop.pipeline.what_if import plan_with_fleets

    state = day_of_files(options.files)
    params = SolveParams(options.seconds, state.day.settings.seed, iterations=options.iterations)
    try:
        with (
            executor_for(options.cluster, options.workers or usual_workers(None)) as executor,
            first_interrupt_finishes() as interrupted,
        ):
            found = plan_with_fleets(
                state.day,
                options.vehicles,
                params,
                executor,
                on_done=lambda one: say(_line(one, state.day.settings.currency)),
                stop=lambda: interrupted.asked,
            )
    except (CannotPlanError, WorkLostError) as error:
        raise CommandError(CANNOT_PLAN, f"{options.files[0].name}: {error}") from error
    if options.json:
        print(json.dumps({"plans": [_row(one) for one in found]}, indent=1))
    else:
        for one in found:
            print(_line(one, state.day.settings.currency))
    return OK


def _line(one: WhatIf, currency: str) -> str:
    return (
        f"{count(one.vehicles, 'vehicle')}: {one.planned} planned, {one.unassigned} left out, "
        f"{count(one.routes, 'route')}, {one.distance_m / 1000:,.1f} km, "
        f"cost {one.cost_cents / 100:,.2f} {currency}"
    )


def _row(one: WhatIf) -> dict[str, Any]:
    return {
        "vehicles": one.vehicles,
        "routes": one.routes,
        "planned": one.planned,
        "unassigned": one.unassigned,
        "cost": one.cost_cents / 100,
        "distance_m": one.distance_m,
        "duration_s": one.duration_s,
    }
