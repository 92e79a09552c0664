"""A second opinion on a finished plan: what OR-Tools, which has found none of it, says about it.

The routing model is given the routes and accepts or refuses them; routes with breaks are also timed by
CP-SAT, because the routing model would let a break interrupt a drive. What OR-Tools cannot express is named,
never taken for kept. The evaluator stays the judge of plans: this only finds where the two would disagree.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lastmile_desktop.engine.parts import Part, one_kind
from lastmile_desktop.engine.problem import COST_UNITS_PER_CENT, Problem
from lastmile_desktop.engine.scoring import Routes, Scorer
from lastmile_desktop.engine.timing import schedule_route

if TYPE_CHECKING:
    from lastmile_desktop.engine.or_tools.optimum_model import ChainPrice

#: Stops of routes that are looked at in one model, so long as their rules do not tie more of them together.
_GROUP_STOPS = 60
#: Getting ready takes about so long when OR-Tools is loaded already (``load_ahead``), each order of the plan
#: and each vehicle with breaks so much more: several times what was measured on a quiet machine.
_LOADING_S, _ORDER_S, _RESTS_S = 0.1, 0.0004, 0.03


class Verdict(StrEnum):
    """What OR-Tools says."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_CERTIFIED = "not certified"


@dataclass(frozen=True)
class Certificate:
    """The verdict on one plan.

    ``accepted`` counts the routes found to keep all rules that OR-Tools knows, ``refused`` are the names of
    vehicles whose routes do not. ``not_checked`` says in plain words what was left out; then the verdict is
    NOT_CERTIFIED unless something was refused. ``differences`` are sentences about routes that OR-Tools would
    time at another price than the evaluator does.
    """

    verdict: Verdict
    accepted: int = 0
    refused: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict for the log and the report."""
        if self.verdict is Verdict.REFUSED:
            return f"OR-Tools refuses: {', '.join(self.refused)}."
        if self.verdict is Verdict.NOT_CERTIFIED:
            return f"Not certified: {', '.join(self.not_checked)}."
        routes = "the only route" if self.accepted == 1 else f"all {self.accepted} routes"
        return f"OR-Tools accepts {routes}."


def seconds_needed(problem: Problem) -> float:
    """About how long ``certify`` takes for a plan of all orders."""
    with_rests = min(sum(1 for rules in problem.breaks if rules), problem.order_count)
    return _LOADING_S + _ORDER_S * problem.order_count + _RESTS_S * with_rests


def load_ahead(problem: Problem) -> None:
    """Load what a verdict on a plan of this day and its drivers will need; takes a second on a busy machine,
    so let a thread do it while the kernel searches."""
    import lastmile_desktop.engine.or_tools.routing_model

    if any(problem.breaks) or not one_kind(problem):
        import lastmile_desktop.engine.or_tools.optimum_model  # noqa: F401


def certify(
    problem: Problem,
    routes: Sequence[Sequence[int]],
    seconds: float,
    *,
    locked: frozenset[int] = frozenset(),
    frozen: frozenset[int] = frozenset(),
) -> Certificate:
    """Ask OR-Tools about ``routes`` (order indices per vehicle) for at most about ``seconds``.

    Never raises for a bad plan: what cannot be looked at is NOT_CERTIFIED, with the reason. Loads OR-Tools:
    for the solver process and for tests.
    """
    plan = [list(route) for route in routes]
    return _Inspection(problem, plan, time.monotonic() + seconds, locked, frozen).run()


class _Inspection:
    def __init__(
        self,
        problem: Problem,
        routes: Routes,
        deadline: float,
        locked: frozenset[int],
        frozen: frozenset[int],
    ) -> None:
        self._problem, self._routes, self._deadline = problem, routes, deadline
        self._locked, self._frozen = locked, frozen
        self._scorer = Scorer(problem)
        self._accepted: list[int] = []
        self._refused: list[int] = []
        self._unknown: list[int] = []
        self._differences: list[str] = []

    def run(self) -> Certificate:
        used = [vehicle for vehicle, route in enumerate(self._routes) if route]
        for group in _groups(self._problem, self._routes, used):
            if time.monotonic() > self._deadline:
                self._unknown += group
            elif self._accepts(group):
                self._time(group)
            else:
                self._find_refused(group)
        not_checked = list(_beyond(self._problem, used))
        if self._unknown:
            not_checked.append(f"no time was left for {len(self._unknown)} of {len(used)} routes")
        refused = tuple(self._problem.vehicle_names[v] for v in sorted(self._refused))
        verdict = Verdict.NOT_CERTIFIED if not_checked else Verdict.ACCEPTED
        if refused:
            verdict = Verdict.REFUSED
        return Certificate(
            verdict, len(self._accepted), refused, tuple(not_checked), tuple(self._differences)
        )

    def _accepts(self, vehicles: Sequence[int]) -> bool:
        from lastmile_desktop.engine.or_tools.routing_model import RoutingModel

        routes = tuple(tuple(self._routes[v]) for v in vehicles)
        routing = RoutingModel(
            self._problem, Part(tuple(vehicles), routes, locked=self._locked, frozen=self._frozen)
        )
        price = routing.price_of_plan()
        if price is not None:
            self._compare_together(vehicles, price)
        return price is not None

    def _find_refused(self, group: Sequence[int]) -> None:
        """One route more at a time: the first that makes the model refuse is named and left out."""
        kept: list[int] = []
        for vehicle in group:
            if time.monotonic() > self._deadline:
                self._unknown.append(vehicle)
            elif self._accepts([*kept, vehicle]):
                kept.append(vehicle)
            else:
                self._refused.append(vehicle)
        self._time(kept)

    def _time(self, vehicles: Sequence[int]) -> None:
        """Routes with breaks: can they be kept without interrupting a drive, and at what price?"""
        for vehicle in vehicles:
            # Second trips are more than that model knows; what they leave unchecked is said.
            if not self._problem.breaks[vehicle] or self._problem.max_trips[vehicle] > 1:
                self._accepted.append(vehicle)
                continue
            answer = self._chain_price(vehicle)
            if answer is None:
                self._unknown.append(vehicle)
            elif not answer.possible:
                self._refused.append(vehicle)
            else:
                self._accepted.append(vehicle)
                if answer.units is not None:
                    self._compare(vehicle, answer.units)

    def _compare_together(self, vehicles: Sequence[int], price: int) -> None:
        """Where OR-Tools' model has a price for everything that the evaluator has one for."""
        problem = self._problem
        if problem.tidy_units or problem.has_lateness or any(problem.breaks[v] for v in vehicles):
            return  # CP-SAT compares the routes with breaks
        ours = sum(self._scorer.route(v, self._routes[v])[1] for v in vehicles)
        if self._differ(ours, price):
            for vehicle in vehicles:
                answer = self._chain_price(vehicle)
                if answer is not None and answer.units is not None:
                    self._compare(vehicle, answer.units)

    def _differ(self, ours: int, units: int) -> bool:
        """True when the prices differ by a cent, where OR-Tools was told everything that has one."""
        known = not (self._problem.traffic or self._problem.even_units)
        return known and abs(ours - units) >= COST_UNITS_PER_CENT

    def _chain_price(self, vehicle: int, end_by_s: int | None = None) -> ChainPrice | None:
        from lastmile_desktop.engine.or_tools.optimum_model import chain_price

        if self._problem.max_trips[vehicle] > 1:
            return None
        left_s = self._deadline - time.monotonic()
        if left_s <= 0:
            return None
        return chain_price(self._problem, vehicle, self._routes[vehicle], left_s, end_by_s)

    def _compare(self, vehicle: int, units: int) -> None:
        """Say where OR-Tools' times cost something else, and whether ending later is the reason.

        By rule a route ends as early as possible (docs/rules.md). OR-Tools may end later where that makes the
        day shorter: with several windows, or with a rest that then falls outside the day.
        """
        broken, ours = self._scorer.route(vehicle, self._routes[vehicle])
        if broken or not self._differ(ours, units):
            return
        name = self._problem.vehicle_names[vehicle]
        money = abs(ours - units) / COST_UNITS_PER_CENT / 100
        if units > ours:
            self._differences.append(f"OR-Tools cannot drive {name} so cheaply: {money:.2f} more.")
            return
        times = schedule_route(self._problem, vehicle, self._routes[vehicle])
        as_early = self._chain_price(vehicle, times.end_s)
        why = "and nobody knows why"
        if as_early is None or as_early.units is None:
            why = "but there was no time to find out why"
        elif not self._differ(ours, as_early.units):
            why = "by ending it later"
        elif as_early.units < ours:
            why = "with its rests or visits at other times"
        self._differences.append(f"OR-Tools would make the day of {name} {money:.2f} cheaper, {why}.")


def _groups(problem: Problem, routes: Routes, used: Sequence[int]) -> Iterator[list[int]]:
    """Vehicles that are looked at together: those that share a group of orders, and small ones in tens."""
    of_group: dict[int, int] = {}
    leader = {vehicle: vehicle for vehicle in used}

    def find(vehicle: int) -> int:
        while leader[vehicle] != vehicle:
            vehicle = leader[vehicle]
        return vehicle

    for vehicle in used:
        for order in routes[vehicle]:
            group = int(problem.group[order])
            if group >= 0:
                leader[find(vehicle)] = find(of_group.setdefault(group, vehicle))
    tied: dict[int, list[int]] = {}
    for vehicle in used:
        tied.setdefault(find(vehicle), []).append(vehicle)
    together: list[int] = []
    for vehicles in tied.values():
        stops = sum(len(routes[v]) for v in (*together, *vehicles))
        if together and stops > _GROUP_STOPS:
            yield together
            together = []
        together = [*together, *vehicles]
    if together:
        yield together


def _beyond(problem: Problem, used: Sequence[int]) -> Iterator[str]:
    """Rules of this plan that the models here cannot express, in a dispatcher's words."""
    if problem.traffic:
        yield "driving times that change with the hour"
    if any(problem.breaks[v] and problem.max_trips[v] > 1 for v in used):
        yield "breaks of vehicles with second trips"
