"""How a sheet is to be read, as told on the command line."""

from __future__ import annotations

import argparse

from lastmile_desktop.model.sheet_layout import ImportOptions


def add_reading_options(sub: argparse.ArgumentParser) -> None:
    """Choices that the import page of the window offers too."""
    group = sub.add_argument_group("how the sheet is read")
    group.add_argument(
        "--filled-block",
        action="store_true",
        help="read only the block of filled cells at the top left, where values far away hinder reading",
    )
    group.add_argument(
        "--visible-only", action="store_true", help="leave out rows that are hidden or filtered away"
    )
    group.add_argument("--encoding", default="", metavar="NAME", help="of a text file, such as cp1252")
    group.add_argument(
        "--day-parts",
        type=_day_parts,
        default=(),
        metavar="HOURS",
        help="what morning, afternoon and evening mean (08:00-12:00, 12:00-17:00, 17:00-21:00)",
    )
    group.add_argument("--delimiter", type=_sign, default="", metavar="SIGN", help="of a text file; or tab")


def reading_options(options: argparse.Namespace) -> ImportOptions:
    """The import options of parsed arguments; commands without these options read sheets as they are."""
    return ImportOptions(
        encoding=getattr(options, "encoding", ""),
        delimiter=getattr(options, "delimiter", ""),
        filled_block_only=getattr(options, "filled_block", False),
        visible_only=getattr(options, "visible_only", False),
        day_parts=getattr(options, "day_parts", ()),
    )


def _day_parts(text: str) -> tuple[tuple[int, int], ...]:
    from lastmile_desktop.pipeline.typed_values import NotUnderstoodError, read_day_parts

    try:
        return read_day_parts(text)
    except NotUnderstoodError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _sign(text: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) > 1:
        raise argparse.ArgumentTypeError("one sign, such as ; or tab")
    return sign
