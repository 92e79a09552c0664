"""Rows of an order sheet -> orders, with everything that a person should look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lastmile_desktop.model import ImportOptions, Order, OrderKind, Priority, Severity, SourceCell, TimeWindow
from lastmile_desktop.sheets.grid import CellValue
from lastmile_desktop.sheets.order_amounts import (
    read_quantity,
    read_service,
    read_skip_price,
    read_volume,
    read_weight,
)
from lastmile_desktop.sheets.order_dates import DateReader, days_remark
from lastmile_desktop.sheets.order_windows import WindowReader
from lastmile_desktop.sheets.places import RawPosition, read_address, read_position, west_is_o
from lastmile_desktop.sheets.rows import SheetRow, Table
from lastmile_desktop.sheets.rule_cells import OrderRules, read_rules
from lastmile_desktop.sheets.values import choices
from lastmile_desktop.sheets.values.codes import has_lost_digits, parse_code
from lastmile_desktop.sheets.values.plain import as_code, as_text
from lastmile_desktop.sheets.values.windows import DayParts

_EMAIL = re.compile(r"([^\s<>;,:()\"]+@[^\s<>;,()\"]+\.[^\s<>;,()\"]+)")

#: What is assumed of an order whose sheet gives no service time.
SERVICE_ONLY = frozenset({"service_s"})


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

    @property
    def signature(self) -> tuple[str, ...]:
        """The texts of all cells: rows with the same ones are copies."""
        return tuple(as_text(value) for value in self.row.cells.values())

    @property
    def key(self) -> str:
        """The key of the order to be."""
        return f"{self.row.table.grid.name}!{self.row.number}"

    def _says_service(self) -> bool:
        columns = self.row.table.columns.get("service", ())
        return any(self.row.cells.get(column.number) not in (None, "") for column in columns)

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
            assumed=frozenset() if self._says_service() else SERVICE_ONLY,
        )


class OrderReader:
    """Reads the rows of one order sheet; holds what only the whole columns can tell.

    Of ``options`` the order of dates and the parts of the day count here.
    """

    def __init__(self, table: Table, options: ImportOptions) -> None:
        self.table = table
        self.dates = DateReader(table, options.date_order)
        self.times = WindowReader(table, self.dates.known_day, DayParts(*options.day_parts))
        self.west_is_o = west_is_o(table)
        priorities = self._values("priority")
        ranks = [rank for value in priorities if (rank := choices.priority_rank(value)) is not None]
        self.lowest_rank = max(ranks, default=3)
        self.ranks_were_guessed = bool(ranks)
        self.meaning_of_c = choices.meaning_of_c(priorities)
        countries = {as_text(value).casefold() for value in self._values("country")}
        self.with_country = len(countries) > 1

    def _values(self, name: str) -> list[CellValue]:
        columns = self.table.columns.get(name)
        if not columns:
            return []
        return list(self.table.grid.column_values(columns[0].number, self.table.header.last_row, limit=10**9))

    def remarks(self, drafts: Sequence[OrderDraft]) -> list[tuple[str, str, Severity]]:
        """Sentences about whole columns as (category, sentence, severity)."""
        found = self.dates.remarks()
        days = Counter(draft.delivery_date for draft in drafts if draft.delivery_date)
        several = days_remark(days, len(drafts) - days.total())
        if several:
            found.append(("several_days", several, Severity.INFO))
        if self.ranks_were_guessed:
            text = "Priority numbers are read with 1 as the most important."
            found.append(("priority_order", text, Severity.INFO))
        return found

    def read(self, row: SheetRow) -> OrderDraft:
        """Turn one row into a draft; never raises for what the row holds."""
        row.id = row.code("id")
        _read_code(row, "id", "order number")
        name, extra_notes = _read_name(row)
        day = self.dates.read(row)
        times = self.times.read(row, day)
        priority = self._read_priority(row)
        draft = OrderDraft(
            row=row,
            id=row.id or f"Row {row.number}",
            invented_id=not row.id,
            name=name,
            address=read_address(row, with_country=self.with_country),
            position=read_position(row, west_is_o=self.west_is_o),
            windows=times.windows,
            quantity_milli=read_quantity(row),
            weight_g=read_weight(row),
            volume_cm3=read_volume(row),
            service_s=read_service(row),
            phone=_read_code(row, "phone", "phone number"),
            email=_read_email(row),
            notes="",
            skills=choices.parse_skills(row.raw("skills") or ""),
            priority=Priority.HIGH if times.urgent and priority is Priority.NORMAL else priority,
            kind=row.parse("kind", choices.parse_kind, "bad_kind", "It is taken as a delivery.", "kind")
            or OrderKind.DELIVERY,
            delivery_date=day or times.day,
            skip_price_cents=read_skip_price(row),
            rules=read_rules(row),
            has_place_cells=any(row.has(name) for name in ("lat", "lon", "coordinates")),
        )
        notes = [*row.texts("notes"), *extra_notes, *(f"From the sheet: {text}" for text in row.kept_texts)]
        draft.notes = "\n".join(notes)
        return draft

    def _read_priority(self, row: SheetRow) -> Priority:
        found = row.parse(
            "priority",
            lambda value: choices.parse_priority(value, lowest_rank=self.lowest_rank, c_is=self.meaning_of_c),
            "bad_priority",
            "It is planned with normal priority.",
            "priority",
        )
        return found or Priority.NORMAL


def _read_code(row: SheetRow, field: str, what: str) -> str:
    """A number that is a name. What Excel has spoilt is kept as it stands and pointed out."""
    value = row.raw(field)
    if value is None:
        return ""
    text = as_code(value)
    if isinstance(value, str) and "+" not in value:
        return text
    if field == "id" and has_lost_digits(value):
        message = f"The {what} {text} has more digits than Excel keeps; the last ones may be lost."
        row.remark(field, "lost_digits", message)
    row.parse(field, parse_code, "lost_digits", "It is kept as it stands.", what)
    return text


def _read_email(row: SheetRow) -> str:
    """The e-mail address without what a link or an address book puts around it."""
    text = row.text("email")
    if not text:
        return ""
    found = _EMAIL.search(text)
    if found is None:
        row.remark("email", "bad_email", f"“{text[:60]}” is no e-mail address.")
        return text
    return found.group(1) if text.lower().startswith("mailto:") or "<" in text else text


def _read_name(row: SheetRow) -> tuple[str, list[str]]:
    """The name on the door, and what goes into the notes because the name has no room for it."""
    first, last = row.text("first_name"), row.text("last_name")
    person = " ".join(part for part in (first, last) if part)
    contact, company = " ".join(row.text("contact").split()), " ".join(row.text("company").split())
    name = " ".join(row.text("name").split())
    if name and last and not row.table.columns.get("first_name"):
        name, person = _with_last_name(name, last), ""  # "Nombre" beside "Apellidos" is a first name
    if not name:
        name, person = person or company or contact, ""
    if person and person.casefold() not in name.casefold():
        name = f"{name}, {person}"
    extra = [f"Contact: {contact}"] if contact and not _says(name, contact) else []
    extra += [f"Company: {company}"] if company and not _says(name, company) else []
    return name, extra


def _with_last_name(name: str, last: str) -> str:
    return name if last.casefold() in name.casefold() else f"{name} {last}"


def _says(name: str, other: str) -> bool:
    """True when the other name adds nothing: "Ann Ray (ann1)" beside "Ann Ray"."""
    return other.casefold() in name.casefold() or name.casefold() in other.casefold()
