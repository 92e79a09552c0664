"""What only the rows together can tell: order numbers used twice, rows that are copies."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.sheets.orders import OrderDraft

#: A row without an order number is a copy of another only when it says this much.
_LEAST_CELLS_OF_A_COPY = 3


def point_out_duplicates(drafts: Sequence[OrderDraft]) -> None:
    """Mark the later of two orders with one number, and of two rows that say the same, naming both rows."""
    by_id: dict[str, OrderDraft] = {}
    by_cells: dict[tuple[str, ...], OrderDraft] = {}
    for draft in drafts:
        if draft.invented_id:
            earlier = by_cells.setdefault(draft.signature, draft)
            if earlier is not draft and len(draft.signature) >= _LEAST_CELLS_OF_A_COPY:
                _tell_copy(draft, earlier, "")
            continue
        earlier = by_id.setdefault(draft.id, draft)
        if earlier is draft:
            continue
        if earlier.signature == draft.signature:
            _tell_copy(draft, earlier, f" (order {draft.id})")
            continue
        text = (
            f"Order number {draft.id} stands in {_place(earlier, draft)} and again in row "
            f"{draft.row.number}. Both are kept; give one a new number or delete it."
        )
        draft.row.attend("id", "duplicate_id", text)


def _tell_copy(draft: OrderDraft, earlier: OrderDraft, which: str) -> None:
    text = (
        f"Row {draft.row.number} is an exact copy of {_place(earlier, draft)}{which}. Delete one of them if "
        "it was meant once."
    )
    draft.row.attend("id" if which else "", "duplicate_id" if which else "duplicate_row", text)


def _place(draft: OrderDraft, beside: OrderDraft) -> str:
    """Where a row is, as seen from another: the sheet is named when it is another one."""
    sheet = draft.row.table.grid.name
    other = f" of sheet “{sheet}”" if sheet != beside.row.table.grid.name else ""
    return f"row {draft.row.number}{other}"
