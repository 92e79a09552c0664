"""Orders with an address and no position get one from the region, with how sure it is.

What a person confirmed for the customer comes before anything that is looked up: such orders have their
position already when they come here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lastmile_desktop.addresses.search import Answer, Candidate
from lastmile_desktop.model import DayState, Depot, ImportReport, Location, Order, Severity, SheetProblem
from lastmile_desktop.model.placing import SURE_SCORE, PlaceLevel, PlaceSource, Placing
from lastmile_desktop.system.beside import never

WAITING = "waiting_for_position"
#: The category of a remark about a position that is not sure.
UNSURE = "place_unsure"
_CANDIDATES_SAID = 3

#: Gives the position that was confirmed earlier for a customer, or None.
PositionMemory = Callable[[str, str], Location | None]


@dataclass(frozen=True)
class FoundPlaces:
    """Answers by address, and a sentence when the region could not be asked ("" = all is well)."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    trouble: str = ""

    def of(self, order: Order) -> Answer | None:
        """The answer for an order's address, None when it was not looked up."""
        return self.answers.get(order.address)


NO_PLACES = FoundPlaces()


def find_places(
    orders: Iterable[Order],
    region: str,
    *,
    depots: Iterable[Depot] = (),
    position_of: PositionMemory | None = None,
    should_stop: Callable[[], bool] = never,
    on_progress: Callable[[int, int], None] | None = None,
) -> FoundPlaces:
    """Look up the addresses of orders and depots that have no position; blocking, for worker threads.

    Each address once; customers whose position is known are not looked up. Raises BesideStopped when
    ``should_stop`` says so; a region that cannot be used gives the ``trouble`` in words.
    """
    from lastmile_desktop.addresses.bulk import find_addresses
    from lastmile_desktop.regions.errors import RegionError
    from lastmile_desktop.system.beside import BesideLostError

    waiting = [order for order in orders if order.location is None and order.address.strip()]
    if position_of is not None:
        waiting = [order for order in waiting if position_of(order.name, order.address) is None]
    texts = [order.address for order in waiting]
    texts += [depot.address for depot in depots if depot.location is None and depot.address.strip()]
    lines = list(dict.fromkeys(texts))
    if not region or not lines:
        return NO_PLACES
    try:
        answers = find_addresses(Path(region), lines, should_stop=should_stop, on_progress=on_progress)
    except RegionError as error:
        return FoundPlaces(trouble=f"No address was looked up. {error}")
    except BesideLostError:
        return FoundPlaces(trouble="No address was looked up: the search ended early. Please try again.")
    return FoundPlaces(dict(zip(lines, answers, strict=True)))


def with_places(state: DayState, places: FoundPlaces) -> DayState:
    """The day with the found positions in the orders that wait for one, and what is to be said of them."""
    orders, problems = placed(state.day.orders, state.problems, places)
    depots = _placed_depots(state.day.depots, places)
    if (orders, depots) == (state.day.orders, state.day.depots):
        return state
    day = replace(state.day, orders=orders, depots=depots)
    return replace(state, day=day, problems=_without_depots(problems, state.day.depots, depots))


def report_with_places(report: ImportReport, places: FoundPlaces) -> ImportReport:
    """The same for an import that is only looked at."""
    orders, problems = placed(report.orders, report.problems, places)
    depots = _placed_depots(report.depots, places)
    said = _without_depots(problems, report.depots, depots)
    return replace(report, orders=orders, depots=depots, problems=said)


def _placed_depots(depots: tuple[Depot, ...], places: FoundPlaces) -> tuple[Depot, ...]:
    """Depots whose very house was found; every route hangs on it, so that a street is not enough."""
    return tuple(
        replace(depot, location=answer.location)
        if depot.location is None
        and (answer := places.answers.get(depot.address)) is not None
        and answer.level is PlaceLevel.HOUSE
        and answer.score >= SURE_SCORE
        else depot
        for depot in depots
    )


def placed(
    orders: tuple[Order, ...], problems: tuple[SheetProblem, ...], places: FoundPlaces
) -> tuple[tuple[Order, ...], tuple[SheetProblem, ...]]:
    """Orders with the found positions, and the remarks on their sheets with what is to be said of them."""
    if not places.answers:
        return orders, problems
    after = []
    remarks: dict[tuple[str, int], SheetProblem | None] = {}
    for order in orders:
        answer = places.of(order) if order.location is None else None
        if answer is not None:
            order = placed_order(order, answer)
            if order.source is not None:
                remarks[(order.source.sheet, order.source.row)] = _remark(order, answer)
        after.append(order)
    return tuple(after), _replaced(problems, remarks)


def _without_depots(
    problems: tuple[SheetProblem, ...], before: tuple[Depot, ...], after: tuple[Depot, ...]
) -> tuple[SheetProblem, ...]:
    """The remarks without those that depots wait which have got a position now."""
    placed = [old.name for old, new in zip(before, after, strict=True) if old.location != new.location]
    begins = tuple(f"Depot {name} " for name in placed)
    return tuple(
        problem
        for problem in problems
        if not (begins and problem.category == WAITING and problem.message.startswith(begins))
    )


def placed_order(order: Order, answer: Answer) -> Order:
    """The order where its address was found, with how sure that is; marked for a look when it is not."""
    placing = Placing(
        answer.level,
        PlaceSource.REGION,
        answer.score,
        answer.spread_m,
        answer.found,
        answer.reason,
    )
    if answer.location is None:
        return replace(order, placing=placing)
    attention = order.attention or placing.needs_a_look
    return replace(order, location=answer.location, placing=placing, attention=attention)


def confirmed(order: Order, location: Location) -> Order:
    """The order where a person said that it is."""
    return replace(order, location=location, placing=Placing(PlaceLevel.HOUSE, PlaceSource.CONFIRMED))


def remembered(order: Order, position_of: PositionMemory) -> Order:
    """The order where a person confirmed this customer to be; unchanged when nobody has."""
    if order.location is not None:
        return order
    known = position_of(order.name, order.address)
    return replace(order, placing=None) if known is None else confirmed(order, known)


def candidate_text(candidate: Candidate) -> str:
    """A candidate for people: "12 Oak Lane, 21117 Owings Mills (house)"."""
    words = {PlaceLevel.STREET: "street only", PlaceLevel.AREA: "postcode only"}
    level = words.get(candidate.level, "house")
    return f"{candidate.text} ({level})"


def _remark(order: Order, answer: Answer) -> SheetProblem | None:
    """What a person should know of how an order was placed; None when nothing."""
    assert order.source is not None
    placing = order.placing
    if placing is None or not placing.needs_a_look:
        return None
    others = [candidate_text(one) for one in answer.candidates if one.text != answer.found]
    perhaps = f" Others: {'; '.join(others[:_CANDIDATES_SAID])}." if others and answer.found else ""
    if answer.location is None:
        message = f"The address was not found, so the order waits for a position. {answer.reason}"
        return _problem(order, Severity.INFO, WAITING, message)
    taken = {
        PlaceLevel.HOUSE: f"Taken as {answer.found}.",
        PlaceLevel.STREET: f"Only the street was found: {answer.found}, up to {_far(answer.spread_m)} off.",
        PlaceLevel.AREA: f"Placed in the middle of {answer.found}, up to {_far(answer.spread_m)} off.",
    }[answer.level]
    return _problem(order, Severity.ATTENTION, UNSURE, f"{taken} {answer.reason}{perhaps}".strip())


def _far(metres: int) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres} m"


def _problem(order: Order, severity: Severity, category: str, message: str) -> SheetProblem:
    assert order.source is not None
    return SheetProblem(
        order.source.sheet, order.source.row, "", order.id, severity, category, message, order.address
    )


def _replaced(
    problems: Collection[SheetProblem], remarks: Mapping[tuple[str, int], SheetProblem | None]
) -> tuple[SheetProblem, ...]:
    """The remarks with those about waiting answered: gone, or in the words of what was found."""
    kept: list[SheetProblem] = []
    said: set[tuple[str, int]] = set()
    for problem in problems:
        place = (problem.sheet, problem.row)
        if problem.category not in (WAITING, UNSURE) or place not in remarks:
            kept.append(problem)
            continue
        remark = remarks[place]
        if remark is not None and place not in said:
            kept.append(replace(remark, column=problem.column))
            said.add(place)
    kept += [remark for place, remark in remarks.items() if remark is not None and place not in said]
    return tuple(kept)
