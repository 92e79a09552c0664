"""What may not be in the repository: download addresses, paths of somebody's machine, other people's code."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGEST_BYTES = 1_500_000
DOWNLOAD = re.compile(r"://\S+?\.(?:whl|tgz|tar\.gz|tar\.xz|deb|nupkg|crate)\b")
MACHINE_PATH = re.compile(r"(?<![\w./~:\\-])/(?:home|root|Users|work|mnt|opt|srv)/\w+")
FOREIGN_SUFFIXES = {
    ".ttf",
    ".otf",
    ".woff",
    ".woff2",
    ".whl",
    ".so",
    ".dll",
    ".dylib",
    ".pyc",
    ".ico",
    ".icns",
    ".pbf",
}


@cache
def tracked() -> tuple[str, ...]:
    answer = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    if answer.returncode != 0:
        pytest.skip("not a git checkout")
    return tuple(name for name in answer.stdout.decode().split("\0") if name and (ROOT / name).exists())


def tracked_texts() -> Iterator[tuple[str, str]]:
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:
            yield name, data.decode("utf-8")


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {found.group()}" for name, text in tracked_texts() for found in pattern.finditer(text)]


def test_the_repository_is_looked_at() -> None:
    assert {"dev.py", "pyproject.toml", "constraints.txt"} <= set(tracked())


@pytest.mark.parametrize(
    "text", ["https:" + "//files.example/a/b-1.0.whl", "http:" + "//x.example/leaflet-1.tgz"]
)
def test_a_download_address_would_be_found(text: str) -> None:
    assert DOWNLOAD.search(text)


def test_no_download_address() -> None:
    assert hits(DOWNLOAD) == []


def test_no_path_of_a_machine() -> None:
    assert MACHINE_PATH.search("open('" + "/home" + "/anna/day.xlsx')")
    assert hits(MACHINE_PATH) == []


def test_no_lock_file_with_addresses() -> None:
    assert [name for name in tracked() if Path(name).name in {"uv.lock", "poetry.lock", "yarn.lock"}] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_nothing_of_others_and_nothing_generated() -> None:
    wrong = [
        name
        for name in tracked()
        if Path(name).suffix.lower() in FOREIGN_SUFFIXES
        or name.endswith((".min.js", ".min.css"))
        or name.startswith(("resources/web/vendor/", "node_modules/", "dist/", "build/"))
    ]
    assert wrong == []


def test_no_large_file() -> None:
    assert [name for name in tracked() if (ROOT / name).stat().st_size > LARGEST_BYTES] == []
