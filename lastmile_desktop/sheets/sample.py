"""The bundled sample day and the empty template, written as workbooks when they are asked for.

Everything in the sample is made up: the firm, the town, the people. The same bytes come out every time.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from lastmile_desktop.sheets.sample_addresses import ADDRESSES, DEPOT
from lastmile_desktop.system.atomic import replaced_file

SAMPLE_ORDERS = 60
_SEED = 7
_WRITTEN_ON = datetime(2026, 1, 1)

_ORDER_HEADINGS = (
    "Order no",
    "Customer",
    "Address",
    "Postcode",
    "Town",
    "Latitude",
    "Longitude",
    "Window 1 from",
    "Window 1 to",
    "Window 2 from",
    "Window 2 to",
    "Crates",
    "Weight (kg)",
    "Service (min)",
    "Phone",
    "Notes",
    "Skills",
    "Priority",
)
_VEHICLE_HEADINGS = (
    "Vehicle",
    "Driver",
    "Capacity (crates)",
    "Max weight (kg)",
    "Shift start",
    "Shift end",
    "Break (min)",
    "Break from",
    "Break to",
    "Skills",
    "Cost per day",
    "Cost per km",
    "Cost per hour",
    "Max stops",
    "Max km",
)
_DEPOT_HEADINGS = ("Name", "Address", "Latitude", "Longitude", "Open from", "Open until")

_CUSTOMERS = (
    "Café Zeitlos",
    "Hotel zur Linde",
    "Kita Sonnenblume",
    "Grundschule Am Anger",
    "Pension Waldblick",
    "Kantine Stadtwerke",
    "Seniorenheim Haus Abendfrieden",
    "Hofladen Ritter",
    "Imbiss am Bahnhof",
    "Gasthof Goldener Hirsch",
    "Familie Brandl",
    "Büro Nordlicht",
    "Feinkost Sommer",
    "Kawiarnia Żółta Łódka",
    "Ταβέρνα Ελιά",
    "مقهى الياسمين",
    "茉莉花茶馆",
    "Tankstelle Kern",
    "Klinik am Park",
    "Reiterhof Weidengrund",
)
_FIRST_NAMES = (
    "Anna",
    "Bogdan",
    "Carla",
    "Deniz",
    "Emil",
    "Frieda",
    "Goran",
    "Hanna",
    "Ivo",
    "Julia",
    "Kofi",
    "Lena",
)
_LAST_NAMES = ("Achter", "Bäumler", "Çelik", "Dorn", "Eichner", "Fiedler", "Grzyb", "Huber", "Ilić", "Jost")
_NOTES = (
    "Side door",
    "Ring twice",
    "Key in the box by the gate",
    "Leave crates in the kitchen",
    "Call 10 min before",
)
_WINDOWS = (
    (time(6, 0), time(8, 0)),
    (time(6, 30), time(7, 30)),
    (time(7, 0), time(9, 0)),
    (None, time(8, 30)),
    (time(9, 0), time(11, 30)),
    (time(10, 0), None),
)
_VANS = (
    (
        "Van 1",
        "Jana",
        60,
        480,
        time(5, 30),
        time(13, 30),
        30,
        time(8, 30),
        time(11, 0),
        "cooling",
        45,
        0.32,
        21,
        24,
        160,
    ),
    (
        "Van 2",
        "Milan",
        60,
        480,
        time(5, 30),
        time(13, 30),
        30,
        time(8, 30),
        time(11, 0),
        "",
        45,
        0.32,
        21,
        24,
        160,
    ),
    (
        "Van 3",
        "Ebru",
        60,
        480,
        time(6, 0),
        time(14, 0),
        30,
        time(9, 0),
        time(11, 30),
        "tail-lift",
        45,
        0.32,
        21,
        24,
        160,
    ),
    (
        "Van 4",
        "Piotr",
        45,
        360,
        time(6, 0),
        time(14, 0),
        30,
        time(9, 0),
        time(11, 30),
        "cooling",
        40,
        0.29,
        21,
        24,
        160,
    ),
    (
        "Cargo bike",
        "Noa",
        12,
        80,
        time(6, 30),
        time(12, 30),
        20,
        time(9, 0),
        time(10, 30),
        "",
        10,
        0.05,
        19,
        16,
        45,
    ),
)
_DEPOT = ("Morgenrot Bakery", *DEPOT, time(4, 30), time(18, 0))

_HEADING_LOOK = {"bold": True, "bg_color": "#E8EDF3", "bottom": 1, "text_wrap": True, "valign": "top"}

_TEMPLATE_ORDER = (
    "1001",
    "Example customer",
    "1 Example Street",
    "12345",
    "Exampletown",
    49.6215,
    10.351,
    time(9, 0),
    time(12, 0),
    None,
    None,
    2,
    8.5,
    5,
    "01234 567890",
    "Replace this row by your own orders",
    "",
    "normal",
)
_TEMPLATE_VEHICLE = (
    "Van 1",
    "Alex",
    60,
    480,
    time(8, 0),
    time(17, 0),
    30,
    time(12, 0),
    time(14, 0),
    "",
    45,
    0.3,
    20,
    30,
    200,
)
_TEMPLATE_DEPOT = (
    "Warehouse",
    "2 Example Street, 12345 Exampletown",
    49.6198,
    10.3462,
    time(7, 0),
    time(19, 0),
)


def write_sample_workbook(path: Path) -> None:
    """Write the sample day of a made-up bakery: 60 orders, 4 vans, a cargo bike, a depot. Raises OSError."""
    sheets = (
        ("Orders", _ORDER_HEADINGS, _sample_orders()),
        ("Vehicles", _VEHICLE_HEADINGS, _VANS),
        ("Depot", _DEPOT_HEADINGS, [_DEPOT]),
    )
    _write(path, "Morgenrot Bakery: a sample day (all names are made up)", sheets)


def write_template_workbook(path: Path) -> None:
    """Write a workbook with the right headings and one example row each. Raises OSError."""
    sheets = (
        ("Orders", _ORDER_HEADINGS, [_TEMPLATE_ORDER]),
        ("Vehicles", _VEHICLE_HEADINGS, [_TEMPLATE_VEHICLE]),
        ("Depot", _DEPOT_HEADINGS, [_TEMPLATE_DEPOT]),
    )
    _write(path, "Order sheet template", sheets)


def _sample_orders() -> list[tuple[object, ...]]:
    chance = random.Random(_SEED)
    orders: list[tuple[object, ...]] = []
    for number in range(SAMPLE_ORDERS):
        street, postcode, town, lat, lon = ADDRESSES[number]
        window: tuple[object, object] = chance.choice(_WINDOWS) if chance.random() < 0.55 else (None, None)
        is_firm = number % 3 == 0
        crates = chance.choice((3, 4, 4, 5, 6, 8) if is_firm else (1, 1, 1, 2, 2, 3))
        person = f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {_LAST_NAMES[number * 7 % len(_LAST_NAMES)]}"
        customer = _CUSTOMERS[number // 3] if is_firm else person
        orders.append(
            (
                f"MR-{101 + number}",
                customer,
                street,
                postcode,
                town,
                lat,
                lon,
                *window,
                None,
                None,
                crates,
                round(crates * chance.uniform(5.0, 7.5), 1),
                3 + crates // 2,
                f"+49 000 00 {number:02d} {chance.randint(10, 99)}",
                chance.choice(_NOTES) if chance.random() < 0.3 else "",
                "cooling" if chance.random() < 0.1 else "",
                "high" if chance.random() < 0.08 else "normal",
            )
        )
    _add_special_cases(orders)
    return orders


def _add_special_cases(orders: list[tuple[object, ...]]) -> None:
    """What a first look should show: an order with two windows, and one that no vehicle can take."""
    window = _ORDER_HEADINGS.index("Window 1 from")
    _change(
        orders,
        8,
        {window: time(6, 0), window + 1: time(7, 30), window + 2: time(10, 0), window + 3: time(12, 0)},
    )
    _change(
        orders,
        33,
        {
            window: None,
            window + 1: None,
            _ORDER_HEADINGS.index("Skills"): "forklift",
            _ORDER_HEADINGS.index("Notes"): "Flour pallet, needs a forklift",
        },
    )


def _change(orders: list[tuple[object, ...]], index: int, values: dict[int, object]) -> None:
    row = list(orders[index])
    for column, value in values.items():
        row[column] = value
    orders[index] = tuple(row)


def _write(
    path: Path, title: str, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]]]]
) -> None:
    import xlsxwriter

    with replaced_file(path) as temporary:
        workbook = xlsxwriter.Workbook(
            str(temporary), {"strings_to_formulas": False, "strings_to_urls": False}
        )
        workbook.set_properties({"title": title, "created": _WRITTEN_ON})
        heading = workbook.add_format(_HEADING_LOOK)
        clock = workbook.add_format({"num_format": "hh:mm", "align": "center"})
        for name, headings, rows in sheets:
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, headings, heading)
            for column, text in enumerate(headings):
                sheet.set_column(column, column, _width(text, [row[column] for row in rows]))
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    _write_cell(sheet, number, column, value, clock)
            sheet.autofilter(0, 0, len(rows), len(headings) - 1)
        workbook.close()


def _width(heading: str, values: Sequence[object]) -> float:
    longest = max((len(str(value)) for value in values if isinstance(value, str)), default=0)
    return min(42.0, max(8.0, len(heading) * 0.75 + 2, longest + 2))


def _write_cell(sheet: Any, row: int, column: int, value: object, clock: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, time):
        sheet.write_datetime(row, column, value, clock)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)
