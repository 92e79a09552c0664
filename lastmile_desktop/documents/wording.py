"""Times, distances and loads as people read them on paper: the one place that turns integers into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lastmile_desktop.model import Load, TimeWindow

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY_S = 24 * 3600


def long_date(day: date) -> str:
    """The date in full: "Monday 23 November 2026" (English whatever the system's locale is)."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """The date for a footer: "Mon 23 Nov 2026"."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def clock(seconds: int) -> str:
    """Seconds after midnight as "07:42"; the day after as "00:15 +1"."""
    days, rest = divmod(seconds, _DAY_S)
    text = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    return f"{text} {days:+d}" if days else text


def duration(seconds: int) -> str:
    """A length of time, rounded to the minute: "42 min", "9 h 12 min"."""
    minutes = (seconds + 30) // 60
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"


def kilometres(metres: int) -> str:
    """A distance: "0.8 km", "25.4 km", "213 km"."""
    if metres >= 100_000:
        return f"{round(metres / 1000)} km"
    return f"{metres / 1000:.1f} km"


def number(value: float, decimals: int) -> str:
    """A number with at most ``decimals`` places and no needless zeros: "3", "2.5"."""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pieces(quantity_milli: int) -> str:
    """A count of pieces without a unit: "3", "2.5"."""
    return number(quantity_milli / 1000, 3)


def kilograms(weight_g: int) -> str:
    """A weight: "0.25 kg", "12.5 kg", "1310 kg"."""
    value = weight_g / 1000
    return f"{number(value, 0 if value >= 100 else 1 if value >= 1 else 3)} kg"


def cubic_metres(volume_cm3: int) -> str:
    """A volume: "0.004 m³", "2.4 m³"."""
    value = volume_cm3 / 1_000_000
    return f"{number(value, 1 if value >= 10 else 2 if value >= 0.1 else 4)} m³"


def load_parts(load: Load) -> tuple[str, ...]:
    """The amounts of a load that are not nothing: ("3 pcs", "12.5 kg"). Nothing at all gives ()."""
    parts = []
    if load.quantity_milli:
        parts.append(f"{pieces(load.quantity_milli)} {'pc' if load.quantity_milli == 1000 else 'pcs'}")
    if load.weight_g:
        parts.append(kilograms(load.weight_g))
    if load.volume_cm3:
        parts.append(cubic_metres(load.volume_cm3))
    return tuple(parts)


def window(one: TimeWindow) -> str:
    """A time window: "09:00–12:00", "from 09:00", "until 12:00", "any time"."""
    if one.start_s is not None and one.end_s is not None:
        return f"{clock(one.start_s)}–{clock(one.end_s)}"
    if one.start_s is not None:
        return f"from {clock(one.start_s)}"
    if one.end_s is not None:
        return f"until {clock(one.end_s)}"
    return "any time"


def windows(several: Sequence[TimeWindow]) -> tuple[str, ...]:
    """Each time window in words; ("any time",) when there is none."""
    return tuple(window(one) for one in several) or ("any time",)


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "1 stop", "27 stops"."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def one_line(text: str) -> str:
    """Sheet text without line breaks, control characters or runs of blanks."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Sheet text without characters that no page or workbook can hold; line breaks stay.

    Control characters become blanks. Lone surrogates become the replacement character: they cannot be
    written as UTF-8. Direction overrides are dropped: they could make a row read as another one.
    """
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        code = ord(char)
        if char == "\n":
            kept.append(char)
        elif code < 32 or 0x7F <= code < 0xA0:
            kept.append(" ")
        elif 0xD800 <= code < 0xE000:
            kept.append("�")
        elif 0x202A <= code <= 0x202E or code in (0xFFFE, 0xFFFF):
            continue
        else:
            kept.append("\n" if code in (0x2028, 0x2029) else char)
    return "".join(kept)
