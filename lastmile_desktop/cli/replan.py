"""The command that fits late orders into a saved plan without planning the day anew."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from lastmile_desktop.cli.console import OK, first_interrupt_finishes, say
from lastmile_desktop.cli.placing import placed_day
from lastmile_desktop.cli.steps import read_report, ready_to_write, saved_plan, write
from lastmile_desktop.cli.wording import order_id

if TYPE_CHECKING:
    from lastmile_desktop.model import DayState, ImportReport
    from lastmile_desktop.pipeline.replanning import NextPlan


def replan(options: argparse.Namespace) -> int:
    """Add or update the sheet's orders, change no more than allowed, write the outputs."""
    from lastmile_desktop.engine.replan.changes import ChangeBudget
    from lastmile_desktop.pipeline.planning import Planner
    from lastmile_desktop.pipeline.replanning import LEAST_SAVING_CENTS, replan_day

    before = saved_plan(options.file)
    report = read_report(options.add or options.update)
    ready_to_write(options.out)
    after, news = _taken(before, report, update=options.update is not None)
    most = options.max_changes
    budget = ChangeBudget(most, most, least_saving_cents=LEAST_SAVING_CENTS)
    planner = Planner()
    with first_interrupt_finishes() as interrupted:
        planner.problem_for(before.day)
        found = replan_day(planner, before, after, budget, seconds=options.seconds)
        paths = write(found.state, options.out, planner, interrupted)
    if options.json:
        print(json.dumps({**_document(found), **news}, ensure_ascii=False, indent=1))
    else:
        print(found.sentence)
        for missing in found.left_out:
            print(f"Not planned: {missing.message}")
        for path in paths:
            print(path)
    return OK


def _taken(before: DayState, report: ImportReport, *, update: bool) -> tuple[DayState, dict[str, list[str]]]:
    """The day with the sheet's news, and the numbers of the orders that are new, changed, gone or unclear.

    Without a person to ask, a row of which nobody can tell which order it is counts as an order of its own.
    """
    from lastmile_desktop.pipeline.sheet_diff import SheetMode, compare_sheet
    from lastmile_desktop.pipeline.sheet_update import apply_sheet

    diff = compare_sheet(before, report, SheetMode.UPDATE if update else SheetMode.ADD)
    back = () if update else diff.left_out_before
    wanted = [*diff.usual_choice, *(one.order.key for one in diff.unclear), *(order.key for order in back)]
    for one in diff.unclear:
        say(f"{one.order.id}: {one.why}. It is added as an order of its own.")
    after = placed_day(apply_sheet(before, diff, wanted, lambda _name, _address: None))
    news = {
        "new": [order.id for order in (*diff.new, *back)],
        "changed": [one.before.id for one in diff.changed],
        "gone": [order.id for order in diff.gone],
        "unclear": [one.order.id for one in diff.unclear],
    }
    return after, news


def _document(found: NextPlan) -> dict[str, Any]:
    """Order numbers as in the sheets; shifts in whole seconds, later is positive."""

    def numbers(keys: tuple[str, ...]) -> list[str | None]:
        return [order_id(found.state, key) for key in keys]

    return {
        "message": found.sentence,
        "placed": numbers(found.placed),
        "other_vehicle": numbers(found.other_vehicle),
        "moved": numbers(found.moved),
        "shifts": [
            {"order_id": order_id(found.state, key), "shift_s": shift}
            for key, shift in sorted(found.shift_s.items())
        ],
        "left_out": [
            {"order_id": order_id(found.state, o.order_key), "reason": o.reason, "message": o.message}
            for o in found.left_out
        ],
        "cost_difference": found.cost_difference_cents / 100,
        "seconds": round(found.seconds, 3),
    }
