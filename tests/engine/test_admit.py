"""Values that cannot be true are named in a sentence, and everything else is planned."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest

from lastmile_desktop.engine.admit import (
    MOST_AMOUNT,
    MOST_PER_HOUR_CENTS,
    MOST_PER_KM_CENTS,
    MOST_PRICE_CENTS,
    MOST_TIME_S,
    BadTravel,
    settings_fault,
)
from lastmile_desktop.engine.admit_arrays import BadProblem, admit
from lastmile_desktop.engine.checker.check import check
from lastmile_desktop.engine.problem import FAR_S, NO_LIMIT, NO_WAY_S, BreakRule, Problem, build_problem
from lastmile_desktop.engine.schedule import evaluate
from lastmile_desktop.engine.scoring import Scorer
from lastmile_desktop.engine.subproblem import subproblem
from lastmile_desktop.model import (
    Assignment,
    Break,
    Capacity,
    DaySettings,
    Depot,
    OrderKind,
    TimeWindow,
    TravelMatrix,
)
from lastmile_desktop.model import UnassignedReason as Reason

HOUR = 3600

BAD_ORDERS = {
    "pieces": ({"quantity_milli": -1}, Reason.CAPACITY, "its number of pieces is less than nothing"),
    "weight": ({"weight_g": MOST_AMOUNT + 1}, Reason.CAPACITY, "its weight is too large to be true"),
    "volume": ({"volume_cm3": math.nan}, Reason.CAPACITY, "its volume is not a number"),
    "infinite": ({"weight_g": math.inf}, Reason.CAPACITY, "its weight is not a number"),
    "service": ({"service_s": -60}, Reason.SHIFT, "its service time is less than nothing"),
    "no service": ({"service_s": None}, Reason.SHIFT, "its service time is missing"),
    "overflow": ({"service_s": 2**70}, Reason.SHIFT, "its service time is longer than a week"),
    "setup": ({"setup_s": MOST_TIME_S + 1}, Reason.SHIFT, "its set-up time is longer than a week"),
    "window": ({"windows": (TimeWindow(0, 2**40),)}, Reason.WINDOW, "not a time of this week"),
    "before": ({"windows": (TimeWindow(None, -60),)}, Reason.WINDOW, "over before the day begins"),
    "lateness": (
        {"late_cents_per_hour": 100, "max_late_s": 2**40},
        Reason.WINDOW,
        "the lateness it allows is longer",
    ),
    "skip price": ({"skip_price_cents": -5}, Reason.DROPPED, "price for leaving it out is less than nothing"),
    "dear": ({"skip_price_cents": MOST_PRICE_CENTS + 1}, Reason.DROPPED, "too large to be true"),
    "late price": ({"late_cents_per_hour": 2**62}, Reason.DROPPED, "price of an hour late is too large"),
}

BAD_VANS = {
    "shift": ({"shift_end_s": 2**40}, "its shift is not within this week"),
    "nan": ({"shift_start_s": math.nan}, "its shift is not within this week"),
    "overtime": ({"overtime_s": 2**40}, "its overtime is longer than a week"),
    "reload": ({"reload_s": MOST_TIME_S + 1}, "its time to load again is longer than a week"),
    "break": ({"breaks": (Break(2**40, 12 * HOUR, 13 * HOUR),)}, "one of its breaks is not within"),
    "room": ({"capacity": Capacity(weight_g=math.nan)}, "its load in kg is nan, which cannot be"),
    "trips": ({"max_trips": 1.5}, "its number of trips is 1.5"),
    "per km": ({"cost_per_km_cents": MOST_PER_KM_CENTS + 1}, "its price per km is too large to be true"),
    "per hour": ({"cost_per_hour_cents": MOST_PER_HOUR_CENTS + 1}, "its price per hour is too large"),
    "fixed": ({"fixed_cost_cents": math.inf}, "its fixed price is not a number"),
}


def planned(town, day, travel=None):
    """Keys on routes and sentences by key, after each order alone was given to its vehicle."""
    problem = build_problem(day, travel or town.travel)
    assert admit(problem) is problem
    table = evaluate(problem, Assignment())
    assert check(day, table, travel or town.travel) == ()
    return problem, {entry.order_key: (entry.reason, entry.message) for entry in table.unassigned}


@pytest.mark.parametrize("name", BAD_ORDERS)
def test_an_order_that_cannot_be_is_set_aside_and_named(town, name):
    values, reason, words = BAD_ORDERS[name]
    problem, told = planned(town, town.day([town.order("good", 3), replace(town.order("bad", 5), **values)]))
    assert problem.order_keys == ("good",)
    assert told["bad"][0] == reason
    assert told["bad"][1].startswith("BAD cannot be planned: ")
    assert words in told["bad"][1]
    assert told["bad"][1].endswith(".")


@pytest.mark.parametrize("name", BAD_VANS)
def test_a_vehicle_that_cannot_be_is_set_aside_and_named(town, name):
    values, words = BAD_VANS[name]
    problem, _ = planned(town, town.day([town.order("a", 3)], [town.van("good"), town.van("bad", **values)]))
    assert problem.vehicle_keys == ("good",)
    ((who, text),) = problem.unusable
    assert who == "Bad"
    assert words in text


def test_depot_hours_of_another_age(town):
    day = town.day([town.order("a", 3)], depots=[Depot("d", "Barn", town.at(0), closes_s=2**40)])
    problem, told = planned(town, day)
    assert problem.vehicle_count == 0
    assert "Van cannot be planned: Barn: its depot's hours" in told["a"][1]


def test_half_a_shipment_does_not_stay_behind(town):
    halves = [
        town.order("from", 3, shipment="s", kind=OrderKind.PICKUP),
        town.order("to", 5, shipment="s", service_s=-1),
    ]
    problem, told = planned(town, town.day([*halves, town.order("good", 1)]))
    assert problem.order_keys == ("good",)
    assert "shipment s" in told["from"][1]


def test_limits_beyond_every_load_are_no_limits(town):
    huge = Capacity(2**62, 2**62, 2**62)
    van = town.van(capacity=huge, max_stops=2**61, max_distance_m=2**60, max_duration_s=2**61)
    problem, _ = planned(town, town.day([town.order("a", 3)], [van]))
    assert (problem.capacity == NO_LIMIT).all()
    assert Scorer(problem).score([[0]]).broken == 0


def test_the_largest_admitted_numbers_add_up(town):
    """10,000 of the heaviest orders stay below NO_LIMIT, and the dearest day within 64 bits."""
    assert 10_000 * MOST_AMOUNT < NO_LIMIT
    dear = {"cost_per_km_cents": MOST_PER_KM_CENTS, "cost_per_hour_cents": MOST_PER_HOUR_CENTS}
    orders = [
        town.order(f"o{n}", n, service_s=MOST_TIME_S, weight_g=MOST_AMOUNT, skip_price_cents=MOST_PRICE_CENTS)
        for n in range(20)
    ]
    day = town.day(orders, [town.van(fixed_cost_cents=MOST_PRICE_CENTS, **dear)])
    problem, told = planned(town, day)
    score = Scorer(problem).score([list(range(20))])
    assert score.broken > 0
    assert 0 < score.units < 2**63
    assert all(problem.penalty_cents > 0)
    assert len(told) == 20


class OddTravel:
    """Answers with tables of any kind."""

    source = "straight-line"

    def __init__(self, seconds, metres):
        self._seconds, self._metres = seconds, metres

    def matrix(self, locations):
        return TravelMatrix(tuple(locations), self._seconds(len(locations)), self._metres(len(locations)), "")

    def line(self, start, end):
        return (start, end)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -5.0, 1e300])
def test_a_time_that_is_none_means_no_way(town, odd):
    def seconds(count):
        table = np.full((count, count), 60.0)
        table[0, 1] = odd
        table[2, 2] = 77.0
        return table

    travel = OddTravel(seconds, lambda count: np.full((count, count), 1000))
    problem = build_problem(town.day([town.order("a", 3), town.order("b", 4)]), travel)
    assert problem.duration_s[0, 1] == NO_WAY_S
    assert (problem.duration_s.diagonal() == 0).all()
    assert admit(problem) is problem


def test_travel_times_for_other_places_are_refused(town):
    travel = OddTravel(lambda count: np.zeros((count, count + 1)), lambda count: np.zeros((count, count)))
    with pytest.raises(BadTravel, match=r"the day has 2: nothing can be planned"):
        build_problem(town.day([town.order("a", 3)]), travel)
    words = OddTravel(lambda count: np.full((count, count), "x"), lambda count: np.zeros((count, count)))
    with pytest.raises(BadTravel, match="not numbers"):
        build_problem(town.day([town.order("a", 3)]), words)


def test_settings_that_make_no_time():
    assert settings_fault(DaySettings()) is None
    assert "between 10 and 1000 %" in (settings_fault(DaySettings(drive_time_percent=0)) or "")
    assert "too large" in (settings_fault(DaySettings(preference_cents=2**62)) or "")


@pytest.fixture
def four(town):
    """Four orders and two vans, with a shipment of the first two and the third before the fourth."""
    orders = [
        town.order("a", 3, kind=OrderKind.PICKUP, shipment="s"),
        town.order("b", 5, shipment="s"),
        town.order("c", 7, windows=[(9 * HOUR, 10 * HOUR)]),
        town.order("d", 9, after=frozenset({"c"})),
    ]
    return build_problem(town.day(orders, [town.van("one"), town.van("two")]), town.travel)


def changed(problem, name, index, value):
    array = getattr(problem, name).copy()
    array[index] = value
    return replace(problem, **{name: array})


BAD_ARRAYS = {
    "service": ("service_s", 2, -1),
    "service too long": ("service_s", 2, FAR_S + 1),
    "load": ("demand", (2, 1), NO_LIMIT),
    "negative load": ("demand", (2, 0), -1),
    "penalty": ("penalty_cents", 2, 2**50),
    "lateness": ("late_cents_per_hour", 2, -1),
    "wish": ("preference_cents", (2, 1), -1),
    "place": ("order_place", 2, 99),
    "position": ("position", 2, 7),
    "least position": ("position", 2, -(2**63)),
    "group": ("group", 2, 2**40),
    "leg": ("duration_s", (2, 4), -3),
    "long leg": ("distance_m", (4, 2), 2**30),
    "loop": ("duration_s", (2, 2), 5),
}


@pytest.mark.parametrize("name", BAD_ARRAYS)
def test_an_order_of_the_arrays_that_cannot_be_is_set_aside(four, name):
    field, index, value = BAD_ARRAYS[name]
    found = admit(changed(four, field, index, value))
    assert found.order_keys == ("a", "b", "d")
    assert found.order_ids[found.partner[0]] == "B"
    assert found.before == ()
    (entry,) = found.set_aside
    assert entry.order_key == "c"
    assert entry.message.startswith("C cannot be planned: ")
    assert admit(found) is found


def test_a_bad_half_takes_the_other_half_along(four):
    found = admit(changed(four, "service_s", 0, -1))
    assert found.order_keys == ("c", "d")
    assert found.before == ((0, 1),)
    assert "shipment cannot be planned without A" in found.set_aside[1].message


@pytest.mark.parametrize("windows", [(), ((9, 8),), ((0, 5), (4, 9)), ((5, 9), (0, 2)), ((0, 2 * FAR_S),)])
def test_windows_that_are_none(four, windows):
    due = tuple(end for _, end in windows)
    found = admit(
        replace(
            four,
            windows=(*four.windows[:2], windows, four.windows[3]),
            window_due=(*four.window_due[:2], due, four.window_due[3]),
        )
    )
    assert found.order_keys == ("a", "b", "d")
    assert found.set_aside[0].reason == Reason.WINDOW


BAD_VAN_ARRAYS = {
    "capacity": ("capacity", (1, 0), -1),
    "stops": ("max_stops", 1, -1),
    "price": ("search_per_km_cents", 1, 2**50),
    "fixed": ("fixed_cents", 1, -1),
    "start": ("start_place", 1, 99),
    "end": ("end_place", 1, -1),
    "shift": ("latest_end_s", 1, 2**60),
    "trips": ("max_trips", 1, 0),
    "reload": ("reload_s", 1, -1),
}


@pytest.mark.parametrize("name", BAD_VAN_ARRAYS)
def test_a_vehicle_of_the_arrays_that_cannot_be_is_set_aside(four, name):
    field, index, value = BAD_VAN_ARRAYS[name]
    found = admit(changed(four, field, index, value))
    assert found.vehicle_names == ("One",)
    assert found.order_count == 4
    assert found.allowed.shape == (4, 1)
    assert found.unusable[0][1].startswith("Two cannot be planned: ")


@pytest.mark.parametrize("rest", [BreakRule(-1, 0, 9), BreakRule(60, 9, 0), BreakRule(2**40, 0, 9)])
def test_a_break_that_is_none(four, rest):
    assert admit(replace(four, breaks=((), (rest,)))).vehicle_names == ("One",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_s", np.zeros((3, 4), dtype=np.int32)),
        ("distance_m", np.zeros((2, 2), dtype=np.int32)),
        ("duration_s", np.full((5, 5), np.nan)),
        ("demand", np.zeros((4, 2), dtype=np.int64)),
        ("allowed", np.ones((4, 3), dtype=np.bool_)),
        ("allowed", np.ones((4, 2), dtype=np.int64)),
        ("order_place", [1, 2, 3, 4]),
        ("order_keys", ("a", "a", "c", "d")),
        ("vehicle_keys", ("one", "one")),
        ("breaks", ()),
        ("before", ((0, 9),)),
        ("traffic", ((0, 5),)),
        ("traffic", ((100, 80),)),
        ("even_units", -1),
    ],
)
def test_arrays_that_are_no_problem_are_refused_in_a_sentence(four, name, value):
    with pytest.raises(BadProblem, match=r"\.$"):
        admit(replace(four, **{name: value}))


def test_evaluate_takes_only_what_is_admitted(four):
    table = evaluate(changed(four, "service_s", 2, -1), Assignment())
    told = {entry.order_key: entry.message for entry in table.unassigned}
    assert set(told) == {"a", "b", "c", "d"}
    assert "its service time is less than nothing" in told["c"]


def test_a_part_of_a_problem_is_the_same_problem_of_less(town, four):
    """Every field is carried over: the part scores as a day of just these orders does."""
    part = subproblem(four, [3, 2], [1])
    assert part.order_ids == ("D", "C")
    assert part.before == ((1, 0),)
    assert (part.partner == -1).all()
    orders = [town.order("d", 9), town.order("c", 7, windows=[(9 * HOUR, 10 * HOUR)])]
    alone = build_problem(town.day(orders, [town.van("two")]), town.travel)
    for item in fields(Problem):
        if isinstance(getattr(alone, item.name), np.ndarray):
            assert getattr(part, item.name).shape == getattr(alone, item.name).shape
    for route in ([0, 1], [1, 0], [0], [1]):
        assert Scorer(part).route(0, route)[1] == Scorer(alone).route(0, route)[1]
