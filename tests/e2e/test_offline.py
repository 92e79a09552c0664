"""Proof that nothing leaves the machine: a day in a network of its own whose only way out is counted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: A namespace with one interface and a default route through it: any attempt to reach anything outside,
#: even to look up a name, has to send at least one frame there.
_SCRIPT = r"""
set -e
ip link set lo up
ip link add out0 type veth peer name out1
for name in out0 out1; do echo 1 > /proc/sys/net/ipv6/conf/$name/disable_ipv6 2>/dev/null || true; done
ip addr add 10.77.0.1/24 dev out0
ip link set out1 up
ip link set out0 up
ip route add default via 10.77.0.2
sleep 0.2
sent() { ip -s link show out0 | awk 'found { print $2; exit } /TX:/ { found = 1 }'; }
before=$(sent)
set +e
"$@"
code=$?
echo "frames sent: $(($(sent) - before))"
exit $code
"""

_KNOCK = (
    "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('192.0.2.1', 9))"
)


def run_counted(*command: str, home: Path) -> tuple[int, int, str]:
    """Exit code, frames that left, and what was printed."""
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", _SCRIPT, "sh", *command],
        capture_output=True, text=True, check=False, timeout=110,
        env={**os.environ, "LASTMILE_HOME": str(home)},
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("frames sent: ")]
    if not lines:
        pytest.skip(f"network namespaces are not to be had here: {done.stderr.strip()[-200:]}")
    return done.returncode, int(lines[-1].split(": ")[1]), done.stdout + done.stderr


@pytest.fixture(autouse=True)
def _needs_linux_tools() -> None:
    if not (sys.platform.startswith("linux") and shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("needs Linux network namespaces")


def test_the_counter_sees_a_program_that_does_knock(tmp_path: Path) -> None:
    code, frames, printed = run_counted(sys.executable, "-c", _KNOCK, home=tmp_path)
    assert code == 0, printed
    assert frames > 0


def test_planning_the_sample_day_sends_nothing(tmp_path: Path) -> None:
    code, frames, printed = run_counted(
        sys.executable, "-m", "lastmile_desktop", "demo", "--no-window", "--seconds", "2", "--out",
        str(tmp_path / "out"), home=tmp_path / "home",
    )  # fmt: skip
    assert code == 0, printed
    assert (tmp_path / "out" / "manifests.pdf").exists()
    assert frames == 0, printed


def test_the_window_with_its_map_sends_nothing(tmp_path: Path) -> None:
    code, frames, printed = run_counted(
        sys.executable, "-m", "lastmile_desktop", "demo", "--quit-when-done", "--seconds", "2", "--out",
        str(tmp_path / "out"), home=tmp_path / "home",
    )  # fmt: skip
    assert code == 0, printed
    assert (tmp_path / "out" / "window.png").exists()
    assert frames == 0, printed


def test_addresses_roads_map_and_manifests_without_a_network(tmp_path: Path) -> None:
    """Import, finding addresses, planning on roads, map and manifests, with nothing but a region file."""
    import json

    from openpyxl import Workbook

    from lastmile_desktop.regions.sample_town.build import build_sample_region
    from lastmile_desktop.sheets.sample_addresses import ADDRESSES, DEPOT

    region, sheet = tmp_path / "town.region", tmp_path / "orders.xlsx"
    build_sample_region(region)
    workbook = Workbook()
    orders = workbook.active
    orders.append(["Order", "Customer", "Address", "Crates"])
    for number, (street, postcode, town, _lat, _lon) in enumerate(ADDRESSES[:25], 1):
        orders.append([f"A-{number}", f"Customer {number}", f"{street}, {postcode} {town}", 2])
    orders.append(["A-99", "Nobody", "Gibtesnicht 5, 99101 Aldersheim", 1])
    vans = workbook.create_sheet("Vehicles")
    vans.append(["Vehicle", "Capacity", "Shift start", "Shift end"])
    vans.append(["Van 1", 100, "06:00", "18:00"])
    depot = workbook.create_sheet("Depot")
    depot.append(["Name", "Address", "Latitude", "Longitude"])
    depot.append(["Bakery", *DEPOT])
    workbook.save(sheet)
    code, frames, printed = run_counted(
        sys.executable, "-m", "lastmile_desktop", "plan", str(sheet), "--region", str(region),
        "--seconds", "2", "--out", str(tmp_path / "out"), home=tmp_path / "home",
    )  # fmt: skip
    assert code == 0, printed
    assert frames == 0, printed
    plan = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))
    assert plan["summary"]["roads"] == "region:Aldersheim"
    places = {stop["order_ids"][0]: stop for route in plan["routes"] for stop in route["stops"]}
    for number, (*_, lat, lon) in enumerate(ADDRESSES[:25], 1):
        assert abs(places[f"A-{number}"]["lat"] - lat) < 5e-4
        assert abs(places[f"A-{number}"]["lon"] - lon) < 7e-4
    assert [entry["order_id"] for entry in plan["unassigned"]] == ["A-99"]
    assert (tmp_path / "out" / "manifests.pdf").stat().st_size > 50_000
    assert "A made-up town" in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
