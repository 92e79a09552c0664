"""Positions judged by one another and by the depot: exchanged, far away, without their point or sign."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

from lastmile_desktop.model import Location
from lastmile_desktop.sheets.orders import OrderDraft
from lastmile_desktop.sheets.places import RawPosition
from lastmile_desktop.sheets.text import fold
from lastmile_desktop.sheets.values.coordinates import with_point_restored

FAR_AWAY_KM = 300.0
_SURELY_NEAR_KM = 150.0
#: Nobody delivers beyond these latitudes: a sheet whose middle lies there has its columns exchanged.
_LIVED_IN = (-56.0, 72.0)
#: From so many addresses on one point, and from this share of all rows, the point is none of theirs.
_LEAST_ON_ONE_POINT = 5
_SHARE_ON_ONE_POINT = 0.6


class PositionCheck:
    """Judges every position by the others and by the depot."""

    def __init__(self, drafts: Sequence[OrderDraft], depot: Location | None) -> None:
        self._drafts = [draft for draft in drafts if draft.position is not None]
        self._depot = depot
        positions = [draft.position for draft in self._drafts if draft.position]
        possible = [position for position in positions if position.possible]
        self._centre = _middle(possible)
        self._company = len(possible) + (depot is not None)
        if depot is not None and self._centre is None:
            self._centre = RawPosition(depot.lat, depot.lon)
        impossible = [position for position in positions if not position.possible and not position.is_zero]
        if len(impossible) > len(possible):
            self._centre_of_exchanged(impossible)

    def _centre_of_exchanged(self, impossible: Sequence[RawPosition]) -> None:
        """When most positions only lie on the earth the other way round, those are the company."""
        turned = [position.exchanged for position in impossible if position.exchanged.possible]
        middle = _middle(turned)
        if middle and len(turned) >= 3 and all(_fits(position, middle, FAR_AWAY_KM) for position in turned):
            self._centre, self._company = middle, len(turned)

    def doubts(self) -> list[str]:
        """Sentences about the sheet as a whole; none when all is well.

        Which of orders and depot is wrong cannot be told from here, so nothing is changed.
        """
        found = (self.doubt_about_depot(), self._doubt_about_place(), self._one_point())
        return [doubt for doubt in found if doubt]

    def doubt_about_depot(self) -> str:
        """A sentence when the depot is nowhere near the orders; "" when all is well."""
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

    def _doubt_about_place(self) -> str:
        centre = self._centre
        if centre is None or self._depot is not None or len(self._drafts) < 2:
            return ""
        low, high = _LIVED_IN
        if low <= centre.lat <= high or not (low <= centre.lon <= high):
            return ""
        return (
            f"The orders lie around {centre.lat:.2f}, {centre.lon:.2f}, where hardly anybody lives. Latitude "
            "and longitude are probably exchanged; exchange the two columns and import the sheet again."
        )

    def _one_point(self) -> str:
        """Many addresses on one point: somebody's program found none of them and took the town."""
        places = Counter((d.position.lat, d.position.lon) for d in self._drafts if d.position)
        if not places:
            return ""
        (lat, lon), count = places.most_common(1)[0]
        if count < max(_LEAST_ON_ONE_POINT, _SHARE_ON_ONE_POINT * len(self._drafts)):
            return ""
        addresses = {
            fold(draft.address)
            for draft in self._drafts
            if draft.position and (draft.position.lat, draft.position.lon) == (lat, lon) and draft.address
        }
        if len(addresses) < _LEAST_ON_ONE_POINT:
            return ""
        return (
            f"{count} orders with {len(addresses)} different addresses all have the position {lat:g}, "
            f"{lon:g}. It is hardly right for all of them; please check."
        )

    def check_each(self) -> None:
        """Mend what is certain, with a remark; mark what is not."""
        for draft in self._drafts:
            position = draft.position
            if position is None:
                continue
            if not position.possible or not self._is_near(position, FAR_AWAY_KM):
                self._judge(draft, position)
            elif position.lat.is_integer() and position.lon.is_integer():
                draft.row.attend(
                    _column(draft),
                    "bad_coords",
                    f"The position {_shown(position)} has lost its decimals, so it may be 100 km off. Please "
                    "look it up again.",
                )

    def _is_near(self, position: RawPosition, limit_km: float) -> bool:
        return self._centre is None or _fits(position, self._centre, limit_km)

    def _judge(self, draft: OrderDraft, position: RawPosition) -> None:
        waits = "It is left out; the order waits for a position."
        row, column, shown = draft.row, _column(draft), _shown(position)
        if position.is_zero:
            draft.position = None
            text = f"The position 0, 0 lies in the sea off Africa, so it is no real position. {waits}"
            row.attend(column, "bad_coords", text)
            return
        certain = self._centre is not None and (self._company >= 3 or not position.possible)
        if certain and position.exchanged.possible and self._is_near(position.exchanged, _SURELY_NEAR_KM):
            draft.position = position.exchanged
            row.remark(
                column,
                "bad_coords",
                f"Latitude and longitude were exchanged ({shown}); they are used the other way round, "
                "where the other orders are.",
                fix=_fix(draft, position.exchanged),
            )
            return
        if not position.possible:
            self._restore_point(draft, position, waits)
            return
        row.attend(
            column,
            "bad_coords",
            f"The position {shown} is {self._distance(position):,.0f} km away from the other orders. "
            "Please check it.",
            self._other_sign(draft, position),
        )

    def _other_sign(self, draft: OrderDraft, position: RawPosition) -> dict[str, str]:
        """A minus that was lost: the same position west or south is where the others are."""
        for lat, lon in ((position.lat, -position.lon), (-position.lat, position.lon)):
            turned = RawPosition(lat, lon)
            if self._centre is not None and turned.possible and self._is_near(turned, _SURELY_NEAR_KM):
                return _fix(draft, turned)
        return {}

    def _restore_point(self, draft: OrderDraft, position: RawPosition, waits: str) -> None:
        centre, shown = self._centre, _shown(position)
        if centre is not None:
            lat = position.lat if abs(position.lat) <= 90 else with_point_restored(position.lat, centre.lat)
            lon = position.lon if abs(position.lon) <= 180 else with_point_restored(position.lon, centre.lon)
            if lat is not None and lon is not None and self._is_near(RawPosition(lat, lon), _SURELY_NEAR_KM):
                draft.position = RawPosition(lat, lon)
                draft.row.attend(
                    _column(draft),
                    "bad_coords",
                    f"The position {shown} has lost its decimal point; it is read as {lat:.6g}, "
                    f"{lon:.6g}. Please check it.",
                    _fix(draft, draft.position),
                )
                return
        draft.position = None
        draft.row.attend(_column(draft), "bad_coords", f"The position {shown} is not on the earth. {waits}")

    def _distance(self, position: RawPosition) -> float:
        return distance_km(position, self._centre) if self._centre else 0.0


def _column(draft: OrderDraft) -> str:
    return next(
        name for name in ("coordinates", "lat", "lon", "address") if draft.row.has(name) or name == "address"
    )


def _shown(position: RawPosition) -> str:
    return f"{position.lat:.10g}, {position.lon:.10g}"


def _fix(draft: OrderDraft, position: RawPosition) -> dict[str, str]:
    """The position as the cells of the row would hold it."""
    if draft.row.has("lat") and draft.row.has("lon"):
        return {"lat": f"{position.lat:.10g}", "lon": f"{position.lon:.10g}"}
    return {_column(draft): _shown(position)}


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
