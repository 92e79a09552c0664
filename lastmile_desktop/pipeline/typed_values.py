"""Values as a dispatcher types them into a cell or a form, by the same grammar as in a sheet; and back.

Every ``read_*`` raises NotUnderstoodError with one sentence that says what to type instead. Every
``*_text`` gives what the matching ``read_*`` takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import TypeVar

from lastmile_desktop.model import Location, TimeWindow, TrafficPeriod
from lastmile_desktop.model.goals import check_periods
from lastmile_desktop.model.wording import clock

_Value = TypeVar("_Value")
#: A typed position this far from the day's work is checked for swapped coordinates.
_FAR_KM = 300.0
_DAY_S = 24 * 3600
_NAME_ENDS = re.compile(r"[,;\n]+")
_HOUR = r"\d{1,2}(?:[:.]\d{2})?"
_DAY_PART = re.compile(rf"(?P<start>{_HOUR})\s*(?:-|–|to)\s*(?P<end>{_HOUR})")
_TRAFFIC = re.compile(
    rf"\s*(?P<start>{_HOUR})\s*(?:-|–|to)\s*(?P<end>{_HOUR})(?:\s*[=:]\s*|\s+)(?P<percent>\d{{2,4}})\s*%?\s*"
)
_LONGEST_STOP_S = 12 * 3600


class NotUnderstoodError(ValueError):
    """A typed value that cannot be taken; the message is a sentence for the dispatcher."""

    for_dispatcher = True


def read_windows(text: str) -> tuple[TimeWindow, ...]:
    """Time windows, ascending; none for an empty text (any time of the day)."""
    from lastmile_desktop.sheets.values.windows import parse_windows

    how = "Write it like 09:00-12:00, until 11:00 or from 13:00."
    reading = _understood(parse_windows, text, "a time window", how)
    if reading.urgent:
        raise NotUnderstoodError(f"“{_short(text)}” is no time. Set the priority to High, or write a window.")
    return reading.windows


def read_time(text: str, *, as_end: bool = False) -> int | None:
    """A time of day in seconds after midnight; None for an empty text. ``as_end``: 0:00 ends the day.

    "02:00 +1" is two in the morning of the day after.
    """
    from lastmile_desktop.sheets.values.times import parse_time

    plain, plus, _ = text.rstrip().partition("+1")
    time_s = _understood(
        lambda _typed: parse_time(plain, as_end=as_end and not plus),
        text,
        "a time of day",
        "Write it like 09:00.",
    )
    return time_s + _DAY_S if plus and time_s is not None else time_s


def read_quantity_milli(text: str) -> int | None:
    """Pieces, in thousandths; None for an empty text."""
    from lastmile_desktop.sheets.values.numbers import parse_quantity_milli

    return _understood(parse_quantity_milli, text, "a number of pieces", "Write it like 3 or 2.5.")


def read_weight_g(text: str) -> int | None:
    """Kilograms (or another unit that is written) as grams; None for an empty text."""
    from lastmile_desktop.sheets.values.numbers import GRAMS, parse_measure

    return _understood(
        lambda typed: parse_measure(typed, GRAMS, "kg"), text, "a weight", "Write kilograms, like 12 or 12.5."
    )


def read_volume_cm3(text: str) -> int | None:
    """Cubic metres (or another unit that is written) as cubic centimetres; None for an empty text."""
    from lastmile_desktop.sheets.values.numbers import CUBIC_CM, parse_measure

    return _understood(
        lambda typed: parse_measure(typed, CUBIC_CM, "m3"), text, "a volume", "Write cubic metres, like 0.35."
    )


def read_distance_m(text: str) -> int | None:
    """Kilometres (or miles where written) as metres; None for an empty text."""
    from lastmile_desktop.sheets.values.numbers import METRES, parse_measure

    return _understood(
        lambda typed: parse_measure(typed, METRES, "km"), text, "a distance", "Write kilometres, like 120."
    )


def read_cents(text: str) -> int | None:
    """An amount of money in cents; None for an empty text."""
    from lastmile_desktop.sheets.values.numbers import parse_cents

    return _understood(parse_cents, text, "an amount of money", "Write it like 12 or 0.35.")


def read_service_s(text: str) -> int | None:
    """Minutes at the door as seconds, at most twelve hours; None for an empty text."""
    from lastmile_desktop.sheets.values.durations import parse_duration

    seconds = _understood(
        lambda typed: parse_duration(typed, "min"), text, "a length of time", "Write minutes, like 5."
    )
    if seconds is not None and seconds > _LONGEST_STOP_S:
        raise NotUnderstoodError(
            f"“{_short(text)}” is more than twelve hours at one door. Write minutes, like 5."
        )
    return seconds


def read_duration_s(text: str) -> int | None:
    """Hours as seconds ("9", "9:30", "9.5"); None for an empty text."""
    from lastmile_desktop.sheets.values.durations import parse_duration

    return _understood(
        lambda typed: parse_duration(typed, "h"), text, "a length of time", "Write hours, like 9 or 9:30."
    )


def read_skills(text: str) -> frozenset[str]:
    """Skills separated by commas, in lower case so that "Lift" and "lift" are one."""
    from lastmile_desktop.sheets.values.choices import parse_skills

    return parse_skills(text)


def read_names(text: str) -> frozenset[str]:
    """Names separated by commas, as they are written."""
    return frozenset(name for part in _NAME_ENDS.split(text) if (name := " ".join(part.split())))


def read_traffic(text: str) -> tuple[TrafficPeriod, ...]:
    """Hours in which driving takes another time: "07:00-09:00 130 %, 16:00-18:30 125"; none when empty."""
    how = "Write it like 07:00-09:00 130 %, 16:00-18:30 125 %."
    periods: list[TrafficPeriod] = []
    for part in _NAME_ENDS.split(text):
        if not part.strip():
            continue
        found = _TRAFFIC.fullmatch(part)
        if found is None:
            raise NotUnderstoodError(f"“{_short(part)}” is no traffic period. {how}")
        start_s, end_s = read_time(found["start"]), read_time(found["end"], as_end=True)
        try:
            periods.append(TrafficPeriod(start_s or 0, end_s or 0, int(found["percent"])))
        except ValueError as error:
            raise NotUnderstoodError(f"“{_short(part)}” is no traffic period: {error}. {how}") from error
    periods.sort(key=lambda period: period.start_s)
    try:
        check_periods(periods)
    except ValueError as error:
        raise NotUnderstoodError(f"These traffic periods overlap. {how}") from error
    return tuple(periods)


def traffic_text(periods: Collection[TrafficPeriod]) -> str:
    """Traffic periods as ``read_traffic`` takes them."""
    return ", ".join(f"{time_text(p.start_s)}-{time_text(p.end_s)} {p.percent} %" for p in periods)


def read_day_parts(text: str) -> tuple[tuple[int, int], ...]:
    """What morning, afternoon and evening mean in a sheet: "8-12, 12-17, 17-21"; () when empty."""
    if not text.strip():
        return ()
    how = "Write morning, afternoon and evening like 08:00-12:00, 12:00-17:00, 17:00-21:00."
    parts = [part.strip() for part in _NAME_ENDS.split(text) if part.strip()]
    found = [_DAY_PART.fullmatch(part) for part in parts]
    if len(found) != 3 or not all(found):
        raise NotUnderstoodError(f"“{_short(text)}” is not three parts of the day. {how}")
    hours = tuple(
        (read_time(one["start"]) or 0, read_time(one["end"], as_end=True) or 0)
        for one in found
        if one is not None
    )
    if not all(start < end for start, end in hours):
        raise NotUnderstoodError(f"A part of the day in “{_short(text)}” ends before it begins. {how}")
    return hours


def day_parts_text(hours: Collection[tuple[int, int]]) -> str:
    """Parts of the day as ``read_day_parts`` takes them."""
    return ", ".join(f"{time_text(start)}-{time_text(end)}" for start, end in hours)


def read_position(text: str, near: Location | None = None) -> Location | None:
    """Latitude and longitude as maps copy them ("51.0543, 3.7174"); None for an empty text.

    ``near`` is where the day's work is: a position far from it whose swapped twin is close is refused.
    """
    from lastmile_desktop.sheets.values.coordinates import parse_pair

    how = "Write latitude, then longitude, like 51.0543, 3.7174."
    pair = _understood(parse_pair, text, "a position", how)
    if pair is None:
        return None
    lat, lon = pair
    if lat == 0 and lon == 0:
        raise NotUnderstoodError("0, 0 lies in the sea off Africa. Please look up the real position.")
    if abs(lat) > 90 or abs(lon) > 180:
        raise NotUnderstoodError(f"“{_short(text)}” does not lie on the earth. {how}")
    location = Location(lat, lon)
    if near is not None and abs(lon) <= 90 and distance_km(location, near) > _FAR_KM:
        swapped = Location(lon, lat)
        if distance_km(swapped, near) < _FAR_KM:
            raise NotUnderstoodError(
                f"Latitude and longitude look swapped. If they are, write {position_text(swapped)}."
            )
    return location


def amount_text(amount: int | None, per_unit: int) -> str:
    """An integer amount in its unit, without needless zeros: 12500 g with 1000 per kg -> "12.5"."""
    if amount is None:
        return ""
    text = f"{Decimal(amount) / per_unit:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction[:6].rstrip("0")
    if len(fraction) == 3 and whole != "0" and len(whole) <= 3:
        fraction += "0"  # "1.250" reads as a thousand elsewhere: a fourth decimal takes the doubt away
    return f"{whole}.{fraction}" if fraction else whole


def time_text(time_s: int | None) -> str:
    """A time of day, "" for None; midnight at the end of the day is 24:00."""
    if time_s is None:
        return ""
    return "24:00" if time_s == _DAY_S else clock(time_s)


def position_text(location: Location | None) -> str:
    """A position with five decimals (about a metre), "" for None."""
    return "" if location is None else f"{location.lat:.5f}, {location.lon:.5f}"


def skills_text(skills: Collection[str]) -> str:
    """Skills, sorted."""
    return ", ".join(sorted(skills))


def distance_km(first: Location, second: Location) -> float:
    """Roughly how far two positions are from each other, in kilometres."""
    lat = math.radians(second.lat - first.lat)
    east = math.radians((second.lon - first.lon + 180) % 360 - 180)
    return 6371.0 * math.hypot(lat, east * math.cos(math.radians((first.lat + second.lat) / 2)))


def _understood(parse: Callable[[str], _Value], text: str, what: str, how: str) -> _Value:
    from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

    try:
        return parse(text)
    except UnreadableValueError as error:
        raise NotUnderstoodError(f"“{_short(text)}” cannot be taken as {what}: {error}. {how}") from error


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
