"""The grammar of time windows: what it reads, what it refuses, and that it never guesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import merged, parse_windows

READABLE = [
    ("9-12", [(540, 720)]),
    ("09:00-12:00", [(540, 720)]),
    ("09:00 - 12:00", [(540, 720)]),
    ("9.00-11.30", [(540, 690)]),
    ("9am-12pm", [(540, 720)]),
    ("8:00 AM - 12:00 PM", [(480, 720)]),
    ("7 a.m. to 9 a.m.", [(420, 540)]),
    ("1-3pm", [(780, 900)]),
    ("11-1pm", [(660, 780)]),
    ("9am-5", [(540, 1020)]),
    ("9h-12h", [(540, 720)]),
    ("8h30-10h", [(510, 600)]),
    ("10-12 Uhr", [(600, 720)]),
    ("0900-1100", [(540, 660)]),
    ("930-1100", [(570, 660)]),
    ("8:00 to 10:00", [(480, 600)]),
    ("von 9 bis 12", [(540, 720)]),
    ("entre 9h et 12h", [(540, 720)]),
    ("9 à 12", [(540, 720)]),
    ("de 9 a 12", [(540, 720)]),
    ("das 9 às 12", [(540, 720)]),
    ("dalle 9 alle 12", [(540, 720)]),
    ("van 9 tot 12", [(540, 720)]),
    ("od 9 do 12", [(540, 720)]),
    ("between 9 and 12", [(540, 720)]),
    ("9\u201312", [(540, 720)]),
    ("9\u00a0\u2014\u200912", [(540, 720)]),
    ("9\u221212", [(540, 720)]),
    ("before 9:30", [(None, 570)]),
    ("bis 12", [(None, 720)]),
    ("avant 10h", [(None, 600)]),
    ("entro le 11", [(None, 660)]),
    ("by 10", [(None, 600)]),
    ("before noon", [(None, 720)]),
    ("after 13:00", [(780, None)]),
    ("from 12:00", [(720, None)]),
    ("ab 14 Uhr", [(840, None)]),
    ("à partir de 9h", [(540, None)]),
    ("9-12; 14-17", [(540, 720), (840, 1020)]),
    ("9am-12pm, 2-4pm", [(540, 720), (840, 960)]),
    ("14-17 und 9-12", [(540, 720), (840, 1020)]),
    ("8-10, 9-12", [(480, 720)]),
    ("12-midnight", [(720, 1440)]),
    ("18:00-0:00", [(1080, 1440)]),
    ("01:00-03:00", [(60, 180)]),
    ("morning", [(480, 720)]),
    ("vormittags", [(480, 720)]),
    ("any time", []),
    ("ganztägig", []),
    ("00:00-23:59", []),
    ("-", []),
    ("9-12 14-16", [(540, 720), (840, 960)]),
    ("8-10 only", [(480, 600)]),
]


@pytest.mark.parametrize(("text", "minutes"), READABLE, ids=[text for text, _ in READABLE])
def test_reads(text: str, minutes: list[tuple[int | None, int | None]]) -> None:
    """Each form of the reference is read as people mean it."""
    expected = tuple(
        TimeWindow(None if start is None else start * 60, None if end is None else end * 60)
        for start, end in minutes
    )
    assert parse_windows(text).windows == expected


@pytest.mark.parametrize(
    "text",
    [
        "after lunch maybe",
        "tbc",
        "call first",
        "1-3",
        "2-4",
        "1:00-3:00",
        "before 1",
        "12:00-9:00",
        "9-5",
        "9:70-10",
        "25-26",
        "10:00",
        "10-10",
        "à 9h",
        "9-12-14",
        "9-12 11-16",
        "Mo-Fr 9-17",
        "8-10 maybe",
        "14-17, not before 15",
        "bis 12, 9-11",
        "Slot 1: 10-12",
        "ab 9, ab 10",
        "not 12-14",
        "9,30-11",
        "11 PM - 1 AM",
        "<script>alert(1)</script>",
        "2025-09-18 9-12",
    ],
)
def test_refuses_what_is_not_certain(text: str) -> None:
    """Doubtful, impossible and unknown texts are told apart from "no limit"."""
    with pytest.raises(UnreadableValueError):
        parse_windows(text)


def test_urgent_is_no_window_but_told() -> None:
    """ASAP has no hours; the caller raises the priority."""
    reading = parse_windows("ASAP!")
    assert reading.urgent
    assert reading.windows == ()


_MINUTES = st.integers(min_value=6 * 60, max_value=23 * 60 + 59)
_FORMS = st.sampled_from(
    ["{0}-{1}", "{0} - {1}", "{0} \u2013 {1}", "{0} to {1}", "von {0} bis {1} Uhr", "{0}\u00a0bis {1}"]
)
_CLOCKS = st.sampled_from(["{h:02d}:{m:02d}", "{h}:{m:02d}", "{h}.{m:02d}", "{h:02d}{m:02d}", "{h}h{m:02d}"])


@given(start=_MINUTES, end=_MINUTES, form=_FORMS, clock=_CLOCKS)
def test_any_way_of_writing_gives_the_same_window(start: int, end: int, form: str, clock: str) -> None:
    """What was written comes out, to the minute; a backward window is refused."""
    text = form.format(*(clock.format(h=value // 60, m=value % 60) for value in (start, end)))
    if end <= start:
        with pytest.raises(UnreadableValueError):
            parse_windows(text)
        return
    assert parse_windows(text).windows == (TimeWindow(start * 60, end * 60),)


@given(start=_MINUTES, end=_MINUTES)
def test_twelve_hour_clock(start: int, end: int) -> None:
    """AM and PM written on both sides are exact."""

    def spoken(value: int) -> str:
        return f"{(value // 60 - 1) % 12 + 1}:{value % 60:02d} {'PM' if value >= 720 else 'AM'}"

    if end > start:
        assert parse_windows(f"{spoken(start)} - {spoken(end)}").windows == (
            TimeWindow(start * 60, end * 60),
        )


@given(st.text(max_size=30))
def test_never_fails_otherwise(text: str) -> None:
    """Any text is a reading or a refusal, and windows are ascending, apart and within the day."""
    try:
        windows = parse_windows(text).windows
    except UnreadableValueError:
        return
    _assert_sound(windows)


@given(st.text(alphabet="0123456789-:;,. apmhuUhrbisto", max_size=14))
def test_never_fails_on_near_misses(text: str) -> None:
    """The same for texts that look like times."""
    test_never_fails_otherwise.hypothesis.inner_test(text)


def _assert_sound(windows: tuple[TimeWindow, ...]) -> None:
    last = -1
    for window in windows:
        start = 0 if window.start_s is None else window.start_s
        end = 86400 if window.end_s is None else window.end_s
        assert last < start < end <= 86400
        last = end


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=6))
def test_merged_covers_the_same_minutes(pairs: list[tuple[int, int]]) -> None:
    """Joining windows neither adds nor loses a minute."""
    windows = [TimeWindow(a * 60, b * 60) for a, b in pairs if a < b]
    joined = merged(windows)
    _assert_sound(joined)

    def covered(items: list[TimeWindow]) -> set[int]:
        return {
            m
            for w in items
            for m in range((w.start_s or 0) // 60, (86400 if w.end_s is None else w.end_s) // 60)
        }

    before = covered(windows)
    if joined or len(before) < 1439:
        assert covered(list(joined)) == before
