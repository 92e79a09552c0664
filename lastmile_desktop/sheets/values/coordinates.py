"""Positions: decimals with point or comma, degrees-minutes-seconds, both in one cell, map links, plus codes.

    one     := [side] number [°] [side] | [side] degrees ° minutes [' seconds ["]] [side]
    side    := N S E W O, or north, Süd, est, oeste ... in eight languages
    pair    := one separator one | "lat" one "lon" one | (one, one) | POINT(lon lat) | geo:lat,lon
             | d,ddd,d,ddd (decimal commas and a comma between) | map link | plus code
    separator := ; | , / space, where the numbers themselves leave no doubt

O is Ost or Ouest/Oeste: which, only the other cells or the depot can tell, so it is refused here unless the
caller says which.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.map_links import position_in_link
from lastmile_desktop.sheets.values.plus_codes import position_of_plus_code
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_NO_COORDINATE = "it is not a coordinate"
_NO_PAIR = "it is not a pair of coordinates"
_NOTHING = frozenset(["", "-", "--", "n/a", "na", "nan", "none", "null", "?", "nan, nan", "nan,nan", "#"])
_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_SIDES = {
    "n": "north nord norte noord polnoc norden pn",
    "s": "south sud sued sur zuid poludnie suden sul pd",
    "e": "east est este oost ost osten leste wschod wsch",
    "w": "west ouest oeste ovest westen zachod zach",
}
_SIDE_OF_WORD = {word: side for side, words in _SIDES.items() for word in words.split()}
_SIDE_WORDS = re.compile(r"\b(?:" + "|".join(sorted(_SIDE_OF_WORD, key=len, reverse=True)) + r")\b\.?")
_DECIMAL = re.compile(rf"([nsewo])?\s*({_NUMBER})\s*(?:°|deg)?\s*([nsewo])?")
_DMS = re.compile(
    r"([nsewo])?\s*([+-]?\d{1,3})\s*(?:[°d:\s]|deg)\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)(?:\s*(?:['′’‘´`m:]|min)\s*|\s+|(?=[nsewo]|$))(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|“|''|′′|’’|´´|s)?)?)\s*"
    r"([nsewo])?"
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3}){2,}")
_POINT_PAIR = re.compile(r"([+-]?\d+\.\d+)\s*[,;/|\s]\s*([+-]?\d+(?:\.\d+)?)")
_COMMA_PAIR = re.compile(r"([+-]?\d+,\d+)\s*(?:[;/|]|,\s|\s)\s*([+-]?\d+,\d+)")
_LOOKS_LIKE_TIMES = re.compile(
    r"\s*(?:[01]?\d|2[0-4])(?:[.:]\d{2})?\s*[/\s|-]\s*(?:[01]?\d|2[0-4])(?:[.:]\d{2})?\s*"
)
_ZERO_PAIR = re.compile(r"0(?:[.,]0+)?\s*[,;/|\s]\s*0(?:[.,]0+)?")
_FOUR_GROUPS = re.compile(r"([+-]?\d{1,3},\d{2,}),([+-]?\d{1,3},\d{2,})")
_WKT = re.compile(r"(?:srid=\d+;\s*)?point\s*z?\s*\(\s*([+-]?\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)[^)]*\)")
_NAMED = re.compile(
    rf"\W*(?:lat|latitude|breite|breitengrad|latitud|latitudine)\W*?({_NUMBER})\W+?"
    rf"(?:lon|lng|long|longitude|lange|langengrad|longitud|longitudine)\W*?({_NUMBER})\W*"
)


def parse_coordinate(value: CellValue, *, west_is_o: bool | None = None) -> float | None:
    """One coordinate in degrees as written, even when it cannot be on the earth; None for a blank.

    ``west_is_o``: what the letter O stands for. Raises UnreadableValueError when it is not a number at all.
    """
    if isinstance(value, bool):
        raise UnreadableValueError(_NO_COORDINATE)
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise UnreadableValueError(_NO_COORDINATE)
        return float(value)
    if not isinstance(value, str):
        raise UnreadableValueError(_NO_COORDINATE)
    return _of_text(_folded(value), west_is_o)


def _folded(text: str) -> str:
    folded = fold(text.replace("º", "°").replace("˚", "°")).removeprefix("'")
    return _SIDE_WORDS.sub(lambda match: _SIDE_OF_WORD[match.group().rstrip(".")], folded)


@lru_cache(maxsize=8192)
def _of_text(folded: str, west_is_o: bool | None) -> float | None:
    if folded in _NOTHING:
        return None
    if _GROUPED.fullmatch(folded):  # 51.054.300: a point lost to thousands marks
        return float(re.sub(r"[.,]", "", folded))
    decimal = _DECIMAL.fullmatch(folded)
    if decimal:
        before, number, behind = decimal.groups()
        return _signed(float(number.replace(",", ".")), before or behind, west_is_o)
    dms = _DMS.fullmatch(folded)
    if dms:
        before, degrees, minutes, seconds, behind = dms.groups()
        if seconds is None and not (before or behind or "°" in folded or "deg" in folded):
            raise UnreadableValueError(_NO_COORDINATE)
        part_minutes = float(minutes.replace(",", "."))
        part_seconds = float((seconds or "0").replace(",", "."))
        if part_minutes >= 60 or part_seconds >= 60:
            raise UnreadableValueError("its minutes or seconds are 60 or more")
        size = abs(int(degrees)) + part_minutes / 60 + part_seconds / 3600
        return _signed(-size if degrees.startswith("-") else size, before or behind, west_is_o)
    raise UnreadableValueError(_NO_COORDINATE)


def _signed(number: float, side: str | None, west_is_o: bool | None) -> float:
    if side == "o" and west_is_o is None:
        raise UnreadableValueError("its O can mean east (Ost) or west (Ouest)")
    return -abs(number) if side in ("s", "w") or (side == "o" and west_is_o) else number


def parse_pair(value: CellValue, *, west_is_o: bool | None = None) -> tuple[float, float] | None:
    """Latitude and longitude from one cell; None for a blank. Raises UnreadableValueError."""
    if not isinstance(value, str):
        raise UnreadableValueError(_NO_PAIR)
    return _pair_of_text(value.strip(), west_is_o)


@lru_cache(maxsize=8192)
def _pair_of_text(text: str, west_is_o: bool | None) -> tuple[float, float] | None:
    if "://" in text or text.lower().startswith(("www.", "geo:")):
        return position_in_link(text)
    folded = _folded(text)
    if folded in _NOTHING:
        return None
    if "+" in folded[4:]:
        code = position_of_plus_code(text)
        if code is not None:
            return code
    known = _known_form(folded)
    if known is not None:
        return known
    folded = folded.strip("()[]{} ")
    if _ZERO_PAIR.fullmatch(folded):
        return 0.0, 0.0
    for pattern in (_POINT_PAIR, _COMMA_PAIR, _FOUR_GROUPS):
        pair = pattern.fullmatch(folded)
        if pair:
            return float(pair.group(1).replace(",", ".")), float(pair.group(2).replace(",", "."))
    return _of_halves(folded, west_is_o)


def _known_form(folded: str) -> tuple[float, float] | None:
    well_known = _WKT.fullmatch(folded)
    if well_known:
        return float(well_known.group(2)), float(well_known.group(1))
    named = _NAMED.fullmatch(folded)
    if named:
        return float(named.group(1).replace(",", ".")), float(named.group(2).replace(",", "."))
    return None


def _of_halves(folded: str, west_is_o: bool | None) -> tuple[float, float]:
    between = (
        r"[;,/|\s]\s*(?=[nsewo])"
        if folded[:1] in "nsewo"
        else r"[;/|]\s*|,\s+|(?<=[nsewo])[,\s]+|(?<=[nsewo]),"
    )
    halves = [half for half in re.split(between, folded) if half]
    if len(halves) != 2:
        raise UnreadableValueError(_NO_PAIR)
    first, second = (_of_text(half.strip(), west_is_o) for half in halves)
    if first is None or second is None:
        raise UnreadableValueError(_NO_PAIR)
    upright = [bool(re.search(r"[ns]", half)) for half in halves]
    across = [bool(re.search(r"[ewo]", half)) for half in halves]
    if across[0] and upright[1]:
        return second, first
    if across[0] or upright[1]:
        raise UnreadableValueError(_NO_PAIR)
    return first, second


def is_pair(value: CellValue) -> bool:
    """True when the cell holds latitude and longitude together, and cannot be a period such as 9.00/12.00."""
    if not isinstance(value, str) or _LOOKS_LIKE_TIMES.fullmatch(value):
        return False
    try:
        return parse_pair(value, west_is_o=False) is not None
    except UnreadableValueError:
        return False


def uses_o_for_west(values: list[CellValue]) -> bool | None:
    """What O stands for in a column: west beside E, east beside W; None when neither is there."""
    letters = {
        letter
        for value in values
        if isinstance(value, str)
        for letter in re.findall(r"(?<![a-z])[ewo](?![a-z])", _folded(value))
    }
    if "o" not in letters or {"e", "w"} <= letters or not letters & {"e", "w"}:
        return None
    return "e" in letters


def looks_geographic(value: CellValue) -> bool:
    """True for a number with several decimals within +-180: a degree, hardly a length or a count."""
    try:
        number = parse_coordinate(value, west_is_o=False)
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
