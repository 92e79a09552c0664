"""Times, durations, amounts, positions, dates and words in single cells."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lastmile_desktop.model import OrderKind, Priority
from lastmile_desktop.sheets.values import choices, numbers
from lastmile_desktop.sheets.values.coordinates import parse_coordinate, parse_pair
from lastmile_desktop.sheets.values.dates import DateHabits, date_habits, find_date, parse_date
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.plain import as_code
from lastmile_desktop.sheets.values.times import parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (time(9, 30), 570),
        (datetime(2026, 11, 23, 9, 30), 570),
        (datetime(1900, 1, 1), 1440),
        (timedelta(hours=24), 1440),
        (0.375, 540),
        (9, 540),
        (0, 0),
        (24, 1440),
        (900, 540),
        (1730, 1050),
        ("08:00", 480),
        ("8", 480),
        ("8.30", 510),
        ("8h30", 510),
        ("1730", 1050),
        ("9 Uhr", 540),
        ("9:30 am", 570),
        ("5pm", 1020),
        ("12 am", 0),
        ("noon", 720),
        ("-", None),
    ],
)
def test_time_cells(value: object, minutes: int | None) -> None:
    """From / To cells in all the shapes that Excel and people give them."""
    assert parse_time(value) == (None if minutes is None else minutes * 60)


@pytest.mark.parametrize(
    "value",
    [3, 9.5, 25, 970, -1, "3", "25:00", "9:61", "soon", "9-12", True, date(2026, 1, 1), timedelta(days=2)],
)
def test_time_cells_that_are_none(value: object) -> None:
    """Doubtful hours (3 = morning or afternoon?) and nonsense are refused."""
    with pytest.raises(UnreadableValueError):
        parse_time(value)


def test_midnight_as_an_end_is_the_end_of_the_day() -> None:
    """0:00 closes the day, it does not open it."""
    assert parse_time(time(0, 0), as_end=True) == 86400


@pytest.mark.parametrize(
    ("value", "unit", "seconds"),
    [
        (5, "", 300),
        (5, "min", 300),
        (90, "s", 90),
        (1.5, "h", 5400),
        ("5 min", "", 300),
        ("5'", "", 300),
        ("1h", "", 3600),
        ("1 h 15", "", 4500),
        ("0:05", "", 300),
        ("00:10:00", "", 600),
        (time(0, 5), "", 300),
        (timedelta(minutes=7), "", 420),
        ("90 sec", "", 90),
        ("7,5", "", 450),
        ("-", "", None),
    ],
)
def test_durations(value: object, unit: str, seconds: int | None) -> None:
    """Service times and breaks."""
    assert parse_duration(value, unit) == seconds


@pytest.mark.parametrize("value", ["soon", "5 boxes", -5, "-5", True, date(2026, 1, 1), "0:75"])
def test_durations_that_are_none(value: object) -> None:
    """A negative or wordy duration is refused."""
    with pytest.raises(UnreadableValueError):
        parse_duration(value)


@pytest.mark.parametrize(
    ("value", "decimal_comma", "milli"),
    [
        (3, None, 3000),
        (2.5, None, 2500),
        ("3", None, 3000),
        ("12,5", None, 12500),
        ("1.200,50", None, 1_200_500),
        ("1,250.75", None, 1_250_750),
        ("1'250", None, 1_250_000),
        ("1\u202f250", None, 1_250_000),
        ("1.250", True, 1_250_000),
        ("1.250", False, 1250),
        ("1,250", False, 1_250_000),
        ("3 boxes", None, 3000),
        ("4 Kisten", None, 4000),
        ("2 x", None, 2000),
        ("-", None, None),
    ],
)
def test_quantities(value: object, decimal_comma: bool | None, milli: int | None) -> None:
    """Pieces with and without units, in both decimal habits."""
    assert numbers.parse_quantity_milli(value, decimal_comma=decimal_comma) == milli


@pytest.mark.parametrize(
    "value",
    [
        "many",
        "1.250",
        "3-4",
        "50 %",
        "50%",
        -2,
        "-2",
        "12 kg",
        date(2026, 4, 3),
        time(9),
        True,
        "2 Kisten + 1 Sack",
        float("nan"),
        1e300,
    ],
)
def test_quantities_that_are_none(value: object) -> None:
    """Words, ranges, percentages, foreign units and numbers with two readings are refused."""
    with pytest.raises(UnreadableValueError):
        numbers.parse_quantity_milli(value)


@pytest.mark.parametrize(
    ("value", "unit", "grams"),
    [
        (24, "kg", 24000),
        ("24 kg", "kg", 24000),
        ("500 g", "kg", 500),
        ("1,5 t", "kg", 1_500_000),
        (10, "lb", 4536),
        ("10 lbs", "kg", 4536),
    ],
)
def test_weights(value: object, unit: str, grams: int) -> None:
    """The unit in the cell goes before the unit in the heading."""
    assert numbers.parse_measure(value, numbers.GRAMS, unit) == grams


@given(st.integers(0, 10**8), st.booleans(), st.booleans())
def test_written_numbers_come_back(thousandths: int, comma: bool, grouped: bool) -> None:
    """A number written by either habit is read back exactly when the file's habit is known."""
    text = f"{thousandths / 1000:{',' if grouped else ''}.2f}"
    if comma:
        text = text.translate(str.maketrans(",.", ".,"))
    expected = round(round(thousandths / 1000, 2) * 1000)
    assert numbers.parse_quantity_milli(text, decimal_comma=comma) == expected


@given(st.text(max_size=20), st.sampled_from([True, False, None]))
def test_amounts_never_fail_otherwise(text: str, comma: bool | None) -> None:
    """Any text is an amount that is not negative, nothing, or a refusal."""
    try:
        amount = numbers.parse_amount(text, decimal_comma=comma)
    except UnreadableValueError:
        return
    assert amount is None or amount[0] >= 0


@pytest.mark.parametrize(
    ("value", "degrees"),
    [
        (51.5, 51.5),
        ("51,5", 51.5),
        ("51.5°", 51.5),
        ("51.5 N", 51.5),
        ("W 0.127", -0.127),
        ("51°30'26\"N", 51.507222),
        ("51° 30′ 26.5″ S", -51.507361),
        ("NaN", None),
        ("", None),
    ],
)
def test_coordinates(value: object, degrees: float | None) -> None:
    """Decimals with point or comma, degrees with minutes and seconds."""
    found = parse_coordinate(value)
    assert found == (None if degrees is None else pytest.approx(degrees, abs=1e-5))


@pytest.mark.parametrize(
    "text",
    [
        "51.5, -0.12",
        "51.5 -0.12",
        "51.5;-0.12",
        "(51.5, -0.12)",
        "51,5; -0,12",
        "51.5 N, 0.12 W",
        "51,5 / -0,12",
    ],
)
def test_pairs(text: str) -> None:
    """Latitude and longitude in one cell."""
    assert parse_pair(text) == pytest.approx((51.5, -0.12))


@pytest.mark.parametrize("value", ["Main Street", "51.5", "51,5,3", 51.5, "12345"])
def test_pairs_that_are_none(value: object) -> None:
    """An address or a single number is no pair."""
    with pytest.raises(UnreadableValueError):
        parse_pair(value)


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(["{0:.6f}, {1:.6f}", "{0:.6f} {1:.6f}", "({0:.5f};{1:.5f})"]),
)
def test_pairs_come_back(lat: float, lon: float, form: str) -> None:
    """Any position written with a point is read back."""
    assert parse_pair(form.format(lat, lon)) == pytest.approx((lat, lon), abs=1e-5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 23), date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        ("Mo, 23.11.26", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23 Nov 2026", date(2026, 11, 23)),
        ("November 23, 2026", date(2026, 11, 23)),
        ("23. November 2026", date(2026, 11, 23)),
        (46349, date(2026, 11, 23)),
        ("mar 3/11/2026", date(2026, 11, 3)),
        ("Mar 3, 2026", date(2026, 3, 3)),
        (20261123, date(2026, 11, 23)),
        ("lunes, 23 de noviembre de 2026", date(2026, 11, 23)),
        ("segunda-feira, 23 de novembro de 2026", date(2026, 11, 23)),
        ("23 listopada 2026 r.", date(2026, 11, 23)),
        ("le 1er décembre 2026", date(2026, 12, 1)),
        ("2026-11-23T09:30:00Z", date(2026, 11, 23)),
    ],
)
def test_dates(value: object, expected: date) -> None:
    """Dates as cells and as text."""
    assert parse_date(value) == expected


def test_the_column_decides_about_day_and_month() -> None:
    """One day above 12 settles a whole column; without one it stays open."""
    assert date_habits(["03/04/2026", "25/04/2026"]).day_first is True
    assert date_habits(["03/04/2026", "04/25/2026"]).day_first is False
    assert date_habits(["03/04/2026"]).day_first is None
    assert parse_date("03/04/2026", DateHabits(day_first=False)) == date(2026, 3, 4)


@pytest.mark.parametrize("value", ["31.02.2026", "tomorrow", "8-12", "10", 450000, "99/99/2026"])
def test_dates_that_are_none(value: object) -> None:
    """What generous date libraries would guess is refused."""
    with pytest.raises(UnreadableValueError):
        parse_date(value)


def test_a_title_gives_the_date() -> None:
    """Only an unmistakable date counts."""
    assert find_date("Deliveries Thursday 18.09.2025") == date(2025, 9, 18)
    assert find_date("Tour 12 - 14 Graz") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(10001.0, "10001"), ("'01309", "01309"), (1.5e10, "15000000000"), ("007", "007"), ("10001.0", "10001")],
)
def test_codes(value: object, text: str) -> None:
    """Numbers that are names keep their shape."""
    assert as_code(value) == text


@pytest.mark.parametrize(
    ("value", "priority"),
    [
        ("High", Priority.HIGH),
        ("hoch", Priority.HIGH),
        ("x", Priority.HIGH),
        ("normal", Priority.NORMAL),
        ("niedrig", Priority.LOW),
        (1, Priority.HIGH),
        (2, Priority.NORMAL),
        (3, Priority.LOW),
        ("", Priority.NORMAL),
    ],
)
def test_priorities(value: object, priority: Priority) -> None:
    """Words and ranks."""
    assert choices.parse_priority(value) is priority


def test_skills_are_split_and_lowered() -> None:
    """All separators people use; "none" is no skill."""
    assert choices.parse_skills("Two-Person, tail-lift; COOLING") == {"two-person", "tail-lift", "cooling"}
    assert choices.parse_skills("none") == frozenset()


def test_kinds() -> None:
    """Delivery and pickup; anything else is refused."""
    assert choices.parse_kind("Abholung") is OrderKind.PICKUP
    assert choices.parse_kind("P") is OrderKind.PICKUP
    with pytest.raises(UnreadableValueError):
        choices.parse_kind("Express")


@given(st.one_of(st.text(max_size=15), st.integers(), st.floats(), st.times(), st.timedeltas(), st.dates()))
def test_no_cell_breaks_a_parser(value: object) -> None:
    """Any cell is a value or a refusal for every parser, never another error."""
    assume(not isinstance(value, bool))
    for parser in (
        parse_time,
        parse_duration,
        parse_coordinate,
        parse_date,
        choices.parse_priority,
        numbers.parse_amount,
        parse_pair,
    ):
        with contextlib.suppress(UnreadableValueError):
            parser(value)
