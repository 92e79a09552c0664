"""The compiled kernel behind one class; loaded only where it is built and passes its test."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np

from lastmile_desktop.engine.kernel.build import library_path
from lastmile_desktop.engine.kernel.chain import Chain
from lastmile_desktop.engine.kernel.composing import LEAST_CYCLES, Composer, RoutePool, can_compose
from lastmile_desktop.engine.kernel.selftest import self_test
from lastmile_desktop.engine.kernel.tables import Tables
from lastmile_desktop.engine.problem import Problem
from lastmile_desktop.engine.scoring import Routes

#: Must be LM_ABI of kernel.h.
ABI = 7
_names = [field.name for field in fields(Tables)]
#: The fields that the kernel reads, in the order of ``lm_problem``.
_READ = _names[: _names.index("start")]
_NUMBERS = _READ[: _READ.index("leg")]


class _Problem(ctypes.Structure):
    """``lm_problem`` of kernel.h."""

    _fields_ = [
        ("abi", ctypes.c_int32),
        *((name, ctypes.c_int32) for name in _NUMBERS),
        *((name, ctypes.c_void_p) for name in _READ[len(_NUMBERS) :]),
    ]


class KernelMissing(Exception):
    """The compiled kernel cannot be used here; the text is a sentence that says why."""


@cache
def load_kernel() -> tuple[type[Chain] | None, str]:
    """(Kernel, "") where the compiled kernel is there and works, else (None, a sentence that says why).

    Builds nothing: that is done once at set-up. Tested anew in each process, which takes some milliseconds.
    """
    try:
        _library(library_path())
        self_test(Kernel)
    except KernelMissing as error:
        return None, str(error)
    except AssertionError as error:
        return None, f"The fast search failed its test on this computer ({error})."
    return Kernel, ""


@cache
def _library(path: Path) -> ctypes.CDLL:
    if not path.exists():
        raise KernelMissing(
            "The fast search is not built on this computer: "
            "run 'python -m lastmile_desktop.engine.kernel.build' once."
        )
    try:
        library = ctypes.CDLL(str(path))
        _declare(library)
        found = int(library.lm_abi())
    except (OSError, AttributeError) as error:
        raise KernelMissing(f"The fast search cannot be loaded on this computer ({error}).") from error
    if found != ABI * 1_000_000 + ctypes.sizeof(_Problem):
        raise KernelMissing("The fast search on this computer belongs to another version of the program.")
    return library


def _declare(library: ctypes.CDLL) -> None:
    whole, pointer = ctypes.c_int64, ctypes.c_void_p
    kinds: dict[str, tuple[type | None, list[type]]] = {
        "lm_abi": (whole, []),
        "lm_size": (whole, [pointer]),
        "lm_init": (whole, [pointer, pointer, ctypes.c_uint64, pointer, pointer]),
        "lm_run": (None, [pointer, whole, whole, ctypes.c_int32]),
        "lm_load": (None, [pointer, pointer, pointer]),
        "lm_pool_size": (whole, [whole, whole]),
        "lm_watch": (None, [pointer, pointer, whole, whole, whole]),
        "lm_kept": (whole, [pointer, ctypes.c_int32]),
        "lm_seen_routes": (None, [pointer, pointer, pointer, pointer, pointer]),
        "lm_number": (whole, [pointer, ctypes.c_int32]),
        "lm_routes": (None, [pointer, ctypes.c_int32, pointer, pointer]),
    }
    for name, (result, arguments) in kinds.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments


class Kernel(Chain):
    """A search chain in C. The interpreter lock is released during a slice."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        start_routes: Sequence[Sequence[int]] | None = None,
        locked: frozenset[int] = frozenset(),
        cycles: int = 1,
        frozen: frozenset[int] = frozenset(),
        *,
        library: Path | None = None,
    ) -> None:
        """``library``: another build of the kernel, for tests. Raises KernelUnfit and KernelMissing."""
        super().__init__(problem, seed, start_routes, locked, cycles, frozen)
        self._lib = _library(library or library_path())
        tables = self.tables
        self._problem = _Problem(ABI)
        for name in _READ:
            value = getattr(tables, name)
            setattr(self._problem, name, value.ctypes.data if isinstance(value, np.ndarray) else value)
        pointer = ctypes.addressof(self._problem)
        size = int(self._lib.lm_size(pointer))
        #: All memory of the search; 64-bit words, so that it is aligned.
        self._arena = np.empty(size // 8 + 2, dtype=np.int64)
        stops = np.array([len(route) for route in tables.start], dtype=np.int32)
        orders = np.array([order for route in tables.start for order in route] or [0], dtype=np.int32)
        wrong = self._lib.lm_init(
            self._arena.ctypes.data, pointer, seed % 2**64, orders.ctypes.data, stops.ctypes.data
        )
        if wrong:
            raise ValueError(f"the kernel refused its tables ({wrong})")
        self._orders = np.zeros(tables.orders, dtype=np.int32)
        self._stops = np.zeros(tables.vehicles, dtype=np.int32)
        if cycles >= LEAST_CYCLES and can_compose(tables):
            pool = RoutePool(self._lib, self._arena.ctypes.data, tables)
            self._composer = Composer(pool, tables, cycles)

    @property
    def memory_bytes(self) -> int:
        """Size of the search's own state, without the tables."""
        return int(self._arena.nbytes)

    @property
    def mode(self) -> int:
        """Which rules the insertion test looks at (gap.h), for tests."""
        return self._number(6)

    def _run(self, steps: int, temperature: int, chase: bool) -> None:
        self._lib.lm_run(self._arena.ctypes.data, steps, temperature, int(chase))

    def _load(self, routes: Routes) -> None:
        if self.tables.nodes is not None:
            routes = self.tables.nodes.placed(routes)
        stops = np.array([len(route) for route in routes], dtype=np.int32)
        orders = np.array([order for route in routes for order in route] or [0], dtype=np.int32)
        self._lib.lm_load(self._arena.ctypes.data, orders.ctypes.data, stops.ctypes.data)

    def _best_units(self) -> int:
        return self._number(2)

    def _present_units(self) -> int:
        return self._number(1)

    def _missing(self) -> int:
        return self._number(4)

    def _read(self, best: bool) -> Routes:
        stops, orders = self._stops.ctypes.data, self._orders.ctypes.data
        self._lib.lm_routes(self._arena.ctypes.data, int(best), orders, stops)
        numbers = iter(self._orders.tolist())
        return [[next(numbers) for _ in range(count)] for count in self._stops.tolist()]

    def _number(self, which: int) -> int:
        return int(self._lib.lm_number(self._arena.ctypes.data, which))
