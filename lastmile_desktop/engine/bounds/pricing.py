"""The cheapest route of one kind of vehicle at given prices for its orders, by the compiled labelling."""

from __future__ import annotations

import ctypes
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lastmile_desktop.engine.bounds.build import library_path
from lastmile_desktop.engine.bounds.relaxed import FAR_COST, Kind, Relaxed
from lastmile_desktop.engine.problem import Ints

#: Must be ABI of price.c and walks.c.
ABI = 1
#: Orders in the memory of an order (ng-routes), itself included.
NEIGHBOURS = 10
_BUCKETS = 48
#: With more steps of the resource than this, what lies ahead is not looked at.
_MOST_AHEAD = 1500
#: Routes handed over by one pricing; each has an order that is in fewer than so many of those before.
_MOST_ROUTES, _MOST_SHARED = 150, 3
_LOOKED_AT = 3000
#: What one pricing by walks may do at most; most steps of the leading resource, and states.
_MOST_WORK, _MOST_LEADS, _MOST_STATES = 30_000_000, 3000, 1_500_000
_MOST_LABELS = 400_000
_MOST_MS = 1500
_NONE = -1
_LARGE = 2**29

_NUMBERS = (
    "orders", "words", "buckets", "most_labels", "by_amount", "latest_end", "most_amount", "bucket_width",
    "time_step", "time_buckets", "time_width", "amount_buckets", "amount_width",
)  # fmt: skip
_ARRAYS = (
    "start_cost", "start_time", "start_amount", "end_cost", "end_time", "end_amount", "open", "close",
    "first", "to", "cost", "time", "amount", "near", "label_cost", "label_time", "label_amount",
    "label_order", "label_before", "label_next", "label_queue", "label_dead", "label_seen", "list", "least",
    "queue", "ahead_time", "ahead_amount",
)  # fmt: skip


_WALK_NUMBERS = (
    "orders", "by_amount", "time_steps", "time_width", "amount_steps", "amount_width", "latest_end",
    "most_amount",
)  # fmt: skip
_WALK_ARRAYS = (
    "start_cost", "end_cost", "start_time", "start_amount", "end_time", "end_amount", "open", "close",
    "first", "to", "cost", "time", "amount", "own", "value", "last", "back",
)  # fmt: skip


class _Price(ctypes.Structure):
    """``Price`` of price.c."""

    _fields_ = [
        ("abi", ctypes.c_int32),
        *((name, ctypes.c_int32) for name in _NUMBERS),
        *((name, ctypes.c_void_p) for name in _ARRAYS),
    ]


class _Walks(ctypes.Structure):
    """``Walks`` of walks.c."""

    _fields_ = [
        ("abi", ctypes.c_int32),
        *((name, ctypes.c_int32) for name in _WALK_NUMBERS),
        *((name, ctypes.c_void_p) for name in _WALK_ARRAYS),
    ]


@cache
def load_pricing() -> ctypes.CDLL | None:
    """The library of price.c and walks.c; None where it is missing or another version. Builds nothing."""
    path = library_path()
    if not path.exists():
        return None
    pointer = ctypes.c_void_p
    try:
        library = ctypes.CDLL(str(path))
        for name, structure in (("lm_price_abi", _Price), ("lm_walks_abi", _Walks)):
            version = getattr(library, name)
            version.restype = ctypes.c_int64
            if int(version()) != ABI * 1_000_000 + ctypes.sizeof(structure):
                return None
        library.lm_price.restype = ctypes.c_int64
        number = ctypes.c_int32
        library.lm_price.argtypes = [pointer, pointer, number, number, pointer, pointer, pointer]
        library.lm_walks.restype = None
        library.lm_walks.argtypes = [pointer, pointer, pointer, pointer, pointer]
    except (OSError, AttributeError):
        return None
    return library


@dataclass(frozen=True)
class Priced:
    """What one pricing found.

    ``least``: the lowest reduced cost of any route, in units, if it is negative at all. ``thrift``: reduced
    cost and amount of the route that is cheapest for what it takes of the resource, (0, 1) when no reduced
    cost is negative. ``proved``: no route at all can be below either. ``routes``: some with a negative
    reduced cost, the best first; an order may stand in one more than once.
    """

    least: int
    thrift: tuple[int, int]
    proved: bool
    routes: list[tuple[int, list[int]]]


class RoutePricing(ABC):
    """What both ways of pricing share: the tables that C reads, and reading routes out of labels."""

    def __init__(
        self, library: ctypes.CDLL, relaxed: Relaxed, kind: Kind, structure: ctypes.Structure
    ) -> None:
        self._library, self._kind, self._structure = library, kind, structure
        n = self._count = len(kind.start_cost)
        self._kept: dict[str, NDArray[Any]] = {}
        arcs = self._arcs = possible_legs(relaxed, kind)
        first = np.zeros(n + 1, dtype=np.int32)
        first[1:] = np.cumsum(np.bincount(arcs[0], minlength=n))
        self._give("first", first)
        self._give("to", arcs[1].astype(np.int32))
        self._give("cost", kind.cost[arcs])
        self._give("time", kind.time[arcs].astype(np.int32))
        self._give("amount", kind.amount[arcs].astype(np.int32))
        self._give("start_cost", kind.start_cost)
        self._give("end_cost", kind.end_cost)
        for name in ("start_time", "start_amount", "end_time", "end_amount"):
            self._give(name, getattr(kind, name).astype(np.int32))
        self._give("open", relaxed.open.astype(np.int32))
        self._give("close", relaxed.close.astype(np.int32))
        self.shortest_s = int(self._kept["time"].min(initial=_LARGE))
        self.least_amount = int(self._kept["amount"].min(initial=_LARGE))
        #: The resource that grows by the larger share of its limit on every leg leads.
        self._by_amount = self.least_amount * kind.latest_end > self.shortest_s * kind.most_amount
        self._last_s = min(int(relaxed.close.max(initial=0)), kind.latest_end)
        self._ends = np.zeros(n, dtype=np.int32)
        self._costs = np.zeros(n, dtype=np.int64)
        self._thrift = np.zeros(2, dtype=np.int64)

    @abstractmethod
    def run(self, dual: Ints, *, loose: bool = False) -> Priced:
        """Routes at the whole-number prices ``dual`` (n,) in units. ``loose`` is quick and proves nothing."""

    @abstractmethod
    def _trace(self, label: int) -> list[int]: ...

    def _give(self, name: str, values: NDArray[Any]) -> None:
        kept = np.ascontiguousarray(values)
        self._kept[name] = kept
        setattr(self._structure, name, kept.ctypes.data)

    def _found(self, costs: Ints, labels: Ints, proved: bool) -> Priced:
        """``costs`` are the reduced costs of the whole routes that end with ``labels``."""
        negative = np.flatnonzero(costs < 0)
        if len(negative) > _LOOKED_AT:
            negative = negative[np.argpartition(costs[negative], _LOOKED_AT)[:_LOOKED_AT]]
        shared = np.zeros(self._count, dtype=np.int64)
        routes: list[tuple[int, list[int]]] = []
        for number in negative[np.argsort(costs[negative], kind="stable")].tolist():
            route = self._trace(int(labels[number]))
            if shared[route].min() >= _MOST_SHARED:
                continue
            shared[route] += 1
            routes.append((int(costs[number]), route))
            if len(routes) >= _MOST_ROUTES:
                break
        least = int(self._costs.min(initial=FAR_COST))
        return Priced(least, (int(self._thrift[0]), int(self._thrift[1])), proved, routes)

    def cost(self, route: list[int]) -> int:
        """Cost of a route in units, at the relaxed prices."""
        kind = self._kind
        total = int(kind.start_cost[route[0]]) + int(kind.end_cost[route[-1]])
        return total + sum(int(kind.cost[a, b]) for a, b in pairwise(route))


class LabelPricing(RoutePricing):
    """ng-routes by labels (price.c); keeps its memory between the calls. Whole numbers only."""

    def __init__(
        self,
        library: ctypes.CDLL,
        relaxed: Relaxed,
        kind: Kind,
        *,
        neighbours: int = NEIGHBOURS,
        most_labels: int = _MOST_LABELS,
        time_step: int = 1,
    ) -> None:
        """``time_step``: times are rounded down to its multiples, which makes fewer labels and a lower bound;
        it must not be longer than any arc's time, or the labelling might not end."""
        self._price = _Price(ABI)
        #: Time of the processor for one pricing.
        self.most_ms = _MOST_MS
        super().__init__(library, relaxed, kind, self._price)
        n, words = self._count, (self._count + 63) // 64
        span = kind.most_amount if self._by_amount else self._last_s
        numbers = {
            "orders": n,
            "words": words,
            "buckets": _BUCKETS,
            "most_labels": most_labels,
            "by_amount": int(self._by_amount),
            "latest_end": kind.latest_end,
            "most_amount": kind.most_amount,
            "bucket_width": max(1, -(-int(span) // _BUCKETS)),
            "time_step": max(1, time_step),
            # Rounded times may stay behind by less than one step.
            **_ahead("time", self._last_s, self.shortest_s - max(1, time_step) + 1),
            **_ahead("amount", kind.most_amount, self.least_amount),
        }
        for name, value in numbers.items():
            setattr(self._price, name, value)
        self._give("near", _memories(kind, neighbours))
        self._give("label_cost", np.empty(most_labels, dtype=np.int64))
        for name in ("time", "amount", "order", "before", "next", "queue"):
            self._give(f"label_{name}", np.empty(most_labels, dtype=np.int32))
        self._give("label_dead", np.empty(most_labels, dtype=np.uint8))
        self._give("label_seen", np.empty(most_labels * max(1, words), dtype=np.uint64))
        self._give("list", np.empty(max(1, n) * _BUCKETS, dtype=np.int32))
        self._give("least", np.empty(max(1, n) * _BUCKETS, dtype=np.int64))
        self._give("queue", np.empty(2 * _BUCKETS, dtype=np.int32))
        self._give("ahead_time", np.empty(max(1, n * self._price.time_buckets), dtype=np.int64))
        self._give("ahead_amount", np.empty(max(1, n * self._price.amount_buckets), dtype=np.int64))

    def run(self, dual: Ints, *, loose: bool = False) -> Priced:
        """Routes at the whole-number prices ``dual`` (n,) in units. ``loose`` is quick and proves nothing."""
        prices = np.ascontiguousarray(dual, dtype=np.int64)
        made = self._library.lm_price(
            ctypes.addressof(self._price),
            prices.ctypes.data,
            int(loose),
            self.most_ms,
            self._ends.ctypes.data,
            self._costs.ctypes.data,
            self._thrift.ctypes.data,
        )
        count = abs(int(made))
        orders = self._kept["label_order"][:count].astype(np.int64)
        costs = self._kept["label_cost"][:count] + self._kept["end_cost"][orders]
        costs[self._kept["label_dead"][:count] != 0] = FAR_COST
        return self._found(costs, np.arange(count, dtype=np.int64), made >= 0 and not loose)

    def _trace(self, label: int) -> list[int]:
        orders, before = self._kept["label_order"], self._kept["label_before"]
        route: list[int] = []
        while label != _NONE:
            route.append(int(orders[label]))
            label = int(before[label])
        return route[::-1]


class WalkPricing(RoutePricing):
    """Walks without an immediate return (walks.c): coarser, and quick however long the routes are."""

    def __init__(self, library: ctypes.CDLL, relaxed: Relaxed, kind: Kind) -> None:
        """Raises ValueError where neither time nor amount grows enough on every leg to lead."""
        self._walks = _Walks(ABI)
        super().__init__(library, relaxed, kind, self._walks)
        n = self._count
        leading = self.least_amount if self._by_amount else self.shortest_s
        limits = (kind.most_amount, self._last_s) if self._by_amount else (self._last_s, kind.most_amount)
        leads = limits[0] // max(1, leading) + 1
        if leading <= 0 or leads > _MOST_LEADS or leads * n > _MOST_STATES:
            raise ValueError("no resource grows enough on every leg")
        legs = max(1, len(self._arcs[0]))
        rests = max(1, min(_MOST_WORK // (legs * leads), _MOST_STATES // (leads * n), limits[1] + 1, 64))
        lead, rest = (leads, leading), (rests, limits[1] // rests + 1)
        time, amount = (rest, lead) if self._by_amount else (lead, rest)
        own = np.zeros(n, dtype=np.int32) if kind.brings is None else kind.brings.astype(np.int32)
        numbers = (n, int(self._by_amount), *time, *amount, kind.latest_end, kind.most_amount)
        for name, value in zip(_WALK_NUMBERS, numbers, strict=True):
            setattr(self._walks, name, int(value))
        self._give("own", own)
        self._give("value", np.empty(2 * leads * rests * n, dtype=np.int64))
        self._give("last", np.empty(2 * leads * rests * n, dtype=np.int32))
        self._give("back", np.empty(2 * leads * rests * n, dtype=np.int32))

    def run(self, dual: Ints, *, loose: bool = False) -> Priced:
        """Routes at the whole-number prices ``dual`` (n,) in units; always proved."""
        prices = np.ascontiguousarray(dual, dtype=np.int64)
        self._library.lm_walks(
            ctypes.addressof(self._walks),
            prices.ctypes.data,
            self._ends.ctypes.data,
            self._costs.ctypes.data,
            self._thrift.ctypes.data,
        )
        best = self._kept["value"].reshape(-1, self._count, 2)[:, :, 0]
        costs = np.where(best < FAR_COST, best + self._kept["end_cost"][None, :], FAR_COST).reshape(-1)
        return self._found(costs, 2 * np.arange(len(costs), dtype=np.int64), True)

    def _trace(self, label: int) -> list[int]:
        back = self._kept["back"]
        route: list[int] = []
        while label != _NONE:
            route.append(label // 2 % self._count)
            label = int(back[label])
        return route[::-1]


def possible_legs(relaxed: Relaxed, kind: Kind) -> tuple[Ints, Ints]:
    """(from, to) of all legs that some route could drive, by their starts."""
    n = len(kind.start_cost)
    if not n:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # What has passed at an order at least, whichever way it was reached: nothing says that a detour cannot be
    # quicker than the way from the start.
    earliest = np.minimum(kind.start_time, kind.start_time.min() + kind.time.min(axis=0))
    earliest = np.maximum(relaxed.open, earliest)
    latest = np.minimum(relaxed.close, kind.latest_end - kind.end_time)
    in_time = earliest[:, None] + kind.time <= latest[None, :]
    taken = np.minimum(kind.start_amount, kind.amount.min(axis=0))
    fits = taken[:, None] + kind.amount + kind.end_amount[None, :] <= kind.most_amount
    starts, ends = np.nonzero((kind.cost < FAR_COST) & in_time & fits)
    return starts, ends


def _ahead(name: str, span: int, shortest: int) -> dict[str, int]:
    """Buckets of looking ahead, each as long as the shortest leg; none where that is too short."""
    count = span // shortest + 1 if shortest > 0 else 0
    return {f"{name}_buckets": count if count <= _MOST_AHEAD else 0, f"{name}_width": max(1, shortest)}


def _memories(kind: Kind, neighbours: int) -> NDArray[np.uint64]:
    """(n, words) bits of the orders that each order's labels remember: itself and its nearest, both ways."""
    n = len(kind.start_cost)
    words = (n + 63) // 64
    both = np.minimum(kind.cost, kind.cost.T).astype(np.float64)
    np.fill_diagonal(both, -1)
    bits = np.zeros((n, words), dtype=np.uint64)
    nearest = np.argsort(both, axis=1, kind="stable")[:, : min(n, neighbours)]
    for order in range(n):
        for other in nearest[order].tolist():
            bits[order, other >> 6] |= np.uint64(1 << (other & 63))
    return bits
