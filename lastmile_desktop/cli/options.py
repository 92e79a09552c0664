"""What can be typed: the commands and their options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lastmile_desktop import __version__
from lastmile_desktop.cli import commands
from lastmile_desktop.cli.console import WRONG_USAGE
from lastmile_desktop.cli.goals import add_goal_options
from lastmile_desktop.cli.placing import add_address_option
from lastmile_desktop.cli.reading import add_reading_options
from lastmile_desktop.cli.region import add_region, add_road_options, with_joined_places
from lastmile_desktop.cli.replan import replan
from lastmile_desktop.cli.what_if import counts, what_if
from lastmile_desktop.cli.workbooks import TEMPLATE_LANGUAGES, template

_DEMO_SECONDS = 8.0
_PLAN_SECONDS = 20.0
_REPLAN_SECONDS = 0.5


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _parser()
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return _window_options(parser, arguments)
    options = parser.parse_args(with_joined_places(arguments))
    if getattr(options, "command", None) is None:
        parser.print_usage(sys.stderr)
        raise SystemExit(WRONG_USAGE)
    return options


def _window_options(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    if len(arguments) > 1:
        parser.error(f"one file opens the window; {arguments[1]!r} is one too many")
    return argparse.Namespace(command=commands.window, file=Path(arguments[0]) if arguments else None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lastmile",
        description="Plans a small firm's delivery day. Without a command the window opens.",
        epilog="lastmile [FILE] opens the window; FILE is a day file (.lastmile) or an order sheet.",
    )
    parser.add_argument("--version", action="version", version=f"Lastmile Desktop {__version__}")
    subs = parser.add_subparsers(metavar="COMMAND")
    for name, add in _COMMANDS.items():
        add(subs, name)
    return parser


def _add_demo(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="plan the bundled sample day and write all outputs")
    sub.add_argument("--out", type=Path, default=Path("lastmile-demo"), metavar="DIR")
    sub.add_argument("--no-window", action="store_true", help="only write the outputs")
    sub.add_argument("--seconds", type=_seconds, default=_DEMO_SECONDS, metavar="S")
    _add_engine(sub)
    sub.add_argument(
        "--quit-when-done", action="store_true", help="save a picture of the window to DIR and close it"
    )
    sub.set_defaults(command=commands.demo)


def _add_engine(sub: Any) -> None:
    sub.add_argument(
        "--engine",
        choices=["auto", "ortools"],
        default="auto",
        help="auto: the compiled search, then OR-Tools (default); ortools: without the compiled search",
    )


def _add_inspect(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="what an import would take, without planning")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--json", action="store_true")
    add_address_option(sub)
    add_reading_options(sub)
    sub.set_defaults(command=commands.inspect)


def _add_plan(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="import, plan, check, write all outputs")
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub.add_argument("--vehicles", type=Path, metavar="FILE", help="take fleet and depots from this sheet")
    sub.add_argument("--seconds", type=_seconds, default=_PLAN_SECONDS, metavar="S")
    sub.add_argument("--seed", type=_seed, default=1, metavar="N")
    _add_where(sub)
    sub.add_argument("--iterations", type=_positive, metavar="N", help="stop after N search rounds")
    _add_engine(sub)
    add_road_options(sub)
    sub.add_argument("--json", action="store_true")
    add_goal_options(sub)
    add_reading_options(sub)
    sub.add_argument(
        "--separate-orders", action="store_true", help="orders for one door are not made one stop"
    )
    sub.set_defaults(command=commands.plan)


def _add_where(sub: argparse.ArgumentParser) -> None:
    """On how many cores, or on which other machines."""
    sub.add_argument("--workers", type=_positive, metavar="N", help="search on N cores (usually all but one)")
    sub.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="use the machines of this Dask cluster (tcp://host:8786) too: the orders' positions, times and "
        "amounts are sent there, so name only one that you trust; without it nothing leaves this computer",
    )


def _add_what_if(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="plan a day with different numbers of vehicles, and compare")
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--vehicles", type=counts, required=True, metavar="N-M", help="such as 3-8 or 4,6,9")
    sub.add_argument("--seconds", type=_seconds, default=_PLAN_SECONDS, metavar="S", help="for each number")
    sub.add_argument("--iterations", type=_positive, metavar="N", help="stop after N search rounds")
    _add_where(sub)
    sub.add_argument("--json", action="store_true")
    sub.set_defaults(command=what_if)


def _add_replan(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="fit late orders into a saved plan, with few changes to it")
    sub.add_argument("file", type=Path, metavar="DAY.lastmile")
    sheet = sub.add_mutually_exclusive_group(required=True)
    sheet.add_argument("--add", type=Path, metavar="SHEET", help="more orders; all that are there stay")
    sheet.add_argument(
        "--update",
        type=Path,
        metavar="SHEET",
        help="a newer version of the sheet: what is missing in it goes",
    )
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub.add_argument(
        "--max-changes", type=_count, metavar="N",
        help="at most N planned orders change vehicle, and N their place on the route (default: any number)",
    )  # fmt: skip
    sub.add_argument("--seconds", type=_seconds, default=_REPLAN_SECONDS, metavar="S")
    sub.add_argument("--json", action="store_true")
    sub.set_defaults(command=replan)


def _add_export(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="write the outputs of a saved plan again")
    sub.add_argument("file", type=Path, metavar="DAY.lastmile")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub.add_argument(
        "--into", type=Path, metavar="WORKBOOK",
        help="also write a copy of this order sheet with the plan in it; the sheet itself is never touched",
    )  # fmt: skip
    sub.set_defaults(command=commands.export)


def _add_template(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="write an empty order sheet to start from")
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    sub.add_argument("--language", choices=TEMPLATE_LANGUAGES, default="en", help="of headings and notes")
    sub.set_defaults(command=template)


def _add_check(subs: Any, name: str) -> None:
    sub = subs.add_parser(name, help="run the independent checker over a saved plan")
    sub.add_argument("file", type=Path, metavar="DAY.lastmile")
    sub.add_argument("--json", action="store_true")
    sub.set_defaults(command=commands.check)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 24 * 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {2**31 - 1}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


_COMMANDS = {
    "demo": _add_demo,
    "inspect": _add_inspect,
    "plan": _add_plan,
    "export": _add_export,
    "check": _add_check,
    "what-if": _add_what_if,
    "replan": _add_replan,
    "region": add_region,
    "template": _add_template,
}
