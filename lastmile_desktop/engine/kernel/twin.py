"""The kernel's twin: insert.c, search.c and state.c in plain Python, move for move and random number for
random number. Same problem, seed and steps: same routes. It is the reference that the C code is tested by."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.engine.kernel.tables import NEVER, NO_END, KernelUnfit
from lastmile_desktop.engine.kernel.twin_exchange import Exchanging
from lastmile_desktop.engine.kernel.twin_pairs import Gap, TwinPairs
from lastmile_desktop.engine.kernel.twin_random import Random
from lastmile_desktop.engine.kernel.twin_routes import Change, Span
from lastmile_desktop.engine.kernel.twin_routes import Routes as RouteNodes
from lastmile_desktop.engine.problem import NO_WAY_S, Problem
from lastmile_desktop.engine.scoring import Routes

_MEAN_REMOVED = _LONGEST_STRING = 10.0
_MANY_REMOVED, _MANY_CHANCE = 40.0, 60
_SPLIT_GROWS = 0.5
_ABSENT_TRIED, _ABSENT_NEAR = 20, 12
_EMPTY_CHANCE, _OPTIONAL_CHANCE, _EXCHANGE_CHANCE = 10, 6, 12


class Twin(Exchanging, TwinPairs):
    """A search chain in plain Python."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        start_routes: Sequence[Sequence[int]] | None = None,
        locked: frozenset[int] = frozenset(),
        cycles: int = 1,
        frozen: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(problem, seed, start_routes, locked, cycles, frozen)
        t = self.tables
        if t.nodes is not None:
            raise KernelUnfit("The twin does not know second trips.")
        self._n, self._m = t.orders, t.vehicles
        self._routes = RouteNodes(t)
        self._node, self._route = self._routes.node, self._routes.route
        self._company = self._routes.company
        self._near: list[list[int]] = t.near_orders.tolist()
        self._beside: list[list[int]] = t.beside_orders.tolist()
        self._penalty: list[int] = t.penalty.tolist()
        self._weight: list[int] = t.weight.tolist()
        self._random = Random(seed % 2**64)
        self._blink = 1 + self._random.below(199)
        self._step = self._mark = 0
        self._strict = self._force = False
        self._absence = [0] * self._n
        self._was_absent = [-1] * self._n
        self._class_of: list[int] = t.vehicle_class.tolist()
        self._pool: list[int] = []
        self._touched: list[int] = []
        for vehicle in range(self._m):
            self._node[self._n + vehicle].route = vehicle
            self._node[self._n + self._m + vehicle].route = vehicle
        self._settle(t.start)
        self._save_best()
        self._mark = 1
        for order in self._absent:
            self._add_to_pool(order)
        self._recreate()
        self._units = self._new_units()
        if self._units < self._found_units:
            self._save_best()

    # Plans as a whole

    def _settle(self, plan: Sequence[Sequence[int]]) -> None:
        n, m, node = self._n, self._m, self._node
        for order in range(n):
            node[order].route = -2 if self.tables.excluded[order] else -1
        self._company.apart = self._old_apart = 0
        self._absent: list[int] = []
        self._free: list[list[int]] = [[] for _ in range(self.tables.classes)]
        for vehicle in range(m):
            begin, end = n + vehicle, n + m + vehicle
            node[begin].next, node[end].prev = end, begin
            node[begin].metres = node[begin].drive = 0
            route = self._route[vehicle]
            route.stops = route.metres = route.drive = route.service = route.seconds = route.waiting = 0
            route.units = route.ends = route.share = route.wishes = 0
            route.load = [0] * self.tables.dims
            if self._class_of[vehicle] >= 0:
                self._free[self._class_of[vehicle]].append(vehicle)
            self._routes.refresh_depots(vehicle)
        for vehicle, orders in enumerate(plan):
            for order in orders:
                self._routes.insert(node[n + m + vehicle].prev, order)
        self._units = self._company.apart * int(self.tables.tidy_units[0])
        for vehicle in range(m):
            self._refresh(vehicle)
            self._route[vehicle].units = self._routes.route_units(vehicle)
            self._units += self._route[vehicle].units
        for order in range(n):
            if node[order].route == -1:
                self._absent.append(order)
                self._units += self._penalty[order]

    def _save_best(self) -> None:
        self._found_units = self._units
        self._found = [self._routes.orders_of(vehicle) for vehicle in range(self._m)]

    def _load(self, routes: Routes) -> None:
        self._settle(routes)
        if self._units < self._found_units:
            self._save_best()

    def _best_units(self) -> int:
        return self._found_units

    def _present_units(self) -> int:
        return self._units

    def _missing(self) -> int:
        return sum(1 for order in self._absent if self._weight[order] > 0)

    def _read(self, best: bool) -> Routes:
        if best:
            return [list(route) for route in self._found]
        return [self._routes.orders_of(vehicle) for vehicle in range(self._m)]

    # Books

    def _refresh(self, vehicle: int, change: Change | None = None) -> None:
        self._routes.refresh(vehicle, change)
        self._note_use(vehicle)

    def _note_use(self, vehicle: int) -> None:
        c = self._class_of[vehicle]
        if c < 0:
            return
        free, empty = self._free[c], self._route[vehicle].stops == 0
        if empty and vehicle not in free:
            free.append(vehicle)
        elif not empty and vehicle in free:
            _swap_out(free, vehicle)

    def _touch(self, vehicle: int) -> None:
        if self._routes.touch(vehicle, self._mark):
            self._touched.append(vehicle)

    def _restore(self, vehicle: int) -> None:
        self._routes.restore(vehicle)
        self._note_use(vehicle)

    # Ruin

    def _below(self, bound: int) -> int:
        return self._random.below(bound)

    def _remove_string(self, order: int, length: int) -> None:
        vehicle = self._node[order].route
        stops, kept, keep_from = self._route[vehicle].stops, 0, 0
        self._touch(vehicle)
        if stops > length and self._random.unit() < 0.5:
            kept = 1
            while length + kept < stops and self._random.unit() < _SPLIT_GROWS:
                kept += 1
            keep_from = 1 + self._random.below(length - 1) if length > 1 else self._random.below(2)
        route = self._routes.orders_of(vehicle)
        at, span = route.index(order), length + kept
        before, after = min(at, span - 1), min(len(route) - 1 - at, span - 1)
        low = max(0, span - 1 - after)
        first = at - (low + self._random.below(before - low + 1))
        pool, apart = len(self._pool), self._company.apart
        end = self._n + self._m + vehicle
        before_it = route[first - 1] if first else self._n + vehicle
        behind_it = route[first + span] if first + span < len(route) else end
        left, gaps = before_it, []
        for i, x in enumerate([*route[first : first + span], behind_it]):
            if i < span and not (self.tables.locked[x] or keep_from <= i < keep_from + kept):
                self._routes.leave_route(x)
                self._pool.append(x)
                continue
            if self._node[x].prev != left:
                self._routes.connect(left, x)
                gaps.append((left, x))
            left = x
        if len(self._pool) == pool:
            return
        whole = self._take_company(vehicle, pool)
        change = Change(gaps[0][1], gaps[-1][1], gaps[0][0], gaps[-1][0])
        self._refresh(vehicle, None if whole else change)
        if not self._routes.keeps_limits(vehicle):
            del self._pool[pool:]
            self._company.apart = apart
            self._restore(vehicle)

    def _ruin(self) -> int:
        centre = self._random.below(self._n)
        removed = _MEAN_REMOVED if self._random.below(_MANY_CHANCE) else _MANY_REMOVED
        used = sum(1 for route in self._route if route.stops)
        if not used:
            return centre
        placed = self._n - int(self.tables.excluded.sum()) - len(self._absent)
        longest = min(placed / used, _LONGEST_STRING)
        if self.tables.classes > 1 and self._random.below(_EXCHANGE_CHANCE) == 0:
            self._exchange(centre)
        strings = int(self._random.unit() * (4.0 * removed / (1.0 + longest) - 1.0) + 1.0)
        ruined = 0
        for order in [centre, *self._near[centre]]:
            if ruined >= strings:
                break
            vehicle = self._node[order].route
            if vehicle < 0 or self._route[vehicle].touched == self._mark:
                continue
            most = min(float(self._route[vehicle].stops), longest)
            self._remove_string(order, int(self._random.unit() * most + 1.0))
            ruined += 1
        return centre

    def _add_to_pool(self, order: int) -> None:
        if self._was_absent[order] != self._step:
            self._was_absent[order] = self._step
            self._pool.append(order)
            if self._company.partner[order] >= 0:
                self._add_to_pool(self._company.partner[order])

    def _call_absent(self, centre: int) -> None:
        limit, near_limit = len(self._pool) + _ABSENT_TRIED, len(self._pool) + _ABSENT_NEAR
        if len(self._absent) <= _ABSENT_TRIED:
            for order in self._absent:
                if self._weight[order] or self._random.below(_OPTIONAL_CHANCE) == 0:
                    self._add_to_pool(order)
            return
        absent = set(self._absent)
        for order in self._near[centre]:
            if len(self._pool) >= near_limit:
                break
            if order in absent:
                self._add_to_pool(order)
        at = self._random.below(len(self._absent))
        for order in self._absent[at:] + self._absent[:at]:
            if len(self._pool) >= limit:
                break
            self._add_to_pool(order)

    # Recreate

    def _draw_rule(self) -> int:
        if self._missing() and self._random.below(3) == 0:
            return -2
        draw = self._random.below(17 if self.tables.tight else 11)
        if draw < 11:
            return -1 if draw < 4 else 0 if draw < 8 else 1 if draw < 10 else 2
        return 3 + (draw - 11) // 2

    def _sort_pool(self) -> None:
        rule, pool = self._draw_rule(), self._pool
        if rule == -1:
            for i in range(len(pool) - 1, 0, -1):
                j = self._random.below(i + 1)
                pool[i], pool[j] = pool[j], pool[i]
        elif rule == -2:
            pool.sort(key=lambda order: -self._absence[order] * self._weight[order])
        else:
            pool.sort(key=self.tables.rank[rule].tolist().__getitem__)

    def _recreate(self) -> None:
        self._sort_pool()
        self._force = self._random.below(10) == 0
        for order in self._pool:
            partner = self._company.partner[order]
            if partner >= 0:
                if self.tables.pickup[order]:
                    pair = self._cheapest_pair(order, partner)
                    self._put(pair.left, order)
                    self._put(pair.left_delivery, partner)
            else:
                self._put(self._cheapest_gap(order).left, order)

    def _put(self, left: int, order: int) -> None:
        if left < 0:
            if order not in self._absent:
                self._absent.append(order)
            return
        if order in self._absent:
            _swap_out(self._absent, order)
        vehicle = self._node[left].route
        self._touch(vehicle)
        self._routes.insert(left, order)
        self._refresh(vehicle, Change(order, order, order, order))

    def _cheapest_gap(self, order: int) -> Gap:
        best = self._look_around(order)
        if best.left >= 0:
            node, place = self._node[best.left], self._node[order].place
            way_in = self._routes.seconds[node.place][place]
            way_out = self._routes.seconds[place][self._node[node.next].place]
            if not self._exact_fits(order, best.left, node.route, way_in, way_out):
                self._strict = True
                best = self._look_around(order)
                self._strict = False
        return best

    def _look_around(self, order: int) -> Gap:
        best = Gap(units=NO_END if self._force else self._penalty[order])
        was_out = self._step > 0 and self._was_absent[order] == self._step and self._company.group[order] < 0
        self._only, self._half = self._company.home(order), False
        if self._only >= 0:
            self._try_route(order, self._only, best)
            return best
        if not was_out:
            self._try_near(order, best)
        if best.left < 0:
            for vehicle in self._touched if was_out else range(self._m):
                self._try_route(order, vehicle, best)
        if best.left >= 0 and self._random.below(_EMPTY_CHANCE) == 0:
            self._try_empty(order, 8, best)
        if best.left < 0:
            self._try_empty(order, self.tables.classes, best)
        return best

    def _try_near(self, order: int, best: Gap) -> None:
        for left in self._gaps_near(order):
            self._try_gap(order, left, best)

    def _last_gap(self, order: int, vehicle: int) -> int:
        if self._company.partner[order] >= 0:
            return -1
        self._only, self._half = self._company.home(order), False
        left, gap = self._node[self._n + self._m + vehicle].prev, Gap()
        self._try_gap(order, left, gap)
        if gap.left >= 0:
            node, place = self._node[left], self._node[order].place
            way_in = self._routes.seconds[node.place][place]
            way_out = self._routes.seconds[place][self._node[node.next].place]
            if not self._exact_fits(order, left, vehicle, way_in, way_out):
                return -1
        return gap.left

    def _try_route(self, order: int, vehicle: int, best: Gap) -> None:
        for left in self._gaps_of(vehicle):
            self._try_gap(order, left, best)

    def _try_empty(self, order: int, most: int, best: Gap) -> None:
        for left in self._gaps_empty(most):
            self._try_gap(order, left, best)

    def _try_gap(self, order: int, left: int, best: Gap) -> None:
        t, node, place = self.tables, self._node[left], self._node[order].place
        vehicle = node.route
        route, after = self._route[vehicle], self._node[node.next]
        if not t.allowed[order, vehicle] or (self._only >= 0 and self._only != vehicle):
            return
        if not self._company.sequence_fits(order, left, node.next):
            return
        routes = self._routes
        units = self._company.price(order, vehicle)
        units += 0 if route.stops else int(t.fixed_units[vehicle])
        units += routes.leg_units(vehicle, node.place, place) + routes.leg_units(vehicle, place, after.place)
        units -= routes.leg_units(vehicle, node.place, after.place) if route.stops else 0
        way_in, way_out = routes.seconds[node.place][place], routes.seconds[place][after.place]
        if t.timed and t.needs_seconds[vehicle]:
            span = node.head.join(way_in, routes.visit(order, node.head, way_in))
            span = span.join(way_out, after.tail)
            seconds = span.length
            drive = way_in + way_out - node.drive
            units += (seconds - route.seconds - drive) * int(t.second_units[vehicle])
            units += self._hours_units(order, left, span, way_in) if t.extra else 0
            if not t.exact[vehicle] and seconds > int(t.max_seconds[vehicle]):
                return
        if t.even == 2:
            share = route.share + int(t.even_share[order])
            units += routes.hours.even_units(share) - routes.hours.even_units(route.share)
        if units >= best.units:
            return
        metres = routes.metres[node.place][place] + routes.metres[place][after.place] - node.metres
        if route.stops >= int(t.max_stops[vehicle]) or route.metres + metres > int(t.max_metres[vehicle]):
            return
        if not self._half and not self._load_fits(order, left, vehicle):
            return
        if t.timed and not self._time_fits(order, left, vehicle, way_in, way_out):
            return
        if self._strict and not self._exact_fits(order, left, vehicle, way_in, way_out):
            return
        self._blink -= 1
        if self._blink <= 0:
            self._blink = 1 + self._random.below(199)
            return
        best.left, best.units = left, units

    def _hours_units(self, order: int, left: int, span: Span, way_in: int) -> int:
        """What overtime, evenness and lateness make of an insertion after which the route is ``span``."""
        t, node, hours = self.tables, self._node[left], self._routes.hours
        vehicle, route = node.route, self._route[node.route]
        units = hours.over_units(vehicle, span.first + span.length) - hours.over_units(vehicle, route.ends)
        if t.even == 1:
            units += hours.even_units(span.length // 60) - hours.even_units(route.seconds // 60)
        if t.soft:
            ready = hours.reach(node.leave[0], way_in, node.place, self._node[order].place)
            start = self._routes.service_start(order, ready)
            units += hours.late_units(order, start) if start < NEVER else 0
        return units

    def _load_fits(self, order: int, left: int, vehicle: int) -> bool:
        t, node = self.tables, self._node[left]
        aboard = self._route[vehicle].load
        if t.mixed:
            aboard = node.peak_after if t.pickup[order] else node.peak_before
        amounts, limits = self._routes.demand[order], t.capacity[vehicle].tolist()
        return all(
            not amount or load + amount <= limit
            for amount, load, limit in zip(amounts, aboard, limits, strict=True)
        )

    def _time_fits(self, order: int, left: int, vehicle: int, way_in: int, way_out: int) -> bool:
        routes = self._routes
        if self.tables.no_way and (way_in >= NO_WAY_S or way_out >= NO_WAY_S):
            return False
        time = self._node[left].leave[: len(routes.rests[vehicle]) + 1]
        before, there, after = (
            self._node[left].place,
            self._node[order].place,
            self._node[self._node[left].next],
        )
        routes.drive(vehicle, time, way_in, (before, there))
        time = routes.serve(order, time)
        routes.rest(vehicle, time)
        return any(
            moment < NEVER and routes.hours.reach(moment, way_out, there, after.place) <= after.due[k]
            for k, moment in enumerate(time)
        )

    def _exact_fits(self, order: int, left: int, vehicle: int, way_in: int, way_out: int) -> bool:
        if not self.tables.exact[vehicle] or int(self.tables.max_seconds[vehicle]) >= NEVER:
            return True
        node, between = self._node[left], self._node[order]
        right, drive = node.next, node.drive
        node.next, between.next = order, right
        node.drive, between.drive = way_in, way_out
        seconds = self._routes.walk(vehicle).seconds
        node.next, node.drive = right, drive
        return seconds <= int(self.tables.max_seconds[vehicle])

    # Steps

    def _new_units(self) -> int:
        units = self._units + (self._company.apart - self._old_apart) * int(self.tables.tidy_units[0])
        for vehicle in self._touched:
            route = self._route[vehicle]
            route.units = self._routes.route_units(vehicle)
            assert route.old is not None
            units += route.units - route.old[0].units
        return units + sum(self._penalty[order] * self._change(order) for order in self._pool)

    def _change(self, order: int) -> int:
        """1 for an order that the step leaves out, -1 for one that it brings in, else 0."""
        return (order in self._absent) - (self._was_absent[order] == self._step)

    def _absence_change(self) -> int:
        change = sum(self._absence[o] * self._weight[o] * self._change(o) for o in self._pool)
        for order in self._pool:
            self._absence[order] += order in self._absent
        return change

    def _undo_step(self) -> None:
        for order in self._pool:
            if self._was_absent[order] == self._step:
                if order not in self._absent:
                    self._absent.append(order)
                self._node[order].route = -1
            elif order in self._absent:
                _swap_out(self._absent, order)
        for vehicle in self._touched:
            self._restore(vehicle)
        self._company.apart = self._old_apart

    def _is_accepted(self, units: int, temperature: int) -> bool:
        if units < self._units or not temperature:
            return units < self._units
        return units < self._units + int(temperature * self._random.minus_log())

    def _run(self, steps: int, temperature: int, chase: bool) -> None:
        for _ in range(steps):
            missing = self._missing()
            self._step += 1
            self._mark += 1
            self._pool, self._touched = [], []
            self._old_apart = self._company.apart
            self._call_absent(self._ruin())
            self._recreate()
            units, change = self._new_units(), self._absence_change()
            if self._is_accepted(units, temperature) or (chase and missing and change < 0):
                self._units = units
                if units < self._found_units:
                    self._save_best()
            else:
                self._undo_step()


def _swap_out(numbers: list[int], number: int) -> None:
    """Remove as the kernel does: the last one takes the place."""
    at = numbers.index(number)
    numbers[at] = numbers[-1]
    numbers.pop()
