"""constraints.txt names one exact version for everything, direct or not, on every system, and no address."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def lines() -> list[str]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins() -> dict[str, str]:
    return dict(line.split("==") for line in lines())


def direct() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(line) for line in [*PROJECT["dependencies"], *(x for extra in extras for x in extra)]]


def needed_by(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed package asks for on any system; nothing for one that is not installed here."""
    try:
        wanted = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [
        one
        for one in wanted
        if one.marker is None
        or any(
            one.marker.evaluate({**system, "extra": extra}) for system in SYSTEMS for extra in extras | {""}
        )
    ]


def test_every_line_is_one_exact_version() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+]*", line) for line in lines())
    assert lines() == sorted(lines(), key=lambda line: line.split("==")[0])
    assert len(pins()) == len(lines())


def test_no_address() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


def test_direct_dependencies_are_pinned_within_their_bounds() -> None:
    for wanted in direct():
        assert wanted.specifier.contains(pins()[normal(wanted.name)]), wanted


def test_direct_dependencies_have_an_upper_bound() -> None:
    open_ended = [
        one for one in direct() if not any(s.operator in ("==", "<", "<=", "~=") for s in one.specifier)
    ]
    assert open_ended == []


def test_everything_that_they_need_is_pinned_on_every_system() -> None:
    seen: set[str] = set()
    waiting = [(normal(one.name), frozenset(one.extras)) for one in direct()]
    while waiting:
        name, extras = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        assert name in pins(), f"{name} is not pinned: run packaging/pin.py"
        waiting += [(normal(one.name), frozenset(one.extras)) for one in needed_by(name, set(extras))]
    assert {"pandas", "shiboken6", "colorama"} <= seen
    assert {"pefile", "macholib", "pywin32-ctypes"} <= set(pins())  # PyInstaller's, where it is not installed


def test_what_is_installed_is_what_is_pinned() -> None:
    for name in (normal(one.name) for one in (Requirement(line) for line in PROJECT["dependencies"])):
        assert version(name) == pins()[name]


def test_pyside_without_the_fault() -> None:
    """6.12.0 aborts on Python 3.10 and 3.11: docs/decisions/0003-pyside6-pin.md."""
    bounds = next(one.specifier for one in direct() if one.name == "PySide6")
    assert "6.12.0" not in SpecifierSet(str(bounds))
