"""Counting what a new plan changes, by hand and against counting by trying everything."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.engine.replan.changes import ChangeBudget, count_changes


def stops(text, start=0, step=600):
    return [(key, start + step * number) for number, key in enumerate(text.split())]


def test_nothing_changed():
    plan = {"v": stops("a b c"), "w": stops("d")}
    changes = count_changes(plan, plan, (), 0)
    assert changes.counts == (0, 0, 0)
    assert not changes.shift_s


def test_a_new_order_only_shifts_the_others():
    changes = count_changes({"v": stops("a b c")}, {"v": stops("a n b c")}, {"n"}, 300)
    assert (changes.other_vehicle, changes.moved) == ((), ())
    assert changes.shifted == ("b", "c")
    assert changes.shift_s == {"b": 600, "c": 600}
    assert count_changes({"v": stops("a b c")}, {"v": stops("a n b c")}, {"n"}, 600).shifted == ()


def test_an_order_on_another_vehicle_or_on_none_has_changed():
    before = {"v": stops("a b c"), "w": stops("d e")}
    changes = count_changes(before, {"v": stops("a"), "w": stops("d b e")}, (), 10**6)
    assert changes.other_vehicle == ("b", "c")
    assert changes.moved == ()


def test_the_fewest_orders_that_explain_a_new_sequence():
    before = {"v": stops("a b c d e")}
    assert len(count_changes(before, {"v": stops("b c d e a")}, (), 10**6).moved) == 1
    assert count_changes(before, {"v": stops("b c d e a")}, (), 10**6).moved == ("a",)
    assert len(count_changes(before, {"v": stops("e d c b a")}, (), 10**6).moved) == 4


def test_orders_apart_count_nowhere():
    before = {"v": stops("a b"), "w": stops("c")}
    changes = count_changes(before, {"w": stops("b c a")}, {"a", "b"}, 10**6)
    assert changes.counts == (0, 0, 0)


@given(st.permutations("abcdefg"), st.sets(st.sampled_from("abcdefg"), max_size=3))
def test_moved_is_the_least_number_that_must_be_taken_out(sequence, apart):
    before = {"v": stops("a b c d e f g")}
    after = {"v": [(key, 0) for key in sequence]}
    kept = [key for key in sequence if key not in apart]
    longest = max(
        size
        for size in range(len(kept) + 1)
        for chosen in combinations(kept, size)
        if list(chosen) == sorted(chosen)
    )
    changes = count_changes(before, after, apart, 10**6)
    assert len(changes.moved) == len(kept) - longest
    rest = [key for key in kept if key not in changes.moved]
    assert rest == sorted(rest)


def test_a_budget_is_kept_or_passed():
    before, after = {"v": stops("a b"), "w": stops("c")}, {"v": stops("b"), "w": stops("c a")}
    changes = count_changes(before, after, (), 300)
    assert changes.counts == (1, 0, 2)
    assert ChangeBudget().allows(changes)
    assert ChangeBudget(1, 0, 2).allows(changes)
    assert not ChangeBudget(other_vehicle=0).allows(changes)
    assert not ChangeBudget(shifted=1).allows(changes)
    assert ChangeBudget.at_most(0).widened(changes).limits == (1, 0, 2)
    with pytest.raises(ValueError, match="negative"):
        ChangeBudget.at_most(-1)
