"""Time windows written as text: an explicit grammar, no guessing.

    text    := window (separator window)*
    window  := [FROM] time TO time | AFTER time [BEFORE time] | BEFORE time | part of the day | "no limit"

The same word can be a separator, a TO or a BEFORE ("bis", "a", "do"): its place decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values.times import DAY_S, LAST_DOUBTFUL_HOUR, clock_seconds, twelve_hour
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

#: What a part of the day means unless the sheet says it in hours (start hour, end hour).
DAY_PARTS: dict[str, tuple[int, int]] = {
    word: hours
    for words, hours in (
        (
            "morning mornings am vormittag vormittags morgens fruh matin matinee manana mattina "
            "ochtend rano manha",
            (8, 12),
        ),
        (
            "afternoon afternoons pm nachmittag nachmittags apres-midi tarde pomeriggio middag popoludniu",
            (12, 17),
        ),
        ("evening evenings abend abends soir soiree noche sera avond wieczor wieczorem noite", (17, 21)),
    )
    for word in words.split()
}
_NO_LIMIT_TEXT = """any|anytime|any time|all day|allday|whole day|flexible|flexibel|egal|ganztagig|ganztags
|jederzeit|beliebig|immer|always|none|n/a|na
|keine|kein|-|--|.|no limit|no preference|whenever|open|toute la journee
|indifferent|todo el dia|cualquier hora|flexible time|tutto il giorno|sempre|hele dag|caly dzien|dowolnie
|dia todo|qualquer hora|/|tagsuber"""
NO_LIMIT = frozenset(word.strip() for word in _NO_LIMIT_TEXT.split("|"))
URGENT = word_set(
    "asap urgent urgently sofort eilig dringend express urgente spoed pilne schnellstmoglich rush immediately"
)
_FROM_OR_AFTER = word_set(
    "from von after ab de da das dalle desde van vanaf od nach since start starting dopo despues "
    "apres na po dès des fruhestens fruehestens earliest vroegst najwczesniej"
)
_BETWEEN = word_set("between zwischen entre tra fra tussen pomiedzy miedzy")
_BEFORE = word_set(
    "before by until till til bis vor avant voor entro do ate hasta tot latest spatestens uiterlijk "
    "deadline prima antes przed"
)
_TO = word_set("- to bis a as tot do til till until alle hasta ate al ao and-to")
_AND = word_set("; / , + & and und et en y e i oder or") | {"\n"}
_NOISE = word_set(
    "uhr h hrs hr o'clock oclock uur u clock las la les le the at um ore godz godzina den de-la not "
    "no-earlier-than"
)

_TOKEN = re.compile(
    r"(?P<clock>\d{1,2}\s?[:.]\s?\d{2}(?::\d{2})?|\d{1,2}\s?[hu]\s?\d{2}(?!\d)|\d{1,2}(?=\s?[hu](?![a-z]))|\d{3,4}(?!\d)|\d{1,2}(?!\d))"
    r"(?:\s*(?P<half>[ap])\.?\s?m(?![a-z])\.?|(?P<letter>[ap])(?![a-z.])(?!\s+\d))?"
    r"|(?P<word>a partir de|a partir das|jusqu'a|au plus tard|nicht vor|not before|no earlier "
    r"than|not after|no later than|nicht nach"
    r"|apres-midi|o'clock|[^\W\d_]+)|(?P<sign>[-;/,+&\n])|(?P<space>[ .]+)"
)
_LONG_WORDS = {
    "a partir de": "after",
    "a partir das": "after",
    "nicht vor": "after",
    "not before": "after",
    "no earlier than": "after",
    "jusqu'a": "before",
    "au plus tard": "before",
    "not after": "before",
    "no later than": "before",
    "nicht nach": "before",
    "noon": "12:00",
    "midday": "12:00",
    "mittag": "12:00",
    "mittags": "12:00",
    "midi": "12:00",
    "mediodia": "12:00",
    "mezzogiorno": "12:00",
    "midnight": "24:00",
    "mitternacht": "24:00",
    "minuit": "24:00",
}


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What a window text says. ``day_part`` is a word such as "morning" that was turned into hours."""

    windows: tuple[TimeWindow, ...] = ()
    urgent: bool = False
    day_part: str = ""


@dataclass(frozen=True, slots=True)
class _Clock:
    hour: int
    minute: int
    second: int
    half: str
    bare: bool  # written without minutes and without a leading zero

    def seconds(self, half: str | None = None) -> int:
        chosen = self.half if half is None else half
        hour = twelve_hour(self.hour, chosen) if chosen else self.hour
        return clock_seconds(hour, self.minute, self.second)

    @property
    def doubtful(self) -> bool:
        return not self.half and self.bare and 1 <= self.hour <= LAST_DOUBTFUL_HOUR


_Token = _Clock | str


def parse_windows(text: str) -> WindowReading:
    """Read a window text. Raises UnreadableValueError with the reason; an empty result means "no limit"."""
    folded = "\n".join(fold(line) for line in text.splitlines() if line.strip())
    if not folded or folded.rstrip(".!") in NO_LIMIT or folded == "-":
        return WindowReading()
    if folded.strip("!. ") in URGENT:
        return WindowReading(urgent=True)
    tokens = _tokens(folded)
    windows: list[TimeWindow] = []
    day_part = ""
    position = 0
    while position < len(tokens):
        if tokens[position] in _AND and windows:
            position += 1
            continue
        word = tokens[position]
        if isinstance(word, str) and word in DAY_PARTS:
            start, end = DAY_PARTS[word]
            windows.append(TimeWindow(start * 3600, end * 3600))
            day_part = word
            position += 1
            continue
        window, position = _window(tokens, position)
        windows.append(window)
        if position < len(tokens) and tokens[position] not in _AND:
            raise UnreadableValueError("part of it cannot be understood")
    return WindowReading(merged(windows), day_part=day_part)


def merged(windows: Sequence[TimeWindow]) -> tuple[TimeWindow, ...]:
    """Windows in ascending order; those that overlap or touch become one; () when the day has no limit."""
    spans = sorted((w.start_s or 0, DAY_S if w.end_s is None else w.end_s) for w in windows)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    open_start = any(w.start_s is None for w in windows)
    open_end = any(w.end_s is None for w in windows)
    result = []
    for number, (start, end) in enumerate(joined):
        first_open = open_start and number == 0 and start == 0
        last_open = open_end and number == len(joined) - 1 and end == DAY_S
        if (first_open or start == 0) and (last_open or end >= DAY_S - 60):
            return ()
        result.append(TimeWindow(None if first_open else start, None if last_open else end))
    return tuple(result)


def _tokens(folded: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(folded):
        match = _TOKEN.match(folded, position)
        if match is None or match.end() == position:
            raise UnreadableValueError("part of it cannot be understood")
        position = match.end()
        if match.group("clock"):
            tokens.append(_clock(match.group("clock"), match.group("half") or match.group("letter") or ""))
        elif match.group("word"):
            word = _LONG_WORDS.get(match.group("word"), match.group("word"))
            if word[0].isdigit():
                tokens.append(_clock(word, ""))
            elif word not in _NOISE or word == "de":
                tokens.append(word)
        elif match.group("sign"):
            tokens.append(match.group("sign"))
    return tokens


def _clock(text: str, half: str) -> _Clock:
    parts = [part for part in re.split(r"[:.hu\s]+", text) if part]
    if len(parts) == 1 and len(parts[0]) >= 3:
        digits = parts[0]
        return _Clock(int(digits[:-2]), int(digits[-2:]), 0, half, bare=False)
    numbers = [int(part) for part in parts] + [0, 0]
    bare = len(parts[0]) == 1 and (len(parts) == 1 or numbers[1] == 0)
    return _Clock(numbers[0], numbers[1], numbers[2], half, bare=bare)


def _at(tokens: Sequence[_Token], position: int) -> _Token:
    return tokens[position] if position < len(tokens) else ""


def _window(tokens: Sequence[_Token], position: int) -> tuple[TimeWindow, int]:
    word, after = _at(tokens, position), _at(tokens, position + 1)
    if isinstance(word, _Clock):
        return _range(tokens, position, joints=_TO)
    if word in _BETWEEN and isinstance(after, _Clock):
        return _range(tokens, position + 1, joints=_TO | _AND)
    if (word in _FROM_OR_AFTER) and isinstance(after, _Clock):
        joint, last = _at(tokens, position + 2), _at(tokens, position + 3)
        if isinstance(last, _Clock) and (joint in _TO or joint in _BEFORE):
            return _range(tokens, position + 1, joints=_TO | _BEFORE)
        if joint == "-" and not isinstance(last, _Clock):
            return TimeWindow(_one_side(after), None), position + 3
        return TimeWindow(_one_side(after), None), position + 2
    if (word in _BEFORE or word in ("-", "to")) and isinstance(after, _Clock):
        return TimeWindow(None, _one_side(after) or DAY_S), position + 2
    raise UnreadableValueError("it is no time or period that can be read with certainty")


def _one_side(clock: _Clock) -> int:
    if clock.doubtful:
        raise UnreadableValueError("it could mean the morning or the afternoon")
    return clock.seconds()


def _range(tokens: Sequence[_Token], position: int, joints: frozenset[str]) -> tuple[TimeWindow, int]:
    start, joint, end = (_at(tokens, position + step) for step in range(3))
    assert isinstance(start, _Clock)
    if joint == "-" and not isinstance(end, _Clock) and position + 2 >= len(tokens):
        return TimeWindow(_one_side(start), None), position + 2
    if joint not in joints or not isinstance(end, _Clock):
        raise UnreadableValueError("it names one time, not a period")
    start_s, end_s = _both_sides(start, end)
    if end_s <= start_s:
        raise UnreadableValueError("it ends before it starts" if end_s < start_s else "it has no length")
    return TimeWindow(start_s, end_s), position + 3


def _both_sides(start: _Clock, end: _Clock) -> tuple[int, int]:
    """Settle a.m. and p.m. of both times: a half-day said once holds for both where that makes sense."""
    if end.half and not start.half and 1 <= start.hour <= 12:
        end_s = end.seconds()
        same = start.seconds(end.half)
        return (same if same < end_s else start.seconds("a" if end.half == "p" else "p")), end_s
    start_s = start.seconds()
    if start.half and not end.half:
        end_s = end.seconds()
        if end_s <= start_s and 1 <= end.hour < 12:
            end_s += DAY_S // 2
        return start_s, end_s
    end_s = end.seconds() or DAY_S
    if not start.half and start.doubtful and end.bare:
        raise UnreadableValueError("it could mean the morning or the afternoon")
    return start_s, end_s
