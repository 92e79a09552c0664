"""Windows in eight languages: written from the truth, read back; what is said besides is never dropped."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastmile_desktop.model import TimeWindow
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import (
    WindowHabits,
    WindowReading,
    merged,
    parse_day_windows,
    parse_windows,
    written,
)

#: language -> (both ends, end only, start only, how windows are joined, how a clock is written)
FORMS: dict[
    str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
] = {
    "en": (
        ("{0}-{1}", "{0} to {1}", "between {0} and {1}", "from {0} until {1}", "deliver between {0} and {1}"),
        ("before {0}", "by {0}", "until {0}", "no later than {0}", "{0} at the latest"),
        ("after {0}", "from {0}", "not before {0}", "{0} onwards"),
        (" and ", ", ", " or ", "; ", " & "),
        ("{h:02d}:{m:02d}", "{h}:{m:02d}", "{h:02d}{m:02d}"),
    ),
    "de": (
        (
            "{0} - {1} Uhr",
            "von {0} bis {1} Uhr",
            "zwischen {0} und {1}",
            "{0} Uhr bis {1} Uhr",
            "nur {0}-{1}",
        ),
        ("bis {0} Uhr", "vor {0}", "spätestens {0} Uhr", "bis spätestens {0}", "nicht nach {0}"),
        ("ab {0} Uhr", "nach {0} Uhr", "nicht vor {0}", "frühestens {0}", "erst ab {0}"),
        (" und ", " oder ", ", ", "/"),
        ("{h}:{m:02d}", "{h:02d}.{m:02d}", "{h:02d}:{m:02d}"),
    ),
    "fr": (
        ("{0} à {1}", "de {0} à {1}", "entre {0} et {1}", "{0}-{1}"),
        ("avant {0}", "jusqu'à {0}", "au plus tard {0}", "{0} au plus tard"),
        ("après {0}", "à partir de {0}", "dès {0}", "pas avant {0}"),
        (" et ", " ou ", " / ", "\n"),
        ("{h}h{m:02d}", "{h:02d} h {m:02d}", "{h:02d}:{m:02d}"),
    ),
    "es": (
        ("de {0} a {1}", "entre las {0} y las {1}", "desde las {0} hasta las {1}", "{0} - {1} h"),
        ("antes de las {0}", "hasta las {0}", "a más tardar {0}"),
        ("a partir de las {0}", "después de las {0}", "desde las {0}"),
        (" y ", " o ", ", "),
        ("{h}:{m:02d}", "{h:02d}:{m:02d}", "{h}.{m:02d}"),
    ),
    "it": (
        ("dalle {0} alle {1}", "dalle ore {0} alle ore {1}", "tra le {0} e le {1}", "ore {0}-{1}"),
        ("entro le {0}", "prima delle {0}", "fino alle {0}", "non oltre le {0}"),
        ("dopo le {0}", "a partire dalle {0}", "dalle {0}", "non prima delle {0}"),
        (" e ", " o ", "; "),
        ("{h}:{m:02d}", "{h:02d}.{m:02d}", "{h}.{m:02d}"),
    ),
    "nl": (
        ("van {0} tot {1} uur", "tussen {0} en {1}", "{0} tot {1}", "{0}-{1} uur"),
        ("voor {0} uur", "tot {0}", "uiterlijk {0}"),
        ("vanaf {0}", "na {0} uur", "niet voor {0}"),
        (" en ", " of ", ", "),
        ("{h}.{m:02d}", "{h:02d}:{m:02d}", "{h}u{m:02d}"),
    ),
    "pl": (
        ("od {0} do {1}", "między {0} a {1}", "od godz. {0} do godz. {1}", "godz. {0}-{1}"),
        ("do {0}", "przed {0}", "najpóźniej do {0}", "do godz. {0}"),
        ("od {0}", "po {0}", "nie wcześniej niż {0}"),
        (" i ", " lub ", ", ", " oraz "),
        ("{h}:{m:02d}", "{h:02d}:{m:02d}", "{h}.{m:02d}"),
    ),
    "pt": (
        ("das {0} às {1}", "entre as {0} e as {1}", "das {0} até às {1}", "{0} - {1}"),
        ("até às {0}", "antes das {0}", "o mais tardar {0}"),
        ("a partir das {0}", "depois das {0}", "após as {0}"),
        (" e ", " ou ", "; "),
        ("{h}h{m:02d}", "{h:02d}:{m:02d}", "{h}:{m:02d}"),
    ),
}
_LANGUAGES = st.sampled_from(sorted(FORMS))
_MINUTES = st.integers(min_value=6 * 60, max_value=23 * 60 + 59)
_SPACES = st.sampled_from([" ", "\u00a0", "  ", "\u2009"])
_DASHES = st.sampled_from(["-", "\u2013", "\u2014", "\u2212", "\u2011"])


def _spoken(minutes: int, clock: str) -> str:
    return clock.format(h=minutes // 60, m=minutes % 60)


def _dressed(text: str, data: st.DataObject) -> str:
    text = text.replace(" ", data.draw(_SPACES)).replace("-", data.draw(_DASHES))
    return data.draw(st.sampled_from([text, text.upper(), f" {text} ", text.capitalize()]))


@given(_LANGUAGES, _MINUTES, _MINUTES, st.data())
def test_both_ends(language: str, start: int, end: int, data: st.DataObject) -> None:
    """A window with both ends, in any form of a language, comes back to the minute."""
    assume(start < end)
    both, _, _, _, clocks = FORMS[language]
    clock = data.draw(st.sampled_from(clocks))
    text = data.draw(st.sampled_from(both)).format(_spoken(start, clock), _spoken(end, clock))
    assert parse_windows(_dressed(text, data)).windows == (TimeWindow(start * 60, end * 60),)


@given(_LANGUAGES, st.integers(6 * 60, 23 * 60), st.booleans(), st.data())
def test_one_end(language: str, time: int, is_end: bool, data: st.DataObject) -> None:
    """A window with an open end."""
    forms, clocks = FORMS[language][1 if is_end else 2], FORMS[language][4]
    text = data.draw(st.sampled_from(forms)).format(_spoken(time, data.draw(st.sampled_from(clocks))))
    expected = TimeWindow(None, time * 60) if is_end else TimeWindow(time * 60, None)
    habits = WindowHabits(frozenset([language]))
    assert parse_windows(_dressed(text, data), habits).windows == (expected,)


@given(_LANGUAGES, st.lists(_MINUTES, min_size=4, max_size=4, unique=True), st.data())
def test_two_windows(language: str, minutes: list[int], data: st.DataObject) -> None:
    """Two windows in one cell, in any order, with the joining words of the language."""
    first, second, third, fourth = sorted(minutes)
    both, _, _, joints, clocks = FORMS[language]
    clock = data.draw(st.sampled_from(clocks))
    form = data.draw(st.sampled_from(both))
    texts = [form.format(_spoken(a, clock), _spoken(b, clock)) for a, b in ((first, second), (third, fourth))]
    if data.draw(st.booleans()):
        texts.reverse()
    found = parse_windows(data.draw(st.sampled_from(joints)).join(texts)).windows
    assert found == (TimeWindow(first * 60, second * 60), TimeWindow(third * 60, fourth * 60))


@given(st.lists(st.tuples(st.one_of(st.none(), _MINUTES), st.one_of(st.none(), _MINUTES)), max_size=3))
def test_what_is_written_for_a_person_is_read_back(pairs: list[tuple[int | None, int | None]]) -> None:
    """``written`` is the text of a suggested fix: put into the cell, it means the same windows."""
    windows = merged(
        [
            TimeWindow(None if a is None else a * 60, None if b is None else b * 60)
            for a, b in pairs
            if a is None or b is None or a < b
        ]
    )
    assert parse_windows(written(windows)).windows == windows


_DAYS = {
    "en": ("Monday", "Mon", "on Monday"),
    "de": ("Montag", "Mo", "Mo.", "montags"),
    "fr": ("lundi", "lun."),
    "es": ("lunes", "lun"),
    "it": ("lunedì", "lun"),
    "nl": ("maandag", "ma"),
    "pl": ("poniedziałek", "pon."),
    "pt": ("segunda-feira", "seg"),
}


@given(_LANGUAGES, _MINUTES, _MINUTES, st.data())
def test_a_day_in_front_is_kept(language: str, start: int, end: int, data: st.DataObject) -> None:
    """A weekday before a window belongs to it: the window never stands without it."""
    assume(start < end)
    day = data.draw(st.sampled_from(_DAYS[language]))
    text = f"{day} {_spoken(start, '{h:02d}:{m:02d}')}-{_spoken(end, '{h:02d}:{m:02d}')}"
    reading = parse_day_windows(text)
    assert reading.windows == ()
    assert [(sorted(group.weekdays), group.windows) for group in reading.for_days] == [
        ([0], (TimeWindow(start * 60, end * 60),))
    ]
    with pytest.raises(UnreadableValueError):
        parse_windows(text)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("23.11. 9-12", [(23, 11, None)]),
        ("23.11.2026 9-12", [(23, 11, 2026)]),
        ("2026-11-23 09:00-12:00", [(23, 11, 2026)]),
        ("23/11 9-12", [(23, 11, None)]),
        ("23. November 9-12", [(23, 11, None)]),
        ("Nov 23 9am-12pm", [(23, 11, None)]),
        ("23 novembre 9h-12h", [(23, 11, None)]),
    ],
)
def test_a_date_in_front_is_kept(text: str, dates: list[tuple[int, int, int | None]]) -> None:
    """A date before a window belongs to it."""
    (group,) = parse_day_windows(text).for_days
    assert [(day.day, day.month, day.year) for day in group.dates] == dates
    assert group.windows == (TimeWindow(9 * 3600, 12 * 3600),)


_NEGATIONS = (
    "not",
    "nicht",
    "pas",
    "sauf",
    "salvo",
    "non",
    "niet",
    "nie",
    "exceto",
    "außer",
    "closed",
    "Pause",
)


@given(st.sampled_from(_NEGATIONS), _MINUTES, _MINUTES, st.booleans())
def test_a_negation_is_never_dropped(word: str, start: int, end: int, behind: bool) -> None:
    """ "not 12-14" must not become 12-14."""
    assume(start < end)
    window = f"{_spoken(start, '{h}:{m:02d}')}-{_spoken(end, '{h}:{m:02d}')}"
    with pytest.raises(UnreadableValueError):
        parse_windows(f"{window} {word}" if behind else f"{word} {window}")


@given(st.text(alphabet="bcdfgjkqvwxz", min_size=4, max_size=9), _LANGUAGES, st.booleans())
def test_an_unknown_word_is_never_dropped(word: str, language: str, behind: bool) -> None:
    """What is only half understood is not understood."""
    window = FORMS[language][0][0].format("9:00", "12:00")
    with pytest.raises(UnreadableValueError) as refused:
        parse_windows(f"{window} {word}" if behind else f"{word} {window}")
    assert refused.value.fix in ("", "09:00-12:00")


@given(
    st.integers(1, 5), st.integers(6, 11), st.sampled_from(["{0}-{1}", "von {0} bis {1}", "{0}:30-{1}:30"])
)
def test_short_early_hours_are_asked(start: int, end: int, form: str) -> None:
    """1-8 may be in the afternoon; the fix says so and is itself read with certainty."""
    with pytest.raises(UnreadableValueError) as refused:
        parse_windows(form.format(start, end))
    fixed = parse_windows(refused.value.fix).windows
    assert [(w.start_s or 0) // 3600 - 12 for w in fixed] == [start]


PARTS = {
    "morning": "morning|Vormittag|vormittags|matin|le matin|por la mañana|mattina|'s ochtends|rano|de manhã",
    "afternoon": "afternoon|nachmittags|après-midi|por la tarde|pomeriggio|middag|po południu|à tarde",
    "evening": "evening|abends|soir|por la noche|sera|'s avonds|wieczorem|à noite",
}


@pytest.mark.parametrize(
    ("part", "text"), [(part, text) for part, all_ in PARTS.items() for text in all_.split("|")]
)
def test_parts_of_the_day(part: str, text: str) -> None:
    """A part of the day is read by the table, and the reading says so."""
    reading: WindowReading = parse_windows(text)
    hours = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 21)}[part]
    assert reading.windows == (TimeWindow(hours[0] * 3600, hours[1] * 3600),)
    assert [(start, end) for _, start, end in reading.parts] == [(hours[0] * 3600, hours[1] * 3600)]


@pytest.mark.parametrize(
    "text",
    [
        "ASAP",
        "so schnell wie möglich",
        "dès que possible",
        "lo antes posible",
        "il prima possibile",
        "zo snel mogelijk",
        "jak najszybciej",
        "o mais rápido possível",
        "dringend",
        "urgent!",
    ],
)
def test_as_soon_as_possible(text: str) -> None:
    """No window, but urgent."""
    assert parse_windows(text) == WindowReading(urgent=True)


@pytest.mark.parametrize(
    "text",
    [
        "any time",
        "egal",
        "ganztägig",
        "n'importe quand",
        "toute la journée",
        "todo el día",
        "cuando sea",
        "tutto il giorno",
        "maakt niet uit",
        "hele dag",
        "cały dzień",
        "obojętnie",
        "qualquer hora",
        "tanto faz",
        "00:00-24:00",
        "24/7",
    ],
)
def test_no_limit(text: str) -> None:
    """No window, and nothing to ask."""
    assert parse_windows(text) == WindowReading()


def test_words_that_two_languages_share_are_settled_by_the_column() -> None:
    """ "na" is after in Dutch and at in Polish; "do" is until in Polish and Thursday in German."""
    dutch, polish, german = (WindowHabits(frozenset([language])) for language in ("nl", "pl", "de"))
    assert parse_windows("na 14", dutch).windows == (TimeWindow(14 * 3600, None),)
    assert parse_windows("do 9", polish).windows == (TimeWindow(None, 9 * 3600),)
    for text, habits in (("na 14", polish), ("na 14", WindowHabits()), ("do 9", german)):
        with pytest.raises(UnreadableValueError):
            parse_windows(text, habits)


_PIECES = [
    "-",
    "bis",
    "to",
    "ab",
    "von",
    "vor",
    "nach",
    "and",
    "or",
    ",",
    "/",
    "before",
    "after",
    "a",
    "de",
    "do",
    "tot",
    "à",
    "e",
    "y",
    "o",
    "until",
    "nicht",
    "?",
    "(",
    ")",
    "Uhr",
    "h",
    "noon",
]


@given(st.lists(st.one_of(st.integers(6 * 60, 23 * 60), st.sampled_from(_PIECES)), min_size=2, max_size=7))
def test_no_time_is_ever_dropped(pieces: list[int | str]) -> None:
    """Whatever is put together: when it is read, every time in it lies on or in a window."""
    text = " ".join(
        _spoken(piece, "{h:02d}:{m:02d}") if isinstance(piece, int) else piece for piece in pieces
    )
    try:
        windows = parse_windows(text).windows
    except UnreadableValueError:
        return
    for piece in pieces:
        if isinstance(piece, int) and windows:
            assert any(
                (window.start_s or 0) <= piece * 60 <= (86400 if window.end_s is None else window.end_s)
                for window in windows
            ), text
