"""Positions: decimals with point or comma, degrees-minutes-seconds, both in one cell."""

from __future__ import annotations

import math
import re

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_NOTHING = frozenset(["", "-", "n/a", "na", "nan", "none", "null", "?"])
_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_DECIMAL = re.compile(rf"({_NUMBER})\s*°?\s*([nsewo])?|([nsewo])\s*({_NUMBER})\s*°?")
_DMS = re.compile(
    rf"([nsewo])?\s*([+-]?\d{{1,3}})\s*[°d:\s]\s*(\d{{1,2}})\s*['′’:\s]\s*(?:({_NUMBER})\s*(?:\"|″|”|''|′′|’’)?)?\s*([nsewo])?"
)
_POINT_PAIR = re.compile(r"\(?\s*([+-]?\d+\.\d+)\s*[,;/\s]\s*([+-]?\d+\.\d+)\s*\)?")
_COMMA_PAIR = re.compile(r"\(?\s*([+-]?\d+,\d+)\s*(?:[;/]|,\s|\s)\s*([+-]?\d+,\d+)\s*\)?")


def parse_coordinate(value: CellValue) -> float | None:
    """One coordinate in degrees as written, even when it cannot be on the earth; None for a blank.

    Raises UnreadableValueError when it is not a number at all.
    """
    if isinstance(value, bool):
        raise UnreadableValueError("it is not a coordinate")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise UnreadableValueError("it is not a coordinate")
        return float(value)
    if not isinstance(value, str):
        raise UnreadableValueError("it is not a coordinate")
    folded = fold(value).removeprefix("'")
    if folded in _NOTHING:
        return None
    decimal = _DECIMAL.fullmatch(folded)
    if decimal:
        number = decimal.group(1) or decimal.group(4)
        return _signed(float(number.replace(",", ".")), decimal.group(2) or decimal.group(3))
    dms = _DMS.fullmatch(folded)
    if dms:
        before, degrees, minutes, seconds, behind = dms.groups()
        part = int(minutes) / 60 + float((seconds or "0").replace(",", ".")) / 3600
        size = abs(int(degrees)) + part
        return _signed(-size if degrees.startswith("-") else size, before or behind)
    raise UnreadableValueError("it is not a coordinate")


def _signed(number: float, side: str | None) -> float:
    return -abs(number) if side in ("s", "w") else number


def parse_pair(value: CellValue) -> tuple[float, float] | None:
    """Latitude and longitude from one cell; None for a blank. Raises UnreadableValueError."""
    if not isinstance(value, str):
        raise UnreadableValueError("it is not a pair of coordinates")
    folded = fold(value)
    if folded in _NOTHING:
        return None
    for pattern in (_POINT_PAIR, _COMMA_PAIR):
        pair = pattern.fullmatch(folded)
        if pair:
            return float(pair.group(1).replace(",", ".")), float(pair.group(2).replace(",", "."))
    folded = folded.strip("()")
    between = r"[;,/\s]\s*(?=[nsewo])" if folded[:1] in "nsewo" else r"[;,/]\s*|(?<=[nsewo])\s+"
    halves = re.split(between, folded)
    halves = [half for half in halves if half]
    if len(halves) == 2:
        first, second = parse_coordinate(halves[0]), parse_coordinate(halves[1])
        if first is not None and second is not None:
            if re.search(r"[ew]", halves[0]) and re.search(r"[ns]", halves[1]):
                return second, first
            return first, second
    raise UnreadableValueError("it is not a pair of coordinates")


def is_pair(value: CellValue) -> bool:
    """True when the cell holds latitude and longitude together."""
    try:
        return parse_pair(value) is not None
    except UnreadableValueError:
        return False


def looks_geographic(value: CellValue) -> bool:
    """True for a number with several decimals within +-180: a degree, hardly a length or a count."""
    try:
        number = parse_coordinate(value)
    except UnreadableValueError:
        return False
    if number is None or abs(number) > 180:
        return False
    if isinstance(value, str):  # as written: 15,4400 is as exact as 15,4395
        return re.search(r"[.,]\d{3,}", value) is not None or "°" in value
    return round(number, 2) != round(number, 6)


def with_point_restored(number: float, near: float) -> float | None:
    """``number`` with its point put back so that it lies within a degree of ``near``; None if it cannot."""
    for power in range(1, 13):
        candidate = float(number / 10.0**power)
        if abs(candidate - near) <= 1.0:
            return candidate
    return None
