"""How well addresses are found in a region file: clean and dirtied lines, and streets that are not there.

``python -m benchmarks.geocoding REGION CSV [--sample N]``; the CSV has the columns housenumber, street, city,
state, postcode, lat, lon with the true positions. One JSON line per kind of dirt: the share of lines within
50 m, wrong by more than 500 m, unanswered, and lines per second of one core.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lastmile_desktop.addresses.index import AddressIndex, metres_between
from lastmile_desktop.addresses.search import find_address
from lastmile_desktop.model.placing import PlaceLevel
from lastmile_desktop.regions.street_names import street_name

_SHORT = {
    "Road": "Rd", "Street": "St", "Avenue": "Ave", "Drive": "Dr", "Court": "Ct", "Lane": "Ln",
    "Circle": "Cir", "Place": "Pl", "Boulevard": "Blvd", "Terrace": "Ter", "Parkway": "Pkwy",
    "North": "N", "South": "S", "East": "E", "West": "W", "Saint": "St", "Mount": "Mt", "Square": "Sq",
    "Highway": "Hwy", "Trail": "Trl",
}  # fmt: skip
_UNITS = ("Apt 3", "Unit B", "#5", "Ste 210", "Apt. 4C")
_INVENTED = (
    "Quillfeather",
    "Brambleshire",
    "Ostwaldstow",
    "Tamarindo",
    "Zephyrine",
    "Kestrelholt",
    "Vintonbrook",
)
_OTHER_KINDS = ("Road", "Court", "Lane", "Drive", "Avenue", "Circle", "Way", "Place")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HELD_OUT = 8


@dataclass(frozen=True)
class Line:
    """An address with its true position in degrees."""

    number: str
    street: str
    city: str
    state: str
    postcode: str
    lat: float
    lon: float

    @property
    def text(self) -> str:
        """The address as it is written down when nobody is in a hurry."""
        return f"{self.number} {self.street}, {self.city}, {self.state} {self.postcode}"


Dirt = Callable[[Line, random.Random], str]
Pairs = Sequence[tuple[Line, str]]


def abbreviated(text: str) -> str:
    """Every word that has a usual abbreviation, shortened."""
    return " ".join(_SHORT.get(word, word) for word in text.split())


def typo(text: str, chance: random.Random) -> str:
    """One mistake: a letter lost, doubled, exchanged with the next one, or hit beside."""
    places = [place for place, sign in enumerate(text) if sign.isalpha()]
    if not places:
        return text
    at, kind = chance.choice(places), chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + chance.choice(_LETTERS) + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
    return text[:at] + chance.choice(_LETTERS) + text[at + 1 :]


def _no_commas(line: Line, chance: random.Random) -> str:
    unit = chance.choice(_UNITS)
    plus_4 = chance.randint(1000, 9999)
    return f"{line.number} {line.street} {unit} {line.city} {line.state} {line.postcode}-{plus_4}"


def _without_kind(line: Line, _chance: random.Random) -> str:
    words = line.street.split()
    return replace(line, street=" ".join(words[:-1]) if len(words) > 1 else line.street).text


def _typo_anywhere(line: Line, chance: random.Random) -> str:
    return f"{line.number} " + typo(line.text.partition(" ")[2], chance)


DIRT: dict[str, Dirt] = {
    "as written": lambda line, _: line.text,
    "upper case and abbreviations": lambda line, _: replace(
        line, street=abbreviated(line.street)
    ).text.upper(),
    "lower case, abbreviations, no state": lambda line, _: (
        f"{line.number} {abbreviated(line.street)}, {line.city} {line.postcode}".lower()
    ),
    "no commas, unit, ZIP+4": _no_commas,
    "postcode first": lambda line, _: f"{line.postcode} {line.city}, {line.number} {line.street}",
    "number last": lambda line, _: f"{line.street} {line.number}, {line.postcode} {line.city}",
    "street and postcode only": lambda line, _: f"{line.number} {line.street}, {line.postcode}",
    "street and town only": lambda line, _: f"{line.number} {line.street}, {line.city}",
    "one typo in the street": lambda line, chance: replace(line, street=typo(line.street, chance)).text,
    "one typo anywhere": _typo_anywhere,
    "one typo, no postcode": lambda line, chance: (
        f"{line.number} {typo(line.street, chance)}, {line.city}, {line.state}"
    ),
    "one typo, abbreviated": lambda line, chance: (
        replace(line, street=typo(abbreviated(line.street), chance)).text
    ),
    "kind of street missing": _without_kind,
}


def read_lines(path: Path) -> list[Line]:
    """The addresses of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Line(
                row["housenumber"],
                row["street"],
                row["city"],
                row["state"],
                row["postcode"],
                float(row["lat"]),
                float(row["lon"]),
            )
            for row in csv.DictReader(stream)
        ]


def measure(name: str, pairs: Pairs, index: AddressIndex, shown: int, there: bool = True) -> None:
    """Print shares in percent of lines within 50 m, off by more than 500 m, unanswered; lines per CPU second.

    ``shown`` failures are printed; without ``there`` every answer is one.
    """
    near = wrong = houses = answered = 0
    failures: list[str] = []
    started = time.process_time()
    for line, text in pairs:
        answer = find_address(text, index)
        if answer.location is None:
            failures += [f"{text} -> {answer.reason}"] if there else []
            continue
        off = metres_between(line.lat, line.lon, answer.location.lat, answer.location.lon)
        answered += 1
        houses += answer.level is PlaceLevel.HOUSE
        near += off <= 50
        wrong += off > 500
        if off > 500 or not there:
            failures.insert(0, f"{off:,.0f} m off: {text} -> {answer.found} ({answer.level}, {answer.score})")
    spent = time.process_time() - started
    for failure in failures[:shown]:
        print("   ", failure)
    count = max(1, len(pairs))
    figures = {
        "dirt": name,
        "lines": len(pairs),
        "within_50_m": round(100 * near / count, 2),
        "wrong_500_m": round(100 * wrong / count, 2),
        "unanswered": round(100 * (count - answered) / count, 2),
        "house_level": round(100 * houses / count, 2),
        "lines_per_s": round(count / max(spent, 1e-9)),
    }
    print(json.dumps(figures), flush=True)


def without_some_streets(region: Path, folder: Path) -> tuple[Path, set[str]]:
    """A copy of the region that lacks one street name in eight, and the keys of those that it lacks."""
    copy = folder / "held-out.region"
    shutil.copyfile(region, copy)
    database = sqlite3.connect(copy)
    gone = [
        (number, key)
        for number, key in database.execute("SELECT id, key FROM street_name")
        if random.Random(key).randrange(_HELD_OUT) == 0
    ]
    for number, _ in gone:
        database.execute(
            "DELETE FROM house WHERE street_id IN (SELECT id FROM street WHERE name_id = ?)", (number,)
        )
        database.execute("DELETE FROM street WHERE name_id = ?", (number,))
        database.execute("DELETE FROM street_name WHERE id = ?", (number,))
    database.commit()
    database.close()
    return copy, {key for _, key in gone}


def invented(line: Line, chance: random.Random) -> str:
    """A line with a street that no map has."""
    return replace(line, street=f"{chance.choice(_INVENTED)} {line.street.split()[-1]}").text


def other_kinds(lines: Sequence[Line], index: AddressIndex, chance: random.Random) -> list[tuple[Line, str]]:
    """Real streets under another kind ("Oak Lane" for "Oak Road"), where the map has none of that name."""
    pairs = []
    for line in lines:
        words = line.street.split()
        other = chance.choice(_OTHER_KINDS)
        street = " ".join([*words[:-1], other])
        name = street_name(street)
        known = {(known.kind, known.side) for known in index.names_with_core(name.core)}
        if len(words) > 1 and known and (name.kind, name.side) not in known:
            pairs.append((line, replace(line, street=street).text))
    return pairs


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("region", type=Path)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="only so many lines")
    parser.add_argument("--worst", type=int, default=0, help="print so many failures of each kind")
    options = parser.parse_args(arguments)
    lines = read_lines(options.csv)
    if options.sample:
        lines = random.Random(1).sample(lines, min(options.sample, len(lines)))
    shown = options.worst
    with AddressIndex(options.region) as index:
        for name, dirt in DIRT.items():
            chance = random.Random(name)
            measure(name, [(line, dirt(line, chance)) for line in lines], index, shown)
        chance = random.Random(2)
        measure(
            "not there: invented", [(line, invented(line, chance)) for line in lines], index, shown, False
        )
        measure("not there: another kind", other_kinds(lines, index, chance), index, shown, False)
    with tempfile.TemporaryDirectory() as folder:
        copy, gone = without_some_streets(options.region, Path(folder))
        missing = [line for line in lines if street_name(line.street).key in gone]
        with AddressIndex(copy) as index:
            measure("not there: held out", [(line, line.text) for line in missing], index, shown, False)
            for name in ("one typo in the street", "one typo, no postcode", "kind of street missing"):
                chance = random.Random(3)
                pairs = [(line, DIRT[name](line, chance)) for line in missing]
                measure(f"not there: held out, {name}", pairs, index, shown, False)


if __name__ == "__main__":
    main()
