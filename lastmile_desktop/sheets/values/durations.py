"""Lengths of time: service at the door, breaks, set-up, working hours.

    cell     := Excel time | [h]:mm duration | fraction of a day | number in the column's unit | text
    text     := h:mm | h:mm:ss | amount unit (amount unit)* | hours "h" minutes | spoken, "about" before it
    amount   := 5  1,5  1.5  ½  1 ½  1/2          unit := hours | minutes | seconds, in eight languages
    spoken   := half an hour, quarter of an hour, three quarters of an hour

A range (5-10 min) is refused with its longer end; so is what is no length of time.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from lastmile_desktop.sheets.grid import CellValue, UnreadableCell
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.clocks import DAY_S, ZERO_DAYS
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

_NO_DURATION = "it is not a length of time"
_UNIT_S = {"": 60, "min": 60, "s": 1, "h": 3600}
_UNITS = {
    word: seconds
    for seconds, words in (
        (
            3600,
            "h hr hrs hs hour hours std stdn stunde stunden heure heures hora horas ora ore uur uren u godz "
            "godzina godziny godzin",
        ),
        (
            60,
            "m mn min mins minute minutes minuten minuto minutos minuti minut minuta minuty minuut ' ′",
        ),
        (
            1,
            "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos seg secondo "
            "secondi seconden sekunda sekundy sekund \" ″ ''",
        ),
    )
    for word in words.split()
}
_NOTHING = frozenset(
    [
        "-",
        "--",
        "n/a",
        "na",
        "none",
        "keine",
        "kein",
        "k.a.",
        "aucun",
        "aucune",
        "ninguno",
        "ninguna",
        "nessuno",
        "nessuna",
        "geen",
        "brak",
        "nenhum",
        "nenhuma",
        "standard",
        "default",
        "normal",
        "usual",
    ]
)
_ABOUT = re.compile(
    r"^(?:~|ca\.?|circa|about|approx\.?|approximately|around|etwa|env\.?|environ|aprox\.?|alrededor de|"
    r"ongeveer|okolo|ok\.|cerca de|max\.?)\s*"
)
_SPOKEN = {
    phrase: minutes
    for minutes, phrases in (
        (
            30,
            "half an hour|half hour|a half hour|1/2 hour|halbe stunde|eine halbe stunde|demi-heure"
            "|une demi-heure|media hora|mezz'ora|mezzora|mezza ora|half uur|een half uur|pol godziny"
            "|meia hora",
        ),
        (
            15,
            "quarter of an hour|quarter hour|a quarter of an hour|viertelstunde|eine viertelstunde"
            "|quart d'heure|un quart d'heure|un cuarto de hora|cuarto de hora|un quarto d'ora|quarto d'ora"
            "|kwartier|een kwartier|kwadrans|um quarto de hora|quarto de hora",
        ),
        (
            45,
            "three quarters of an hour|dreiviertelstunde|trois quarts d'heure|tres cuartos de hora"
            "|tre quarti d'ora|drie kwartier|trzy kwadranse|tres quartos de hora",
        ),
        (
            60,
            "an hour|one hour|eine stunde|une heure|una hora|un'ora|een uur|godzina|godzine|uma hora",
        ),
        (90, "an hour and a half|anderthalb stunden|eineinhalb stunden|anderhalf uur|poltorej godziny"),
    )
    for phrase in phrases.split("|")
}
_AMOUNT = r"\d+(?:[.,]\d+)?|\d+\s+[123]/[234]|[123]/[234]"
_COLON = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?\s*([a-z]*)\.?")
_PAIR = re.compile(rf"({_AMOUNT})\s*(''|[a-z]+|['′\"″])\.?\s*(?:,|and|und|et|y|e|en|i)?\s*")
_RANGE = re.compile(r"(\d+)\s*(?:-|to|bis|a|tot|do)\s*(\d+)\s*([a-z']*)\.?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_FRACTION_SIGNS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⁄": "/"}


def parse_duration(value: CellValue, unit: str = "") -> int | None:
    """Seconds of a duration cell; None when it says nothing. A bare number counts in ``unit`` (minutes).

    Raises UnreadableValueError, also for a negative duration.
    """
    if isinstance(value, datetime):
        if value.date() not in ZERO_DAYS:
            raise UnreadableValueError("Excel turned it into a date")
        value = value.time()
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, timedelta):
        return _checked(value.total_seconds())
    if isinstance(value, date):
        raise UnreadableValueError("Excel turned it into a date")
    if isinstance(value, bool | UnreadableCell):
        raise UnreadableValueError(_NO_DURATION)
    if isinstance(value, int | float):
        return _of_number(value, unit)
    return _of_text(value, unit)


def _of_number(value: int | float, unit: str) -> int:
    if 0 < value < 1 and unit in ("", "min"):
        if len(repr(float(value))) <= 5:  # 0.5, 0.25, 0.125: hours, minutes or a day's share?
            raise UnreadableValueError("it could be hours, minutes or a time of Excel")
        return round(value * DAY_S)  # an Excel duration that lost its format: 0:05 = 0.00347
    return _checked(value * _UNIT_S.get(unit, 60))


@lru_cache(maxsize=4096)
def _of_text(text: str, unit: str) -> int | None:
    for sign, written in _FRACTION_SIGNS.items():
        text = text.replace(sign, written)
    folded = " ".join(fold(text).removeprefix("'").replace("’", "'").replace("′′", "″").split())
    if folded == "" or folded in _NOTHING:
        return None
    folded = _ABOUT.sub("", folded)
    if _PLAIN.fullmatch(folded):
        return _plain(folded, unit)
    colon = _COLON.fullmatch(folded)
    if colon:
        return _of_colon(colon)
    if folded.rstrip(".") in _SPOKEN:
        return _SPOKEN[folded.rstrip(".")] * 60
    spread = _RANGE.fullmatch(folded)
    if spread and int(spread.group(1)) < int(spread.group(2)):
        word = spread.group(3)
        known = not word or word in _UNITS
        raise UnreadableValueError("it is a range", f"{spread.group(2)} {word}".strip() if known else "")
    return _of_pairs(folded)


def _plain(folded: str, unit: str) -> int:
    whole, mark, fraction = folded.replace(",", ".").partition(".")
    if mark and len(fraction) == 3 and whole not in ("0", "-0"):
        raise UnreadableValueError("it could be thousands or a fraction")
    number = float(folded.replace(",", "."))
    if 0 < number < 1 and unit in ("", "min"):
        return _of_number(number, unit)
    return _checked(number * _UNIT_S.get(unit, 60))


def _of_colon(colon: re.Match[str]) -> int:
    first, second, third = (int(part or 0) for part in colon.groups()[:3])
    word = colon.group(4)
    if second >= 60 or third >= 60 or (word and word not in _UNITS):
        raise UnreadableValueError(_NO_DURATION)
    if word and _UNITS[word] == 60 and colon.group(3) is None:  # 5:30 min
        return first * 60 + second
    if word and _UNITS[word] == 1:
        raise UnreadableValueError(_NO_DURATION)
    return _checked(first * 3600 + second * 60 + third)


def _of_pairs(folded: str) -> int:
    """Amounts with units, each smaller than the one before; minutes may stand bare behind hours."""
    seconds, place, last = 0.0, 0, 10**9
    while place < len(folded):
        pair = _PAIR.match(folded, place)
        if pair is None:
            minutes = re.fullmatch(r"\d{1,2}", folded[place:])
            if minutes is None or last != 3600 or int(folded[place:]) >= 60:
                raise UnreadableValueError(_NO_DURATION)
            return _checked(seconds + int(folded[place:]) * 60)
        scale = _UNITS.get(pair.group(2))
        if scale is None or scale >= last:
            raise UnreadableValueError(_NO_DURATION)
        seconds += _amount(pair.group(1)) * scale
        last, place = scale, pair.end()
    if last == 10**9:
        raise UnreadableValueError(_NO_DURATION)
    return _checked(seconds)


def _amount(text: str) -> float:
    total = 0.0
    for part in text.split():
        top, slash, bottom = part.partition("/")
        total += float(top) / float(bottom) if slash else float(part.replace(",", "."))
    return total


def _checked(seconds: float) -> int:
    if seconds < 0:
        raise UnreadableValueError("a length of time cannot be negative")
    if not seconds < 1e9:  # not a number, or endless
        raise UnreadableValueError(_NO_DURATION)
    return round(seconds)
