"""Positions keep the order of a list while as few rows as possible change."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.store.positions import GAP, positions_for


def longest_rising_length(numbers: list[int]) -> int:
    best = [1] * len(numbers)
    for end in range(len(numbers)):
        for start in range(end):
            if numbers[start] < numbers[end]:
                best[end] = max(best[end], best[start] + 1)
    return max(best, default=0)


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=2), unique=True, max_size=12),
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(-(2**60), 2**60), max_size=12),
)
def test_positions_rise_and_the_most_possible_stay_or_all_are_new(keys, before):
    if len(set(before.values())) != len(before):
        return
    positions = positions_for(keys, before)
    assert len(positions) == len(keys)
    assert all(first < second for first, second in pairwise(positions))
    kept = sum(before.get(key) == position for key, position in zip(keys, positions, strict=True))
    renumbered = positions == [(place + 1) * GAP for place in range(len(keys))]
    assert renumbered or kept == longest_rising_length([before[key] for key in keys if key in before])


@given(st.integers(0, 20), st.integers(1, 3))
def test_an_insertion_moves_nobody(place, count):
    old = {f"k{number}": position for number, position in enumerate(positions_for([""] * 20, {}))}
    keys = list(old)
    keys[place:place] = [f"new{number}" for number in range(count)]
    positions = dict(zip(keys, positions_for(keys, old), strict=True))
    assert {key: positions[key] for key in old} == old


def test_a_spot_that_is_full_gets_new_room():
    before = {"a": 1, "b": 2}
    assert positions_for(["a", "x", "b"], before) == [GAP, 2 * GAP, 3 * GAP]
