"""A made-up region's order sheet of any size, always the same: for speed and memory."""

from __future__ import annotations

import random
from pathlib import Path

import xlsxwriter

_TOWNS = [
    ("Norderby", 55.40, 10.38, 0.012),
    ("Aaholm", 55.36, 10.44, 0.010),
    ("Skovlund", 55.43, 10.30, 0.009),
    ("Vesterport", 55.35, 10.29, 0.011),
    ("Havnsted", 55.46, 10.45, 0.008),
    ("Engdal", 55.31, 10.40, 0.007),
]
_WINDOWS = [("", "")] * 60 + [("08:00", "13:00")] * 16 + [("13:00", "18:00")] * 16 + [("10:00", "12:00")] * 8


def write_region_sheet(path: Path, orders: int = 2000, vehicles: int = 22, seed: int = 7) -> None:
    """Write a workbook with sheets Orders, Vehicles and Depot."""
    dice = random.Random(seed)
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        _orders_sheet(book.add_worksheet("Orders"), orders, dice)
        sheet = book.add_worksheet("Vehicles")
        sheet.write_row(0, 0, ["Vehicle", "Capacity (parcels)", "Max weight (kg)", "Start", "End"])
        for number in range(1, vehicles + 1):
            capacity = round(1.54 * orders / vehicles)
            sheet.write_row(number, 0, [f"V{number:02d}", capacity, 900, "08:00", "18:00"])
        depot = book.add_worksheet("Depot")
        depot.write_row(0, 0, ["Name", "Address", "Latitude", "Longitude"])
        depot.write_row(1, 0, ["Hub", "Ringvej 1, Norderby", 55.395, 10.388])


def _orders_sheet(sheet: xlsxwriter.worksheet.Worksheet, orders: int, dice: random.Random) -> None:
    sheet.write_row(
        0,
        0,
        ["OrderID", "Customer", "Street", "Town", "Lat", "Lng", "TW start", "TW end", "Parcels", "Kg",
         "Stop minutes", "Phone"],
    )  # fmt: skip
    for number in range(orders):
        town, lat, lon, spread = dice.choice(_TOWNS)
        opens, closes = dice.choice(_WINDOWS)
        parcels = dice.choices([1, 2, 3], [75, 18, 7])[0]
        sheet.write_row(
            number + 1,
            0,
            [
                f"R{100001 + number}",
                f"Customer {number + 1}",
                f"Gade {dice.randint(1, 240)}",
                town,
                round(lat + max(-2.0, min(2.0, dice.gauss(0, 1))) * spread, 6),
                round(lon + max(-2.0, min(2.0, dice.gauss(0, 1))) * spread * 1.6, 6),
                opens,
                closes,
                parcels,
                round(parcels * dice.uniform(0.5, 9), 1),
                2,
                f"00 00 {number // 100:02d} {number % 100:02d}",
            ],
        )
