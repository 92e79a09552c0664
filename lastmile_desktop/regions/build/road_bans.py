"""Junctions with forbidden turns: every arm gets vertices of its own, and only allowed turns join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lastmile_desktop.regions.build.road_restrictions import Restriction
from lastmile_desktop.regions.build.road_streets import Streets
from lastmile_desktop.regions.build.road_turns import Arms, Vertices, bend_deg, turn_ms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class BannedTurns:
    """Spreads out the junctions that restrictions need; ``applied`` counts the restrictions that took hold.

    ``detours``: extra arcs (tail vertex, head vertex, arm by which the street is entered) for restrictions
    over a way between: who comes by the first way drives a copy of the second that lacks the third.
    """

    def __init__(
        self, streets: Streets, arms: Arms, vertices: Vertices, way_of_street: NDArray[np.int64]
    ) -> None:
        self._streets, self._arms, self._vertices = streets, arms, vertices
        self._way = way_of_street
        self._junction_of_ref = {int(ref): index for index, ref in enumerate(streets.junction_ref)}
        self._banned: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._copies: list[tuple[int, int, bool, list[int]]] = []
        self.applied = 0
        self.detours: list[tuple[int, int, int]] = []

    def apply(self, restrictions: Sequence[Restriction]) -> None:
        """Put all restrictions into the graph; those that do not fit it are left out."""
        streets_of: dict[int, list[int]] = defaultdict(list)
        wanted = {way for each in restrictions for way in (each.from_way, each.to_way, each.via_way) if way}
        for street in np.flatnonzero(np.isin(self._way, np.fromiter(wanted, dtype=np.int64))):
            streets_of[int(self._way[street])].append(int(street))
        for each in restrictions:
            if each.via_node:
                self.applied += self._ban_at_node(each)
            else:
                self.applied += self._ban_over_way(each, streets_of)
        spread = set(self._banned)
        for junction in tuple(spread):
            for arm in self._arms.at(junction):
                spread.add(int(self._arms.junction[arm ^ 1]))
        for junction in sorted(spread):
            self._spread(junction)
        for into, arm, only, targets in self._copies:
            self._add_copy(into, arm, only, targets)

    def _ban_at_node(self, each: Restriction) -> bool:
        junction = self._junction_of_ref.get(each.via_node)
        if junction is None or self._streets.closed[junction]:
            return False
        arms = [int(arm) for arm in self._arms.at(junction)]
        sources = [arm for arm in arms if self._way[arm // 2] == each.from_way and self._arms.arrives[arm]]
        targets = [arm for arm in arms if self._way[arm // 2] == each.to_way and self._arms.leaves[arm]]
        if not sources or not targets:
            return False
        for source in sources:
            self._banned[junction] |= {
                (source, arm) for arm in self._refused(each.only, source, arms, targets)
            }
        return True

    def _refused(self, only: bool, source: int, arms: Iterable[int], targets: Sequence[int]) -> list[int]:
        if only:
            return [arm for arm in arms if arm not in targets]
        if len(targets) > 1 and source in targets:
            return [source]  # a way that goes on straight through: what is forbidden is turning round
        return list(targets)

    def _ban_over_way(self, each: Restriction, streets_of: dict[int, list[int]]) -> bool:
        """From, one street between, to. Longer ones would need more copies and are left out."""
        middle = streets_of.get(each.via_way, [])
        if len(middle) != 1:
            return False
        done = False
        for entry in (2 * middle[0], 2 * middle[0] + 1):
            if not self._arms.leaves[entry]:
                continue
            here, there = int(self._arms.junction[entry]), int(self._arms.junction[entry ^ 1])
            if here == there or self._streets.closed[here] or self._streets.closed[there]:
                continue
            sources = [
                int(arm)
                for arm in self._arms.at(here)
                if self._way[arm // 2] == each.from_way and self._arms.arrives[arm]
            ]
            targets = [
                int(arm)
                for arm in self._arms.at(there)
                if self._way[arm // 2] == each.to_way and self._arms.leaves[arm]
            ]
            if not sources or not targets:
                continue
            for source in sources:
                kept = {entry} if each.only else set()
                self._banned[here] |= {
                    (source, int(arm)) for arm in self._arms.at(here) if each.only and int(arm) not in kept
                }
                self._banned[here].add((source, entry))
                self._banned[there] |= set()
                self._copies.append((source, entry, each.only, targets))
            done = True
        return done

    def _spread(self, junction: int) -> None:
        """Own vertices for the arms of a junction, and the turns between them."""
        arms = self._arms.at(junction)
        if len(arms) < 2 or self._streets.closed[junction]:
            return
        vertices = self._vertices
        plain_into = vertices.into_ms[arms].copy()
        for arm in arms:
            vertices.into[arm] = len(vertices.junction)
            vertices.out[arm] = len(vertices.junction) + 1
            vertices.junction += [junction, junction]
        self._keep_fixed_costs(junction, arms, plain_into)
        for source in arms[self._arms.arrives[arms]]:
            self._join(int(source), int(vertices.into[source]), arms, self._banned.get(junction, set()))

    def _keep_fixed_costs(self, junction: int, arms: Ints, plain_into: Ints) -> None:
        """Signals and borders of zones stay with the arms; what turning cost is now in the turns."""
        from lastmile_desktop.regions.road_codes import ZONE_PRICE_MS

        vertices = self._vertices
        delay = int(self._streets.junction_delay_ms[junction])
        priced = plain_into >= ZONE_PRICE_MS
        vertices.into_ms[arms] = delay + np.where(priced, ZONE_PRICE_MS, 0)
        vertices.out_ms[arms] = np.where(priced, ZONE_PRICE_MS, 0)

    def _join(self, source: int, vertex: int, arms: Ints, banned: set[tuple[int, int]]) -> None:
        """Turns from ``vertex``, reached by the arm ``source``; back by it only if there is no other."""
        targets = [
            int(arm)
            for arm in arms
            if arm != source and self._arms.leaves[arm] and (source, int(arm)) not in banned
        ]
        if not targets and self._arms.leaves[source]:
            targets = [source]
        bends = bend_deg(np.full(len(targets), self._arms.bearing[source]), self._arms.bearing[targets])
        costs = turn_ms(bends) if len(arms) > 2 else np.zeros(len(targets))
        for target, cost in zip(targets, costs, strict=True):
            turn = (vertex, int(self._vertices.out[target]), max(1, round(float(cost))))
            self._vertices.turns.append(turn)

    def _add_copy(self, source: int, entry: int, only: bool, targets: list[int]) -> None:
        """A copy of the street behind ``entry`` for those who come by ``source``."""
        vertices = self._vertices
        far = entry ^ 1
        tail, head = len(vertices.junction), len(vertices.junction) + 1
        vertices.junction += [int(self._arms.junction[entry]), int(self._arms.junction[far])]
        bend = bend_deg(self._arms.bearing[[source]], self._arms.bearing[[entry]])
        vertices.turns.append((int(vertices.into[source]), tail, max(1, round(float(turn_ms(bend)[0])))))
        arms = self._arms.at(int(self._arms.junction[far]))
        refused = {(far, arm) for arm in self._refused(only, far, [int(arm) for arm in arms], targets)}
        self._join(far, head, arms, self._banned.get(int(self._arms.junction[far]), set()) | refused)
        self.detours.append((tail, head, entry))
