"""Table cells for the clipboard and for a file, safe to paste into a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_PHONE = re.compile(r"^\+[\d ()]+$")


def as_clipboard_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows as tab-separated text, as spreadsheets paste it; no cell can become a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerows([_inert(cell, keep_phone=True) for cell in row] for row in rows)
    return buffer.getvalue().rstrip("\n")


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a csv file that Excel opens with the right signs (UTF-8 with mark); no cell is a formula."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_inert(cell, keep_phone=False) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _inert(cell: str, *, keep_phone: bool) -> str:
    """A cell that starts like a formula gets an apostrophe, the spreadsheet's own sign for text."""
    plain = cell.lstrip()
    if not plain.startswith(_STARTS_FORMULA) or _NUMBER.match(plain):
        return cell
    if keep_phone and _PHONE.match(plain):
        return cell  # no operator in it: pasted as a number or text, and dialled as it is
    return "'" + cell
