"""Contraction hierarchies, scipy and a plain Dijkstra give the same numbers on any graph."""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lastmile_desktop.roads.searches import NO_WAY, CchSearch, ScipySearch

Arc = tuple[int, int, int]
_COUNT = 9


def plain_dijkstra(arcs: list[Arc], source: int) -> dict[int, int]:
    out: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for tail, head, weight in arcs:
        out[tail].append((head, weight))
    known: dict[int, int] = {}
    queue = [(0, source)]
    while queue:
        cost, here = heapq.heappop(queue)
        if here in known:
            continue
        known[here] = cost
        for head, weight in out[here]:
            heapq.heappush(queue, (cost + weight, head))
    return known


arcs_of_a_graph = st.lists(
    st.tuples(st.integers(0, _COUNT - 1), st.integers(0, _COUNT - 1), st.integers(1, 50)).filter(
        lambda arc: arc[0] != arc[1]
    ),
    min_size=1,
    max_size=40,
)
ends = st.lists(st.tuples(st.integers(0, _COUNT - 1), st.integers(0, 20)), min_size=1, max_size=2)


@given(arcs_of_a_graph, st.permutations(range(_COUNT)), st.lists(ends, min_size=1, max_size=4))
def test_three_ways_to_the_same_table(
    arcs: list[Arc], order: list[int], sources: list[list[tuple[int, int]]]
) -> None:
    tail, head, weight = (np.array(column, dtype=np.int64) for column in zip(*arcs, strict=True))
    hierarchy = CchSearch.hierarchy(order, tail.tolist(), head.tolist())
    fast, slow = CchSearch(hierarchy, weight), ScipySearch(_COUNT, tail, head, weight)
    targets = list(range(_COUNT))
    expected = np.full((len(sources), _COUNT), NO_WAY, dtype=np.int64)
    for row, source in enumerate(sources):
        for vertex, cost in source:
            for target, way in plain_dijkstra(arcs, vertex).items():
                expected[row, target] = min(expected[row, target], cost + way)
    assert (fast.table(sources, targets) == expected).all()
    assert (slow.table(sources, targets) == expected).all()


@given(arcs_of_a_graph, ends, ends)
def test_paths_cost_what_the_table_says(
    arcs: list[Arc], source: list[tuple[int, int]], target: list[tuple[int, int]]
) -> None:
    tail, head, weight = (np.array(column, dtype=np.int64) for column in zip(*arcs, strict=True))
    hierarchy = CchSearch.hierarchy(list(range(_COUNT)), tail.tolist(), head.tolist())
    best = min(
        plain_dijkstra(arcs, begin).get(end, NO_WAY) + first + last
        for begin, first in source
        for end, last in target
    )
    for search in (CchSearch(hierarchy, weight), ScipySearch(_COUNT, tail, head, weight)):
        found = search.path(source, target)
        if best >= NO_WAY:
            assert found is None
            continue
        assert found is not None
        path, first, last = found
        cost = min(more for vertex, more in source if vertex == first)
        cost += min(more for vertex, more in target if vertex == last)
        here = first
        for arc in path:
            assert tail[arc] == here
            here = int(head[arc])
            cost += int(weight[arc])
        assert (here, cost) == (last, best)


def test_closed_arcs_are_no_way() -> None:
    tail, head = np.array([0, 1]), np.array([1, 2])
    weight = np.array([5, 2_147_483_647])
    fast = CchSearch(CchSearch.hierarchy([0, 1, 2], [0, 1], [1, 2]), weight)
    slow = ScipySearch(3, tail, head, weight)
    for search in (fast, slow):
        assert search.table([[(0, 0)]], [1, 2]).tolist() == [[5, NO_WAY]]
        assert search.path([(0, 0)], [(2, 0)]) is None
