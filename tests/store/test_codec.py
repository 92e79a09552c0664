"""Whatever a day holds is read back as it was written, and nothing else passes for a day."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastmile_desktop.model import (
    Assignment,
    Block,
    BlockingRule,
    BlockingSet,
    Break,
    Capacity,
    Day,
    DaySettings,
    DayState,
    Depot,
    EvenBy,
    Goals,
    Load,
    Location,
    Order,
    OrderKind,
    Priority,
    RouteOrders,
    RoutePosition,
    RouteTimetable,
    Severity,
    SheetProblem,
    SourceCell,
    Timetable,
    TimeWindow,
    TrafficPeriod,
    Unassigned,
    UnassignedReason,
    Vehicle,
    Violation,
    Visit,
    VisitKind,
)
from lastmile_desktop.store import codec, firm
from lastmile_desktop.store.codec import from_json, to_json
from lastmile_desktop.store.entities import (
    changes_between,
    read_changes,
    rows_after,
    rows_of,
    state_of,
    write_changes,
)
from lastmile_desktop.store.fields import Record, WrongShapeError

RECORDS = {
    name: item
    for module in (codec, firm)
    for name, item in vars(module).items()
    if isinstance(item, Record) and name.isupper()
}

TEXTS = st.text(alphabet=st.characters(), max_size=12)  # lone surrogates and NUL included
WHOLE = st.integers(-(2**40), 2**40)
NATURAL = st.integers(0, 2**40)
SPANS = st.tuples(NATURAL, NATURAL).map(sorted)
DATES = st.dates()
LOCATIONS = st.builds(Location, st.floats(-90, 90), st.floats(-180, 180))
WINDOWS = SPANS.map(lambda span: TimeWindow(*span)) | st.builds(TimeWindow, st.none() | NATURAL)
LOADS = st.builds(Load, WHOLE, WHOLE, WHOLE)
CAPACITIES = st.builds(Capacity, st.none() | NATURAL, st.none() | NATURAL, st.none() | NATURAL)
SKILLS = st.frozensets(TEXTS, max_size=3)
BLOCKS = st.builds(Block, st.sampled_from(BlockingRule), WHOLE, st.lists(TEXTS, max_size=2).map(tuple))
BLOCKING_SETS = st.builds(
    BlockingSet,
    st.none() | TEXTS,
    st.lists(BLOCKS, max_size=2).map(tuple),
    NATURAL,
    WHOLE,
    WHOLE,
    WHOLE,
    st.booleans(),
)
BREAKS = st.builds(lambda duration, span: Break(duration, *span), NATURAL, SPANS)
DEPOTS = st.builds(
    Depot, TEXTS, TEXTS, st.none() | LOCATIONS, TEXTS, st.none() | NATURAL, st.none() | NATURAL
)
ORDERS = st.builds(
    Order,
    key=TEXTS,
    id=TEXTS,
    name=TEXTS,
    address=TEXTS,
    location=st.none() | LOCATIONS,
    windows=st.lists(WINDOWS, max_size=3).map(tuple),
    quantity_milli=WHOLE,
    weight_g=st.none() | WHOLE,
    volume_cm3=st.none() | WHOLE,
    service_s=WHOLE,
    phone=TEXTS,
    email=TEXTS,
    notes=TEXTS,
    skills=SKILLS,
    priority=st.sampled_from(Priority),
    kind=st.sampled_from(OrderKind),
    delivery_date=st.none() | DATES,
    skip_price_cents=st.none() | WHOLE,
    attention=st.booleans(),
    source=st.none() | st.builds(SourceCell, TEXTS, NATURAL),
    setup_s=NATURAL,
    late_cents_per_hour=st.none() | NATURAL,
    max_late_s=st.none() | NATURAL,
    only_vehicles=SKILLS,
    barred_vehicles=SKILLS,
    preferred_driver=TEXTS,
    shipment=TEXTS,
    same_van=TEXTS,
    position=st.sampled_from(RoutePosition),
    after=SKILLS,
)
VISITS = st.builds(
    Visit,
    kind=st.sampled_from(VisitKind),
    order_keys=st.just(()),
    location=st.none() | LOCATIONS,
    drive_s=WHOLE,
    distance_m=WHOLE,
    arrive_s=WHOLE,
    start_s=WHOLE,
    leave_s=WHOLE,
    late_s=WHOLE,
    load=LOADS,
    setup_s=WHOLE,
)
GOALS = st.builds(
    Goals, st.integers(-100, 100), st.sampled_from(EvenBy), st.integers(0, 100), st.integers(0, 86_400)
)
TRAFFIC = st.lists(
    st.builds(TrafficPeriod, st.just(3600), st.integers(3601, 7200), st.integers(10, 1000)), max_size=1
).map(tuple)
PROBLEMS = st.builds(SheetProblem, TEXTS, NATURAL, TEXTS, TEXTS, st.sampled_from(Severity), TEXTS, TEXTS)


@st.composite
def vehicles(draw: st.DrawFn, depots: list[Depot]) -> Vehicle:
    keys = st.sampled_from([depot.key for depot in depots])
    start_s, end_s = draw(SPANS)
    return Vehicle(
        key=draw(TEXTS),
        name=draw(TEXTS),
        driver=draw(TEXTS),
        capacity=draw(CAPACITIES),
        start_depot=draw(keys),
        end_depot=draw(st.none() | keys),
        shift_start_s=start_s,
        shift_end_s=end_s,
        breaks=tuple(draw(st.lists(BREAKS, max_size=2))),
        skills=draw(SKILLS),
        fixed_cost_cents=draw(NATURAL),
        cost_per_km_cents=draw(NATURAL),
        cost_per_hour_cents=draw(NATURAL),
        max_stops=draw(st.none() | NATURAL),
        max_distance_m=draw(st.none() | NATURAL),
        max_duration_s=draw(st.none() | NATURAL),
        active=draw(st.booleans()),
        overtime_s=draw(NATURAL),
        overtime_cents_per_hour=draw(NATURAL),
        max_trips=draw(st.integers(1, 9)),
        reload_s=draw(NATURAL),
    )


@st.composite
def states(draw: st.DrawFn) -> DayState:
    depots = draw(st.lists(DEPOTS, min_size=1, max_size=2, unique_by=lambda depot: depot.key))
    fleet = draw(st.lists(vehicles(depots), max_size=3, unique_by=lambda vehicle: vehicle.key))
    orders = draw(st.lists(ORDERS, max_size=4, unique_by=lambda order: order.key))
    day = Day(
        draw(DATES),
        tuple(orders),
        tuple(fleet),
        tuple(depots),
        DaySettings(draw(TEXTS), *(draw(WHOLE) for _ in range(4)), draw(TRAFFIC), draw(GOALS), draw(NATURAL)),
        draw(TEXTS),
    )
    keys = [order.key for order in orders]
    assignment = timetable = None
    if draw(st.booleans()):
        routes = [RouteOrders(vehicle.key, ()) for vehicle in fleet]
        if routes:
            routes[0] = RouteOrders(fleet[0].key, tuple(draw(st.permutations(keys))))
        locked = frozenset(draw(st.lists(st.sampled_from(keys)))) if keys else frozenset()
        frozen = frozenset(draw(st.lists(st.sampled_from(keys)))) if keys else frozenset()
        assignment = Assignment(tuple(draw(st.permutations(routes))), locked, frozen)
    if draw(st.booleans()):
        timetable = Timetable(
            tuple(
                RouteTimetable(
                    vehicle.key,
                    tuple(draw(st.lists(VISITS, max_size=2))),
                    *(draw(WHOLE) for _ in range(4)),
                    draw(LOADS),
                    draw(LOADS),
                    draw(WHOLE),
                    draw(WHOLE),
                )
                for vehicle in fleet
            ),
            tuple(
                Unassigned(
                    key,
                    draw(st.sampled_from(UnassignedReason)),
                    draw(TEXTS),
                    tuple(draw(st.lists(BLOCKING_SETS, max_size=2))),
                )
                for key in keys
            ),
            draw(TEXTS),
            tuple(Violation("x", text, None, text) for text in draw(st.lists(TEXTS, max_size=3))),
        )
    solve_s = draw(st.floats(0, 1e6))
    return DayState(day, assignment, timetable, tuple(draw(st.lists(PROBLEMS, max_size=3))), solve_s)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_no_field_of_the_model_is_forgotten(name):
    record = RECORDS[name]
    assert list(record.fields) == [field.name for field in dataclasses.fields(record.make)]


@settings(max_examples=80, deadline=None)
@given(states(), states())
def test_any_change_survives_json_and_leads_there_and_back(old, new):
    rows = rows_of(old)
    assert state_of(rows) == old
    changes = read_changes(from_json(to_json(write_changes(changes_between(rows, old, new)))))
    there = rows_after(rows, changes)
    assert state_of(there) == new
    back = rows_after(there, [change.reversed for change in changes])
    assert state_of(back) == old


def test_an_edit_changes_only_its_own_rows(make_state):
    state = make_state(200, 5)
    orders = list(state.day.orders)
    del orders[17]
    orders[50] = dataclasses.replace(orders[50], notes="ring twice")
    routes = tuple(
        RouteOrders(route.vehicle_key, tuple(key for key in route.order_keys if key != "o17"))
        for route in state.assignment.routes
    )
    new = dataclasses.replace(
        state,
        day=dataclasses.replace(state.day, orders=tuple(orders)),
        assignment=dataclasses.replace(state.assignment, routes=routes),
    )
    changes = changes_between(rows_of(state), state, new)
    assert {(change.kind, change.key) for change in changes} == {
        ("order", "o17"),
        ("order", orders[50].key),
        ("route", "v0"),
    }


def test_undoing_gives_the_untouched_parts_back_as_the_same_objects(make_state):
    state = make_state()
    new = dataclasses.replace(state, solve_s=1.0)
    again = state_of(rows_of(new), state)
    assert again.day is state.day
    assert again.timetable is state.timetable
    assert again.assignment is state.assignment


def test_fields_that_an_older_file_lacks_take_their_defaults():
    assert codec.ORDER.read({"key": "k", "id": "B-1"}) == Order("k", "B-1")
    assert codec.SETTINGS.read({}) == DaySettings()
    assert codec.VEHICLE.read({"key": "k", "name": "Van", "from_a_later_build": 3}) == Vehicle("k", "Van")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": 5}, "id is not a text"),
        ({"id": None}, "id is not a text"),
        ({"quantity_milli": "1000"}, "quantity_milli is not a whole number"),
        ({"quantity_milli": True}, "quantity_milli is not a whole number"),
        ({"quantity_milli": 1.0}, "quantity_milli is not a whole number"),
        ({"quantity_milli": 10**30}, "quantity_milli is not a whole number"),
        ({"attention": 1}, "attention is not yes or no"),
        ({"windows": {}}, "windows is not a list"),
        ({"windows": [{"start_s": 10, "end_s": 5}]}, "windows a time window cannot end before it starts"),
        ({"location": {"lat": 91.0, "lon": 0}}, "location latitude 91.0"),
        ({"location": {"lat": 1.0}}, "location lon is missing"),
        ({"location": [1, 2]}, "location Location is not an object"),
        ({"priority": "urgent"}, "priority 'urgent' is not known"),
        ({"delivery_date": "23.11.2026"}, "delivery_date is not a date"),
        ({"skills": "lift"}, "skills is not a list"),
    ],
)
def test_a_wrong_type_is_damage(change, says):
    data = {**codec.ORDER.write(Order("k", "B-1")), **change}
    with pytest.raises(WrongShapeError, match=says):
        codec.ORDER.read(data)


def test_a_missing_key_is_damage():
    with pytest.raises(WrongShapeError, match="id is missing"):
        codec.ORDER.read({"key": "k"})


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '{"a":Infinity}', "[" * 100_000, "9" * 5000, b"\xff\xfe\x00"]
)
def test_text_that_is_no_plain_json_is_refused_and_nothing_else_happens(text):
    with pytest.raises(WrongShapeError):
        from_json(text)


@pytest.mark.parametrize("data", [5, [5], [["order"]], [["order", "k", None, [1]]], [["x", "k", None, None]]])
def test_a_step_that_is_no_step_is_refused(data):
    with pytest.raises(WrongShapeError):
        read_changes(data)


def test_whole_numbers_of_numpy_are_stored_as_numbers():
    visit = Visit(VisitKind.DELIVERY, (), None, *(np.int32(5) for _ in range(5)))
    assert json.loads(to_json(codec.VISIT.write(visit)))["arrive_s"] == 5


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_written(value):
    with pytest.raises(ValueError, match="is not a number"):
        codec.DAY_HEAD.write(codec.DayHead(date(2026, 1, 1), solve_s=value))


def test_a_fraction_is_not_written_as_a_whole_number():
    with pytest.raises(TypeError):
        codec.ORDER.write(Order("k", "B-1", service_s=1.5))  # type: ignore[arg-type]
