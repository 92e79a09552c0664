"""A window text as tokens: clocks, words with their roles, weekdays and dates.

    token := clock | date | weekday | phrase | sign
    clock := 9  09  9:30  9.30  9h30  9h  930  0930, each with am / pm / a / p behind it, seconds ignored
    date  := 2026-11-23  23.11.  23.11.2026  23/11/2026  23/11 (before a space and more digits)
    phrase := the longest run of words that stands in ``window_words``; hyphens inside it do not matter

Anything else raises: a text that is only half understood is not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.clocks import Clock
from lastmile_desktop.sheets.values.day_words import MONTHS, WEEKDAY_TAILS, WEEKDAYS
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_words import LANGUAGE_SIGNS, WORDS, Role

_NOT_UNDERSTOOD = "part of it cannot be understood"
_NO_TIME = "it is no time or period that can be read with certainty"
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign with what it can do; ``weekday`` and ``month`` are None for other words."""

    text: str
    roles: frozenset[Role]
    weekday: int | None = None
    month: int | None = None

    def can(self, *roles: Role) -> bool:
        """True when the word can have one of these roles."""
        return any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A date in a window text; ``year`` is None where it is not written."""

    day: int
    month: int
    year: int | None = None


Token = Clock | Word | DayMonth

_TOKEN = re.compile(
    r"""(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)t?)
    |(?P<dotted>(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.
        (?:\s?(?:20)\d{2}(?!\d)|\d{2}(?=[\s,]))?(?=[\s,:]|$))
    |(?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|(?<![\d-])\d{1,2}/\d{1,2}(?=,?\s+\S*\d))
    |(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,2}\.\d{2}(?!\d)
        |\d{1,2}(?:\s?(?:uhr|h)|u)\s?\d{2}(?:\s?min|\s?m(?![a-z]))?(?!\d|\s?[hu](?![a-z]))
        |\d{3,4}(?!\d)|\d{1,2}(?!\d))
        (?:\s*(?P<half>[ap])\.?\s?m(?![a-z])\.?|(?P<letter>[ap])(?![a-z.])(?!\s+\d))?
    |(?P<ordinal>(?<=\d)(?:st|nd|rd|th)(?![a-z]))
    |(?P<word>[^\W\d_]+)
    |(?P<sign>[-;/,+&\n<>≤≥→~]|\.\.+|…)
    |(?P<space>[ .()*:!_]+|(?<!\d)['’])""",
    re.VERBOSE,
)
_SIGN_ROLES = {"<": Role.BEFORE, "≤": Role.BEFORE, "≥": Role.FROM}
_DASHES = frozenset(["→", "~", "…", "..", "..."])


def _phrases() -> dict[tuple[str, ...], frozenset[Role]]:
    found: dict[tuple[str, ...], set[Role]] = {}
    for role, text in WORDS.items():
        for phrase in text.replace("|\n", "|\x00").split("|"):
            words = ("\n",) if phrase == "\x00" else tuple(phrase.split())
            if words:
                found.setdefault(words, set()).add(role)
    return {words: frozenset(roles) for words, roles in found.items()}


_PHRASES = _phrases()
_FIRST_WORDS = frozenset(words[0] for words in _PHRASES if len(words) > 1)


def folded_lines(text: str) -> str:
    """The text folded, its line ends kept: they part one window from the next."""
    return (
        "\n".join(fold(line) for line in text.splitlines() if line.strip())
        .replace("t/m", "tm")
        .replace("-feira", "")
    )


def tokens_of(folded: str) -> tuple[list[Token], frozenset[str]]:
    """Tokens of a folded text and the languages that its words show. Raises UnreadableValueError."""
    raw = _raw_tokens(folded)
    tokens: list[Token] = []
    languages: set[str] = set()
    position = 0
    while position < len(raw):
        item = raw[position]
        if not isinstance(item, str):
            tokens.append(item)
            position += 1
            continue
        phrase, length = _longest_phrase(raw, position)
        if phrase is None:
            has_time = any(sign.isdigit() for sign in folded)
            raise UnreadableValueError(_NOT_UNDERSTOOD if has_time else _NO_TIME)
        for word in raw[position : position + length]:
            if isinstance(word, str) and word in LANGUAGE_SIGNS:
                languages.add(LANGUAGE_SIGNS[word])
        if phrase.roles != {Role.NOISE}:
            tokens.append(phrase)
        position += length
    return tokens, frozenset(languages)


def _longest_phrase(raw: list[str | Clock | DayMonth], position: int) -> tuple[Word | None, int]:
    first = raw[position]
    assert isinstance(first, str)
    if first in _FIRST_WORDS or (position + 1 < len(raw) and raw[position + 1] == "-"):
        words: list[str] = []
        best: tuple[Word, int] | None = None
        for end in range(position, min(len(raw), position + 2 * _LONGEST_PHRASE)):
            item = raw[end]
            if item == "-" and words:
                continue
            if not isinstance(item, str):
                break
            words.append(item)
            roles = _PHRASES.get(tuple(words))
            if len(words) > 1 and roles:
                best = Word(" ".join(words), roles), end - position + 1
        if best:
            return best
    return _single(first), 1


def _single(text: str) -> Word | None:
    roles = _PHRASES.get((text,), frozenset())
    if text in _SIGN_ROLES:
        roles |= {_SIGN_ROLES[text]}
    if text in _DASHES:
        return Word("-", _PHRASES[("-",)])
    if text == ">":
        roles |= {Role.FROM}
    weekday, month = WEEKDAYS.get(text), MONTHS.get(text)
    if text in WEEKDAY_TAILS:
        return Word(text, frozenset([Role.NOISE]))
    if not roles and weekday is None and month is None:
        return None
    return Word(text, roles, weekday, month)


def _raw_tokens(folded: str) -> list[str | Clock | DayMonth]:
    found: list[str | Clock | DayMonth] = []
    position = 0
    while position < len(folded):
        match = _TOKEN.match(folded, position)
        if match is None or match.end() == position:
            raise UnreadableValueError(_NOT_UNDERSTOOD)
        position = match.end()
        kind = match.lastgroup
        if kind in ("iso", "dotted", "slashed"):
            found.append(_date(kind, match.group()))
        elif match.group("clock"):
            found.append(_clock(match.group("clock"), match.group("half") or match.group("letter") or ""))
        elif kind in ("word", "sign"):
            found.append(match.group())
    return found


def _date(kind: str, text: str) -> DayMonth:
    parts = [int(part) for part in re.split(r"[-./\s]+", text.rstrip("t")) if part]
    if kind == "iso":
        year, month, day = parts
        return DayMonth(day, month, year)
    year_part = parts[2] if len(parts) > 2 else None
    if year_part is not None and year_part < 100:
        year_part += 2000
    first, second = parts[0], parts[1]
    if kind == "slashed" and second > 12:
        first, second = second, first
    elif kind == "slashed" and first <= 12 and first != second:
        raise UnreadableValueError("it is not certain which number is the day and which the month")
    return DayMonth(first, second, year_part)


def _clock(text: str, half: str) -> Clock:
    parts = [part for part in re.split(r"[:.hu\s]+|uhr|min|m", text) if part and part.isdigit()]
    if len(parts) == 1 and len(parts[0]) >= 3:
        digits = parts[0]
        return Clock(int(digits[:-2]), int(digits[-2:]), half=half, short=len(digits) == 3)
    numbers = [int(part) for part in parts] + [0, 0]
    return Clock(numbers[0], numbers[1], numbers[2], half, bare=len(parts) == 1, short=len(parts[0]) == 1)
