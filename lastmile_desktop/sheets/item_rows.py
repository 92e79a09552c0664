"""Several lines of one order (a shop's line items, goods below an order): one order, amounts added up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lastmile_desktop.sheets.columns import matcher_for
from lastmile_desktop.sheets.orders import OrderDraft
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import heading_name, word_set
from lastmile_desktop.sheets.values.plain import as_text

_AMOUNTS = ("quantity", "weight", "volume")
#: Fields in which the lines of one order may differ.
_MAY_DIFFER = frozenset([*_AMOUNTS, "notes"])
#: In a heading these say that the amount is the whole order's, the same on each of its lines.
_OF_WHOLE_ORDER = word_set(
    "total order orders gesamt insgesamt total totale totaal razem ogolem calkowita number nombre numero "
    "anzahl bestellung auftrag commande pedido ordine bestelling zamowienia encomenda"
)


class ItemMerger:
    """Joins the lines of one order. ``items`` are the rows that were joined with another one."""

    def __init__(self, table: Table, continuing: Collection[int], addressed: Collection[int]) -> None:
        self.items: list[int] = []
        self._table = table
        self._continuing = frozenset(continuing)
        self._addressed = frozenset(addressed)
        self._goods = _goods_columns(table)
        self._whole = {field for field in _AMOUNTS if self._is_of_whole_order(field)}

    def _is_of_whole_order(self, field: str) -> bool:
        columns = self._table.columns.get(field)
        if not columns:
            return False
        words = set(heading_name(columns[0].heading).full)
        return bool(words & _OF_WHOLE_ORDER) and not words & {"lineitem", "line", "item"}

    def merged(self, drafts: Sequence[OrderDraft]) -> list[OrderDraft]:
        """One draft an order, in the order of their first lines."""
        kept: list[OrderDraft] = []
        by_id: dict[str, OrderDraft] = {}
        for draft in drafts:
            number = draft.row.number
            if number in self._continuing and kept:
                self._join(kept[-1], draft)
                continue
            first = None if draft.invented_id else by_id.get(draft.id)
            if first is not None and (_adds_an_item(draft, first) or self._repeats_order(draft, first)):
                self._join(first, draft)
                continue
            kept.append(draft)
            if not draft.invented_id:
                by_id.setdefault(draft.id, draft)
        return kept

    def _join(self, first: OrderDraft, item: OrderDraft) -> None:
        self.items.append(item.row.number)
        if item.row.number in self._addressed:
            _carry_on_address(first, item)
            return
        if self._table.columns.get("quantity") and not self._counts_once("quantity", first, item):
            first.quantity_milli += item.quantity_milli
        if item.weight_g is not None and not self._counts_once("weight", first, item):
            first.weight_g = (first.weight_g or 0) + item.weight_g
        if item.volume_cm3 is not None and not self._counts_once("volume", first, item):
            first.volume_cm3 = (first.volume_cm3 or 0) + item.volume_cm3
        if item.row.attention:  # an item that cannot be read makes the whole order doubtful
            first.row.attention = True
            first.row.problems.extend(item.row.problems)

    def _counts_once(self, field: str, first: OrderDraft, item: OrderDraft) -> bool:
        return field in self._whole and first.row.text(field) == item.row.text(field)

    def _repeats_order(self, draft: OrderDraft, first: OrderDraft) -> bool:
        """The whole order again with other goods: a shop that writes the address on each line item."""
        if not self._goods:
            return False
        for column in self._table.header.columns:
            if column.field in _MAY_DIFFER or column.number in self._goods:
                continue
            mine = as_text(draft.row.cells.get(column.number))
            if mine and mine != as_text(first.row.cells.get(column.number)):
                return False
        return any(
            as_text(draft.row.cells.get(number)) != as_text(first.row.cells.get(number))
            for number in self._goods
        )


def _goods_columns(table: Table) -> frozenset[int]:
    """Columns that name goods: only those tell a second line item from an order that was entered twice."""
    matcher = matcher_for("orders")
    return frozenset(
        number for number, text in table.header.headings.items() if matcher.names_goods(heading_name(text))
    )


def _adds_an_item(draft: OrderDraft, first: OrderDraft) -> bool:
    no_place = not draft.address and draft.position is None and not draft.has_place_cells
    has_first_place = bool(first.address) or first.position is not None
    return no_place and has_first_place and (not draft.name or draft.name == first.name)


def _carry_on_address(first: OrderDraft, item: OrderDraft) -> None:
    first.address = ", ".join(part for part in (first.address, item.address) if part)
    first.row.attend(
        "address" if first.row.has("address") else "street",
        "several_lines",
        f"Row {item.row.number} has no order number, only “{item.address}”; it is read as part of this "
        "address. Please check it.",
    )
