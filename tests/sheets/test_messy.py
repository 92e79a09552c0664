"""Sixty made-up messy sheets with known truth: no row lost, no cell wrong in silence."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import time
from typing import Any

import pytest

from lastmile_desktop.model import Order, TimeWindow

FIELDS = [
    "id",
    "name",
    "street",
    "zip",
    "town",
    "lat",
    "lon",
    "window",
    "from",
    "to",
    "qty",
    "kg",
    "service",
    "phone",
    "notes",
]
HEADINGS = {
    "en": "Order no.|Customer|Street|ZIP|City|Latitude|Longitude|Time window|Earliest|Latest|Boxes"
    "|Weight (kg)|Service (min)|Phone|Notes",
    "de": "Auftragsnr.|Kunde|Straße|PLZ|Ort|Breitengrad|Längengrad|Zeitfenster|Von|Bis|Kisten"
    "|Gewicht kg|Standzeit (Min)|Telefon|Bemerkung",
    "fr": "N° commande|Destinataire|Rue|Code postal|Ville|Latitude|Longitude|Créneau|De|Jusqu'à|Colis"
    "|Poids|Durée (min)|Téléphone|Commentaire",
    "nl": "Bestelnummer|Klant|Straat|Postcode|Plaats|Breedtegraad|Lengtegraad|Tijdvak|Vanaf|Tot|Aantal"
    "|Gewicht|Lostijd|Telefoon|Opmerkingen",
}
BAD_WINDOWS = ("after lunch maybe", "tbc", "12:00-9:00", "1-3", "call first")
BAD_AMOUNTS = ("many", "3-4", "50 %", "a few", -3)
STREETS = ("Ringstraße", "Old Mill Lane", "Rue de l'Église", "Kerkweg", "Ulica Długa", "الشارع", "花园路")


@dataclass
class Truth:
    """What an importer must make of one row."""

    row: int
    id: str
    quantity: int
    weight_g: int | None
    windows: tuple[TimeWindow, ...]
    lat: float | None
    attention: set[str] = field(default_factory=set)


class MessySheet:
    """Builds the rows of one sheet and remembers the truth."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        language = self.chance.choice(sorted(HEADINGS))
        self.headings = dict(zip(FIELDS, HEADINGS[language].split("|"), strict=True))
        self.fields = [name for name in self.headings if name not in ("from", "to", "window")]
        self.pair = self.chance.random() < 0.5
        self.fields += ["from", "to"] if self.pair else ["window"]
        if self.chance.random() < 0.5:
            self.chance.shuffle(self.fields)
        self.indent = self.chance.choice((0, 0, 1, 2))
        self.rows: list[list[Any]] = []
        self.truth: list[Truth] = []
        self._build()

    def _add(self, cells: list[Any]) -> int:
        self.rows.append([None] * self.indent + cells)
        return len(self.rows)

    def _decorated(self, heading: str) -> str:
        return self.chance.choice(
            (heading, heading.upper(), f" {heading} ", f"{heading}*", heading.replace(" ", "\u00a0"))
        )

    def _build(self) -> None:
        for title in self.chance.choice(
            ([], ["Bakery Sunrise"], ["Bakery Sunrise", "Deliveries of the day", None])
        ):
            self._add([title])
        self._add([self._decorated(self.headings[name]) for name in self.fields])
        for number in range(self.chance.randint(8, 20)):
            self._order(number)
            noise = self.chance.random()
            if noise < 0.08:
                self._add([])
            elif noise < 0.12:
                self._add([self.headings[name] for name in self.fields])
        if self.chance.random() < 0.7:
            self._total()

    def _total(self) -> None:
        cells: list[Any] = [None] * len(self.fields)
        cells[self.fields.index("name")] = self.chance.choice(("Total", "Summe:", "Totaal", "TOTAL"))
        cells[self.fields.index("qty")] = 99
        self._add(cells)

    def _order(self, number: int) -> None:
        chance = self.chance
        truth = Truth(0, f"A-{100 + number}", 1000, None, (), None)
        cells: dict[str, Any] = {
            "id": truth.id,
            "name": chance.choice(("Ann Lee", "Zoë O'Neil ", "Łukasz Żak", "+cmd|x", "<b>Bob</b>")),
            "street": f"{chance.choice(STREETS)} {number + 1}",
            "zip": f"0{1300 + number}",
            "town": "Anytown",
            "phone": f"0{301234500 + number}",
            "notes": chance.choice((None, "Ring twice", "Total is paid")),
            "service": chance.choice((None, 5, "5 min", "0:05", time(0, 5))),
        }
        self._position(cells, truth, number)
        self._amounts(cells, truth)
        self._window(cells, truth)
        truth.row = self._add([cells.get(name) for name in self.fields])
        self.truth.append(truth)

    def _position(self, cells: dict[str, Any], truth: Truth, number: int) -> None:
        lat, lon = round(51.02 + number / 1000, 6), round(13.71 + number / 700, 6)
        kind = self.chance.choice(("good", "good", "good", "text", "none", "zero", "half"))
        if kind in ("good", "text"):
            truth.lat = lat
            cells["lat"], cells["lon"] = (
                (lat, lon) if kind == "good" else (f"{lat}".replace(".", ","), f"{lon}".replace(".", ","))
            )
        elif kind == "zero":
            cells["lat"], cells["lon"] = 0, 0
            truth.attention.add("bad_coords")
        elif kind == "half":
            cells["lat"] = lat
            truth.attention.add("bad_coords")

    def _amounts(self, cells: dict[str, Any], truth: Truth) -> None:
        chance = self.chance
        quantity, grams = chance.randint(1, 40), chance.randint(1, 400) * 100
        if chance.random() < 0.12:
            cells["qty"] = chance.choice(BAD_AMOUNTS)
            truth.attention.add("bad_number")
        else:
            truth.quantity = quantity * 1000
            cells["qty"] = chance.choice((quantity, str(quantity), f"{quantity} x", float(quantity)))
        truth.weight_g = grams
        kilos = grams / 1000
        cells["kg"] = chance.choice(
            (kilos, f"{kilos:.1f} kg", f"{kilos:.1f}".replace(".", ","), f"{grams} g")
        )

    def _window(self, cells: dict[str, Any], truth: Truth) -> None:
        chance = self.chance
        if chance.random() < 0.3:
            return
        start, end = chance.randint(6, 11), chance.randint(12, 20)
        if chance.random() < 0.15:
            cells["from" if self.pair else "window"] = chance.choice(BAD_WINDOWS)
            truth.attention.add("bad_time")
            return
        truth.windows = (TimeWindow(start * 3600, end * 3600),)
        if self.pair:
            cells["from"] = chance.choice(
                (time(start), f"{start}:00", f"{start:02d}.00", start, start * 100, start / 24)
            )
            cells["to"] = chance.choice((time(end), f"{end}:00", f"{end} Uhr", end, end * 100))
        else:
            form = chance.choice(
                (
                    "{0}-{1}",
                    "{0}:00 - {1}:00",
                    "von {0} bis {1} Uhr",
                    "{0}h\u2013{1}h",
                    "{0:02d}00-{1}00",
                    "{0} to {1}",
                )
            )
            cells["window"] = form.format(start, end)


def _check(order: Order, truth: Truth, told: set[str]) -> None:
    assert order.id == truth.id
    assert order.quantity_milli == truth.quantity
    assert order.weight_g == truth.weight_g
    assert order.windows == truth.windows
    assert (order.location.lat if order.location else None) == truth.lat
    assert "Anytown" in order.address
    assert order.service_s == 300
    assert order.phone.startswith("0")
    assert order.attention == bool(truth.attention)
    assert told == truth.attention


@pytest.mark.parametrize("seed", range(60))
def test_messy_sheet(seed: int, workbook, read) -> None:
    """Every order comes out as meant, every doubtful cell is pointed out, every other line is counted."""
    sheet = MessySheet(seed)
    report = read(workbook({"Orders": sheet.rows}))
    assert report.ok, report.message
    assert [order.source.row for order in report.orders] == [truth.row for truth in sheet.truth]
    for order, truth in zip(report.orders, sheet.truth, strict=True):
        told = {p.category for p in report.problems if p.row == truth.row and p.severity.value == "attention"}
        _check(order, truth, told)
    last_filled = max(i for i, row in enumerate(sheet.rows, start=1) if any(cell is not None for cell in row))
    assert len(report.orders) + report.skipped_lines == last_filled
