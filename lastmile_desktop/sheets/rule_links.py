"""Rules that name other orders: order numbers become the orders meant, and pairs are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lastmile_desktop.model import OrderKind
from lastmile_desktop.sheets.orders import OrderDraft


def link_orders(drafts: Sequence[OrderDraft]) -> None:
    """Fill ``after`` of each draft with keys, and mark what names nobody or belongs to no whole pair."""
    by_id: Mapping[str, list[OrderDraft]] = defaultdict(list)
    pairs: Mapping[str, list[OrderDraft]] = defaultdict(list)
    for draft in drafts:
        by_id[draft.id.casefold()].append(draft)
        if draft.rules.shipment:
            pairs[draft.rules.shipment.casefold()].append(draft)
    for draft in drafts:
        draft.after = frozenset(
            other.key for name in draft.rules.after_ids for other in _named(draft, name, by_id)
        )
    for members in pairs.values():
        if sorted(draft.kind for draft in members) != [OrderKind.DELIVERY, OrderKind.PICKUP]:
            for draft in members:
                _tell_broken_pair(draft, members)


def _named(draft: OrderDraft, name: str, by_id: Mapping[str, list[OrderDraft]]) -> list[OrderDraft]:
    found = [other for other in by_id.get(name.casefold(), []) if other is not draft]
    if not found:
        own = any(other is draft for other in by_id.get(name.casefold(), []))
        why = "is this order itself" if own else "is not in this sheet"
        draft.row.attend(
            "after_orders",
            "unknown_order",
            f"This order is to come after “{name}”, which {why}. That part of the rule is left out.",
        )
    return found


def _tell_broken_pair(draft: OrderDraft, members: Sequence[OrderDraft]) -> None:
    pickups = sum(member.kind is OrderKind.PICKUP for member in members)
    draft.row.attend(
        "pair",
        "broken_pair",
        f"The pair {draft.rules.shipment} needs one pickup and one delivery; the sheet has {pickups} and "
        f"{len(members) - pickups}. Until that is mended the order cannot be planned.",
    )
