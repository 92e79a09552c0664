"""Rows of an order sheet -> orders, with everything that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lastmile_desktop.model import Order, OrderKind, Priority, SourceCell, TimeWindow
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.places import RawPosition, read_address, read_position
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.rule_cells import OrderRules, read_rules
from lastmile_desktop.sheets.values import choices, numbers
from lastmile_desktop.sheets.values.clocks import clock_text
from lastmile_desktop.sheets.values.dates import day_comes_first, is_slashed, parse_date
from lastmile_desktop.sheets.values.durations import parse_duration
from lastmile_desktop.sheets.values.plain import as_code, as_text
from lastmile_desktop.sheets.values.times import DAY_S, parse_time
from lastmile_desktop.sheets.values.unreadable import UnreadableValueError
from lastmile_desktop.sheets.values.windows import WindowReading, merged, parse_windows

DEFAULT_SERVICE_S = 300
_LONGEST_USUAL_SERVICE_S = 240 * 60
_NO_WINDOW = "The order is kept without a time window and the text is put into its notes."


@dataclass(slots=True)
class OrderDraft:
    """An order in the making: the cross-row checks may still change it."""

    row: SheetRow
    id: str
    invented_id: bool
    name: str
    address: str
    position: RawPosition | None
    windows: tuple[TimeWindow, ...]
    quantity_milli: int
    weight_g: int | None
    volume_cm3: int | None
    service_s: int
    phone: str
    email: str
    notes: str
    skills: frozenset[str]
    priority: Priority
    kind: OrderKind
    delivery_date: date | None
    skip_price_cents: int | None
    has_place_cells: bool
    rules: OrderRules
    after: frozenset[str] = frozenset()
    signature: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """The key of the order to be."""
        return f"{self.row.table.grid.name}!{self.row.number}"

    def finished(self) -> Order:
        """The order as the rest of the program sees it."""
        sheet = self.row.table.grid.name
        return Order(
            key=self.key,
            id=self.id,
            name=self.name,
            address=self.address,
            location=self.position.location if self.position else None,
            windows=self.windows,
            quantity_milli=self.quantity_milli,
            weight_g=self.weight_g,
            volume_cm3=self.volume_cm3,
            service_s=self.service_s,
            phone=self.phone,
            email=self.email,
            notes=self.notes,
            skills=self.skills,
            priority=self.priority,
            kind=self.kind,
            delivery_date=self.delivery_date,
            skip_price_cents=self.skip_price_cents,
            attention=self.row.attention,
            source=SourceCell(sheet, self.row.number),
            setup_s=self.rules.setup_s,
            late_cents_per_hour=self.rules.late_cents_per_hour,
            max_late_s=self.rules.max_late_s,
            only_vehicles=self.rules.only_vehicles,
            barred_vehicles=self.rules.barred_vehicles,
            preferred_driver=self.rules.preferred_driver,
            shipment=self.rules.shipment,
            same_van=self.rules.same_van,
            position=self.rules.position,
            after=self.after,
        )


class OrderReader:
    """Reads the rows of one order sheet; holds what only the whole columns can tell."""

    def __init__(self, table: Table) -> None:
        self.table = table
        dates = self._values("date")
        first = day_comes_first(dates)
        self.day_first = True if first is None else first
        self.dates_were_guessed = first is None and any(is_slashed(value) for value in dates)
        ranks = [rank for value in self._values("priority") if (rank := _rank(value)) is not None]
        self.lowest_rank = max(ranks, default=3)
        self.ranks_were_guessed = bool(ranks)
        countries = {as_text(value).casefold() for value in self._values("country")}
        self.with_country = len(countries) > 1

    def _values(self, name: str) -> list[CellValue]:
        columns = self.table.columns.get(name)
        if not columns:
            return []
        return list(self.table.grid.column_values(columns[0].number, self.table.header.last_row, limit=10**9))

    def read(self, row: SheetRow) -> OrderDraft:
        """Turn one row into a draft; never raises for what the row holds."""
        row.id = row.code("id")
        invented = not row.id
        name, extra_notes = _read_name(row)
        address = read_address(row, with_country=self.with_country)
        position = read_position(row)
        windows, urgent = self._read_windows(row)
        priority = self._read_priority(row)
        draft = OrderDraft(
            row=row,
            id=row.id or f"Row {row.number}",
            invented_id=invented,
            name=name,
            address=address,
            position=position,
            windows=windows,
            quantity_milli=self._read_quantity(row),
            weight_g=self._measure(row, "weight", numbers.GRAMS, "kg", "weight"),
            volume_cm3=self._measure(row, "volume", numbers.CUBIC_CM, "m3", "volume"),
            service_s=self._read_service(row),
            phone=row.code("phone"),
            email=row.text("email"),
            notes="",
            skills=choices.parse_skills(row.raw("skills") or ""),
            priority=Priority.HIGH if urgent and priority is Priority.NORMAL else priority,
            kind=row.parse("kind", choices.parse_kind, "bad_kind", "It is taken as a delivery.", "kind")
            or OrderKind.DELIVERY,
            delivery_date=row.parse(
                "date", self._date, "bad_date", "The order is kept without a date.", "date"
            ),
            skip_price_cents=row.parse(
                "skip_price", self._cents, "bad_number", "The order has no price for leaving it out.", "price"
            ),
            rules=read_rules(row),
            has_place_cells=any(row.has(name) for name in ("lat", "lon", "coordinates")),
            signature=tuple(as_text(value) for value in row.cells.values()),
        )
        notes = [*row.texts("notes"), *extra_notes, *(f"From the sheet: {text}" for text in row.kept_texts)]
        draft.notes = "\n".join(notes)
        return draft

    def _date(self, value: CellValue) -> date | None:
        return parse_date(value, day_first=self.day_first)

    def _cents(self, value: CellValue) -> int | None:
        return numbers.parse_cents(value, decimal_comma=self.table.decimal_comma)

    def _read_quantity(self, row: SheetRow) -> int:
        quantity = row.parse(
            "quantity",
            lambda value: numbers.parse_quantity_milli(value, decimal_comma=self.table.decimal_comma),
            "bad_number",
            "It counts as 1 until somebody corrects it.",
            "quantity",
        )
        return 1000 if quantity is None else quantity

    def _measure(
        self, row: SheetRow, name: str, scales: dict[str, Decimal], default: str, what: str
    ) -> int | None:
        unit = self.table.unit(name)
        return row.parse(
            name,
            lambda value: numbers.parse_measure(
                value, scales, unit if unit in scales else default, decimal_comma=self.table.decimal_comma
            ),
            "bad_number",
            f"The {what} counts as unknown until somebody corrects it.",
            what,
        )

    def _read_service(self, row: SheetRow) -> int:
        unit = self.table.unit("service")
        seconds = row.parse(
            "service",
            lambda value: parse_duration(value, unit if unit in ("min", "s", "h") else ""),
            "bad_time",
            f"{DEFAULT_SERVICE_S // 60} minutes are assumed.",
            "service time",
        )
        if seconds is None:
            return DEFAULT_SERVICE_S
        if seconds > DAY_S:
            row.attend(
                "service",
                "bad_time",
                f"A service time of {seconds // 3600} hours cannot be right. 5 minutes are assumed.",
            )
            return DEFAULT_SERVICE_S
        if seconds > _LONGEST_USUAL_SERVICE_S:
            row.attend(
                "service",
                "bad_time",
                f"A service time of {seconds // 60} minutes is unusually long. Please check it.",
            )
        return seconds

    def _read_priority(self, row: SheetRow) -> Priority:
        found = row.parse(
            "priority",
            lambda value: choices.parse_priority(value, lowest_rank=self.lowest_rank),
            "bad_priority",
            "It is planned with normal priority.",
            "priority",
        )
        return found or Priority.NORMAL

    def _read_windows(self, row: SheetRow) -> tuple[tuple[TimeWindow, ...], bool]:
        found: list[TimeWindow] = []
        urgent = False
        limited = False
        for number in ("", "_2", "_3"):
            for reading in (self._read_pair(row, number), self._read_one_cell(row, f"window{number}")):
                found.extend(reading.windows)
                urgent = urgent or reading.urgent
                limited = limited or bool(reading.windows)
        return (merged(found) if limited else ()), urgent

    def _read_one_cell(self, row: SheetRow, name: str) -> WindowReading:
        reading = row.parse(name, _window_cell, "bad_time", _NO_WINDOW, "time", keep_text=True)
        if reading is None:
            return WindowReading()
        if reading.urgent:
            row.remark(name, "urgent", "Read as urgent: no time window, high priority.")
        for word, start, end in reading.parts:
            row.remark(name, "day_part", f"“{word}” is read as {clock_text(start)} to {clock_text(end)}.")
        return reading

    def _read_pair(self, row: SheetRow, number: str) -> WindowReading:
        start_field, end_field = f"window{number}_start", f"window{number}_end"
        whole = self._whole_window_in_one_side(row, start_field, end_field)
        if whole is not None:
            return whole
        before = len(row.problems)
        start = row.parse(start_field, parse_time, "bad_time", _NO_WINDOW, "time", keep_text=True)
        end = row.parse(end_field, _end_time, "bad_time", _NO_WINDOW, "time", keep_text=True)
        if len(row.problems) > before or (start is None and end is None):
            return WindowReading()
        if start is not None and end is not None and end <= start:
            texts = f"{row.text(start_field)} to {row.text(end_field)}"
            row.kept_texts.append(texts)
            how = "ends before it starts" if end < start else "has no length"
            row.attend(end_field, "bad_time", f"The time window {texts} {how}. {_NO_WINDOW}")
            return WindowReading()
        if not start and (end is None or end >= DAY_S - 60):
            return WindowReading()
        return WindowReading((TimeWindow(start, end),))

    def _whole_window_in_one_side(
        self, row: SheetRow, start_field: str, end_field: str
    ) -> WindowReading | None:
        """Some people write "9-12" into From and leave To empty."""
        if row.has(start_field) == row.has(end_field):
            return None
        value = row.raw(start_field if row.has(start_field) else end_field)
        if not isinstance(value, str):
            return None
        try:
            reading = parse_windows(value)
        except UnreadableValueError:
            return None
        return reading if reading.windows or reading.urgent else None


def _rank(value: CellValue) -> int | None:
    """A priority given as a number from 0 to 10."""
    text = as_code(value)
    return int(text) if text.isdecimal() and int(text) <= 10 else None


def _end_time(value: CellValue) -> int | None:
    return parse_time(value, as_end=True)


def _window_cell(value: CellValue) -> WindowReading:
    if isinstance(value, str):
        return parse_windows(value)
    raise UnreadableValueError("it names one time, not a period")


def _read_name(row: SheetRow) -> tuple[str, list[str]]:
    """The name on the door, and what goes into the notes because the name has no room for it."""
    person = " ".join(part for part in (row.text("first_name"), row.text("last_name")) if part)
    name, contact = row.text("name"), row.text("contact")
    name = " ".join(name.split())
    if not name:
        return (person or contact), ([f"Contact: {contact}"] if person and contact else [])
    if person and person.casefold() not in name.casefold():
        name = f"{name}, {person}"
    extra = [f"Contact: {contact}"] if contact and contact.casefold() != name.casefold() else []
    return name, extra
