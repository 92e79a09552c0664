"""Runs in a process of its own: the kernel of another build over malformed and large random problems.

``python -m tests.engine.kernel.sanitized LIBRARY {search|overrun|misaligned}``. The last two do on purpose
what a sanitizer must catch, so that a silent sanitizer is noticed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from lastmile_desktop.engine.admit_arrays import BadProblem
from lastmile_desktop.engine.construct import first_plan
from lastmile_desktop.engine.kernel.kernel import Kernel
from lastmile_desktop.engine.kernel.selftest import small_problem
from lastmile_desktop.engine.kernel.tables import KernelUnfit
from lastmile_desktop.engine.problem import build_problem
from lastmile_desktop.engine.scoring import Scorer
from tests.engine.kernel.conftest import RichDays
from tests.engine.malformed import malformed_day, malformed_problem

_MALFORMED, _RICH = 700, 300


def problems(town):
    """Malformed days and arrays, rich days, and two of a size at which memory is used differently."""
    for seed in range(_MALFORMED):
        day, travel = malformed_day(seed)
        yield build_problem(day, travel).admitted
    for seed in range(_MALFORMED // 2):
        try:
            yield malformed_problem(seed).admitted
        except BadProblem:
            continue
    rich = RichDays(town)
    for seed in range(_RICH):
        yield rich.draw(seed, most_orders=25)[2]
    for seed in range(2):
        yield rich.draw(seed + 1000, most_orders=400)[2]


def searched(problem, seed, library):
    """A short search from scratch or from a plan; False where the kernel does not take the problem."""
    start = first_plan(problem, Scorer(problem), quick=True) if seed % 2 else None
    locked = (
        frozenset(order for route in start or () for order in route[::3]) if seed % 4 == 1 else frozenset()
    )
    try:
        kernel = Kernel(problem, seed, start, locked, library=library)
    except KernelUnfit:
        return False
    for part in range(6):
        kernel.run_slice(part / 6, steps=50 if problem.order_count < 100 else 500)
    assert Scorer(problem).score(kernel.best_routes) == kernel.best_score
    return True


def search(library):
    """Search all problems; prints how many the kernel took."""
    from tests.engine.conftest import Town

    done = 0
    for seed, problem in enumerate(problems(Town())):
        if problem.order_count and problem.vehicle_count:
            done += searched(problem, seed, library)
    sys.stdout.write(f"{done}\n")


def overrun(library):
    """Give the kernel a plan that is shorter than it says."""
    kernel = Kernel(small_problem(), 1, library=library)
    count = kernel.tables.vehicles
    stops = np.array([600] + [0] * (count - 1), dtype=np.int32)
    orders = np.zeros(400, dtype=np.int32)
    kernel._lib.lm_load(kernel._arena.ctypes.data, orders.ctypes.data, stops.ctypes.data)


def misaligned(library):
    """Call the kernel with an arena at an odd address."""
    kernel = Kernel(small_problem(), 1, library=library)
    kernel._lib.lm_number(kernel._arena.ctypes.data + 1, 1)


if __name__ == "__main__":
    {"search": search, "overrun": overrun, "misaligned": misaligned}[sys.argv[2]](Path(sys.argv[1]))
