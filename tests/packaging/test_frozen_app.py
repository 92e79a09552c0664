"""The application folder: it is built from build.spec, and what comes out plans the sample day on its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "lastmile"
PROGRAM = FOLDER / ("lastmile.exe" if os.name == "nt" else "lastmile")
MADE_FROM = (
    "lastmile_desktop",
    "resources",
    "docs",
    "packaging",
    "build.spec",
    "constraints.txt",
    "pyproject.toml",
)
OUTPUTS = ("plan.json", "plan.xlsx", "manifests.pdf", "map.html", "day.lastmile")
#: Of it a third is the web engine; roads and addresses brought 80 MB (scipy with its linear algebra, osmium).
LARGEST_MB = 680
UNUSED_SCIPY = ("scipy/signal/", "scipy/stats/", "scipy/ndimage/", "scipy/interpolate/", "scipy/integrate/")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def newest_source() -> float:
    files = [path for name in MADE_FROM for path in [ROOT / name, *(ROOT / name).rglob("*")]]
    return max(path.stat().st_mtime for path in files if path.is_file() and "__pycache__" not in path.parts)


@pytest.fixture(scope="module")
def program() -> Path:
    """The frozen program; built now unless one newer than every source is there."""
    if not PROGRAM.exists() or PROGRAM.stat().st_mtime < newest_source():
        built = subprocess.run(
            [sys.executable, "dev.py", "build"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert built.returncode == 0, built.stderr[-3000:]
    return PROGRAM


def run(program: Path, home: Path, *arguments: str, screen: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it with no Python, no settings and no data of this machine's user within reach."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "QTWEBENGINE_DISABLE_SANDBOX")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"HOME": str(home), "LASTMILE_HOME": str(home / "data"), "LC_ALL": "C.UTF-8"}
    command = [str(program), *arguments]
    if screen and sys.platform == "linux":
        command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", *command]
    else:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        command, env=environment, cwd=home, capture_output=True, text=True, timeout=300, check=False
    )


def assert_outputs(folder: Path) -> None:
    for name in OUTPUTS:
        assert (folder / name).stat().st_size > 500, name
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert plan["summary"]["roads"] == "region:Aldersheim"  # the roads' libraries are inside and work
    assert plan["check"] == {"ok": True, "violations": []}
    on_routes = sum(len(stop["order_ids"]) for route in plan["routes"] for stop in route["stops"])
    assert plan["summary"]["planned"] == on_routes > 50
    assert (folder / "manifests.pdf").read_bytes().startswith(b"%PDF-")


def test_it_plans_the_sample_without_a_window(program: Path, tmp_path: Path) -> None:
    answer = run(program, tmp_path, "demo", "--out", "out", "--no-window", "--seconds", "5")
    assert answer.returncode == 0, answer.stderr[-3000:]
    assert "Traceback" not in answer.stderr
    assert_outputs(tmp_path / "out")


@pytest.mark.skipif(sys.platform == "linux" and shutil.which("xvfb-run") is None, reason="no Xvfb here")
def test_its_window_shows_the_planned_day(program: Path, tmp_path: Path) -> None:
    answer = run(program, tmp_path, "demo", "--out", "out", "--seconds", "5", "--quit-when-done", screen=True)
    assert answer.returncode == 0, answer.stderr[-3000:]
    assert "Traceback" not in answer.stderr
    assert_outputs(tmp_path / "out")
    picture = QImage(str(tmp_path / "out" / "window.png"))
    assert picture.width() >= 1000
    assert picture.height() >= 600
    points = [(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)]
    assert len({picture.pixel(x, y) for x, y in points}) > 50  # a window with a map, not a blank one


def test_a_file_that_is_not_there_is_one_sentence(program: Path, tmp_path: Path) -> None:
    answer = run(program, tmp_path, "inspect", "nowhere.xlsx")
    assert answer.returncode == 3
    assert "nowhere.xlsx" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_it_carries_what_it_needs_and_not_much_more(program: Path) -> None:
    inside = {path.relative_to(FOLDER / "_internal").as_posix() for path in (FOLDER / "_internal").rglob("*")}
    assert "resources/web/vendor/leaflet/leaflet.js" in inside
    assert "resources/icons/lastmile.svg" in inside
    assert "resources/samples/aldersheim.region" in inside
    assert {"docs/user-guide.md", "docs/licences.md", "licences/leaflet/LICENSE"} <= inside
    assert not [name for name in inside if name.startswith(("pandas/", "matplotlib/", *UNUSED_SCIPY))]
    assert not [name for name in inside if "devtools" in name or "/qml/" in name]
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < LARGEST_MB * 1_000_000


def test_nothing_of_ours_was_left_out(program: Path) -> None:
    warnings = (ROOT / "build" / "build" / "warn-build.txt").read_text(encoding="utf-8")
    missing = [line for line in warnings.splitlines() if "missing module named 'lastmile_desktop" in line]
    assert missing == []
