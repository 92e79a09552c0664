"""The C kernel and its plain-Python twin: same seed and steps, same routes, whatever the rules."""

from __future__ import annotations

import pytest

from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.twin import Twin


def assert_same(problem, seed, slices=4, steps=15, start=None, locked=frozenset()):
    kernel = Kernel(problem, seed, start, locked)
    twin = Twin(problem, seed, start, locked)
    for part in range(slices):
        kernel.run_slice(part / slices, steps=steps)
        twin.run_slice(part / slices, steps=steps)
        # The present plan tells more than the best one: it differs as soon as one random number does.
        assert kernel.units == twin.units, (seed, part)
        assert kernel.best_routes == twin.best_routes, (seed, part)
        assert kernel.best_score == twin.best_score


@pytest.mark.parametrize("block", range(6))
def test_same_routes_on_random_days(rich, block):
    for seed in range(block * 40, block * 40 + 40):
        _, _, problem = rich.draw(seed)
        assert_same(problem, seed)


@pytest.mark.parametrize("kind", ["capacity", "windows", "hours"])
def test_same_routes_on_days_with_few_rules(rich, agreement, kind):
    # The kernel has a body of its own for each kind; the twin has only the one with all rules.
    modes = set()
    for seed in range(500, 560):
        problem = rich.with_fewer_rules(rich.draw(seed, most_orders=20)[2], kind)
        assert_same(problem, seed)
        kernel = Kernel(problem, seed)
        kernel.run_slice(0.3, steps=100)
        assert agreement.faults(problem, kernel) == [], seed
        modes.add(kernel.mode)
    assert modes == {{"capacity": 1, "windows": 3, "hours": 6}[kind]}


@pytest.mark.slow
def test_same_routes_on_two_thousand_random_days(rich):
    for seed in range(10_000, 12_000):
        _, _, problem = rich.draw(seed)
        assert_same(problem, seed)


def test_same_routes_from_a_plan_with_locks(rich):
    for seed in range(300, 360):
        _, _, problem = rich.draw(seed)
        start = Kernel(problem, 1).best_routes
        locked = frozenset(order for route in start for order in route[::2])
        assert_same(problem, seed, start=start, locked=locked)


def test_same_routes_on_days_with_far_too_much_work(rich):
    left_out = 0
    for seed in range(400, 412):
        _, _, problem = rich.draw(seed, most_orders=70)
        assert_same(problem, seed, steps=8)
        left_out = max(left_out, problem.order_count - sum(map(len, Kernel(problem, 1).best_routes)))
    assert left_out > 20  # the search then calls only some of them in each step
