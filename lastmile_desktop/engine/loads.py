"""What is on board of a vehicle along one trip."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.engine.problem import Problem

#: Pieces (thousandths), grams, cubic centimetres.
Amounts = tuple[int, int, int]


def board_loads(problem: Problem, orders: Sequence[int]) -> list[Amounts]:
    """What is on board at the start and after each order: deliveries still to come plus pickups so far.

    The goods of a shipment are on board between its two halves only. Half a shipment in a broken plan: what
    nobody brings stays on board, and what was never collected is not brought.
    """
    rows: list[list[int]] = problem.demand[list(orders)].tolist()
    pickup: list[bool] = problem.is_pickup[list(orders)].tolist()
    aboard = [0, 0, 0]
    collected: set[int] = set()
    for place, order in enumerate(orders):
        partner = int(problem.partner[order])
        if pickup[place]:
            collected.add(order)
        elif partner < 0:
            aboard = [amount + change for amount, change in zip(aboard, rows[place], strict=True)]
        else:
            # As much as was collected, whatever this half says; nothing when nothing was.
            rows[place] = problem.demand[partner].tolist() if partner in collected else [0, 0, 0]
    loads = [(aboard[0], aboard[1], aboard[2])]
    for row, back in zip(rows, pickup, strict=True):
        sign = 1 if back else -1
        aboard = [amount + sign * change for amount, change in zip(aboard, row, strict=True)]
        loads.append((aboard[0], aboard[1], aboard[2]))
    return loads
