"""The commands of the headless contract, one function each; they give the exit code."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

from lastmile_desktop.cli.console import (
    CANNOT_READ,
    NOT_DONE,
    OK,
    first_interrupt_finishes,
    has_screen,
    run_beside,
)
from lastmile_desktop.cli.goals import with_goals
from lastmile_desktop.cli.placing import placed_day, placed_report, with_place_entries
from lastmile_desktop.cli.reading import reading_options
from lastmile_desktop.cli.region import say_of_roads, with_roads
from lastmile_desktop.cli.steps import (
    day_of,
    day_of_files,
    measured,
    planned,
    read_report,
    ready_to_write,
    saved_plan,
    without_orders,
    write,
)
from lastmile_desktop.cli.wording import order_id, report_text, summary, vehicle_name
from lastmile_desktop.cli.workbooks import write_into


def window(options: argparse.Namespace) -> int:
    from lastmile_desktop.ui.app import run_window

    return run_window(options.file)


def demo(options: argparse.Namespace) -> int:
    if options.no_window or not has_screen():
        return _plan_sample(options)
    # The PDF needs a Qt of its own without a screen, and a process has only one: plan in another one.
    arguments = ["demo", "--no-window", "--out", str(options.out), "--seconds", str(options.seconds)]
    arguments += ["--engine", options.engine]
    code = run_beside(arguments)
    if code != OK:
        return code
    from lastmile_desktop.ui.app import run_window

    return run_window(
        options.out / "day.lastmile", quit_when_done=options.out if options.quit_when_done else None
    )


def _plan_sample(options: argparse.Namespace) -> int:
    from lastmile_desktop.pipeline.sample_region import on_sample_roads
    from lastmile_desktop.sheets.sample import write_sample_workbook

    ready_to_write(options.out)
    sheet = options.out / "sample-orders.xlsx"
    write_sample_workbook(sheet)
    state = on_sample_roads(day_of([read_report(sheet)]))
    with first_interrupt_finishes() as interrupted:
        state, planner = planned(state, options.seconds, interrupted, engine=options.engine)
        paths = write(state, options.out, planner, interrupted)
    print(summary(state))
    for path in paths:
        print(path)
    return OK


def inspect(options: argparse.Namespace) -> int:
    from lastmile_desktop.pipeline.importing import import_file
    from lastmile_desktop.sheets import report_to_json

    report = import_file(options.file, options=reading_options(options))
    if report.ok and not report.orders:
        report = without_orders(report)
    report, places = placed_report(report, options)
    if options.json:
        document = with_place_entries(report_to_json(report), report, places)
        print(json.dumps(document, ensure_ascii=False, indent=1))
    elif report.ok:
        print(report_text(report))
    if not report.ok:
        print(report.message, file=sys.stderr)
        return CANNOT_READ
    return OK


def plan(options: argparse.Namespace) -> int:
    from lastmile_desktop.documents.plan_json import plan_document
    from lastmile_desktop.pipeline.importing import merge_vehicles
    from lastmile_desktop.pipeline.outputs import bound_entry

    state = day_of_files(options.files, reading_options(options))
    ready_to_write(options.out)
    if options.vehicles is not None:
        state = merge_vehicles(
            state, read_report(options.vehicles, reading_options(options), needs_orders=False)
        )
    settings = replace(with_goals(state.day.settings, options), seed=options.seed)
    if options.separate_orders:
        settings = replace(settings, same_door=False)
    settings = with_roads(settings, options)
    say_of_roads(settings)
    state = placed_day(replace(state, day=replace(state.day, settings=settings)))
    with first_interrupt_finishes() as interrupted:
        state, planner = planned(
            state,
            options.seconds,
            interrupted,
            workers=options.workers,
            iterations=options.iterations,
            cluster_address=options.cluster,
            engine=options.engine,
        )
        # Repeatable runs get no figure that depends on how fast the computer is.
        measure = options.iterations is None
        quality = measured(state, planner, options.seconds, interrupted) if measure else None
        paths = write(state, options.out, planner, interrupted, quality)
    if options.json:
        document = plan_document(state, seed=options.seed, bound=bound_entry(quality))
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print(summary(state))
        if quality is not None:
            print(quality.sentence)
        for path in paths:
            print(path)
    return OK


def export(options: argparse.Namespace) -> int:
    from lastmile_desktop.pipeline.planning import Planner

    state = saved_plan(options.file)
    say_of_roads(state.day.settings)
    with first_interrupt_finishes() as interrupted:
        paths = write(state, options.out, Planner(), interrupted)
        if options.into is not None:
            paths = [*paths, write_into(state, options.into, options.out)]
    for path in paths:
        print(path)
    return OK


def check(options: argparse.Namespace) -> int:
    from lastmile_desktop.engine.checker.check import check as check_plan
    from lastmile_desktop.pipeline.planning import Planner

    state = saved_plan(options.file)
    assert state.timetable is not None
    say_of_roads(state.day.settings)
    travel = Planner().travel_for(state.day)
    violations = check_plan(state.day, state.timetable, travel, state.assignment)
    if options.json:
        found = [
            {
                "code": violation.code,
                "message": violation.message,
                "vehicle": vehicle_name(state, violation.vehicle_key),
                "order_id": order_id(state, violation.order_key),
            }
            for violation in violations
        ]
        print(json.dumps({"ok": not violations, "violations": found}, ensure_ascii=False, indent=1))
    elif violations:
        for violation in violations:
            print(violation.message)
    else:
        print(f"{options.file.name}: the plan keeps every rule.")
    return NOT_DONE if violations else OK
