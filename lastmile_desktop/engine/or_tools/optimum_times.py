"""Times in the exact model of a tiny day: windows, lateness, hours, overtime, breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lastmile_desktop.engine.or_tools.cp_sat import cp_model
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, FAR_S, NO_WAY_S, Problem

if TYPE_CHECKING:
    from lastmile_desktop.engine.or_tools.optimum_model import ExactModel

_PER_HOUR_SECOND = COST_UNITS_PER_CENT // 3600
#: Two days: nothing in a plan of people who sleep is later.
_LAST_S = 2 * 24 * 3600
_DEPOT = -1


def needs_times(problem: Problem) -> bool:
    """False for a pure capacity problem, where every sequence is in time and an hour costs nothing."""
    return problem.timed or any(windows != ((0, FAR_S),) for windows in problem.windows)


def add_times(exact: ExactModel) -> None:
    """Add the times of all routes and their prices to ``exact``."""
    _Times(exact)


class _Times:
    """``begin[i]``: service of order i begins; ``go[i]``: the drive on from there begins."""

    def __init__(self, exact: ExactModel) -> None:
        self._exact, self._problem, self._model = exact, exact.problem, exact.model
        self._last_s = _horizon(exact.problem)
        self._begin: dict[int, cp_model.IntVar] = {}
        self._go: dict[int, cp_model.IntVar] = {}
        self._chosen: dict[int, list[tuple[cp_model.IntVar, int, int]]] = {}
        self._worked: dict[int, cp_model.IntVar] = {}
        for order in exact.orders:
            self._add_window(order)
        for vehicle in exact.vehicles:
            self._add_hours(vehicle)

    def _add_window(self, order: int) -> None:
        problem, model = self._problem, self._model
        spans = [
            (max(0, start), min(end, self._last_s), due)
            for (start, end), due in zip(problem.windows[order], problem.window_due[order], strict=True)
            if max(0, start) <= min(end, self._last_s)
        ]
        if not spans:
            model.add(self._exact.planned[order] == 0)
            spans = [(0, self._last_s, self._last_s)]
        domain = cp_model.Domain.from_intervals([[start, end] for start, end, _ in spans])
        begin = self._begin[order] = model.new_int_var_from_domain(domain, f"begin {order}")
        go = self._go[order] = model.new_int_var(0, 2 * self._last_s, f"go {order}")
        model.add(go >= begin + int(problem.service_s[order]))
        inside = [model.new_bool_var(f"window {order} {number}") for number in range(len(spans))]
        model.add_exactly_one(inside)
        self._chosen[order] = [
            (chosen, start, end) for chosen, (start, end, _) in zip(inside, spans, strict=True)
        ]
        for chosen, start, end in self._chosen[order]:
            model.add_linear_constraint(begin, start, end).only_enforce_if(chosen)
        price = int(problem.late_cents_per_hour[order])
        if price and any(end > due for _, end, due in spans):
            late = model.new_int_var(0, self._last_s, f"late {order}")
            for chosen, (_, _, due) in zip(inside, spans, strict=True):
                model.add(late >= begin - due).only_enforce_if([chosen, self._exact.planned[order]])
            self._exact.cost.append(price * _PER_HOUR_SECOND * late)

    def _add_hours(self, vehicle: int) -> None:
        problem, model, last_s = self._problem, self._model, self._last_s
        exact, used = self._exact, self._exact.used[vehicle]
        leave = self._between(problem.earliest_start_s[vehicle], problem.latest_start_s[vehicle])
        back = self._between(problem.earliest_end_s[vehicle], problem.latest_end_s[vehicle])
        exact.back[vehicle] = back
        drive_off = model.new_int_var(0, last_s, f"drive off {vehicle}")
        arrived = model.new_int_var(0, last_s, f"arrived {vehicle}")
        model.add(drive_off >= leave)
        model.add(back >= arrived)
        for (i, j), arc in exact.arcs_of(vehicle).items():
            off = drive_off if i == _DEPOT else self._go[i]
            reached = arrived if j == _DEPOT else self._begin[j]
            model.add(reached >= off + self._drive_s(vehicle, i, j)).only_enforce_if(arc)
        length = exact.length[vehicle] = model.new_int_var(0, last_s, f"length {vehicle}")
        model.add(length == back - leave).only_enforce_if(used)
        model.add(length == 0).only_enforce_if(used.negated())
        self._add_least_length(vehicle)
        if problem.max_duration_s[vehicle] < last_s:
            model.add(length <= int(problem.max_duration_s[vehicle]))
        exact.cost.append(int(problem.search_per_hour_cents[vehicle]) * _PER_HOUR_SECOND * length)
        if problem.regular_end_s[vehicle] < problem.latest_end_s[vehicle]:
            over = model.new_int_var(0, last_s, f"overtime {vehicle}")
            model.add(over >= back - int(problem.regular_end_s[vehicle])).only_enforce_if(used)
            exact.cost.append(int(problem.overtime_cents_per_hour[vehicle]) * _PER_HOUR_SECOND * over)
        if problem.breaks[vehicle]:
            self._add_breaks(vehicle, leave, drive_off, back)

    def _add_least_length(self, vehicle: int) -> None:
        """What follows from the rest, said again without the clock.

        A route is at least as long as its work, plus the wait between the order that must be served soonest
        and the one that opens last, both counted from the departure. Without this the solver believes that
        hours cost nothing, and then learns better second by second.
        """
        model, exact, last_s = self._model, self._exact, self._last_s
        orders, worked = exact.on_of(vehicle), self._worked
        for order in orders:
            if order not in worked:
                worked[order] = model.new_int_var(0, last_s, f"worked before {order}")
        work: list[cp_model.LinearExprT] = []
        for (i, j), arc in exact.arcs_of(vehicle).items():
            step_s = self._drive_s(vehicle, i, j)
            work.append(step_s * arc)
            if j != _DEPOT:
                if i != _DEPOT:
                    step_s += int(self._problem.service_s[i])
                before = 0 if i == _DEPOT else worked[i]
                model.add(worked[j] == before + step_s).only_enforce_if(arc)
        work += [int(self._problem.service_s[order]) * on for order, on in orders.items()]
        # Both as if the vehicle never waited: the latest departure that is in time everywhere, and the
        # earliest that never waits.
        in_time = model.new_int_var(-last_s, last_s, f"in time {vehicle}")
        no_wait = model.new_int_var(-last_s, last_s, f"no wait {vehicle}")
        for order, on in orders.items():
            for chosen, start, end in self._chosen[order]:
                model.add(in_time <= end - worked[order]).only_enforce_if([chosen, on])
                model.add(no_wait >= start - worked[order]).only_enforce_if([chosen, on])
        length = exact.length[vehicle]
        total = cp_model.LinearExpr.sum(work)
        model.add(length >= total)
        model.add(length >= total + no_wait - in_time).only_enforce_if(exact.used[vehicle])

    def _between(self, first: int, last: int) -> cp_model.IntVar:
        return self._model.new_int_var(max(0, int(first)), min(int(last), self._last_s), "")

    def _add_breaks(
        self, vehicle: int, leave: cp_model.IntVar, drive_off: cp_model.IntVar, back: cp_model.IntVar
    ) -> None:
        """Rests overlap neither drives nor service, and lie wholly before, in or after the route."""
        problem, model, used = self._problem, self._model, self._exact.used[vehicle]
        blocks = self._busy(vehicle, drive_off)
        for rule in problem.breaks[vehicle]:
            rest = self._between(rule.earliest_s, max(rule.earliest_s, rule.latest_s))
            rested = rest + int(rule.duration_s)
            blocks.append(model.new_optional_fixed_size_interval_var(rest, rule.duration_s, used, ""))
            before, after = model.new_bool_var(""), model.new_bool_var("")
            model.add(rested <= leave).only_enforce_if([before, used])
            model.add(rest >= leave).only_enforce_if([before.negated(), used])
            model.add(rest >= back).only_enforce_if([after, used])
            model.add(rested <= back).only_enforce_if([after.negated(), used])
        model.add_no_overlap(blocks)

    def _busy(self, vehicle: int, drive_off: cp_model.IntVar) -> list[cp_model.IntervalVar]:
        """Services and drives of a vehicle as intervals."""
        model, exact = self._model, self._exact
        blocks: list[cp_model.IntervalVar] = []
        arcs, orders = exact.arcs_of(vehicle), exact.on_of(vehicle)
        for order, on in orders.items():
            service = int(self._problem.service_s[order])
            begin = self._begin[order]
            blocks.append(model.new_optional_fixed_size_interval_var(begin, service, on, ""))
        for i, on in [(_DEPOT, exact.used[vehicle]), *orders.items()]:
            off = drive_off if i == _DEPOT else self._go[i]
            stop = model.new_int_var(0, 3 * self._last_s, "")
            size = model.new_int_var(0, self._last_s, "")
            model.add(
                size == sum(self._drive_s(vehicle, a, j) * arc for (a, j), arc in arcs.items() if a == i)
            )
            blocks.append(model.new_optional_interval_var(off, size, stop, on, ""))
        return blocks

    def _drive_s(self, vehicle: int, i: int, j: int) -> int:
        """Seconds from leaving i to being ready at j; with traffic the least that they can be."""
        problem = self._problem
        ends = self._exact.ends_of(vehicle, i, j)
        usual = self._exact.shortest(problem.duration_s, vehicle, ends)
        setup = int(problem.setup_s[ends[1]]) if ends[0] != ends[1] else 0
        return usual * min([100, *(percent for _, percent in problem.traffic)]) // 100 + setup


def _horizon(problem: Problem) -> int:
    """A time that nothing in a valid plan reaches: the last return, or all work one after the other."""
    ends = problem.latest_end_s
    if ends.max(initial=0) < FAR_S:
        return max(_LAST_S, int(ends.max(initial=0)))
    drives = problem.duration_s[problem.duration_s < NO_WAY_S]
    openings = max((windows[-1][0] for windows in problem.windows if windows[-1][0] < FAR_S), default=0)
    work = int(problem.service_s.sum()) + (problem.order_count + 2) * int(drives.max(initial=0))
    rests = max((rule.latest_s + rule.duration_s for rules in problem.breaks for rule in rules), default=0)
    starts = problem.earliest_start_s[problem.earliest_start_s < FAR_S]
    return max(_LAST_S, openings + rests + int(starts.max(initial=0)) + work)
