"""The licences of what we ship: the table in docs/licences.md and the texts in the application folder.

`python packaging/licences.py`, inside .venv, writes the table anew.
"""

from __future__ import annotations

import json
import re
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
BEGIN, END = "<!-- table: written by packaging/licences.py -->\n", "<!-- end of table -->\n"
TEXT_NAME = re.compile(r"(^|/)(licen[cs]es?/|licen[cs]e|copying|notice)[^/]*", re.IGNORECASE)
TEXT_SUFFIXES = {"", ".txt", ".md", ".rst"}
NOT_SHIPPED = {"pandas", "python-dateutil", "tzdata"}  # asked for by OR-Tools, left out by build.spec
EVERYWHERE = {"extra": "", "sys_platform": "linux", "platform_system": "Linux"}  # one table for all systems

# Longer than a name in their metadata, or not in a field that a program can read.
KNOWN = {
    "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0": "BSD-3-Clause and others as permissive",
    "LGPL": "LGPL-3.0",
}

# Packages whose metadata say nothing; the project's own repository does.
STATED_ELSEWHERE = {"routingkit-cch": "BSD-2-Clause"}


def normal(name: str) -> str:
    """A package name in the one spelling that compares equal: lower case, single hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped() -> list[Distribution]:
    """Every installed package that the program needs, direct or not, by name."""
    found: dict[str, Distribution] = {}
    waiting = ["lastmile-desktop"]
    while waiting:
        name = waiting.pop()
        if normal(name) in found or normal(name) in NOT_SHIPPED:
            continue
        package = distribution(name)
        found[normal(name)] = package
        wanted = [Requirement(line) for line in package.requires or []]
        waiting += [one.name for one in wanted if one.marker is None or one.marker.evaluate(EVERYWHERE)]
    del found["lastmile-desktop"]
    return [found[name] for name in sorted(found)]


def licence_of(package: Distribution) -> str:
    """The licence as the package's metadata name it, shortened where they hold a whole text."""
    data = cast("Message", package.metadata)
    text = data.get("License-Expression", "")
    if not text:
        classifiers = [line for line in data.get_all("Classifier") or [] if line.startswith("License ::")]
        text = " / ".join(line.split(" :: ")[-1] for line in classifiers if "OSI Approved ::" in line)
    if not text:
        text = data.get("License", "").strip().split("\n")[0]
    if not text:
        text = STATED_ELSEWHERE.get(normal(package.metadata["Name"]), "not stated")
    return KNOWN.get(text, text).replace("|", "/")


def web_rows() -> list[tuple[str, str, str]]:
    """The browser-side packages, from the lock file."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    return [(n.removeprefix("node_modules/"), e["version"], e["license"]) for n, e in packages.items()]


def table() -> str:
    """The table of docs/licences.md as Markdown."""
    rows = [(package.metadata["Name"], package.version, licence_of(package)) for package in shipped()]
    lines = ["| package | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {licence} |" for name, version, licence in [*rows, *web_rows()]]
    return "\n".join(lines) + "\n"


def licence_files() -> list[tuple[Path, str]]:
    """(file, folder in the application) of every licence text that the shipped packages bring."""
    files = []
    for package in shipped():
        name = normal(package.metadata["Name"])
        for entry in package.files or []:
            path = Path(str(package.locate_file(entry)))
            if TEXT_NAME.search(entry.as_posix()) and path.suffix in TEXT_SUFFIXES and path.is_file():
                inside = [part for part in entry.parent.parts if not part.endswith(".dist-info")]
                files.append((path, "/".join(["licences", name, *inside])))
    files.append((ROOT / "resources" / "web" / "vendor" / "leaflet" / "LICENSE", "licences/leaflet"))
    files.append((ROOT / "LICENSE", "licences/lastmile-desktop"))
    return files


def main() -> None:
    """Replace the table in the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
