"""Rows of a vehicle sheet -> vehicles, and the depots that they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from lastmile_desktop.model import Break, Capacity, Depot, Location, Severity, SheetProblem, Vehicle
from lastmile_desktop.sheets.breaks import DEFAULT_BREAK_S, break_cell, end_time, period, placed_break
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.lines import is_no_record
from lastmile_desktop.sheets.places import RawPosition
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.text import fold, word_set
from lastmile_desktop.sheets.values import choices, numbers
from lastmile_desktop.sheets.values.coordinates import is_pair, parse_coordinate, parse_pair
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.plain import as_text
from lastmile_desktop.sheets.values.times import DAY_S, parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError

DEFAULT_SHIFT_S = (8 * 3600, 17 * 3600)
_OPEN_END = word_set("open offen none no - keine kein ouvert abierto aperto geen brak nowhere anywhere")
_AT_DEPOT = frozenset(
    ["depot", "the depot", "yes", "same", "wie start", "start", "lager", "warehouse", "base"]
)
_BACK_HOME = word_set("home back zuhause zuruck zurueck retour casa domicile thuis dom")
_CAPACITY_FIELDS = ("capacity", "capacity_kg", "capacity_m3")


class VehicleReader:
    """Reads the rows of one vehicle sheet; ``depots`` grows by the places that vehicles start from."""

    def __init__(self, table: Table, depots: Sequence[Depot]) -> None:
        self.table = table
        self.depots = list(depots)
        self._depots_given = bool(depots)
        self.vehicles: list[Vehicle] = []
        self.problems: list[SheetProblem] = []

    def read_all(self) -> None:
        """Fill ``vehicles``, ``depots`` and ``problems``."""
        for number, cells in self.table.grid.rows.items():
            if number <= self.table.header.last_row or is_no_record(self.table, cells):
                continue
            row = SheetRow(self.table, number, cells)
            vehicle = self._read(row)
            if vehicle is not None:
                self.vehicles.append(vehicle)
                self.problems.extend(row.problems)
        homeless = [vehicle.name for vehicle in self.vehicles if not vehicle.start_depot]
        if homeless and self.depots and not self._depots_given:
            shown = ", ".join(homeless[:5]) + (" ..." if len(homeless) > 5 else "")
            self.problems.append(
                SheetProblem(
                    self.table.grid.name,
                    self.table.header.row,
                    "",
                    "",
                    Severity.ATTENTION,
                    "unknown_depot",
                    f"There is no depot sheet, so {shown} start at “{self.depots[0].name}”. Add a depot, or "
                    "choose one under Fleet.",
                )
            )
        if self.vehicles and not any(self.table.columns.get(name) for name in _CAPACITY_FIELDS):
            self.problems.append(
                SheetProblem(
                    self.table.grid.name,
                    self.table.header.row,
                    "",
                    "",
                    Severity.INFO,
                    "missing_capacity",
                    "The vehicle sheet has no capacity column, so the vehicles carry any load. Enter "
                    "capacities under Fleet.",
                )
            )

    def _read(self, row: SheetRow) -> Vehicle | None:
        driver = row.text("driver")
        name = row.text("name") or driver
        if not name and not any(row.has(field) for field in (*_CAPACITY_FIELDS, "shift_start", "shift")):
            return None
        if len(row.cells) == 1 and len(self.table.header.columns) > 2 and self.vehicles:
            return None  # a note below the table
        name = name or f"Vehicle in row {row.number}"
        row.id = name
        start_s, end_s = self._read_shift(row)
        start_depot, end_depot = self._read_places(row, name)
        active = row.parse(
            "active", choices.parse_yes_no, "bad_choice", "The vehicle is used today.", "entry"
        )
        return Vehicle(
            key=self._new_key(row, name),
            name=name,
            driver=driver,
            capacity=self._read_capacity(row, name),
            start_depot=start_depot,
            end_depot=end_depot,
            shift_start_s=start_s,
            shift_end_s=end_s,
            breaks=self._read_breaks(row, start_s, end_s),
            skills=choices.parse_skills(row.raw("skills") or ""),
            fixed_cost_cents=self._cents(row, "fixed_cost"),
            cost_per_km_cents=self._cost_per_km(row),
            cost_per_hour_cents=self._cents(row, "cost_per_hour"),
            max_stops=self._max_stops(row),
            max_distance_m=self._measure(row, "max_distance", numbers.METRES, "km", "most km"),
            max_duration_s=row.parse(
                "max_duration", self._hours, "bad_time", "The vehicle has no limit of hours.", "most hours"
            ),
            active=True if active is None else active,
            overtime_s=self._read_overtime(row),
            overtime_cents_per_hour=self._cents(row, "overtime_price"),
            max_trips=self._read_trips(row),
            reload_s=row.parse("reload", self._minutes, "bad_time", "No time is assumed.", "loading time")
            or 0,
        )

    def _read_overtime(self, row: SheetRow) -> int:
        """Bare numbers up to 12 are hours, larger ones minutes: nobody means 30 hours or half a minute."""
        unit = self.table.unit("overtime")

        def parse(value: CellValue) -> int | None:
            seconds = parse_duration(value, unit if unit in ("min", "s", "h") else "min")
            if unit == "" and seconds is not None and seconds <= 12 * 60 and _is_bare(value):
                seconds *= 60
            if seconds is not None and seconds > DAY_S // 2:
                raise UnreadableValueError("it is far too long")
            return seconds

        return row.parse("overtime", parse, "bad_time", "No overtime is allowed.", "overtime") or 0

    def _read_trips(self, row: SheetRow) -> int:
        milli = row.parse(
            "trips", numbers.parse_quantity_milli, "bad_number", "The vehicle makes one trip.", "trips"
        )
        if milli is not None and not 1000 <= milli <= 20_000:
            row.attend(
                "trips", "bad_number", f"{row.id} cannot make {milli / 1000:g} trips. It makes one trip."
            )
            return 1
        return 1 if milli is None else milli // 1000

    def _minutes(self, value: CellValue) -> int | None:
        unit = self.table.unit("reload")
        seconds = parse_duration(value, unit if unit in ("min", "s", "h") else "min")
        if seconds is not None and seconds > DAY_S // 2:
            raise UnreadableValueError("it is far too long")
        return seconds

    def _new_key(self, row: SheetRow, name: str) -> str:
        taken = {vehicle.key for vehicle in self.vehicles}
        if name not in taken:
            return name
        row.attend(
            "name",
            "duplicate_id",
            f"There is more than one vehicle called {name}. All are kept; give them different names.",
        )
        copy = 2
        while f"{name} ({copy})" in taken:
            copy += 1
        return f"{name} ({copy})"

    def _read_capacity(self, row: SheetRow, name: str) -> Capacity:
        ignored = "The vehicle has no limit here until somebody corrects it."
        pieces = row.parse(
            "capacity",
            lambda value: numbers.parse_quantity_milli(
                value, decimal_comma=self.table.decimal_comma("capacity")
            ),
            "bad_number",
            ignored,
            "capacity",
        )
        weight = self._measure(row, "capacity_kg", numbers.GRAMS, "kg", "weight limit")
        volume = self._measure(row, "capacity_m3", numbers.CUBIC_CM, "m3", "volume limit")
        has_column = any(self.table.columns.get(field) for field in _CAPACITY_FIELDS)
        if pieces is None and weight is None and volume is None and has_column and not row.problems:
            row.attend(
                "capacity",
                "missing_capacity",
                f"{name} has no capacity, so it can carry any load. Enter one under Fleet.",
            )
        return Capacity(pieces, weight, volume)

    def _measure(
        self, row: SheetRow, field: str, scales: dict[str, Decimal], default_unit: str, what: str
    ) -> int | None:
        unit = self.table.unit(field)
        return row.parse(
            field,
            lambda value: numbers.parse_measure(
                value,
                scales,
                unit if unit in scales else default_unit,
                decimal_comma=self.table.decimal_comma(field),
            ),
            "bad_number",
            "The vehicle has no limit here until somebody corrects it.",
            what,
        )

    def _cents(self, row: SheetRow, field: str) -> int:
        parser: Callable[[CellValue], int | None] = lambda value: numbers.parse_cents(  # noqa: E731
            value, decimal_comma=self.table.decimal_comma(field)
        )
        return row.parse(field, parser, "bad_number", "It counts as 0.", "price") or 0

    def _cost_per_km(self, row: SheetRow) -> int:
        cents = self._cents(row, "cost_per_km")
        column = self.table.columns.get("cost_per_km")
        if column and "mile" in fold(column[0].heading):
            return round(cents / 1.609344)
        return cents

    def _max_stops(self, row: SheetRow) -> int | None:
        milli = row.parse(
            "max_stops",
            numbers.parse_quantity_milli,
            "bad_number",
            "The vehicle has no limit of stops.",
            "most stops",
        )
        return None if milli is None else milli // 1000

    def _hours(self, value: CellValue) -> int | None:
        unit = self.table.unit("max_duration")
        seconds = parse_duration(value, unit if unit in ("min", "s", "h") else "h")
        if seconds is not None and seconds > 7 * DAY_S:
            raise UnreadableValueError("it is far too long")
        return seconds

    def _read_shift(self, row: SheetRow) -> tuple[int, int]:
        assumed = "08:00 to 17:00 is assumed."
        start = row.parse("shift_start", parse_time, "bad_time", assumed, "start of the shift")
        end = row.parse("shift_end", end_time, "bad_time", assumed, "end of the shift")
        whole = row.parse("shift", period, "bad_time", assumed, "shift")
        if whole is not None and start is None and end is None:
            start, end = whole
        start_s = DEFAULT_SHIFT_S[0] if start is None else start
        end_s = max(DEFAULT_SHIFT_S[1], start_s) if end is None else end
        if end_s <= start_s:
            row.attend("shift_end", "bad_time", f"The shift of {row.id} ends before it starts. {assumed}")
            return DEFAULT_SHIFT_S
        return start_s, end_s

    def _read_breaks(self, row: SheetRow, shift_start: int, shift_end: int) -> tuple[Break, ...]:
        ignored = "The vehicle has no break until somebody corrects it."
        found = row.parse("break_minutes", break_cell, "bad_time", ignored, "break")
        duration, window = found if found is not None else (None, None)
        window = row.parse("break_window", period, "bad_time", ignored, "break period") or window
        earliest = row.parse("break_from", parse_time, "bad_time", ignored, "start of the break")
        latest = row.parse("break_to", end_time, "bad_time", ignored, "end of the break")
        if earliest is not None or latest is not None:
            window = (earliest, latest)
        if row.attention and any(problem.message.endswith(ignored) for problem in row.problems):
            return ()
        if duration == 0 or (duration is None and window is None):
            return ()
        if duration is None:
            duration = DEFAULT_BREAK_S
        if duration >= shift_end - shift_start:
            row.attend(
                "break_minutes", "bad_time", f"The break of {row.id} is longer than the shift. {ignored}"
            )
            return ()
        return (placed_break(duration, window, shift_start, shift_end),)

    def _read_places(self, row: SheetRow, name: str) -> tuple[str, str | None]:
        start = self._place(row, "start", name)
        end = self._place(row, "end", name)
        start_key = start or ""
        if row.has("end_place") and fold(row.text("end_place")) in _OPEN_END:
            return start_key, None
        return start_key, end if end is not None else start_key

    def _place(self, row: SheetRow, side: str, name: str) -> str | None:
        """The key of the depot at one end of the route; None when the sheet names none."""
        position: tuple[float, float] | None = None
        value = row.raw(f"{side}_place")
        if value is not None and is_pair(value):
            position = parse_pair(value)
        lat = row.parse(f"{side}_lat", parse_coordinate, "bad_coords", "The first depot is used.", "latitude")
        lon = row.parse(
            f"{side}_lon", parse_coordinate, "bad_coords", "The first depot is used.", "longitude"
        )
        if lat is not None and lon is not None:
            position = (lat, lon)
        if position is not None:
            return self._own_place(row, side, name, RawPosition(*position), as_text(value))
        text = as_text(value)
        if not text or fold(text) in _OPEN_END or (side == "end" and fold(text) in _BACK_HOME):
            return None
        known = self._depot_called(text)
        if known is not None:
            return known
        if fold(text) not in _AT_DEPOT:
            row.attend(
                f"{side}_place",
                "unknown_depot",
                f"No depot is called “{text}”, so {name} "
                f"{'starts from' if side == 'start' else 'returns to'} the first depot. "
                "Add it to the depot sheet or choose one under Fleet.",
            )
        return None

    def _own_place(self, row: SheetRow, side: str, name: str, position: RawPosition, text: str) -> str | None:
        if not position.possible:
            row.attend(
                f"{side}_place",
                "bad_coords",
                f"The {side} position of {name} is no real position. The first depot is used.",
            )
            return None
        location: Location = position.location
        for depot in self.depots:
            if depot.location == location:
                return depot.key
        label = f"{'Start' if side == 'start' else 'End'} of {name}"
        key, copy = label, 2
        while any(depot.key == key for depot in self.depots):
            key, copy = f"{label} ({copy})", copy + 1
        self.depots.append(Depot(key, label, location, "" if is_pair(text) else text))
        return key

    def _depot_called(self, text: str) -> str | None:
        wanted = fold(text)
        for depot in self.depots:
            if wanted in (fold(depot.key), fold(depot.name)) or (
                depot.address and wanted == fold(depot.address)
            ):
                return depot.key
        near = [
            d.key
            for d in self.depots
            if len(wanted) >= 4 and (wanted in fold(d.name) or fold(d.name) in wanted)
        ]
        return near[0] if len(near) == 1 else None


def _is_bare(value: CellValue) -> bool:
    """True for a number that says nothing about its unit."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return value >= 1
    return as_text(value).replace(",", ".").replace(".", "", 1).strip().isdigit()
