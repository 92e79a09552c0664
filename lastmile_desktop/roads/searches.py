"""Shortest paths: customizable contraction hierarchies, and Dijkstra by scipy with the same answers.

CCH (Dibbelt, Strasser, Wagner 2014) answers a city's matrix in a second. Should its library be missing on
some machine, scipy takes over; a test holds both, and a plain Dijkstra, to the same numbers.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Where one may begin or end: (vertex, cost to get there from the place).
Ends = Sequence[tuple[int, int]]

#: No way. Small enough to be added to without overflowing.
NO_WAY = 1 << 60

#: RoutingKit's infinity; arcs at least so dear are closed.
_CLOSED = 2_147_483_647

#: Rows handled by scipy at once: each is as long as the graph.
_SCIPY_ROWS = 32
_MOST_THREADS = 4


class Search(Protocol):
    """Shortest paths in one graph under one set of weights."""

    def table(self, sources: Sequence[Ends], targets: Sequence[int]) -> Ints:
        """(sources, targets) cost from the cheapest end of each source to each target vertex, or NO_WAY."""
        ...

    def path(self, source: Ends, target: Ends) -> tuple[list[int], int, int] | None:
        """Arcs of a cheapest path, its first and its last vertex; None when there is no way."""
        ...


class CchSearch:
    """Search by customizable contraction hierarchies. For any number of threads at once."""

    def __init__(self, hierarchy: Any, weights: Ints) -> None:
        """``hierarchy`` from ``hierarchy``; ``weights`` (a,) are at least 1, from ``_CLOSED`` on closed."""
        import routingkit_cch

        self._kit = routingkit_cch
        self._metric = routingkit_cch.CCHMetric(hierarchy, np.minimum(weights, _CLOSED).tolist())

    @staticmethod
    def hierarchy(order: Sequence[int], tail: Sequence[int], head: Sequence[int]) -> Any:
        """What several weights share. Raises ImportError where the library is missing."""
        import routingkit_cch

        return routingkit_cch.CCH(list(order), list(tail), list(head), False)

    def table(self, sources: Sequence[Ends], targets: Sequence[int]) -> Ints:
        """As in Search."""
        if not sources or not targets:  # the library ends the program over it
            return np.full((len(sources), len(targets)), NO_WAY, dtype=np.int64)
        threads = min(_MOST_THREADS, os.cpu_count() or 1, max(1, len(sources) // 16))
        if threads == 1:
            return self._rows(sources, targets)
        shares = [sources[start::threads] for start in range(threads)]
        rows = np.empty((len(sources), len(targets)), dtype=np.int64)
        with ThreadPoolExecutor(threads) as pool:
            for start, part in enumerate(pool.map(lambda share: self._rows(share, targets), shares)):
                rows[start::threads] = part
        return rows

    def _rows(self, sources: Sequence[Ends], targets: Sequence[int]) -> Ints:
        rows = np.full((len(sources), len(targets)), NO_WAY, dtype=np.int64)
        query = self._kit.CCHOneToMany(self._metric, list(targets))
        for row, ends in zip(rows, sources, strict=True):
            if ends:
                found = query.distances_from_multi(list(ends))
                row[:] = _without_none(found)
        return rows

    def path(self, source: Ends, target: Ends) -> tuple[list[int], int, int] | None:
        """As in Search."""
        if not source or not target:
            return None
        found = self._kit.CCHQuery(self._metric).run_multi(list(source), list(target))
        if found.distance is None:
            return None
        return list(found.arc_path), int(found.node_path[0]), int(found.node_path[-1])


def _without_none(found: list[int | None]) -> Ints:
    try:
        values = np.array(found, dtype=np.int64)
    except TypeError:
        values = np.array([NO_WAY if value is None else value for value in found], dtype=np.int64)
    return values


class ScipySearch:
    """The same by Dijkstra's algorithm, slower."""

    def __init__(self, count: int, tail: Ints, head: Ints, weights: Ints) -> None:
        """``count`` vertices; arcs with weights from ``_CLOSED`` on are closed."""
        from scipy.sparse import csr_matrix

        # Of parallel arcs only the cheapest may stay: a sparse matrix would add them up.
        order = np.lexsort((weights, head, tail))
        order = order[weights[order] < _CLOSED]
        pairs = tail[order] * count + head[order]
        kept = order[np.unique(pairs, return_index=True)[1]]
        self._count = count
        self._arc = {(int(tail[arc]), int(head[arc])): int(arc) for arc in kept}
        cells = (weights[kept].astype(np.float64), (tail[kept], head[kept]))
        self._graph = csr_matrix(cells, shape=(count, count))

    def table(self, sources: Sequence[Ends], targets: Sequence[int]) -> Ints:
        """As in Search."""
        from scipy.sparse.csgraph import dijkstra

        wanted = np.array(targets, dtype=np.int64)
        vertices = sorted({vertex for ends in sources for vertex, _ in ends})
        row_of = {vertex: row for row, vertex in enumerate(vertices)}
        reach = np.full((len(vertices), len(wanted)), NO_WAY, dtype=np.int64)
        for first in range(0, len(vertices), _SCIPY_ROWS):
            some = vertices[first : first + _SCIPY_ROWS]
            costs = dijkstra(self._graph, indices=some)[:, wanted]
            reach[first : first + len(some)] = np.where(np.isfinite(costs), costs, NO_WAY)
        rows = np.full((len(sources), len(wanted)), NO_WAY, dtype=np.int64)
        for row, ends in zip(rows, sources, strict=True):
            for vertex, cost in ends:
                np.minimum(row, reach[row_of[vertex]] + cost, out=row)
        return np.minimum(rows, NO_WAY)

    def path(self, source: Ends, target: Ends) -> tuple[list[int], int, int] | None:
        """As in Search."""
        from scipy.sparse.csgraph import dijkstra

        best: tuple[float, int, int, Any] | None = None
        for begin, begin_cost in source:
            costs, before = dijkstra(self._graph, indices=begin, return_predecessors=True)
            for end, end_cost in target:
                whole = begin_cost + costs[end] + end_cost
                if np.isfinite(whole) and (best is None or whole < best[0]):
                    best = (whole, begin, end, before)
        if best is None:
            return None
        _, begin, end, before = best
        arcs: list[int] = []
        here = end
        while here != begin:
            previous = int(before[here])
            arcs.append(self._arc[previous, here])
            here = previous
        return arcs[::-1], begin, end
