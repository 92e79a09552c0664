"""The shape of the code: one-way imports, light start-up, readable sizes, tests without mocks."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 500
LONGEST_FUNCTION = 80
HEAVY = ("ortools", "folium", "pandas", "openpyxl", "pyqtgraph", "PySide6.QtWebEngineCore")


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


OURS = [ROOT / "dev.py", *sources("lastmile_desktop", "benchmarks", "packaging", "tests")]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way() -> None:
    tool = Path(sysconfig.get_path("scripts")) / "lint-imports"
    answer = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Dotted names of everything a file imports, wherever in the file."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("PySide6.QtWidgets", {"ui"}),
        ("PySide6.QtWebEngineCore", {"ui"}),
        ("PySide6.QtWebEngineWidgets", {"ui"}),
        ("PySide6.QtWebChannel", {"ui"}),
        ("pyqtgraph", {"ui"}),
        ("ortools", {"engine"}),
        ("folium", {"ui", "documents"}),
        ("python_calamine", {"sheets"}),
        ("osmium", {"regions"}),
        ("routingkit_cch", {"roads", "regions"}),
        ("scipy", {"roads", "regions", "engine"}),
        ("geopy", {"addresses"}),
        ("openpyxl", {"sheets", "documents"}),
        ("xlsxwriter", {"documents", "sheets"}),
    ],
)
def test_a_library_stays_in_its_rooms(library: str, rooms: set[str]) -> None:
    elsewhere = [
        relative(path)
        for path in sources("lastmile_desktop")
        if path.relative_to(ROOT).parts[1] not in rooms
        and any(name == library or name.startswith(f"{library}.") for name in imported(path))
    ]
    assert elsewhere == []


def test_no_file_is_too_long() -> None:
    sizes = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert len(sizes) > 20
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{relative(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_tests_do_not_replace_our_own_code() -> None:
    """A test that mocks what it should test cannot fail; monkeypatch is for the environment."""
    found = []
    for path in sources("tests"):
        for node in ast.walk(tree(path)):
            where = f"{relative(path)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
                if any(name.split(".")[-1] == "mock" or name in {"MagicMock", "Mock"} for name in names):
                    found.append(f"{where} imports mock")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "setattr"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and str(node.args[0].value).startswith("lastmile_desktop")
                and not str(node.args[0].value).split(".")[-1].isupper()  # a limit made smaller is fair
            ):
                found.append(f"{where} replaces {node.args[0].value}")
    assert found == []


@pytest.mark.parametrize(
    "module", ["lastmile_desktop.cli", "lastmile_desktop.pipeline", "lastmile_desktop.__main__"]
)
def test_start_up_imports_nothing_heavy(module: str) -> None:
    """The window, and `--help`, come first; the solver and the map are imported where they are used."""
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "[]"
