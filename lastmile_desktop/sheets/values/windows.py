"""Time windows written as text, in eight languages: an explicit grammar, no guessing.

The grammar stands in ``window_grammar``, its words in ``window_words``. What stays open (1-3, after 6, one
single time) is refused with what was probably meant.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_grammar import WindowParser
from lastmile_desktop.sheets.values.window_reading import (
    USUAL_HABITS,
    DayParts,
    DayWindows,
    WindowHabits,
    WindowReading,
    merged,
    written,
)
from lastmile_desktop.sheets.values.window_tokens import folded_lines, tokens_of
from lastmile_desktop.sheets.values.window_words import NO_LIMIT

__all__ = [
    "USUAL_HABITS",
    "DayParts",
    "DayWindows",
    "WindowHabits",
    "WindowReading",
    "merged",
    "parse_day_windows",
    "parse_windows",
    "written",
]

_COMMA_CLOCK = re.compile(r"\b(\d{1,2}),(\d{2})\b")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LEADING = re.compile(r"^([^a-z]*\d(?:\s*(?:uhr|h|am|pm|u|uur))?)[\s,;:]+[a-z][^\d]*$", re.DOTALL)


def parse_windows(text: str, habits: WindowHabits = USUAL_HABITS) -> WindowReading:
    """Read a window text without days. Raises UnreadableValueError; an empty result means "no limit"."""
    reading = parse_day_windows(text, habits)
    if reading.for_days:
        raise UnreadableValueError("it names days, and only times can be used here")
    return reading


@lru_cache(maxsize=8192)
def parse_day_windows(text: str, habits: WindowHabits = USUAL_HABITS) -> WindowReading:
    """Read a window text. Raises UnreadableValueError with the reason; an empty result means "no limit"."""
    folded = folded_lines(text)
    plain = folded.strip("!. \n()")
    if not plain or folded in NO_LIMIT or plain in NO_LIMIT:
        return WindowReading()
    try:
        return _parsed(folded, habits)
    except UnreadableValueError as error:
        if not error.fix:
            error.fix = _salvaged(folded, habits)
        raise


def _parsed(folded: str, habits: WindowHabits) -> WindowReading:
    tokens, languages = tokens_of(folded)
    return WindowParser(tokens, habits, languages | habits.languages).cell()


def _salvaged(folded: str, habits: WindowHabits) -> str:
    """The window that a text most likely means when its brackets or its odd commas are left out."""
    for variant in (
        _COMMA_CLOCK.sub(r"\1:\2", folded),
        _BRACKETS.sub(" ", folded),
        _LEADING.sub(r"\1", folded),
    ):
        if variant in (folded, ""):
            continue
        try:
            found = _parsed(variant, habits)
        except UnreadableValueError:
            continue
        if found.windows and not found.for_days:
            return written(found.windows)
    return ""
