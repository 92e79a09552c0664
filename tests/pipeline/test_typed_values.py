"""Values as people type them: what is shown can be typed back, and nonsense gets a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.model import Location, TimeWindow, TrafficPeriod
from lastmile_desktop.model.wording import windows
from lastmile_desktop.pipeline import typed_values as typed
from lastmile_desktop.pipeline.typed_values import NotUnderstoodError

GENT = Location(51.05, 3.72)


@given(st.integers(0, 10**8))
def test_a_weight_that_is_shown_is_read_back(grams):
    assert typed.read_weight_g(typed.amount_text(grams, 1000)) == grams


@given(st.integers(0, 10**9))
def test_a_volume_that_is_shown_is_read_back(cm3):
    assert typed.read_volume_cm3(typed.amount_text(cm3, 1_000_000)) == cm3


@given(st.integers(0, 10**7))
def test_an_amount_of_money_that_is_shown_is_read_back(cents):
    assert typed.read_cents(typed.amount_text(cents, 100)) == cents


@given(st.integers(0, 24 * 60).map(lambda minutes: minutes * 60))
def test_a_time_that_is_shown_is_read_back(time_s):
    assert typed.read_time(typed.time_text(time_s)) == time_s


@given(st.integers(86400 + 60, 2 * 86400 - 60).map(lambda time_s: time_s // 60 * 60))
def test_a_time_of_the_next_day_is_read_back(time_s):
    assert typed.read_time(typed.time_text(time_s)) == time_s


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_that_is_shown_is_read_back(lat, lon):
    shown = typed.position_text(Location(lat, lon))
    if shown.replace("-", "") == "0.00000, 0.00000":
        return
    read = typed.read_position(shown)
    assert read is not None
    assert abs(read.lat - lat) < 1e-5
    assert abs(read.lon - lon) < 1e-5


@given(st.integers(6 * 60, 12 * 60), st.integers(1, 300))
def test_a_window_that_is_shown_is_read_back(start_min, length_min):
    window = TimeWindow(start_min * 60, (start_min + length_min) * 60)
    assert typed.read_windows(windows([window])) == (window,)


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_a_sentence(text):
    readers = (
        typed.read_windows, typed.read_time, typed.read_quantity_milli, typed.read_weight_g,
        typed.read_volume_cm3, typed.read_distance_m, typed.read_cents, typed.read_service_s,
        typed.read_duration_s, typed.read_position, typed.read_skills,
    )  # fmt: skip
    for read in readers:
        sentence = refusal(lambda read=read: read(text))
        assert sentence is None or sentence.endswith(".")
        assert "Error" not in (sentence or "") or "Error" in text


def refusal(read) -> str | None:
    try:
        read()
    except NotUnderstoodError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (typed.read_windows, "until 11", (TimeWindow(None, 39600),)),
        (typed.read_windows, "from 13:00", (TimeWindow(46800, None),)),
        (typed.read_windows, "", ()),
        (typed.read_weight_g, "12,5 kg", 12500),
        (typed.read_weight_g, "", None),
        (typed.read_service_s, "7", 420),
        (typed.read_duration_s, "9:30", 34200),
        (typed.read_time, "02:00 +1", 26 * 3600),
        (lambda text: typed.read_time(text, as_end=True), "00:00 +1", 86400),
        (lambda text: typed.read_time(text, as_end=True), "0:00", 86400),
        (typed.read_skills, "Lift, lift, Cool", frozenset({"lift", "cool"})),
        (typed.read_position, "51,0543; 3,7174", Location(51.0543, 3.7174)),
    ],
)
def test_what_is_typed_is_what_is_meant(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (typed.read_windows, "12-9", "ends before it starts"),
        (typed.read_windows, "asap", "priority to High"),
        (typed.read_weight_g, "1,250", "thousands or a fraction"),
        (typed.read_weight_g, "-3", "negative"),
        (typed.read_service_s, "900", "twelve hours"),
        (typed.read_position, "0, 0", "sea"),
        (typed.read_position, "99, 200", "earth"),
        (typed.read_time, "25", "no such time"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(read, text, words):
    with pytest.raises(NotUnderstoodError, match=words):
        read(text)


def test_swapped_coordinates_are_noticed_only_far_from_the_work():
    with pytest.raises(NotUnderstoodError, match=r"swapped.*51\.05000, 3\.72000"):
        typed.read_position("3.72, 51.05", GENT)
    assert typed.read_position("3.72, 51.05") == Location(3.72, 51.05)
    assert typed.read_position("48.85, 2.35", Location(48.0, 2.0)) == Location(48.85, 2.35)


@pytest.mark.parametrize(
    "text",
    ["07:00-09:00 130 %, 16:00-18:30 125 %", "7-9=130;16:00-18:30=125", "7:00 to 9:00: 130, 16-18:30 125"],
)
def test_traffic_by_the_hour(text):
    periods = typed.read_traffic(text)
    assert periods == (TrafficPeriod(25_200, 32_400, 130), TrafficPeriod(57_600, 66_600, 125))
    assert typed.read_traffic(typed.traffic_text(periods)) == periods


@pytest.mark.parametrize("text", ["rush hour", "9-7 130", "7-9 5", "7-9 130, 8-10 120", "7-9"])
def test_what_is_no_traffic_gets_a_sentence(text):
    with pytest.raises(typed.NotUnderstoodError, match=r"07:00-09:00 130 %"):
        typed.read_traffic(text)


def test_parts_of_the_day():
    assert typed.read_day_parts("") == ()
    hours = typed.read_day_parts("6-10:30; 12:00–16.00, 17 to 24:00")
    assert hours == ((21_600, 37_800), (43_200, 57_600), (61_200, 86_400))
    assert typed.read_day_parts(typed.day_parts_text(hours)) == hours


@pytest.mark.parametrize(
    "text", ["morning", "8-12", "8-12, 12-17, 17-21, 21-23", "12-8, 12-17, 17-21", "8-12, 12-17, 17-99"]
)
def test_what_is_no_parts_of_the_day_gets_a_sentence(text):
    with pytest.raises(NotUnderstoodError):
        typed.read_day_parts(text)
