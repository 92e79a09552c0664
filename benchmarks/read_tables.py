"""Files that are plain tables: Solomon and Gehring-Homberger, Li and Lim; and parcel days in JSON."""

from __future__ import annotations

import json
import math
from pathlib import Path

from benchmarks.instances import Instance, InstanceError
from benchmarks.read_vrplib import read_vrplib

#: Vans for a parcel day above those that the load needs.
_SPARE_VANS = 5


def read_instance(path: Path) -> Instance:
    """Parse a file of any known form. Raises InstanceError, in words for the user, or OSError."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("{"):
        instance = _read_parcels(text)
    elif "_SECTION" in text.upper():
        instance = read_vrplib(text)
    else:
        instance = _read_table(text)
    instance.name = instance.name or path.stem
    _check(instance)
    return instance


def _check(instance: Instance) -> None:
    """What no file may hold."""
    if not instance.customers:
        raise InstanceError("there is no customer")
    if not instance.capacity:
        raise InstanceError("there is no vehicle")
    amounts = [*instance.capacity, *instance.service, *instance.backhaul]
    if min(amounts) < 0 or (min(instance.demand) < 0 and not instance.partner):
        raise InstanceError("a demand, capacity or service time is negative")


def _numeric_rows(text: str) -> list[list[float]]:
    rows = []
    for line in text.splitlines():
        try:
            row = [float(word) for word in line.replace(",", " ").split()]
        except ValueError:
            continue
        if row and all(math.isfinite(value) for value in row):
            rows.append(row)
    return rows


def _read_table(text: str) -> Instance:
    rows = _numeric_rows(text)
    if rows and len(rows[0]) == 3 and len(rows) > 1 and len(rows[1]) == 9:
        return _read_li_lim(rows)
    return _read_solomon(text, rows)


def _read_solomon(text: str, rows: list[list[float]]) -> Instance:
    fleet = next((row for row in rows if len(row) == 2), None)
    stops = [row for row in rows if len(row) == 7]
    if fleet is None or not stops:
        raise InstanceError("neither sections nor a table of customers were found")
    stops.sort(key=lambda row: row[0] != 0)  # the depot is number 0, or the first
    numbers = [int(row[0]) for row in stops]
    if len(set(numbers)) != len(numbers):
        raise InstanceError("a customer's number stands there twice")
    count = int(fleet[0])
    name = next(line.split()[0] for line in text.splitlines() if line.strip())
    return Instance(
        name="" if name.upper() in ("VEHICLE", "CUSTOMER") or name[0].isdigit() else name,
        kind="VRPTW",
        xy=[(row[1], row[2]) for row in stops],
        demand=[row[3] for row in stops],
        capacity=[fleet[1]] * count,
        vehicle_depot=[0] * count,
        depots=[0],
        unit_cost=[1.0] * count,
        service=[row[6] for row in stops],
        windows=[(row[4], row[5]) for row in stops],
        number=numbers,
    )


def _read_li_lim(rows: list[list[float]]) -> Instance:
    """Vehicles, capacity, speed; then number, x, y, demand, window, service, pickup, delivery of stops."""
    count, capacity = int(rows[0][0]), rows[0][1]
    stops = [row for row in rows[1:] if len(row) == 9]
    numbers = [int(row[0]) for row in stops]
    node = {number: index for index, number in enumerate(numbers)}
    partner = {node[int(row[0])]: node[int(row[8])] for row in stops if row[8] > 0 and int(row[8]) in node}
    return Instance(
        name="",
        kind="PDPTW",
        xy=[(row[1], row[2]) for row in stops],
        demand=[row[3] for row in stops],
        capacity=[capacity] * count,
        vehicle_depot=[0] * count,
        depots=[0],
        unit_cost=[1.0] * count,
        service=[row[6] for row in stops],
        windows=[(row[4], row[5]) for row in stops],
        partner=partner,
        number=numbers,
    )


def _read_parcels(text: str) -> Instance:
    """A day of the loggibud set: positions in degrees, one size a parcel, vans for the load and five more."""
    try:
        day = json.loads(text)
        points = [day["origin"], *(delivery["point"] for delivery in day["deliveries"])]
        sizes = [0.0, *(float(delivery["size"]) for delivery in day["deliveries"])]
        capacity = float(day["vehicle_capacity"])
        xy = [(float(point["lng"]), float(point["lat"])) for point in points]
    except (ValueError, KeyError, TypeError) as error:
        raise InstanceError(f"no day of parcels ({error})") from None
    vans = math.ceil(sum(sizes) / capacity) + _SPARE_VANS
    return Instance(
        name=str(day.get("name", "")),
        kind="PARCELS",
        xy=xy,
        demand=sizes,
        capacity=[capacity] * vans,
        vehicle_depot=[0] * vans,
        depots=[0],
        unit_cost=[1.0] * vans,
        metric="ROAD",
    )
