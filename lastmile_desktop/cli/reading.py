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
    group.add_argument("--delimiter", type=_sign, default="", metavar="SIGN", help="of a text file; or tab")


def reading_options(options: argparse.Namespace) -> ImportOptions:
    """The import options of parsed arguments; commands without these options read sheets as they are."""
    return ImportOptions(
        encoding=getattr(options, "encoding", ""),
        delimiter=getattr(options, "delimiter", ""),
        filled_block_only=getattr(options, "filled_block", False),
        visible_only=getattr(options, "visible_only", False),
    )


def _sign(text: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) > 1:
        raise argparse.ArgumentTypeError("one sign, such as ; or tab")
    return sign
