"""How times, distances, loads and money are written for people, the same on screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lastmile_desktop.model.load import Load
from lastmile_desktop.model.order import TimeWindow

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(time_s: int) -> str:
    """A time of day as HH:MM, to the nearest minute; "+1" marks the day after. ``time_s`` since midnight."""
    minutes = (time_s + 30) // 60
    days, minutes = divmod(minutes, 24 * 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return text if days == 0 else f"{text} {days:+d}"


def calendar_day(day: date) -> str:
    """A date as "Mon 23 Nov 2026", the same in every locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def duration(seconds: int) -> str:
    """A length of time: "45 min", "9 h 12"."""
    minutes = (abs(seconds) + 30) // 60
    sign = "-" if seconds < 0 and minutes else ""
    if minutes < 60:
        return f"{sign}{minutes} min"
    return f"{sign}{minutes // 60} h {minutes % 60:02d}"


def distance(metres: int) -> str:
    """A distance in kilometres: "0.4 km", "25.4 km", "213 km"."""
    kilometres = metres / 1000
    return f"{kilometres:,.0f} km" if kilometres >= 100 else f"{kilometres:.1f} km"


def pieces(quantity_milli: int) -> str:
    """A number of pieces without needless decimals: "3", "2.5"."""
    return _plain(quantity_milli / 1000, 3)


def weight(weight_g: int) -> str:
    """A weight in kilograms: "0.02 kg", "12.5 kg", "310 kg"; what weighs something never reads as nothing."""
    kilograms = weight_g / 1000
    return f"{_plain(kilograms, 0 if kilograms >= 100 else 1 if kilograms >= 1 else 3)} kg"


def volume(volume_cm3: int) -> str:
    """A volume in cubic metres: "0.35 m³", "0.004 m³"; what takes room never reads as nothing."""
    cubic_metres = volume_cm3 / 1_000_000
    return f"{cubic_metres:.2f} m³" if volume_cm3 >= 10_000 else f"{_plain(cubic_metres, 6)} m³"


def load(amount: Load) -> str:
    """What of a load is known: "3 pcs, 12.5 kg"."""
    parts = []
    if amount.quantity_milli:
        parts.append(f"{pieces(amount.quantity_milli)} {'pc' if amount.quantity_milli == 1000 else 'pcs'}")
    if amount.weight_g:
        parts.append(weight(amount.weight_g))
    if amount.volume_cm3:
        parts.append(volume(amount.volume_cm3))
    return ", ".join(parts)


def window(time_window: TimeWindow) -> str:
    """One time window: "09:00–12:00", "until 11:00", "from 13:00"."""
    if time_window.start_s is None and time_window.end_s is None:
        return "any time"
    if time_window.start_s is None:
        return f"until {clock(time_window.end_s or 0)}"
    if time_window.end_s is None:
        return f"from {clock(time_window.start_s)}"
    return f"{clock(time_window.start_s)}–{clock(time_window.end_s)}"


def windows(time_windows: Sequence[TimeWindow]) -> str:
    """All windows of an order: "09:00–12:00, 14:00–16:00"; "" when any time is fine."""
    return ", ".join(window(time_window) for time_window in time_windows)


def money(cents: int, currency: str) -> str:
    """An amount of money: "812.40 EUR"."""
    return f"{cents / 100:,.2f} {currency}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 order", "120 orders"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _plain(value: float, decimals: int) -> str:
    """A number with at most ``decimals`` places, without needless zeros, with thousands separated."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
