"""What only the rows together can tell: order numbers used twice, positions exchanged or far away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from lastmile_desktop.model import Location
from lastmile_desktop.sheets.orders import OrderDraft
from lastmile_desktop.sheets.places import RawPosition
from lastmile_desktop.sheets.values.coordinates import with_point_restored

FAR_AWAY_KM = 300.0
_SURELY_NEAR_KM = 150.0


def merge_item_rows(drafts: Sequence[OrderDraft], *, has_quantity: bool) -> tuple[list[OrderDraft], int]:
    """Join rows that only add an item to an order named above (webshop exports); says how many."""
    kept: list[OrderDraft] = []
    by_id: dict[str, OrderDraft] = {}
    joined = 0
    for draft in drafts:
        first = None if draft.invented_id else by_id.get(draft.id)
        if first is not None and _is_item_row(draft, first):
            joined += 1
            if has_quantity:
                first.quantity_milli += draft.quantity_milli
            if draft.weight_g is not None:
                first.weight_g = (first.weight_g or 0) + draft.weight_g
            if draft.volume_cm3 is not None:
                first.volume_cm3 = (first.volume_cm3 or 0) + draft.volume_cm3
            if draft.row.attention:  # an item that cannot be read makes the whole order doubtful
                first.row.attention = True
                first.row.problems.extend(draft.row.problems)
            continue
        kept.append(draft)
        if not draft.invented_id:
            by_id.setdefault(draft.id, draft)
    return kept, joined


def _is_item_row(draft: OrderDraft, first: OrderDraft) -> bool:
    no_place = not draft.address and draft.position is None and not draft.has_place_cells
    has_first_place = bool(first.address) or first.position is not None
    return no_place and has_first_place and (not draft.name or draft.name == first.name)


def point_out_duplicates(drafts: Sequence[OrderDraft]) -> None:
    """Mark the later of two orders with one number, naming both rows."""
    seen: dict[str, OrderDraft] = {}
    for draft in drafts:
        if draft.invented_id:
            continue
        earlier = seen.setdefault(draft.id, draft)
        if earlier is draft:
            continue
        if earlier.signature == draft.signature:
            text = (
                f"Row {draft.row.number} is an exact copy of row {earlier.row.number} (order "
                f"{draft.id}). Delete one of them if it was meant once."
            )
        else:
            text = (
                f"Order number {draft.id} stands in row {earlier.row.number} and again in row "
                f"{draft.row.number}. "
                "Both are kept; give one a new number or delete it."
            )
        draft.row.attend("id", "duplicate_id", text)


class PositionCheck:
    """Judges every position by the others and by the depot."""

    def __init__(self, drafts: Sequence[OrderDraft], depot: Location | None) -> None:
        self._drafts = [draft for draft in drafts if draft.position is not None]
        self._depot = depot
        possible = [draft.position for draft in self._drafts if draft.position and draft.position.possible]
        self._centre = _middle(possible)
        if self._centre is None and depot is not None:
            self._centre = RawPosition(depot.lat, depot.lon)
        self._company = len(possible) + (depot is not None)

    def doubt_about_depot(self) -> str:
        """A sentence when the depot is nowhere near the orders; "" when all is well.

        Which of the two is wrong cannot be told from here, so nothing is changed.
        """
        if self._depot is None or self._centre is None or len(self._drafts) < 2:
            return ""
        depot = RawPosition(self._depot.lat, self._depot.lon)
        apart_km = distance_km(self._centre, depot)
        if apart_km <= FAR_AWAY_KM:
            return ""
        if _fits(self._centre.exchanged, depot, FAR_AWAY_KM):
            return (
                f"The depot is {apart_km:,.0f} km away from the orders, but would be close if latitude and "
                "longitude were exchanged in one of the two sheets. Correct that sheet and import it again."
            )
        return f"The depot is {apart_km:,.0f} km away from the orders. Please check its position."

    def check_each(self) -> None:
        """Mend what is certain, with a remark; mark what is not."""
        for draft in self._drafts:
            position = draft.position
            if position is None or (position.possible and self._is_near(position, FAR_AWAY_KM)):
                continue
            self._judge(draft, position)

    def _is_near(self, position: RawPosition, limit_km: float) -> bool:
        return self._centre is None or _fits(position, self._centre, limit_km)

    def _judge(self, draft: OrderDraft, position: RawPosition) -> None:
        waits = "It is left out; the order waits for a position."
        row, column = draft.row, "coordinates" if draft.row.has("coordinates") else "lat"
        shown = f"{position.lat:g}, {position.lon:g}"
        if position.is_zero:
            draft.position = None
            row.attend(
                column,
                "bad_coords",
                f"The position 0, 0 lies in the sea off Africa, so it is no real position. {waits}",
            )
            return
        certain = self._centre is not None and (self._company >= 3 or not position.possible)
        if certain and position.exchanged.possible and self._is_near(position.exchanged, _SURELY_NEAR_KM):
            draft.position = position.exchanged
            row.remark(
                column,
                "bad_coords",
                f"Latitude and longitude were exchanged ({shown}); they are used the other way round, "
                "where the other orders are.",
            )
            return
        if not position.possible:
            self._restore_point(draft, position, column, shown, waits)
            return
        row.attend(
            column,
            "bad_coords",
            f"The position {shown} is {self._distance(position):,.0f} km away from the other orders. "
            "Please check it.",
        )

    def _restore_point(
        self, draft: OrderDraft, position: RawPosition, column: str, shown: str, waits: str
    ) -> None:
        centre = self._centre
        if centre is not None:
            lat = position.lat if abs(position.lat) <= 90 else with_point_restored(position.lat, centre.lat)
            lon = position.lon if abs(position.lon) <= 180 else with_point_restored(position.lon, centre.lon)
            if lat is not None and lon is not None and self._is_near(RawPosition(lat, lon), _SURELY_NEAR_KM):
                draft.position = RawPosition(lat, lon)
                draft.row.attend(
                    column,
                    "bad_coords",
                    f"The position {shown} has lost its decimal point; it is read as {lat:.6g}, "
                    f"{lon:.6g}. Please check it.",
                )
                return
        draft.position = None
        draft.row.attend(column, "bad_coords", f"The position {shown} is not on the earth. {waits}")

    def _distance(self, position: RawPosition) -> float:
        return distance_km(position, self._centre) if self._centre else 0.0


def _middle(positions: Sequence[RawPosition]) -> RawPosition | None:
    if not positions:
        return None
    return RawPosition(median(p.lat for p in positions), median(p.lon for p in positions))


def _fits(position: RawPosition, centre: RawPosition, limit_km: float) -> bool:
    return position.possible and distance_km(position, centre) <= limit_km


def distance_km(a: RawPosition, b: RawPosition) -> float:
    """Great-circle distance."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
