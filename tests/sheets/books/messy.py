"""A generator of realistic messy order sheets whose truth is known cell by cell."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lastmile_desktop.model import TimeWindow
from tests.sheets.books import messy_words as words

DAY = date(2026, 11, 23)
Cells = dict[str, Any]


@dataclass
class Truth:
    """What an importer must make of one order. ``attention`` are the categories that must be told."""

    sheet: str
    row: int
    id: str
    name: str
    address: tuple[str, ...]
    quantity_milli: int = 1000
    weight_g: int | None = None
    windows: tuple[TimeWindow, ...] = ()
    lat: float | None = None
    lon: float | None = None
    service_s: int = 300
    phone: str = ""
    notes: str = ""
    date: date | None = None
    attention: set[str] = field(default_factory=set)


class MessySheet:
    """One made-up file: ``sheets`` (name -> rows) and the ``truth`` of every order in it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(f"messy {seed}")
        self.language = self.chance.choice(sorted(words.HEADINGS))
        self.spoken = self.language if self.language not in words.UNPROMISED else "en"
        self.sheets: dict[str, list[list[Any]]] = {}
        self.truth: list[Truth] = []
        self.form = self.chance.choice(("xlsx", "xlsx", "xlsx", "csv;", "csv,", "csv\t"))
        self.is_promised = self.language not in words.UNPROMISED
        self._choose_columns()
        several = self.form == "xlsx" and self.chance.random() < 0.15
        names = (
            ["Tour 1", "Tour 2", "Tour 3"] if several else [self.chance.choice(("Orders", "Tabelle1", "A"))]
        )
        self._number = 100
        for name in names:
            self._build(name)
        if self.form == "xlsx" and self.chance.random() < 0.3:
            self.sheets["Legend"] = [["red = urgent"], ["blue = cooling"]]

    @property
    def _rows(self) -> list[list[Any]]:
        return self.sheets[self._name]

    def _choose_columns(self) -> None:
        chance = self.chance
        variants = dict(zip(words.FIELDS, words.HEADINGS[self.language].split("|"), strict=True))
        self.headings = {name: chance.choice(text.split("/")) for name, text in variants.items()}
        fields = ["id", "name", "street", "number", "zip", "town"]
        if chance.random() < 0.3:
            fields.remove("number")
        fields += ["lat", "lon"] if chance.random() < 0.5 else []
        self.pair = chance.random() < 0.5
        fields += ["from", "to"] if self.pair else ["window"]
        fields += [
            name for name in ("quantity", "weight", "service", "phone", "notes") if chance.random() < 0.75
        ]
        fields += ["date"] if chance.random() < 0.25 else []
        if chance.random() < 0.3:
            tail = fields[6:]
            chance.shuffle(tail)
            fields[6:] = tail
        self.decoys = [
            (heading, value)
            for heading, value in zip(words.DECOYS[self.spoken], words.DECOY_VALUES, strict=True)
            if chance.random() < 0.2
        ]
        self.fields = fields
        self.indent = chance.choice((0, 0, 0, 1, 2))
        self.has_quantity = "quantity" in fields

    def _add(self, cells: Sequence[Any]) -> int:
        self._rows.append([None] * self.indent + list(cells))
        return len(self._rows)

    def _decorated(self, heading: str) -> str:
        if self.chance.random() < 0.6:
            return heading
        forms = (
            heading.upper(),
            f" {heading} ",
            f"{heading}*",
            f"{heading}:",
            heading.replace(" ", "\u00a0"),
        )
        return self.chance.choice(forms)

    def _build(self, name: str) -> None:
        self._name = name
        self.sheets[name] = []
        chance = self.chance
        if chance.random() < 0.5:
            titles: list[list[Any]] = [["Sunrise Foods"], [f"Deliveries {DAY:%d.%m.%Y}"], []]
            for title in titles[: chance.randint(1, 3)]:
                self._add(title)
        plain = [*(self.headings[name] for name in self.fields), *(heading for heading, _ in self.decoys)]
        self._add([self._decorated(heading) for heading in plain])
        sections = self.is_promised and chance.random() < 0.25
        for count in range(chance.randint(5, 14)):
            if sections and count % 5 == 0:
                self._add([chance.choice(words.SECTIONS[self.spoken]).format(n=count)])
            self._order()
            noise = chance.random()
            if noise < 0.06:
                self._add([])
            elif noise < 0.10:
                self._add(plain)
            elif noise < 0.12 and self.is_promised:
                self._sum()
        if self.is_promised and chance.random() < 0.6:
            self._sum()
        if chance.random() < 0.2:
            self._add([])
            self._add([None, "Please call the depot when done"])

    def _sum(self) -> None:
        cells: list[Any] = [None] * len(self.fields)
        cells[self.chance.choice((0, 1))] = self.chance.choice(words.SUMS[self.spoken])
        if self.has_quantity:
            cells[self.fields.index("quantity")] = 99
        self._add(cells)

    def _order(self) -> None:
        chance = self.chance
        self._number += 1
        street, number = chance.choice(words.STREETS[self.spoken]), str(chance.randint(1, 98))
        postcode, town = f"0{1000 + self._number}", chance.choice(words.TOWNS)
        truth = Truth(
            self._name, 0, f"A-{self._number}", chance.choice(words.NAMES), (street, number, postcode, town)
        )
        cells: Cells = {"id": truth.id, "name": truth.name, "zip": postcode, "town": town}
        cells["street"] = street if "number" in self.fields else f"{street} {number}"
        cells["number"] = number if chance.random() < 0.5 else int(number)
        for fill in (self._position, self._amounts, self._service, self._window, self._texts):
            fill(cells, truth)
        row = [cells.get(name) for name in self.fields]
        row += [value.format(n=self._number, d=chance.randint(1, 9)) for _, value in self.decoys]
        truth.row = self._add(row)
        self.truth.append(truth)

    def _position(self, cells: Cells, truth: Truth) -> None:
        if "lat" not in self.fields:
            return
        lat, lon = round(51.02 + self._number / 1000, 6), round(13.71 + self._number / 700, 6)
        kind = self.chance.choice(("good", "good", "good", "good", "text", "none", "zero", "half"))
        if kind in ("good", "text"):
            truth.lat, truth.lon = lat, lon
            as_text = kind == "text"
            cells["lat"] = f"{lat}".replace(".", ",") if as_text else lat
            cells["lon"] = f"{lon}".replace(".", ",") if as_text else lon
        elif kind == "zero":
            cells["lat"], cells["lon"] = 0, 0
            truth.attention.add("bad_coords")
        elif kind == "half":
            cells["lat"] = lat
            truth.attention.add("bad_coords")

    def _amounts(self, cells: Cells, truth: Truth) -> None:
        chance = self.chance
        if self.has_quantity:
            pieces = chance.randint(1, 40)
            if chance.random() < 0.06:
                cells["quantity"] = chance.choice(words.BAD_AMOUNTS)
                truth.attention.add("bad_number")
            else:
                truth.quantity_milli = pieces * 1000
                cells["quantity"] = chance.choice((pieces, pieces, str(pieces), f"{pieces} x", float(pieces)))
        if "weight" in self.fields:
            grams = chance.randint(1, 400) * 100
            kilos = grams / 1000
            truth.weight_g = grams
            comma = f"{kilos:.1f}".replace(".", ",")
            cells["weight"] = chance.choice((kilos, f"{kilos:.1f} kg", comma, f"{comma} kg", f"{grams} g"))

    def _service(self, cells: Cells, truth: Truth) -> None:
        if "service" not in self.fields or self.chance.random() < 0.2:
            return
        minutes = self.chance.randint(2, 45)
        truth.service_s = minutes * 60
        forms = (minutes, minutes, f"{minutes} min", f"0:{minutes:02d}", time(0, minutes), f"{minutes}'")
        cells["service"] = self.chance.choice(forms)

    def _window(self, cells: Cells, truth: Truth) -> None:
        chance = self.chance
        if chance.random() < 0.3:
            return
        start, end = chance.randint(6, 11), chance.randint(13, 20)
        if chance.random() < 0.06:
            cells["from" if self.pair else "window"] = chance.choice(words.BAD_WINDOWS)
            truth.attention.add("bad_time")
        elif self.pair:
            self._two_cells(cells, truth, start, end)
        elif chance.random() < 0.2:
            text, is_start = chance.choice(words.OPEN_ENDS[self.spoken])
            cells["window"] = text.format(a=end)
            truth.windows = (TimeWindow(end * 3600, None) if is_start else TimeWindow(None, end * 3600),)
        else:
            text = chance.choice((*words.PERIODS, *words.PERIODS_OF[self.spoken]))
            cells["window"] = text.format(a=start, b=end)
            truth.windows = (TimeWindow(start * 3600, end * 3600),)

    def _two_cells(self, cells: Cells, truth: Truth, start: int, end: int) -> None:
        chance = self.chance
        sides = chance.choice(("both", "both", "both", "from", "to"))
        if sides != "to":
            cells["from"] = chance.choice(
                (time(start), f"{start}:00", f"{start:02d}:00", start * 100, self._fraction(start))
            )
        if sides != "from":
            cells["to"] = chance.choice((time(end), f"{end}:00", f"{end}.00", end * 100, self._fraction(end)))
        truth.windows = (
            TimeWindow(
                start * 3600 if sides != "to" else None,
                end * 3600 if sides != "from" else None,
            ),
        )

    def _fraction(self, hour: int) -> Any:
        """An Excel time that lost its format; a text file holds what Excel showed."""
        return hour / 24 if self.form == "xlsx" else f"{hour}:00"

    def _texts(self, cells: Cells, truth: Truth) -> None:
        chance = self.chance
        if "phone" in self.fields:
            truth.phone = chance.choice((f"030 123{self._number}", f"+49 171 555{self._number}"))
            cells["phone"] = truth.phone
        if "notes" in self.fields and chance.random() < 0.5:
            truth.notes = cells["notes"] = chance.choice(words.NOTES)
        if "date" in self.fields:
            truth.date = DAY
            cells["date"] = chance.choice((datetime(2026, 11, 23), "2026-11-23", "23.11.2026"))

    def write(self, folder: Path) -> Path:
        """Write the file and give its path."""
        if self.form == "xlsx":
            return self._write_workbook(folder / "orders.xlsx")
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.form[3:], lineterminator="\r\n")
        for row in next(iter(self.sheets.values())):
            writer.writerow([_typed(value) for value in row])
        encoding = self.chance.choice(("utf-8", "utf-8-sig", "utf-16"))
        path = folder / "orders.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    def _write_workbook(self, path: Path) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    @property
    def header_row(self) -> int:
        """The heading's line in the first sheet: the first that names the order number."""
        wanted = self.headings["id"].casefold()
        rows = next(iter(self.sheets.values()))
        return next(
            number
            for number, row in enumerate(rows, start=1)
            if any(
                isinstance(cell, str)
                and cell.casefold().replace("\u00a0", " ").strip(" *:") == wanted.strip(" *:")
                for cell in row
            )
        )


def _typed(value: Any) -> str:
    """A cell as Excel writes it into a text file."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)
