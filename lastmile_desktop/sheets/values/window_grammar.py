"""The grammar of time windows over the tokens of one cell.

    cell    := [days] period ((AND | OR | nothing between two full ranges) [days] period)*
    period  := time TO time | FROM time (TO | BEFORE) time | BETWEEN time (AND | TO) time
             | FROM time [[AND] BEFORE time] | LATER time | BEFORE time | time "-" | "-" time
             | time ONWARDS | time LATEST | part | part period | period part
    time    := clock | NOON | MIDNIGHT
    part    := MORNING | AFTERNOON | EVENING
    days    := day ((TO | AND) day)* [":"]        day := weekday | date | number month | month number

The words of each role are in ``window_words``. The same word can join two windows, join two times or close
one ("bis", "a", "do"): its place decides. What stays open (1-3, after 6, one single time) is refused with
what was probably meant, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.values.clocks import DAY_S, Clock
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.window_hours import both_sides, one_side
from lastmile_desktop.sheets.values.window_reading import DayWindows, WindowHabits, WindowReading, merged
from lastmile_desktop.sheets.values.window_tokens import DayMonth, Token, Word
from lastmile_desktop.sheets.values.window_words import Role

_ONE_TIME = "it names one time, not a period"
_UNCERTAIN = "it is no time or period that can be read with certainty"
#: How far from its own hours a part of the day reaches when a time stands beside it.
_PART_REACH_S = {
    Role.MORNING: (0, 13 * 3600),
    Role.AFTERNOON: (12 * 3600, 18 * 3600),
    Role.EVENING: (16 * 3600, DAY_S),
}


class WindowParser:
    """Recursive descent over the tokens of one cell."""

    def __init__(self, tokens: Sequence[Token], habits: WindowHabits, languages: frozenset[str]) -> None:
        self.tokens = tokens
        self.habits = habits
        self.languages = languages
        self.place = 0
        self.parts: list[tuple[str, int, int]] = []

    # -- looking at tokens

    def at(self, offset: int = 0) -> Token | None:
        place = self.place + offset
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def can(self, *roles: Role, offset: int = 0) -> bool:
        token = self.at(offset)
        return isinstance(token, Word) and token.can(*roles)

    def time(self, offset: int = 0) -> Clock | None:
        """The clock at a place; noon and midnight are clocks too."""
        token = self.at(offset)
        if isinstance(token, Clock):
            return token
        if isinstance(token, Word) and token.can(Role.NOON):
            return Clock(12)
        if isinstance(token, Word) and token.can(Role.MIDNIGHT):
            return Clock(24, midnight=True)
        return None

    def take(self, *roles: Role) -> bool:
        """Step over one word with one of the roles."""
        if self.can(*roles):
            self.place += 1
            return True
        return False

    def take_time(self) -> Clock | None:
        """Step over articles and a clock; nothing is taken when no clock follows."""
        offset = 0
        while self.can(Role.ARTICLE, offset=offset) and self.time(offset) is None:
            offset += 1
        found = self.time(offset)
        if found is None:
            return None
        self.place += offset + 1
        if (found.hour, found.minute) == (12, 0) and self.can(Role.NOON, Role.MIDNIGHT):  # "12 noon"
            found = self.time() or found
            self.place += 1
        return found

    # -- grammar

    def cell(self) -> WindowReading:
        if any(self.can(Role.NOT, offset=offset) for offset in range(len(self.tokens))):
            raise UnreadableValueError(_UNCERTAIN)
        urgent = self._take_urgent()
        groups: list[tuple[DayWindows | None, list[TimeWindow]]] = []
        days: DayWindows | None = None
        last: TimeWindow | None = None
        while self.at() is not None:
            parted = False
            while self.take(Role.AND, Role.OR):
                parted = True
            urgent = self._take_urgent() or urgent
            if self.at() is None:
                break
            found_days = self._days()
            window, is_range = self._period()
            if last is not None and not (parted or found_days):
                self._check_side_by_side(last, window, is_range)
            if found_days is not None or not groups:
                days = found_days
                groups.append((days, []))
            groups[-1][1].append(window)
            last = window if is_range else TimeWindow()
        return self._reading(groups, urgent)

    def _take_urgent(self) -> bool:
        found = False
        while self.take(Role.URGENT):
            found = True
        return found

    def _check_side_by_side(self, last: TimeWindow, window: TimeWindow, is_range: bool) -> None:
        """ "9-12 14-17" is two windows; anything less clear is not read."""
        if not is_range or last.end_s is None or window.start_s is None or window.start_s <= last.end_s:
            raise UnreadableValueError("part of it cannot be understood")

    def _reading(
        self, groups: list[tuple[DayWindows | None, list[TimeWindow]]], urgent: bool
    ) -> WindowReading:
        if not groups and not urgent:
            raise UnreadableValueError(_UNCERTAIN)
        parts = tuple(dict.fromkeys(self.parts))
        if any(days is not None for days, _ in groups):
            if any(days is None for days, _ in groups):
                raise UnreadableValueError("it names a day for one period and none for another")
            for_days = tuple(
                DayWindows(days.weekdays, days.dates, merged(windows)) for days, windows in groups if days
            )
            return WindowReading((), urgent, parts, for_days)
        windows = [window for _, found in groups for window in found]
        _refuse_contradiction(windows)
        return WindowReading(merged(windows), urgent, parts)

    def _days(self) -> DayWindows | None:
        """Weekdays or dates before a period; None when there are none."""
        weekdays: set[int] = set()
        dates: list[DayMonth] = []
        spanned: int | None = None  # the weekday from which a span such as Mo-Fr begins
        while True:
            if self.can(Role.ONWARDS, Role.ARTICLE) and self._is_day(1):  # "on Monday"
                self.place += 1
            found = self._one_day()
            if found is None:
                break
            if isinstance(found, DayMonth):
                dates.append(found)
            else:
                weekdays.update([found] if spanned is None else _weekdays_from(spanned, found))
            spanned = None
            if self.can(Role.TO) and self._is_day(1):
                if not isinstance(found, int):
                    raise UnreadableValueError("it names a span of dates")
                spanned = found
                self.place += 1
            elif self.can(Role.AND, Role.OR) and self._is_day(1):
                self.place += 1
            elif not self._is_day(0):
                break
        if not weekdays and not dates:
            return None
        while self.take(Role.AND):  # "Mo, 9-12"
            pass
        return DayWindows(frozenset(weekdays), tuple(dates), ())

    def _is_day(self, offset: int) -> bool:
        token, behind = self.at(offset), self.at(offset + 1)
        if isinstance(token, DayMonth):
            return True
        if isinstance(token, Word) and token.weekday is not None:
            if not token.roles:
                return True
            # "do 9" is "until 9" in Polish; "Do 9-12" is Thursday
            joined = isinstance(behind, Word) and behind.can(Role.AND) and behind.text != "y"
            return joined or self._range_follows(offset + 1)
        if isinstance(token, Clock) and token.is_whole_number:
            return isinstance(behind, Word) and behind.month is not None
        return False

    def _range_follows(self, offset: int) -> bool:
        return (
            self.time(offset) is not None
            and self.can(Role.TO, offset=offset + 1)
            and self.time(offset + 2) is not None
        )

    def _one_day(self) -> int | DayMonth | None:
        token, behind = self.at(), self.at(1)
        if isinstance(token, DayMonth):
            self.place += 1
            return token
        if isinstance(token, Clock) and self._is_day(0):
            assert isinstance(behind, Word)
            assert behind.month is not None
            self.place += 2
            return DayMonth(token.hour, behind.month, self._year())
        if (
            isinstance(token, Word)
            and token.month is not None
            and isinstance(behind, Clock)
            and behind.is_whole_number
            and not self.can(Role.TO, offset=2)
        ):
            self.place += 2
            return DayMonth(behind.hour, token.month, self._year())
        if isinstance(token, Word) and token.weekday is not None and self._is_day(0):
            self.place += 1
            return token.weekday
        return None

    def _year(self) -> int | None:
        token = self.at()
        if isinstance(token, Clock) and not token.bare and 20 <= token.hour <= 20 and not token.half:
            year = token.hour * 100 + token.minute
            if not self.can(Role.TO, offset=1):
                self.place += 1
                return year
        return None

    def _part(self, offset: int = 0) -> Role | None:
        token = self.at(offset)
        if isinstance(token, Word):
            for role in (Role.MORNING, Role.AFTERNOON, Role.EVENING):
                if role in token.roles:
                    return role
        return None

    def _period(self) -> tuple[TimeWindow, bool]:
        """One period and whether it has both ends."""
        part = self._part()
        if part is None:
            settled = self._settled_by_part_behind()
            if settled is not None:
                return settled, True
            sides = self._sides(None)
            return TimeWindow(*sides), sides[0] is not None and sides[1] is not None
        token = self.at()
        assert isinstance(token, Word)
        self.place += 1
        if self._begins_sides(0):
            return self._within(part, *self._sides(part)), True
        start, end_s = self.habits.parts.of(part)
        self.parts.append((token.text, start, end_s))
        return TimeWindow(start, end_s), True

    def _settled_by_part_behind(self) -> TimeWindow | None:
        """ "2-4 in the afternoon": the part of the day behind a period settles its hours."""
        before = self.place
        reach = next((step for step in range(1, 6) if self._part(step) is not None), None)
        part = None if reach is None else self._part(reach)
        if reach is None or part is None or any(self.can(Role.OR, offset=step) for step in range(reach)):
            return None
        try:
            sides = self._sides(part)
            if self.place == before + reach:
                self.place += 1
                return self._within(part, *sides)
        except UnreadableValueError:
            pass
        self.place = before
        return None

    def _begins_sides(self, offset: int) -> bool:
        return self.time(offset) is not None or (
            self.can(Role.FROM, Role.LATER, Role.BEFORE, Role.BETWEEN, offset=offset)
            and not self.can(Role.AND, offset=offset)
        )

    def _within(self, part: Role, open_start: int | None, open_end: int | None) -> TimeWindow:
        """A period beside a part of the day; an open side is closed by the part's own hours."""
        usual_start, usual_end = self.habits.parts.of(part)
        first, last = _PART_REACH_S[part]
        start = usual_start if open_start is None else open_start
        end = usual_end if open_end is None else open_end
        if not first <= start < end <= last:
            raise UnreadableValueError("its hours and its part of the day do not fit together")
        if open_start is None or open_end is None:
            self.parts.append((part.name.lower(), start, end))
        return TimeWindow(start, end)

    def _sides(self, part: Role | None) -> tuple[int | None, int | None]:
        """The two ends of a period in seconds; None for an open one."""
        if self.can(Role.BETWEEN):
            self.place += 1
            return self._range(self.take_time(), (Role.AND, Role.TO), part)
        if self.time() is not None or (self.can(Role.ARTICLE) and self._only_says_at()):
            return self._from_a_time(part)
        opening = self.at()
        if self.can(Role.FROM, Role.LATER):
            return self._after(opening, part)
        if self.can(Role.BEFORE) or (self.can(Role.TO) and not self._means_join()):
            if self.at_text() == "do" and self.languages & {"de", "nl"} and "pl" not in self.languages:
                raise UnreadableValueError("“do” can mean until or Thursday")
            self.place += 1
            while self.can(Role.BEFORE) and self.time() is None:
                self.place += 1
            end = self.take_time()
            if end is None:
                raise UnreadableValueError(_UNCERTAIN)
            return None, one_side(end, part, as_end=True, as_written=self.habits.as_written)
        raise UnreadableValueError(_UNCERTAIN)

    def _only_says_at(self) -> bool:
        """ "um 10", "às 9": the word opens or closes nothing."""
        return self.time(1) is not None and not self.can(Role.FROM, Role.LATER, Role.BEFORE, Role.BETWEEN)

    def _means_join(self) -> bool:
        token = self.at()
        return isinstance(token, Word) and token.text not in ("-", "to")

    def _from_a_time(self, part: Role | None) -> tuple[int | None, int | None]:
        start = self.take_time()
        assert start is not None
        bare_or = self.can(Role.OR, Role.AND) and self.time(2) is None  # "9 or after", "12 or before"
        if self.can(Role.ONWARDS) or (bare_or and self.can(Role.LATER, offset=1)):
            self.place += 2 if bare_or else 1
            return one_side(start, part, later=True, as_written=self.habits.as_written), None
        if (self.can(Role.LATEST) and self._no_time_behind()) or (
            bare_or and self.can(Role.BEFORE, offset=1)
        ):
            self.place += 2 if bare_or else 1
            return None, one_side(start, part, as_end=True, as_written=self.habits.as_written)
        if self.can(Role.TO) and self.at(1) is None and self.at_text() == "-":
            self.place += 1
            return one_side(start, part, as_written=self.habits.as_written), None
        return self._range(start, (Role.TO,), part)

    def _no_time_behind(self) -> bool:
        return self.time(1) is None and not (self.can(Role.ARTICLE, offset=1) and self.time(2) is not None)

    def at_text(self) -> str:
        token = self.at()
        return token.text if isinstance(token, Word) else ""

    def _after(self, opening: Token | None, part: Role | None) -> tuple[int | None, int | None]:
        """FROM time, with an end in one of several forms or none."""
        assert isinstance(opening, Word)
        self._refuse_other_language(opening)
        self.place += 1
        while self.can(Role.FROM) and self.time() is None:  # "frühestens ab 9"
            self.place += 1
        start = self.take_time()
        if start is None:
            raise UnreadableValueError(_UNCERTAIN)
        later = opening.can(Role.LATER) and not opening.can(Role.FROM)
        place = self.place
        parted = self.take(Role.AND)
        if self.can(Role.TO, Role.BEFORE):
            joint_is_dash = self.at_text() == "-"
            self.place += 1
            while self.can(Role.BEFORE) and self.time() is None:
                self.place += 1
            end = self.take_time()
            if end is not None:
                return both_sides(start, end, part, as_written=self.habits.as_written)
            if joint_is_dash and self.at() is None and not parted:
                return one_side(start, part, later=later, as_written=self.habits.as_written), None
        self.place = place
        self.take(Role.ONWARDS)
        if opening.text in ("de", "das") and not later:
            raise UnreadableValueError(_UNCERTAIN)
        return one_side(start, part, later=later, as_written=self.habits.as_written), None

    def _refuse_other_language(self, opening: Word) -> None:
        """ "na 14" is after two in Dutch, at two in Polish."""
        if opening.text == "na" and ("pl" in self.languages or "nl" not in self.languages):
            raise UnreadableValueError("“na” can mean after or at")

    def _range(
        self, start: Clock | None, joints: tuple[Role, ...], part: Role | None
    ) -> tuple[int | None, int | None]:
        if start is None:
            raise UnreadableValueError(_UNCERTAIN)
        if not self.can(*joints):
            raise UnreadableValueError(_ONE_TIME)
        self.place += 1
        end = self.take_time()
        if end is None:
            raise UnreadableValueError(_ONE_TIME)
        return both_sides(start, end, part, as_written=self.habits.as_written)


def _refuse_contradiction(windows: Sequence[TimeWindow]) -> None:
    """ "14-17, not before 15" is no second window; 8-10 and 9-12 may be."""
    for number, one in enumerate(windows):
        for other in windows[number + 1 :]:
            is_open = None in (one.start_s, one.end_s, other.start_s, other.end_s)
            first, second = sorted((one, other), key=lambda window: window.start_s or 0)
            if is_open and (second.start_s or 0) < (DAY_S if first.end_s is None else first.end_s):
                raise UnreadableValueError("its parts do not fit together")


def _weekdays_from(first: int, last: int) -> list[int]:
    """Weekdays of "Mo-Fr", over the weekend where the week turns."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
