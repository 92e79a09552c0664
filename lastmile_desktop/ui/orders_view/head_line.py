"""The one line that says how the day's orders stand."""

from __future__ import annotations

from lastmile_desktop.model import DayState, Severity
from lastmile_desktop.model.wording import count


def head_line(state: DayState) -> str:
    """ "118 orders ready, 3 need attention, 2 left out, 6 lines ignored": every line counts once."""
    orders = state.day.orders
    attention = sum(order.attention for order in orders)
    waiting = sum(order.location is None and not order.attention for order in orders)
    ready = len(orders) - attention - waiting
    left_out = len(
        {(problem.sheet, problem.row) for problem in state.problems if problem.severity is Severity.ERROR}
    )
    parts = [f"{count(ready, 'order')} ready"]
    if waiting:
        parts.append(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for a position")
    if attention:
        parts.append(f"{attention:,} {'needs' if attention == 1 else 'need'} attention")
    if left_out:
        parts.append(f"{left_out:,} left out")
    if state.skipped_lines:
        parts.append(f"{count(state.skipped_lines, 'line')} ignored")
    return ", ".join(parts)
