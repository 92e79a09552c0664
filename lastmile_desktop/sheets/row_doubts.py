"""What a row as a whole says about its order: that it was cancelled, or that it may be a heading."""

from __future__ import annotations

from collections.abc import Sequence

from lastmile_desktop.sheets.grid import column_letter
from lastmile_desktop.sheets.orders import OrderDraft
from lastmile_desktop.sheets.rows import Table
from lastmile_desktop.sheets.text import fold, heading_name, word_set
from lastmile_desktop.sheets.values.plain import as_text

_STATUS = word_set(
    "status state orderstatus auftragsstatus bestellstatus statut etat estado stato stan statuszamowienia "
    "fulfillmentstatus financialstatus paymentstatus lieferstatus deliverystatus stav"
)
_CANCELLED_AT = word_set("cancelledat canceledat cancelled canceled storniert storniertam annule annulato")
_CANCELLED = (
    "cancel",
    "storn",
    "annul",
    "anulad",
    "anulow",
    "geannuleerd",
    "refunded",
    "void",
    "zruseno",
    "makulerad",
)
_USUAL_CELLS = 3


def point_out_cancelled(table: Table, drafts: Sequence[OrderDraft]) -> None:
    """Mark orders that the sheet itself calls cancelled; whether they are delivered a person must say."""
    names = {
        number: "".join(heading_name(text).full) for number, text in table.header.headings.items() if text
    }
    states = [number for number, name in names.items() if name in _STATUS]
    dates = [number for number, name in names.items() if name in _CANCELLED_AT]
    if not states and not dates:
        return
    for draft in drafts:
        cells = draft.row.cells
        for number in (*states, *dates):
            text = as_text(cells.get(number))
            folded = fold(text)
            cancelled = folded.startswith(_CANCELLED) or " cancel" in folded
            if cancelled or (number in dates and folded not in ("", "no", "nein", "non", "false", "0", "-")):
                message = (
                    f"Column {column_letter(number)} says “{text[:40]}”. Take this order out if it is "
                    "not to be delivered."
                )
                draft.row.attend("", "cancelled", message)
                break


def point_out_lone_texts(table: Table, drafts: Sequence[OrderDraft]) -> None:
    """Mark orders that are one word in the column of addresses: "City centre" may be a heading."""
    if len(table.header.columns) < _USUAL_CELLS or len(drafts) < _USUAL_CELLS:
        return
    for draft in drafts:
        texts = [as_text(value) for value in draft.row.cells.values() if as_text(value)]
        if len(texts) == 1 and not any(sign.isdigit() for sign in texts[0]) and draft.address:
            draft.row.attend(
                "",
                "lone_text",
                f"This row holds only “{texts[0][:60]}”. Take it out if it is a heading and no order.",
            )
